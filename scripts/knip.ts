import type { KnipConfig } from 'knip';
import { BUNDLES } from './bundles.ts';

/** The entry points of the bundles of a part, relative to its folder. */
function entriesOf(part: string): string[] {
	return BUNDLES.map(([source]) => source)
		.filter(source => source.startsWith(`${part}/`) && source.endsWith('.ts'))
		.map(source => source.slice(part.length + 1));
}

/** The configuration of knip, which finds unused files, exports and packages. */
const config: KnipConfig = {
	// A type in the signature of an exported function may be exported for its callers.
	ignoreExportsUsedInFile: { interface: true, type: true },
	// POSIX programs that some tests run.
	ignoreBinaries: ['mkfifo', 'script'],
	// A style sheet imports the icons; VS Code itself provides its API.
	ignoreDependencies: ['@vscode/codicons', 'vscode'],
	workspaces: {
		'.': {
			entry: [
				'scripts/{build,knip,package,pictures,release,start,test}.ts',
				'scripts/suites/{compile,reporter,vscode}.ts',
				'scripts/host/{extensionTests.ts,spdlog.cjs}',
				'test/{unit,corpus,lsp,editors,browser,reader}/**/*.test.ts',
				'test/vscode/suite/*.ts',
				'test/mutation/{main.ts,*.cjs}',
				'test/bench/{archive,features,worker}.ts',
				'test/bench/{anchoring,hostile}/main.ts',
				'test/bench/contenders/*.ts',
			],
			project: ['scripts/**/*.{ts,cjs}', 'test/**/*.ts'],
		},
		client: { entry: entriesOf('client'), project: ['src/**/*.ts'] },
		server: { entry: entriesOf('server'), project: ['src/**/*.ts'] },
	},
};

export default config;
