import type { Node } from '../node.ts';
import type { Evidence, FurnitureKind } from './region.ts';

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
		'related|relatedposts|related-?(?:posts?|articles?|stories|content|news|links|topics|entries)|yarpp|crp|recommend(?:ed|ations?)?|recirc(?:ulation)?|bottom-?recirc|most-?(?:read|popular|viewed|shared)|popular-?posts|trending|outbrain|taboola|zergnet|mgid|you-?may|also-?(?:like|read)|more-?(?:stories|articles|news|from|posts|on)|read-?(?:more|next|also)|next-?(?:up|article|post|story)|up-?next|latest-?(?:news|posts|articles)|see-?also|siblings-?list|wp-embedded-content',
	],
	[
		'share',
		'shar(?:e|ing)|sharedaddy|share-?(?:bar|buttons?|links?|tools?|this|icons?)|shares|social|social-?(?:share|links?|icons?|media|bar|buttons?|tools)|addtoany|a2a|addthis|sharethis|service-links|ssba|heateor|bdsharebuttonbox|bshare|jiathis|social-?share|fb-like|fb-share-button|twitter-share-button|likes?-widget|sd-(?:like|social|sharing|block)|jp-?likes|post-?actions|article-?(?:tools|actions)|story-?tools|print-?(?:link|button)|reactions?|clap',
	],
	[
		'navigation',
		'nav|navbar|navigation|nav-?(?:links|previous|next|menu)|post-?navigation|breadcrumbs?|pagination|pager|page-?links|menu|sub-?menu|skip-?link|tag-?(?:list|links|cloud|s)|tags|tagcloud|post-?tags|entry-?tags|article-?tags|cat-?links|categor(?:y|ies)|post-?categor(?:y|ies)|post-?cats?|entry-?categor(?:y|ies)|topics|topic-?(?:list|tags)|toc|table-of-contents|back-?to-?top|sidebar|widget|widget-?area',
	],
	[
		'promotion',
		'ads?|advert|adverts|advertisements?|advertising|adsbygoogle|ad-?(?:slot|unit|container|wrapper|block|box|banner)|dfp|gpt-ad|sponsor(?:ed|s)?|promo|promos|promotions?|donat(?:e|ion|ions)|support-?us|fundrais(?:er|ing)|patreon|banner|app-?(?:download|promo)|download-?app|qr-?code|code-block|call-?to-?action|cta|feedburner|feedflare|house-?ad',
	],
	[
		'subscription',
		'subscribe|subscription|subscribe-?(?:box|form|widget)|newsletter|news-?letter|newsletter-?(?:signup|form|box)|sign-?up|paywall|mailchimp|mc-?embed|mailing-?list|registration|follow-?(?:us|me|button)|push-?notification',
	],
	[
		'byline',
		'entry-?meta|post-?meta|article-?meta|meta-?data|posted-?(?:on|by)|post-?info|article-?info|entry-?info|entry-?date|post-?date|published-?on|date-?line|timestamp|author-?(?:box|info|bio|card|wrap(?:per)?|profile|avatar)|about-?(?:the-)?author|post-?author|entry-?author(?:-wrapper)?|word-?count|reading-?time|read-?time|byline|submitted',
	],
	[
		'trailer',
		'entry-?footer|post-?footer|article-?footer|copyrights?-?(?:notice|info|box|statement)|licen[sc]e|republish|disclaimer|colophon|site-?footer|site-?info|legal|corrections-?policy',
	],
	['hidden', 'element-?hidden|no-?print|print-?only|only-?print|visible-print|hidden-?accessible|is-?hidden'],
	['site', 'site-?header|site-?title|site-?logo|masthead|page-?header|logo'],
];

const TESTS = WORDS.map(([kind, words]) => [kind, new RegExp(`(?:^|[\\s_-])(?:${words})(?=[\\s_-]|$)`, 'i')] as const);

/** Matches names that may hold one of the words; most do not. */
const MAY_MATCH = new RegExp(WORDS.map(([, words]) => words).join('|'), 'i');

/** Verdicts on class names and ids: they repeat within a template and from article to article. */
const known = new Map<string, Evidence | undefined>();

/** How many verdicts are kept. */
const MOST_KNOWN = 20_000;

/** Returns what the class names and the id of an element say. */
export function wordEvidence(node: Node): Evidence | undefined {
	for (const { name, value } of node.attributes) {
		if (name !== 'class' && name !== 'id') continue;
		const found = verdictOf(name, value);
		if (found) return found;
	}
	return undefined;
}

function verdictOf(name: string, value: string): Evidence | undefined {
	const verdict = known.get(value);
	if (verdict || known.has(value)) return verdict;
	if (known.size >= MOST_KNOWN) known.clear();
	const made = judge(name, value);
	known.set(value, made);
	return made;
}

function judge(name: string, value: string): Evidence | undefined {
	if (!MAY_MATCH.test(value)) return undefined;
	const names = value.replace(/([a-z\d])([A-Z])/g, '$1-$2');
	for (const [kind, pattern] of TESTS) {
		const found = pattern.exec(names);
		if (!found) continue;
		const written = value.split(/\s+/).find(one => one.replace(/([a-z\d])([A-Z])/g, '$1-$2').includes(found[0].trim()));
		return { kind, reason: `${name === 'id' ? 'id' : 'class'} “${written ?? value.trim()}”` };
	}
	return undefined;
}
