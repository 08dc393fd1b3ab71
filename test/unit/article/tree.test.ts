import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseFragment } from 'parse5';
import { type Article, parseArticle, updateDocument } from '../../../server/src/article/article.ts';
import type { Node } from '../../../server/src/article/node.ts';
import { buildOutline } from '../../../server/src/article/outline.ts';
import { reparseTree } from '../../../server/src/article/reparse.ts';
import { parseTree, type Tree } from '../../../server/src/article/tree.ts';
import { runs } from '../../support/runs.ts';

const parse = (text: string): Tree => parseTree(text, { start: 0, end: text.length });

/** Formats a tree as nested lines: name, source, and the characters at its spans. */
function show(text: string, nodes: readonly Node[]): string[] {
	const depth = (node: Node): number => (node.parent === -1 ? 0 : 1 + depth(nodes[node.parent] as Node));
	return nodes.map(node => {
		const source = node.implied
			? '(implied)'
			: text.slice(node.start, node.nodeType === 1 ? node.startTagEnd : node.end);
		return `${'  '.repeat(depth(node))}${node.nodeName} ${source}${node.endTagStart < node.end ? ` … ${text.slice(node.endTagStart, node.end)}` : ''}`;
	});
}

/** Returns everything in a tree that can be compared. */
function facts(tree: Tree): unknown {
	return {
		...tree,
		nodes: tree.nodes.map(node => [
			...[node.nodeType, node.nodeName, node.nodeValue, node.foreign, node.parent, node.last, node.implied],
			...[node.start, node.startTagEnd, node.endTagStart, node.end],
			node.attributes.map(({ name, value }) => [name, value, node.attributeSpan(name)]),
		]),
	};
}

/** Returns what is derived from the body of an article. */
function derived(article: Article): unknown {
	const { links, images, figures, headings, blocks, ids, byline, regions, header, published, content } = article;
	return [
		links,
		images,
		figures,
		headings,
		blocks,
		ids,
		byline,
		regions.furniture,
		header,
		published,
		content.value,
		buildOutline(article),
	];
}

/** Parts of articles, and what is inserted in them. */
const PARTS = [
	'<p>By Marta Hollis</p>',
	'<p>撰稿丨何渡</p>',
	'<p class="byline">12 May 2021</p>',
	'<p><b>The ebb</b></p>',
	'<p><strong>Q:</strong> What does the ledger say?</p><p>It says nothing.</p>',
	'<h2>Slack water</h2>',
	'<p>一、退潮</p>',
	'<p>The mill stood idle until the flood came in, and nobody in the harbour could say when that would be again.</p>',
	'<div><p>潮水退去之后，账本只剩下半页，上面写着当年的水位。</p></div>',
	'<figure><img src="a.jpg"><figcaption>The weir. Photo: Ada Pell</figcaption></figure>',
	'<p><img src="b.jpg"></p><p>图：水闸 ©何渡</p>',
	'<div><img src="c.jpg"><br>The gate in May</div>',
	'<div class="related"><h3>Related articles</h3><ul><li><a href="/x">One</a></li><li><a href="/y">Two</a></li></ul></div>',
	'<p>延伸阅读：<a href="/z">水位</a></p>',
	'<p>Copyright 2021 The Tide</p>',
	'<div class="share"><a href="https://twitter.com/share">Tweet</a></div>',
	'<blockquote><p>“Quote”</p></blockquote>',
	'<ul><li>one</li><li>two</li></ul>',
];
const INSERTED = [
	'x',
	'潮',
	'',
	'<b>x</b>',
	'</p><p>',
	'<img src="d.jpg">',
	'<b>',
	'</div>',
	'Photo: Ada Pell',
	'：',
	'. ',
	'<h3>x</h3>',
];

