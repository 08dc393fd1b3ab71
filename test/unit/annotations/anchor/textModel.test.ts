import assert from 'node:assert/strict';
import { createTextModel } from '../../../../server/src/annotations/anchor/textModel.ts';

describe('text model', () => {
	it('normalises white space, width and typography', () => {
		const normal = (text: string): string => createTextModel(text).normal;
		assert.equal(normal(' two\u00a0 words\n\t\u3000here\u200b\ufeff\u00ad '), 'twowordshere');
		assert.equal(normal('ＡＢＣ，１２３ﾊﾞ'), 'ABC,123バ');
		assert.equal(normal('“x” ‘y’ «z» 「好」 – — …'), '"x"\'y\'"z""好"--...');
		assert.equal(normal('Ünïcode U\u0308ni\u0308code'), 'ÜnïcodeÜnïcode');
		assert.equal(normal('Case is KEPT'), 'CaseisKEPT');
		assert.equal(normal('𠮷野家 👨‍👩‍👧 ❤️'), '𠮷野家👨👩👧❤');
	});

	it('maps parts of the normal form to the content, in whole characters', () => {
		const content = ' a\u0308 b… 𠮷';
		const model = createTextModel(content);
		assert.equal(model.normal, 'äb...𠮷');
		const part = (start: number, end: number): string => {
			const found = model.toContent({ start, end });
			return content.slice(found.start, found.end);
		};
		assert.deepEqual(
			[part(0, 1), part(0, 2), part(1, 3), part(3, 4), part(5, 7), part(5, 6)],
			['a\u0308', 'a\u0308 b', 'b…', '…', '𠮷', '𠮷'],
		);
		assert.deepEqual(
			[0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map(offset => model.toNormal(offset)),
			[0, 0, 1, 1, 1, 2, 5, 5, 7, 7],
		);
	});

	it('counts code points', () => {
		const model = createTextModel('a👍b\ud83d𠮷');
		assert.deepEqual(
			[0, 1, 2, 3, 4, 5, 6, 7].map(offset => model.toCodePoint(offset)),
			[0, 1, 1, 2, 3, 4, 4, 5],
		);
		assert.deepEqual(
			[0, 1, 2, 3, 4, 5, 6].map(index => model.fromCodePoint(index)),
			[0, 1, 3, 4, 5, 7, 7],
		);
	});

	it('finds pieces of another text', () => {
		const model = createTextModel('the ferry, 渡轮; the ferry');
		const places = (piece: string): readonly number[] =>
			[...model.grams.places(piece, 0)].filter(place => model.normal.startsWith(piece, place));
		assert.deepEqual([places('ferr'), places('渡轮'), places('y;th')], [[3, 15], [9], []]);
	});
});
