import { strict as assert } from 'node:assert';
import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import JSZip from 'jszip';
import { glob } from 'tinyglobby';
import { packagePath, ROOT } from '../../scripts/host/paths.ts';

/** The content of the package except for rule documentation, by vsce's names. */
const CONTENT = [
	'CHANGELOG.md',
	'LICENSE.txt',
	'README.md',
	'THIRD-PARTY-NOTICES.txt',
	'client/dist/article.css',
	'client/dist/browser.cjs',
	'client/dist/browserLauncher.cjs',
	'client/dist/languageClient.cjs',
	'client/dist/node.cjs',
	'client/dist/nodeLauncher.cjs',
	'client/dist/reader.css',
	'client/dist/reader.js',
	'images/article-dark.svg',
	'images/article-light.svg',
	'images/icon.png',
	'images/reader.svg',
	'package.json',
	'schemas/annotations.schema.json',
	'schemas/marginalia.schema.json',
	'server/dist/browser.cjs',
	'server/dist/engine.cjs',
	'server/dist/node.js',
	'server/dist/httpClient.cjs',
	'snippets/article.json',
	'syntaxes/article.tmLanguage.json',
	'syntaxes/language-configuration.json',
];

describe('the packaged extension', () => {
	it('contains its bundles, grammar, rule documentation and licences, and nothing else', async () => {
		const zip = await JSZip.loadAsync(await readFile(await packagePath()));
		const files = Object.values(zip.files).filter(file => !file.dir && file.name.startsWith('extension/'));
		const pages = (await glob('docs/rules/*.md', { cwd: ROOT })).map(file => `docs/rules/${basename(file)}`);
		assert.ok(pages.length > 0, 'no rule has a page');
		assert.deepEqual(
			files.map(file => file.name.slice('extension/'.length).toLowerCase()).sort(),
			[...CONTENT, ...pages].map(name => name.toLowerCase()).sort(),
		);
	});

	it('lists the packages in its bundles with their licences', async () => {
		const zip = await JSZip.loadAsync(await readFile(await packagePath()));
		const notices = (await zip.file('extension/THIRD-PARTY-NOTICES.txt')?.async('string')) ?? '';
		for (const name of ['entities', 'minimatch', 'parse5', 'vscode-languageclient', 'vscode-languageserver', 'yaml']) {
			assert.match(notices, new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm'));
		}
		// The bundle of the command line is not in this package.
		assert.doesNotMatch(notices, /^commander /m);
	});

	it('is at most 1.25 megabytes', async () => {
		const { size } = await stat(await packagePath());
		assert.ok(size <= 1_250_000, `${size} bytes`);
	});

	it('contains every file named in its manifest', async () => {
		const zip = await JSZip.loadAsync(await readFile(await packagePath()));
		const manifest = JSON.parse((await zip.file('extension/package.json')?.async('string')) ?? '{}');
		assert.equal(manifest.main, './client/dist/node.cjs');
		for (const path of [manifest.main, manifest.browser, manifest.icon]) {
			assert.ok(zip.file(join('extension', path)), `${path} is named in the manifest and not in the package`);
		}
	});
});
