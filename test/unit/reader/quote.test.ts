import assert from 'node:assert/strict';
import fc from 'fast-check';
import { quoteMarkdown } from '../../../server/src/reader/quote.ts';
import { runs } from '../../support/runs.ts';
import { hardText, render, visible } from '../markdown/rendered.ts';

describe('quoting a passage', () => {
	it('adds author, title, URL and date', () => {
		const head = {
			title: 'A [tide]',
			source: 'https://n.example/a_(b)',
			author: 'M. Lee',
			published: Date.UTC(2021, 11, 16),
			minutes: 1,
			language: 'en',
			direction: 'ltr',
		} as const;
		assert.equal(
			quoteMarkdown('One.\n\nTwo.', head),
			'> One.\n>\n> Two.\n>\n> — M. Lee, [A &#x5B;tide\\]](https://n.example/a_%28b%29), 2021-12-16\n',
		);
		assert.equal(
			quoteMarkdown('x', { title: '', minutes: 1, language: 'en', direction: 'ltr' }),
			'> x\n>\n> — Untitled\n',
		);
	});

	it('keeps the text of the article', () => {
		fc.assert(
			fc.property(hardText(), hardText(), hardText(), (said, title, author) => {
				const source = 'https://news.example/tide';
				const head = { title, source, author, minutes: 1, language: 'en', direction: 'ltr' } as const;
				const shown = render(quoteMarkdown(said, head));
				assert.deepEqual([shown.pictures, shown.links], [[], [source]]);
				assert.equal(shown.text, [visible(said.trim()), `— ${visible(author)}, ${visible(title)}`].join(' '));
			}),
			{ numRuns: runs(500) },
		);
	});
});
