import assert from 'node:assert/strict';
import fc from 'fast-check';
import { detect } from '../../server/src/article/detect.ts';
import { runs } from '../support/runs.ts';
import { readAll, strayRange } from './check.ts';

const HEAD = '<!--1639640221000-->\n[潮](https://news.example/a/)\n------\n\n';

/** Counts how often each rule finds a problem in a text. */
function rules(text: string): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { rule } of readAll(text).problems) counts[rule.id] = (counts[rule.id] ?? 0) + 1;
	return counts;
}

describe('hostile texts', () => {
	it('are parsed with elements nested 5,000 deep, closed and unclosed', () => {
		const deep = `${HEAD}${'<div>'.repeat(5000)}x${'</div>'.repeat(5000)}`;
		assert.equal(strayRange(deep), undefined);
		assert.deepEqual(rules(deep), {});
		const open = `${HEAD}${'<div>'.repeat(5000)}x`;
		assert.equal(strayRange(open), undefined);
		assert.deepEqual(Object.keys(rules(open)), ['html/syntax']);
		assert.equal(strayRange(`${HEAD}${'<b>'.repeat(5000)}x`), undefined);
		assert.equal(strayRange(`${HEAD}${'<a href=x>'.repeat(5000)}x`), undefined);
		assert.equal(strayRange(`${HEAD}${'<ul><li>'.repeat(5000)}x`), undefined);
		assert.equal(strayRange(`${HEAD}${'<table><td>'.repeat(2000)}x`), undefined);
		assert.equal(strayRange(`${HEAD}${'<blockquote><h2>x</h2>'.repeat(5000)}`), undefined);
		assert.equal(strayRange(`${HEAD}${'<figure><img src=a>'.repeat(5000)}`), undefined);
	});

	it('are parsed with 60,000 unclosed paragraphs, images, links and headings', () => {
		for (const piece of [
			'<p>x',
			'<img src="a.jpg">',
			'<a href="a">x</a>',
			'<h2>x</h2>',
			'<p><b>x</b></p>',
			'</p>',
			'<p id="a">',
			'<noscript><img src=a></noscript>',
		]) {
			assert.equal(strayRange(`${HEAD}${piece.repeat(60_000)}`), undefined, piece);
		}
	});

	it('are parsed with a line of 5 MB', () => {
		assert.equal(strayRange(`${HEAD}<p>${'潮水退去之后，'.repeat(700_000)}</p>`), undefined);
		assert.equal(strayRange(`${HEAD}<a href="${'x'.repeat(5_000_000)}">y</a>`), undefined);
		assert.equal(strayRange(`${HEAD}${'<'.repeat(5_000_000)}`), undefined);
		assert.equal(strayRange(`${HEAD}${'&amp'.repeat(1_250_000)}`), undefined);
		assert.equal(strayRange(`[${'['.repeat(2_500_000)}](${'('.repeat(2_500_000)}`), undefined);
		assert.equal(strayRange(`---\n${'a: b\n'.repeat(1_000_000)}---\n${HEAD}`), undefined);
		assert.equal(strayRange(`<!--${'1'.repeat(5_000_000)}-->\n${'-'.repeat(100_000)}`), undefined);
	});

	it('are parsed with the names of object properties', () => {
		const text = `${HEAD}<p id="__proto__" constructor="x" __proto__="y" toString>a</p><a href="#__proto__">b</a><a href="#constructor">c</a>`;
		assert.equal(strayRange(text), undefined);
		assert.equal(rules(text)['link/fragment'], 1);
	});

	it('are parsed from any bytes', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (bytes, headed) => {
				const text = (headed ? HEAD : '') + new TextDecoder().decode(bytes);
				assert.equal(strayRange(text), undefined);
			}),
			{ numRuns: runs(2000) },
		);
	});

	it('are parsed from any mixture of the format’s own parts', () => {
		const pieces = [
			'<!--',
			'-->',
			'1639640221000',
			'NaN',
			'[',
			'](',
			')',
			'---',
			'------',
			'\n',
			'\r\n',
			'\uFEFF',
			'title: x',
			'from: https://a.example/',
			'日期：',
			'9-1 ',
			'/articles/',
			'<p>',
			'<a href="',
			'">',
			'"',
			'<img src=',
			'<figure>',
			'<noscript>',
			'&',
			'\0',
			'😀',
		];
		fc.assert(
			fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 60 }), parts => {
				const text = parts.join('');
				detect(text);
				assert.equal(strayRange(text), undefined);
			}),
			{ numRuns: runs(3000) },
		);
	});
});
