import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Command, InvalidArgumentError, Option } from 'commander';
import { CancellationToken } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { isSidecar, SIDECAR_SUFFIX } from '../annotations/sidecar.ts';
import type { ConfigurationFile } from '../archive/configurationFile.ts';
import { parseDocument } from '../article/article.ts';
import type { CheckedSidecar } from '../features/problems.ts';
import { nodePlatform } from '../lsp/nodePlatform.ts';
import type { Severity } from '../rules/rule.ts';
import { createService } from '../service.ts';
import { findCopies } from './copies.ts';
import { readFileList } from './fileList.ts';
import { type Found, findFiles, reasonOf } from './files.ts';
import { checkNetwork, type NetworkOptions } from './network.ts';
import { count, ExitCode, printable, wantsColour, write } from './output.ts';
import { createProgress } from './progress.ts';
import { type Content, readArticle, WHAT_IS_LOOKED_FOR } from './readArticle.ts';
import { replaceText } from './replaceText.ts';
import { githubReporter } from './reporters/github.ts';
import { jsonReporter } from './reporters/json.ts';
import { prettyReporter } from './reporters/pretty.ts';
import type { CheckedFile, Failure, Reporter, Summary } from './reporters/reporter.ts';
import { sarifReporter } from './reporters/sarif.ts';

/** Files that are read while one is being checked. */
const READ_AHEAD = 16;

/** How to report. */
const FORMATS = ['pretty', 'json', 'sarif', 'github'] as const;

/** The arguments of `marginalia check`. */
interface CheckOptions extends NetworkOptions {
	readonly filesFrom?: string;
	readonly format: (typeof FORMATS)[number];
	readonly network?: true;
	readonly maxWarnings: number;
	readonly quiet?: true;
	readonly fix?: true;
}