/** Parts of markup that combine into all kinds of valid and invalid bodies. */
const PIECES = [
	...[
		'<p>',
		'</p>',
		'<div class="a">',
		'</div>',
		'<section>',
		'</section>',
		'<b>',
		'</b>',
		'<i>',
		'</i>',
		'<a href="x">',
		'</a>',
	],
	...[
		'<table>',
		'</table>',
		'<tr>',
		'<td>',
		'</td>',
		'<ul>',
		'<li>',
		'</li>',
		'</ul>',
		'<pre>',
		'</pre>',
		'<svg>',
		'<title>',
		'</svg>',
	],
	...[
		'<template>',
		'</template>',
		'<form>',
		'</form>',
		'<select>',
		'<option>',
		'</select>',
		'<script>',
		'</script>',
		'<math>',
		'<mi>',
	],
	...[
		'<!-- note -->',
		'<!--',
		'-->',
		'<img src=a>',
		'<br>',
		'&amp;',
		'&copy',
		'&#x1F600;',
		'\r\n',
		'\n',
		'\0',
		'<',
		'>',
		'"',
		"'",
		'=',
		'/',
	],
	...[
		'潮水',
		' ',
		'text',
		'😀',
		'\ud800',
		'<noscript>',
		'</noscript>',
		'<textarea>',
		'</textarea>',
		'<h2>',
		'</h2>',
		'<html>',
		'<body a=b>',
	],
];
const body = fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map(pieces => pieces.join(''));

