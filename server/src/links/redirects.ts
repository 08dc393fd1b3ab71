import { parseUrl } from './hostName.ts';
import { hasScheme } from './resolve.ts';

/** A service that shows or counts a link and then redirects to the URL in its own. */
interface Redirect {
	readonly host: RegExp;
	readonly path: RegExp;
	/** The parameters that may hold the target, or what reads it from the URL. */
	readonly target: readonly string[] | ((url: URL) => string | undefined);
}

/** The query as a whole is the target. */
const query = ({ search }: URL): string => decoded(search.slice(1));

const REDIRECTS: readonly Redirect[] = [
	{ host: /^(?:www\.)?google\.(?:com?\.)?[a-z]{2,3}$/, path: /^\/url$/, target: ['q', 'url'] },
	{ host: /^googleweblight\.com$/, path: /^\/(?:i|fp)?$/, target: ['u', 'lite_url'] },
	{ host: /^(?:www\.)?youtube\.com$/, path: /^\/redirect$/, target: ['q'] },
	{ host: /^(?:l|lm|www|m)\.facebook\.com$/, path: /^\/(?:l\.php|flx\/warn\/)$/, target: ['u'] },
	{ host: /^l\.(?:instagram|messenger|threads)\.(?:com|net)$/, path: /^\/(?:l\.php)?$/, target: ['u'] },
	{
		host: /^(?:www\.)?linkedin\.com$/,
		path: /^\/(?:redir\/(?:redirect|general-malware-page)|safety\/go)$/,
		target: ['url'],
	},
	{ host: /^(?:t\.umblr\.com)$/, path: /^\/redirect$/, target: ['z'] },
	{ host: /^out\.reddit\.com$/, path: /^\//, target: ['url'] },
	{ host: /^(?:www\.)?vk\.com$|^away\.vk\.com$/, path: /^\/away(?:\.php)?$/, target: ['to'] },
	{ host: /^duckduckgo\.com$/, path: /^\/l\/$/, target: ['uddg'] },
	{ host: /^medium\.com$/, path: /^\/r\/$/, target: ['url'] },
	{ host: /^(?:www\.)?steamcommunity\.com$/, path: /^\/linkfilter\/?$/, target: ['url', 'u'] },
	{ host: /^slack-redir\.net$/, path: /^\/link$/, target: ['url'] },
	{
		host: /^disq\.us$/,
		path: /^\/(?:url)?$/,
		target: ({ searchParams }) => searchParams.get('url')?.replace(/:[\w-]{20,}$/, ''),
	},
	{
		host: /^(?:href\.li|anon\.to|nullrefer\.com|hidereferrer\.com|dereferer\.me|anonym\.to|www\.pixiv\.net)$/,
		path: /^\/(?:jump\.php)?$/,
		target: query,
	},
	{
		host: /^exit\.sc$|^go\.(?:skimresources|redirectingat)\.com$|^redirect\.viglink\.com$/,
		path: /^\/$/,
		target: ['url', 'u'],
	},
	{ host: /(?:^|\.)safelinks\.protection\.outlook\.com$/, path: /^\//, target: ['url'] },
	{ host: /^urldefense\.proofpoint\.com$/, path: /^\/v[12]\/url$/, target: proofpoint },
	{
		host: /^urldefense\.(?:com|us)$/,
		path: /^\/v3\/__/,
		target: ({ href }) => /\/v3\/__([^*]+?)__;!/.exec(href)?.[1]?.replace(/^(https?:\/)(?!\/)/, '$1/'),
	},
	{ host: /^link\.zhihu\.com$|^link\.juejin\.(?:cn|im)$|^link\.csdn\.net$/, path: /^\/$/, target: ['target'] },
	{ host: /^gitee\.com$/, path: /^\/link$/, target: ['target'] },
	{ host: /^links?\.jianshu\.com$/, path: /^\/(?:go)?$/, target: ['t', 'to'] },
	{ host: /^www\.jianshu\.com$/, path: /^\/go-wild$/, target: ['url'] },
	{ host: /^(?:www\.)?douban\.com$/, path: /^\/link2\/$/, target: ['url'] },
	{ host: /^(?:www\.)?weibo\.(?:cn|com)$/, path: /^\/sinaurl$/, target: ['u', 'toasturl'] },
	{ host: /^mp\.weixinbridge\.com$/, path: /^\/mp\/wapredirect$/, target: ['url'] },
	{ host: /^c\.pc\.qq\.com$/, path: /^\/(?:middlem|ios)\.html$/, target: ['pfurl', 'url'] },
	{ host: /^(?:www\.)?oschina\.net$/, path: /^\/action\/GoToLink$/, target: ['url'] },
];

/** The last two labels of the hosts of redirects, except those of Google, which has many. */
const DOMAINS: ReadonlySet<string> = new Set(
	(
		'googleweblight.com youtube.com facebook.com instagram.com messenger.com threads.net linkedin.com umblr.com reddit.com vk.com ' +
		'duckduckgo.com medium.com steamcommunity.com slack-redir.net disq.us href.li anon.to nullrefer.com hidereferrer.com dereferer.me ' +
		'anonym.to pixiv.net exit.sc skimresources.com redirectingat.com viglink.com outlook.com proofpoint.com urldefense.com urldefense.us ' +
		'zhihu.com juejin.cn juejin.im csdn.net gitee.com jianshu.com douban.com weibo.cn weibo.com weixinbridge.com qq.com oschina.net'
	).split(' '),
);

/** A cheap test that rules out nearly all URLs. */
function mayRedirect(address: string): boolean {
	const start = address.startsWith('https://') ? 8 : address.startsWith('http://') ? 7 : -1;
	const end = start === -1 ? -1 : address.indexOf('/', start);
	if (end === -1 || (address.indexOf('?', end) === -1 && !address.startsWith('/v3/__', end))) return false;
	if (address.startsWith('google.', start) || address.startsWith('www.google.', start)) return true;
	const dot = address.lastIndexOf('.', address.lastIndexOf('.', end) - 1);
	return DOMAINS.has(address.slice(Math.max(dot + 1, start), end));
}

/** How many redirects may wrap each other. */
const MOST_WRAPPERS = 4;

/**
 * Returns the URL that a known redirect leads to, as its own URL tells without asking for it; `undefined` for all others, and if the
 * target is not a valid http(s) URL.
 */
export function targetOfRedirect(address: string): URL | undefined {
	let target: URL | undefined;
	let at = address;
	for (let wrappers = 0; wrappers < MOST_WRAPPERS && mayRedirect(at); wrappers++) {
		const inner = unwrapped(at);
		if (!inner) break;
		target = inner;
		at = inner.href;
	}
	return target;
}

function unwrapped(address: string): URL | undefined {
	const url = parseUrl(address);
	if (!url) return undefined;
	const { hostname, pathname, searchParams } = url;
	const redirect = REDIRECTS.find(({ host, path }) => host.test(hostname) && path.test(pathname));
	if (!redirect) return undefined;
	const { target } = redirect;
	const written =
		typeof target === 'function'
			? target(url)
			: target.map(name => searchParams.get(name)).find(value => value !== null && /^\s*https?:/i.test(value));
	if (!written || !hasScheme(written.trim())) return undefined;
	const inner = parseUrl(written.trim());
	return inner && /^https?:$/.test(inner.protocol) ? inner : undefined;
}

/** Decodes a URL as Proofpoint writes it: `-3A` for `%3A`, `_` for a slash. */
function proofpoint({ pathname, searchParams }: URL): string | undefined {
	const written = searchParams.get('u');
	if (written === null) return undefined;
	return decoded(pathname.startsWith('/v1') ? written : written.replaceAll('-', '%').replaceAll('_', '/'));
}

function decoded(value: string): string {
	try {
		return /^https?%3a/i.test(value) ? decodeURIComponent(value) : value;
	} catch {
		// Invalid percent encoding: the value is meant as written.
		return value;
	}
}
