import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import { pushAll } from '../article/lists.ts';
import type { Severity } from '../rules/rule.ts';
import { counted } from '../util/words.ts';
import { type Complaint, createFileChecker, type FileChecker, FORMATS, reporterFor } from './checker.ts';
import { withCopies } from './copies.ts';
import { ENCODING_HELP, parseEncoding } from './encodingOption.ts';
import { readFileList } from './fileList.ts';
import { type FileToCheck, findFiles, reasonOf } from './files.ts';
import { checkNetwork, type NetworkOptions } from './network.ts';
import { openedBy } from './opened.ts';
import { ExitCode, printable, wantsColour, writeStream } from './output.ts';
import { createProgress, type Progress } from './progress.ts';
import { WHAT_IS_LOOKED_FOR } from './readArticle.ts';
import type { Failure, NetworkSummary, Reporter, Summary } from './reporters/reporter.ts';
import { inOrder, startThread } from './threads.ts';

/** The arguments of `marginalia check`. */
interface CheckOptions extends NetworkOptions {
	readonly filesFrom?: string;
	readonly format: (typeof FORMATS)[number];
	readonly network?: true;
	readonly maxWarnings: number;
	readonly quiet?: true;
	readonly fix?: true;
	readonly jobs?: number;
	readonly encoding?: string;
}

/**
 * `marginalia check`: what all rules find in the articles and lists of an archive.
 *
 * @param program the module that calls `serveThread` when it is not started as a program
 */
export function checkCommand(program: string): Command {
	return new Command('check')
		.description('check articles and lists, in files and folders')
		.argument('[paths...]', 'files and folders; the current folder if there are none')
		.option(
			'--files-from <file>',
			'also check the files that a file lists, "-" for standard input, one a line or NUL-separated',
		)
		.addOption(new Option('--format <format>', 'how to report').choices(FORMATS).default('pretty'))
		.option('--max-warnings <n>', 'how many warnings are no failure, -1 for any number', parseNumber, 0)
		.option('--quiet', 'report errors and warnings only, no information and hints')
		.option('--fix', 'make all fixes that are sure to be right, and report what remains')
		.option('--encoding <name>', ENCODING_HELP, parseEncoding)
		.option(
			'--jobs <n>',
			'how many threads to check with, at most; by default as many as there are processors',
			parsePositive,
		)
		.option('--network', 'also check over the network whether links and pictures are there')
		.option('--allow-private', 'ask hosts that are not on the public internet, too')
		.option('--timeout <seconds>', 'how long to wait for one answer', parsePositive, 20)
		.option('--concurrency <n>', 'how many requests to make at once; a host gets at most 4', parsePositive, 128)
		.option('--recheck', 'ask for all addresses again, whatever earlier runs found')
		.addHelpText(
			'after',
			`
A file is checked if its content is that of an article or a list, whatever its name. Folders are searched for them,
except for node_modules, .git, what .gitignore excludes and folders behind symbolic links.

The nearest marginalia.json above a file, not beyond the root of its archive, says which rules run and what is ignored.

With --network every address is asked for once, and what was found is kept for the next run: for 7 days, what is broken for
one day. What may have another reason than that it is gone is "not verified", and fails nothing. Proxies are those of
HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY.

Exit code: 0 clean; 1 errors, or more warnings than allowed; 2 wrong usage, a file or an output that could not be read or
written, a marginalia.json that is not JSON (the defaults apply, and nothing is fixed below it), a file given by name
that is no article, or no article at all below the given paths.`,
		)
		.action(async (paths: string[], options: CheckOptions) => {
			process.exitCode = await check(paths, options, program);
		});
}

function parseNumber(value: string): number {
	if (!/^(?:\d{1,15}|-1)$/.test(value)) throw new InvalidArgumentError('It must be a whole number.');
	return Number(value);
}

function parsePositive(value: string): number {
	if (!/^[1-9]\d{0,5}$/.test(value)) throw new InvalidArgumentError('It must be a whole number above 0.');
	return Number(value);
}

/** Checks and reports; resolves with the exit code. `program` as for `run`. */
async function check(paths: readonly string[], options: CheckOptions, program: string): Promise<number> {
	let listed: string[] = [];
	if (options.filesFrom !== undefined) {
		try {
			listed = await readFileList(options.filesFrom);
		} catch (error) {
			await complain(options.filesFrom, await reasonOf(error, options.filesFrom));
			return ExitCode.failure;
		}
	}
	const roots = paths.length === 0 && options.filesFrom === undefined ? ['.'] : paths;
	const files: FileToCheck[] = [];
	for await (const file of both(roots, listed)) files.push(file);
	const opened = await openedBy([...roots, ...listed]);
	const { summary, passedOver, fixed } = await run(files, opened, options, program);

	if (fixed.problems > 0)
		await writeStream(
			process.stderr,
			`marginalia: ${counted(fixed.problems, 'problem')} fixed in ${counted(fixed.files, 'file')}\n`,
		);

	const { error, warning } = summary.problems;
	if (summary.articles + summary.lists === 0 && summary.failures.length === 0 && roots.length > 0) {
		const looked = passedOver > 0 ? `${counted(passedOver, 'other file')} passed over` : 'no files there';
		await complain(roots.join(', '), `no articles or lists found (${looked}); ${WHAT_IS_LOOKED_FOR}`);
		return ExitCode.failure;
	}
	if (summary.failures.length > 0) return ExitCode.failure;
	const tooMany = options.maxWarnings >= 0 && warning > options.maxWarnings;
	if (tooMany && options.maxWarnings > 0) {
		await writeStream(
			process.stderr,
			`marginalia: ${counted(warning, 'warning')}, more than the ${options.maxWarnings} allowed\n`,
		);
	}
	return error > 0 || tooMany ? ExitCode.findings : ExitCode.clean;
}

