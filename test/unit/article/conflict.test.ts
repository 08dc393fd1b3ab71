import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseArticle, parseDocument, updateDocument } from '../../../server/src/article/article.ts';
import { findConflicts, findRemains, maskConflicts, sideOf } from '../../../server/src/article/conflict.ts';
import { detect } from '../../../server/src/article/detect.ts';
import { collapse, expand, formatObstacle } from '../../../server/src/article/format.ts';
import { runs } from '../../support/runs.ts';

const at = (text: string, { start, end }: { start: number; end: number }): string => text.slice(start, end);

/** Returns the sides of each conflict in a text, with their names. */
function sides(text: string): readonly (readonly string[])[] {
	return findConflicts(text).map(({ names, ours, theirs }) => [
		names.ours,
		at(text, ours),
		names.theirs,
		at(text, theirs),
	]);
}

describe('merge conflicts', () => {
	it('parse what git writes between its markers', () => {
		const text = 'a\n<<<<<<< HEAD\nb\n=======\nc\nd\n>>>>>>> the other branch\ne\n';
		assert.deepEqual(sides(text), [['HEAD', 'b\n', 'the other branch', 'c\nd\n']]);
		const [conflict] = findConflicts(text);
		assert.ok(conflict);
		assert.deepEqual(
			[conflict.span, conflict.opening, conflict.middle, conflict.closing].map(place => at(text, place)),
			[text.slice(2, -2), '<<<<<<< HEAD', '=======', '>>>>>>> the other branch'],
		);
		assert.deepEqual(sides(text.replaceAll('\n', '\r\n')), [['HEAD', 'b\r\n', 'the other branch', 'c\r\nd\r\n']]);
	});

	it('allow a base, empty sides, missing names, no final line break, and several conflicts', () => {
		assert.deepEqual(sides('<<<<<<< o\na\n||||||| 1f2e3d\nb\n=======\nc\n>>>>>>> t'), [['o', 'a\n', 't', 'c\n']]);
		assert.deepEqual(sides('<<<<<<<\n|||||||\n=======\n>>>>>>>\n'), [['', '', '', '']]);
		assert.deepEqual(sides('<<<<<<< o\n=======\nc\n>>>>>>> t\n-\n<<<<<<< o\na\n=======\n>>>>>>> t\n'), [
			['o', '', 't', 'c\n'],
			['o', 'a\n', 't', ''],
		]);
		assert.deepEqual(sides('\ufeff<<<<<<< o\na\n=======\nb\n>>>>>>> t\n'), [['o', 'a\n', 't', 'b\n']]);
	});

	it('allow a Markdown underline in a side', () => {
		assert.deepEqual(sides('<<<<<<< o\na\n=======\nHead\n=======\n>>>>>>> t\n'), [
			['o', 'a\n', 't', 'Head\n=======\n'],
		]);
	});

	it('start at the last opening marker', () => {
		assert.deepEqual(sides('<<<<<<< old\nx\n<<<<<<< o\na\n=======\nb\n>>>>>>> t\n'), [['o', 'a\n', 't', 'b\n']]);
	});

	it('are ignored if markers are missing, out of order, or not on their own lines', () => {
		for (const text of [
			'=======\n',
			'Head\n=======\n\n>>>>>>> quoted\n',
			'<<<<<<< HEAD\nno more of it\n',
			'<<<<<<< HEAD\n>>>>>>> other\n=======\n',
			'>>>>>>> other\n=======\n<<<<<<< HEAD\n',
			'<<<<<<<< HEAD\na\n========\nb\n>>>>>>>> other\n',
			'<<<<<<HEAD\na\n======\nb\n>>>>>>other\n',
			'<<<<<<<HEAD\na\n=======x\nb\n>>>>>>>other\n',
			' <<<<<<< HEAD\n =======\n >>>>>>> other\n',
			'<p>Git writes <<<<<<< HEAD, ======= and >>>>>>> other.</p>\n',
			'<pre>&lt;&lt;&lt;&lt;&lt;&lt;&lt; HEAD\n=======\n&gt;&gt;&gt;&gt;&gt;&gt;&gt; other</pre>\n',
		])
			assert.deepEqual(findConflicts(text), [], text);
	});

	it('leave markers that block reformatting after one is deleted by hand', () => {
		const whole = ['<<<<<<< HEAD', '<p>b</p>', '=======', '<p>c</p>', '>>>>>>> branch'];
		const head = '<!--1639640221000-->\n[T](https://news.example/a)\n------\n\n<p>a</p>\n';
		for (const [kept, remains] of [
			[[0, 1, 2, 3, 4], []],
			[[0, 1, 2, 3], [0]],
			[[1, 2, 3, 4], [4]],
			[
				[0, 1, 3, 4],
				[0, 4],
			],
			[[0, 1], [0]],
			[[3, 4], [4]],
			[[1, 2, 3], []],
			[
				[0, 0, 1, 2, 3, 4, 4],
				[0, 4],
			],
		] as const)
			for (const [line, names] of [
				['\n', ''],
				['\r\n', ' (the day it left)'],
			] as const) {
				const text = (head + kept.map(at => whole[at]).join('\n')).replaceAll('\n', line) + names + line;
				assert.deepEqual(
					findRemains(text).map(place => at(text, place).replace(names, '')),
					remains.map(at => whole[at]),
					text,
				);
				if (remains.length === 0) continue;
				assert.match(
					formatObstacle(parseArticle(text))?.reason ?? '',
					/(?:merge conflict|leftover conflict marker) on line \d+/,
				);
				assert.deepEqual([expand(text), collapse(text)], [text, text]);
			}
		// Quotes from emails, code, and markers that are not on their own line.
		for (const text of ['>>>>>>> he said so', '>>>>>>>> x', ' >>>>>>> x', 'x <<<<<<< HEAD', '<<<<<<<HEAD', '======='])
			assert.deepEqual(findRemains(`${head}${text}\n`), [], text);
	});

	it('take linear time however many are unclosed', () => {
		const text = '<<<<<<< a\n=======\n'.repeat(200_000);
		assert.deepEqual(findConflicts(text), []);
	});
});

