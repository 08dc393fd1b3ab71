import assert from 'node:assert/strict';
import { safeMarkdown } from '../../../server/src/annotations/safeMarkdown.ts';

describe('what is said, for editors that render Markdown', () => {
	it('shows HTML and leads to pictures', () => {
		const cases: readonly [string, string][] = [
			['a **b** [c](https://a.example/)', 'a **b** [c](https://a.example/)'],
			['![x](https://a.example/x.png)', '\\!\\[x](https://a.example/x.png)'],
			['use <mark> here, 1 < 2', 'use \\<mark> here, 1 \\< 2'],
			['<https://a.example/> <img src=x>', '<https://a.example/> \\<img src=x>'],
			['`<b>` and ``a ` <i>`` but <u>', '`<b>` and ``a ` <i>`` but \\<u>'],
			['one\ntwo\n\nthree', 'one  \ntwo\n\nthree'],
		];
		for (const [said, safe] of cases) assert.equal(safeMarkdown(said), safe);
	});

	it('ends soon, whatever is said', () => {
		for (const text of ['`'.repeat(5000), '`a'.repeat(5000), '<'.repeat(50_000), '!['.repeat(50_000)])
			assert.ok(safeMarkdown(text).length >= text.length);
	});
});
