import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compareLines } from '../../../server/src/cli/blockDifference.ts';

/** Writes each line with its changes marked as by `git diff --word-diff`. */
function marked(before: string, after: string): readonly string[] {
	return compareLines(before.split('\n'), after.split('\n')).map(({ parts }) =>
		parts
			.map(({ kind, text }) => (kind === 'same' ? text : kind === 'removed' ? `[-${text}-]` : `{+${text}+}`))
			.join(''),
	);
}

describe('differences between blocks', () => {
	it('marks the changed words of a line', () => {
		assert.deepEqual(marked('<p>The dike held all night.</p>', '<p>The dike broke that night.</p>'), [
			'<p>The dike [-held all-]{+broke that+} night.</p>',
		]);
	});

	it('marks Chinese words', () => {
		assert.deepEqual(marked('<p>灯塔在夜里还亮着。</p>', '<p>灯塔在清晨还亮着。</p>'), [
			'<p>灯塔在[-夜里-]{+清晨+}还亮着。</p>',
		]);
	});

	it('marks the part of an address that changed', () => {
		assert.deepEqual(marked('<a href="https://a.example/1">x</a>', '<a href="https://b.example/1">x</a>'), [
			'<a href="https://[-a.example-]{+b.example+}/1">x</a>',
		]);
	});

	it('pairs the lines that are versions of each other, and shows others as removed or added', () => {
		const before = '<p>One boat left at eleven.</p>\n<p>Nobody was on the pier.</p>';
		const after = '<p>A storm came from the west.</p>\n<p>One boat left at noon.</p>';
		assert.deepEqual(marked(before, after), [
			'{+<p>A storm came from the west.</p>+}',
			'<p>One boat left at [-eleven-]{+noon+}.</p>',
			'[-<p>Nobody was on the pier.</p>-]',
		]);
	});

	it('shows a word that was added at the end', () => {
		assert.deepEqual(marked('one two', 'one two three'), ['one two{+ three+}']);
	});

	it('gives the index of each line in both texts', () => {
		const compared = compareLines(['a', 'b', 'c'], ['a', 'x', 'c', 'd']);
		assert.deepEqual(
			compared.map(({ old, new: now }) => [old, now]),
			[
				[0, 0],
				[1, undefined],
				[undefined, 1],
				[2, 2],
				[undefined, 3],
			],
		);
	});

	it('shows texts that have nothing in common as replaced, in little time', () => {
		const lines = (word: string): string[] => Array.from({ length: 6_000 }, (_, index) => `${word} ${index}`);
		const compared = compareLines(lines('old'), lines('new'));
		assert.equal(compared.length, 12_000);
		assert.deepEqual(compared.at(0)?.parts, [{ kind: 'removed', text: 'old 0' }]);
		assert.deepEqual(compared.at(-1)?.parts, [{ kind: 'added', text: 'new 5999' }]);
	});

	it('contains both texts, whatever they are', () => {
		const line = fc.oneof(fc.constantFrom('', '<p>a b c</p>', '<p>a b d</p>', '<p>一 二</p>', 'a  b'), fc.string());
		const lines = fc.array(
			line.map(text => text.replaceAll('\n', ' ')),
			{ minLength: 1, maxLength: 12 },
		);
		fc.assert(
			fc.property(lines, lines, (before, after) => {
				const compared = compareLines(before, after);
				const side = (key: 'old' | 'new', other: 'added' | 'removed'): string[] =>
					compared.flatMap(({ [key]: index, parts }) =>
						index === undefined ? [] : [parts.flatMap(({ kind, text }) => (kind === other ? [] : [text])).join('')],
					);
				assert.deepEqual(side('old', 'added'), before);
				assert.deepEqual(side('new', 'removed'), after);
				const indices = (key: 'old' | 'new') => compared.flatMap(({ [key]: index }) => index ?? []);
				assert.deepEqual(indices('old'), [...before.keys()]);
				assert.deepEqual(indices('new'), [...after.keys()]);
			}),
		);
	});
});
