import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readdir, rename, rm, rmdir, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf } from '../util/errors.ts';
import { nativePath } from './fileName.ts';

/** The lock of an owner that has given no sign of life for so long is taken from it. */
const STALE_MS = 3000;

/** How often an owner gives a sign of life. */
const BEAT_MS = 500;

/** Those who wait look again after this time at the latest. */
const MAX_DELAY_MS = 50;

/** What renaming a folder to a name answers where another folder has it; the latter three on Windows. */
const TAKEN: ReadonlySet<string> = new Set(['ENOTEMPTY', 'EEXIST', 'EPERM', 'EACCES', 'EBUSY']);

export interface LockOptions {
	/** Ends the waiting; once `work` has begun it ends nothing. */
	readonly signal?: AbortSignal;
	/** Called once, when somebody else has the lock. */
	readonly onWait?: () => void;
}

/**
 * Runs `work` while nobody else has the lock: no other process, of whatever user, container or machine that sees the same folder.
 *
 * A lock is a folder, and whose it is says the folder in it, named after a UUID. It appears at once with its owner in it, by a
 * renaming, and only that one owner can be taken out of it, by another. So an owner that is dead or suspended loses the lock to the first who finds
 * that it has given no sign of life for a while. One that wakes up later cannot know that in time, but what it does can
 * depend on it: a file in its folder is under that path only as long as it has the lock, so it either moves the file to
 * where it belongs or fails, with `ENOENT`.
 *
 * @param lock path of the folder, which nothing else uses; the folder that it lies in is there
 * @param work is given the path of its owner's folder, which is empty. All that is in it afterwards is removed
 * @returns what `work` returns
 * @throws the reason of the signal when that is aborted first
 * @throws Error of the file system where there can be no lock
 */
export async function withLock<T>(
	lock: string,
	{ signal, onWait }: LockOptions,
	work: (folder: string) => Promise<T>,
): Promise<T> {
	const owner = await acquire(lock, signal, onWait);
	const beat = setInterval(() => {
		const now = new Date();
		// It has lost the lock, or the disk is gone: in both cases others may have it.
		utimes(nativePath(owner), now, now).catch(() => clearInterval(beat));
	}, BEAT_MS);
	try {
		return await work(owner);
	} finally {
		clearInterval(beat);
		// What cannot be removed gives no sign of life any more, so the next one takes it.
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
			// Clocks of other machines go otherwise: what counts is for how long it has looked the same from here.
			seen = { holder, sinceMs: performance.now() };
		} else if (performance.now() - seen.sinceMs > STALE_MS) {
			await takeOut(holder.path, lock);
		}
		signal?.throwIfAborted();
		if (delayMs === 2) onWait?.();
		// Those who are woken by the signal, or by the lid of a laptop, look once more before they give up.
		await sleep(Math.random() * delayMs, undefined, signal && { signal }).catch(() => undefined);
	}
}

interface Holder {
	readonly path: string;
	readonly lastSignMs: number;
}

/** Who has a lock. What else lies in it, as what file managers leave, is taken for an owner and is stale before long. */
async function holderOf(lock: string): Promise<Holder | undefined> {
	try {
		const [name] = await readdir(nativePath(lock));
		if (name === undefined) {
			// Windows renames no folder to the name of another one, even if that is empty.
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

/** Takes a lock that is free. Returns the owner's folder; undefined when somebody else was faster. */
async function take(lock: string): Promise<string | undefined> {
	const id = randomUUID();
	const prepared = `${lock}.${id}`;
	// Whoever may write beside the lock may take it from a dead owner, too.
	const { mode } = await stat(nativePath(dirname(lock)));
	try {
		for (const folder of [prepared, join(prepared, id)]) {
			await mkdir(nativePath(folder));
			// Some file systems have no permissions; there all are alike.
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

/** Takes an owner out of its lock, if it is still in there; where that is impossible those who wait wait on. */
async function takeOut(owner: string, lock: string): Promise<void> {
	const aside = `${lock}.${randomUUID()}`;
	try {
		await rename(nativePath(owner), nativePath(aside));
	} catch {
		return;
	}
	await remove(aside);
}

/** Removes a folder as far as that is possible; one that is left is in nobody's way. */
async function remove(folder: string): Promise<void> {
	await rm(nativePath(folder), { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
}

/** Removes a lock without an owner; if it has one by then, nothing happens. */
async function removeEmpty(lock: string): Promise<void> {
	await rmdir(nativePath(lock)).catch(() => undefined);
}
