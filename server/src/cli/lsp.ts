import { Command } from 'commander';
import { serveStandardStreams } from '../node/serve.ts';

/** `marginalia lsp`: the language server on standard input and output, for any editor that speaks its protocol. */
export function lspCommand(): Command {
	return new Command('lsp')
		.description('serve an editor over the language server protocol, on standard input and output')
		.option('--stdio', 'use standard input and output; there is no other way, so it may be left out')
		.option('--clientProcessId <id>', 'end when the process with this id, the editor, is gone')
		.action(serveStandardStreams);
}
