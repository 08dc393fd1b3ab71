import assert from 'node:assert/strict';
import { readMarkdown } from '../../../server/src/markdown/read.ts';

describe('Markdown that users write', () => {
	it('is shown as typed, without delay, if it would take long to parse', () => {
		for (const text of [
			'*_'.repeat(4000),
			'1. '.repeat(2600),
			`${'+ '.repeat(49)}a\n`.repeat(80),
			`${'- 1) '.repeat(20)}a\n`.repeat(78),
			`a\n${'> - '.repeat(2000)}`,
		])
			assert.deepEqual(readMarkdown(text), [{ type: 'code', value: text }]);
	});

	it('is parsed with all common syntax', () => {
		const list = readMarkdown(
			'- a\n  - b\n    - c\n      1. d\n\n> > quoted\n\n*so* **many** _marks_ in snake_case_names',
		);
		assert.deepEqual(
			list.map(({ type }) => type),
			['list', 'blockquote', 'paragraph'],
		);
	});
});
