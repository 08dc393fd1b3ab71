import { Command } from 'commander';
import { serveStandardStreams } from '../node/serve.ts';

/** `marginalia lsp`: runs the language server on standard input and output. */
export function lspCommand(): Command {
	return new Command('lsp')
		.description('run the language server on standard input and output')
		.option('--stdio', 'use standard input and output (the default, and the only transport)')
		.option('--clientProcessId <id>', 'exit when the process with this id, the editor, has ended')
		.action(serveStandardStreams);
}
