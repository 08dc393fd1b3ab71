import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

/** The layers of the server. Each may import only itself and those before it. */
const LAYERS = [
	'util',
	'platform',
	'protocol',
	'markdown',
	'article',
	'annotations',
	'links',
	'archive',
	'rules',
	'reader',
	'languageFeatures',
	'services',
	'service',
	'lsp',
	'node',
	'browser',
	'cli',
];

/**
 * The folders of the client. Each may import only itself and those before it. `lsp` comes early, since all of them send
 * requests to the server.
 */
const CLIENT_LAYERS = [
	'util',
	'article',
	'lsp',
	'languageFeatures',
	'links',
	'comparison',
	'furniture',
	'annotations',
	'reader',
	'extension',
	'node',
	'browser',
];

/** Files that may use Node APIs. */
const NODE_FILES = /^server\/src\/(?:cli|node)\//;

interface Import {
	readonly from: string;
	/** The imported file, relative to the root; `undefined` for a package. */
	readonly file: string | undefined;
	readonly specifier: string;
}

function importsOf(path: string): readonly Import[] {
	const source = readFileSync(join(ROOT, path), 'utf8');
	return [
		...source.matchAll(
			/(?:^|\n)\s*(?:import|export)\s[^'";]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)import\s*['"]([^'"]+)['"]/g,
		),
	].map(match => {
		const specifier = match[1] ?? match[2] ?? match[3] ?? '';
		const file = specifier.startsWith('.')
			? relative(ROOT, join(ROOT, dirname(path), specifier)).replaceAll('\\', '/')
			: undefined;
		return { from: path, file, specifier };
	});
}

