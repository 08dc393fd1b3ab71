/**
 * Measures the archive's index: `npx node --expose-gc test/bench/archive.ts FOLDER`. Scans the folder twice, the second
 * time with the cache of the first, then one file again, and prints how much memory the index uses.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Archives, createArchives } from '../../server/src/archive/archives.ts';
import { nodeFileSystem } from '../../server/src/node/fileSystem.ts';

const caches = mkdtempSync(join(tmpdir(), 'marginalia-index-'));
const folder = resolve(process.argv[2] ?? 'examples/archive');
const root = pathToFileURL(folder).href;
const inside = pathToFileURL(join(folder, 'any.md')).href;

function make(): Archives {
	return createArchives(nodeFileSystem, {
		folders: () => [root],
		isOpen: () => false,
		onScan: () => ({ isCancelled: () => false, looked() {}, ended() {} }),
		cache: async () => ({ folder: pathToFileURL(caches).href, files: nodeFileSystem, build: 'bench' }),
	});
}

async function heap(): Promise<number> {
	if (!globalThis.gc) throw new Error('Run with --expose-gc');
	for (let round = 0; round < 3; round++) {
		// Release what the last turn of the event loop holds.
		await new Promise(resolve => setImmediate(resolve));
		globalThis.gc();
	}
	return process.memoryUsage().heapUsed;
}

async function time<T>(name: string, run: () => Promise<T>): Promise<T> {
	const start = performance.now();
	const result = await run();
	console.log(`${name}: ${(performance.now() - start).toFixed(1)} ms`);
	return result;
}

await time('without cache', () => make().of(inside));
const before = await heap();
const archives = make();
const archive = await time('with cache', () => archives.of(inside));
if (!archive) throw new Error(`${folder} is not an archive`);
const used = (await heap()) - before;
const [file] = readdirSync(folder, { recursive: true, encoding: 'utf8' })
	.map(name => pathToFileURL(join(folder, name)).href)
	.filter(uri => archive.entry(uri));
if (file !== undefined) await time('one file changed', () => archives.refresh([file]));
console.log(`${archive.size} files, ${(used / archive.size / 1024).toFixed(2)} kB of memory each`);
rmSync(caches, { recursive: true });
