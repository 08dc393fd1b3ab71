import { decodeHTMLStrict } from 'entities';
import type { Field } from '../../article/span.ts';
import type { Finding, Rule } from '../rule.ts';
import { show } from '../write.ts';

/** Tags and character references that feeds leave in titles. */
const TAG =
	/<\/?(?:a|abbr|b|big|br|cite|code|del|div|em|font|h[1-6]|i|img|ins|mark|p|q|s|small|span|strike|strong|sub|sup|u|wbr)(?:\s[^<>]*)?\/?>/gi;
const REFERENCE = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,30});/gi;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern searches for control characters
const CONTROL = /[\0-\x1f\x7f-\x9f\u2028\u2029]+/g;

/** Reports a title that is empty, contains markup, or differs from the front matter. */
export const headerTitle: Rule = {
	id: 'header/title',
	severity: 'warning',
	check({ article }, report) {
		const field = article.title;
		if (!field) return;
		const { header } = article;
		const { value, span } = field;
		if (value.trim() === '') {
			// header/structure reports a line that cannot be parsed.
			if (!header.faults.some(({ kind }) => kind === 'title-malformed'))
				report({ span: header.titleLine ?? span, message: 'The title is empty' });
			return;
		}
		// YAML in front matter has its own escapes.
		if (header.title) checkCharacters(header.title, report);
		const other = header.title && header.frontMatter?.fields.get('title');
		if (other && !agree(value, other.value)) {
			report({
				span: other.span,
				message: `The title in the front matter, “${show(other.value)}”, differs from the title in line 2, “${show(value)}”`,
				advice: 'Check which title is right, and correct the other',
				related: [{ span, message: 'The title in line 2' }],
			});
		}
	},
};

function checkCharacters({ value, span }: Field, report: (finding: Finding) => void): void {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern searches for control characters
	if (!/[\0-\x1f\x7f-\x9f\u2028\u2029\ufffd<&]/.test(value)) return;
	const references = value.match(REFERENCE)?.join('') ?? '';
	const message = value.match(CONTROL)
		? 'The title contains control characters'
		: value.match(TAG)
			? `The title contains HTML: ${show(value)}`
			: decodeHTMLStrict(references) !== references
				? `The title contains character references: ${show(value)}`
				: value.includes('\ufffd')
					? `The title contains characters that could not be decoded: ${show(value)}`
					: undefined;
	if (message === undefined) return;
	const clean = plain(value);
	const fixes = () =>
		clean && clean !== value
			? [{ title: `Change the title to “${show(clean)}”`, preferred: false, edits: [{ span, newText: clean }] }]
			: [];
	report({ span, message, fixes });
}

/** Returns a title as plain text on one line. */
function plain(value: string): string {
	return decodeHTMLStrict(value.replace(TAG, '')).replace(CONTROL, ' ').replace(/\s+/g, ' ').trim();
}

/** Whether two titles are equal except for case, punctuation and white space, or one is the start of the other. */
function agree(one: string, other: string): boolean {
	const [a, b] = [one, other].map(value =>
		plain(value)
			.normalize('NFKC')
			.toLowerCase()
			.replace(/[^\p{L}\p{N}]+/gu, ''),
	) as [string, string];
	return a.startsWith(b) || b.startsWith(a);
}
