import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { ROOT } from './host/paths.ts';

/** Files with the licence of a package, and with its own notices. */
const LICENCE = /^(?:licen[cs]e|copying)(?![a-z])/i;
const NOTICE = /^(?:notice|third-?party-?notices)(?![a-z])/i;

/** Packages without such a file, with one of the same copyright holder under the same licence. */
const SAME_LICENCE: ReadonlyMap<string, string> = new Map([['@vscode/l10n', 'vscode-languageserver']]);

/** Notices that packages have elsewhere. */
const REMARKS: ReadonlyMap<string, string> = new Map([
	[
		'vscode-html-languageservice',
		'Its reference texts on HTML are built upon content of the Mozilla Developer Network (https://developer.mozilla.org/), by Mozilla\ncontributors, under CC BY-SA 2.5 (https://creativecommons.org/licenses/by-sa/2.5/).',
	],
]);

/** A bundled package. */
interface Package {
	/** Name, version and licence. */
	readonly title: string;
	readonly remark: string | undefined;
	readonly texts: readonly string[];
}

/**
 * Writes the names of bundled packages and their licences, each text once.
 *
 * @param metafiles esbuild's metafiles of the bundles
 * @param root the folder that their paths are relative to
 * @throws Error if a package has no licence file
 */
export async function writeNotices(file: string, metafiles: readonly Metafile[], root = ROOT): Promise<void> {
	const folders = new Set(metafiles.flatMap(packageFolders));
	const packages = await Promise.all([...folders].map(folder => readPackage(join(root, folder))));
	packages.sort((a, b) => (a.title < b.title ? -1 : 1));
	const byText = new Map<string, Set<string>>();
	for (const { title, texts } of packages) {
		for (const text of texts) byText.set(text, (byText.get(text) ?? new Set()).add(title));
	}
	const remarks = packages.flatMap(({ title, remark }) => (remark === undefined ? [] : [`${title}\n\n${remark}`]));
	const sections = [...byText].map(([text, titles]) => `${[...titles].join('\n')}\n\n${text}`);
	const head = 'This software contains the following packages, under the licences given below their names.';
	await writeFile(file, `${[head, ...remarks, ...sections].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`);
}

/** The folders of the bundled packages. */
function packageFolders({ outputs }: Metafile): string[] {
	const used = Object.values(outputs).flatMap(({ inputs }) => Object.entries(inputs));
	return used.flatMap(([path, { bytesInOutput }]) =>
		bytesInOutput > 0 ? (/^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []) : [],
	);
}

async function readPackage(folder: string): Promise<Package> {
	const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
	const title = `${name} ${version} (${license})`;
	const twin = SAME_LICENCE.get(name);
	const source = twin === undefined ? folder : join(ROOT, 'node_modules', twin);
	const licences = (await readdir(source)).filter(entry => LICENCE.test(entry)).sort();
	if (licences.length === 0) throw new Error(`${title} has no licence file: ${folder}`);
	const notices = (await readdir(folder)).filter(entry => NOTICE.test(entry)).sort();
	const files = [...licences.map(entry => join(source, entry)), ...notices.map(entry => join(folder, entry))];
	const texts = await Promise.all(files.map(file => readFile(file, 'utf8')));
	return { title, remark: REMARKS.get(name), texts: texts.map(text => text.replace(/\r\n?/g, '\n').trim()) };
}
