import type { Evidence, FurnitureKind } from './evidence.ts';

/** Elements that HTML defines as something other than the main content, or that show nothing. */
const BY_ELEMENT: ReadonlyMap<string, FurnitureKind> = new Map([
	['nav', 'navigation'],
	['style', 'styles'],
	['link', 'styles'],
	['script', 'styles'],
	['dialog', 'hidden'],
]);

/** Elements that hold furniture or parts of the article: what they hold tells. */
const BY_CONTENT: ReadonlyMap<string, FurnitureKind> = new Map([
	['aside', 'related'],
	['footer', 'navigation'],
]);

/** Elements for what people do on a page, which have few words. A form may be one that the article speaks of. */
const FOR_ACTIONS: ReadonlyMap<string, FurnitureKind> = new Map([['button', 'navigation']]);

/** Landmark roles of WAI-ARIA and DPUB-ARIA for what surrounds the main content. */
const BY_ROLE: ReadonlyMap<string, FurnitureKind> = new Map([
	['navigation', 'navigation'],
	['search', 'navigation'],
	['menu', 'navigation'],
	['menubar', 'navigation'],
	['toolbar', 'share'],
	['contentinfo', 'trailer'],
	['banner', 'site'],
]);

/** Types of schema.org for parts of a page. */
const BY_TYPE: ReadonlyMap<string, FurnitureKind> = new Map([
	['wpadblock', 'promotion'],
	['sitenavigationelement', 'navigation'],
	['breadcrumblist', 'navigation'],
	['wpheader', 'site'],
	['wpfooter', 'trailer'],
	['usercomments', 'comments'],
	['comment', 'comments'],
]);

/** The pages on which services let people share a page. */
const SHARE_SERVICE =
	/^(?:https?:)?\/\/(?:[a-z0-9-]+\.)?(?:(?:twitter|x)\.com\/(?:share|intent\/|home\?status)|facebook\.com\/(?:sharer|share\.php|dialog\/(?:share|feed|send))|linkedin\.com\/(?:shareArticle|sharing)|reddit\.com\/submit|tumblr\.com\/(?:share|widgets\/share)|(?:t|telegram)\.me\/share|weibo\.com\/share|qzone\.qq\.com\/cgi-bin\/qzshare|connect\.qq\.com\/widget\/shareqq|plus\.google\.com\/share|bsky\.app\/intent|news\.ycombinator\.com\/submitlink|douban\.com\/share|addtoany\.com\/share|social-plugins\.line\.me\/lineit\/share)/i;

const sign = (kind: FurnitureKind, reason: string, strong = false): Evidence => ({ kind, reason, strong });

/** What HTML says of elements by their names. */
export const ELEMENT_SIGNS: ReadonlyMap<string, Evidence> = new Map<string, Evidence>([
	...[...BY_ELEMENT].map(([name, kind]) => [name, sign(kind, `element “${name}”`, true)] as const),
	...[...FOR_ACTIONS].map(([name, kind]) => [name, sign(kind, `element “${name}”`)] as const),
	...[...BY_CONTENT].map(([name, kind]) => [name, { kind, reason: `links in “${name}”`, onlyLinks: true }] as const),
]);

/** What WAI-ARIA says of an element with this role. */
export function roleSign(role: string): Evidence | undefined {
	const kind = BY_ROLE.get(role.trim().toLowerCase());
	return kind && sign(kind, `role “${role.trim()}”`);
}

/** What schema.org says of an item of this type. */
export function typeSign(itemType: string): Evidence | undefined {
	const type = itemType.slice(itemType.lastIndexOf('/') + 1).trim();
	const kind = BY_TYPE.get(type.toLowerCase());
	return kind && sign(kind, `type “${type}”`, true);
}

/** What schema.org says of a property with this name. */
export function propertySign(property: string): Evidence | undefined {
	return property === 'comment' ? sign('comments', 'property “comment”') : undefined;
}

/** Whether a link leads to a service on which pages are shared. */
export function shareSign(href: string): Evidence | undefined {
	const mayShare = /hare|intent|submit/.test(href);
	return mayShare && SHARE_SERVICE.test(href) ? sign('share', 'leads to a service to share pages on') : undefined;
}
