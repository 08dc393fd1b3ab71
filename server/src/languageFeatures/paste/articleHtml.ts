import type { ElementContent, Root } from 'hast';
import { sanitize } from 'hast-util-sanitize';
import { type Options, toHtml } from 'hast-util-to-html';
import type { Article } from '../../article/article.ts';
import { openElement } from '../completion/place.ts';
import { readClip } from './clip.ts';
import { convert } from './convert.ts';
import { readPage } from './page.ts';
import { bare, blockOf, inRunningText, isPictureOnly, type PastedBlock } from './pieces.ts';
import { INLINE, PASTE_SCHEMA } from './schema.ts';

/** Escapes only the characters that are special in markup. */
const OUTPUT: Options = {
	allowDangerousCharacters: true,
	allowParseErrors: true,
	characterReferences: { useNamedReferences: true },
};

/** Block elements that contain inline content only. */
const TEXT_HOLDERS = /^(?:h[1-6]|summary|pre)$/;

/**
 * Converts the HTML of a page to the HTML of an article: keeps text, headings, links, images, lists, tables, formulas, code and
 * emphasis, and removes styles, classes, scripts and event handlers. The result is on one line if the body of the article is.
 * `undefined` if nothing is left.
 */
export function articleHtml(html: string, article: Article, offset: number): string | undefined {
	const clip = readClip(html);
	const pieces = clip ? convert(clip.nodes, readPage(clip, article)) : [];
	const [first, ...others] = pieces;
	if (!first) return undefined;
	const isOneLine = !/[\r\n]/.test(article.text.slice(article.body.span.start).trim());
	const write = (nodes: readonly ElementContent[]): string => {
		const root: Root = { type: 'root', children: [...nodes] };
		const written = toHtml(sanitize(root, PASTE_SCHEMA), OUTPUT).replaceAll('\u00a0', '&nbsp;');
		// The remaining line breaks are in `pre` and in attributes; escape them so that the result is a single line.
		return isOneLine ? written.replaceAll('\n', '&#10;') : written;
	};
	const around = openElement(article.nodes, offset)?.nodeName ?? '';
	const isInText = INLINE.has(around) || TEXT_HOLDERS.test(around);
	const isLone = others.length === 0 && first.kind === 'run';
	if (isInText || (isLone && (around === 'p' || !first.isParagraph))) return write(inRunningText(pieces)) || undefined;
	if (isLone && /^(?:li|t[dh]|d[dt]|figcaption|caption)$/.test(around)) return write(bare(first));
	const blocks = pieces.map(piece =>
		write(piece.kind === 'run' && !piece.isParagraph && isPictureOnly(piece) ? bare(piece) : [blockOf(piece)]),
	);
	const joined = blocks.join(isOneLine ? '' : '\n');
	// A pasted block splits the surrounding paragraph.
	return around === 'p' ? inParagraph(pieces, blocks, isOneLine, write) : joined;
}

/** Inserts blocks into a paragraph: text at either end is merged with the two halves of the paragraph. */
function inParagraph(
	pieces: readonly PastedBlock[],
	blocks: readonly string[],
	isOneLine: boolean,
	write: (nodes: readonly ElementContent[]) => string,
): string {
	const textOf = (piece: PastedBlock | undefined): string | undefined =>
		piece?.kind === 'run' ? write(bare(piece)) : undefined;
	const [first, last] = [textOf(pieces[0]), textOf(pieces.at(-1))];
	const middle = blocks.slice(first === undefined ? 0 : 1, last === undefined ? undefined : -1);
	return [`${first ?? ''}</p>`, ...middle, `<p>${last ?? ''}`].join(isOneLine ? '' : '\n');
}
