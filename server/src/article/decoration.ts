import { remembered } from '../util/remember.ts';
import type { Image } from './images.ts';
import { getAttribute, isElement, type Node } from './node.ts';
import type { Weights } from './weights.ts';

/** How many elements around an image are asked for the names of their classes. */
const MOST_WRAPPERS = 4;

/** Up to how many pixels an image is an invisible counter, an icon, and an icon if anything else says so. */
const DOT = 2;
const ICON = 32;
const SMALL = 72;

/** Matches one of some words between hyphens, underscores, spaces and digits. */
const words = (list: string): RegExp => new RegExp(`(?:^|[\\s_-])(?:${list})(?=$|[\\s_\\d-])`, 'i');

/** Names of classes for images that stand for a character. */
const EMOJI = words('wp-smiley|smil(?:ey|ies)|emoji\\w*|emoticons?|twemoji|joypixels');

/** Names of classes for portraits of who wrote something. */
const PORTRAIT = words(
	'avatars?|gravatar|userpic|head-?shots?|(?:author|byline|profile|user|contributor|writer|columnist|commenter)-?(?:photo|image|img|pic(?:ture)?|avatar|thumb(?:nail)?|portrait)',
);

/** Names of classes for what is clicked or only decorates. */
const CONTROL = words(
	'(?<!gallery-)icons?|icon-?img|social|social-?(?:icons?|links?|media|share|bar)|share|sharing|share-?(?:icons?|buttons?|links?)|service-links|sprite|favicon|spinner|spacer|tracking|tracking-?pixel|logo|site-?logo',
);

/** Where programs keep such images: emoji, portraits, counters. */
const PLACE =
	/\/(?:emojis?|twemoji|smil(?:ies|eys?)|emoticons?|avatars?|profile_images|userpics?)\/|gravatar\.com\/|\/(?:pixel|beacon|tracker|tracking|counter|spacer|clear|1x1|shim)\.(?:gif|png)(?:$|\?)|medium\.com\/_\/stat|feedburner\.com\/~|pixel\.wp\.com|stats\.wordpress\.com|doubleclick\.net|google-analytics\.com|scorecardresearch\.com|quantserve\.com|facebook\.com\/tr[?/]|statcounter\.com|cnzz\.com|hm\.baidu\.com/i;

