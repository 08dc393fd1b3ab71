import type { CancellationToken } from 'vscode-languageserver';
import type { SidecarFile, SidecarFiles } from '../annotations/sidecarFiles.ts';
import { articleOf } from '../annotations/sidecarName.ts';
import type { Archive } from '../archive/archive.ts';
import type { Configurations } from '../archive/configurationFile.ts';
import { lookUpEntryFiles } from '../archive/entryFiles.ts';
import { keyOfSource } from '../archive/head.ts';
import { createMovedTo, type MovedTo } from '../archive/movedTo.ts';
import type { Article } from '../article/article.ts';
import { lonelySidecar, problemsInSidecar } from '../languageFeatures/sidecarDiagnostics.ts';
import type { Snapshot } from '../languageFeatures/snapshot.ts';
import { lookUpLocalFiles } from '../links/localFiles.ts';
import { requestsOf } from '../links/network/requests.ts';
import type { ReadPictureFile } from '../links/pictureFile.ts';
import type { Clock, FileSystem } from '../platform.ts';
import { checkArticle, checkList, type Problem } from '../rules/check.ts';
import type { JudgedContext } from '../rules/judged.ts';
import { mayHaveLost } from '../rules/moved.ts';
import type { Copy, RuleContext } from '../rules/rule.ts';
import { throwIfCancelled } from '../util/cancellation.ts';
import { normalUri, pathBelow } from '../util/uri.ts';
import type { Annotations } from './annotations.ts';
import type { OpenDocuments } from './documents.ts';
import type { LinkChecks } from './linkChecks.ts';
import type { LostSidecars } from './lostSidecars.ts';
import type { ReadingOptions } from './readingOptions.ts';

/** The problems in a document. */
export interface Checked {
	/** In document order; problems in the sidecar are only in `sidecar`. */
	readonly problems: readonly Problem[];
	/** `undefined` if there is none. */
	readonly sidecar: CheckedSidecar | undefined;
}

/** A sidecar and its problems. */
export interface CheckedSidecar {
	readonly file: SidecarFile;
	readonly problems: readonly Problem[];
}

/** Runs rules on documents and collects the data that they need. Functions that take a token throw `RequestCancelled`. */
export interface Problems {
	/** The problems found by all rules in a document. */
	of(document: Snapshot, token: CancellationToken): Promise<readonly Problem[]>;
	/** The problems last found in an open document, so that fixes match the diagnostics shown; checks the document if there are none. */
	shown(document: Snapshot, token: CancellationToken): Promise<readonly Problem[]>;
	/** The targets of the links in an article, with their verdicts. */
	leadingOf(document: Snapshot, article: Article): Promise<JudgedContext>;
	/** The problems found by all rules in a document and, for an article, in its sidecar, as saved. */
	check(document: Snapshot, token: CancellationToken): Promise<Checked>;
	/** The problems of a sidecar and its notes; `undefined` if there is none. */
	checkSidecar(uri: string, token: CancellationToken): Promise<CheckedSidecar | undefined>;
}

/** Dependencies of `createProblems`. */
export interface ProblemSources {
	readonly documents: OpenDocuments;
	readonly files: FileSystem;
	readonly pictures: ReadPictureFile;
	readonly sidecars: SidecarFiles;
	readonly annotations: Pick<Annotations, 'find' | 'article'>;
	readonly configurations: Configurations;
	readonly reading: ReadingOptions;
	readonly checks: LinkChecks;
	readonly archiveOf: (uri: string) => Promise<Archive | undefined>;
	/** The archive of a file, once all of it has been read, to find moved files in. */
	readonly wholeArchive: (uri: string) => Promise<Archive | undefined>;
	readonly lostSidecars: LostSidecars;
	/** The files in the archive of a file that were taken from a page, by its key. Used if archives are not read. */
	readonly copiesOf: ((uri: string, key: string) => RuleContext['copies']) | undefined;
	readonly now: Clock;
}

