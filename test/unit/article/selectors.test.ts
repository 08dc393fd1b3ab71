import assert from 'node:assert/strict';
import { type Options, selectAll } from 'css-select';
import fc from 'fast-check';
import { children, ELEMENT_NODE, getAttribute, type Node } from '../../../server/src/article/node.ts';
import { type CssSelector, compileSelector, LONGEST_SELECTOR } from '../../../server/src/article/selectors/selector.ts';
import { span } from '../../../server/src/article/span.ts';
import { parseTree, type Tree } from '../../../server/src/article/tree.ts';
import { runs } from '../../support/runs.ts';

function treeOf(body: string): Tree {
	return parseTree(body, span(0, body.length));
}

function compile(text: string): CssSelector {
	const compiled = compileSelector(text);
	return 'fault' in compiled ? assert.fail(`${text}: ${compiled.fault}`) : compiled;
}

/** Returns the texts of the elements that a selector matches. */
function matches(selector: string, body: string): readonly string[] {
	return compile(selector)
		.select(treeOf(body))
		.map(index => body.slice(treeOf(body).nodes[index]?.start, treeOf(body).nodes[index]?.end));
}

/** The body as css-select sees it. */
function adapterFor({ nodes }: Tree): NonNullable<Options<Node, Node>['adapter']> {
	const places = new Map(nodes.map((node, index) => [node, index]));
	const childrenOf = (parent: number): Node[] => [...children(nodes, parent)].map(at => nodes[at] as Node);
	const isTag = (node: Node): node is Node => node.nodeType === ELEMENT_NODE;
	return {
		isTag,
		getAttributeValue: getAttribute,
		getChildren: node => childrenOf(places.get(node) ?? -1),
		getName: ({ nodeName }) => nodeName,
		getParent: ({ parent }) => nodes[parent] ?? null,
		getSiblings: ({ parent }) => childrenOf(parent),
		getText: ({ nodeValue }) => nodeValue,
		hasAttrib: (node, name) => getAttribute(node, name) !== undefined,
		removeSubsets: all => all,
	};
}

