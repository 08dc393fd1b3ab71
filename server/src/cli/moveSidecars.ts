import { lstat, rm } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { CancellationToken } from 'vscode-languageserver';
import { isSidecar } from '../annotations/sidecarName.ts';
import { nativePath } from '../node/fileName.ts';
import { nodePlatform } from '../node/platform.ts';
import { createService, type Service } from '../service.ts';
import { messageOf } from '../util/errors.ts';
import type { FileToCheck } from './files.ts';
import { foldersOf, reachOf } from './opened.ts';
import { complain } from './output.ts';
import { hasArticle } from './sidecarPath.ts';

/** The files to check after sidecars were moved. */
interface MovedSidecars {
	readonly files: readonly FileToCheck[];
	/** How many sidecars were moved. */
	readonly count: number;
}

/**
 * Renames the sidecars whose article was moved without them, where it is certain which article that is, and says so. Runs before
 * files are checked, so that articles are checked with their notes.
 *
 * @param opened URIs of the folders that may be accessed
 */
export async function moveSidecars(files: readonly FileToCheck[], opened: readonly string[]): Promise<MovedSidecars> {
	const lost: string[] = [];
	for (const { path, failure } of files)
		if (failure === undefined && isSidecar(`/${path}`) && !(await hasArticle(path))) lost.push(path);
	if (lost.length === 0) return { files, count: 0 };
	const reach = reachOf(opened);
	const service = createService({ ...nodePlatform, files: foldersOf(reach) }, { reach: () => reach });
	const moved = new Set<string>();
	for (const path of lost) {
		const uri = pathToFileURL(resolve(path)).href;
		const newUri = await newNameOf(uri, service);
		if (newUri === undefined) continue;
		const refused = await move(path, uri, newUri, service.files);
		if (refused === undefined) moved.add(path);
		await complain(path, refused ?? `renamed to ${relative('.', fileURLToPath(newUri))}`);
	}
	return { files: files.filter(({ path }) => !moved.has(path)), count: moved.size };
}

/** Returns the URI of the sidecar that the article of a lost one should have, if it is certain which article that is. */
async function newNameOf(uri: string, service: Service): Promise<string | undefined> {
	const configuration = await service.configuration(uri);
	if (configuration?.faults.some(({ severity }) => severity === 'error')) return undefined;
	const checked = await service.checkSidecar(uri, CancellationToken.None);
	const fixes = checked?.problems.flatMap(problem => problem.fixes?.() ?? []) ?? [];
	return fixes.find(({ preferred }) => preferred)?.move?.newUri;
}

/** Moves a file without replacing another. Returns why it was not moved, as the end of a sentence; `undefined` if it was. */
async function move(path: string, uri: string, newUri: string, files: Service['files']): Promise<string | undefined> {
	const bytes = (await lstat(nativePath(path))).isFile() ? await files.readFile(uri) : undefined;
	if (!bytes) return 'was not renamed: it is not a regular file of the archive';
	const written = await files.update(newUri, before => (before ? undefined : bytes));
	if (written.kind === 'refused') return `was not renamed: the new file ${written.reason}`;
	if (written.kind === 'unchanged') return `was not renamed: ${relative('.', fileURLToPath(newUri))} exists`;
	try {
		await rm(nativePath(path));
		return undefined;
	} catch (error) {
		return `was copied to ${relative('.', fileURLToPath(newUri))}, but could not be removed: ${messageOf(error)}`;
	}
}
