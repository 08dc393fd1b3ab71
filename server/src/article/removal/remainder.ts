import type { Article } from '../article.ts';
import { ELEMENT_NODE, type Node, TEXT_NODE } from '../node.ts';
import type { Cut } from './cuts.ts';

/**
 * Whether a text is what an article has beside some cuts: the same header, the same elements at the same depth with the same words, and
 * no parse error that was not there.
 */
export function isRemainder(made: Article, article: Article, cuts: readonly Cut[]): boolean {
	if (made.header.span.end !== article.header.span.end || made.markdown !== undefined) return false;
	if (!hasNoMore(countBy(made.body.errors), countBy(article.body.errors))) return false;
	if (made.body.strayEndTags.length > article.body.strayEndTags.length) return false;
	const [before, after] = [outline(article.nodes, cuts), outline(made.nodes, [])];
	return before.length === after.length && before.every((line, at) => line === after[at]);
}

function countBy(errors: Article['body']['errors']): ReadonlyMap<string, number> {
	const counts = new Map<string, number>();
	for (const { code } of errors) counts.set(code, (counts.get(code) ?? 0) + 1);
	return counts;
}

function hasNoMore(counts: ReadonlyMap<string, number>, limits: ReadonlyMap<string, number>): boolean {
	return [...counts].every(([code, count]) => count <= (limits.get(code) ?? 0));
}

/** Returns a line for each node outside the cuts: its depth, and its name and attributes or its text. White space is one space. */
function outline(nodes: readonly Node[], cuts: readonly Cut[]): readonly string[] {
	const lines: string[] = [];
	const depths = new Uint32Array(nodes.length);
	const inTreeOrder = cuts.toSorted((a, b) => a.region.first - b.region.first);
	let text = '';
	let depthOfText = 0;
	const close = (): void => {
		const words = text.replace(/[\t\n\f\r ]+/g, ' ').trim();
		if (words !== '') lines.push(`${depthOfText} #text ${words}`);
		text = '';
	};
	let next = 0;
	for (let index = 0; index < nodes.length; index++) {
		const cut = inTreeOrder[next];
		const node = nodes[index] as Node;
		const depth = node.parent === -1 ? 0 : (depths[node.parent] ?? 0) + 1;
		depths[index] = depth;
		if (cut?.region.first === index) {
			next++;
			index = cut.region.last;
			if (cut.newText === '') continue;
			close();
			lines.push(`${depth} br`);
			continue;
		}
		if (node.nodeType === TEXT_NODE) {
			if (depth !== depthOfText) close();
			text += node.nodeValue;
			depthOfText = depth;
			continue;
		}
		close();
		lines.push(
			node.nodeType === ELEMENT_NODE
				? `${depth} ${node.nodeName}${node.attributes.map(({ name, value }) => ` ${name}=${JSON.stringify(value)}`).join('')}`
				: `${depth} #comment ${node.nodeValue}`,
		);
	}
	close();
	return lines;
}
