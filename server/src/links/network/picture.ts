import type { HttpClient } from '../../platform.ts';
import { pictureType } from '../pictureFile.ts';
import { follow } from './follow.ts';

/** A fetched image, or why there is none, as one sentence without a full stop. */
export type FetchedPicture =
	| { readonly kind: 'picture'; readonly type: string; readonly bytes: Uint8Array }
	| { readonly kind: 'none'; readonly reason: string };

/** Which image to fetch, and how. */
export interface PictureAsk {
	readonly url: string;
	/** The page that shows the image, which some hosts require. */
	readonly referrer: string | undefined;
	readonly userAgent: string;
	/** In milliseconds, for each request. */
	readonly timeout: number;
}

/** The size limit of an image, in bytes. */
const LARGEST = 25_000_000;

/** The media types of formats that browsers show. */
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

/** Fetches an image. Its first bytes decide its type, whatever the host says. */
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
	if (end.kind !== 'answer') return none('Its redirects do not end at an image');
	const { answer } = end;
	if (answer.kind === 'failure') return none(`The request failed (${answer.reason})`);
	if (answer.status !== 200) return none(`The host returned status code ${answer.status}`);
	if (answer.body.length > LARGEST) return none(`It is larger than ${LARGEST / 1_000_000} MB`);
	const type = TYPES.get(pictureType(answer.body) ?? '');
	return type === undefined ? none('The host did not send an image') : { kind: 'picture', type, bytes: answer.body };
}

function none(reason: string): FetchedPicture {
	return { kind: 'none', reason };
}