describe('CSS selectors', () => {
	const body =
		'<div class="a b"><p id="x">1<b>2</b></p><!--c-->t<p class="c">3</p></div><section><p title="Rel-Box">4</p></section>';
	for (const [selector, expected] of [
		['.b', [0]],
		['#x', [1]],
		['div > .c', [2]],
		['p + .c', [2]],
		['section p, #x', [1, 3]],
		['div:has(p + .c) ~ section', [4]],
		['p:not(.c, #x)', [3]],
		['P:nth-child(2)', [2]],
		['[title^="rel-" i]', [3]],
		[':is(div, section):has(> p:only-child)', [4]],
		['div:has(div b)', []],
		['div:has(p b)', [0]],
	] as const) {
		it(`match as in a browser: ${selector}`, () => {
			const places = [
				body.indexOf('<div'),
				body.indexOf('<p id'),
				body.indexOf('<p class'),
				body.indexOf('<p title'),
				body.indexOf('<section'),
			];
			const found = compile(selector)
				.select(treeOf(body))
				.map(index => places.indexOf(treeOf(body).nodes[index]?.start ?? -1));
			assert.deepEqual(found, expected);
		});
	}

	it('match empty elements as browsers do: comments are nothing, white space is something', () => {
		const body = '<p></p><p><!--c--></p><p> </p><p><br></p>';
		assert.deepEqual(matches('p:empty', body), ['<p></p>', '<p><!--c--></p>']);
	});

	it('match only elements that are written', () => {
		assert.deepEqual(matches('tbody', '<table><tr><td>1</td></tr></table>'), []);
		assert.deepEqual(matches('tbody > tr', '<table><tr><td>1</td></tr></table>'), ['<tr><td>1</td></tr>']);
		assert.deepEqual(matches('b.x', '<p><b class="x">1</p><p>2</b></p>'), ['<b class="x">1']);
	});

	for (const [selector, fault] of [
		['', 'The selector is empty'],
		['..related', 'This is not a CSS selector that can be used: ".related" is not a name'],
		['.1st', 'This is not a CSS selector that can be used: "1st" is not a name'],
		['div >', 'This is not a CSS selector that can be used: a combinator has nothing on one side'],
		['> div', 'This is not a CSS selector that can be used: a combinator has nothing on one side'],
		['.', 'This is not a CSS selector that can be used: expected name, found "."'],
		['p:hover', 'This is not a CSS selector that can be used: ":hover" is not supported'],
		['p::before', 'This is not a CSS selector that can be used: pseudo-elements match no element'],
		['a < b', 'This is not a CSS selector that can be used: only the combinators " ", ">", "+" and "~" are supported'],
		['svg|a', 'This is not a CSS selector that can be used: namespaces are not supported'],
		['a'.repeat(201), `The selector has 201 characters, but the limit is ${LONGEST_SELECTOR}`],
	] as const) {
		it(`are refused if they cannot be used: ${selector.slice(0, 20)}`, () =>
			assert.deepEqual(compileSelector(selector), { fault }));
	}

	it('say what is wrong with any text, or match', () => {
		const text = fc.string({ unit: fc.constantFrom(...'.#a:>+~ ()[]="|*,\\n1-', ':has(', ':nth-child(') });
		fc.assert(
			fc.property(text, selector => {
				const compiled = compileSelector(selector);
				if ('fault' in compiled) assert.match(compiled.fault, /^[A-Z].*\S$/s);
				else compiled.select(treeOf(body));
			}),
			{ numRuns: runs(500) },
		);
	});

	it('match what css-select matches', () => {
		const element = fc.letrec<{ node: string }>(tie => ({
			node: fc.oneof(
				{ maxDepth: 4, depthSize: 'small' },
				fc.constantFrom('text', '<!--c-->', ' '),
				fc
					.tuple(
						fc.constantFrom('div', 'section', 'span'),
						fc.constantFrom('', ' class="a"', ' class="b a"', ' id="b"', ' title="a-b"'),
						fc.array(tie('node'), { maxLength: 5 }),
					)
					.map(([name, attribute, content]) => `<${name}${attribute}>${content.join('')}</${name}>`),
			),
		})).node;
		const simple = fc.constantFrom(
			...['div', 'span', '*', '.a', '.b', '#b', '[title]', '[title|=a]', '[class$=a]', ':first-child'],
			...[':last-of-type', ':nth-child(2n+1)', ':nth-last-child(2)', ':nth-of-type(-n+2)', ':only-child'],
		);
		const complex = fc
			.array(fc.tuple(fc.constantFrom(' ', ' > ', ' + ', ' ~ '), simple), { minLength: 1, maxLength: 4 })
			.map(parts => parts.map(([combinator, one], at) => (at === 0 ? one : combinator + one)).join(''));
		const wrapped = fc
			.tuple(complex, fc.constantFrom('is', 'not'), complex)
			.map(([outer, name, inner]) => `${outer}:${name}(${inner})`);
		// css-select finds `:has(div div)` in a `div` with one `div`: it does not count from the element.
		const having = fc
			.tuple(complex, fc.constantFrom('', '> ', '+ ', '~ '), simple)
			.map(([outer, lead, inner]) => `${outer}:has(${lead}${inner})`);
		fc.assert(
			fc.property(fc.array(element, { maxLength: 5 }), fc.oneof(complex, wrapped, having), (parts, selector) => {
				const tree = treeOf(parts.join(''));
				const roots = [...children(tree.nodes, -1)].map(at => tree.nodes[at] as Node);
				const expected = new Set(selectAll(selector, roots, { adapter: adapterFor(tree) }));
				const found = new Set(compile(selector).select(tree));
				assert.deepEqual(
					tree.nodes.flatMap((_, index) => (found.has(index) ? index : [])),
					tree.nodes.flatMap((node, index) => (expected.has(node) ? index : [])),
				);
			}),
			{ numRuns: runs(2000) },
		);
	});

	it('take time linear in the body', () => {
		const shapes: readonly ((size: number) => string)[] = [
			size => '<p class="a"></p>'.repeat(size),
			size => '<div class="a">'.repeat(size),
			size => '<p class="a"></p><!---->'.repeat(size),
		];
		const selectors = [
			'.a ~ .a ~ .a ~ .b',
			'.a + .a + .a',
			'.a:has(~ .b)',
			'.a:has(.a .a .b)',
			'.a .a .a .a .b',
			'.a:nth-last-child(3n+1):not(:nth-of-type(2))',
			'*:not(:has(*)):not(.a > .a)',
			'.a:empty',
		].map(compile);
		const time = (tree: Tree): number => {
			const start = performance.now();
			for (const selector of selectors) selector.select({ ...tree, answers: new Map() });
			return performance.now() - start;
		};
		for (const shape of shapes) {
			const [small, large] = [treeOf(shape(10_000)), treeOf(shape(80_000))];
			time(small);
			const [before, after] = [time(small), time(large)];
			assert.ok(after < 40 * (before + 5), `${shape(1)}: ${before} ms, then ${after} ms`);
		}
	});
});
