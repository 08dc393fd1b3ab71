import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../../scripts/host/paths.ts';
import { MISSPELT, marginalia, readReport, temporaryFolder } from './support.ts';

const CORPUS = join(ROOT, '../shared/corpus');

describe('the built command line', () => {
	const folder = temporaryFolder();

	it('checks the whole real archive without failures', async function () {
		if (!existsSync(CORPUS)) {
			console.log(`      skipped: ${CORPUS} is not there`);
			return this.skip();
		}
		const outcome = await marginalia(['check', '--format', 'json', '.'], { cwd: CORPUS });
		assert.equal(outcome.stderr, '');
		const { files, summary } = readReport(outcome);
		assert.ok(summary.articles > 0 && summary.lists > 0);
		assert.equal(outcome.code, summary.errors + summary.warnings > 0 ? 1 : 0);
		for (const { path, problems } of files) {
			const content = new TextDecoder().decode(readFileSync(join(CORPUS, path)));
			const lines = content.split(/\r\n|\r|\n/);
			let previous = 0;
			for (const { offset, endOffset, line, column, endLine, endColumn, rule } of problems) {
				const name = `${path} ${rule} ${line}:${column}`;
				assert.ok(previous <= offset && offset <= endOffset && endOffset <= content.length, name);
				assert.ok(column >= 1 && column - 1 <= (lines[line - 1] ?? assert.fail(name)).length, name);
				assert.ok(endColumn >= 1 && endColumn - 1 <= (lines[endLine - 1] ?? assert.fail(name)).length, name);
				previous = offset;
			}
		}
	});

	it('works from the published package without dependencies', async () => {
		const npm = (...args: string[]): string =>
			execFileSync('npm', args, { cwd: folder.path, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
		// The bundles are there; building them again would get in the way of tests that run them.
		const packed = npm('pack', join(ROOT, 'server'), '--ignore-scripts', '--json');
		const [{ filename, files } = assert.fail()] = JSON.parse(packed) as {
			filename: string;
			files: { path: string }[];
		}[];
		const names = files.map(file => file.path);
		assert.deepEqual(names.sort(), [
			'LICENSE',
			'README.md',
			'THIRD-PARTY-NOTICES.txt',
			'dist/cli.js',
			'dist/engine.cjs',
			'dist/httpClient.cjs',
			'dist/node.js',
			'package.json',
		]);
		folder.put({ 'user/package.json': '{}', 'archive/1.md': MISSPELT });
		npm(
			'install',
			'--offline',
			'--no-audit',
			'--no-fund',
			'--prefix',
			join(folder.path, 'user'),
			join(folder.path, filename),
		);
		const notices = readFileSync(
			join(folder.path, 'user/node_modules/marginalia-server/THIRD-PARTY-NOTICES.txt'),
			'utf8',
		);
		for (const name of ['commander', 'parse5', 'vscode-languageserver'])
			assert.match(notices, new RegExp(`^${name} \\d`, 'm'));
		const bin = join(folder.path, 'user/node_modules/.bin/marginalia');
		const output = execFileSync(bin, ['check', 'archive'], { cwd: folder.path, encoding: 'utf8' });
		assert.match(output, /^archive\/1\.md\n {2}5:7 {2}hint {2}html\/misspelt /);
	});
});
