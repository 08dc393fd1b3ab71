import assert from 'node:assert/strict';
import { inlayHints } from '../../../server/src/languageFeatures/inlayHint.ts';
import { linkedEditingRanges } from '../../../server/src/languageFeatures/linkedEditingRange.ts';
import { tagClosing } from '../../../server/src/languageFeatures/tagClosing.ts';
import { CURSOR, HEAD, open } from './harness.ts';

describe('tag closing', () => {
	function close(marked: string): string | undefined {
		const { document, offset } = open(marked);
		return tagClosing(document, document.positionAt(offset));
	}

	for (const [body, snippet] of [
		[`<p>${CURSOR}`, '$0</p>'],
		[`<a href="x>y">${CURSOR} text`, '$0</a>'],
		[`<EM>${CURSOR}`, '$0</EM>'],
		[`<div><div>${CURSOR}</div>`, '$0</div>'],
		[`<p>${CURSOR}</p>`, undefined],
		[`<br>${CURSOR}`, undefined],
		[`<img src="a">${CURSOR}`, undefined],
		[`<p>x</p>${CURSOR}`, undefined],
		[`<p>a > ${CURSOR}`, undefined],
		[`<p title=">${CURSOR}">`, undefined],
		[`<div><p>one</p></${CURSOR}`, 'div>$0'],
		[`<div><em>x</${CURSOR}>`, 'em$0'],
		[`</${CURSOR}`, undefined],
		[`<p><!-- </${CURSOR} --></p>`, undefined],
		[`${'<div>'.repeat(20_000)}<b>${CURSOR}`, '$0</b>'],
	] as const) {
		it(`${body.length < 60 ? body : 'deeply nested'} → ${snippet}`, () => assert.equal(close(HEAD + body), snippet));
	}
});

describe('linked editing', () => {
	function linked(marked: string): string[] | undefined {
		const { document, offset, at } = open(marked);
		return linkedEditingRanges(document, document.positionAt(offset))?.ranges.map(
			range => `${document.offsetAt(range.start) - HEAD.length}:${at(range)}`,
		);
	}

	for (const [body, ranges] of [
		[`<p><st${CURSOR}rong class="a">x</strong></p>`, ['4:strong', '24:strong']],
		[`<p><b>x</b${CURSOR}></p>`, ['4:b', '9:b']],
		[`<p><b>x${CURSOR}</b></p>`, undefined],
		[`<p><b ${CURSOR}id="x">x</b></p>`, undefined],
		[`<br${CURSOR}>`, undefined],
		[`<p${CURSOR}>x<p>y</p>`, undefined],
		[`<P${CURSOR}>x</p>`, undefined],
	] as const) {
		it(`${body} → ${ranges?.join(' ') ?? 'none'}`, () => assert.deepEqual(linked(HEAD + body), ranges));
	}

	it('continues while the typed text is a tag name', () => {
		const { document, offset } = open(`${HEAD}<my${CURSOR}>box</my>`);
		const pattern = linkedEditingRanges(document, document.positionAt(offset))?.wordPattern ?? '';
		// Like VS Code, check that the first match is the whole name.
		const isName = (name: string): boolean => new RegExp(pattern).exec(name)?.[0] === name;
		for (const name of ['m', 'my', 'my-', 'my-box', 'h2', 'my_box.v2', 'svg:text', 'tide-潮位', 'a.b-c', 'x\u00b7y'])
			assert.ok(isName(name), name);
		for (const name of ['my ', 'my id', 'my/', 'my>', 'my<b', 'my\n', 'my="', '2h', '-box', '潮'])
			assert.ok(!isName(name), name);
	});
});

describe('inlay hints', () => {
	function hints(text: string, timeZone: string, line = 0): unknown[] {
		const { document } = open(text);
		const range = { start: { line, character: 0 }, end: { line, character: 100 } };
		return inlayHints(document, range, timeZone);
	}

	it('show the date of the time comment in the user’s time zone', () => {
		assert.deepEqual(hints(HEAD, 'Asia/Shanghai'), [
			{ position: { line: 0, character: 17 }, label: '16 Dec 2021, 15:37', paddingLeft: true, paddingRight: true },
		]);
	});

	it('name the time zone if it is UTC', () => {
		assert.deepEqual(hints(HEAD, 'UTC'), [
			{ position: { line: 0, character: 17 }, label: '16 Dec 2021, 07:37 UTC', paddingLeft: true, paddingRight: true },
		]);
	});

	it('are not shown on other lines or for an invalid time', () => {
		assert.deepEqual(hints(HEAD, 'UTC', 2), []);
		assert.deepEqual(hints('<!--NaN-->\n[A](https://a.example/)\n------\n\n<p>x</p>', 'UTC'), []);
		assert.deepEqual(hints(HEAD.replace('1639640221000', '9'.repeat(20)), 'UTC'), []);
	});
});