/** Typical files of archives, on one line and on many. */
const TEXTS = [
	'<!--1639640221000-->\n[Boats](https://h.example/2021/boats)\n------\n\n<section><p>One.</p><p>船。</p></section>\n',
	'<!--NaN-->\n[船](https://h.example/2021/boats)\n------\n\n<section>\n\t<p>One.</p>\n\t<p>船。</p>\n</section>\n',
	'---\ntitle: Boats\ntags: [ a ]\n---\n\n<!--1639640221000-->\n[Boats](https://h.example/2021/boats)\n------\n\n<p>One.</p>\n',
	'---\ntitle: Boats\nfrom: https://h.example/2021/boats\n---\n\n<article>\n<p>One.</p>\n</article>\n',
	'[Boats](https://h.example/2021/boats)\n------\n日期：Sun, 28 Jun 2020 12:53:23 +0000\n\n<p>One.</p>\n<p>Two.</p>\n',
	'[Boats](https://h.example/2021/boats)\n------\n\n<p>One.</p>\n<p>Two.</p>\n',
];
const OTHERS = [
	'',
	'<p>Theirs.</p>',
	'<!--1639640222000-->',
	'[Boats B](https://h.example/b)',
	'=======',
	'',
	'------',
];

/** An article and the same article with an unresolved merge conflict around some of its lines. */
const merged = fc
	.record({
		text: fc.constantFrom(...TEXTS),
		from: fc.nat(),
		count: fc.nat({ max: 6 }),
		theirs: fc.array(fc.constantFrom(...OTHERS), { maxLength: 4 }),
		base: fc.option(fc.array(fc.constantFrom('<p>Base.</p>', '[B](https://h.example/c)'), { maxLength: 2 })),
		windows: fc.boolean(),
	})
	.map(({ text, from, count, theirs, base, windows }) => {
		const lines = text.slice(0, -1).split('\n');
		const start = from % (lines.length + 1);
		const before = lines.slice(0, start);
		const ours = lines.slice(start, start + count);
		const middle = base ? ['||||||| 0a1b2c', ...base, '======='] : ['======='];
		const all = [...before, '<<<<<<< HEAD', ...ours, ...middle, ...theirs, '>>>>>>> other'];
		const line = windows ? '\r\n' : '\n';
		const made = [...all, ...lines.slice(start + count), ''].join(line);
		return { text: windows ? text.replaceAll('\n', '\r\n') : text, made };
	});

