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

/** Only characters that mean something in markup are encoded. */
const OUTPUT: Options = {
	allowDangerousCharacters: true,
	allowParseErrors: true,
	characterReferences: { useNamedReferences: true },
};

/** Elements that hold running text and no blocks, beside those of running text. */
const TEXT_HOLDERS = /^(?:h[1-6]|summary|pre)$/;

/**
 * The markup of a page as an article writes it: text, headings, links, pictures, lists, tables, formulas, code and emphasis, without
 * styles, classes, scripts and handlers; on one line in an article whose body is on one. `undefined` where nothing is left.
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
		// Only what is in `pre` and in attributes has line breaks left, which an article on one line would lose.
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
	// A block ends the paragraph that it is pasted into, and what is behind it goes on in another.
	return around === 'p' ? inParagraph(pieces, blocks, isOneLine, write) : joined;
}

/** Blocks in the middle of a paragraph: its text goes on in the first, and out of the last. */
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
