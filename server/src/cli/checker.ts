import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { CancellationToken } from 'vscode-languageserver';
import { isSidecar } from '../annotations/sidecarName.ts';
import type { ConfigurationFile } from '../archive/configurationFile.ts';
import { readHead } from '../archive/head.ts';
import { findConflicts } from '../article/conflict.ts';
import type { DocumentKind } from '../article/detect.ts';
import { pushAll } from '../article/lists.ts';
import { snapshotOf } from '../languageFeatures/snapshot.ts';
import { findArchiveRoot } from '../links/archiveRoot.ts';
import { nodePlatform } from '../node/platform.ts';
import type { RuleContext, Severity } from '../rules/rule.ts';
import { createService, type Service } from '../service.ts';
import type { CheckedSidecar } from '../services/problems.ts';
import { isBelow, normalFolder, normalUri } from '../util/uri.ts';
import type { FileToCheck } from './files.ts';
import { foldersOf, reachOf } from './opened.ts';
import { whatWentWrong } from './output.ts';
import { type FileContent, notWritten, readArticle, reasonWithEncoding } from './readArticle.ts';
import { replaceText } from './replaceText.ts';
import { githubReporter } from './reporters/github.ts';
import { jsonReporter } from './reporters/json.ts';
import { prettyReporter } from './reporters/pretty.ts';
import type { CheckedFile, Failure, Reporter } from './reporters/reporter.ts';
import { sarifReporter } from './reporters/sarif.ts';
import { hasArticle, sidecarPathOf } from './sidecarPath.ts';

/** Output formats. */
export const FORMATS = ['pretty', 'json', 'sarif', 'github'] as const;

/** How files are checked. */
export interface FileCheckerOptions {
	readonly format: (typeof FORMATS)[number];
	readonly colour: boolean;
	/** Whether only errors and warnings are reported. */
	readonly quiet: boolean;
	/** Whether safe fixes are applied first. */
	readonly fix: boolean;
	/** The label of the encoding of files that are not UTF-8. */
	readonly encoding: string | undefined;
	/** Whether the page around an article is checked as well. */
	readonly showsFurniture: boolean;
	/** URIs of the folders that may be accessed. */
	readonly opened: readonly string[];
}

/** A file to check, with all files of its archive that were taken from the same page. */
export interface Checkable extends FileToCheck {
	readonly copies: RuleContext['copies'];
}

/** A line on standard error. */
export interface Complaint {
	/** A path, with line and column if known. */
	readonly place: string;
	readonly text: string;
	/** Set if the complaint makes the run fail. */
	readonly failure?: Failure;
	/** Whether to deduplicate the complaint, which several files may cause. */
	readonly once?: boolean;
}

/** The result of checking a file, as plain data that can be sent between threads. */
export interface FileReport {
	readonly complaints: readonly Complaint[];
	/** The file, and the sidecar of an article. */
	readonly checked: readonly {
		readonly kind: CheckedFile['kind'];
		/** The number of problems by severity, reported or not. */
		readonly problems: Readonly<Record<Severity, number>>;
		/** Its entries in the report. */
		readonly entries: readonly string[];
	}[];
	/** Whether it was skipped, since it is neither an article nor a list. */
	readonly passedOver: boolean;
	/** How many problems were fixed. */
	readonly fixed: number;
}

/** Checks files, in this thread or in another. */
export interface FileChecker {
	/** Returns for each file its archive and the key of its page, as one text; `undefined` if it has none. */
	sources(files: readonly FileToCheck[]): Promise<readonly (string | undefined)[]>;
	/** Checks files. Never rejects because of a file. */
	check(files: readonly Checkable[]): Promise<readonly FileReport[]>;
}

/** Returns the reporter of a format. */
export function reporterFor({ format, colour }: Pick<FileCheckerOptions, 'format' | 'colour'>): Reporter {
	switch (format) {
		case 'json':
			return jsonReporter();
		case 'sarif':
			return sarifReporter();
		case 'github':
			return githubReporter();
		case 'pretty':
			return prettyReporter(colour);
	}
}