function layerOf(path: string): string {
	return (
		path
			.replace(/^(?:server|client)\/src\//, '')
			.split('/')[0]
			?.replace(/\.ts$/, '') ?? ''
	);
}

const serverFiles = globSync('server/src/**/*.ts', { cwd: ROOT }).map(path => path.replaceAll('\\', '/'));
const clientFiles = globSync('client/src/**/*.ts', { cwd: ROOT }).map(path => path.replaceAll('\\', '/'));
const imports = [...serverFiles, ...clientFiles].flatMap(importsOf);
const shown = ({ from, specifier }: Import): string => `${from} imports ${specifier}`;

describe('architecture', () => {
	it('finds the imports', () => {
		assert.ok(imports.length > 200, `only ${imports.length}`);
		assert.deepEqual(
			importsOf('server/src/node/main.ts')
				.map(({ specifier }) => specifier)
				.sort(),
			['./connection.ts', './serve.ts', './timeZone.ts', 'vscode-languageserver/node'],
		);
	});

	for (const [side, files, layers] of [
		['server', serverFiles, LAYERS],
		['client', clientFiles, CLIENT_LAYERS],
	] as const) {
		it(`has no ${side} file outside its layers`, () => {
			assert.deepEqual(
				files.filter(path => !layers.includes(layerOf(path))),
				[],
			);
		});

		it(`lets each layer of the ${side} import only itself and those before it`, () => {
			const upward = files.flatMap(importsOf).filter(({ from, file }) => {
				if (!file?.startsWith(`${side}/`)) return false;
				return layers.indexOf(layerOf(file)) > layers.indexOf(layerOf(from));
			});
			assert.deepEqual(upward.map(shown), []);
		});
	}

	it("keeps VS Code and the extension out of the reader's page", () => {
		const foreign = imports.filter(
			({ from, file }) =>
				from.startsWith('client/src/reader/page/') &&
				!file?.startsWith('client/src/reader/page/') &&
				!file?.startsWith('server/src/'),
		);
		assert.deepEqual(foreign.map(shown), []);
	});

	it('keeps Node out of code that runs in browsers', () => {
		const node = imports.filter(
			({ from, specifier }) =>
				/^node:|^image-size\/fromFile|\/node$/.test(specifier) && from.startsWith('server/') && !NODE_FILES.test(from),
		);
		assert.deepEqual(node.map(shown), []);
	});

	it('keeps LSP positions and the protocol out of the engine', () => {
		const protocol = imports.filter(
			({ from, specifier }) =>
				/^vscode-(?:languageserver|html)/.test(specifier) &&
				['article', 'annotations', 'links', 'archive', 'rules', 'reader'].includes(layerOf(from)),
		);
		assert.deepEqual(protocol.map(shown), []);
	});

	it('keeps the engine out of the protocol', () => {
		const needed = imports.filter(
			({ from, file, specifier }) =>
				layerOf(from) === 'protocol' &&
				specifier !== 'vscode-languageserver' &&
				layerOf(file ?? specifier) !== 'protocol',
		);
		assert.deepEqual(needed.map(shown), ['server/src/protocol/files.ts imports ../platform.ts']);
		// It uses only types of the library and the platform, so that neither is bundled with it.
		const loaded = serverFiles.filter(
			path =>
				layerOf(path) === 'protocol' &&
				/import (?!type\b)[^;]*from '(?:vscode|\.\.\/)/.test(readFileSync(join(ROOT, path), 'utf8')),
		);
		assert.deepEqual(loaded, []);
	});

	it('sends requests and notifications to clients from a single file', () => {
		const whole = serverFiles.filter(path =>
			/import\b[^;]*\bConnection\b[^;]*from 'vscode-languageserver/.test(readFileSync(join(ROOT, path), 'utf8')),
		);
		assert.deepEqual(whole.sort(), [
			'server/src/lsp/client.ts',
			'server/src/lsp/connection.ts',
			'server/src/lsp/server.ts',
			'server/src/node/connection.ts',
			'server/src/node/serve.ts',
		]);
		// The other files only bind handlers to the connection; `Handlers` cannot send.
		const server = readFileSync(join(ROOT, 'server/src/lsp/server.ts'), 'utf8');
		const sending =
			/\bconnection(?:\.(?:workspace|languages)(?:\.\w+)?)?\.(?!on\b|on[A-Z]|listen\b|workspace\b|languages\b)\w+/g;
		assert.deepEqual(
			[...server.matchAll(sending)]
				.map(([text]) => text)
				.filter(text => !/\.languages\.(?:diagnostics|semanticTokens)$/.test(text)),
			[],
		);
	});

	it('writes files in a single file of the client, which checks for symbolic links', () => {
		const writing = clientFiles.filter(path =>
			/\bfs\.(?:writeFile|copy|rename)\(/.test(readFileSync(join(ROOT, path), 'utf8')),
		);
		assert.deepEqual(writing, ['client/src/util/writeFile.ts']);
	});

	it('limits what the client imports from the server to article detection, typing, utilities and the protocol', () => {
		const taken = imports.filter(({ from, file }) => from.startsWith('client/') && file?.startsWith('server/'));
		const files = new Set(taken.map(({ file }) => file ?? ''));
		assert.deepEqual([...files].filter(file => layerOf(file) !== 'protocol').sort(), [
			'server/src/annotations/sidecarName.ts',
			'server/src/article/detect.ts',
			'server/src/article/enter.ts',
			'server/src/article/lists.ts',
			'server/src/article/typing.ts',
			'server/src/links/reach.ts',
			'server/src/util/day.ts',
			'server/src/util/debounce.ts',
			'server/src/util/errors.ts',
			'server/src/util/groups.ts',
			'server/src/util/html.ts',
			'server/src/util/labels.ts',
			'server/src/util/limiter.ts',
			'server/src/util/order.ts',
			'server/src/util/path.ts',
			'server/src/util/pictureType.ts',
			'server/src/util/schemes.ts',
			'server/src/util/sha256.ts',
			'server/src/util/text.ts',
			'server/src/util/urlDay.ts',
			'server/src/util/value.ts',
			'server/src/util/words.ts',
		]);
	});

	it('has no import cycles', () => {
		const files = [...serverFiles, ...clientFiles];
		const graph = new Map(
			files.map(path => [path, importsOf(path).flatMap(({ file }) => (file === undefined ? [] : [file]))]),
		);
		const done = new Set<string>();
		const visit = (path: string, trail: readonly string[]): void => {
			assert.ok(!trail.includes(path), [...trail, path].join(' → '));
			if (done.has(path)) return;
			for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
			done.add(path);
		};
		for (const path of files) visit(path, []);
	});

	it('has no file of more than 400 lines', () => {
		const long = [...serverFiles, ...clientFiles].filter(
			path => readFileSync(join(ROOT, path), 'utf8').split('\n').length > 401,
		);
		assert.deepEqual(long, []);
	});

	it('gives each exported name a single meaning', () => {
		const files = new Map<string, string[]>();
		for (const path of [...serverFiles, ...clientFiles])
			for (const [, name = ''] of readFileSync(join(ROOT, path), 'utf8').matchAll(
				/^export (?:declare )?(?:async )?(?:interface|type|class|function\*?|const) (\w+)/gm,
			))
				files.set(name, [...(files.get(name) ?? []), path].sort());
		const repeated = [...files].filter(([, paths]) => new Set(paths).size > 1);
		assert.deepEqual(Object.fromEntries(repeated), {
			// The entry points of the extension in VS Code, for Node and for browsers.
			activate: ['client/src/browser/main.ts', 'client/src/node/main.ts'],
			launch: ['client/src/browser/browserLauncher.ts', 'client/src/node/nodeLauncher.ts'],
		});
	});
});
