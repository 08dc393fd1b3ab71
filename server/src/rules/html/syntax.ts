import type { Article } from '../../article/article.ts';
import { VOID_ELEMENTS } from '../../article/elements.ts';
import { getAttribute, hasEndTag, type Node, startTag } from '../../article/node.ts';
import { type Span, span } from '../../article/span.ts';
import { tagAt } from '../../article/tags.ts';
import { indicesOf, NOSCRIPT } from '../../article/traits.ts';
import type { Tree } from '../../article/tree.ts';
import { isNestedLink } from '../link/nested.ts';
import type { Finding, Fix, Rule } from '../rule.ts';
import { show } from '../write.ts';
import { findParseErrors } from './parseErrors.ts';

type Report = (finding: Finding) => void;

/** Reports markup that does not say what its author meant, so that every program has to guess. */
export const htmlSyntax: Rule = {
	id: 'html/syntax',
	severity: 'warning',
	check({ article }, report) {
		const { nodes, tagFaults } = article;
		checkTags(article, report, true);
		for (const index of tagFaults.unclosed) reportUnclosed(article.text, nodes[index] as Node, report);
		checkIds(article, report, true);
		if (article.body.errors.length > 0) findParseErrors(article, report);
	},
};

/** Reports markup that is wrong, but makes no difference to what readers see or to where links lead. */
export const htmlUntidy: Rule = {
	id: 'html/untidy',
	severity: 'hint',
	check({ article }, report) {
		checkTags(article, report, false);
		checkIds(article, report, false);
	},
};

/** Reports end tags in the wrong place, either those that make a difference or those that make none. */
function checkTags(article: Article, report: Report, matters: boolean): void {
	const { text, nodes, tagFaults } = article;
	for (const fault of tagFaults.misnested) {
		if (isNestedLink(article, fault) || matters === isEmptyPair(article, fault.node, fault.endTag)) continue;
		const node = nodes[fault.node] as Node;
		const name = node.nodeName;
		const { endTag, closedBy } = fault;
		report({
			span: endTag,
			message: hasEndTag(node)
				? `</${name}> is inside ${closedBy}, which was opened inside <${name}>`
				: closedBy && text.slice(node.end, node.end + 2) !== '</'
					? `</${name}> comes too late: ${closedBy} already closed the <${name}>`
					: `</${name}> comes too late: the <${name}> was already closed with the element around it`,
			related: [{ span: startTag(node), message: `The matching <${name}>` }],
			fixes: () => {
				const fix = swap(article, node, endTag) ?? removePair(article, fault.node, endTag);
				return fix ? [fix] : [];
			},
		});
	}
	for (const endTag of tagFaults.stray) {
		const tag = tagAt(text, endTag.start);
		const isBreak = tag === '</br>';
		if (matters !== (isBreak || !IGNORED.has(tag))) continue;
		report({
			span: endTag,
			message: isBreak ? '</br> is parsed as <br>' : `${tag || text.slice(endTag.start, endTag.end)} has no start tag`,
			fixes: () => [
				isBreak
					? { title: 'Change </br> to <br>', preferred: true, edits: [{ span: endTag, newText: '<br>' }] }
					: { title: `Remove ${tag}`, preferred: true, edits: [{ span: endTag, newText: '' }] },
			],
		});
	}
}

/** End tags without a start tag that parsers ignore, or take for an empty paragraph, and that hint at no lost start tag. */
const IGNORED: ReadonlySet<string> = new Set(['p', ...VOID_ELEMENTS].map(name => `</${name}>`));

/** Returns the fix for two adjacent end tags in the wrong order. */
function swap({ text, nodes }: Article, node: Node, endTag: Span): Fix | undefined {
	const before = text.slice(node.end, endTag.start);
	if (hasEndTag(node) || nodes[node.parent]?.endTagStart !== node.end || !/^<\/[a-z][^\s<>]*\s*>$/i.test(before))
		return undefined;
	const late = text.slice(endTag.start, endTag.end);
	return {
		title: `Move ${tagAt(text, endTag.start)} before ${tagAt(text, node.end)}`,
		preferred: true,
		edits: [{ span: span(node.end, endTag.end), newText: late + before }],
	};
}

