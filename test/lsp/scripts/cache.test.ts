import { strict as assert } from 'node:assert';
import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installOnce } from '../../../scripts/host/cache.ts';
import { removeFolder } from '../../../scripts/host/temporary.ts';

/** The module under test, as a string literal. */
const MODULE = JSON.stringify(new URL('../../../scripts/host/cache.ts', import.meta.url).href);

describe('installing into the cache', () => {
	let parent: string;
	let folder: string;
	const events = new EventEmitter();

	beforeEach(async () => {
		parent = await mkdtemp(join(tmpdir(), 'marginalia-cache-'));
		folder = join(parent, 'thing');
	});

	afterEach(() => removeFolder(parent));

	const install = (content: string): Promise<void> =>
		installOnce(
			folder,
			partial => writeFile(join(partial, 'file'), content),
			line => events.emit('wait', line),
		);

	/** A program that begins to install the same folder, says so, and never ends. */
	const endless = (): string => `
		import { installOnce } from ${MODULE};
		await installOnce(${JSON.stringify(folder)}, async () => {
			console.log('installing');
			await new Promise(resolve => setTimeout(resolve, 1e9));
		}, () => undefined);`;

	it('creates the folder once', async () => {
		await install('first');
		await install('second');
		assert.deepEqual(await readdir(parent), ['thing']);
		assert.equal(await readFile(join(folder, 'file'), 'utf8'), 'first');
	});

	it('removes the remains of an interrupted installation', async () => {
		await mkdir(`${folder}.partial-x`);
		await writeFile(join(`${folder}.partial-x`, 'file'), 'half');
		await install('whole');
		assert.deepEqual(await readdir(parent), ['thing']);
		assert.equal(await readFile(join(folder, 'file'), 'utf8'), 'whole');
	});

	it('leaves no folder after a failure, and can be retried', async () => {
		const failing = installOnce(
			folder,
			() => Promise.reject(new Error('no network')),
			() => undefined,
		);
		await assert.rejects(failing, /no network/);
		assert.ok(!(await readdir(parent)).includes('thing'));
		await install('again');
		assert.equal(await readFile(join(folder, 'file'), 'utf8'), 'again');
	});

	it('continues when the installing process is killed', async () => {
		const child = spawn(process.execPath, ['--input-type=module', '--eval', endless()], {
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		await once(child.stdout, 'data');
		const waited = once(events, 'wait');
		const installed = install('mine');
		await waited;
		child.kill('SIGKILL');
		await installed;
		assert.deepEqual(await readdir(parent), ['thing']);
		assert.equal(await readFile(join(folder, 'file'), 'utf8'), 'mine');
	});

	it('lets one process install while others wait for it', async () => {
		const program = `
			import { appendFile, writeFile } from 'node:fs/promises';
			import { installOnce } from ${MODULE};
			await installOnce(${JSON.stringify(folder)}, async partial => {
				await appendFile(${JSON.stringify(join(parent, 'made'))}, 'x');
				await writeFile(partial + '/file', String(process.pid));
			}, () => undefined);`;
		const children = [1, 2, 3].map(() =>
			spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: 'inherit' }),
		);
		const codes = await Promise.all(children.map(async child => (await once(child, 'exit'))[0]));
		assert.deepEqual(codes, [0, 0, 0]);
		assert.equal(await readFile(join(parent, 'made'), 'utf8'), 'x');
		assert.deepEqual((await readdir(parent)).sort(), ['made', 'thing']);
	});
});
