import { isForScreenReaders } from '../hidden.ts';
import type { Evidence, FurnitureKind } from './evidence.ts';

/**
 * The words that publishing systems write in the class names and ids of what surrounds an article. A word stands alone
 * between hyphens, underscores, spaces, or changes of case.
 */
const WORDS: readonly (readonly [FurnitureKind, string])[] = [
	[
		'comments',
		'comments?|commentlist|comment-?(?:area|list|form|respond|section|wrapper|thread)|respond|replies|disqus|fb-comments|pinglist|trackbacks?|guestbook|livefyre|isso|giscus|utterances|responses?-wrapper|wpdiscuz|wp?d-thread',
	],
	[
		'related',
		'related|relatedposts|related-?(?:posts?|articles?|stories|content|news|links|topics|entries)|yarpp|crp|recommend(?:ed|ations?)?|recirc(?:ulation)?|bottom-?recirc|most-?(?:read|popular|viewed|shared)|popular-?posts|trending|outbrain|taboola|zergnet|mgid|you-?may|also-?(?:like|read)|more-?(?:stories|articles|news|from|posts|on)|read-?(?:more|next|also)|next-?(?:up|article|post|story)|up-?next|latest-?(?:news|posts|articles)|see-?also|siblings-?list|wp-embedded-content|rich-?link|links-?block|top-?stories',
	],
	[
		'share',
		'shar(?:e|ing)|sharedaddy|share-?(?:bar|buttons?|links?|tools?|this|icons?)|shares|social|social-?(?:share|links?|icons?|media|bar|buttons?|tools)|addtoany|a2a|addthis|sharethis|service-links|ssba|heateor|bdsharebuttonbox|bshare|jiathis|social-?share|fb-like|fb-share-button|twitter-share-button|likes?-widget|sd-(?:like|social|sharing|block)|jp-?likes|post-?actions|article-?(?:tools|actions)|story-?tools|print-?(?:link|button)|reactions?|clap',
	],
	[
		'navigation',
		'navbar|navigation|nav-?(?:links|previous|next|menu)|post-?navigation|breadcrumbs?|pagination|pager|page-?links|menu|sub-?menu|skip-?link|tag-?(?:list|links|cloud|s)|tags|tagcloud|post-?tags|entry-?tags|article-?tags|cat-?links|categor(?:y|ies)|post-?categor(?:y|ies)|post-?cats?|entry-?categor(?:y|ies)|topics|topic-?(?:list|tags)|toc|table-of-contents|back-?to-?top|sidebar',
	],
	[
		'promotion',
		'广告|廣告|ads?-[a-z]+|[a-z]+-ads?|advert|adverts|advertisements?|advertising|adsbygoogle|ad-?(?:slot|unit|container|wrapper|block|box|banner)|dfp|gpt-ad|sponsor(?:ed|s)?|promo|promos|promotions?|donat(?:e|ion|ions)|support-?us|fundrais(?:er|ing)|patreon|ad-banner|banner-?ads?|app-?(?:download|promo)|download-?app|qr-?code|code-block-\\d+|call-?to-?action|cta|feedburner|feedflare|house-?ad',
	],
	[
		'subscription',
		'subscribe|subscription|subscribe-?(?:box|form|widget)|newsletter|news-?letter|newsletter-?(?:signup|form|box)|sign-?up|paywall|mailchimp|mc-?embed|mailing-?list|registration|follow-?(?:us|me|button)|push-?notification',
	],
	[
		'byline',
		'entry-?meta|post-?meta|article-?meta|meta-?data|posted-?(?:on|by)|post-?info|article-?info|entry-?info|entry-?date|post-?date|published-?on|timestamp|author-?(?:box|info|bio|card|wrap(?:per)?|profile|avatar)|about-?(?:the-)?author|post-?author|entry-?author(?:-wrapper)?|word-?count|reading-?time|read-?time|byline|submitted|field-name-author',
	],
	[
		'trailer',
		'entry-?footer|post-?footer|article-?footer|copyrights?-?(?:notice|info|box|statement)|licen[sc]e|republish|disclaimer|colophon|site-?footer|site-?info|legal|corrections-?policy',
	],
	['hidden', 'element-?hidden|no-?print|print-?only|only-?print|visible-print|hidden-?accessible|is-?hidden'],
	['site', 'site-?header|site-?title|site-?logo|masthead|site-branding'],
];

const TESTS = WORDS.map(([kind, words]) => [kind, new RegExp(`(?:^|[\\s_-])(?:${words})(?=[\\s_-]|$)`, 'i')] as const);

/** Matches names that may hold one of the words; most do not. */
const MAY_MATCH = new RegExp(WORDS.map(([, words]) => words).join('|'), 'i');

/** Verdicts on class names and ids: they repeat within a template and from article to article. */
const known = new Map<string, Evidence | null>();

/** How many verdicts are kept. */
const MOST_KNOWN = 20_000;

/**
 * Returns what the name of an element says.
 *
 * @param what where the name is written: class names, an id, or a label for screen readers
 */
export function nameSign(what: 'class' | 'id' | 'label', value: string): Evidence | undefined {
	const verdict = known.get(value);
	if (verdict !== undefined) return verdict ?? undefined;
	if (known.size >= MOST_KNOWN) known.clear();
	const made = judge(what, value);
	known.set(value, made ?? null);
	return made;
}

function judge(what: string, value: string): Evidence | undefined {
	if (what === 'class' && isForScreenReaders(value)) return { kind: 'hidden', reason: 'hidden on the page' };
	if (!MAY_MATCH.test(value)) return undefined;
	const names = spelt(value);
	for (const [kind, pattern] of TESTS) {
		const word = pattern.exec(names)?.[0].trim();
		if (word === undefined) continue;
		const written = value.split(/\s+/).find(one => spelt(one).includes(word));
		return { kind, reason: `${what} “${written ?? value.trim()}”` };
	}
	return undefined;
}

/** Puts a hyphen at each change of case. */
function spelt(name: string): string {
	return name.replace(/([a-z\d])([A-Z])/g, '$1-$2');
}
