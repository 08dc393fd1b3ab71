import type { Article } from '../../article/article.ts';
import { BLOCK_ELEMENTS } from '../../article/elements.ts';
import type { Link } from '../../article/links.ts';
import {
	ELEMENT_NODE,
	getAttribute,
	hasEndTag,
	isElement,
	type Node,
	startTag,
	TEXT_NODE,
} from '../../article/node.ts';
import { span } from '../../article/span.ts';
import { isEmailProtection } from '../../links/protectedEmail.ts';
import type { Rule } from '../rule.ts';
import { show } from '../write.ts';

/** Reports phrases that are split into several adjacent links to the same URL. */
export const linkSplit: Rule = {
	id: 'link/split',
	severity: 'hint',
	check({ article }, report) {
		const { links } = article;
		for (let start = 0; start < links.length; start++) {
			let end = start;
			while (continues(article, links[end], links[end + 1])) end++;
			if (end === start) continue;
			const group = links.slice(start, end + 1);
			const [first, last] = [links[start] as Link, links[end] as Link];
			start = end;
			report({
				span: span(first.span.start, last.span.end),
				message: `One link is split into ${group.length} adjacent links to ${show(first.href?.value ?? '')}`,
				fixes: () => [
					{
						title: `Merge ${group.length} links into one`,
						preferred: group.every(link => haveSameAttributes(article.nodes, first, link)),
						edits: group.slice(1).map((link, at) => mergeEdit(article, group[at] as Link, link)),
					},
				],
			});
		}
	},
};

/** Whether a link continues the phrase of the previous link. */
function continues({ nodes, weights }: Article, before: Link | undefined, after: Link | undefined): boolean {
	if (!before?.href || before.href.value !== after?.href?.value || !before.href.value.trim()) return false;
	const [one, other] = [nodes[before.node], nodes[after.node]];
	if (!one || !other || one.parent !== other.parent || !hasEndTag(one) || !hasEndTag(other)) return false;
	if (!isElement(one, 'a') || !isElement(other, 'a')) return false;
	const between = nodes[one.last + 1];
	const white = between?.nodeType === TEXT_NODE && between.nodeValue.trim() === '';
	if (one.last + (white ? 2 : 1) !== after.node) return false;
	// All hidden e-mail addresses have one URL.
	if (isEmailProtection(before.href.value)) return false;
	// Links with different class names, such as a title and “Read more”, are separate ones.
	const [a, b] = [one, other].map(node => getAttribute(node, 'class'));
	if (a && b && a !== b) return false;
	return ![before.node, after.node].some(
		// An image link and a text link to the same URL are separate links. So are the parts of a card.
		node => (weights.images(node) > 0 && weights.text(node) === 0) || !isPhrase(nodes, node),
	);
}

/** Whether everything in a link is part of a phrase: it has neither blocks nor line breaks. */
function isPhrase(nodes: readonly Node[], index: number): boolean {
	const last = nodes[index]?.last ?? index;
	for (let at = index + 1; at <= last; at++) {
		const { nodeType, nodeName } = nodes[at] as Node;
		if (nodeType === ELEMENT_NODE && (BLOCK_ELEMENTS.has(nodeName) || nodeName === 'br')) return false;
	}
	return true;
}

/** Returns the edit that removes the tags between two links, and keeps the white space between them. */
function mergeEdit({ text, nodes }: Article, before: Link, after: Link): { span: typeof before.span; newText: string } {
	return {
		span: span((nodes[before.node] as Node).endTagStart, startTag(nodes[after.node] as Node).end),
		newText: text.slice(before.span.end, after.span.start),
	};
}

function haveSameAttributes(nodes: readonly Node[], one: Link, other: Link): boolean {
	const [a, b] = [nodes[one.node], nodes[other.node]].map(node =>
		node?.attributes.map(({ name, value }) => `${name}=${value}`).sort(),
	);
	return a?.join('\n') === b?.join('\n');
}