/** Whether the tags are those of a `p` around content that a paragraph cannot contain: they create empty paragraphs before and after. */
function isEmptyPair({ text, nodes }: Article, index: number, endTag: Span): boolean {
	const node = nodes[index] as Node;
	return (
		node.nodeName === 'p' &&
		text.slice(node.startTagEnd, node.end).trim() === '' &&
		/<\/[a-z][^\s<>]*\s*>\s*$/i.test(text.slice(Math.max(0, endTag.start - 80), endTag.start))
	);
}

/** Returns the fix for such a `p`. */
function removePair(article: Article, index: number, endTag: Span): Fix | undefined {
	const node = article.nodes[index] as Node;
	if (!isEmptyPair(article, index, endTag)) return undefined;
	return {
		title: 'Remove <p> and </p>',
		preferred: true,
		edits: [
			{ span: startTag(node), newText: '' },
			{ span: endTag, newText: '' },
		],
	};
}

function reportUnclosed(text: string, node: Node, report: Report): void {
	const { nodeName: name } = node;
	const tag = startTag(node);
	const address = /^<(https?:\/\/[^\s<>]+|mailto:[^\s<>]+|[\w.+-]+@[\w.-]+)>$/i.exec(
		text.slice(tag.start, Math.min(tag.end, tag.start + 2048)),
	)?.[1];
	if (address !== undefined) {
		report({
			span: tag,
			message: `The address ${show(address)} in angle brackets is parsed as a tag and is not shown`,
			fixes: () => [
				{
					title: 'Escape the angle brackets as &lt; and &gt;',
					preferred: true,
					edits: [
						{ span: span(tag.start, tag.start + 1), newText: '&lt;' },
						{ span: span(tag.end - 1, tag.end), newText: '&gt;' },
					],
				},
			],
		});
		return;
	}
	const selfClosed = text.slice(tag.end - 2, tag.end) === '/>';
	report({
		span: tag,
		message: selfClosed
			? `<${name}/> is not self-closing in HTML, so everything after it is inside the ${name}`
			: `<${name}> has no end tag`,
		fixes: () => [
			selfClosed
				? {
						title: `Close the ${name} immediately`,
						preferred: false,
						edits: [{ span: span(tag.end - 2, tag.end), newText: `></${name}>` }],
					}
				: {
						title: `Insert </${name}> where browsers close the element`,
						preferred: false,
						edits: [{ span: span(node.end, node.end), newText: `</${name}>` }],
					},
		],
	});
}

/** Reports duplicate ids, either those to which a link in the article leads or the others. Elements in `noscript` do not count: they repeat preceding content and are never shown together with it. */
function checkIds({ body, ids, nodes, links }: Article, report: Report, matters: boolean): void {
	let silent: Uint8Array | undefined;
	let targets: ReadonlySet<string> | undefined;
	for (const [id, places] of ids) {
		if (places.length < 2) continue;
		targets ??= new Set(
			links.flatMap(({ href }) => (href?.value.includes('#') && /#(.+)$/.exec(href.value)?.[1]) || []),
		);
		if (matters !== (targets.has(id) || targets.has(encodeURIComponent(id)))) continue;
		silent ??= markNoscript(body);
		const [first, ...others] = places.filter(
			index => !silent?.[index] && getAttribute(nodes[index] as Node, 'id') === id,
		);
		const second = nodes[others[0] ?? -1];
		if (first === undefined || !second) continue;
		report({
			span: second.attributeSpan('id') ?? startTag(second),
			message: `Duplicate id ${show(id)} on ${others.length + 1} elements${matters ? ': links go to the first one' : ''}`,
			related: [
				{
					span: (nodes[first] as Node).attributeSpan('id') ?? startTag(nodes[first] as Node),
					message: 'The first element with this id',
				},
			],
		});
	}
}

/** Returns, for each node, whether it is inside `noscript`. */
function markNoscript(tree: Tree): Uint8Array {
	const marks = new Uint8Array(tree.nodes.length);
	for (const index of indicesOf(tree, NOSCRIPT)) {
		// A nested noscript is already marked.
		if (marks[index] === 0) marks.fill(1, index, (tree.nodes[index] as Node).last + 1);
	}
	return marks;
}