describe('tree', () => {
	it('is in tree order, with the spans of tags', () => {
		const text = '<p>浪 <b>大</b><br></p>\r\n<!--x--><ul><li>a<li>b</ul>';
		assert.deepEqual(show(text, parse(text).nodes), [
			'p <p> … </p>',
			'  #text 浪 ',
			'  b <b> … </b>',
			'    #text 大',
			'  br <br>',
			'#text \r\n',
			'#comment <!--x-->',
			'ul <ul> … </ul>',
			'  li <li>',
			'    #text a',
			'  li <li>',
			'    #text b',
		]);
	});

	it('distinguishes written elements from implied ones', () => {
		const text = '<p><b>one</p><p>two</b></p></i><table><td>x</table>';
		const tree = parse(text);
		assert.deepEqual(show(text, tree.nodes), [
			'p <p> … </p>',
			'  b <b>',
			'    #text one',
			'p <p> … </p>',
			'  b (implied)',
			'    #text two',
			'table <table> … </table>',
			'  tbody (implied)',
			'    tr (implied)',
			'      td <td>',
			'        #text x',
		]);
		assert.deepEqual(
			tree.strayEndTags.map(tag => text.slice(tag.start, tag.end)),
			['</i>'],
		);
	});

	it("equals parse5's tree, with every span inside the text and inside its parent's", () => {
		fc.assert(
			fc.property(body, text => {
				const tree = parse(text);
				const expected: string[] = [];
				type Any = { nodeName: string; value?: string; data?: string; childNodes?: Any[]; content?: Any };
				const walk = (node: Any): void => {
					expected.push(`${node.nodeName}:${node.value ?? node.data ?? ''}`);
					for (const child of node.content?.childNodes ?? node.childNodes ?? []) walk(child);
				};
				for (const node of parseFragment(text, { scriptingEnabled: false, sourceCodeLocationInfo: true }).childNodes)
					walk(node as Any);
				assert.deepEqual(
					tree.nodes.map(node => `${node.nodeName}:${node.nodeValue}`),
					expected,
				);
				for (const node of tree.nodes) {
					assert.ok(
						0 <= node.start &&
							node.start <= node.startTagEnd &&
							node.startTagEnd <= node.endTagStart &&
							node.endTagStart <= node.end &&
							node.end <= text.length,
					);
				}
			}),
		);
	});

	it('is the tree of the new text after an incremental update', () => {
		let renewed = 0;
		const edit = fc.record({
			at: fc.integer({ min: 0, max: 999 }),
			length: fc.nat(6),
			insert: fc.oneof(
				{ weight: 3, arbitrary: fc.constantFrom('', ' and ', '潮') },
				{ weight: 1, arbitrary: fc.constantFrom(...PIECES) },
			),
		});
		// Blocks that can be reparsed alone, with content around and between them that can prevent it.
		const blocks = fc
			.array(
				fc.oneof(
					{
						weight: 40,
						arbitrary: fc.constant(
							'<div><p>One <b>two</b> three, and a good many more words after that one.</p><p>四五六，以及后面还有很多很多的字。</p></div>',
						),
					},
					{ weight: 1, arbitrary: body },
				),
				{ minLength: 2, maxLength: 8 },
			)
			.map(parts => `<section>${parts.join('')}</section>`);
		fc.assert(
			fc.property(blocks, fc.array(edit, { minLength: 1, maxLength: 5 }), (start, edits) => {
				let text = start;
				let tree = parse(text);
				for (const { at, length, insert } of edits) {
					const from = Math.floor((at / 1000) * text.length);
					const to = Math.min(text.length, from + length);
					const next = text.slice(0, from) + insert + text.slice(to);
					const made = reparseTree(tree, { start: from, oldEnd: to, newEnd: from + insert.length }, next);
					const whole = parse(next);
					if (made) {
						renewed++;
						assert.deepEqual(facts(made), facts(whole));
					}
					text = next;
					tree = made ?? whole;
				}
			}),
			{ numRuns: runs(400) },
		);
		assert.ok(renewed > runs(20), `only ${renewed} edits renewed a block`);
	});

	it('is not updated incrementally if a form is unclosed, since no other form can start after it', () => {
		const around = '<div><p>One, two, three, and a good many more words after that.</p></div>'.repeat(4);
		const textWith = (part: string): string => `${around}<div>x${part}</div>${around}<p><form>y`;
		const [before, after] = [textWith('<form>'), textWith('')];
		const at = before.indexOf('x<form>') + 1;
		const made = reparseTree(parse(before), { start: at, oldEnd: at + 6, newEnd: at }, after);
		assert.equal(made, undefined);
	});

	it('reparses only the block around an edit', () => {
		const text = `<div>${'<p>one two three</p>'.repeat(100)}</div>`;
		const tree = parse(text);
		const at = text.indexOf('two', 1000);
		const next = `${text.slice(0, at)}<i>2</i>${text.slice(at + 3)}`;
		const renewed = reparseTree(tree, { start: at, oldEnd: at + 3, newEnd: at + 8 }, next);
		assert.ok(renewed);
		assert.equal(renewed.nodes.filter(node => tree.nodes.includes(node)).length > 90, true);
	});

	it('makes an updated article equal to one parsed from the new text', () => {
		const head = '<!--1639640221000-->\n[T](https://news.example/)\n------\n\n';
		fc.assert(
			fc.property(body, body, (before, after) => {
				const article = parseArticle(`${head}<div><p>${before}</p></div>`);
				const text = `${head}<div><p>${after}</p></div>`;
				const updated = updateDocument(article, text);
				const whole = parseArticle(text);
				assert.ok(updated.kind === 'article');
				assert.deepEqual(facts(updated.body), facts(whole.body));
				assert.deepEqual(derived(updated), derived(whole));
			}),
		);
	});

	it('makes an article that is edited again and again equal to one parsed from its last text', () => {
		const head = '<!--1639640221000-->\n[T](https://news.example/)\n------\n\n';
		const part = fc.constantFrom(...PARTS);
		const edit = fc.record({
			at: fc.nat(),
			removed: fc.constantFrom(0, 0, 1, 30),
			inserted: fc.constantFrom(...INSERTED),
		});
		fc.assert(
			fc.property(
				fc.array(part, { minLength: 3, maxLength: 14 }),
				fc.array(edit, { minLength: 1, maxLength: 4 }),
				(parts, edits) => {
					let article = parseArticle(head + parts.join(''));
					derived(article);
					for (const { at, removed, inserted } of edits) {
						const start = article.body.span.start + (at % (article.text.length - article.body.span.start + 1));
						const text = article.text.slice(0, start) + inserted + article.text.slice(start + removed);
						const updated = updateDocument(article, text);
						assert.ok(updated.kind === 'article');
						assert.deepEqual(derived(updated), derived(parseArticle(text)));
						article = updated;
					}
				},
			),
			{ numRuns: runs(300) },
		);
	});
});
