import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { utf16Of } from '../archive/readText.ts';
import { comparisonForm } from '../article/comparisonForm.ts';
import { nativePath } from '../node/fileName.ts';
import { decodeText } from './encoding.ts';
import { ENCODING_HELP, parseEncoding } from './encodingOption.ts';
import { reasonOf } from './files.ts';
import { complain, ExitCode, writeStream } from './output.ts';

/** `marginalia textconv`: prints an article for git to compare. */
export function textconvCommand(): Command {
	return new Command('textconv')
		.description('print an article with each block on a line of its own, for "git diff" to compare')
		.argument('<file>', 'the file')
		.option('--encoding <name>', ENCODING_HELP, parseEncoding)
		.addHelpText(
			'after',
			`
git runs this for each version that "git diff", "git log -p" and "git show" compare, once a repository is set up:

    echo '*.md diff=article' >> .gitattributes
    git config diff.article.textconv 'marginalia textconv --'
    git config diff.article.xfuncname '^(<h[1-6].*)'
    git config diff.article.cachetextconv true

Files in an encoding that is not known are printed as they are.`,
		)
		.action(async (path: string, { encoding }: { readonly encoding?: string }) => {
			process.exitCode = await textconv(path, encoding);
		});
}

/** Prints the comparison form. Resolves to the exit code. */
async function textconv(path: string, encoding: string | undefined): Promise<number> {
	try {
		const bytes = await readFile(nativePath(path));
		const decoded = decodeText(bytes, encoding ?? utf16Of(bytes));
		await writeStream(process.stdout, 'text' in decoded ? comparisonForm(decoded.text).text : bytes);
		return ExitCode.clean;
	} catch (error) {
		await complain(path, await reasonOf(error, path));
		return ExitCode.failure;
	}
}
