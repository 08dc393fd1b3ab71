import { parseUrl } from './hostName.ts';

/** Returns the URL of the image that a proxy's URL asks for, as the proxy writes it; `undefined` if it asks for none. */
type Find = (url: URL) => string | undefined;

/** How many proxies one after another are looked through. */
const MOST_PROXIES = 4;

/** Longer URLs, in UTF-16 units, are not searched for another one. */
const MAX_CHARS = 4000;

/** Services that do nothing else, or whose hosts tell. A host also stands for those below it. */
const BY_HOST: ReadonlyMap<string, Find> = new Map<string, Find>([
	// https://wsrv.nl/docs/: `?url=host/path`, `?url=ssl:host/path`, `?url=https://host/path`
	['images.weserv.nl', inParameter('url')],
	['wsrv.nl', inParameter('url')],
	// Photon, https://developer.wordpress.com/docs/photon/: `/host/path?ssl=1`; `q` is the query of the image
	['i0.wp.com', photon],
	['i1.wp.com', photon],
	['i2.wp.com', photon],
	['i3.wp.com', photon],
	// https://developers.google.com/amp/cache/overview: `/i/s/host/path`; without `s` by HTTP; `/ii/w680/s/…` scaled
	['cdn.ampproject.org', url => afterPath(url, /^\/ii?(?:\/[wh]\d+)*\/(?:s\/)?/)],
	// https://statically.io/docs/using-images/: `/img/host/w=600/path`
	['cdn.statically.io', url => afterPath(url, /^\/img\//)?.replace(/\/(?:[a-z]+=[^/]*)(?=\/)/, '')],
	// https://rsz.io/: `/host/path?width=300`
	['rsz.io', url => afterPath(url, /^\//)],
	// Attachments and previews of messages: `/external/<signature>/https/host/path`
	['discordapp.net', url => afterPath(url, /^\/external\/[^/]+\/(?:%3F[^/]*\/)?(?=https?\/)/)?.replace('/', '://')],
	// Search engines' copies of results
	['duckduckgo.com', url => (url.pathname.startsWith('/iu/') ? inParameter('u')(url) : undefined)],
	['gimg2.baidu.com', url => /^\/image_search\/(?:[^&]*&)*?src=([^&]+)/.exec(url.pathname)?.[1]],
	['timgsa.baidu.com', inParameter('src')],
	['image.baidu.com', inParameter('url')],
	// Copies for feed readers and previews of links
	['googleusercontent.com', url => (/^\/gadgets?\/proxy/.test(url.pathname) ? inParameter('url')(url) : undefined)],
	['google.com', url => (/^\/(?:ig\/)?gadgets?\/proxy/.test(url.pathname) ? inParameter('url')(url) : undefined)],
	['fbcdn.net', inParameter('url')],
	['slack-imgs.com', inParameter('url')],
	['i.embed.ly', inParameter('url')],
	// https://www.imagekit.io/docs/integration/web-proxy, https://docs.imgix.com/en-US/getting-started/setup/creating-sources/web-proxy
	['ik.imagekit.io', inPath],
	['imgix.net', inPath],
	// The resizer of Yahoo
	['s.yimg.com', inPath],
]);

/** The domains of these services. */
const DOMAINS: ReadonlySet<string> = new Set([...BY_HOST.keys()].map(domainOf));

/** Returns the last two parts of a host name. */
function domainOf(hostname: string): string {
	const top = hostname.lastIndexOf('.');
	return hostname.slice(hostname.lastIndexOf('.', top - 1) + 1);
}

/** Software that serves from the sites' own hosts: what their paths have, and where the image is. */
const BY_PATH: readonly (readonly [string, Find])[] = [
	// https://developers.cloudflare.com/images/transform-images/transform-via-url/: `/cdn-cgi/image/<options>/<url>`
	['/cdn-cgi/image/', inPath],
	// Cloudinary, https://cloudinary.com/documentation/fetch_remote_images; Substack uses the same form
	['/image/fetch/', inPath],
	// https://nextjs.org/docs/app/api-reference/components/image, and what other frameworks and hosts made of it
	['/_next/image', inParameter('url')],
	['/_vercel/image', inParameter('url')],
	['/.netlify/images', inParameter('url')],
	['/_image', inParameter('href')],
	['/_ipx/', inPath],
	// Previews of links on Facebook
	['/safe_image.php', inParameter('url')],
	// https://docs.imgproxy.net/usage/processing: `/<signature>/<options>/plain/<url>@<type>`
	['/plain/', url => inPath(url)?.replace(/@[a-z]+$/, '')],
	// https://thumbor.readthedocs.io/en/latest/usage.html; Arc and Vox have their own names for it
	['/unsafe/', thumbor],
	['/thumbor/', thumbor],
	['/resizer/', thumbor],
	['=/', thumbor],
];

/** Parameters in which resizers of all kinds take the URL of an image. */
const PARAMETER = /[?&](?:url|src|u|image|img|image_?url|source|file)=(https?(?::|%3a)[^&#]+)/i;

/** Words in the host or path of a program that resizes or passes on images. */
const RESIZER =
	/(?:^|[\W_\d])(?:im(?:g|age)s?|photos?|pic(?:ture)?s?|thumb\w*|timthumb|phpthumb|imrs|imgpress|dims\d?|camo|resiz\w*|scale\w*|proxy|img_?proxy|image_?proxy|get_?im(?:g|age))(?=$|[\W_\d])/i;

/** Words in the path of a page that only mentions an image: sharing, signing in, redirecting. */
const PAGE = /shar(?:e|er|ing)\b|\/(?:intent|tweet|login|signin|redirect|redir|search|l\.php|pin|dialog|add|submit)\b/i;

/** A size in the query of an image. */
const SIZE = /[?&](?:w|h|width|height|resize|size|q|quality|sz|fit)=/i;

const IMAGE_FILE = /\.(?:jpe?g|jfif|png|gif|webp|avif|svg|bmp|heic)(?:$|[?#!@:&;])/i;

/** The beginning of an encoded URL, `http`: in Base64, as imgproxy, Gatsby and Miniflux have it, and in hexadecimal, as Camo has it. */
const BASE64 = 'aHR0c';
const HEXADECIMAL = '68747470';

/** What URLs have whose image is written without a scheme, or encoded. */
const WITHOUT_SCHEME = /\/(?:unsafe|thumbor|resizer)\/|=\/|aHR0c|68747470/;

/**
 * Returns the image that an image proxy or resizer fetches from another host, through several if one asks the other; `undefined`
 * for the URL of anything else. Only names of the public internet count: what a proxy could not fetch is not its origin.
 */
export function proxiedImage(url: URL): URL | undefined {
	let image = url;
	for (let passed = 0; passed < MOST_PROXIES; passed++) {
		const next = ask(image);
		if (!next) break;
		image = next;
	}
	return image.host === url.host ? undefined : image;
}

function ask(url: URL): URL | undefined {
	if (!url.href.startsWith('http') || url.href.length > MAX_CHARS) return undefined;
	const found = find(url);
	return found === undefined ? undefined : publicUrl(found);
}

function find(url: URL): string | undefined {
	const { href, hostname } = url;
	const domain = domainOf(hostname);
	for (
		let host = hostname;
		DOMAINS.has(domain) && host.length >= domain.length;
		host = host.slice(host.indexOf('.') + 1)
	) {
		const service = BY_HOST.get(host);
		if (service) return service(url);
	}
	// Most URLs are those of pages, and there are many.
	const isMentioned = href.includes('http', 8);
	if (!isMentioned && !WITHOUT_SCHEME.test(href)) return undefined;
	const { pathname } = url;
	for (const [path, software] of BY_PATH) {
		const found = pathname.includes(path) ? software(url) : undefined;
		if (found !== undefined) return found;
	}
	if (pathname.includes(BASE64) || pathname.includes(HEXADECIMAL)) return encoded(pathname);
	return isMentioned ? mentioned(url) : undefined;
}

function inParameter(name: string): Find {
	return url => url.searchParams.get(name) ?? undefined;
}

/** Returns the URL with a scheme in a path. Servers merge its two slashes. */
function inPath({ pathname }: URL): string | undefined {
	return /\/(https?(?::|%3a|%253a)[\s\S]*)$/i.exec(pathname)?.[1];
}

/** Returns the rest of a path after its beginning: a host with a path. */
function afterPath({ pathname }: URL, beginning: RegExp): string | undefined {
	const start = beginning.exec(pathname)?.[0];
	return start === undefined ? undefined : pathname.slice(start.length);
}

function photon(url: URL): string | undefined {
	const address = afterPath(url, /^\//);
	if (!address || hasWebScheme(address)) return address;
	const query = url.searchParams.get('q');
	return `http${url.searchParams.get('ssl') ? 's' : ''}://${address}${query ? `?${query}` : ''}`;
}

/** What a path of thumbor begins with: no signature, a signature, or the name that it has on the site. */
const SIGNATURE = /^(?:unsafe|thumbor|resizer|[\w-]{27}=)$/;

/** What thumbor does to an image, one step a segment of the path. */
const STEP =
	/^(?:unsafe|v\d|[\w-]{27}=|trim(?::.*)?|meta|debug|(?:adaptive-|full-)*fit-in|-?\d*x-?\d*(?::-?\d*x-?\d*)?|left|right|center|top|middle|bottom|smart|filters:.*)$/i;

/** Returns what is after the last step in a path of thumbor, with or without a scheme. */
function thumbor(url: URL): string | undefined {
	const withScheme = inPath(url);
	if (withScheme !== undefined) return withScheme;
	const segments = url.pathname.split('/');
	const first = segments.findIndex(segment => SIGNATURE.test(segment));
	if (first === -1) return undefined;
	let at = first + 1;
	while (at < segments.length && STEP.test(decode(segments[at] ?? ''))) at++;
	return segments.slice(at).join('/');
}

/** Decodes the segments of a path that hold a URL in Base64 or in hexadecimal. */
function encoded(pathname: string): string | undefined {
	const base64 = /\/(aHR0c[\w/=-]+)(?:\.[a-z]+)?$/.exec(pathname)?.[1] ?? /\/(aHR0c[\w=-]+)/.exec(pathname)?.[1];
	if (base64 !== undefined) {
		try {
			return atob(base64.replaceAll('/', '').replaceAll('-', '+').replaceAll('_', '/'));
		} catch {
			// Something else that only begins in the same way.
			return undefined;
		}
	}
	const bytes = /\/(68747470(?:[\da-f]{2})+)(?=$|[/.])/i.exec(pathname)?.[1];
	return bytes === undefined ? undefined : decode(bytes.replace(/../g, '%$&'));
}

/** Returns an image that a URL mentions, if the rest of it is that of a resizer. */
function mentioned(url: URL): string | undefined {
	const { hostname, pathname, search } = url;
	const parameter = PARAMETER.exec(search)?.[1];
	const address = decode(parameter ?? inPath(url) ?? '');
	if (!IMAGE_FILE.test(address) || PAGE.test(pathname)) return undefined;
	// An archive of pages is no proxy: `/web/2020im_/https://…` is a copy.
	const start = parameter === undefined ? pathname.slice(0, pathname.search(/\/https?(?::|%)/i)) : pathname;
	return RESIZER.test(hostname) || RESIZER.test(start) || (parameter !== undefined && SIZE.test(search))
		? address
		: undefined;
}

function decode(value: string): string {
	if (!value.includes('%')) return value;
	try {
		return decodeURIComponent(value);
	} catch {
		// Invalid percent encoding: as written.
		return value;
	}
}

function hasWebScheme(value: string): boolean {
	return /^https?(?::|%3a)/i.test(value);
}

/** A name with dots whose last part is not the ending of a file, since `photo.jpg` is no host; or an IP address of version 4. */
const HOST =
	/^(?:[a-z\d_](?:[\w-]*[a-z\d])?\.)+(?!(?:jpe?g|png|gif|webp|avif|svg|bmp|php|html?|aspx?|js|css)\.?$)(?:[a-z]{2,24}|xn--[a-z\d-]+)\.?$|^(?:\d+\.){3}\d+$/;

/** Private networks (RFC 1918, 6598, 6762, 8375), and the machine itself. */
const PRIVATE =
	/^(?:0|10|127|169\.254|172\.(?:1[6-9]|2\d|3[01])|192\.168|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\.[\d.]+$|\.(?:localhost|local|internal|intranet|lan|home|home\.arpa|corp|invalid)\.?$/;

/** Parses a URL as a proxy writes it: encoded once more, without a scheme, or with one whose slashes were merged. */
function publicUrl(written: string): URL | undefined {
	const address = decode(/^https?%/i.test(written) ? decode(written) : written).trim();
	const scheme = /^(https?):\/*/i.exec(address);
	const rest = scheme ? address.slice(scheme[0].length) : address.replace(/^(?:ssl:)?\/{0,2}/, '');
	const url = parseUrl(`${scheme?.[1] ?? 'https'}://${rest}`);
	if (!url || !HOST.test(url.hostname) || PRIVATE.test(url.hostname)) return undefined;
	return url.pathname === '/' && url.search === '' ? undefined : url;
}
