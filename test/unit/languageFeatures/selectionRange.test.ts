import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SelectionRange } from 'vscode-languageserver';
import { selectionRanges } from '../../../server/src/languageFeatures/selectionRange.ts';
import { runs } from '../../support/runs.ts';
import { HEAD, open } from './harness.ts';

/** Returns the ranges of a position, innermost first. */
function outwards(range: SelectionRange | undefined): SelectionRange[] {
	const ranges: SelectionRange[] = [];
	for (let at = range; at; at = at.parent) ranges.push(at);
	return ranges;
}

/** Returns the texts selected by expanding the selection from the cursor, except the whole document. */
function selected(marked: string): string[] {
	const { document, offset, at } = open(marked);
	const texts = outwards(selectionRanges(document, [document.positionAt(offset)])[0]).map(({ range }) => at(range));
	assert.equal(texts.pop(), document.getText());
	return texts;
}

describe('selection ranges', () => {
	it('expand from the word to sentence, text, elements, section and body', () => {
		const section = '<h2>A</h2><p>One. The <b>ti‸de</b> came. It went.</p>';
		const body = `<p>x</p><section>${section}<h2>B</h2></section>`.replace('‸', '');
		const plain = section.replace('‸', '');
		assert.deepEqual(
			selected(`${HEAD}<p>x</p><section>${section}<h2>B</h2></section>\n`),
			[
				'tide',
				'<b>tide</b>',
				'One. The <b>tide</b> came. It went.',
				'<p>One. The <b>tide</b> came. It went.</p>',
				plain,
				`${plain}<h2>B</h2>`,
				`<section>${plain}<h2>B</h2></section>`,
				body,
				`${body}\n`,
			].slice(0, 8),
		);
	});

	it('recognise sentences and Chinese words', () => {
		assert.deepEqual(selected(`${HEAD}<p>潮水退去了。渡轮恢‸复航行。旅客登船。</p>\n`).slice(0, 3), [
			'恢复',
			'渡轮恢复航行。',
			'潮水退去了。渡轮恢复航行。旅客登船。',
		]);
		assert.deepEqual(selected(`${HEAD}<p>It rose. It fe‸ll. It rose.</p>\n`).slice(0, 3), [
			'fell',
			'It fell.',
			'It rose. It fell. It rose.',
		]);
	});

	it('include the parts of a tag', () => {
		assert.deepEqual(selected(`${HEAD}<p><a class="x" href="/ti‸de/">y</a></p>`).slice(0, 7), [
			'tide',
			'/tide/',
			'href="/tide/"',
			'<a class="x" href="/tide/">',
			'<a class="x" href="/tide/">y</a>',
			'<p><a class="x" href="/tide/">y</a></p>',
		]);
		assert.deepEqual(selected(`${HEAD}<p><a href="/">y</‸a></p>`).slice(0, 3), [
			'</a>',
			'<a href="/">y</a>',
			'<p><a href="/">y</a></p>',
		]);
	});

	it('include a figure without a containing element', () => {
		const figure = '<p><img src="a"></p><div><small>cap‸tion</small></div>';
		assert.deepEqual(selected(`${HEAD}<p>x</p>${figure}<p>y</p>`).slice(0, 4), [
			'caption',
			'<small>caption</small>',
			'<div><small>caption</small></div>',
			figure.replace('‸', ''),
		]);
	});

	it('include the content of notes', () => {
		assert.deepEqual(selected(`${HEAD}<p>a<!-- note: so ‸it is --></p>`).slice(0, 3), [
			'it',
			'note: so it is',
			'<!-- note: so it is -->',
		]);
	});

	it('include the parts of the header', () => {
		const lines = HEAD.trimEnd();
		assert.deepEqual(selected(`${HEAD.replace('Tide', 'Low ti‸de')}<p>x</p>`), [
			'tide',
			'Low tide',
			'[Low tide](https://news.example/2021/tide/)',
			lines.replace('Tide', 'Low tide'),
		]);
		assert.deepEqual(selected(`${HEAD.replace('1639', '16‸39')}<p>x</p>`), [
			'1639640221000',
			'<!--1639640221000-->',
			lines,
		]);
		assert.deepEqual(selected('---\ntitle: Low tide\ntags: [sea, ‸moon]\n---\n\n<p>x</p>').slice(0, 3), [
			'moon',
			'title: Low tide\ntags: [sea, moon]\n',
			'---\ntitle: Low tide\ntags: [sea, moon]\n---',
		]);
	});

	it('include the parts of a list', () => {
		const list = 'BBC\n------\n\n9-1 [Low ti‸de](/articles/a.md)\n\n9-2 [B](/articles/b.md)\n';
		assert.deepEqual(selected(list), [
			'tide',
			'Low tide',
			'9-1 [Low tide](/articles/a.md)',
			'9-1 [Low tide](/articles/a.md)\n\n9-2 [B](/articles/b.md)',
		]);
	});

	it('support several positions', () => {
		const { document, at } = open(`${HEAD}<p>one</p><p>two</p>`);
		const [first, second, nothing] = selectionRanges(
			document,
			['one', 'two'].map(word => document.positionAt(document.getText().indexOf(word))),
		);
		assert.equal(first && at(first.range), 'one');
		assert.equal(second && at(second.range), 'two');
		assert.equal(nothing, undefined);
		assert.deepEqual(selected('‸'), []);
	});

	it('have a limited depth', () => {
		const { document, at } = open(`${HEAD}${'<div>'.repeat(20_000)}deep`);
		const ranges = outwards(selectionRanges(document, [document.positionAt(document.getText().length)])[0]);
		assert.equal(ranges.length, 200);
		assert.equal(ranges[0] && at(ranges[0].range), 'deep');
		assert.doesNotThrow(() => JSON.stringify(ranges));
	});

	it('nest strictly around the position, from word to document, for any text', () => {
		const part = fc.constantFrom(
			'<div>',
			'</div>',
			'<h2>x</h2>',
			'<p>',
			'</p>',
			'<b class="c d">',
			'</b>',
			'<i>',
			'</i>',
			'Two. Words.',
			'潮水。',
			'<!-- note: x -->',
			'<table>',
			'<td>',
			'<a href=x>',
			'</a>',
			'<img src=a>',
			'<small>c</small>',
			'&amp;',
			'😀',
			'\r\n',
		);
		fc.assert(
			fc.property(fc.array(part, { maxLength: 40 }), fc.nat(), (parts, place) => {
				const text = HEAD + parts.join('');
				const { document } = open(text);
				const offset = document.offsetAt(document.positionAt(place % (text.length + 1)));
				let inner = { start: offset, end: offset };
				const ranges = outwards(selectionRanges(document, [document.positionAt(offset)])[0]);
				for (const [at, { range }] of ranges.entries()) {
					const outer = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
					assert.ok(outer.start <= inner.start && inner.end <= outer.end);
					assert.ok(at === 0 || outer.end - outer.start > inner.end - inner.start);
					inner = outer;
				}
				assert.deepEqual(inner, { start: 0, end: text.length });
			}),
			{ numRuns: runs(500) },
		);
	});
});
