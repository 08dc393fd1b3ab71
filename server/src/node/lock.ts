import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readdir, rename, rm, rmdir, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf } from '../util/errors.ts';
import { nativePath } from './fileName.ts';

/** A lock is stale if its owner has not renewed it for this long. */
const STALE_MS = 3000;

/** How often an owner renews its lock. */
const BEAT_MS = 500;

/** The maximum delay between two attempts to take a lock. */
const MAX_DELAY_MS = 50;

/** Error codes of renaming a folder to the name of another folder; the last three on Windows. */
const TAKEN: ReadonlySet<string> = new Set(['ENOTEMPTY', 'EEXIST', 'EPERM', 'EACCES', 'EBUSY']);

export interface LockOptions {
	/** Stops waiting; has no effect once `work` has begun. */
	readonly signal?: AbortSignal;
	/** Called once if the lock is held by somebody else. */
	readonly onWait?: () => void;
}

/**
 * Runs `work` under an exclusive lock, across all processes, users, containers and machines that share the folder.
 *
 * A lock is a folder that contains its owner's folder, named after a UUID. It is created atomically together with its owner, by a
 * rename, and another rename removes exactly that owner. An owner that has crashed or is suspended loses the lock to the first process that
 * finds it stale. A suspended owner that resumes later cannot detect this in time, but its effects can
 * depend on it: the path of a file in its folder only exists while it has the lock, so renaming this file to its
 * destination either succeeds under the lock or fails with `ENOENT`.
 *
 * @param lock path of the folder, which must not be used for anything else; its parent must exist
 * @param work receives the path of its owner's folder, which is empty. All that is in it afterwards is removed
 * @returns the result of `work`
 * @throws the reason of the signal if it is aborted before `work` begins
 * @throws Error of the file system if the lock cannot be created
 */
export async function withLock<T>(
	lock: string,
	{ signal, onWait }: LockOptions,
	work: (folder: string) => Promise<T>,
): Promise<T> {
	const owner = await acquire(lock, signal, onWait);
	const beat = setInterval(() => {
		const now = new Date();
		// The lock is lost, or the disk is not available. In both cases others may have the lock.
		utimes(nativePath(owner), now, now).catch(() => clearInterval(beat));
	}, BEAT_MS);
	try {
		return await work(owner);
	} finally {
		clearInterval(beat);
		// A folder that cannot be removed becomes stale, so the next owner takes the lock.
		await remove(owner);
		await removeEmpty(lock);
	}
}

/** Waits until the lock is free or stale, and takes it. Returns the owner's folder. */
async function acquire(
	lock: string,
	signal: AbortSignal | undefined,
	onWait: (() => void) | undefined,
): Promise<string> {
	let seen: { readonly holder: Holder; readonly sinceMs: number } | undefined;
	for (let delayMs = 2; ; delayMs = Math.min(2 * delayMs, MAX_DELAY_MS)) {
		const holder = await holderOf(lock);
		if (holder === undefined) {
			const owner = await take(lock);
			if (owner !== undefined) return owner;
		} else if (holder.path !== seen?.holder.path || holder.lastSignMs !== seen.holder.lastSignMs) {
			// The clocks of other machines may differ, so only the time since this process last saw a change counts.
			seen = { holder, sinceMs: performance.now() };
		} else if (performance.now() - seen.sinceMs > STALE_MS) {
			await takeOut(holder.path, lock);
		}
		signal?.throwIfAborted();
		if (delayMs === 2) onWait?.();
		// After an abort, or when the machine resumes from sleep, the loop tries once more before it gives up.
		await sleep(Math.random() * delayMs, undefined, signal && { signal }).catch(() => undefined);
	}
}

interface Holder {
	readonly path: string;
	readonly lastSignMs: number;
}

/** The owner of a lock. Any other content, such as files created by file managers, counts as an owner that soon becomes stale. */
async function holderOf(lock: string): Promise<Holder | undefined> {
	try {
		const [name] = await readdir(nativePath(lock));
		if (name === undefined) {
			// Windows cannot rename a folder to the name of another one, even if that one is empty.
			await removeEmpty(lock);
			return undefined;
		}
		const path = join(lock, name);
		return { path, lastSignMs: (await stat(nativePath(path))).mtimeMs };
	} catch (error) {
		if (codeOf(error) === 'ENOENT') return undefined;
		throw error;
	}
}

/** Takes a free lock. Returns the owner's folder, or `undefined` if somebody else was faster. */
async function take(lock: string): Promise<string | undefined> {
	const id = randomUUID();
	const prepared = `${lock}.${id}`;
	// Anyone who can write to the parent folder may take over a stale lock.
	const { mode } = await stat(nativePath(dirname(lock)));
	try {
		for (const folder of [prepared, join(prepared, id)]) {
			await mkdir(nativePath(folder));
			// Some file systems have no permissions, and need none.
			await chmod(nativePath(folder), mode & 0o777).catch(() => undefined);
		}
	} catch (error) {
		await remove(prepared);
		throw error;
	}
	try {
		await rename(nativePath(prepared), nativePath(lock));
		return join(lock, id);
	} catch (error) {
		await remove(prepared);
		if (TAKEN.has(codeOf(error))) return undefined;
		throw error;
	}
}

/** Removes an owner from its lock if it is still in there. Failure is ignored: the waiting processes keep waiting. */
async function takeOut(owner: string, lock: string): Promise<void> {
	const aside = `${lock}.${randomUUID()}`;
	try {
		await rename(nativePath(owner), nativePath(aside));
	} catch {
		return;
	}
	await remove(aside);
}

/** Removes a folder if possible; a leftover folder does no harm. */
async function remove(folder: string): Promise<void> {
	await rm(nativePath(folder), { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
}

/** Removes a lock without an owner; does nothing if it has one again. */
async function removeEmpty(lock: string): Promise<void> {
	await rmdir(nativePath(lock)).catch(() => undefined);
}
