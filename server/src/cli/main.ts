import { isMainThread } from 'node:worker_threads';
import { Command, CommanderError } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { settleTimeZone } from '../node/timeZone.ts';
import { annotationsCommand } from './annotations.ts';
import { checkCommand } from './check.ts';
import { diffCommand } from './diff.ts';
import { formatCommand } from './format.ts';
import { lspCommand } from './lsp.ts';
import { ExitCode, end, endOnWriteError, whatWentWrong } from './output.ts';
import { textconvCommand } from './textconv.ts';
import { serveThread } from './threads.ts';

if (isMainThread) await runProgram();
else serveThread();

/** Parses the arguments and runs a subcommand. */
async function runProgram(): Promise<void> {
	endOnWriteError(process.stdout, 'standard output');
	endOnWriteError(process.stderr, 'standard error');
	process.on('uncaughtException', error => end(whatWentWrong(error)));
	settleTimeZone(process.env);

	const program = new Command('marginalia')
		.description('Check, format and annotate archives of news articles, or run the language server.')
		.version(manifest.version, '-V, --version', 'print the version')
		.helpOption('-h, --help', 'print help for a command')
		.helpCommand('help [command]', 'print help for a command')
		.showHelpAfterError('(run marginalia --help for usage)')
		.exitOverride();
	const commands = [
		checkCommand(import.meta.url),
		formatCommand(),
		diffCommand(),
		textconvCommand(),
		annotationsCommand(),
		lspCommand(),
	];
	for (const command of commands) program.addCommand(command.copyInheritedSettings(program));

	try {
		await program.parseAsync();
	} catch (error) {
		if (error instanceof CommanderError) {
			// Commander has printed the message. Its exit code is 0 for requested help, but not for help due to a missing command.
			process.exitCode = error.exitCode === 0 ? ExitCode.clean : ExitCode.failure;
		} else {
			end(whatWentWrong(error));
		}
	}
}
