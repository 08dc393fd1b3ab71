import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../util/day.ts';
import { counted } from '../../util/words.ts';
import { readableHost } from '../readable.ts';
import type { BrokenReason, UnverifiedReason, Verdict } from './verdict.ts';

/** Names of statuses that people meet (IANA, "HTTP Status Codes"). */
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

const BROWSER = 'open it in a browser: sites let people in that they refuse to programs';
const LATER = 'check again later';

/** What is known, and what may be done about it; `$host` and `$status` stand for those of the last answer. */
const UNVERIFIED: Readonly<Record<UnverifiedReason, readonly [known: string, advice: string]>> = {
	'host-unknown': ['there is no host $host', LATER],
	'name-servers': ['$host cannot be looked up from here', 'check again once you are online'],
	'reserved-name': ['$host is a name for examples, which no host on the internet has', ''],
	'other-network': ['$host belongs to another network than the internet', 'open it from there'],
	'private-address': [
		'$host is not on the public internet',
		'allow private addresses (marginalia.links.allowPrivate) to check it',
	],
	refused: ['$host refuses connections', LATER],
	reset: ['$host breaks the connection off', LATER],
	unreachable: ['there is no way to $host', 'check again once you are online'],
	timeout: ['$host does not answer in time', LATER],
	tls: ['the certificate of $host is not in order', 'open it in a browser, which may know more of it'],
	protocol: ['what $host answers is not HTTP', 'open it in a browser'],
	proxy: ['the proxy lets nothing through to $host', 'look at the settings of the proxy'],
	denied: ['$host answers $status', BROWSER],
	'rate-limited': ['$host answers $status', LATER],
	'server-error': ['$host answers $status', LATER],
	status: ['$host answers $status', 'open it in a browser'],
	challenge: ['$host wants to see that a person asks', BROWSER],
	login: ['it leads to a page to log in', 'open it in a browser where you are logged in'],
	'front-page': ['it leads to the front page of its site, for the time being', 'open it in a browser'],
	'error-page': ['it leads to a page about an error', 'open it in a browser'],
	redirects: ['it redirects without end', 'open it in a browser, which remembers cookies'],
	redirect: ['it redirects to something that is not on the web', 'open it in a browser'],
	placeholder: ['what is shown there stands in for another picture', 'open the page that the article was taken from'],
	'unknown-format': ['what is there is no picture of a known kind', 'open it in a browser'],
};

const BROKEN: Readonly<Record<BrokenReason, string>> = {
	gone: '$status',
	'front-page': 'it leads to the front page of its site',
	'host-unknown': 'there is no host $host',
	'not-an-image': 'what is there is no picture',
};

/** What the evidence says, as the end of a sentence; empty for an address that is as it should be. */
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

/** What a user may do, in the imperative, to know more; empty where enough is known. */
export function advice(verdict: Verdict): string {
	return verdict.kind === 'unverified' ? UNVERIFIED[verdict.reason][1] : '';
}

/** A status with its name, as `404 Not Found`. */
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

/** How long ago something was, as `3 hours ago`. Both in milliseconds since the Unix epoch. */
export function describeAge(time: number, now: number): string {
	for (const [unit, length] of UNITS) {
		const count = Math.floor((now - time) / length);
		if (count > 0) return `${counted(count, unit)} ago`;
	}
	return 'just now';
}
