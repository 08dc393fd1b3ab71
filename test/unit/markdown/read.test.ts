import assert from 'node:assert/strict';
import { readMarkdown } from '../../../server/src/markdown/read.ts';

describe('what people say in Markdown', () => {
	it('is shown as it was typed where it would take long to read, and that at once', () => {
		for (const text of [
			'*_'.repeat(4000),
			'1. '.repeat(2600),
			`${'+ '.repeat(49)}a\n`.repeat(80),
			`${'- 1) '.repeat(20)}a\n`.repeat(78),
			`a\n${'> - '.repeat(2000)}`,
		])
			assert.deepEqual(readMarkdown(text), [{ type: 'code', value: text }]);
	});

	it('is read in all that people write', () => {
		const list = readMarkdown(
			'- a\n  - b\n    - c\n      1. d\n\n> > quoted\n\n*so* **many** _marks_ in snake_case_names',
		);
		assert.deepEqual(
			list.map(({ type }) => type),
			['list', 'blockquote', 'paragraph'],
		);
	});
});
