import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeFolder } from '../../../scripts/host/temporary.ts';
import { type ReleaseSteps, release } from '../../../scripts/release.ts';

describe('a release', () => {
	let root: string;
	let steps: (ReleaseSteps & { readonly done: string[] }) | undefined;

	const git = (...args: string[]): string =>
		execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
	const put = (file: string, text: string): void => writeFileSync(join(root, file), text);
	const read = (file: string): string => readFileSync(join(root, file), 'utf8');
	const make = (wanted: string, dryRun = false): Promise<string> =>
		release({ root, wanted, day: '2026-03-04', dryRun }, steps ?? assert.fail());

	/** The repository that each test gets a copy of. */
	let original: string;
	before(() => {
		root = original = mkdtempSync(join(tmpdir(), 'marginalia-release-'));
		git('init', '--quiet', '--initial-branch=main');
		for (const [name, value] of Object.entries({
			'user.name': 'Lin',
			'user.email': 'lin@news.example',
			'commit.gpgsign': 'false',
			'tag.gpgsign': 'false',
			'core.autocrlf': 'false',
		}))
			git('config', name, value);
		mkdirSync(join(root, 'server'));
		put('package.json', '{\n\t"name": "a",\n\t"version": "0.1.0",\n\t"keywords": ["x", "y"]\n}\n');
		put('server/package.json', '{\n\t"version": "0.1.0",\n\t"dependencies": { "version": "1.0.0" }\n}\n');
		const lock = {
			version: '0.1.0',
			packages: { '': { version: '0.1.0' }, server: { version: '0.1.0' }, b: { version: '0.1.0' } },
		};
		put('package-lock.json', `${JSON.stringify(lock, undefined, '\t')}\n`);
		put('CHANGELOG.md', '# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A thing.\n');
		put('.gitignore', '*.tgz\n');
		git('add', '.');
		git('commit', '--quiet', '--message', 'Begin');
	});
	after(() => removeFolder(original));

	beforeEach(() => {
		root = mkdtempSync(join(tmpdir(), 'marginalia-release-'));
		cpSync(original, root, { recursive: true });
		const done: string[] = [];
		steps = {
			done,
			test: async () => {
				done.push('test');
			},
			pack: async version => {
				done.push(`pack ${version} of ${JSON.parse(read('server/package.json')).version}`);
				put('a.tgz', '');
				return ['a.tgz'];
			},
			log: line => done.push(line),
		};
	});
	afterEach(() => removeFolder(root));

	it('runs the tests, sets the version everywhere, and packs', async () => {
		assert.equal(await make('minor'), '0.2.0');
		assert.equal(read('package.json'), '{\n\t"name": "a",\n\t"version": "0.2.0",\n\t"keywords": ["x", "y"]\n}\n');
		assert.equal(
			read('server/package.json'),
			'{\n\t"version": "0.2.0",\n\t"dependencies": { "version": "1.0.0" }\n}\n',
		);
		assert.deepEqual(JSON.parse(read('package-lock.json')), {
			version: '0.2.0',
			packages: { '': { version: '0.2.0' }, server: { version: '0.2.0' }, b: { version: '0.1.0' } },
		});
		assert.match(read('CHANGELOG.md'), /## \[Unreleased\]\n\n## \[0\.2\.0\] - 2026-03-04\n\n### Added/);
		assert.equal(git('status', '--porcelain'), '');
		assert.equal(git('log', '-1', '--format=%s'), 'Release 0.2.0');
		assert.equal(git('rev-parse', 'v0.2.0^{commit}'), git('rev-parse', 'HEAD'));
		assert.equal(git('cat-file', '-t', 'v0.2.0'), 'tag');
		assert.deepEqual(steps?.done.slice(0, 3), ['test', 'pack 0.2.0 of 0.2.0', 'a.tgz']);
	});

	it('only reports what it would do in a dry run', async () => {
		assert.equal(await make('1.0.0', true), '1.0.0');
		assert.deepEqual(steps?.done, [
			'Would check everything, write package.json, server/package.json, package-lock.json, CHANGELOG.md, pack, commit and tag v1.0.0.',
		]);
		assert.equal(git('status', '--porcelain'), '');
		assert.equal(git('tag'), '');
	});

	for (const [name, prepare, message] of [
		[
			'another branch than main',
			() => git('switch', '--quiet', '--create', 'work'),
			/made from main, but the current branch is work/,
		],
		['no branch', () => git('switch', '--quiet', '--detach'), /the current branch is none/],
		['changes', () => put('package.json', `${read('package.json')}\n`), /commit or stash .*\n M package\.json/],
		['a new file', () => put('new.txt', ''), /commit or stash .*\n\?\? new\.txt/],
		['the tag', () => git('tag', 'v0.2.0'), /v0\.2\.0 already exists/],
	] as const) {
		for (const dryRun of [true, false]) {
			it(`is refused where there is ${name}${dryRun ? ', in a dry run too' : ''}`, async () => {
				prepare();
				await assert.rejects(make('minor', dryRun), message);
				assert.deepEqual(steps?.done, []);
				assert.equal(git('log', '--format=%s'), 'Begin');
			});
		}
	}

	it('is not made if tests fail', async () => {
		steps = { ...(steps ?? assert.fail()), test: () => Promise.reject(new Error('red')) };
		await assert.rejects(make('minor'), /^Error: red$/);
		assert.equal(git('status', '--porcelain'), '');
		assert.equal(git('tag'), '');
	});

	it('is not made if tests change files of the repository', async () => {
		steps = { ...(steps ?? assert.fail()), test: async () => put('left.txt', '') };
		await assert.rejects(make('minor'), /tests changed files .*\n\?\? left\.txt/);
		assert.equal(git('tag'), '');
	});

	it('restores the files if packing or committing fails', async () => {
		const usual = steps ?? assert.fail();
		steps = { ...usual, pack: () => Promise.reject(new Error('no space')) };
		await assert.rejects(make('minor'), /^Error: no space$/);
		assert.equal(git('status', '--porcelain'), '');
		steps = usual;
		mkdirSync(join(root, '.git/hooks'), { recursive: true });
		writeFileSync(join(root, '.git/hooks/pre-commit'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
		await assert.rejects(make('minor'), /git commit/);
		assert.equal(git('status', '--porcelain'), '');
		assert.equal(git('tag'), '');
		assert.match(read('package.json'), /"0\.1\.0"/);
	});
});
