import type { HttpClient } from '../../platform.ts';
import { pictureType } from '../pictureFile.ts';
import { follow } from './follow.ts';

/** A picture as it came, or why there is none, as one sentence without a full stop. */
export type FetchedPicture =
	| { readonly kind: 'picture'; readonly type: string; readonly bytes: Uint8Array }
	| { readonly kind: 'none'; readonly reason: string };

/** What to ask for, and how. */
export interface PictureAsk {
	readonly url: string;
	/** The page that the picture was on, which some hosts want to hear of. */
	readonly referrer: string | undefined;
	readonly userAgent: string;
	/** In milliseconds, for each request. */
	readonly timeout: number;
}

/** Larger pictures are not fetched, in bytes. */
const LARGEST = 25_000_000;

/** The media types of the formats that browsers show. */
const TYPES: ReadonlyMap<string, string> = new Map([
	['PNG', 'image/png'],
	['JPEG', 'image/jpeg'],
	['GIF', 'image/gif'],
	['WebP', 'image/webp'],
	['BMP', 'image/bmp'],
	['SVG', 'image/svg+xml'],
	['HEIF', 'image/avif'],
	['ICO', 'image/x-icon'],
]);

/** Fetches all of a picture. What comes is one by its first bytes, whatever its host calls it. */
export async function fetchPicture(
	client: HttpClient,
	{ url, referrer, userAgent, timeout }: PictureAsk,
	signal: AbortSignal,
): Promise<FetchedPicture> {
	const headers = {
		accept: 'image/avif,image/webp,image/*,*/*;q=0.8',
		'user-agent': userAgent,
		...(referrer === undefined ? {} : { referer: referrer }),
	};
	const { end } = await follow(url, { method: 'GET', headers, bodyLimit: LARGEST + 1 }, request =>
		client.exchange({ ...request, timeout }, signal),
	);
	if (end.kind !== 'answer') return none('It is redirected, and nowhere to a picture');
	const { answer } = end;
	if (answer.kind === 'failure') return none(`Its host could not be asked (${answer.reason})`);
	if (answer.status !== 200) return none(`Its host answered ${answer.status}`);
	if (answer.body.length > LARGEST) return none(`It has more than ${LARGEST / 1_000_000} MB`);
	const type = TYPES.get(pictureType(answer.body) ?? '');
	return type === undefined ? none('What its host sent is no picture') : { kind: 'picture', type, bytes: answer.body };
}

function none(reason: string): FetchedPicture {
	return { kind: 'none', reason };
}
