import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { article, BIN, fromPage, MISSPELT, marginalia, type Report, temporaryFolder } from './support.ts';

/** Names that are no UTF-8: two in Latin-1, one in GBK. */
const BYTES = [
	Buffer.from('caf\xe9.md', 'latin1'),
	Buffer.from('caf\xe8.md', 'latin1'),
	Buffer.from('\xb6\xc9\xc2\xd6.md', 'latin1'),
];
const SPELT = ['\\xB6\\xC9\\xC2\\xD6.md', 'caf\\xE8.md', 'caf\\xE9.md'];

describe('file names that are not UTF-8', () => {
	const folder = temporaryFolder();

	/** Writes a file with that name into the folder `a`. */
	const put = (name: Buffer, content: string): void => {
		mkdirSync(`${folder.path}/a`, { recursive: true });
		writeFileSync(Buffer.concat([Buffer.from(`${folder.path}/a/`), name]), content);
	};

	before(function () {
		// Elsewhere names are always Unicode.
		if (process.platform !== 'linux') this.skip();
	});

	beforeEach(() => {
		for (const [index, name] of BYTES.entries()) put(name, fromPage(MISSPELT, `${index}`));
	});

	it('are checked in a folder', async () => {
		const { files } = await folder.report([]);
		assert.deepEqual(
			files.map(({ path, problems }) => [path, problems.length]).sort(),
			SPELT.map(name => [`a/${name}`, 1]).sort(),
		);
	});

	it('can be given as arguments', () => {
		const run = spawnSync('sh', ['-c', `"$NODE" "$BIN" check --format json a/*`], {
			cwd: folder.path,
			env: { ...process.env, NODE: process.execPath, BIN },
			encoding: 'utf8',
		});
		assert.equal(run.stderr, '');
		const { files } = JSON.parse(run.stdout) as Report;
		assert.deepEqual(files.map(({ path }) => path).sort(), SPELT.map(name => `a/${name}`).sort());
	});

	it('can be given in a list', () => {
		const input = Buffer.concat([Buffer.from('a/'), BYTES[0] ?? Buffer.of(), Buffer.from('\n')]);
		const run = spawnSync(process.execPath, [BIN, 'check', '--files-from', '-'], { cwd: folder.path, input });
		assert.equal(run.stderr.toString(), '');
		assert.match(run.stdout.toString(), /^a\/caf\\xE9\.md\n/);
	});

	it('are percent-encoded byte by byte in SARIF', async () => {
		const { stdout } = await folder.check('--format', 'sarif');
		const uris = new Set(
			[...stdout.matchAll(/"uri":"([^"]*)"/g)].map(match => match[1]).filter(uri => uri?.startsWith('a/')),
		);
		assert.deepEqual([...uris].sort(), ['a/%B6%C9%C2%D6.md', 'a/caf%E8.md', 'a/caf%E9.md']);
	});

	it('keep their notes, and are formatted', async () => {
		put(Buffer.from('caf\xe9.md.annotations.jsonld', 'latin1'), '{ broken');
		const { files } = await folder.report(['a']);
		assert.deepEqual(
			files
				.filter(({ path }) => path.startsWith('a/caf\\xE9'))
				.map(({ path, problems }) => [path, problems.map(({ rule }) => rule)]),
			[
				['a/caf\\xE9.md', ['html/misspelt']],
				['a/caf\\xE9.md.annotations.jsonld', ['annotation/malformed']],
			],
		);
		for (const name of BYTES) put(name, article('<section><p>One</p><p>Two</p></section>'));
		const { stdout, stderr, code } = await marginalia(['format'], { cwd: folder.path });
		assert.deepEqual([stderr, code], ['marginalia: 3 of 3 articles changed\n', 0]);
		assert.deepEqual(stdout.trim().split('\n').sort(), SPELT.map(name => `a/${name}`).sort());
		const written = readFileSync(Buffer.concat([Buffer.from(`${folder.path}/a/`), BYTES[1] ?? Buffer.of()]), 'utf8');
		assert.ok(written.includes('\n\t<p>One</p>\n'), written);
	});
});
