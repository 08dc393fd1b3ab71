import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRegistryFromGrammars } from 'vscode-tmgrammar-test/dist/common/index.js';
import { parseGrammarTestCase, runGrammarTestCase } from 'vscode-tmgrammar-test/dist/unit/index.js';

const ROOT = join(import.meta.dirname, '../..');
const FIXTURES = join(import.meta.dirname, '../fixtures/grammar');

/** Grammars that VS Code brings. Here they match nothing: only our own scopes are tested; test/vscode has the real ones. */
const foreign = ['text.html.derivative', 'source.yaml'].map(scopeName => ({
	grammar: { path: `${scopeName}.json`, scopeName },
	content: JSON.stringify({ scopeName, patterns: [] }),
}));
const path = join(ROOT, 'syntaxes/article.tmLanguage.json');
const own = { grammar: { path, scopeName: 'text.html.article' }, content: readFileSync(path, 'utf8') };

describe('grammar', () => {
	const registry = createRegistryFromGrammars([own, ...foreign]);

	for (const name of readdirSync(FIXTURES)) {
		const test = parseGrammarTestCase(readFileSync(join(FIXTURES, name), 'utf8'));
		it(`${name}: ${test.metadata.description}`, async () => {
			assert.ok(test.assertions.length > 3, 'the fixture asserts something');
			assert.deepEqual(await runGrammarTestCase(registry, test), []);
		});
	}

	it('takes time in proportion to the length of a line, whatever is on it', async () => {
		const grammar = await registry.loadGrammar('text.html.article');
		assert.ok(grammar);
		for (const unit of [
			'[a](b ',
			'<p><!-- note: x ',
			'[a](b)',
			'9-1 [a](',
			'日期：',
			'<!--1',
			'------ ',
			'<!-- note: #a @b ',
		]) {
			const line = unit.repeat(200_000 / unit.length);
			for (const start of ['<!--1-->', '------']) {
				const { ruleStack } = grammar.tokenizeLine2(start, null);
				const began = performance.now();
				grammar.tokenizeLine2(line, ruleStack);
				const elapsed = performance.now() - began;
				assert.ok(elapsed < 2000, `${unit} after ${start}: ${elapsed.toFixed(0)} ms for ${line.length} characters`);
			}
		}
	});
});
