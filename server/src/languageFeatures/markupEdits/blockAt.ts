import type { Article } from '../../article/article.ts';
import type { Block } from '../../article/blocks.ts';
import type { Span } from '../../article/span.ts';

/**
 * Returns the block at the cursor: the innermost one around it; else the next one in the same line of the text, else the
 * previous one there, since a cursor in the indentation of a block or behind it means the block.
 *
 * @param blocks in text order, nested or apart
 */
export function blockAt<B extends { readonly span: Span }>(
	{ text, body }: Article,
	blocks: readonly B[],
	offset: number,
): B | undefined {
	const from = Math.max(body.span.start, text.lastIndexOf('\n', offset - 1) + 1);
	const newline = text.indexOf('\n', offset);
	const to = newline === -1 ? text.length : newline;
	let around: B | undefined;
	let touching: B | undefined;
	let before: B | undefined;
	let after: B | undefined;
	for (const block of blocks) {
		const { start, end } = block.span;
		if (start < offset && offset < end) {
			if (!around || end - start <= around.span.end - around.span.start) around = block;
		} else if (start === offset || (end === offset && !touching)) touching = block;
		else if (end < offset && end > from) before = block;
		else if (start > offset && start < to) after ??= block;
	}
	return around ?? touching ?? after ?? before;
}

/** Returns the blocks at the cursor or in the selection. */
export function blocksIn(article: Article, selection: Span): readonly Block[] {
	if (selection.start < selection.end) {
		const found = article.blocks.filter(({ span }) => span.start < selection.end && selection.start < span.end);
		if (found.length > 0) return found;
	}
	const block = blockAt(article, article.blocks, selection.start);
	return block ? [block] : [];
}
