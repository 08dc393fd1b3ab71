import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { toSource, toText } from '../../../client/src/reader/page/blocks.ts';
import type { DrawnBlock } from '../../../server/src/reader/view.ts';
import { runs } from '../../support/runs.ts';
import { HEAD } from '../languageFeatures/harness.ts';
import { ARTICLE, annotationSession, SIDECAR } from '../services/annotationSession.ts';
import { draw, textOf } from './support.ts';

/** Pieces of bodies whose text differs from the source or is interrupted. */
const PIECES = [
	'<p>plain words</p>',
	'<p>a &amp; b&nbsp;c &#128512; &eacute;&notit;</p>',
	'<p>line<br>break <b>bo<i>th</i></b> <a href="/x">li</a>nk</p>',
	'<p><img data-src="https://p.example/a.jpg" src="data:image/gif;base64,R0"><noscript><img src="https://p.example/a.jpg"></noscript>after it</p>',
	'<figure><img src="a.jpg" alt="alt"><figcaption>caption <cite>credit</cite></figcaption></figure>',
	'<ul><li>one</li>\n<li>two &lt;3</li></ul>',
	'<blockquote><p>said</p><p>again</p></blockquote>',
	'<table><tr><td>cell</td><td>&copy;2</td></tr></table>',
	'loose <em>text</em> 字符',
	'<p>一二三<mark>四</mark><!-- note: n -->五</p>',
	'<p><b>mis<i>nested</b> tags</i> here</p>',
	'<pre>\n  code &lt;p&gt;\n  more</pre>',
	'\r\n\t',
];

/** A drawn block in the form that the page has. */
function pageBlock({ start, content }: DrawnBlock): Parameters<typeof toSource>[0] & { text: string } {
	return { start, runs: content.runs, text: textOf(content.markup) } as never;
}

const words = (text: string): string => text.replace(/\s+/g, '');

describe('selecting text in the reader', () => {
	it('selects the same words in the source, in the content and in a new note', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 8 }),
				fc.double({ min: 0, max: 1, noNaN: true }),
				fc.double({ min: 0, max: 1, noNaN: true }),
				async (pieces, one, other) => {
					const text = `${HEAD}${pieces.join('')}\n`;
					const blocks = draw(text)
						.blocks.map(pageBlock)
						.filter(block => block.text !== '');
					const length = blocks.reduce((sum, block) => sum + block.text.length, 0);
					const [from, to] = [one, other].map(part => Math.floor(part * length)).sort((a, b) => a - b) as [
						number,
						number,
					];
					const selected = blocks
						.map(({ text }) => text)
						.join('')
						.slice(from, to);
					// A selection never splits a character.
					fc.pre(words(selected) !== '' && !/^[\udc00-\udfff]|[\ud800-\udbff]$/.test(selected));
					let seen = 0;
					let [start, end] = [-1, -1];
					for (const block of blocks) {
						const [a, b] = [Math.max(0, from - seen), Math.min(block.text.length, to - seen)];
						if (a < b && words(block.text.slice(a, b)) !== '') {
							if (start === -1) start = toSource(block, a);
							end = toSource(block, b, 'end');
						}
						seen += block.text.length;
					}
					const session = annotationSession(text);
					const document = TextDocument.create(ARTICLE, 'article', 1, text);
					const range = { start: document.positionAt(start), end: document.positionAt(end) };
					await session.done('add', { range, kind: 'note', text: 'x' });
					const note = (await session.notes()).notes.find(found => found.text === 'x');
					assert.equal(words(note?.quote?.exact ?? ''), words(selected));
					assert.ok(
						words(await session.text(SIDECAR)).includes(words(JSON.stringify(note?.quote?.exact).slice(1, -1))),
					);
				},
			),
			{ numRuns: runs(150) },
		);
	});

	it('maps every character of a block to the source and back', () => {
		fc.assert(
			fc.property(fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 6 }), pieces => {
				for (const block of draw(`${HEAD}${pieces.join('')}\n`).blocks.map(pageBlock))
					for (let offset = 0; offset < block.text.length; offset++) {
						const back = toText(block, toSource(block, offset));
						// Both code units of a surrogate pair written as one character reference map to that reference.
						const isPair = /[\udc00-\udfff]/.test(block.text.charAt(offset));
						assert.equal(back, isPair && back === offset - 1 ? offset - 1 : offset);
					}
			}),
			{ numRuns: runs(100) },
		);
	});
});
