import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, lstat, open, readFile, readlink, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Updated } from '../platform.ts';
import { decodeName, nativePath } from './fileName.ts';
import { withLock } from './lock.ts';

/** How often a file is read again that somebody else keeps changing. */
const ATTEMPTS = 20;

/** Fails at a symbolic link, should one come in between; Windows has no such flag. */
const { O_RDONLY, O_RDWR, O_NOFOLLOW = 0 } = constants;

/** As `FileSystem.update`, by path. Permissions stay. */
export async function updateFile(
	path: string,
	change: (before: Uint8Array | undefined) => Uint8Array | undefined,
): Promise<Updated> {
	try {
		const folder = await realpath(nativePath(dirname(path)), { encoding: 'buffer' });
		const target = join(decodeName(folder), basename(path));
		return await withLock(
			target,
			() => undefined,
			() => replace(target, change),
		);
	} catch (error) {
		return { kind: 'refused', reason: reasonOf(error) };
	}
}

async function replace(
	target: string,
	change: (before: Uint8Array | undefined) => Uint8Array | undefined,
): Promise<Updated> {
	for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
		const state = await stateOf(target);
		if (state?.isLink) {
			const behind = decodeName(await readlink(nativePath(target), { encoding: 'buffer' }));
			return { kind: 'refused', reason: `is a symbolic link to ${behind}, and nothing is written through one` };
		}
		// A device or a pipe may never end when it is read, and must not become a file.
		if (state?.isSpecial) return { kind: 'refused', reason: 'is not written: it is not a regular file' };
		const after = change(state && (await readFile(nativePath(target), { flag: O_RDONLY | O_NOFOLLOW })));
		if (after === undefined) return { kind: 'unchanged' };
		// A file that may not be written is not replaced by one that may.
		if (state) await (await open(nativePath(target), O_RDWR | O_NOFOLLOW)).close();
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

/** What is at a path. */
interface State {
	/** Changes with the content. */
	readonly id: string;
	readonly mode: number;
	readonly isLink: boolean;
	/** Whether it is a device, a pipe or a socket. */
	readonly isSpecial: boolean;
}

/** What is at a path itself; `undefined` where there is nothing. */
async function stateOf(path: string): Promise<State | undefined> {
	try {
		const found = await lstat(nativePath(path), { bigint: true });
		const { ino, size, mtimeNs, ctimeNs, mode } = found;
		const isSpecial = !found.isFile() && !found.isDirectory() && !found.isSymbolicLink();
		const id = [ino, size, mtimeNs, ctimeNs].join(' ');
		return { id, mode: Number(mode) & 0o7777, isLink: found.isSymbolicLink(), isSpecial };
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
		case 'ELOOP':
			return 'is not written: it is a symbolic link';
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
