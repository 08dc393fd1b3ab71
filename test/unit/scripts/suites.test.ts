import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../../../scripts/host/command.ts';
import { ROOT } from '../../../scripts/host/paths.ts';
import { removeFolder } from '../../../scripts/host/temporary.ts';
import { type Counts, NO_TESTS, sum, summary } from '../../../scripts/suites/counts.ts';
import { COUNTS_FILE } from '../../../scripts/suites/reporter.ts';
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

	it('is validated before anything is built', () => {
		const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts/test.ts'), 'nonexistent'], {
			encoding: 'utf8',
		});
		assert.match(stderr, /^nonexistent is not a suite .*\n\nUsage: npm test/);
		assert.equal(stdout, '');
		assert.equal(status, 2);
	});
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

	for (const mode of [[], ['--parallel']])
		it(`lists what failed, and the files whose tests were all skipped ${mode.join('')}`.trimEnd(), async () => {
			const folder = mkdtempSync(join(tmpdir(), 'marginalia-suites-'));
			const files = Object.entries({
				'all.test.mjs': "describe.skip('a', () => { it('is', () => {}); it('was', () => {}); });",
				'before.test.mjs': "describe('b', () => { before(function () { this.skip(); }); it('is', () => {}); });",
				'some.test.mjs': "describe('c', () => { it.skip('is', () => {}); it('was', () => {}); });",
				'hook.test.mjs':
					"describe('d', () => { before(() => { throw new Error('no'); }); it('is', () => {}); it.skip('was', () => {}); });",
				'body.test.mjs': "it('is', function () { this.skip(); });",
				'assertion.test.mjs': "import assert from 'node:assert'; it('is', () => assert.deepEqual([1], [2], 'one'));",
			}).map(([name, text]) => {
				writeFileSync(join(folder, name), text);
				return join(folder, name);
			});
			const countsFile = join(folder, 'counts/all.json');
			try {
				spawnSync(
					process.execPath,
					[
						join(ROOT, 'node_modules/mocha/bin/mocha.js'),
						...['--no-config', ...mode, '--reporter', join(ROOT, 'scripts/suites/reporter.ts')],
						...files,
					],
					{ cwd: ROOT, env: { ...process.env, [COUNTS_FILE]: countsFile } },
				);
				const counts = JSON.parse(readFileSync(countsFile, 'utf8')) as Counts;
				const skippedFiles = ['all.test.mjs', 'before.test.mjs', 'body.test.mjs'].map(name => join(folder, name));
				const failures = counts.failures.toSorted();
				assert.match(failures[0] ?? '', /^d "before all" hook for "is": Error: no\n/);
				assert.match(failures[1] ?? '', /^is: AssertionError.*: one\n/);
				assert.deepEqual(
					{ ...counts, failures },
					{ passed: 1, failed: 2, skipped: counts.skipped, skippedFiles, failures },
				);
				assert.ok(counts.skipped >= 5, `${counts.skipped}`);
			} finally {
				await removeFolder(folder);
			}
		});
});
