import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { article, BIN, MISSPELT, temporaryFolder } from './support.ts';

/** A file to which nothing more can be written. */
const FULL = '/dev/full';

describe('output on a full disk', () => {
	const folder = temporaryFolder();

	before(function () {
		if (!existsSync(FULL)) this.skip();
	});

	/** Runs a command by a shell, which opens what it writes to. */
	const run = (command: string): { readonly stderr: string; readonly code: number | null } => {
		const env = { ...process.env, NODE: process.execPath, BIN };
		const { stderr, status } = spawnSync('sh', ['-c', `"$NODE" "$BIN" ${command}`], {
			cwd: folder.path,
			env,
			encoding: 'utf8',
		});
		return { stderr, code: status };
	};

	for (const format of ['pretty', 'json', 'sarif', 'github']) {
		it(`causes one line and exit code 2, for ${format}`, () => {
			folder.put({ '1.md': MISSPELT });
			assert.deepEqual(run(`check --format ${format} > ${FULL}`), {
				stderr: 'marginalia: standard output cannot be written: the disk is full\n',
				code: 2,
			});
		});
	}

	it('causes exit code 2 for all commands', () => {
		folder.put({ '1.md': article('<section><p>One</p><p>Two</p></section>') });
		for (const command of ['format --check', 'annotations status', 'annotations export', '--help']) {
			const { stderr, code } = run(`${command} > ${FULL}`);
			assert.deepEqual([command, code, stderr.split('\n').length], [command, 2, 2]);
		}
	});

	it('causes exit code 2 if standard error cannot be written either', () => {
		folder.put({ '1.md': MISSPELT });
		assert.equal(run(`check nosuch.md 2> ${FULL}`).code, 2);
		assert.equal(run(`check > ${FULL} 2>&1`).code, 2);
	});
});
