import { chmod } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { BuildOptions, Plugin } from 'esbuild';
import { ROOT } from './host/paths.ts';

/** Provides `require` in ESM bundles, for CommonJS packages that load Node's own modules. */
const REQUIRE_BANNER =
	"import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);";

/** The options of all bundles for Node. The UMD builds of Microsoft's JSON and HTML services only bundle from `module`. */
const NODE: BuildOptions = { platform: 'node', target: 'node20.19', mainFields: ['module', 'main'] };
const NODE_ESM: BuildOptions = { ...NODE, format: 'esm', banner: { js: REQUIRE_BANNER } };
/** CommonJS for the extension host; `import()` becomes `require`, since only `require` can load the module `vscode`. */
const NODE_CJS: BuildOptions = {
	...NODE,
	format: 'cjs',
	external: ['vscode'],
	supported: { 'dynamic-import': false },
};
/** The options of bundles for web workers, or any platform: without a document. */
const BROWSER_CJS: BuildOptions = {
	platform: 'browser',
	conditions: ['worker', 'module'],
	format: 'cjs',
	target: 'es2023',
	mainFields: ['browser', 'module', 'main'],
	external: ['vscode'],
};

/** Makes the output executable, which npm does for installed packages, but not for linked workspaces. */
const EXECUTABLE: Plugin = {
	name: 'executable',
	setup({ initialOptions, onEnd }) {
		onEnd(async ({ errors }) => {
			if (errors.length === 0 && initialOptions.outfile) await chmod(join(ROOT, initialOptions.outfile), 0o755);
		});
	},
};

/** Omits the unused HTML formatter of VS Code's HTML service, a twentieth of the engine. */
const NO_HTML_FORMATTER: Plugin = {
	name: 'no-html-formatter',
	setup({ onResolve, onLoad }) {
		onResolve({ filter: /\/beautify\/beautify-html$/ }, ({ path }) => ({ path, namespace: 'no-html-formatter' }));
		onLoad({ filter: /.*/, namespace: 'no-html-formatter' }, () => ({
			contents: "export function html_beautify() { throw new Error('The HTML formatter is not in this bundle'); }",
		}));
	},
};

/**
 * Loads one of our modules lazily, from a bundle of its own: with the language client library in it the
 * extension's entry takes 13 ms to load, without it 1 ms; the server need not load what speaks HTTP before it requests something.
 */
function separate(module: string): Plugin {
	return {
		name: 'separate',
		setup({ onResolve }) {
			onResolve({ filter: new RegExp(String.raw`/${module}\.ts$`) }, ({ kind }) =>
				kind === 'entry-point' ? undefined : { path: `./${basename(module)}.cjs`, external: true },
			);
		},
	};
}

/** The platform-independent parts of the protocol libraries. Each library exports those that it is built upon. */
const PROTOCOL = String.raw`^\.\./common/(?:api|client|server)$`;

/**
 * Requires one of our modules, and the platform-independent parts of the protocol libraries, from another bundle next to this one,
 * so that the package contains them once. A second copy would also break the libraries, which recognise their errors by class.
 */
function shared(module: string, bundle: string): Plugin {
	return {
		name: 'shared',
		setup({ onResolve, onLoad }) {
			onResolve({ filter: new RegExp(String.raw`${PROTOCOL}|/${module}\.ts$`) }, ({ kind }) =>
				kind === 'entry-point' ? undefined : { path: bundle, namespace: 'shared' },
			);
			onLoad({ filter: /.*/, namespace: 'shared' }, () => ({
				contents: `module.exports = require('./${bundle}')`,
			}));
			onResolve({ filter: /.*/, namespace: 'shared' }, ({ path }) => ({ path, external: true }));
		},
	};
}
const ENGINE = shared('lsp/server', 'engine.cjs');
const HTTP_CLIENT = separate('httpClient');
const LANGUAGE_CLIENT = shared('clientOptions', 'languageClient.cjs');

/** All bundles: source file, output file, options. */
export const BUNDLES: readonly (readonly [source: string, output: string, options: BuildOptions])[] = [
	['client/src/node/main.ts', 'client/dist/node.cjs', { ...NODE_CJS, plugins: [separate('nodeLauncher')] }],
	['client/src/node/nodeLauncher.ts', 'client/dist/nodeLauncher.cjs', { ...NODE_CJS, plugins: [LANGUAGE_CLIENT] }],
	['client/src/browser/main.ts', 'client/dist/browser.cjs', BROWSER_CJS],
	[
		'client/src/browser/browserLauncher.ts',
		'client/dist/browserLauncher.cjs',
		{ ...BROWSER_CJS, plugins: [LANGUAGE_CLIENT] },
	],
	['client/src/lsp/languageClient.ts', 'client/dist/languageClient.cjs', BROWSER_CJS],
	[
		'client/src/reader/page/main.ts',
		'client/dist/reader.js',
		{ platform: 'browser', format: 'iife', target: 'chrome128' },
	],
	['client/src/reader/page/article.css', 'client/dist/article.css', { platform: 'browser', target: 'chrome128' }],
	[
		'client/src/reader/page/reader.css',
		'client/dist/reader.css',
		{ platform: 'browser', target: 'chrome128', loader: { '.svg': 'dataurl' } },
	],
	['server/src/lsp/engine.ts', 'server/dist/engine.cjs', { ...BROWSER_CJS, plugins: [NO_HTML_FORMATTER] }],
	['server/src/node/main.ts', 'server/dist/node.js', { ...NODE_ESM, plugins: [ENGINE, HTTP_CLIENT] }],
	['server/src/node/httpClient.ts', 'server/dist/httpClient.cjs', NODE_CJS],
	['server/src/browser/main.ts', 'server/dist/browser.cjs', { ...BROWSER_CJS, plugins: [ENGINE] }],
	[
		'server/src/cli/main.ts',
		'server/dist/cli.js',
		{
			...NODE_ESM,
			banner: { js: `#!/usr/bin/env node\n${REQUIRE_BANNER}` },
			plugins: [NO_HTML_FORMATTER, HTTP_CLIENT, EXECUTABLE],
		},
	],
];
