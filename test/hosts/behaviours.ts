import type { IncomingMessage, ServerResponse } from 'node:http';
import { png } from '../support/png.ts';

/** Responds to a request. `visit` counts the requests with the same method and path, from 1. */
export type Behaviour = (request: IncomingMessage, response: ServerResponse, visit: number) => void;

const PAGE = '<!doctype html><title>Harbour</title><p>The last boat leaves at eleven.</p>';
const PICTURE = png(64, 48);

/** A one-pixel GIF, as used for placeholders. */
const DOT = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

const page: Behaviour = (_, response) => {
	response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-length': Buffer.byteLength(PAGE) });
	response.end(PAGE);
};

const bytes =
	(content: Uint8Array, type: string): Behaviour =>
	(_, response) => {
		response.writeHead(200, { 'content-type': type, 'content-length': content.length });
		response.end(content);
	};

const picture = bytes(PICTURE, 'image/png');

function status(code: number, headers: Record<string, string> = {}): Behaviour {
	return (_, response) => {
		response.writeHead(code, { 'content-length': 0, ...headers });
		response.end();
	};
}

const redirect = (code: number, location: string): Behaviour => status(code, { location });

/** Resets the connection. */
const reset: Behaviour = ({ socket }) => socket.resetAndDestroy();

/** The first matching path determines the behaviour. Its groups are passed to the behaviour. */
const BEHAVIOURS: readonly (readonly [path: RegExp, behaviour: (...parts: string[]) => Behaviour])[] = [
	[/^\/status\/(\d+)/, code => status(Number(code))],
	// Incorrect responses to HEAD.
	[
		/^\/head\/(\d+)/,
		code =>
			(request, ...rest) =>
				(request.method === 'HEAD' ? status(Number(code)) : page)(request, ...rest),
	],
	[
		/^\/head\/reset/,
		() =>
			(request, ...rest) =>
				(request.method === 'HEAD' ? reset : page)(request, ...rest),
	],
	[
		/^\/head\/front/,
		() =>
			(request, ...rest) =>
				(request.method === 'HEAD' ? redirect(301, '/') : page)(request, ...rest),
	],
	// Temporary errors: for the given number of GET requests, and for all HEAD requests.
	[
		/^\/recovers\/(\d+)\/after\/(\d+)/,
		(code, times) => (request, response, visit) =>
			(request.method === 'HEAD' || visit <= Number(times) ? status(Number(code)) : page)(request, response, visit),
	],
	[
		/^\/reset\/after\/(\d+)/,
		times => (request, response, visit) =>
			(request.method === 'HEAD' || visit <= Number(times) ? reset : page)(request, response, visit),
	],
	[/^\/reset/, () => reset],
	// Rate limits.
	[/^\/limited\/seconds\/(\d+)\/times\/(\d+)/, (seconds = '', times) => limited(() => seconds, Number(times))],
	[
		/^\/limited\/date\/(\d+)\/times\/(\d+)/,
		(seconds, times) => limited(() => new Date(Date.now() + Number(seconds) * 1000).toUTCString(), Number(times)),
	],
	[/^\/limited\/times\/(\d+)/, times => limited(() => undefined, Number(times))],
	// Incomplete or invalid responses.
	[/^\/truncated/, () => truncated('text/html')],
	[/^\/picture\/truncated/, () => truncated('image/png')],
	[/^\/slow\/headers/, () => () => {}],
	[
		/^\/slow\/(\d+)/,
		milliseconds =>
			(...all) => {
				setTimeout(() => page(...all), Number(milliseconds));
			},
	],
	[/^\/endless/, () => endless(PAGE, 'text/html')],
	[/^\/picture\/endless/, () => endless(PICTURE, 'image/png')],
	[
		/^\/garbage/,
		() =>
			({ socket }) =>
				socket.end('SSH-2.0-OpenSSH_9.2\r\n'),
	],
	[/^\/huge-headers/, () => status(200, { 'x-padding': 'a'.repeat(100_000) })],
	// Redirects.
	[/^\/loop/, () => redirect(302, '/loop')],
	[/^\/circle\/(\d)/, step => redirect(301, `/circle/${(Number(step) + 1) % 3}`)],
	[/^\/chain\/(\d+)/, left => (Number(left) > 0 ? redirect(302, `/chain/${Number(left) - 1}`) : page)],
	[/^\/moved\/(\d+)\/then\/(\d+)/, (first, code) => redirect(Number(first), `/status/${code}`)],
	[/^\/moved\/(\d+)/, code => redirect(Number(code), '/new/page?a=1')],
	[/^\/moved\/utf-8/, () => rawRedirect('/新/页面')],
	[/^\/front\/(\d+)/, code => redirect(Number(code), '/')],
	[/^\/members\/(\d+)/, code => redirect(Number(code), '/account/login?next=/page')],
	[/^\/lost\/(\d+)/, code => redirect(Number(code), '/errors/404.html')],
	[/^\/no-location/, () => status(302)],
	[/^\/invalid-location/, () => redirect(301, 'https://')],
	[/^\/app/, () => redirect(302, 'intent://article/1#Intent;scheme=harbour;end')],
	// To the name with `www.`, as on many sites; then the same page.
	[
		/^\/www/,
		() => (request, response, visit) => {
			const { host = '' } = request.headers;
			const behaviour = host.startsWith('www.') ? page : redirect(301, `http://www.${host}/www`);
			behaviour(request, response, visit);
		},
	],
	[/^\/slash$/, () => redirect(301, '/slash/')],
	[/^\/to\/(.+)/, address => redirect(302, decodeURIComponent(address))],
	[/^\/to-for-good\/(.+)/, address => redirect(301, decodeURIComponent(address))],
	// Bot protection.
	[/^\/challenge\/cloudflare/, () => status(403, { 'cf-mitigated': 'challenge', server: 'cloudflare' })],
	[/^\/challenge\/not-found/, () => status(404, { 'cf-mitigated': 'challenge', server: 'cloudflare' })],
	[/^\/challenge\/aws/, () => status(202, { 'x-amzn-waf-action': 'challenge' })],
	// Images.
	[/^\/picture\/plain/, () => picture],
	[/^\/picture\/as-text/, () => bytes(PICTURE, 'text/plain')],
	[/^\/picture\/html/, () => bytes(Buffer.from(PAGE), 'image/jpeg')],
	[/^\/picture\/json/, () => bytes(Buffer.from('{"error":"no such picture"}'), 'application/json')],
	[/^\/picture\/empty/, () => bytes(Buffer.alloc(0), 'image/png')],
	[/^\/picture\/unknown/, () => bytes(Buffer.from([1, 2, 3, 4, 5, 6, 7, 8]), 'image/x-harbour')],
	[/^\/picture\/dot/, () => bytes(DOT, 'image/gif')],
	[/^\/picture\/stand-in/, () => redirect(302, '/picture/plain/no-image.png')],
	[/^\/picture\/moved/, () => redirect(301, '/picture/plain/2.png')],
	[/^\/picture\/front/, () => redirect(301, '/')],
	[
		/^\/picture\/wants-referer/,
		() =>
			(request, ...rest) =>
				(request.headers.referer ? picture : status(403))(request, ...rest),
	],
	[
		/^\/picture\/refuses-referer/,
		() =>
			(request, ...rest) =>
				(request.headers.referer ? status(403) : picture)(request, ...rest),
	],
	[
		/^\/picture\/small-without-referer/,
		() =>
			(request, ...rest) =>
				(request.headers.referer ? picture : bytes(DOT, 'image/gif'))(request, ...rest),
	],
	[
		/^\/picture\/page-with-referer/,
		() =>
			(request, ...rest) =>
				(request.headers.referer ? page : status(404))(request, ...rest),
	],
	[
		/^\/picture\/whole-only/,
		() =>
			(request, ...rest) =>
				(request.headers.range ? status(416) : picture)(request, ...rest),
	],
	[/^\/picture\/part/, () => part(Buffer.concat([PICTURE, Buffer.alloc(200_000)]))],
	[/^\/picture\/large/, () => bytes(Buffer.concat([PICTURE, Buffer.alloc(900_000)]), 'image/png')],
];

