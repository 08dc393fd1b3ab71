import { messageOf } from './paths.ts';

/** An error in the arguments of a command: shown with its usage, exit code 2. */
export class UsageError extends Error {}

/**
 * Runs the body of a command and turns errors into a message and an exit code: 2 for invalid arguments
 * (`UsageError`, or what `parseArgs` throws), 1 for anything else.
 * @param usage text shown after a message about invalid arguments
 * @param body resolves to the exit code, or to nothing for 0
 */
export async function runCommand(usage: string, body: () => Promise<number | undefined>): Promise<void> {
	try {
		process.exitCode = (await body()) ?? 0;
	} catch (error) {
		const wrongArguments = error instanceof UsageError || isParseArgsError(error);
		console.error(wrongArguments ? `${messageOf(error)}\n\n${usage}` : messageOf(error));
		process.exitCode = wrongArguments ? 2 : 1;
	}
}

function isParseArgsError(error: unknown): boolean {
	return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
