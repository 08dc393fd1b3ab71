import { hintTest } from '../../util/hints.ts';
import { remembered } from '../../util/remember.ts';
import { FOR_SCREEN_READERS_HINTS, isForScreenReaders } from '../hidden.ts';
import type { Evidence, FurnitureKind } from './evidence.ts';

/**
 * The words that publishing systems write in the class names and ids of what surrounds an article. A word stands
 * between hyphens, underscores, or changes of case.
 */
const WORDS: readonly (readonly [FurnitureKind, string])[] = [
	[
		'comments',
		'comments|(?<![_-])comment|commentlist|comment-?(?:area|list|form|respond|section|wrapper|thread)|(?:user|reader|post|article|entry|news|fb|facebook|single|child)-?comment|respond|replies|disqus|fb-comments|pinglist|trackbacks?|pinglun|guestbook|livefyre|isso|giscus|utterances|responses?-wrapper|wpdiscuz|wp?d-thread',
	],
	[
		'related',
		'relatedposts|related-?(?:posts?|articles?|stories|content|news|links|topics|entries)|yarpp|crp|recommend(?:ed|ations?)?|recirc(?:ulation)?|bottom-?recirc|most-?(?:read|popular|viewed|shared)|popular-?posts|trending|outbrain|taboola|zergnet|mgid|you-?may|also-?(?:like|read)|more-?(?:stories|articles|news|from|posts|on)|read-?(?:more|next|also)|next-?up|next-?article|next-?post|next-?story|up-?next|latest-?(?:news|posts|articles)|see-?also|siblings-?list|rich-?link|links-?block|top-?stories|hot-?news|xiangguan|tuijian|related-?title|see-?alsos|xgyd|xgxw|cnxh|rmtj|hot-?search|up-?sell',
	],
	[
		'share',
		'sharing|sharedaddy|share-?(?:bar|buttons?|links?|tools?|this|icons?)|shares|social-?(?:shar(?:e|ing)|links?|icons?|bar|buttons?|tools|follow)|addtoany|a2a|addthis|sharethis|service-links|ssba|heateor|bdsharebuttonbox|bshare|jiathis|fb-like|fb-share-button|twitter-share-button|like-widget|likes-widget|sd-(?:like|social|sharing|block)|jp-?likes|post-?actions|article-?tools|article-?actions|story-?tools|print-?(?:link|button)|reactions?|fenxiang|sociable|wp-?socializer|shariff|essb_links|ssbp-wrap|mashsb-container|dpsp-share-text|swp_social_panel|bdshare|like-?(?:btn|button)|dianzan|post-?ratings?',
	],
	[
		'navigation',
		'navbar|navigation|nav-?(?:links|previous|next|menu)|post-?navigation|breadcrumbs?|pagination|pager|page-?links|sub-?menu|main-?menu|site-?menu|skip-?link|tag-?(?:list|links|cloud|s)|tags|tagcloud|post-?tags|entry-?tags|article-?tags|cat-?links|categor(?:y|ies)(?=\\s|$)|categor(?:y|ies)-?(?:links?|list|label|names?|tags?)|post-?cats?|topic-?(?:list|tags)|toc-?(?:container|list|box)|ez-toc|table-of-contents|back-?to-?top|side-?bar|drop-?down|skip-?(?:nav|to|content)|search-?(?:form|box|bar)|log-?in-?form|log-?in-?box|log-?in-?link|cookie-?(?:banner|bar|consent|notice|policy)|gdpr|no-?print|(?:video|player|media|mejs|plyr)-{0,2}controls|vjs-(?:control|modal|menu|text-track)(?:-[a-z]{1,20}){0,3}|(?:page|global)-?footer|footer-?(?:links|menu|nav|widgets?)|sub-?meta|speechify-ignore|post-?labels|links-inline|node-links|field-name-(?:field-)?(?:tags|taxonomy)|wp-block-(?:search|post-terms)',
	],
	[
		'promotion',
		'广告|廣告|ad-[a-z]{1,20}|ads-[a-z]{1,20}|[a-z]{1,20}-ads?|advert|adverts|advertisements?|advertising|adsbygoogle|ad-?slot|ad-?unit|ad-?container|ad-?wrapper|ad-?block|ad-?box|ad-?banner|dfp|gpt-ad|sponsored|sponsor(?:s|ship)?-?(?:box|block|links?|content)|promos?-?(?:box|block|item|unit|card)|self-?promo|donat(?:e|ion|ions)|support-?us|fundrais(?:er|ing)|patreon|ad-banner|banner-?ads?|app-?download|app-?promo|download-?app|qr-?code|ewm|erweima|code-block-\\d+|call-?to-?action|cta|feedburner|feedflare|house-?ad|ad_(?:box|block|slot|unit|wrap(?:per)?|container|banner)|(?:big|top|bottom|side|inline|middle|content)_ads?|wpadvert|wpcnt|guanggao|reward_?(?:area|qr-?code)|dashang|guanzhu|(?:qr|wx)_code|weixin-?(?:qr|code)|interstitial|contributions_{1,2}epic',
	],
	[
		'subscription',
		'subscribe|subscription|subscribe-?(?:box|form|widget)|newsletter|news-?letter|newsletter-?(?:signup|form|box)|sign-?up|[a-z]{0,12}paywall|full-?barrier|reg-?wall|mailchimp|mc-?embed|mailing-?list|registration|follow-?(?:us|me|button)|push-?notification|sign-?in-?gate|button-?wrapper',
	],
	[
		'byline',
		'entry-?meta|post-?meta|article-?meta|meta-?data|posted-?(?:on|by)|post-?info|article-?info|entry-?info|entry-?date|post-?date|published-?on|timestamp|author-?(?:box|info|bio|card|wrap(?:per)?|profile|avatar)|about-?(?:the-)?author|post-?author|entry-?author(?:-wrapper)?|word-?count|reading-?time|read-?time|byline|v-?card|submitted|field-name-author|authors?-?(?:list|block)|content_{1,2}(?:authors|dates)',
	],
	[
		'trailer',
		'entry-?footer|post-?footer|article-?footer|copyrights?-?(?:notice|info|box|statement)|licen[sc]e|republish|disclaimer|(?:copyright|legal|privacy|rights)-?statement|zebian|colophon|site-?footer|site-?info|legal|corrections-?policy|zrbj|edit(?:or)?-?info|(?:reprint|copyright)_?info',
	],
	['hidden', 'element-?hidden|print-?only|only-?print|visible-print|hidden-?accessible|is-?hidden'],
	['site', 'site-?header|site-?title|site-?logo|masthead|site-branding'],
];