/** `marginalia check`: what all rules find in the articles and lists of an archive. */
export function checkCommand(): Command {
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

Exit code: 0 clean; 1 errors, or more warnings than allowed; 2 wrong usage, a file that could not be read or
written, a marginalia.json that is not JSON (the defaults apply, and nothing is fixed below it), a file given by name
that is no article, or no article at all below the given paths.`,
		)
		.action(async (paths: string[], options: CheckOptions) => {
			process.exitCode = await check(paths, options);
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

function reporterFor(format: CheckOptions['format']): Reporter {
	switch (format) {
		case 'json':
			return jsonReporter();
		case 'sarif':
			return sarifReporter();
		case 'github':
			return githubReporter();
		case 'pretty':
			return prettyReporter(wantsColour(process.stdout, process.env));
	}
}

/** Checks and reports; resolves with the exit code. */
async function check(paths: readonly string[], options: CheckOptions): Promise<number> {
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
	const files: Found[] = [];
	for await (const file of both(roots, listed)) files.push(file);
	const { summary, passedOver, fixed } = await run(files, reporterFor(options.format), options);

	if (fixed.problems > 0)
		await write(
			process.stderr,
			`marginalia: ${count(fixed.problems, 'problem')} fixed in ${count(fixed.files, 'file')}\n`,
		);

	const { error, warning } = summary.problems;
	if (summary.articles + summary.lists === 0 && summary.failures.length === 0 && roots.length > 0) {
		const looked = passedOver > 0 ? `${count(passedOver, 'other file')} passed over` : 'no files there';
		await complain(roots.join(', '), `no articles or lists found (${looked}); ${WHAT_IS_LOOKED_FOR}`);
		return ExitCode.failure;
	}
	if (summary.failures.length > 0) return ExitCode.failure;
	const tooMany = options.maxWarnings >= 0 && warning > options.maxWarnings;
	if (tooMany && options.maxWarnings > 0) {
		await write(
			process.stderr,
			`marginalia: ${count(warning, 'warning')}, more than the ${options.maxWarnings} allowed\n`,
		);
	}
	return error > 0 || tooMany ? ExitCode.findings : ExitCode.clean;
}

async function* both(roots: readonly string[], listed: readonly string[]): AsyncGenerator<Found> {
	yield* findFiles(roots, true);
	yield* findFiles(listed, false);
}

/** One line about one path. */
async function complain(path: string, reason: string): Promise<void> {
	await write(process.stderr, `marginalia: ${printable(path)}: ${printable(reason)}\n`);
}

/** Checks file after file. Files are read ahead, checked one at a time and reported in their order. */
async function run(
	found: readonly Found[],
	reporter: Reporter,
	options: CheckOptions,
): Promise<{ summary: Summary; passedOver: number; fixed: { problems: number; files: number } }> {
	const { quiet, fix } = options;
	const configurations: ConfigurationFile[] = [];
	const copiesOf = await findCopies(found);
	const service = createService(nodePlatform, { copiesOf, onRead: file => configurations.push(file) });
	const progress = createProgress(process.stderr);
	const kinds = { article: 0, list: 0 };
	const problems: Record<Severity, number> = { error: 0, warning: 0, information: 0, hint: 0 };
	const failures: Failure[] = [];
	let [filesWithProblems, passedOver, files] = [0, 0, 0];
	const print = async (text: string): Promise<void> => {
		if (text === '') return;
		progress.clear();
		await write(process.stdout, text);
	};
	const fail = async (path: string, reason: string): Promise<void> => {
		failures.push({ path, reason });
		progress.clear();
		await complain(path, reason);
	};
	const fixed = { problems: 0, files: 0 };
	/** The text of a file after its fixes, which are written where there are any. */
	const fixFile = async (path: string, uri: string, text: string): Promise<string> => {
		const configuration = await service.configuration(uri);
		if (configuration?.faults.some(({ severity }) => severity === 'error')) return text;
		const result = await service.fixAll(uri, text, CancellationToken.None);
		if (result.edits.length === 0) return text;
		const refused = await replaceText(path, text, result.text);
		if (refused !== undefined) {
			await fail(path, `could not be fixed: it ${refused}`);
			return text;
		}
		fixed.problems += result.count;
		fixed.files++;
		return result.text;
	};
	/** One line for each thing that is wrong with the configurations that were read since the last call. */
	const tellOfConfigurations = async (): Promise<void> => {
		for (const { uri, text, faults } of configurations.splice(0)) {
			const path = relative('.', fileURLToPath(uri));
			const document = TextDocument.create(uri, 'jsonc', 0, text);
			for (const { span, message, severity } of faults) {
				const { line, character } = document.positionAt(span.start);
				const place = `${path}:${line + 1}:${character + 1}`;
				if (severity === 'error') failures.push({ path, reason: message });
				progress.clear();
				await complain(place, `${severity}: ${message}`);
			}
		}
	};
	/** A file and, for an article, its sidecar. */
	const checkFile = async (path: string, original: string): Promise<readonly CheckedFile[]> => {
		const uri = pathToFileURL(resolve(path)).href;
		const text = fix ? await fixFile(path, uri, original) : original;
		const parsed = parseDocument(text);
		const document = TextDocument.create(uri, 'article', 0, text);
		const checked = await service.check(uri, parsed, CancellationToken.None);
		return [
			{ path, kind: parsed.kind, document, problems: checked.problems },
			...(checked.sidecar ? [sidecarEntry(path + SIDECAR_SUFFIX, checked.sidecar)] : []),
		];
	};
	/** A sidecar, where its article is not there or nobody asked for it. */
	const checkSidecar = async (path: string, named: boolean): Promise<readonly CheckedFile[]> => {
		if (!named && existsSync(path.slice(0, -SIDECAR_SUFFIX.length))) return [];
		const checked = await service.checkSidecar(pathToFileURL(resolve(path)).href, CancellationToken.None);
		return checked ? [sidecarEntry(path, checked)] : [];
	};
	const report = async (path: string, check: () => Promise<readonly CheckedFile[]>): Promise<void> => {
		try {
			for (const checked of await check()) {
				if (checked.kind !== 'sidecar') kinds[checked.kind]++;
				if (checked.problems.length > 0) filesWithProblems++;
				for (const { severity } of checked.problems) problems[severity]++;
				await tellOfConfigurations();
				const shown = quiet ? checked.problems.filter(isSerious) : checked.problems;
				await print(reporter.file({ ...checked, problems: shown }));
			}
		} catch (error) {
			await fail(path, `could not be checked: ${whatWentWrong(error)}`);
		}
	};

	const asked = options.network ? await checkNetwork(found, service, progress, options) : undefined;
	if (asked?.unsaved !== undefined) {
		progress.clear();
		await complain(asked.unsaved, 'what was found out is not kept for the next run');
	}
	await print(reporter.begin());
	for await (const { path, named, content } of readAhead(found)) {
		progress.say(`${count(++files, 'file')} read`);
		if (content.kind === 'failure') {
			await fail(path, content.reason);
		} else if (content.kind !== 'other') {
			await report(path, () => checkFile(path, content.text));
		} else if (isSidecar(`/${path}`)) {
			await report(path, () => checkSidecar(path, named));
		} else if (named) {
			await fail(path, content.reason);
		} else {
			passedOver++;
		}
	}
	const summary = {
		articles: kinds.article,
		lists: kinds.list,
		problems,
		filesWithProblems,
		failures,
		network: asked?.summary,
	};
	await print(reporter.end(summary));
	progress.clear();
	return { summary, passedOver, fixed };
}

function sidecarEntry(path: string, { file, problems }: CheckedSidecar): CheckedFile {
	return { path, kind: 'sidecar', document: TextDocument.create(file.uri, 'json', 0, file.text), problems };
}

/** An error with the place that threw it, in one line. */
function whatWentWrong(error: unknown): string {
	const stack = error instanceof Error ? error.stack : undefined;
	return stack?.split('\n', 2).join('').replace(/\s+/g, ' ') ?? String(error);
}

function isSerious({ severity }: { readonly severity: Severity }): boolean {
	return severity === 'error' || severity === 'warning';
}

/** The content of each file, in the order of the files, some of them read while the one before is still being checked. */
async function* readAhead(found: readonly Found[]): AsyncGenerator<Found & { readonly content: Content }> {
	const waiting: Promise<Found & { content: Content }>[] = [];
	const read = async (file: Found): Promise<Found & { content: Content }> => ({
		...file,
		content: file.failure === undefined ? await readArticle(file.path) : { kind: 'failure', reason: file.failure },
	});
	for (const file of found) {
		waiting.push(read(file));
		const first = waiting.length > READ_AHEAD ? waiting.shift() : undefined;
		if (first) yield await first;
	}
	for (const one of waiting) yield await one;
}
