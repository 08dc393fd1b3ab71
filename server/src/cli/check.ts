import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import { pushAll } from '../article/lists.ts';
import type { Severity } from '../rules/rule.ts';
import { counted } from '../util/words.ts';
import { type Complaint, createFileChecker, type FileChecker, FORMATS, reporterFor } from './checker.ts';
import { withCopies } from './copies.ts';
import { ENCODING_HELP, parseEncoding } from './encodingOption.ts';
import type { FileToCheck } from './files.ts';
import { moveSidecars } from './moveSidecars.ts';
import { checkNetwork, type NetworkOptions } from './network.ts';
import { openedBy } from './opened.ts';
import { complain, ExitCode, wantsColour, writeStream } from './output.ts';
import { createProgress, type Progress } from './progress.ts';
import type { Failure, NetworkSummary, Reporter, Summary } from './reporters/reporter.ts';
import { complainOfNone, selectedFiles, selectFiles } from './selection.ts';
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
	readonly showFurniture?: true;
}

/**
 * `marginalia check`: runs all rules over the articles and lists of an archive.
 *
 * @param program the module that calls `serveThread` in a thread
 */
export function checkCommand(program: string): Command {
	return new Command('check')
		.description('check articles and lists in files and folders')
		.argument('[paths...]', 'files and folders (default: the current folder)')
		.option(
			'--files-from <file>',
			'also check the files listed in a file, one per line or NUL-separated; "-" for standard input',
		)
		.addOption(new Option('--format <format>', 'output format').choices(FORMATS).default('pretty'))
		.option('--max-warnings <n>', 'number of warnings to allow, -1 for any number', parseNumber, 0)
		.option('--quiet', 'report only errors and warnings')
		.option('--fix', 'apply all safe fixes, and report the remaining problems')
		.option('--encoding <name>', ENCODING_HELP, parseEncoding)
		.option('--show-furniture', 'also check the page around the articles: comments, related articles, share buttons')
		.option('--jobs <n>', 'maximum number of threads (default: the number of processors)', parsePositive)
		.option('--network', 'also check links and images over the network')
		.option('--allow-private', 'also check hosts that are not on the public internet')
		.option('--timeout <seconds>', 'timeout of a request', parsePositive, 20)
		.option('--concurrency <n>', 'number of concurrent requests, at most 4 per host', parsePositive, 128)
		.option('--all-links', 'also check the links and images of the page around the articles')
		.option('--recheck', 'ignore cached results, and check all URLs again')
		.addHelpText(
			'after',
			`
A file is checked if its content is an article or a list, whatever its name. Folders are searched, except node_modules,
.git, files ignored by .gitignore, and folders behind symbolic links.

The nearest marginalia.json above a file, up to the root of its archive, configures rules and what to ignore.

With --network each URL is requested once. Results are cached for 7 days, those of broken links for one day. A link that
may have failed for another reason is reported as unverified, which does not affect the exit code. Proxies are taken from
HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY.

Exit code: 0 no problems; 1 errors, or more warnings than allowed; 2 invalid usage, a file that cannot be read or written,
output that cannot be written, a marginalia.json that is not valid JSON (defaults apply, and nothing below it is fixed), a
named file that is not an article or a list, or no articles or lists in the given paths.`,
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

/** Checks and reports. Resolves to the exit code. */
async function check(paths: readonly string[], options: CheckOptions, program: string): Promise<number> {
	const selection = await selectFiles(paths, options.filesFrom);
	if (!selection) return ExitCode.failure;
	const { roots, listed } = selection;
	const files: FileToCheck[] = [];
	for await (const file of selectedFiles(selection)) files.push(file);
	const opened = await openedBy([...roots, ...listed]);
	const moved = options.fix ? await moveSidecars(files, opened) : { files, count: 0 };
	const { summary, passedOver, fixed } = await run(moved.files, opened, options, program);

	if (fixed.problems + moved.count > 0)
		await writeStream(
			process.stderr,
			`marginalia: ${counted(fixed.problems + moved.count, 'problem')} fixed in ${counted(fixed.files + moved.count, 'file')}\n`,
		);

	const { error, warning } = summary.problems;
	if (summary.articles + summary.lists === 0 && summary.failures.length === 0 && roots.length > 0) {
		await complainOfNone(selection, passedOver);
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

/** How many files a checker gets at a time. */
const BATCH = 8;

/** One thread is started for so many files, since starting one takes as long as checking some dozens. */
const FILES_A_THREAD = 100;

/** The result of a run. */
interface Run {
	readonly summary: Summary;
	readonly passedOver: number;
	readonly fixed: { readonly problems: number; readonly files: number };
}

/**
 * Checks all files, on several threads if there are enough.
 *
 * @param program the module that threads run
 */
async function run(
	found: readonly FileToCheck[],
	opened: readonly string[],
	options: CheckOptions,
	program: string,
): Promise<Run> {
	const { format, encoding, quiet = false, fix = false, network = false, jobs = availableParallelism() } = options;
	const colour = wantsColour(process.stdout, process.env);
	const showsFurniture = options.showFurniture === true;
	const checkerOptions = { format, colour, quiet, fix, encoding, showsFurniture, opened };
	const progress = createProgress(process.stderr);
	const reporter = reporterFor(checkerOptions);
	// Verdicts of the network are known only in this thread.
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
		await complain(asked.unsaved, 'results are not cached for the next run');
	}
	return await checkAll(found, [checker], reporter, progress, asked?.summary);
}

/** Checks all files, and reports them in order. */
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

/** Splits things into batches. */
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