/** Words that mean something else within a name, as in `market-share-table`: they stand at the beginning or the end. */
const EDGE_WORDS: readonly (readonly [FurnitureKind, string])[] = [
	['comments', 'comments'],
	['related', 'related|recommended'],
	['share', 'share|social'],
	['navigation', 'nav|menu|tags|topics'],
	['promotion', 'promos?|promotions?|sponsors?|ads'],
	['trailer', 'copyright'],
];

/** What is in a name that says of the article what else it has: `has-comments`, `comments-open`. */
const MODIFIER =
	/(?:^|[-_])(?:has|no|not|with|without|is|hide|show|enable)[-_](?!print)|[-_](?:open|opened|close|closed|enabled|disabled|on|off|page|template)$/i;

/** Names of what holds the article, and of what is embedded in it. */
const ARTICLE =
	/(?:^|[-_])(?:(?:entry|post|article|story|page|main|blog)[-_]?(?:content|body|text)|embed(?:ded|s)?)(?:[-_]|$)/i;

const TESTS = WORDS.map(([kind, words]) => {
	const edge = EDGE_WORDS.filter(([other]) => other === kind).map(
		([, more]) => `^(?:${more})(?=[_-]|$)|[_-](?:${more})$`,
	);
	return [kind, new RegExp([`(?:^|[_-])(?:${words})(?=[_-]|$)`, ...edge].join('|'), 'i')] as const;
});

/** Whether a name may hold one of the words; most do not. */
const mayMatch = hintTest([...[...WORDS, ...EDGE_WORDS].map(([, words]) => words), ...FOR_SCREEN_READERS_HINTS]);

/** Longer names, in UTF-16 units, are not judged. */
const MAX_NAME_CHARS = 1000;

/**
 * Returns what the name of an element says.
 *
 * @param what where the name is written: class names, an id, or a label for screen readers
 */
export function nameSign(what: 'class' | 'id' | 'label', value: string): Evidence | undefined {
	return mayMatch(value) ? judged[what](value) : undefined;
}

const judged = {
	class: remembered(value => judge('class', value)),
	id: remembered(value => judge('id', value)),
	label: remembered(value => judge('label', value)),
};

function judge(what: string, value: string): Evidence | undefined {
	if (what === 'class' && isForScreenReaders(value)) return { kind: 'hidden', reason: 'hidden on the page' };
	if (value.length > MAX_NAME_CHARS) return undefined;
	for (const written of value.split(/\s+/)) {
		const name = spelt(written);
		if (MODIFIER.test(name) || ARTICLE.test(name)) continue;
		const kind = TESTS.find(([, pattern]) => pattern.test(name))?.[0];
		if (kind) return { kind, reason: `${what} “${written}”` };
	}
	return undefined;
}

/** Puts a hyphen at each change of case. */
function spelt(name: string): string {
	return name.replace(/([a-z\d])([A-Z])/g, '$1-$2');
}
