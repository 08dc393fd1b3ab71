import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Runs `work` while no other process of this machine runs work under the same name.
 *
 * Who works listens on a local socket and the others stay connected to it until it closes; so when a process ends, however it
 * ends, its lock is gone with it.
 * @param name path of what is locked; it need not exist
 * @param onWait called once when another process has the lock
 * @returns what `work` returns
 */
export async function withLock<T>(name: string, onWait: () => void, work: () => Promise<T>): Promise<T> {
	const address = addressOf(name);
	for (let waiting = false; ; waiting = true) {
		const release = await tryListen(address);
		if (release !== undefined) {
			try {
				return await work();
			} finally {
				await release();
			}
		}
		if (!waiting) onWait();
		await closed(address);
	}
}

/** A local address that the system itself forgets with its owner; only on macOS and the like it is a file. */
function addressOf(name: string): string {
	const id = `marginalia-${createHash('sha256').update(name).digest('hex').slice(0, 32)}`;
	if (process.platform === 'linux') return `\0${id}`;
	if (process.platform === 'win32') return `\\\\.\\pipe\\${id}`;
	return join(tmpdir(), id);
}

/** Listens on an address; undefined when another process does. Returns a function that ends it. */
async function tryListen(address: string): Promise<(() => Promise<void>) | undefined> {
	const waiting = new Set<Socket>();
	const server: Server = createServer(socket => {
		waiting.add(socket);
		socket.on('error', () => socket.destroy());
		socket.on('close', () => waiting.delete(socket));
	});
	const listening = await new Promise<boolean>((resolve, reject) => {
		server.once('error', (error: NodeJS.ErrnoException) => {
			if (error.code === 'EADDRINUSE') resolve(false);
			else reject(error);
		});
		server.listen(address, () => resolve(true));
	});
	if (!listening) return undefined;
	return () =>
		new Promise(resolve => {
			server.close(() => resolve());
			for (const socket of waiting) socket.destroy();
		});
}

/** Waits until nobody listens on an address any more. */
async function closed(address: string): Promise<void> {
	const socket = connect(address);
	const refused = await new Promise<boolean>(resolve => {
		socket.once('close', () => resolve(false));
		socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'ECONNREFUSED'));
	});
	socket.destroy();
	// A file that a dead process has left.
	if (refused && !address.startsWith('\0')) await rm(address, { force: true });
}
