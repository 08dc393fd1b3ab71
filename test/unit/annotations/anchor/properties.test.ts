import assert from 'node:assert/strict';
import fc from 'fast-check';
import { anchor } from '../../../../server/src/annotations/anchor/anchor.ts';
import { anchorAll } from '../../../../server/src/annotations/anchor/anchorAll.ts';
import { wordDifference } from '../../../../server/src/annotations/anchor/difference.ts';
import { quoteAt } from '../../../../server/src/annotations/anchor/quote.ts';
import { createTextModel } from '../../../../server/src/annotations/anchor/textModel.ts';
import { parseArticle } from '../../../../server/src/article/article.ts';
import { generateArticle } from '../../../bench/generate.ts';
import { runs } from '../../../support/runs.ts';
import { unicodeText } from '../../../support/text.ts';

/** Text with many repetitions and unusual characters. */
const words = fc
	.array(
		fc.constantFrom(
			'the ',
			'ferry ',
			'渡轮',
			'的',
			'e\u0301',
			'👨‍👩‍👧',
			'𠮷',
			'…',
			'\n\t',
			' ',
			'ﷺ',
			'“',
			'a',
			'aa',
			'\ud83d',
			'\0',
			'\u20d0',
			'\u1000\u102b',
			'\u00ad',
			'ＡＢ',
		),
		{
			maxLength: 60,
		},
	)
	.map(parts => parts.join(''));
const text = fc.oneof(words, unicodeText(200));

/** A part of a text. */
function partOf(content: string, [a, b]: readonly [number, number]): { start: number; end: number } {
	const [start, end] = [a % (content.length + 1), b % (content.length + 1)];
	return { start: Math.min(start, end), end: Math.max(start, end) };
}

const part = fc.tuple(fc.nat(), fc.nat());

/** Whether an offset is not within a surrogate pair. */
function isBoundary(content: string, offset: number): boolean {
	return !/^[\ud800-\udbff][\udc00-\udfff]$/.test(content.slice(Math.max(0, offset - 1), offset + 1));
}

const clock = { now: () => 0 };

