import { Command, InvalidArgumentError } from 'commander';
import { type Article, parseArticle } from '../article/article.ts';
import type { DocumentKind } from '../article/detect.ts';
import { applyEdits } from '../article/edits.ts';
import { collapsing, expansion, formatObstacle, INDENT } from '../article/format.ts';
import type { FileSystem } from '../platform.ts';
import { messageOf } from '../util/errors.ts';
import { counted } from '../util/words.ts';
import { ENCODING_HELP, parseEncoding } from './encodingOption.ts';
import type { FileToCheck } from './files.ts';
import { filesOf, openedBy, reachOf } from './opened.ts';
import { complain, ExitCode, printable, writeStream } from './output.ts';
import { createProgress } from './progress.ts';
import { type FileContent, notWritten, readArticle, reasonWithEncoding } from './readArticle.ts';
import { createFurnitureRemover, type FurnitureRemover } from './removeFurniture.ts';
import { replaceText } from './replaceText.ts';
import { complainOfNone, selectedFiles, selectFiles } from './selection.ts';

/** The arguments of `marginalia format`. */
interface FormatOptions {
	readonly filesFrom?: string;
	readonly check?: true;
	readonly collapse?: true;
	readonly removeFurniture?: true;
	/** One level of indentation. */
	readonly indent: string;
	readonly encoding?: string;
}

/** The result of a run. */
interface Outcome {
	articles: number;
	lists: number;
	changed: number;
	failures: number;
	passedOver: number;
}

/** `marginalia format`: brings articles into expanded form or archive form. */
export function formatCommand(): Command {
	return new Command('format')
		.description('expand articles to one line per block, or collapse them to one line')
		.argument('[paths...]', 'files and folders (default: the current folder)')
		.option(
			'--files-from <file>',
			'also format the files listed in a file, one per line or NUL-separated; "-" for standard input',
		)
		.option('--check', 'report which files would change without writing them')
		.option('--collapse', 'bring articles into archive form: the body on one line, without changing what is displayed')
		.option('--remove-furniture', 'remove the page around the articles: comments, related articles, share buttons')
		.option('--encoding <name>', ENCODING_HELP, parseEncoding)
		.option('--indent <n>', 'spaces per level, 0 for none (default: a tab)', parseIndent, INDENT)
		.addHelpText(
			'after',
			`
Expanding adds white space only where HTML ignores it, and collapsing removes exactly that. Between blocks, collapsing
removes line breaks. Elsewhere it replaces a line break with its equivalent: a space in running text, tags and comments,
"&#10;" in pre, textarea, attributes and where a style preserves white space. Line breaks in scripts, style sheets and xmp
stay, since they have no equivalent. Line endings at the end of files, byte order marks and lists are not changed.

With --remove-furniture, articles keep their form, unless --collapse is given. What goes is listed with each file. The byline,
and parts with notes, stay. Notes in sidecar files keep their places. What is furniture can be changed in marginalia.json.

Files are found as by "marginalia check", and replaced as a whole or not at all. Files that changed, or would change, are
listed on standard output. Articles with merge conflicts or a Markdown body are not changed, and reported on standard
error.

Exit code: 0 done, or with --check nothing to do; 1 with --check, files would change; 2 invalid usage, a file that cannot
be read or written, an article with merge conflicts, a named file that is not an article or has a Markdown body, or no
articles or lists in the given paths.`,
		)
		.action(async (paths: string[], options: FormatOptions) => {
			process.exitCode = await format(paths, options);
		});
}

function parseIndent(value: string): string {
	if (!/^\d$/.test(value)) throw new InvalidArgumentError('It must be a number from 0 to 9.');
	return ' '.repeat(Number(value));
}

