import type { HttpFailure } from '../../platform.ts';
import { isRecord } from '../../util/value.ts';
import type { Size } from '../pictureFile.ts';
import type { SpecialName } from './specialNames.ts';

/** One address that was asked on the way to a page, and what came of it: a status, or why there is none. */
export interface Step {
	readonly url: string;
	readonly answer: number | HttpFailure;
}

/** Why a link is broken. */
const BROKEN = [
	/** 404 or 410. */
	'gone',
	/** The address of a page leads, for good, to the front page of its site. */
	'front-page',
	'host-unknown',
	/** What is at the address of an image is none. */
	'not-an-image',
] as const;
export type BrokenReason = (typeof BROKEN)[number];

/** Why nothing is known for sure. */
export type UnverifiedReason =
	| Exclude<HttpFailure, 'cancelled'>
	| SpecialName
	/** 401, 402, 403, 407, 451. */
	| 'denied'
	/** 429. */
	| 'rate-limited'
	/** 5xx, more than once. */
	| 'server-error'
	/** Any other status that is no success. */
	| 'status'
	/** The site wants to be sure that a person asks. */
	| 'challenge'
	/** The site wants people to log in first. */
	| 'login'
	/** The address leads to the front page of its site, for the time being. */
	| 'front-page'
	/** The address leads to a page that says that there is none. */
	| 'error-page'
	/** More redirects than are followed, or in a circle. */
	| 'redirects'
	/** A redirect that leads nowhere, or out of the web. */
	| 'redirect'
	/** A picture that stands in for another one. */
	| 'placeholder'
	/** The bytes are those of no known kind of picture, nor of a page. */
	| 'unknown-format';

/** What is known of a picture from its first bytes. */
export interface RemotePicture {
	/** The name of its format, as `JPEG`. */
	readonly type: string;
	/** In pixels; `undefined` where the first bytes do not say. */
	readonly size: Size | undefined;
}

/** What an address was found to be. */
export type CheckResult =
	| { readonly kind: 'ok'; readonly picture?: RemotePicture }
	/** The page is there, and says that it has another address for good, `to`. */
	| { readonly kind: 'moved'; readonly to: string; readonly picture?: RemotePicture }
	| { readonly kind: 'broken'; readonly reason: BrokenReason }
	/** Neither good nor bad. */
	| { readonly kind: 'unverified'; readonly reason: UnverifiedReason };

/** What an address was found to be, with the evidence. */
export type Verdict = CheckResult & {
	/** All addresses that the deciding request went to, in their order. */
	readonly chain: readonly Step[];
	/** When that was, in milliseconds since the Unix epoch. */
	readonly time: number;
};

/** Whether something that was read is a verdict, of those that are kept: not one that is unverified. */
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

/** What an address is there for: a page to be read, or a picture to be shown. */
export type LinkUse = 'link' | 'image';

/** An address that is to be checked. */
export interface LinkTarget {
	/** Absolute, http or https, without fragment. */
	readonly url: string;
	readonly use: LinkUse;
	/** The page that shows it, for hosts that want to know. */
	readonly referrer?: string | undefined;
}
