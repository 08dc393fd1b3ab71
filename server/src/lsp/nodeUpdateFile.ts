import { randomUUID } from 'node:crypto';
import { type FileHandle, lstat, open, readFile, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Updated } from '../platform.ts';
import { withLock } from './nodeLock.ts';
import { decodeName, nativePath } from './nodeName.ts';

/** How often a file is read again that somebody else keeps changing. */
const ATTEMPTS = 20;

/** As `FileSystem.update`, by path. A file behind a symbolic link is changed there; its permissions stay. */
export async function updateFile(
	path: string,
	change: (before: Uint8Array | undefined) => Uint8Array | undefined,
): Promise<Updated> {
	try {
		const target = await behindLinks(path).catch(async error => {
			if (codeOf(error) !== 'ENOENT') throw error;
			return join(await behindLinks(dirname(path)), basename(path));
		});
		return await withLock(
			target,
			() => undefined,
			() => replace(target, change),
		);
	} catch (error) {
		return { kind: 'refused', reason: reasonOf(error) };
	}
}

/** Where a path leads. */
async function behindLinks(path: string): Promise<string> {
	return decodeName(await realpath(nativePath(path), { encoding: 'buffer' }));
}

async function replace(
	target: string,
	change: (before: Uint8Array | undefined) => Uint8Array | undefined,
): Promise<Updated> {
	for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
		const state = await stateOf(target);
		const after = change(state && (await readFile(nativePath(target))));
		if (after === undefined) return { kind: 'unchanged' };
		// A file that may not be written is not replaced by one that may.
		if (state) await (await open(nativePath(target), 'r+')).close();
		const temporary = join(dirname(target), `.${basename(target).slice(0, 40)}.${randomUUID()}`);
		let isLeft = true;
		try {
			const file = await open(nativePath(temporary), 'wx', state?.mode);
			await write(file, after, state?.mode);
			if ((await stateOf(target))?.id === state?.id) {
				await rename(nativePath(temporary), nativePath(target));
				isLeft = false;
				return { kind: 'written' };
			}
		} finally {
			// Where that fails too, what failed before is what there is to tell.
			if (isLeft) await rm(nativePath(temporary), { force: true }).catch(() => undefined);
		}
	}
	return { kind: 'refused', reason: 'is being changed by another program all the time' };
}

async function write(file: FileHandle, content: Uint8Array, mode: number | undefined): Promise<void> {
	try {
		if (mode !== undefined) await file.chmod(mode);
		await file.writeFile(content);
		await file.sync();
	} finally {
		await file.close();
	}
}

/** What changes with a file's content; `undefined` where there is no file. */
async function stateOf(path: string): Promise<{ readonly id: string; readonly mode: number } | undefined> {
	try {
		const { ino, size, mtimeNs, ctimeNs, mode } = await lstat(nativePath(path), { bigint: true });
		return { id: [ino, size, mtimeNs, ctimeNs].join(' '), mode: Number(mode) & 0o7777 };
	} catch (error) {
		if (codeOf(error) === 'ENOENT') return undefined;
		throw error;
	}
}

function codeOf(error: unknown): unknown {
	return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** Why a file could not be changed. What is no failure of the file system is thrown on. */
function reasonOf(error: unknown): string {
	const code = codeOf(error);
	switch (code) {
		case 'EACCES':
		case 'EPERM':
			return 'may not be written: permission denied';
		case 'EROFS':
			return 'may not be written: its file system is read-only';
		case 'ENOENT':
		case 'ENOTDIR':
			return 'cannot be written: its folder does not exist';
		case 'EISDIR':
			return 'cannot be written: it is a folder';
		case 'ENOSPC':
		case 'EDQUOT':
			return 'cannot be written: the disk is full';
		default:
			if (typeof code !== 'string' || !/^E[A-Z0-9]+$/.test(code)) throw error;
			return `cannot be written: ${error instanceof Error ? error.message : code}`;
	}
}
