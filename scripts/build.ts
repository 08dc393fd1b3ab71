import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { BUNDLES } from './bundles.ts';
import { runCommand } from './host/command.ts';
import { messageOf, ROOT } from './host/paths.ts';
import { writeNotices } from './notices.ts';

const USAGE = `Usage: node scripts/build.ts [--watch] [--production]

Bundles client and server into client/dist and server/dist, and lists the packages in them in THIRD-PARTY-NOTICES.txt and
server/THIRD-PARTY-NOTICES.txt.

  --watch       build again whenever a source file changes, until Ctrl-C
  --production  minified, without source maps
  --help        show this`;

/** The notices in the extension and in the package of the server about third-party code in their bundles. */
const NOTICES = 'THIRD-PARTY-NOTICES.txt';

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
		metafile: true,
		logLevel: 'silent',
	}));
}

/**
 * Builds all bundles once, and writes the notices about third-party code.
 * @param production minified and without source maps
 * @throws Error with the compiler's messages if a bundle cannot be built
 */
export async function build(production = false): Promise<void> {
	const results = await Promise.allSettled(bundleOptions(production).map(options => esbuild.build(options)));
	const failures = results.filter(result => result.status === 'rejected').map(result => formatFailure(result.reason));
	if (failures.length > 0) throw new Error(`the build failed\n${failures.join('\n')}`);
	const metafiles = results.flatMap(result =>
		result.status === 'fulfilled' && result.value.metafile ? [result.value.metafile] : [],
	);
	const holding = (part: RegExp): esbuild.Metafile[] =>
		metafiles.filter(({ outputs }) => Object.keys(outputs).some(output => part.test(output)));
	await Promise.all([
		writeNotices(join(ROOT, NOTICES), holding(/^client\/|^server\/dist\/(?!cli\.)/)),
		writeNotices(join(ROOT, 'server', NOTICES), holding(/^server\//)),
	]);
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
 * Builds all bundles on each change. Its output marks the start and end of each build for `.vscode/tasks.json`:
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
