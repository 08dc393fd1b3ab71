import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { applyEdits, modify } from 'jsonc-parser';
import { runCommand, UsageError } from './host/command.ts';
import { npm } from './host/npm.ts';
import { ROOT } from './host/paths.ts';
import { run } from './host/processes.ts';
import { packageExtension } from './package.ts';

const USAGE = `Usage: npm run release -- VERSION [--dry-run]

Makes a release of a clean main: checks everything, sets the version in all manifests, the lock file and the changelog, packs the extension
and the npm package of the server, commits and tags. Nothing is pushed or published.

  VERSION    such as 1.2.3, or major, minor or patch for the next one
  --dry-run  check the repository, and only report what would be written
  --help     show this`;

/** The branch for releases. */
const BRANCH = 'main';

/** All places with the version, except the changelog. */
const VERSIONS: readonly (readonly [file: string, paths: readonly (readonly string[])[]])[] = [
	['package.json', [['version']]],
	['server/package.json', [['version']]],
	['package-lock.json', [['version'], ['packages', '', 'version'], ['packages', 'server', 'version']]],
];

const CHANGELOG = 'CHANGELOG.md';
const UNRELEASED = '## [Unreleased]';

/** The steps of a release besides git and files. */
export interface ReleaseSteps {
	/** Runs all checks; rejects if one fails. */
	readonly test: () => Promise<void>;
	/** Packs the release; returns the paths. */
	readonly pack: (version: string) => Promise<readonly string[]>;
	readonly log: (line: string) => void;
}

export interface ReleaseOptions {
	readonly root: string;
	/** A version, or the part of the current one to increment. */
	readonly wanted: string;
	/** The day of the release, as in the changelog. */
	readonly day: string;
	readonly dryRun: boolean;
}

type Version = readonly [major: number, minor: number, patch: number];

function parseVersion(text: string): Version | undefined {
	const match = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/.exec(text);
	return match ? [Number(match[1]), Number(match[2]), Number(match[3])] : undefined;
}

/**
 * Returns the version of a release, which must be later than `current`.
 * @throws UsageError for an invalid version, or one that is not later
 */
export function nextVersion(current: string, wanted: string): string {
	const now = parseVersion(current);
	if (now === undefined) throw new Error(`package.json: ${current} is not a version of three numbers`);
	const [major, minor, patch] = now;
	if (wanted === 'major') return `${major + 1}.0.0`;
	if (wanted === 'minor') return `${major}.${minor + 1}.0`;
	if (wanted === 'patch') return `${major}.${minor}.${patch + 1}`;
	const next = parseVersion(wanted);
	if (next === undefined)
		throw new UsageError(`${wanted} is neither a version such as 1.2.3 nor major, minor or patch`);
	const difference = next.map((part, i) => part - (now[i] ?? 0)).find(part => part !== 0) ?? 0;
	if (difference <= 0) throw new UsageError(`${wanted} is not later than ${current}`);
	return wanted;
}

/**
 * Adds a heading with version and day for the unreleased changes.
 * @throws Error if there is nothing to release
 */
