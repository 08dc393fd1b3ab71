import type { InlineCode, Link, Text } from 'mdast';
import { readableAddress } from '../../links/readableUrl.ts';
import { code, link, webAddress } from '../../markdown/tree.ts';
import { clip } from '../../util/text.ts';

/** Longer URLs, in UTF-16 code units, are shown as plain text rather than as links. */
export const MAX_LINK_CHARS = 8000;

/** Formats a URL in readable form, as a link if it is safe to click. */
export function addressLink(url: URL): InlineCode | Link | Text {
	const shown = clip(readableAddress(url));
	const opens = webAddress(url.href) !== undefined && url.href.length <= MAX_LINK_CHARS;
	return opens ? link(shown, url.href) : code(shown);
}