/** Formats and reports. Resolves to the exit code. */
async function format(paths: readonly string[], options: FormatOptions): Promise<number> {
	const selection = await selectFiles(paths, options.filesFrom);
	if (!selection) return ExitCode.failure;
	const { roots, listed } = selection;
	const opened = await openedBy([...roots, ...listed]);
	const { articles, lists, changed, failures, passedOver } = await run(
		selectedFiles(selection),
		filesOf(reachOf(opened)),
		options,
		options.removeFurniture && createFurnitureRemover(opened),
	);
	if (articles + lists + failures === 0 && roots.length > 0) {
		await complainOfNone(selection, passedOver);
		return ExitCode.failure;
	}
	const done = options.check ? 'would change' : 'changed';
	await writeStream(process.stderr, `marginalia: ${changed} of ${counted(articles, 'article')} ${done}\n`);
	if (failures > 0) return ExitCode.failure;
	return options.check && changed > 0 ? ExitCode.findings : ExitCode.clean;
}

/** Formats files in order. */
async function run(
	found: AsyncIterable<FileToCheck>,
	written: FileSystem,
	options: FormatOptions,
	remover: FurnitureRemover | undefined,
): Promise<Outcome> {
	const progress = createProgress(process.stderr);
	const outcome: Outcome = { articles: 0, lists: 0, changed: 0, failures: 0, passedOver: 0 };
	const note = async (path: string, reason: string): Promise<void> => {
		progress.clear();
		await complain(path, reason);
	};
	const fail = async (path: string, reason: string): Promise<void> => {
		outcome.failures++;
		await note(path, reason);
	};
	let files = 0;
	for await (const { path, named, failure } of found) {
		progress.say(`${counted(++files, 'file')} read`);
		const content =
			failure === undefined
				? await readArticle(path, named, options.encoding)
				: ({ kind: 'failure', reason: failure } as const);
		if (content.kind === 'failure') await fail(path, reasonWithEncoding(content));
		else if (content.kind === 'other' && named) await fail(path, content.reason);
		else if (content.kind === 'other') outcome.passedOver++;
		else if (content.kind === 'list') outcome.lists++;
		else {
			outcome.articles++;
			try {
				const article = parseArticle(content.text);
				const obstacle = formatObstacle(article);
				if (obstacle) {
					// A conflict is never intended; Markdown in a folder may be.
					if (named || obstacle.kind === 'conflict') await fail(path, `was not formatted: it ${obstacle.reason}`);
					else await note(path, `was not formatted: it ${obstacle.reason}`);
					continue;
				}
				const cleared = await remover?.clear(path, content.text);
				if (cleared && 'refused' in cleared) {
					await fail(path, `was not changed: ${cleared.refused}`);
					continue;
				}
				for (const left of cleared?.notes ?? []) await note(path, left);
				const after = formatted(cleared ? parseArticle(cleared.text) : article, options);
				if (after === content.text) continue;
				const refused = options.check ? undefined : await replace(path, content, after, written);
				if (refused !== undefined) {
					await fail(path, `could not be formatted: it ${refused}`);
					continue;
				}
				outcome.changed++;
				progress.clear();
				const what = cleared?.description ? `: ${cleared.description}` : '';
				await writeStream(process.stdout, `${printable(path)}${what}\n`);
				const warning = options.check ? undefined : await cleared?.anchor();
				if (warning !== undefined) await note(path, warning);
			} catch (error) {
				await fail(path, `could not be formatted: ${messageOf(error)}`);
			}
		}
	}
	progress.clear();
	return outcome;
}

/** Writes the new text of a file; returns the reason if it does not. */
async function replace(
	path: string,
	{ text, encoding }: FileContent & { readonly kind: DocumentKind },
	after: string,
	files: FileSystem,
): Promise<string | undefined> {
	return encoding === undefined ? replaceText(path, text, after, files) : notWritten(encoding);
}

function formatted(article: Article, { collapse, indent, removeFurniture }: FormatOptions): string {
	if (removeFurniture && !collapse) return article.text;
	return applyEdits(article.text, collapse ? collapsing(article) : expansion(article, indent));
}
