import type { InlineCode, Link, Text } from 'mdast';
import { readableAddress } from '../../links/readable.ts';
import { code, link, webAddress } from '../../markdown/tree.ts';
import { clip } from '../../util/text.ts';

/** Addresses longer than this, in UTF-16 units, are shown but not made links. */
export const MAX_LINK_CHARS = 8000;

/** An address as people read it, leading to it where a click does no harm. */
export function addressLink(url: URL): InlineCode | Link | Text {
	const shown = clip(readableAddress(url));
	const opens = webAddress(url.href) !== undefined && url.href.length <= MAX_LINK_CHARS;
	return opens ? link(shown, url.href) : code(shown);
}
