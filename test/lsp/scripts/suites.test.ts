import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../../scripts/host/paths.ts';
import { removeFolder } from '../../../scripts/host/temporary.ts';
import type { Counts } from '../../../scripts/suites/counts.ts';
import { COUNTS_FILE } from '../../../scripts/suites/reporter.ts';

describe('a run of tests', () => {
	it('validates its arguments before anything is built', () => {
		const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts/test.ts'), 'nonexistent'], {
			encoding: 'utf8',
		});
		assert.match(stderr, /^nonexistent is not a suite .*\n\nUsage: npm test/);
		assert.equal(stdout, '');
		assert.equal(status, 2);
	});

	for (const mode of [[], ['--parallel']])
		it(`summarises what failed, and the files whose tests were all skipped ${mode.join('')}`.trimEnd(), async () => {
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
