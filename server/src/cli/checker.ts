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
import { normalUri } from '../util/uri.ts';
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

/** How to report. */
export const FORMATS = ['pretty', 'json', 'sarif', 'github'] as const;

/** What is to be done with each file. */
export interface FileCheckerOptions {
	readonly format: (typeof FORMATS)[number];
	readonly colour: boolean;
	/** Whether errors and warnings alone are reported. */
	readonly quiet: boolean;
	/** Whether sure fixes are made before. */
	readonly fix: boolean;
	/** The label of the encoding of files that are not UTF-8. */
	readonly encoding: string | undefined;
	/** URIs of the folders that may be looked into. */
	readonly opened: readonly string[];
}

/** A file to be checked, and the other files of its archive that were taken from the same page. */
export interface Checkable extends FileToCheck {
	readonly copies: RuleContext['copies'];
}

/** A line on standard error. */
export interface Complaint {
	/** A path, with line and column where that is known. */
	readonly place: string;
	readonly text: string;
	/** Why the run fails, if it does. */
	readonly failure?: Failure;
	/** Whether several files may lead to the same complaint, of which one is enough. */
	readonly once?: boolean;
}

/** What came of a file. It is plain data, which can be sent from one thread to another. */
export interface FileReport {
	readonly complaints: readonly Complaint[];
	/** The file, and the sidecar of an article. */
	readonly checked: readonly {
		readonly kind: CheckedFile['kind'];
		/** How many problems of each severity it has, reported or not. */
		readonly problems: Readonly<Record<Severity, number>>;
		/** What it adds to the report. */
		readonly entries: readonly string[];
	}[];
	/** Whether it is none of those that are checked. */
	readonly passedOver: boolean;
	/** How many problems were fixed. */
	readonly fixed: number;
}

/** Checks files, in this thread or in another. */
export interface FileChecker {
	/** For each file its archive and the page that it was taken from, as one text; `undefined` where it has none. */
	sources(files: readonly FileToCheck[]): Promise<readonly (string | undefined)[]>;
	/** Never rejects because of a file. */
	check(files: readonly Checkable[]): Promise<readonly FileReport[]>;
}

/** Turns what was found into text. */
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

/** A checker that works in this thread, and the service that it asks. */
export function createFileChecker(options: FileCheckerOptions): FileChecker & { readonly service: Service } {
	const { quiet, fix } = options;
	const reporter = reporterFor(options);
	const reach = reachOf(options.opened);
	const configurations: ConfigurationFile[] = [];
	const copies = new Map<string, RuleContext['copies']>();
	const service = createService(
		{ ...nodePlatform, files: foldersOf(reach) },
		{ reach: () => reach, copiesOf: uri => copies.get(uri) ?? [], onRead: file => configurations.push(file) },
	);

	/** The text of a file after its fixes, which are written where there are any, and their number; or what went wrong. */
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
	/** An article or list, and the sidecar of an article. */
	const checkText = async (path: string, uri: string, text: string): Promise<readonly CheckedFile[]> => {
		const document = snapshotOf(uri, text);
		const checked = await service.check(document, CancellationToken.None);
		return [
			{ path, kind: document.parsed.kind, document, problems: checked.problems },
			...(checked.sidecar ? [sidecarEntry(sidecarPathOf(path), checked.sidecar)] : []),
		];
	};
	/** A sidecar, where its article is not there or nobody asked for it. */
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
					complaints.push({ place: path, text: 'nothing was fixed in it: it has a conflict of a merge' });
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
	/** Files are checked one after the other: what else is read meanwhile is told of with them. */
	let last: Promise<unknown> = Promise.resolve();
	/** The archive's root by folder. */
	const roots = new Map<string, Promise<string | undefined>>();
	const sourceOf = async ({ path, failure }: FileToCheck): Promise<string | undefined> => {
		if (failure !== undefined) return undefined;
		const uri = normalUri(uriOf(path));
		const folder = dirname(uri);
		let root = roots.get(folder);
		if (!root) {
			root = findArchiveRoot(uri, service.files);
			roots.set(folder, root);
		}
		try {
			const archive = await root;
			const source = archive === undefined ? undefined : (await readHead(uri, service.files))?.source;
			return source === undefined ? undefined : `${archive} ${source}`;
		} catch {
			// What is wrong with it is said when it is checked.
			return undefined;
		}
	};
	return {
		service,
		sources: found => Promise.all(found.map(sourceOf)),
		check(found) {
			// They are read while others are still being checked.
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

/** What is said of a file that could not be checked. */
export function failureOf(path: string, reason: string): Complaint {
	return { place: path, text: reason, failure: { path, reason } };
}

function uriOf(path: string): string {
	return pathToFileURL(resolve(path)).href;
}

function sidecarEntry(path: string, { file, problems }: CheckedSidecar): CheckedFile {
	return { path, kind: 'sidecar', document: snapshotOf(file.uri, file.text), problems };
}

/** What is wrong with a configuration, each fault a line. */
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
