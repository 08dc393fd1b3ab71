import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseArticle, parseDocument } from '../../../server/src/article/article.ts';
import { applyEdits, type TextEdit } from '../../../server/src/article/edits.ts';
import { overlaps, span } from '../../../server/src/article/span.ts';
import { chooseFixes, type Fixed, fixAll } from '../../../server/src/languageFeatures/fixAll.ts';
import type { Problem } from '../../../server/src/rules/check.ts';
import { runs } from '../../support/runs.ts';
import { unicodeText } from '../../support/text.ts';
import { mangled } from '../rules/mangled.ts';
import { check, inArticle } from '../rules/support.ts';

const checkAll = async (text: string): Promise<readonly Problem[]> =>
	parseDocument(text).kind === 'article' ? check(text) : [];
const fix = (text: string): Promise<Fixed> => fixAll(text, checkAll);

/** Creates a problem with one preferred fix. */
function problem(text: string, ...edits: TextEdit[]): Problem {
	const [found] = check(inArticle('<p><a href="">x</a></p>'));
	assert.ok(found);
	return {
		...found,
		span: edits[0]?.span ?? span(0, 0),
		fixes: () => [{ title: `Fix ${text}`, preferred: true, edits }],
	};
}

describe('fix all', () => {
	it('applies preferred fixes only', async () => {
		const before = inArticle(
			'<a href="ttps://a.example/">a</a><a href="">b</a><time pudate>c</time><a href="/x">d</a><a href="/x">e</a>',
		);
		const { text, count, edits } = await fix(before);
		assert.equal(
			text,
			inArticle('<a href="https://a.example/">a</a><a href="">b</a><time pubdate>c</time><a href="/x">de</a>'),
		);
		assert.equal(count, 3);
		assert.equal(applyEdits(before, edits), text);
		assert.equal(edits.length, 3);
	});

	it('preserves CRLF and the text around its edits', async () => {
		const before = inArticle('<p>\n<time pudate>潮</time>\n</p>').replaceAll('\n', '\r\n');
		assert.deepEqual((await fix(before)).edits, [
			{ span: span(before.indexOf('pudate'), before.indexOf('pudate') + 6), newText: 'pubdate' },
		]);
	});

	it('changes nothing in a text with merge conflicts', async () => {
		const conflict = '<<<<<<< HEAD\n<p>a</p>\n=======\n<p>b</p>\n>>>>>>> other';
		const before = inArticle(`<time pudate>c</time>\n${conflict}`);
		assert.deepEqual(await fix(before), { text: before, edits: [], count: 0 });
		// A remaining conflict marker has the same effect.
		assert.equal((await fix(before.replace('=======\n', ''))).count, 0);
		assert.equal((await fix(before.replace(/^(?:<{7}|={7}|>{7}).*\n?/gm, ''))).count, 1);
	});

	it('fixes problems that a fix reveals', async () => {
		const before = inArticle('<a hfer="ttps://a.example/">a</a>');
		const { text, edits, count } = await fix(before);
		assert.equal(text, inArticle('<a href="https://a.example/">a</a>'));
		assert.equal(count, 2);
		assert.equal(applyEdits(before, edits), text);
	});

	it('returns no edits if there are no problems', async () => {
		for (const text of [inArticle('<p>x</p>'), 'BBC\n------\n\n9-1 [A](/articles/a.md)\n', '']) {
			assert.deepEqual(await fix(text), { text, edits: [], count: 0 });
		}
	});

	it('applies a fix completely or not at all', () => {
		const text = 'abcdef';
		const first = problem('first', { span: span(1, 3), newText: 'X' });
		const second = problem('second', { span: span(0, 0), newText: '(' }, { span: span(2, 4), newText: ')' });
		const touching = problem('touching', { span: span(3, 5), newText: 'Y' });
		assert.deepEqual(chooseFixes(text, [first, second, touching]), {
			count: 2,
			edits: [
				{ span: span(1, 3), newText: 'X' },
				{ span: span(3, 5), newText: 'Y' },
			],
		});
		const same = problem('same', { span: span(0, 1), newText: 'a' });
		assert.deepEqual(chooseFixes(text, [same]), { count: 0, edits: [] });
	});

	it('terminates if fixes undo each other', async () => {
		const swap = async (text: string): Promise<readonly Problem[]> => {
			return [problem('swap', { span: span(0, 1), newText: text[0] === 'a' ? 'b' : 'a' })];
		};
		const { text, edits, count } = await fixAll('abc', swap);
		assert.deepEqual([text, edits.length, count], ['bbc', 1, 25]);
	});

	it('is idempotent, with non-overlapping edits, for mangled articles', async () => {
		let fixed = 0;
		await fc.assert(
			fc.asyncProperty(fc.oneof(mangled, unicodeText(100)), async before => {
				const { text, edits, count } = await fix(before);
				assert.equal(applyEdits(before, edits), text);
				for (const [index, { span: place, newText }] of edits.entries()) {
					const next = edits[index + 1];
					assert.ok(place.start <= place.end && place.end <= before.length);
					assert.ok(!next || (place.end <= next.span.start && !overlaps(place, next.span)));
					assert.notEqual(before.slice(place.start, place.end), newText);
				}
				assert.deepEqual(await fix(text), { text, edits: [], count: 0 });
				if (count > 0) fixed++;
			}),
			{ numRuns: runs(120) },
		);
		assert.ok(fixed > runs(40), `only ${fixed} had anything to fix`);
	});

	it('merges the edits of random rounds', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.string({ minLength: 1, maxLength: 20 }),
				fc.array(fc.tuple(fc.nat(), fc.nat(), fc.constantFrom('', 'x', 'yz')), { maxLength: 8 }),
				async (before, changes) => {
					let expected = before;
					const rounds = [...changes];
					const next = async (text: string): Promise<readonly Problem[]> => {
						const [start, length, newText] = rounds.shift() ?? [];
						if (start === undefined || length === undefined || newText === undefined) return [];
						const at = start % (text.length + 1);
						const place = span(at, at + (length % (text.length - at + 1)));
						expected = applyEdits(text, [{ span: place, newText }]);
						return [problem('any', { span: place, newText })];
					};
					const { text, edits } = await fixAll(before, next);
					assert.equal(text, expected);
					assert.equal(applyEdits(before, edits), text);
				},
			),
			{ numRuns: runs(300) },
		);
		assert.equal(parseArticle('x').kind, 'article');
	});
});
