import assert from 'node:assert/strict';
import { excerptOf } from '../../../server/src/cli/excerpt.ts';

/** The excerpt around a piece of a text, drawn as the terminal shows it. */
function draw(text: string, piece: string): [string, string] {
	const start = text.indexOf(piece);
	const { text: shown, before, width } = excerptOf(text, { start, end: start + piece.length });
	return [shown, ' '.repeat(before) + '^'.repeat(width)];
}

describe('excerpt of a line', () => {
	it('shows a whole short line without its indentation', () => {
		assert.deepEqual(draw('first\n\t  <p pudate="x">\r\nlast', 'pudate'), ['<p pudate="x">', '   ^^^^^^']);
	});

	it('cuts a long line on both sides', () => {
		const [shown, marks] = draw(`${'a'.repeat(500)}HERE${'b'.repeat(500)}`, 'HERE');
		assert.equal(shown, `…${'a'.repeat(30)}HERE${'b'.repeat(44)}…`);
		assert.equal(marks, `${' '.repeat(31)}^^^^`);
	});

	it('marks only what it shows', () => {
		const [shown, marks] = draw('x'.repeat(40_000), 'x'.repeat(39_000));
		assert.equal(shown, `${'x'.repeat(79)}…`);
		assert.equal(marks, '^'.repeat(79));
	});

	it('counts Chinese characters and emoji as two columns', () => {
		assert.deepEqual(draw('夜班渡轮👩‍👩‍👧到<b>站</b>', '站'), ['夜班渡轮👩‍👩‍👧到<b>站</b>', `${' '.repeat(15)}^^`]);
		const [shown] = draw(`${'渡'.repeat(500)}X${'轮'.repeat(500)}`, 'X');
		assert.equal(shown, `…${'渡'.repeat(15)}X${'轮'.repeat(23)}…`);
	});

	it('marks one column for an empty place, even at the end of the text', () => {
		assert.deepEqual(excerptOf('abc\ndef', { start: 7, end: 7 }), { text: 'def', before: 3, width: 1 });
		assert.deepEqual(excerptOf('', { start: 0, end: 0 }), { text: '', before: 0, width: 1 });
	});

	it('marks the first line of a multi-line place', () => {
		assert.deepEqual(draw('one <b>two\nthree</b> four', '<b>two\nthree</b>'), ['one <b>two', '    ^^^^^^']);
	});

	it('escapes control and bidirectional characters', () => {
		assert.deepEqual(draw('a\u001b[2Jb\u202ec HERE', 'HERE'), ['a\\u001b[2Jb\\u202ec HERE', `${' '.repeat(19)}^^^^`]);
	});

	it('marks a place in a line of five million characters', () => {
		const line = '渡'.repeat(5_000_000);
		assert.equal(excerptOf(line, { start: 2_500_000, end: 4_000_000 }).before, 31);
	});
});