export function releaseChangelog(text: string, version: string, day: string): string {
	const [before = '', after] = text.split(`${UNRELEASED}\n`, 2);
	if (after === undefined) throw new Error(`${CHANGELOG} has no heading “${UNRELEASED}”`);
	const changes = after.split(/^## /m, 1)[0] ?? '';
	if (!/^- /m.test(changes))
		throw new Error(`${CHANGELOG} has nothing under “${UNRELEASED}”: there is nothing to release`);
	return `${before}${UNRELEASED}\n\n## [${version}] - ${day}\n${after}`;
}

function setVersion(file: string, text: string, paths: readonly (readonly string[])[], version: string): string {
	let changed = text;
	for (const path of paths) {
		const edits = modify(changed, [...path], version, {});
		if (edits.length === 0) throw new Error(`${file} has no ${path.join(' › ')}`);
		changed = applyEdits(changed, edits);
	}
	return changed;
}

/** All files that a release changes, with their new texts. */
async function releasedFiles(root: string, version: string, day: string): Promise<ReadonlyMap<string, string>> {
	const read = (file: string): Promise<string> => readFile(join(root, file), 'utf8');
	const files = new Map<string, string>();
	for (const [file, paths] of VERSIONS) files.set(file, setVersion(file, await read(file), paths, version));
	files.set(CHANGELOG, releaseChangelog(await read(CHANGELOG), version, day));
	return files;
}

/**
 * Makes a release. If anything fails before the commit, the files are restored.
 * @returns the version
 * @throws Error that says what to fix first; UsageError for an invalid version
 */
export async function release({ root, wanted, day, dryRun }: ReleaseOptions, steps: ReleaseSteps): Promise<string> {
	const git = async (...args: string[]): Promise<string> => {
		const { code, output } = await run('git', args, { cwd: root });
		if (code !== 0) throw new Error(`git ${args.join(' ')} ended with code ${code}\n${output}`);
		return output.trimEnd();
	};
	const { version: current } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
	const version = nextVersion(current, wanted);
	const tag = `v${version}`;

	const branch = await git('branch', '--show-current');
	if (branch !== BRANCH)
		throw new Error(`releases are made from ${BRANCH}, but the current branch is ${branch || 'none'}`);
	const changes = await git('status', '--porcelain');
	if (changes !== '') throw new Error(`commit or stash these changes first:\n${changes}`);
	if ((await git('tag', '--list', tag)) !== '') throw new Error(`the tag ${tag} already exists`);
	const files = await releasedFiles(root, version, day);

	if (dryRun) {
		steps.log(`Would check everything, write ${[...files.keys()].join(', ')}, pack, commit and tag ${tag}.`);
		return version;
	}
	await steps.test();
	// If tests changed files, the packed files would differ from the commit.
	const left = await git('status', '--porcelain');
	if (left !== '') throw new Error(`the tests changed files of the repository:\n${left}`);
	for (const [file, text] of files) await writeFile(join(root, file), text);
	let packed: readonly string[];
	try {
		packed = await steps.pack(version);
		await git('commit', '--quiet', '--message', `Release ${version}`, '--', ...files.keys());
	} catch (error) {
		await git('checkout', 'HEAD', '--', ...files.keys());
		throw error;
	}
	await git('tag', '--annotate', '--message', `Marginalia ${version}`, tag);
	for (const path of packed) steps.log(path);
	steps.log(`Released ${version} locally. Check it, then run: git push --follow-tags`);
	return version;
}

/** Runs npm and shows its output. */
async function check(...args: string[]): Promise<void> {
	const { code } = await npm(args, { cwd: ROOT, output: 'inherit' });
	if (code !== 0) throw new Error(`npm ${args.join(' ')} failed: nothing was released`);
}

async function packAll(version: string): Promise<readonly string[]> {
	await check('pack', join(ROOT, 'server'), '--pack-destination', ROOT);
	return [await packageExtension(), join(ROOT, `marginalia-server-${version}.tgz`)];
}

if (import.meta.main) {
	await runCommand(USAGE, async () => {
		const { values, positionals } = parseArgs({
			options: { 'dry-run': { type: 'boolean' }, help: { type: 'boolean' } },
			allowPositionals: true,
		});
		if (values.help === true) {
			console.log(USAGE);
			return 0;
		}
		const [wanted, ...rest] = positionals;
		if (wanted === undefined || rest.length > 0) throw new UsageError('give one version');
		const test = async (): Promise<void> => {
			await check('run', 'lint');
			await check('test');
		};
		const log = (line: string): void => console.log(line);
		const day = new Date().toISOString().slice(0, 10);
		await release({ root: ROOT, wanted, day, dryRun: values['dry-run'] === true }, { test, pack: packAll, log });
		return 0;
	});
}