async function* both(roots: readonly string[], listed: readonly string[]): AsyncGenerator<FileToCheck> {
	yield* findFiles(roots, true);
	yield* findFiles(listed, false);
}

/** One line about one path. */
async function complain(path: string, reason: string): Promise<void> {
	await writeStream(process.stderr, `marginalia: ${printable(path)}: ${printable(reason)}\n`);
}

/** Files that a checker gets at a time. */
const BATCH = 8;

/** A thread is started for every so many files: it takes as long to start as to check some dozens. */
const FILES_A_THREAD = 100;

/** What came of a run. */
interface Run {
	readonly summary: Summary;
	readonly passedOver: number;
	readonly fixed: { readonly problems: number; readonly files: number };
}

/**
 * Checks all files, on as many threads as help.
 *
 * @param program the module that threads start with
 */
async function run(
	found: readonly FileToCheck[],
	opened: readonly string[],
	options: CheckOptions,
	program: string,
): Promise<Run> {
	const { format, encoding, quiet = false, fix = false, network = false, jobs = availableParallelism() } = options;
	const checkerOptions = { format, colour: wantsColour(process.stdout, process.env), quiet, fix, encoding, opened };
	const progress = createProgress(process.stderr);
	const reporter = reporterFor(checkerOptions);
	// What is found out over the network is known in this thread alone.
	const threads = network ? 1 : Math.min(jobs, Math.ceil(found.length / FILES_A_THREAD));
	if (found.length > FILES_A_THREAD && !network) {
		const checkers = Array.from({ length: threads }, () => startThread(program, checkerOptions));
		try {
			return await checkAll(found, checkers, reporter, progress);
		} finally {
			await Promise.all(checkers.map(checker => checker.end()));
		}
	}
	const checker = createFileChecker(checkerOptions);
	const asked = network ? await checkNetwork(found, checker.service, progress, options) : undefined;
	if (asked?.unsaved !== undefined) {
		progress.clear();
		await complain(asked.unsaved, 'what was found out is not kept for the next run');
	}
	return await checkAll(found, [checker], reporter, progress, asked?.summary);
}

/** Checks all files, and reports them in their order. */
async function checkAll(
	found: readonly FileToCheck[],
	checkers: readonly FileChecker[],
	reporter: Reporter,
	progress: Progress,
	network?: NetworkSummary,
): Promise<Run> {
	const kinds = { article: 0, list: 0, sidecar: 0 };
	const problems: Record<Severity, number> = { error: 0, warning: 0, information: 0, hint: 0 };
	const failures: Failure[] = [];
	const fixed = { problems: 0, files: 0 };
	let [filesWithProblems, passedOver, files] = [0, 0, 0];
	let [separator, others] = reporter.separators;
	const print = async (text: string): Promise<void> => {
		progress.clear();
		await writeStream(process.stdout, text);
	};
	const complained = new Set<string>();
	const tell = async ({ place, text, failure, once }: Complaint): Promise<void> => {
		const line = `${place} ${text}`;
		if (once && complained.has(line)) return;
		if (once) complained.add(line);
		if (failure) failures.push(failure);
		progress.clear();
		await complain(place, text);
	};

	const sources: (string | undefined)[] = [];
	for await (const some of inOrder(batches(found, BATCH), checkers, (checker, batch) => checker.sources(batch)))
		pushAll(sources, some);
	await print(reporter.begin);
	const all = batches(withCopies(found, sources), BATCH);
	for await (const outcomes of inOrder(all, checkers, (checker, batch) => checker.check(batch))) {
		for (const outcome of outcomes) {
			progress.say(`${counted(++files, 'file')} read`);
			for (const complaint of outcome.complaints) await tell(complaint);
			for (const part of outcome.checked) {
				kinds[part.kind]++;
				const numbers = Object.entries(part.problems) as [Severity, number][];
				for (const [severity, number] of numbers) problems[severity] += number;
				if (numbers.some(([, number]) => number > 0)) filesWithProblems++;
				for (const entry of part.entries) {
					await print(separator + entry);
					separator = others;
				}
			}
			if (outcome.passedOver) passedOver++;
			fixed.problems += outcome.fixed;
			if (outcome.fixed > 0) fixed.files++;
		}
	}
	const summary = { articles: kinds.article, lists: kinds.list, problems, filesWithProblems, failures, network };
	await print(reporter.end(summary));
	progress.clear();
	return { summary, passedOver, fixed };
}

/** Some things at a time. */
function* batches<T>(all: Iterable<T>, size: number): Generator<readonly T[]> {
	let batch: T[] = [];
	for (const one of all) {
		batch.push(one);
		if (batch.length < size) continue;
		yield batch;
		batch = [];
	}
	if (batch.length > 0) yield batch;
}
