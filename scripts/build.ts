import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { runCommand } from './host/command.ts';
import { messageOf, ROOT } from './host/paths.ts';

const USAGE = `Usage: node scripts/build.ts [--watch] [--production]

Bundles client and server into client/dist and server/dist.

  --watch       build again whenever a source file changes, until Ctrl-C
  --production  minified, without source maps
  --help        show this`;

/** ESM bundles hold CommonJS packages that call `require` for Node's own modules. */
const REQUIRE_BANNER =
	"import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);";

/** What all bundles that run under Node have in common. The UMD builds of Microsoft's JSON and HTML services only bundle from `module`. */
const NODE: esbuild.BuildOptions = { platform: 'node', target: 'node20.19', mainFields: ['module', 'main'] };
const NODE_ESM: esbuild.BuildOptions = { ...NODE, format: 'esm', banner: { js: REQUIRE_BANNER } };
const BROWSER: esbuild.BuildOptions = {
	platform: 'browser',
	target: 'es2023',
	mainFields: ['browser', 'module', 'main'],
};

/**
 * The extension's entry loads the language client library with the first article only, from a file of its own: as one
 * bundle they take 13 ms to load, without it the entry takes 1 ms.
 */
const SEPARATE_LAUNCHER: esbuild.Plugin = {
	name: 'separate-launcher',
	setup({ onResolve }) {
		onResolve({ filter: /^\.\/nodeLauncher\.ts$/ }, () => ({ path: './nodeLauncher.cjs', external: true }));
	},
};
/** CommonJS for the extension host; `import()` becomes `require`, since only that knows the module `vscode`. */
const CLIENT: esbuild.BuildOptions = {
	...NODE,
	format: 'cjs',
	external: ['vscode'],
	supported: { 'dynamic-import': false },
};

/** Makes the output executable, as npm does when it installs a package but not for a workspace that it links. */
const EXECUTABLE: esbuild.Plugin = {
	name: 'executable',
	setup({ initialOptions, onEnd }) {
		onEnd(async ({ errors }) => {
			if (errors.length === 0 && initialOptions.outfile) await chmod(join(ROOT, initialOptions.outfile), 0o755);
		});
	},
};

/** Every bundle: source file, output file, how. */
const BUNDLES: readonly (readonly [source: string, output: string, options: esbuild.BuildOptions])[] = [
	['client/src/node.ts', 'client/dist/node.cjs', { ...CLIENT, plugins: [SEPARATE_LAUNCHER] }],
	['client/src/nodeLauncher.ts', 'client/dist/nodeLauncher.cjs', CLIENT],
	['client/src/browser.ts', 'client/dist/browser.cjs', { ...BROWSER, format: 'cjs', external: ['vscode'] }],
	['server/src/lsp/node.ts', 'server/dist/node.js', NODE_ESM],
	['server/src/lsp/browser.ts', 'server/dist/browser.js', { ...BROWSER, format: 'iife' }],
	[
		'server/src/cli/main.ts',
		'server/dist/cli.js',
		{ ...NODE_ESM, banner: { js: `#!/usr/bin/env node\n${REQUIRE_BANNER}` }, plugins: [EXECUTABLE] },
	],
];

/** The options of every bundle. */
function bundleOptions(production: boolean): esbuild.BuildOptions[] {
	return BUNDLES.map(([source, output, options]) => ({
		...options,
		absWorkingDir: ROOT,
		entryPoints: [source],
		outfile: output,
		bundle: true,
		minify: production,
		sourcemap: !production,
		sourcesContent: false,
		charset: 'utf8',
		logLevel: 'silent',
	}));
}

/**
 * Builds all bundles once.
 * @param production minified and without source maps
 * @throws Error with the compiler's messages when a bundle cannot be built
 */
export async function build(production = false): Promise<void> {
	const results = await Promise.allSettled(bundleOptions(production).map(options => esbuild.build(options)));
	const failures = results.filter(result => result.status === 'rejected').map(result => formatFailure(result.reason));
	if (failures.length > 0) throw new Error(`the build failed\n${failures.join('\n')}`);
}

function formatFailure(reason: unknown): string {
	if (!isBuildFailure(reason)) return messageOf(reason);
	return formatMessages(reason.errors);
}

function isBuildFailure(reason: unknown): reason is esbuild.BuildFailure {
	return reason instanceof Error && 'errors' in reason && Array.isArray(reason.errors);
}

function formatMessages(errors: readonly esbuild.Message[]): string {
	return esbuild.formatMessagesSync([...errors], { kind: 'error', color: process.stdout.isTTY }).join('');
}

/**
 * Builds all bundles again and again. The lines it prints mark begin and end of each round for `.vscode/tasks.json`:
 * `[watch] build started`, then a line `file:line:column: error: text` for each error, then `[watch] build finished`.
 */
async function watch(production: boolean): Promise<void> {
	let building = 0;
	const report: esbuild.Plugin = {
		name: 'report',
		setup({ onStart, onEnd }) {
			onStart(() => {
				if (building === 0) console.log('[watch] build started');
				building += 1;
			});
			onEnd(({ errors }) => {
				for (const { location, text } of errors) {
					console.log(
						`${location?.file ?? 'build'}:${location?.line ?? 1}:${(location?.column ?? 0) + 1}: error: ${text}`,
					);
				}
				building -= 1;
				if (building === 0) console.log('[watch] build finished');
			});
		},
	};
	const contexts = await Promise.all(
		bundleOptions(production).map(options =>
			esbuild.context({ ...options, plugins: [...(options.plugins ?? []), report] }),
		),
	);
	await Promise.all(contexts.map(context => context.watch()));
}

if (import.meta.main) {
	await runCommand(USAGE, async () => {
		const { values } = parseArgs({
			options: { watch: { type: 'boolean' }, production: { type: 'boolean' }, help: { type: 'boolean' } },
		});
		if (values.help === true) console.log(USAGE);
		else if (values.watch === true) await watch(values.production === true);
		else await build(values.production === true);
		return 0;
	});
}
