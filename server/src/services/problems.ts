import type { CancellationToken } from 'vscode-languageserver';
import type { SidecarFile, SidecarFiles } from '../annotations/sidecarFiles.ts';
import { articleOf } from '../annotations/sidecarName.ts';
import type { Configurations } from '../archive/configurationFile.ts';
import { lookUpEntryFiles } from '../archive/entryFiles.ts';
import { keyOfSource } from '../archive/head.ts';
import type { Archive } from '../archive/index.ts';
import type { ArchiveDocument, Article } from '../article/article.ts';
import { lonelySidecar, problemsInSidecar } from '../languageFeatures/sidecarDiagnostics.ts';
import { lookUpLocalFiles } from '../links/localFiles.ts';
import { requestsOf } from '../links/network/requests.ts';
import type { Pictures } from '../links/pictureFile.ts';
import { createResolver, type Resolver } from '../links/resolve.ts';
import type { Clock, FileSystem } from '../platform.ts';
import { checkArticle, checkList, type Problem } from '../rules/check.ts';
import type { JudgedContext } from '../rules/judged.ts';
import type { RuleContext } from '../rules/rule.ts';
import { throwIfCancelled } from '../util/cancellation.ts';
import { normalUri, pathBelow } from '../util/uri.ts';
import type { Annotations } from './annotations.ts';
import type { LinkChecks } from './linkChecks.ts';

/** A text that was read, and what its addresses mean. */
export interface Readable {
	readonly parsed: ArchiveDocument;
	readonly resolve: Resolver;
}

/** A text, read for its own sake. */
export function readable(parsed: ArchiveDocument): Readable {
	return { parsed, resolve: createResolver(parsed.kind === 'article' ? parsed.source?.value : undefined) };
}

/** What rules find in a document. */
export interface Checked {
	/** In the order of the text; those that are about a place in the sidecar are there alone. */
	readonly problems: readonly Problem[];
	/** `undefined` where there is none. */
	readonly sidecar: CheckedSidecar | undefined;
}

/** A sidecar, and what rules find in it. */
export interface CheckedSidecar {
	readonly file: SidecarFile;
	readonly problems: readonly Problem[];
}

/** Runs rules over documents, after a look at all that lies around them. A function that takes a token throws `RequestCancelled`. */
export interface Problems {
	/** What all rules find in a document. */
	of(uri: string, document: Readable, token: CancellationToken): Promise<readonly Problem[]>;
	/** Where the addresses of an article lead, and what is known of that. */
	leadingOf(uri: string, article: Article, resolve: Resolver): Promise<JudgedContext>;
	/** What all rules find in a document and, for an article, in its sidecar, as they lie in files. */
	check(uri: string, parsed: ArchiveDocument, token: CancellationToken): Promise<Checked>;
	/** What is wrong with a sidecar and its notes; `undefined` where there is none. */
	checkSidecar(uri: string, token: CancellationToken): Promise<CheckedSidecar | undefined>;
}

/** What problems are found with. */
export interface ProblemSources {
	readonly files: FileSystem;
	readonly pictures: Pictures;
	readonly sidecars: SidecarFiles;
	readonly annotations: Pick<Annotations, 'find' | 'article'>;
	readonly configurations: Configurations;
	readonly checks: LinkChecks;
	readonly archiveOf: (uri: string) => Promise<Archive | undefined>;
	/** The files of a file's archive that were taken from a page, by its key, where no archive is read. */
	readonly copiesOf: ((uri: string, key: string) => RuleContext['copies']) | undefined;
	readonly now: Clock;
}

/** Wires the rules to what they look at. */
export function createProblems(sources: ProblemSources): Problems {
	const { files, pictures, sidecars, annotations, configurations, checks, archiveOf, now } = sources;
	const leadingOf = async (uri: string, article: Article, resolve: Resolver): Promise<JudgedContext> => {
		const leading = { article, resolve, localFile: await lookUpLocalFiles(uri, article, files, pictures) };
		return { ...leading, verdictOf: await checks.verdictsFor(requestsOf(leading)) };
	};
	const of: Problems['of'] = async (uri, { parsed, resolve }, token) => {
		const [archive, policy] = await Promise.all([archiveOf(uri), configurations.policy(uri)]);
		if (parsed.kind === 'list') {
			const fileOf = await lookUpEntryFiles(uri, parsed, files, target => archive?.entry(target));
			throwIfCancelled(token);
			return checkList({ list: parsed, fileOf }, policy);
		}
		const [leading, notes] = await Promise.all([leadingOf(uri, parsed, resolve), annotations.find(uri, parsed, token)]);
		throwIfCancelled(token);
		const copies = otherCopies(uri, parsed, archive, sources.copiesOf);
		return checkArticle({ ...leading, notes, copies, now: now() }, policy);
	};
	return {
		of,
		leadingOf,
		async check(uri, parsed, token) {
			const problems = await of(uri, readable(parsed), token);
			const file = parsed.kind === 'article' ? await sidecars.of(uri) : undefined;
			// An archive has too many of them to keep.
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
			if (!article) return { file, problems: lonelySidecar(file, address) };
			return { file, problems: problemsInSidecar(address, await of(address, readable(article), token)) };
		},
	};
}

/** The other articles that were taken from the page of one. */
function otherCopies(
	uri: string,
	article: Article,
	archive: Archive | undefined,
	copiesOf: ProblemSources['copiesOf'],
): RuleContext['copies'] {
	const key = keyOfSource(article.source?.value);
	if (key === undefined) return [];
	const copies = archive
		? archive.copiesOf(key).map(copy => ({ uri: copy, path: pathBelow(archive.root, copy) ?? copy }))
		: (copiesOf?.(normalUri(uri), key) ?? []);
	return copies.filter(copy => copy.uri !== normalUri(uri));
}
