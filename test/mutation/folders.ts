/** The rooms whose tests are tried by mutations, each with the tests that are to notice: no others run, so that a run is quick. */
export const FOLDERS: Readonly<Record<string, readonly string[]>> = {
	'links/network': [
		'test/unit/links/network/*.test.ts',
		'test/unit/node/network.test.ts',
		'test/unit/node/privateHosts.test.ts',
		'test/unit/rules/network.test.ts',
		// In this process, against the hosts of the tests.
		'test/lsp/network/checker.test.ts',
		'test/lsp/network/picture.test.ts',
		'test/lsp/network/verdicts.test.ts',
	],
	node: ['test/unit/node/*.test.ts', 'test/lsp/network/client.test.ts', 'test/lsp/network/verdicts.test.ts'],
	protocol: ['test/unit/protocol/*.test.ts', 'test/unit/reader/host.test.ts', 'test/unit/reader/view.test.ts'],
	reader: ['test/unit/reader/*.test.ts', 'test/unit/services/reader.test.ts'],
	'annotations/anchor': ['test/unit/annotations/anchor/*.test.ts'],
};
