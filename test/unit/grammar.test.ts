import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseGrammarTestCase, runGrammarTestCase } from 'vscode-tmgrammar-test/dist/unit/index.js';
import { grammars } from '../support/grammars.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/grammar');

describe('grammar', () => {
	for (const name of readdirSync(FIXTURES)) {
		const test = parseGrammarTestCase(readFileSync(join(FIXTURES, name), 'utf8'));
		it(`${name}: ${test.metadata.description}`, async () => {
			assert.ok(test.assertions.length > 3, 'the fixture asserts something');
			assert.deepEqual(await runGrammarTestCase(grammars, test), []);
		});
	}
});
