import assert from 'node:assert/strict';
import { endsInMarkup } from '../../../../client/src/article/inMarkup.ts';

describe('the place of the cursor', () => {
	for (const text of [
		...['<', '<p>潮水 <', '<p>a</', '<im', '<img src="a.png" ', '<a href="https://harbour.example/', '<p\n  class="'],
		...['<p>a</p><!-- ques', '<!-- note: one\ntwo', '[The tide](', '[The ti', '12-16 [', `<a ${'x'.repeat(3000)}`],
	])
		it(`is in markup after ${JSON.stringify(text.slice(0, 40))}`, () => assert.equal(endsInMarkup(text), true));

	for (const text of [
		...['', '<p>for the first time', '<p>潮水', '</p>', '<!-- note: a -->', 'a < b and the main', '3 <4'],
		...['<p>a [sic] main', '<p>[one\ntwo', '[The tide](https://harbour.example/)\n', '<img alt="a">time.'],
	])
		it(`is in prose after ${JSON.stringify(text)}`, () => assert.equal(endsInMarkup(text), false));
});
