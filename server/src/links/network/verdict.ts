import type { HttpFailure } from '../../platform.ts';
import { isRecord } from '../../util/value.ts';
import type { Size } from '../pictureFile.ts';
import type { SpecialName } from './specialNames.ts';

/** One request in a chain of redirects: its URL, and its status code or failure. */
export interface Step {
	readonly url: string;
	readonly answer: number | HttpFailure;
}

/** Why a link is broken. */
const BROKEN = [
	/** 404 or 410. */
	'gone',
	/** A page redirects permanently to the front page of its site. */
	'front-page',
	'host-unknown',
	/** The content at the URL of an image is not an image. */
	'not-an-image',
] as const;
export type BrokenReason = (typeof BROKEN)[number];

/** Why a URL could not be verified. */
export type UnverifiedReason =
	| Exclude<HttpFailure, 'cancelled'>
	| SpecialName
	/** 401, 402, 403, 407, 451. */
	| 'denied'
	/** 429. */
	| 'rate-limited'
	/** 5xx, more than once. */
	| 'server-error'
	/** Any other unsuccessful status code. */
	| 'status'
	/** The site sends a challenge that only people can solve. */
	| 'challenge'
	/** The site requires a login. */
	| 'login'
	/** A page redirects temporarily to the front page of its site. */
	| 'front-page'
	/** A page redirects to an error page. */
	| 'error-page'
	/** Too many redirects, or a loop. */
	| 'redirects'
	/** An invalid redirect, or one to a URL that is not on the web. */
	| 'redirect'
	/** A placeholder for the image. */
	| 'placeholder'
	/** Neither a known image format nor a page. */
	| 'unknown-format';

/** What the first bytes of a remote image say. */
export interface RemotePicture {
	/** The name of its format, such as `JPEG`. */
	readonly type: string;
	/** In pixels; `undefined` if the first bytes do not say. */
	readonly size: Size | undefined;
}

/** The result of a check. */
export type CheckResult =
	| { readonly kind: 'ok'; readonly picture?: RemotePicture }
	/** The page exists, and has moved permanently to `to`. */
	| { readonly kind: 'moved'; readonly to: string; readonly picture?: RemotePicture }
	| { readonly kind: 'broken'; readonly reason: BrokenReason }
	/** The check was not conclusive. */
	| { readonly kind: 'unverified'; readonly reason: UnverifiedReason };

/** The result of a check, with its evidence. */
export type Verdict = CheckResult & {
	/** The URLs of the deciding request, in order. */
	readonly chain: readonly Step[];
	/** The time of the check, in milliseconds since the Unix epoch. */
	readonly time: number;
};

/** Whether a parsed value is a verdict that may be cached, so not an unverified one. */
export function isVerdict(value: unknown): value is Verdict {
	if (!isRecord(value)) return false;
	const { kind, chain, time } = value;
	if (typeof time !== 'number' || !Array.isArray(chain) || chain.length === 0 || !chain.every(isStep)) return false;
	if (kind === 'broken') return BROKEN.some(reason => reason === value.reason);
	if (kind === 'moved' && !isAddress(value.to)) return false;
	return (kind === 'ok' || kind === 'moved') && (value.picture === undefined || isPicture(value.picture));
}

function isStep(value: unknown): value is Step {
	return (
		isRecord(value) && isAddress(value.url) && (typeof value.answer === 'number' || typeof value.answer === 'string')
	);
}

function isAddress(value: unknown): value is string {
	return typeof value === 'string' && URL.canParse(value);
}

function isPicture(value: unknown): value is RemotePicture {
	if (!isRecord(value) || typeof value.type !== 'string') return false;
	const { size } = value;
	if (size === undefined) return true;
	return isRecord(size) && typeof size.width === 'number' && typeof size.height === 'number';
}

/** How an article uses a URL: as a link to a page, or as an image. */
export type LinkUse = 'link' | 'image';

/** A URL to check. */
export interface LinkTarget {
	/** Absolute, http or https, without fragment. */
	readonly url: string;
	readonly use: LinkUse;
	/** The page that shows it, for hosts that require it. */
	readonly referrer?: string | undefined;
}
