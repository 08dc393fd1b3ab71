import type { Span } from '../../article/span.ts';
import { firstIndex } from '../../util/order.ts';

/**
 * Returns the block at the cursor: the one around it or next to it; else the next one in the same line of the text, else the
 * previous one there, since a cursor in the indentation of a block or behind it means the block.
 *
 * @param blocks in text order, apart
 */
export function blockAt<B extends Span>(text: string, blocks: readonly B[], offset: number): B | undefined {
	const at = firstIndex(blocks.length, index => (blocks[index]?.end ?? 0) >= offset);
	const [before, found, following] = [blocks[at - 1], blocks[at], blocks[at + 1]];
	// Between two blocks, the second.
	if (following?.start === offset) return following;
	if (found && found.start <= offset) return found;
	const newline = text.indexOf('\n', offset);
	if (found && (newline === -1 || found.start < newline)) return found;
	return before && before.end > text.lastIndexOf('\n', offset - 1) ? before : undefined;
}