describe('an article with a merge conflict anywhere', () => {
	it('is still recognised as an article', () => {
		fc.assert(fc.property(merged, ({ made }) => assert.equal(detect(made), 'article')));
	});

	it('has one conflict, is not Markdown, and has our title and source', () => {
		fc.assert(
			fc.property(merged, ({ text, made }) => {
				const [before, after] = [parseArticle(text), parseArticle(made)];
				assert.deepEqual([after.conflicts.length, after.markdown], [1, undefined]);
				assert.deepEqual(
					[after.title?.value, after.source?.value, after.published?.value],
					[before.title?.value, before.source?.value, before.published?.value],
				);
				for (const field of [after.title, after.source]) assert.equal(field && at(made, field.span), field?.value);
			}),
		);
	});

	it('is never reformatted', () => {
		fc.assert(
			fc.property(merged, ({ made }) => {
				assert.equal(expand(made), made);
				assert.equal(collapse(made), made);
				assert.equal(formatObstacle(parseArticle(made))?.kind, 'conflict');
			}),
		);
	});

	it('equals the original without the markers and the other side', () => {
		fc.assert(
			fc.property(merged, ({ text, made }) => {
				assert.equal(sideOf(made, 'ours'), text);
				const masked = maskConflicts(made, findConflicts(made));
				assert.equal(masked.length, made.length);
				assert.equal(masked.replace(/\s+/g, ''), text.replace(/\s+/g, ''));
			}),
		);
	});

	it('is parsed incrementally as it is parsed as a whole', () => {
		fc.assert(
			fc.property(merged, ({ made }) => {
				let document = parseDocument('');
				for (let length = 0; length <= made.length; length += 7) {
					document = updateDocument(document, made.slice(0, length));
					if (document.kind !== 'article') return;
					const whole = parseArticle(made.slice(0, length));
					assert.deepEqual([document.header, document.conflicts], [whole.header, whole.conflicts]);
				}
				for (const text of [made, made.replace('>>>>>>> other', ''), made]) {
					document = updateDocument(document, text);
					assert.deepEqual(document.kind === 'article' && document.header, parseArticle(text).header);
				}
			}),
			{ numRuns: runs(50) },
		);
	});

	it('is recognised if one side is longer than the detected part', () => {
		const long = (side: string): string => (TEXTS[0] ?? '').replace('One.', `${side} `.repeat(9000));
		const made = `<<<<<<< HEAD\n${long('ours')}=======\n${long('theirs')}>>>>>>> other\n`;
		assert.equal(detect(made), 'article');
	});

	it('is recognised if only one side is an article', () => {
		const [article] = TEXTS;
		assert.equal(detect(`<<<<<<< HEAD\n=======\n${article}>>>>>>> other\n`), 'article');
		assert.equal(detect(`<<<<<<< HEAD\n${article}=======\n# Notes\n>>>>>>> other\n`), 'article');
		assert.equal(detect('<<<<<<< HEAD\n# Notes\n=======\n# Other notes\n>>>>>>> other\n'), undefined);
	});
});

describe('a list with a merge conflict', () => {
	const list = (...lines: readonly string[]): string => [...lines, ''].join('\n');

	it('is still a list, with the entries of both sides', () => {
		const text = list(
			...['Harbour', '------', '', '<<<<<<< HEAD', '12-16 [Boats](/articles/harbour/1.md)', '======='],
			...['12-17 [Boats](/articles/harbour/2.md)', '>>>>>>> other', '', '[More](/articles/harbour)'],
		);
		for (const written of [text, text.replaceAll('\n', '\r\n')]) {
			const parsed = parseDocument(written);
			assert.ok(parsed.kind === 'list');
			assert.deepEqual(
				[parsed.title?.value, parsed.conflicts.length, ...parsed.entries.map(({ url }) => url.value)],
				['Harbour', 1, '/articles/harbour/1.md', '/articles/harbour/2.md', '/articles/harbour'],
			);
		}
	});

	it('has our title if the title is in conflict', () => {
		const entry = '12-16 [Boats](/articles/harbour/1.md)';
		const text = list('<<<<<<< HEAD', 'Harbour', '=======', 'Port', '>>>>>>> other', '------', '', entry);
		const parsed = parseDocument(text);
		assert.ok(parsed.kind === 'list');
		assert.deepEqual([parsed.title?.value, parsed.entries.length], ['Harbour', 1]);
		assert.equal(parsed.title && at(text, parsed.title.span), 'Harbour');
	});
});
