import assert from 'node:assert/strict';
import { noted } from './support.ts';

describe('quoteAt', () => {
	it('returns the words, their context and their position', () => {
		assert.deepEqual(
			noted('The keeper rose before dawn and ⟦counted the lamps⟧ again, though nobody had asked him to'),
			{
				quote: {
					exact: 'counted the lamps',
					prefix: 'The keeper rose before dawn and ',
					suffix: ' again, though nobody had asked ',
				},
				position: { start: 32, end: 49 },
			},
		);
	});

	it('counts code points, not UTF-16 units', () => {
		const { quote, position } = noted(`${'𠮷'.repeat(40)}⟦👍好⟧${'😀'.repeat(40)}`);
		assert.deepEqual(quote, { exact: '👍好', prefix: '𠮷'.repeat(32), suffix: '😀'.repeat(32) });
		assert.deepEqual(position, { start: 40, end: 42 });
	});

	it('replaces line breaks with spaces', () => {
		const { quote } = noted('One.\n\t\t\tTwo \u3000\n\n⟦three\n four⟧\n\n\n\nfive');
		assert.deepEqual(quote, { exact: 'three four', prefix: 'One. Two ', suffix: ' five' });
	});

	it('does not split a character', () => {
		const family = '👨‍👩‍👧';
		const cut = noted(`a${family.slice(0, 2)}⟦${family.slice(2)}e⟧\u0301 b`);
		assert.deepEqual(cut, {
			quote: { exact: `${family}e\u0301`, prefix: 'a', suffix: ' b' },
			position: { start: 1, end: 8 },
		});
		const { quote } = noted(`${family.repeat(10)}⟦x⟧${'e\u0301'.repeat(20)}`);
		assert.deepEqual([quote.prefix, quote.suffix], [family.repeat(6), 'e\u0301'.repeat(16)]);
	});

	it('does not separate a combining mark from its base, even if they are separate grapheme clusters', () => {
		const many = '\u0301'.repeat(200);
		for (const [text, exact, start] of [
			['a⟦\0⟧\u20d0b', '\0\u20d0', 1],
			['a\0⟦\u20d0⟧b', '\0\u20d0', 1],
			['a⟦\u1000⟧\u102bb', '\u1000\u102b', 1],
			['a👨‍👩‍👧⟦\u102b⟧b', '👨‍👩‍👧\u102b', 1],
			[`a⟦e⟧${many}b`, `e${many}`, 1],
			[`ae${many}⟦\u0301⟧b`, `e${many}\u0301`, 1],
			['⟦\u0301⟧a', '\u0301', 0],
		] as const) {
			const { quote, position } = noted(text);
			assert.deepEqual([quote.exact, position.start], [exact, start], JSON.stringify(text));
		}
	});

	it('returns less context at the edges of the text', () => {
		assert.deepEqual(noted('⟦All⟧').quote, { exact: 'All', prefix: '', suffix: '' });
	});
});
