import assert from 'node:assert/strict';
import { join } from 'node:path';
import { UsageError } from '../../../scripts/host/command.ts';
import { ROOT } from '../../../scripts/host/paths.ts';
import { NO_TESTS, sum, summary } from '../../../scripts/suites/counts.ts';
import { SUITES, select } from '../../../scripts/suites/select.ts';

describe('the selection of tests', () => {
	const THIS = join(ROOT, 'test/unit/scripts/suites.test.ts');
	const chosen = (...args: string[]): [string, readonly string[]][] => [...select(args, ROOT)];

	it('contains all suites by default, in order', () => {
		assert.deepEqual(
			chosen(),
			SUITES.map(suite => [suite, []]),
		);
	});

	it('contains the named suites and files, in the order of the suites', () => {
		assert.deepEqual(chosen('lsp', 'test/unit/scripts/suites.test.ts'), [
			['unit', [THIS]],
			['lsp', []],
		]);
	});

	it('contains a whole suite if it is named together with one of its files', () => {
		assert.deepEqual(chosen('unit', THIS), [['unit', []]]);
		assert.deepEqual(chosen(THIS, 'unit'), [['unit', []]]);
	});

	for (const [name, message] of [
		['nonexistent', /^nonexistent is not a suite \(unit, .*reader\), and there is no file .*nonexistent$/],
		['test/unit/nonexistent.test.ts', /^test\/unit\/nonexistent\.test\.ts is not a suite .* there is no file /],
		['', /not a test file/],
		['test/unit', /^test\/unit is not a test file/],
		['package.json', /^package\.json is not a test file: test files are named test\/SUITE/],
		['test/unit/rules/support.ts', /not a test file/],
		['Unit', /not a suite/],
	] as const) {
		it(`are not ${JSON.stringify(name)}`, () => {
			assert.throws(
				() => chosen('unit', name),
				(error: unknown) => error instanceof UsageError && message.test(error.message),
			);
		});
	}
});

describe('the summary of a run', () => {
	it('begins with skipped if no test ran', () => {
		assert.equal(summary({ ...NO_TESTS, skipped: 3 }), 'skipped: 0 passed, 0 failed, 3 skipped');
		assert.equal(summary({ ...NO_TESTS, passed: 2, skipped: 3 }), '2 passed, 0 failed, 3 skipped');
		assert.equal(summary({ ...NO_TESTS, failed: 1 }), '0 passed, 1 failed');
	});

	it('adds up its suites', () => {
		assert.deepEqual(
			sum(
				{ passed: 1, failed: 2, skipped: 3, skippedFiles: ['a'], failures: ['x'] },
				{ passed: 10, failed: 20, skipped: 30, skippedFiles: ['b'], failures: ['y'] },
			),
			{ passed: 11, failed: 22, skipped: 33, skippedFiles: ['a', 'b'], failures: ['x', 'y'] },
		);
	});
});