/** Returns the behaviour of a path; by default a page. */
export function behaviourOf(path: string): Behaviour {
	for (const [pattern, behaviour] of BEHAVIOURS) {
		const match = pattern.exec(path);
		if (match) return behaviour(...match.slice(1));
	}
	return page;
}

function limited(after: () => string | undefined, times: number): Behaviour {
	return (request, response, visit) => {
		const value = after();
		const headers: Record<string, string> = value === undefined ? {} : { 'retry-after': value };
		(request.method === 'HEAD' || visit <= times ? status(429, headers) : page)(request, response, visit);
	};
}

/** Sends less than its Content-Length. */
function truncated(type: string): Behaviour {
	return (request, response) => {
		response.writeHead(200, { 'content-type': type, 'content-length': 100_000 });
		response.write(PAGE);
		if (request.method === 'HEAD') response.end();
		else setImmediate(() => request.socket.destroy());
	};
}

function endless(start: string | Uint8Array, type: string): Behaviour {
	return (request, response) => {
		response.writeHead(200, { 'content-type': type });
		response.write(start);
		if (request.method === 'HEAD') {
			response.end();
			return;
		}
		const chunk = Buffer.alloc(16_384, ' ');
		const more = (): void => {
			while (!response.destroyed && response.write(chunk));
		};
		response.on('drain', more);
		more();
	};
}

/** Sends the requested range, from the start. */
function part(content: Uint8Array): Behaviour {
	return (request, response) => {
		const last = Number(/^bytes=0-(\d+)$/.exec(request.headers.range ?? '')?.[1] ?? content.length - 1);
		response.writeHead(206, {
			'content-type': 'image/png',
			'content-length': last + 1,
			'content-range': `bytes 0-${last}/${content.length}`,
		});
		response.end(content.subarray(0, last + 1));
	};
}

/** Sends a `Location` in UTF-8, as some sites do. */
function rawRedirect(path: string): Behaviour {
	return ({ socket }) => {
		socket.end(`HTTP/1.1 301 Moved Permanently\r\nLocation: ${path}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
	};
}