/** Creates a checker that works in this thread, and exposes its service. */
export function createFileChecker(options: FileCheckerOptions): FileChecker & { readonly service: Service } {
	const { quiet, fix } = options;
	const reporter = reporterFor(options);
	const reach = reachOf(options.opened);
	const configurations: ConfigurationFile[] = [];
	const copies = new Map<string, RuleContext['copies']>();
	const service = createService(
		{ ...nodePlatform, files: foldersOf(reach) },
		{
			reach: () => reach,
			copiesOf: uri => copies.get(uri) ?? [],
			showsFurniture: async () => options.showsFurniture,
			onRead: file => configurations.push(file),
		},
	);

	/** Applies and writes the fixes of a file. Returns its new text and their number, or what went wrong. */
	const fixFile = async (
		path: string,
		uri: string,
		{ text, encoding }: FileContent & { readonly kind: DocumentKind },
	): Promise<{ text: string; fixed: number } | string> => {
		const configuration = await service.configuration(uri);
		if (configuration?.faults.some(({ severity }) => severity === 'error')) return { text, fixed: 0 };
		const result = await service.fixAll(uri, text, CancellationToken.None);
		if (result.edits.length === 0) return { text, fixed: 0 };
		if (encoding !== undefined) return notWritten(encoding);
		const refused = await replaceText(path, text, result.text, service.files);
		return refused === undefined ? { text: result.text, fixed: result.count } : refused;
	};
	/** Checks an article or list, and the sidecar of an article. */
	const checkText = async (path: string, uri: string, text: string): Promise<readonly CheckedFile[]> => {
		const document = await service.read(snapshotOf(uri, text));
		const checked = await service.check(document, CancellationToken.None);
		return [
			{ path, kind: document.parsed.kind, document, problems: checked.problems },
			...(checked.sidecar ? [sidecarEntry(sidecarPathOf(path), checked.sidecar)] : []),
		];
	};
	/** Checks a sidecar, if it was named or has no article; otherwise it is checked with its article. */
	const checkSidecar = async (path: string, named: boolean): Promise<readonly CheckedFile[]> => {
		if ((await hasArticle(path)) && !named) return [];
		const checked = await service.checkSidecar(uriOf(path), CancellationToken.None);
		return checked ? [sidecarEntry(path, checked)] : [];
	};
	const check = async ({ path, named, copies: others }: Checkable, content: FileContent): Promise<FileReport> => {
		const complaints: Complaint[] = [];
		const fail = (reason: string): void => {
			complaints.push(failureOf(path, reason));
		};
		let fixed = 0;
		let checked: readonly CheckedFile[] = [];
		try {
			if (content.kind === 'failure') {
				fail(reasonWithEncoding(content));
			} else if (content.kind !== 'other') {
				const uri = uriOf(path);
				copies.set(normalUri(uri), others);
				let { text } = content;
				if (fix && findConflicts(text).length > 0)
					complaints.push({ place: path, text: 'was not fixed: it has merge conflicts' });
				const result = fix ? await fixFile(path, uri, content) : undefined;
				if (typeof result === 'string') fail(`could not be fixed: it ${result}`);
				else if (result) ({ text, fixed } = result);
				checked = await checkText(path, uri, text);
			} else if (isSidecar(`/${path}`)) {
				checked = await checkSidecar(path, named);
			} else if (named) {
				fail(content.reason);
			}
			pushAll(complaints, configurations.splice(0).flatMap(configurationFaults));
			const parts = checked.map(one => {
				const problems: Record<Severity, number> = { error: 0, warning: 0, information: 0, hint: 0 };
				for (const { severity } of one.problems) problems[severity]++;
				const shown = quiet ? one.problems.filter(isSerious) : one.problems;
				return { kind: one.kind, problems, entries: reporter.file({ ...one, problems: shown }) };
			});
			const passedOver = content.kind === 'other' && !named && !isSidecar(`/${path}`);
			return { complaints, checked: parts, passedOver, fixed };
		} catch (error) {
			fail(`could not be checked: ${whatWentWrong(error)}`);
			return { complaints, checked: [], passedOver: false, fixed };
		} finally {
			copies.clear();
		}
	};
	/** Files are checked one at a time, so that faults of configurations are reported with the file that read them. */
	let last: Promise<unknown> = Promise.resolve();
	/** The roots of archives, by folder; outside any archive, the outermost folder that was named. */
	const roots = new Map<string, Promise<string | undefined>>();
	const folders = options.opened.map(normalFolder).sort((a, b) => a.length - b.length);
	const sourceOf = async ({ path, failure }: FileToCheck): Promise<string | undefined> => {
		if (failure !== undefined) return undefined;
		const uri = normalUri(uriOf(path));
		const folder = dirname(uri);
		let root = roots.get(folder);
		if (!root) {
			root = findArchiveRoot(uri, service.files).then(found => found ?? folders.find(one => isBelow(uri, one)));
			roots.set(folder, root);
		}
		try {
			const archive = await root;
			const source = archive === undefined ? undefined : (await readHead(uri, service.files))?.source;
			return source === undefined ? undefined : `${archive} ${source}`;
		} catch {
			// Checking the file will report the error.
			return undefined;
		}
	};
	return {
		service,
		sources: found => Promise.all(found.map(sourceOf)),
		check(found) {
			// Files are read while others are still being checked.
			const contents = found.map(async ({ path, named, failure }) => {
				const content: FileContent =
					failure === undefined
						? await readArticle(path, named, options.encoding)
						: { kind: 'failure', reason: failure };
				return content;
			});
			const outcomes = last.then(async () => {
				const done: FileReport[] = [];
				for (const [index, file] of found.entries())
					done.push(await check(file, await (contents[index] as (typeof contents)[0])));
				return done;
			});
			last = outcomes;
			return outcomes;
		},
	};
}

/** The complaint about a file that could not be checked. */
export function failureOf(path: string, reason: string): Complaint {
	return { place: path, text: reason, failure: { path, reason } };
}

function uriOf(path: string): string {
	return pathToFileURL(resolve(path)).href;
}

function sidecarEntry(path: string, { file, problems }: CheckedSidecar): CheckedFile {
	return { path, kind: 'sidecar', document: snapshotOf(file.uri, file.text), problems };
}

/** The complaints about a configuration, one for each fault. */
function configurationFaults({ uri, text, faults }: ConfigurationFile): readonly Complaint[] {
	const path = relative('.', fileURLToPath(uri));
	const document = snapshotOf(uri, text);
	return faults.map(({ span, message, severity, conflict }) => {
		const { line, character } = document.lines.positionAt(span.start);
		const place = `${path}:${line + 1}:${character + 1}`;
		const failure = severity === 'error' ? { failure: { path, reason: message } } : {};
		return { place, text: `${severity}: ${message}${conflict ? ' (article/conflict)' : ''}`, once: true, ...failure };
	});
}

function isSerious({ severity }: { readonly severity: Severity }): boolean {
	return severity === 'error' || severity === 'warning';
}
