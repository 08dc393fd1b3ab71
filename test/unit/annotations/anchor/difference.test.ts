import assert from 'node:assert/strict';
import { wordDifference } from '../../../../server/src/annotations/anchor/difference.ts';

function difference(before: string, after: string): string {
	return wordDifference(before, after)
		.map(({ kind, text }) => (kind === 'same' ? text : kind === 'removed' ? `[-${text}-]` : `[+${text}+]`))
		.join('');
}

describe('word difference', () => {
	it('compares word by word', () => {
		assert.equal(
			difference('The ferry would be late', 'The ferry would not be late'),
			'The ferry would[+ not+] be late',
		);
		assert.equal(
			difference('港务长每天清晨都要清点缆绳', '港务长每天傍晚都要清点缆绳'),
			'港务长每天[-清晨-][+傍晚+]都要清点缆绳',
		);
		assert.equal(difference('one two', 'three four'), '[-one-][+three+] [-two-][+four+]');
	});

	it('ignores differences in white space, width and typography', () => {
		assert.equal(difference('“a”\n\t b，c', '"a" b,c'), '"a" b,c');
	});

	it('handles an empty side', () => {
		assert.deepEqual([difference('', 'new'), difference('old', ''), difference('', '')], ['[+new+]', '[-old-]', '']);
	});

	it('does not compare very long texts word by word', () => {
		const [before, after] = ['a b '.repeat(2000), 'a c '.repeat(2000)];
		assert.deepEqual(
			wordDifference(before, after).map(({ kind }) => kind),
			['removed', 'added'],
		);
	});
});
