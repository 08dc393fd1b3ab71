import { readableAddress } from '../../links/readable.ts';
import { clip, type HoverContext } from './context.ts';

/** Addresses longer than this, in UTF-16 units, are shown but not made links. */
export const LONGEST_LINK = 8000;

/** An address as people read it, leading to it where a click does no harm. */
export function addressLink(markup: HoverContext['markup'], url: URL): string {
	const shown = clip(readableAddress(url));
	const opens = ['http:', 'https:', 'mailto:'].includes(url.protocol) && url.href.length <= LONGEST_LINK;
	return opens ? markup.link(shown, url.href) : markup.code(shown);
}
