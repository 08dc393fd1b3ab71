import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cutName, nameFrom, withoutDevice } from '../../../server/src/util/fileName.ts';

const bytes = (text: string): number => new TextEncoder().encode(text).length;

describe('file names from texts', () => {
	for (const [text, name] of [
		['Who paid? “The dike”: 1/2 <done> | *\\', 'Who paid？ “The dike”： 1／2 ＜done＞ ｜ ＊＼'],
		['  涨潮\n\t时分　的码头 ', '涨潮 时分 的码头'],
		['a<!--1639640221000-->b', 'a b'],
		['<!--1639640221000', ''],
		['..hidden...', 'hidden'],
		['soft\u00adhyphen \u202eelif\u202c zero\u200bwidth\ufeff', 'softhyphen elif zerowidth'],
		['half \ud83d of a pair\u0000\u0007', 'half of a pair'],
		['Cafe\u0301', 'Café'],
		['家\u{1f469}\u200d\u{1f680}', '家\u{1f469}\u{1f680}'],
	] as const)
		it(`make ${JSON.stringify(name)} of ${JSON.stringify(text)}`, () => assert.equal(nameFrom(text), name));

	it('are allowed by Windows, whatever the text', () => {
		const text = fc.string({ unit: 'binary', maxLength: 60 });
		fc.assert(
			fc.property(fc.oneof(text, fc.constantFrom('CON', 'nul.txt', 'com¹', 'a.', '. .')), given => {
				const name = withoutDevice(nameFrom(given));
				assert.doesNotMatch(name, /["*/:<>?\\|\p{Cc}\p{Cs}]|[ .]$|^[ .]/u);
				assert.doesNotMatch(name, /^(?:con|nul|com¹)(?:\.|$)/i);
				assert.equal(nameFrom(nameFrom(given)), nameFrom(given));
			}),
		);
	});

	it('are cut by bytes, behind a word and never in a character', () => {
		assert.equal(cutName('The night ferry makes its last crossing', 30), 'The night ferry makes its last');
		assert.equal(cutName('The night ferry makes its last crossing', 33), 'The night ferry makes its last');
		assert.equal(cutName('没有人关掉的验潮仪', 14), '没有人关');
		assert.equal(cutName(`${'x'.repeat(8)}👨‍👩‍👧`, 20), 'xxxxxxxx');
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 40 }), (text, most) => {
				const cut = cutName(text, most);
				assert.ok(text.startsWith(cut) && (cut === text || bytes(cut) <= most));
			}),
		);
	});
});
