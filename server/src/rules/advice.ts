import type { Problem } from './check.ts';

/** What to do about a problem that has no fix, by rule: sentences in the imperative, without a full stop. */
const ADVICE: Readonly<Record<string, string>> = {
	'annotation/ambiguous': 'Select the words that the note is about and run “Re-anchor Annotation to Selection…”',
	'annotation/changed': 'Accept the changed text, or select other words and run “Re-anchor Annotation to Selection…”',
	'annotation/duplicate-id': 'Delete one of the two notes',
	'annotation/empty': 'Write its text, or delete it',
	'annotation/malformed': 'Correct the sidecar file, or restore an earlier version of it',
	'annotation/nested': 'Remove the tags of one of them',
	'annotation/open-question': 'Answer the question and resolve it',
	'annotation/orphan':
		'Select the words that the note should be on and run “Re-anchor Annotation to Selection…”, or delete it',
	'annotation/unknown-kind':
		'Use a known kind such as note or question, or define this one under noteKinds in marginalia.json',
	'archive/duplicate-source': 'Decide which copy to keep, move its notes there, and delete the other',
	'article/furniture':
		'If the archive is to hold the article alone, run “Remove Page Furniture…” or marginalia format --remove-furniture',
	'article/markdown': 'Convert the body to HTML with a program that knows the Markdown dialect',
	'article/no-text': 'Copy the text from the source of the article, or from a web archive',
	'article/repeated': 'Remove one of the two paragraphs',
	'article/truncated': 'Copy the whole text from the source of the article, or from a web archive',
	'figure/empty': 'Add an image, or remove the tag',
	'figure/missing-caption': 'Write one in a <figcaption>',
	'header/date-mismatch': 'Check which date is right, and correct the other',
	'header/site-name': 'Remove the name of the site from the title',
	'header/source': 'Enter the URL of the page that the article was taken from',
	'header/structure': 'Write <!--milliseconds-->, then [title](url), then six dashes, each on a line of its own',
	'header/timestamp': 'Look up when the article was published, and enter it in milliseconds since 1 January 1970 UTC',
	'header/title': 'Enter the headline as plain text, as the source has it',
	'html/empty-paragraph': 'Remove the empty paragraphs',
	'html/misspelt': 'Keep one of the two attributes',
	'html/syntax': 'Correct the tags by hand; the page of the rule shows how',
	'html/untidy': 'Give each element an id of its own, or remove the id',
	'html/unsafe': 'Remove it by hand, up to where it ends',
	'image/broken': 'Look for the image at the source of the article, and enter its URL',
	'image/invalid-url': 'Look for the image at the source of the article, and enter its URL',
	'image/missing-alt': 'Describe the image in alt',
	'image/missing-file': 'Restore or rename the file, or enter the absolute URL of the image',
	'image/missing-src': 'Look for the image at the source of the article, and enter its URL',
	'image/not-an-image': 'Enter the URL of the image itself, not of a page that shows it',
	'image/placeholder': 'Look for the image at the source of the article, and enter its URL',
	'image/size': 'Enter the width and height of the file',
	'image/srcset': 'Give each image a width such as 800w, or a density such as 2x, after its URL',
	'image/tracking-pixel': 'Remove the image',
	'link/broken': 'Look for the page elsewhere, and enter its URL',
	'link/email': 'Look up the address at the source of the article',
	'link/empty': 'Enter the URL, or remove the tags of the link',
	'link/fragment': 'Correct the id, or give it to the element that is meant',
	'link/insecure': 'If the page is available there, change the URL to https',
	'link/invalid-url': 'Look up the URL at the source of the article',
	'link/missing-file': 'Restore or rename the file, or enter the absolute URL of the page',
	'link/missing-href': 'Enter the URL, or remove the tags of the link',
	'link/moved': 'Enter the new URL',
	'link/nested': 'End the outer link before this one',
	'link/no-text': 'Write its text, or remove the tags of the link',
	'link/relative': 'Enter the absolute URL',
	'link/scheme': 'Look up the URL of the page on the web, or remove the tags of the link',
	'link/split': 'Put all words into one link',
	'link/tracking': 'Remove the tracking parameters from the URL',
	'link/wrapped': 'Enter the URL of the page itself',
	'list/duplicate': 'Remove one of the entries',
	'list/missing-file': 'Restore or rename the file, or remove the entry',
	'list/title-mismatch': 'Check which title is right, and correct the other',
	'text/double-encoded': 'Remove one of the two encodings',
	'text/invisible': 'Remove the invisible characters',
	'text/mojibake': 'Copy the text from the source of the article again',
};

/** Returns the message of a problem. If there is no fix, also says what to do. */
export function explained({ rule, message, fixes, advice = ADVICE[rule.id] }: Problem): string {
	if (advice === undefined || (fixes?.() ?? []).length > 0) return message;
	return `${message}${/[.?!]$/.test(message) ? '' : '.'} ${advice}`;
}
