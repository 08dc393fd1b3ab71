import assert from 'node:assert/strict';
import { readCapabilities, serverCapabilities } from '../../../server/src/lsp/capabilities.ts';

describe('the capability of semantic tokens', () => {
	const offered = (full?: boolean): unknown => {
		const requests = full === undefined ? {} : { full };
		const semanticTokens = { requests, tokenTypes: [], tokenModifiers: [], formats: [] };
		const { semanticTokensProvider } = serverCapabilities(readCapabilities({ textDocument: { semanticTokens } }));
		assert.ok(semanticTokensProvider);
		return [semanticTokensProvider.full, semanticTokensProvider.range];
	};

	it('has whole documents, except for clients that do not request them', () => {
		assert.deepEqual(offered(true), [true, true]);
		assert.deepEqual(offered(), [true, true]);
		assert.deepEqual(offered(false), [false, true]);
	});
});
