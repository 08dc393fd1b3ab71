import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, lstat, open, readFile, readlink, realpath, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { MAX_UPDATE_ATTEMPTS, type Updated } from '../platform.ts';
import { codeOf, messageOf } from '../util/errors.ts';
import { decodeName, nativePath } from './fileName.ts';
import { withLock } from './lock.ts';

/** How long to wait for others that are changing the same file. */
const MAX_WAIT_MS = 20_000;

/** `O_NOFOLLOW` makes opening a symbolic link fail, in case one is created in the meantime. Windows has no such flag. */
const { O_RDONLY, O_RDWR, O_NOFOLLOW = 0 } = constants;

type Change = (before: Uint8Array | undefined) => Uint8Array | undefined;

/**
 * Implements `FileSystem.update` for paths. Keeps the permissions of the file.
 *
 * @param signal stops waiting for others
 * @throws the reason of the signal, unless it is a timeout
 */
export async function updateFile(
	path: string,
	change: Change,
	signal = AbortSignal.timeout(MAX_WAIT_MS),
): Promise<Updated> {
	let lock = '';
	try {
		const folder = await realpath(nativePath(dirname(path)), { encoding: 'buffer' });
		const target = join(decodeName(folder), basename(path));
		lock = lockOf(target);
		for (let attempt = 0; attempt < MAX_UPDATE_ATTEMPTS; attempt++) {
			const updated = await changeOnce(target, lock, change, signal);
			if (updated !== undefined) return updated;
		}
		return { kind: 'refused', reason: 'keeps being changed by another program' };
	} catch (error) {
		if (error === signal.reason && error instanceof Error && error.name === 'TimeoutError') {
			const reason = `was not written: another program has been writing to it for too long. Try again when that program has finished; if no program is writing to it, delete the folder ${lock}`;
			return { kind: 'refused', reason };
		}
		return { kind: 'refused', reason: reasonOf(error) };
	}
}

/**
 * The path of a file's lock. It is in the same folder, because everyone who can write the file can see it there, and the new content has to be prepared on
 * the same file system to be renamed. Names that differ only on some file systems share a lock.
 */
export function lockOf(target: string): string {
	const name = basename(target).normalize('NFC').toLowerCase();
	return join(dirname(target), `.marginalia-${createHash('sha256').update(name).digest('hex').slice(0, 16)}`);
}

/** A planned change of a file. */
interface Plan {
	/** The current state; absent if there is no file. */
	readonly state: State | undefined;
	readonly after: Uint8Array;
}

/** Plans the change of a file. Files that do not change need no lock. */
async function planOf(target: string, change: Change): Promise<Plan | Updated> {
	const state = await stateOf(target);
	if (state?.isLink) {
		const behind = decodeName(await readlink(nativePath(target), { encoding: 'buffer' }));
		return {
			kind: 'refused',
			reason: `is a symbolic link to ${behind}, and files are not written through symbolic links`,
		};
	}
	// Reading a device or a pipe may never end, and neither may be replaced by a file.
	if (state?.isSpecial) return { kind: 'refused', reason: 'was not written: it is not a regular file' };
	const after = change(state && (await readFile(nativePath(target), { flag: O_RDONLY | O_NOFOLLOW })));
	return after === undefined ? { kind: 'unchanged' } : { state, after };
}

/** Changes a file; returns `undefined` if others changed or removed it, or took the lock, in the meantime. */
async function changeOnce(
	target: string,
	lock: string,
	change: Change,
	signal: AbortSignal,
): Promise<Updated | undefined> {
	try {
		const early = await planOf(target, change);
		if ('kind' in early) return early;
		return await withLock(lock, { signal }, async folder => {
			const plan = (await isStill(target, early.state)) ? early : await planOf(target, change);
			return 'kind' in plan ? plan : await replace(target, plan, join(folder, 'content'));
		});
	} catch (error) {
		if (codeOf(error) === 'ENOENT') return undefined;
		throw error;
	}
}

/**
 * Replaces a file by a new one.
 *
 * @param content path where the new file is prepared. If the lock is lost before the rename, this path no longer exists
 */
async function replace(target: string, { state, after }: Plan, content: string): Promise<Updated | undefined> {
	// A read-only file must not be replaced by a writable one.
	if (state) await (await open(nativePath(target), O_RDWR | O_NOFOLLOW)).close();
	await write(await open(nativePath(content), 'wx', state?.mode), after, state?.mode);
	if (!(await isStill(target, state))) return undefined;
	await rename(nativePath(content), nativePath(target));
	return { kind: 'written' };
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

/** The state of a path. */
interface State {
	/** Changes whenever the content changes. */
	readonly id: string;
	readonly mode: number;
	readonly isLink: boolean;
	/** Whether it is a device, a pipe or a socket. */
	readonly isSpecial: boolean;
}

async function isStill(path: string, state: State | undefined): Promise<boolean> {
	return (await stateOf(path))?.id === state?.id;
}

/** The state of a path, without following symbolic links; `undefined` if it does not exist. */
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

/** Why a file could not be changed. Rethrows errors that are not failures of the file system. */
function reasonOf(error: unknown): string {
	const code = codeOf(error);
	switch (code) {
		case 'EACCES':
		case 'EPERM':
			return 'cannot be written: permission denied';
		case 'EROFS':
			return 'cannot be written: the file system is read-only';
		case 'ENOENT':
		case 'ENOTDIR':
			return 'cannot be written: its folder does not exist';
		case 'ELOOP':
			return 'was not written: it is a symbolic link';
		case 'EISDIR':
			return 'cannot be written: it is a folder';
		case 'ENOSPC':
		case 'EDQUOT':
			return 'cannot be written: the disk is full';
		default:
			if (!/^E[A-Z0-9]+$/.test(code)) throw error;
			return `cannot be written: ${messageOf(error)}`;
	}
}