/** Connects the rules to their data. */
export function createProblems(sources: ProblemSources): Problems {
	const {
		documents,
		files,
		pictures,
		sidecars,
		annotations,
		configurations,
		reading,
		checks,
		archiveOf,
		wholeArchive,
		lostSidecars,
		now,
	} = sources;
	const found = documents.slot<{ readonly text: string; readonly problems: readonly Problem[] }>();
	const leadingOf = async ({ uri, resolve }: Snapshot, article: Article): Promise<JudgedContext> => {
		const leading = { article, resolve, localFile: await lookUpLocalFiles(uri, article, files, pictures) };
		return { ...leading, verdictOf: await checks.verdictsFor(requestsOf(leading)) };
	};
	const movedFor = async (uri: string): Promise<MovedTo | undefined> => {
		const archive = await wholeArchive(uri);
		return archive && createMovedTo(uri, archive);
	};
	const find = async (given: Snapshot, token: CancellationToken): Promise<readonly Problem[]> => {
		const document = await reading.apply(given);
		const { uri, parsed } = document;
		const [archive, policy] = await Promise.all([archiveOf(uri), configurations.policy(uri)]);
		if (parsed.kind === 'list') {
			const fileOf = await lookUpEntryFiles(uri, parsed, files, target => archive?.entry(target));
			const isLost = parsed.entries.some(entry => fileOf(entry)?.exists === false);
			const movedTo = isLost ? await movedFor(uri) : undefined;
			throwIfCancelled(token);
			return checkList({ list: parsed, fileOf, movedTo }, policy);
		}
		const [leading, notes] = await Promise.all([
			leadingOf(document, parsed),
			annotations.find(document, parsed, token),
		]);
		throwIfCancelled(token);
		const copies = otherCopies(uri, parsed, archive, sources.copiesOf);
		const sameText = otherBodies(uri, archive);
		const movedTo = hasLost(parsed, leading) ? await movedFor(uri) : undefined;
		const strays = archive ? await lostSidecars.straysOf(uri, archive) : [];
		throwIfCancelled(token);
		return checkArticle({ ...leading, notes, copies, sameText, movedTo, strays, now: now() }, policy);
	};
	const of = async (document: Snapshot, token: CancellationToken): Promise<readonly Problem[]> => {
		const problems = await find(document, token);
		if (documents.isPresent(document)) found.keep(documents.of(document), { text: document.text, problems });
		return problems;
	};
	return {
		of,
		async shown(document, token) {
			const last = found.of(documents.of(document));
			return last?.text === document.text ? last.problems : of(document, token);
		},
		leadingOf,
		async check(document, token) {
			const { uri, parsed } = document;
			const problems = await of(document, token);
			const file = parsed.kind === 'article' ? await sidecars.of(uri) : undefined;
			// An archive has too many sidecars to cache.
			sidecars.forget();
			return {
				problems: problems.filter(({ sidecar }) => !sidecar),
				sidecar: file && { file, problems: problemsInSidecar(uri, problems) },
			};
		},
		async checkSidecar(uri, token) {
			const address = articleOf(uri);
			const file = address === undefined ? undefined : await sidecars.of(address);
			if (address === undefined || !file) return undefined;
			const article = await annotations.article(address);
			throwIfCancelled(token);
			if (!article) {
				const articles = await lostSidecars.articlesFor(file, address);
				throwIfCancelled(token);
				return { file, problems: lonelySidecar(file, address, articles) };
			}
			return { file, problems: problemsInSidecar(address, await of(article, token)) };
		},
	};
}

/** Whether an article refers to a file that does not exist. */
function hasLost({ links, images }: Article, { localFile }: Pick<RuleContext, 'localFile'>): boolean {
	const isLost = (field: { readonly value: string } | undefined): boolean =>
		field !== undefined && mayHaveLost(field.value, localFile(field.value));
	return links.some(({ href }) => isLost(href)) || images.some(({ source }) => isLost(source));
}

/** The other articles with the same text. */
function otherBodies(uri: string, archive: Archive | undefined): readonly Copy[] {
	if (!archive) return [];
	const normal = normalUri(uri);
	const body = archive.entry(normal)?.body;
	if (body === undefined) return [];
	return copiesIn(archive, archive.withBody(body)).filter(copy => copy.uri !== normal);
}

function copiesIn({ root }: Archive, uris: readonly string[]): readonly Copy[] {
	return uris.map(uri => ({ uri, path: pathBelow(root, uri) ?? uri }));
}

/** The other articles that were taken from the same page. */
function otherCopies(
	uri: string,
	article: Article,
	archive: Archive | undefined,
	copiesOf: ProblemSources['copiesOf'],
): RuleContext['copies'] {
	const key = archive || copiesOf ? keyOfSource(article.source?.value) : undefined;
	// The file of an open document may have been moved away.
	if (key === undefined || (archive?.entry(normalUri(uri)) === undefined && archive)) return [];
	const copies = archive ? copiesIn(archive, archive.copiesOf(key)) : (copiesOf?.(normalUri(uri), key) ?? []);
	return copies.filter(copy => copy.uri !== normalUri(uri));
}
