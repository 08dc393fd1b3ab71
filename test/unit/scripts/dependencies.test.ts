import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../../../scripts/host/paths.ts';

interface Manifest {
	readonly name: string;
	readonly version?: string;
	readonly dependencies?: Readonly<Record<string, string>>;
	readonly devDependencies?: Readonly<Record<string, string>>;
}

/** The parts of the repository that declare packages, and where the code of each is. */
const PARTS: readonly (readonly [manifest: string, code: readonly string[]])[] = [
	['package.json', ['scripts/**/*.{ts,cjs}', 'test/**/*.ts']],
	['client/package.json', ['client/src/**/*.ts']],
	['server/package.json', ['server/src/**/*.ts']],
];

/** Those of what is installed apart when it is run. */
const APART: readonly string[] = ['test/bench/package.json', 'test/mutation/package.json'];

function read(path: string): Manifest {
	return JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as Manifest;
}

function declared({ dependencies, devDependencies }: Manifest): ReadonlyMap<string, string> {
	return new Map(Object.entries({ ...dependencies, ...devDependencies }));
}

/** The names of the packages that a file imports, or asks for by name. */
function packagesIn(path: string): string[] {
	const source = readFileSync(join(ROOT, path), 'utf8');
	const specifiers =
		/(?:^|\n)(?:import|export)\s(?:[^'";]*?\sfrom\s*)?'([^'.][^']*)'|\b(?:import|require|import\.meta\.resolve)\(\s*'([^'.][^']*)'\s*\)/g;
	return [...source.matchAll(specifiers)]
		.map(match => match[1] ?? match[2] ?? '')
		.map(specifier => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/'))
		.filter(name => !name.startsWith('node:') && !builtinModules.includes(name));
}

describe('the packages of the repository', () => {
	for (const [manifest, code] of PARTS) {
		it(`are declared in ${manifest} if they are used there`, () => {
			const names = declared(read(manifest));
			// Fixtures in tests write imports of packages that do not exist.
			const files = globSync([...code], { cwd: ROOT, exclude: ['test/*/node_modules/**', 'test/unit/scripts/**'] });
			const missing = files.flatMap(file =>
				packagesIn(file)
					.filter(name => !names.has(name) && !names.has(`@types/${name}`))
					.map(name => `${file}: ${name}`),
			);
			assert.ok(files.length > 50);
			assert.deepEqual(missing, []);
		});
	}

	it('have one version each', () => {
		const versions = new Map<string, Set<string>>();
		for (const path of [...PARTS.map(([manifest]) => manifest), ...APART])
			for (const [name, version] of declared(read(path)))
				versions.set(name, (versions.get(name) ?? new Set()).add(version));
		const different = [...versions].filter(([, found]) => found.size > 1).map(([name]) => name);
		assert.deepEqual(different, []);
	});

	it('have exact versions, so that every clone gets the same', () => {
		const ranges = [...PARTS.map(([manifest]) => manifest), ...APART].flatMap(path =>
			[...declared(read(path))].filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version)),
		);
		assert.deepEqual(ranges, []);
	});
});

describe('the version of Marginalia', () => {
	it('is the same for the extension, the server and the lock file', () => {
		const { version } = read('package.json');
		const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
			readonly version: string;
			readonly packages: Readonly<Record<string, { readonly version?: string }>>;
		};
		assert.equal(read('server/package.json').version, version);
		assert.equal(lock.version, version);
		assert.equal(lock.packages['']?.version, version);
		assert.equal(lock.packages.server?.version, version);
		assert.equal(read('client/package.json').version, undefined, 'the client is published by the extension alone');
	});
});
