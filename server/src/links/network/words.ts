import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../util/day.ts';
import { counted } from '../../util/words.ts';
import { readableHost } from '../readableUrl.ts';
import type { BrokenReason, UnverifiedReason, Verdict } from './verdict.ts';

/** Reason phrases of common status codes (IANA, "HTTP Status Codes"). */
const STATUSES: Readonly<Record<number, string>> = {
	200: 'OK',
	202: 'Accepted',
	204: 'No Content',
	301: 'Moved Permanently',
	302: 'Found',
	303: 'See Other',
	307: 'Temporary Redirect',
	308: 'Permanent Redirect',
	400: 'Bad Request',
	401: 'Unauthorized',
	402: 'Payment Required',
	403: 'Forbidden',
	404: 'Not Found',
	405: 'Method Not Allowed',
	406: 'Not Acceptable',
	407: 'Proxy Authentication Required',
	408: 'Request Timeout',
	410: 'Gone',
	418: "I'm a Teapot",
	429: 'Too Many Requests',
	451: 'Unavailable For Legal Reasons',
	500: 'Internal Server Error',
	501: 'Not Implemented',
	502: 'Bad Gateway',
	503: 'Service Unavailable',
	504: 'Gateway Timeout',
};

const BROWSER = 'open it in a browser: some sites block automated requests';
const LATER = 'check again later';

/** The finding and the advice for each reason; `$host` and `$status` are those of the last response. */
const UNVERIFIED: Readonly<Record<UnverifiedReason, readonly [known: string, advice: string]>> = {
	'host-unknown': ['the host $host does not exist', LATER],
	'name-servers': ['the host name $host cannot be resolved', 'check again once you are online'],
	'reserved-name': ['$host is a reserved example name', ''],
	'other-network': ['$host is not a host name on the internet', 'open it from within its network'],
	'private-address': [
		'$host is not on the public internet',
		'allow private addresses (marginalia.links.allowPrivate) to check it',
	],
	refused: ['$host refuses connections', LATER],
	reset: ['$host closes the connection', LATER],
	unreachable: ['$host cannot be reached', 'check again once you are online'],
	timeout: ['the request to $host times out', LATER],
	tls: ['$host has an invalid certificate', 'open it in a browser for details'],
	protocol: ['$host does not respond with valid HTTP', 'open it in a browser'],
	proxy: ['the proxy rejects the connection to $host', 'check the proxy settings'],
	denied: ['$host returns $status', BROWSER],
	'rate-limited': ['$host returns $status', LATER],
	'server-error': ['$host returns $status', LATER],
	status: ['$host returns $status', 'open it in a browser'],
	challenge: ['$host requires a check that you are human', BROWSER],
	login: ['it redirects to a login page', 'open it in a browser where you are logged in'],
	'front-page': ['it temporarily redirects to the front page of its site', 'open it in a browser'],
	'error-page': ['it redirects to an error page', 'open it in a browser'],
	redirects: ['it redirects too many times', 'open it in a browser, which keeps cookies'],
	redirect: ['it redirects to an invalid URL', 'open it in a browser'],
	placeholder: ['the host returns a placeholder image', 'open the page that the article was taken from'],
	'unknown-format': ['the content is not a known image format', 'open it in a browser'],
};

const BROKEN: Readonly<Record<BrokenReason, string>> = {
	gone: '$status',
	'front-page': 'it redirects to the front page of its site',
	'host-unknown': 'the host $host does not exist',
	'not-an-image': 'the content is not an image',
};

/** Returns the evidence of a verdict as the end of a sentence; empty for `ok`. */
export function evidence(verdict: Verdict): string {
	switch (verdict.kind) {
		case 'ok':
			return '';
		case 'moved':
			return `it has moved to ${verdict.to}`;
		case 'broken':
			return fill(BROKEN[verdict.reason], verdict);
		case 'unverified':
			return fill(UNVERIFIED[verdict.reason][0], verdict);
	}
}

/** Returns what a user can do about an unverified URL, in the imperative; otherwise empty. */
export function advice(verdict: Verdict): string {
	return verdict.kind === 'unverified' ? UNVERIFIED[verdict.reason][1] : '';
}

/** Formats a status code with its reason phrase, such as `404 Not Found`. */
export function describeStatus(status: number): string {
	const name = STATUSES[status];
	return name === undefined ? String(status) : `${status} ${name}`;
}

function fill(text: string, { chain }: Verdict): string {
	const last = chain.at(-1);
	const host = last && URL.canParse(last.url) ? readableHost(new URL(last.url).host) : 'the host';
	return text
		.replace('$host', () => host)
		.replace('$status', () => (typeof last?.answer === 'number' ? describeStatus(last.answer) : 'nothing'));
}

const UNITS = [
	['day', DAY_MS],
	['hour', HOUR_MS],
	['minute', MINUTE_MS],
] as const;

/** Formats how long ago something was, such as `3 hours ago`. Both times are in milliseconds since the Unix epoch. */
export function describeAge(time: number, now: number): string {
	for (const [unit, length] of UNITS) {
		const count = Math.floor((now - time) / length);
		if (count > 0) return `${counted(count, unit)} ago`;
	}
	return 'just now';
}
