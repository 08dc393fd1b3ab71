import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { PhrasingContent } from 'mdast';
import { readMarkdown } from '../../../server/src/markdown/read.ts';
import {
	code,
	deleted,
	emphasis,
	lines,
	link,
	phrase,
	picture,
	strong,
	text,
} from '../../../server/src/markdown/tree.ts';
import { writeMarkdown } from '../../../server/src/markdown/write.ts';
import type { Markup } from '../../../server/src/protocol/reader.ts';
import { drawNoteText } from '../../../server/src/reader/noteText.ts';
import { runs } from '../../support/runs.ts';
import { escaped, hardText, render, show, visible } from './rendered.ts';

const OURS = 'https://ours.example/a_b?c=d&e=f#(g)';

/** A part of a line, and the text it shows. */
const part = fc.oneof(
	hardText().map(value => ({ value, node: text(value) as PhrasingContent })),
	hardText().map(value => ({ value, node: strong(value) as PhrasingContent })),
	hardText().map(value => ({ value, node: emphasis(value) as PhrasingContent })),
	hardText().map(value => ({ value, node: deleted(value) as PhrasingContent })),
	hardText().map(value => ({ value, node: code(value) as PhrasingContent })),
	hardText().map(value => ({ value, node: link(value, OURS) as PhrasingContent })),
);

describe('serialised Markdown', () => {
	it('shows every text unchanged in VS Code’s library', () => {
		fc.assert(
			fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), parts => {
				const markdown = writeMarkdown(lines(phrase(...parts.map(({ node }) => node))));
				const shown = render(markdown);
				assert.equal(shown.text, visible(parts.map(({ value }) => visible(value)).join(' ')), markdown);
				assert.deepEqual(shown.pictures, [], markdown);
				assert.ok(
					shown.links.every(address => address === OURS.replace('(', '%28').replace(')', '%29')),
					markdown,
				);
			}),
			{ numRuns: runs(500) },
		);
	});

	it('formats words that touch others', () => {
		const touching = fc.tuple(hardText(), hardText(), hardText(), fc.constantFrom(strong, emphasis, deleted));
		fc.assert(
			fc.property(touching, ([before, within, after, mark]) => {
				const markdown = writeMarkdown(lines([text(before), mark(within), text(after)]));
				const shown = render(markdown);
				assert.equal(shown.text, visible([before, within, after].map(visible).join('')), markdown);
				assert.ok(
					['strong', 'em', 'del'].some(name => shown.elements.has(name)),
					markdown,
				);
			}),
			{ numRuns: runs(500) },
		);
	});

	it('links to the intended URL', () => {
		const address = hardText()
			.map(path => `https://ours.example/${path}`)
			.filter(URL.canParse)
			.map(given => new URL(given).href);
		fc.assert(
			fc.property(address, hardText(), (url, label) => {
				const shown = render(
					writeMarkdown(lines(phrase('a', link(label, url), link(url, url), picture(label, url, 30)))),
				);
				const decoded = [...shown.links, ...shown.pictures].map(decode);
				assert.deepEqual(decoded, [url, url, url].map(decode));
			}),
			{ numRuns: runs(300) },
		);
	});
});

/** Returns a URL without optional percent-encoding. */
function decode(url: string): string {
	return url.replace(/%[0-7][0-9A-F]/gi, code => String.fromCharCode(Number.parseInt(code.slice(1), 16)));
}

/** Returns what the reader draws, as HTML. */
function html(markup: Markup): string {
	if (typeof markup === 'string') return escaped(markup);
	const [name, attributes, children] = markup;
	const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
	return `<${name}${written.join('')}>${children.map(html).join('')}${name === 'br' || name === 'hr' ? '' : `</${name}>`}`;
}

describe('Markdown of notes', () => {
	const shown = (said: string): string => writeMarkdown(readMarkdown(said));

	it('is plain text as typed', () => {
		for (const said of [
			'one\ntwo\n\nthree',
			'see p. 3 (and 4), e.g. “x” – 潮水，在“正午”。',
			'use <mark> here, 1 < 2 & 3 > 2',
			'[1]: https://a.example/',
			'a\n===',
			'$(zap) snake_case #tag',
		])
			assert.equal(render(shown(said)).text, visible(said));
		assert.equal(shown('one\ntwo\n\nthree'), 'one  \ntwo\n\nthree');
	});

	it('links to web pages and email addresses, and shows images as links', () => {
		for (const [said, links, text] of [
			['[c](https://a.example/)', ['https://a.example/'], 'c'],
			['![i](https://a.example/x.png)', ['https://a.example/x.png'], 'i'],
			['![](https://a.example/x.png)', ['https://a.example/x.png'], 'https://a.example/x.png'],
			['\\`![i](https://a.example/x.png)\\`', ['https://a.example/x.png'], '`i`'],
			['[![i](https://a.example/x.png)](https://b.example/)', ['https://b.example/'], 'i'],
			[
				'https://a.example/x or a@b.example',
				['https://a.example/x', 'mailto:a@b.example'],
				'https://a.example/x or a@b.example',
			],
			['<https://a.example/>', ['https://a.example/'], 'https://a.example/'],
			['[x](command:y) ![z](file:///z)', [], 'x (command:y) z (file:///z)'],
		] as const) {
			const { links: leads, pictures, text: says } = render(shown(said));
			assert.deepEqual([leads, pictures, says], [links, [], text], said);
		}
	});

	it('renders alike in VS Code and in the reader', () => {
		fc.assert(
			fc.property(hardText(true), said => {
				const [here, there] = [render(shown(said)), show(html(drawNoteText(said)))];
				assert.equal(here.text, there.text, shown(said));
				assert.deepEqual([here.pictures, there.pictures], [[], []]);
				assert.deepEqual(here.links.map(decode), there.links.map(decode), shown(said));
			}),
			{ numRuns: runs(500) },
		);
	});
});
