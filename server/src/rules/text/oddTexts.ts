import type { Article } from '../../article/article.ts';
import type { Node } from '../../article/node.ts';
import { indicesOf, TEXT } from '../../article/traits.ts';
import type { Tree } from '../../article/tree.ts';
import { firstIndex } from '../../util/order.ts';

const known = new WeakMap<Tree, readonly number[]>();

/** Returns the text nodes with characters that are rare in good text (`tokenizer.ts`), in tree order. Several rules look only at these. */
export function oddTexts({ body, nodes }: Article): readonly number[] {
	const { rare } = body;
	if (rare.length === 0) return [];
	let found = known.get(body);
	if (!found) {
		found = indicesOf(body, TEXT).filter(index => {
			const { start, end } = nodes[index] as Node;
			return (rare[firstIndex(rare.length, at => (rare[at] ?? 0) >= start)] ?? end) < end;
		});
		known.set(body, found);
	}
	return found;
}
