import { strict as assert } from 'node:assert';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { removeFolder } from '../../../scripts/host/temporary.ts';
import { writeNotices } from '../../../scripts/notices.ts';

describe('the notices on third-party code', () => {
	let root: string;

	beforeEach(async () => {
		root = await mkdtemp(join(tmpdir(), 'marginalia-notices-'));
	});

	afterEach(() => removeFolder(root));

	async function put(files: Readonly<Record<string, string>>): Promise<void> {
		for (const [path, content] of Object.entries(files)) {
			await mkdir(dirname(join(root, path)), { recursive: true });
			await writeFile(join(root, path), content);
		}
	}

	/** The files of a package that exports its own name. */
	function packageFiles(
		folder: string,
		version: string,
		notices: Readonly<Record<string, string>>,
	): Record<string, string> {
		const name = folder.replace(/^.*node_modules\//, '');
		const manifest = { name, version, license: 'MIT', main: 'index.js', type: 'module', sideEffects: false };
		const files: Record<string, string> = {
			[`${folder}/package.json`]: JSON.stringify(manifest),
			[`${folder}/index.js`]: `export const name = '${name}';`,
		};
		for (const [file, text] of Object.entries(notices)) files[`${folder}/${file}`] = text;
		return files;
	}

	/** The notices on a bundle of a program. */
	async function noticesOf(program: string): Promise<string> {
		await put({ 'main.js': program });
		const { metafile } = await build({
			absWorkingDir: root,
			entryPoints: ['main.js'],
			bundle: true,
			metafile: true,
			write: false,
			format: 'esm',
			mainFields: ['main'],
			logLevel: 'silent',
		});
		const file = join(root, 'notices.txt');
		await writeNotices(file, [metafile], root);
		return await readFile(file, 'utf8');
	}

	it('name each bundled package, and contain each text once', async () => {
		await put({
			...packageFiles('node_modules/first', '1.0.0', { LICENSE: 'Do as you like.\r\n' }),
			...packageFiles('node_modules/@scope/second', '2.0.0', {
				'license.md': 'Do as you like.',
				'thirdpartynotices.txt': 'Thanks.',
			}),
			...packageFiles('node_modules/unused', '3.0.0', { LICENSE: 'Never.' }),
			...packageFiles('node_modules/first/node_modules/inner', '4.0.0', {
				'COPYING.txt': 'Copy it.',
				'licenser.js': '',
			}),
			'node_modules/first/index.js': "export { name } from 'inner';",
		});
		const notices = await noticesOf(`
			import { name as first } from 'first';
			import { name as second } from '@scope/second';
			import { name as unused } from 'unused';
			console.log(first, second);`);
		const line = '-'.repeat(80);
		assert.deepEqual(notices.split(`\n\n${line}\n\n`), [
			'This software contains the following packages, under the licences given below their names.',
			'@scope/second 2.0.0 (MIT)\n\nDo as you like.',
			'@scope/second 2.0.0 (MIT)\n\nThanks.',
			'inner 4.0.0 (MIT)\n\nCopy it.\n',
		]);
	});

	it('share one text among several packages', async () => {
		await put({
			...packageFiles('node_modules/b', '1.0.0', { LICENSE: 'Do as you like.\r\n' }),
			...packageFiles('node_modules/a', '2.0.0', { 'LICENSE-MIT': 'Do as you like.' }),
		});
		const notices = await noticesOf("import * as a from 'a'; import * as b from 'b'; console.log(a.name, b.name);");
		assert.match(notices, /\n\na 2\.0\.0 \(MIT\)\nb 1\.0\.0 \(MIT\)\n\nDo as you like\.\n$/);
	});

	it('are not written if a package has no licence', async () => {
		await put(packageFiles('node_modules/bare', '1.0.0', {}));
		await assert.rejects(
			noticesOf("import { name } from 'bare'; console.log(name);"),
			/^Error: bare 1\.0\.0 \(MIT\) has no licence file/,
		);
	});
});