describe('anchoring: properties', () => {
	it('finds each quote of an unchanged text in place', () => {
		fc.assert(
			fc.property(text, part, (content, place) => {
				const model = createTextModel(content);
				const selectors = quoteAt(model, partOf(content, place));
				if (selectors.quote.exact === '') return;
				const found = anchor(model, selectors, clock);
				assert.equal(found.state, 'exact', found.reason);
				const { start, end } = 'span' in found ? found.span : { start: 0, end: 0 };
				const seen = (value: string): string => createTextModel(value).normal;
				assert.equal(seen(content.slice(start, end)), seen(selectors.quote.exact));
				assert.equal(model.toNormal(start), model.toNormal(model.fromCodePoint(selectors.position.start)));
			}),
			{ numRuns: runs(500) },
		);
	});

	it('finds a quote unchanged after any change outside it and its context', () => {
		const content = parseArticle(generateArticle(7, 6000)).content.value;
		fc.assert(
			fc.property(part, fc.nat(), fc.nat(200), text, fc.boolean(), (place, at, length, added, isBefore) => {
				const model = createTextModel(content);
				const { start, end } = partOf(content, place);
				const selectors = quoteAt(model, { start, end: Math.min(end, start + 300) });
				const { exact, prefix, suffix } = selectors.quote;
				const before = model.fromCodePoint(selectors.position.start) - prefix.length;
				const after = model.fromCodePoint(selectors.position.end) + suffix.length;
				// A quote that occurs twice with its context may be ambiguous.
				const whole = content.slice(before, after);
				if (exact.trim() === '' || content.indexOf(whole) !== content.lastIndexOf(whole)) return;
				const from = isBefore ? at % (before + 1) : after + (at % (content.length - after + 1));
				const to = Math.min(from + length, isBefore ? before : content.length);
				const changed = content.slice(0, from) + added + content.slice(to);
				const found = anchor(createTextModel(changed), selectors, clock);
				assert.match(found.state, /^(exact|moved)$/, `${found.state}: ${found.reason}`);
				assert.equal('span' in found && changed.slice(found.span.start, found.span.end), exact.trim());
			}),
			{ numRuns: runs(150) },
		);
	});

	it('does not throw, and returns only spans within the text at character boundaries', () => {
		fc.assert(
			fc.property(text, text, part, fc.boolean(), (before, after, place, isTold) => {
				const { quote, position } = quoteAt(createTextModel(before), partOf(before, place));
				const found = anchor(createTextModel(after), isTold ? { quote, position } : { quote }, clock);
				const places = 'span' in found ? [found] : found.state === 'ambiguous' ? found.candidates : [];
				for (const { span } of places) {
					assert.ok(0 <= span.start && span.start < span.end && span.end <= after.length);
					assert.ok(isBoundary(after, span.start) && isBoundary(after, span.end));
				}
				assert.ok(found.score >= 0 && found.score <= 1 && found.margin >= 0 && found.margin <= 1);
				assert.ok(found.reason.length > 0 && found.reason.length < 200 && !/[\n.]$/.test(found.reason), found.reason);
			}),
			{ numRuns: runs(500) },
		);
	});

	it('counts code points like JavaScript', () => {
		fc.assert(
			fc.property(text, content => {
				const model = createTextModel(content);
				const points = Array.from(content);
				let offset = 0;
				for (const [index, point] of points.entries()) {
					assert.deepEqual([model.toCodePoint(offset), model.fromCodePoint(index)], [index, offset]);
					offset += point.length;
				}
				assert.equal(model.toCodePoint(content.length), points.length);
			}),
		);
	});

	it('creates quotes that are parts of the text, with whole characters', () => {
		fc.assert(
			fc.property(text, part, (content, place) => {
				const model = createTextModel(content);
				const { start, end } = partOf(content, place);
				const { quote, position } = quoteAt(model, { start, end });
				const [from, to] = [model.fromCodePoint(position.start), model.fromCodePoint(position.end)];
				assert.ok(from <= start && to >= end && isBoundary(content, from) && isBoundary(content, to));
				assert.ok(Array.from(quote.prefix).length <= 32 && Array.from(quote.suffix).length <= 32);
				const onOneLine = (value: string): string => value.replace(/[^\S\n]*\n\s*/g, ' ');
				assert.equal(onOneLine(content.slice(from, to)), quote.exact);
				assert.ok(onOneLine(content.slice(0, from)).endsWith(quote.prefix));
				assert.ok(onOneLine(content.slice(to)).startsWith(quote.suffix));
			}),
		);
	});

	it('computes differences from which both texts can be restored', () => {
		fc.assert(
			fc.property(text, text, (before, after) => {
				const parts = wordDifference(before, after);
				const side = (left: 'removed' | 'added'): string =>
					parts.flatMap(({ kind, text }) => (kind === left ? [] : [text])).join('');
				assert.equal(side('removed'), after.replace(/\s+/g, ' '));
				assert.equal(createTextModel(side('added')).normal, createTextModel(before).normal);
			}),
		);
	});

	it('keeps to its time limit for any quote', () => {
		const long = (unit: string, length: number): string => unit.repeat(Math.ceil(length / unit.length));
		const hostile: readonly (readonly [text: string, exact: string, context: string])[] = [
			[long('lorem ipsum ', 300_000), 'e', ''],
			[long('lorem ipsum ', 300_000), 'e', 'nothing of the kind is there, not one bit'],
			[long('a', 60_000), long('a', 20), ''],
			[long('a', 60_000), long('a', 20), 'b'],
			[long('a', 60_000), `b${long('a', 300)}`, 'a'],
			[long('a', 60_000), `b${long('a', 30_000)}`, 'a'],
			[long('ab', 60_000), `${long('ba', 50_000)}x`, 'c'],
			[long('的', 150_000), '的的', '是'],
			[long('e\u0301', 60_000), `e${long('\u0301', 1000)}`, 'x'],
		];
		for (const [content, exact, context] of hostile) {
			const model = createTextModel(content);
			const quote = { exact, prefix: long(context || ' ', 32), suffix: long(context || ' ', 32) };
			// The clock advances with each reading, so a search that reads it too rarely would not end.
			let time = 0;
			const found = anchor(model, { quote, position: { start: 1000, end: 1001 } }, { now: () => time++, budget: 500 });
			assert.ok(time < 510, `${time}: ${found.reason}`);
		}
	});

	it('yields to other work, and stops when cancelled', async () => {
		const content = parseArticle(generateArticle(7, 6000)).content.value;
		const model = createTextModel(content);
		const all = [100, 900, 1700, 2500].map(start => quoteAt(model, { start, end: start + 30 }));
		let time = 0;
		let pauses = 0;
		const token = { isCancellationRequested: false };
		const options = {
			now: () => (time += 5),
			budget: 1000,
			token,
			pause: async () => {
				pauses++;
			},
		};
		const changed = createTextModel(content.replaceAll('the', 'thy'));
		const found = await anchorAll(changed, all, options);
		assert.equal(found?.length, 4);
		assert.ok(pauses >= 2, String(pauses));
		token.isCancellationRequested = true;
		assert.equal(await anchorAll(changed, all, options), undefined);
	});
});
