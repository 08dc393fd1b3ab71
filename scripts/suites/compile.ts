import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { ROOT } from '../host/paths.ts';

/** The output folder of the suites that run inside VS Code, which loads `index.cjs` from it. */
export const COMPILED_SUITES: string = join(ROOT, 'out/test/vscode');

/**
 * Compiles `test/vscode/suite/*.ts`, one CommonJS bundle for each file: VS Code's extension host loads tests with `require`.
 * @throws Error with the compiler's messages
 */
export async function compileSuites(): Promise<void> {
	await rm(COMPILED_SUITES, { recursive: true, force: true });
	await esbuild.build({
		absWorkingDir: ROOT,
		entryPoints: ['test/vscode/suite/*.ts'],
		outdir: COMPILED_SUITES,
		outbase: 'test/vscode/suite',
		outExtension: { '.js': '.cjs' },
		bundle: true,
		format: 'cjs',
		platform: 'node',
		target: 'node20',
		sourcemap: 'inline',
		packages: 'external',
		external: ['vscode'],
		// Only ES modules have `import.meta`; code that uses it is not needed here.
		define: { 'import.meta.dirname': '__dirname' },
		// Mocha's ES module would be wrapped in a namespace object; this is the CommonJS module inside it.
		alias: { mocha: 'mocha/lib/mocha.cjs' },
	});
}

if (import.meta.main) await compileSuites();