/** File names of icons, among them the signs of services. */
const ICON_FILE =
	/(?:[/_.-]|^)(?:icons?|ico|sprites?|social|share|sharing|buttons?|btn|bullet|arrow|spinner|facebook|fb|twitter|tweet|weibo|wechat|weixin|whatsapp|telegram|linkedin|pinterest|instagram|youtube|rss|feed|print(?:er)?|e?mail|google(?:-?plus)?|gplus|line|qq|qzone|douban|reddit|tumblr|pocket|logo)(?:[-_.](?:icons?|logo|share|button|btn|white|black|colou?r|square|circle|round|small|\d{1,3}(?:x\d{1,3})?))*\.(?:png|gif|svg|jpe?g|webp|ico)(?:$|[?#])|\/icons?\//i;

/** Where pages are shared or kept, and where only accounts are. */
const SHARE =
	/\b(?:twitter|x)\.com\/(?:share|intent|home\?status)|facebook\.com\/(?:sharer|share|dialog)|plus\.google\.com\/share|google\.com\/bookmarks|linkedin\.com\/(?:sharearticle|sharing|cws)|pinterest\.[a-z.]+\/pin\/create|weibo\.com\/share|connect\.qq\.com\/|qzone\.qq\.com\/|share\.v\.t\.qq|reddit\.com\/submit|tumblr\.com\/(?:share|widgets\/share)|\bt(?:elegram)?\.me\/share|\bwa\.me\/|whatsapp\.com\/send|^whatsapp:|line\.me\/(?:r\/msg|lineit)|getpocket\.com\/(?:save|edit)|instapaper\.com\/|digg\.com\/submit|delicious\.com\/|stumbleupon\.com\/submit|vk\.com\/share|douban\.com\/(?:share|recommend)|renren\.com\/share|addtoany\.com|addthis\.com|sharethis\.com|jiathis\.com|bshare\.cn|feedburner\.|feedly\.com\/i\/|buffer\.com\/add|ycombinator\.com\/submitlink|flipboard\.com\/bookmarklet|bsky\.app\/intent|threads\.net\/intent|printfriendly\.com|^mailto:\?|[?&]share=[a-z]/i;
const ACCOUNT =
	/^(?:https?:)?\/\/(?:www\.|m\.)?(?:twitter|x|facebook|weibo|instagram|youtube|linkedin|t|telegram|pinterest|tumblr|douban|threads)\.(?:com|me|net)\/[^/?]*\/?(?:$|\?)/i;

/**
 * Whether an image is no picture of the article but a counter, a spacer, a sign such as an emoji or the logo of a
 * service, or the portrait of who wrote a text. Only signs of its own count, not where in the page it is.
 *
 * @param isInFigure whether it is in a `figure`, where a small image may be a picture
 */
export function isDecoration(nodes: readonly Node[], image: Image, weights: Weights, isInFigure: boolean): boolean {
	const node = nodes[image.node] as Node;
	const style = image.width === undefined || image.height === undefined ? getAttribute(node, 'style') : undefined;
	const { width = sizeInStyle(style, 'width'), height = sizeInStyle(style, 'height') } = image;
	if (width !== undefined && height !== undefined && width <= DOT && height <= DOT) return true;
	if (!isInFigure && width !== undefined && height !== undefined && width <= ICON && height <= ICON) return true;
	const address = image.source?.value ?? image.src?.value ?? '';
	const isSmall = (width ?? height ?? SMALL + 1) <= SMALL && (height ?? width ?? SMALL + 1) <= SMALL;
	if (PLACE.test(address) || (isSmall && ICON_FILE.test(address))) return true;
	const { emoji, sign } = namedAs(node);
	return emoji || sign || isWrapped(nodes, node, weights, address, isSmall);
}

/** Whether the link of an image or an element that has nothing else says what it is for. */
function isWrapped(nodes: readonly Node[], image: Node, weights: Weights, address: string, isSmall: boolean): boolean {
	let at = image.parent;
	for (let passed = 0; at !== -1 && passed < MOST_WRAPPERS; passed++) {
		if (weights.text(at) > 0 || weights.images(at) > 1) break;
		const node = nodes[at] as Node;
		if (namedAs(node).sign || (isElement(node, 'a') && leadsElsewhere(node, address, isSmall))) return true;
		at = node.parent;
	}
	return false;
}

/** Whether a link around an image is where the page is shared, or the account that an icon stands for. */
function leadsElsewhere(link: Node, address: string, isSmall: boolean): boolean {
	const href = getAttribute(link, 'href')?.trim() ?? '';
	return SHARE.test(href) || ((isSmall || ICON_FILE.test(address)) && ACCOUNT.test(href));
}

/** What the class names of an element say. */
interface Named {
	readonly emoji: boolean;
	/** A portrait, or what is clicked or decorates. */
	readonly sign: boolean;
}

const UNNAMED: Named = { emoji: false, sign: false };

function namedAs(node: Node): Named {
	const value = node.attributes.length === 0 ? undefined : getAttribute(node, 'class');
	return value ? judged(value) : UNNAMED;
}

const judged = remembered((value): Named => {
	const name = value.replace(/([a-z\d])([A-Z])/g, '$1-$2');
	return { emoji: EMOJI.test(name), sign: PORTRAIT.test(name) || CONTROL.test(name) };
});

/** Returns a size that an inline style gives in CSS pixels. */
function sizeInStyle(style: string | undefined, name: 'width' | 'height'): number | undefined {
	if (!style?.includes(name)) return undefined;
	const match = new RegExp(`(?:^|[;\\s])${name}\\s*:\\s*(\\d{1,4})(?:\\.\\d+)?px`, 'i').exec(style);
	return match ? Number(match[1]) : undefined;
}
