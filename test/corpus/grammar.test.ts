import assert from 'node:assert/strict';
import { grammars } from '../support/grammars.ts';

describe('grammar', () => {
	/**
	 * Tokenises a line below another to its end, however long that takes. A slow grammar exceeds the test's time limit.
	 */
	async function colour(line: string, above: string): Promise<void> {
		const grammar = await grammars.loadGrammar('text.html.article');
		assert.ok(grammar);
		const { ruleStack } = grammar.tokenizeLine2(above, null);
		const { tokens, stoppedEarly } = grammar.tokenizeLine2(line, ruleStack);
		assert.ok(tokens.length > 0 && !stoppedEarly);
	}

	it('tokenises a line of half a million characters', async () => {
		const paragraph = `<p class="text">${'渡轮夜里十一点开船，'.repeat(18)}<a href="https://harbour.example/a?b=1&amp;c=2">更多</a></p>`;
		const figure =
			'<figure><img src="https://harbour.example/a.jpg" alt="x"><figcaption>图 <cite>A</cite></figcaption></figure>';
		const unit = paragraph + figure;
		const line = unit.repeat(Math.ceil(500_000 / unit.length));
		await colour(line, '------');
	});

	it('tokenises hostile lines in linear time', async () => {
		const units = [
			'[a](b ',
			'<p><!-- note: x ',
			'[a](b)',
			'9-1 [a](',
			'日期：',
			'<!--1',
			'------ ',
			'<!-- note: #a @b ',
			'<p a="',
		];
		for (const unit of [...units, '<script ', '<p a=', '<!', '&amp', '<a b=c', "<p '"]) {
			const line = unit.repeat(100_000 / unit.length);
			for (const above of ['<!--1-->', '------']) await colour(line, above);
		}
	});
});
