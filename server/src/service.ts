import type { CancellationToken, CodeLens, DocumentLink, Position, Range } from 'vscode-languageserver';
import { type Kinds, kindsWith } from './annotations/kinds.ts';
import type { Archive } from './archive/archive.ts';
import { DEFAULTS } from './archive/configuration.ts';
import { type ConfigurationOptions, createConfigurations } from './archive/configurationFile.ts';
import { excludesOf } from './archive/excludes.ts';
import { createHeadIndexes } from './archive/headIndex.ts';
import type { IndexCachePlace } from './archive/indexCache.ts';
import { type CodeLensOptions, codeLenses, type FoundPlaces, resolveCodeLens } from './languageFeatures/codeLens.ts';
import { type CompletionOptions, completion } from './languageFeatures/completion.ts';
import { diagnostics } from './languageFeatures/diagnostic.ts';
import { documentLinks, resolveDocumentLink } from './languageFeatures/documentLink.ts';
import { documentSymbols } from './languageFeatures/documentSymbol.ts';
import type { HoverSources } from './languageFeatures/hover/context.ts';
import { type HoverOptions, hover } from './languageFeatures/hover.ts';
import { insertFiles, type Transfer } from './languageFeatures/insertFiles.ts';
import { markup } from './languageFeatures/markupEdits/markupEdits.ts';
import { semanticTokens } from './languageFeatures/semanticTokens.ts';
import { sidecarDiagnostics } from './languageFeatures/sidecarDiagnostics.ts';
import type { Snapshot } from './languageFeatures/snapshot.ts';
import { CONFIGURATION_FILE } from './links/archiveRoot.ts';
import { ANYWHERE, filesWithin } from './links/filesWithin.ts';
import { createPictureReader } from './links/pictureFile.ts';
import type { Reach } from './links/reach.ts';
import { realFiles } from './links/realFiles.ts';
import type { Clock, FileSystem, Network } from './platform.ts';
import type { MarkupName } from './protocol/editing.ts';
import { RULE_IDS } from './rules/index.ts';
import type { RuleContext } from './rules/rule.ts';
import { type Editor, NO_EDITOR } from './services/annotations/editor.ts';
import { createAnnotations } from './services/annotations.ts';
import { createCodeActions } from './services/codeActions.ts';
import { createOpenDocuments, type OpenDocuments } from './services/documents.ts';
import { createFurniture } from './services/furniture.ts';
import { createLinkChecks } from './services/linkChecks.ts';
import { createLinks } from './services/links.ts';
import { createLostSidecars } from './services/lostSidecars.ts';
import { createMovedReferences } from './services/movedFiles.ts';
import { createNavigation, type NavigationOptions } from './services/navigation.ts';
import { createNewArticles } from './services/newArticle.ts';
import { createProblems } from './services/problems.ts';
import { createReader } from './services/reader.ts';
import { createReadingOptions } from './services/readingOptions.ts';
import { createSidecars } from './services/sidecars.ts';
import { createSources } from './services/sources.ts';
import { throwIfCancelled } from './util/cancellation.ts';
import { schemeOf, standsForFile } from './util/schemes.ts';
import { joinUri, normalFolder, pathOf, savedAs } from './util/uri.ts';

/** What the engine needs from the machine. */
export interface Platform {
	readonly files: FileSystem;
	readonly now: Clock;
	/** Creates a UUID (RFC 9562); defaults to a random one. */
	readonly uuid?: () => string;
	/** The user name configured in git for a file; `undefined` if there is none. */
	readonly userName?: (uri: string) => Promise<string | undefined>;
	/** Absent if the network is not available. */
	readonly network?: Network;
	/** URI of the folder with the rule documentation, ending in a slash, if it can be read. */
	readonly rulePages?: string;
	/** Where the index of an archive is cached between sessions; `undefined` if that is not possible. */
	readonly indexCache?: () => Promise<IndexCachePlace | undefined>;
}

/** Options of a service. */
export interface ServiceOptions extends Omit<ConfigurationOptions, 'openText'> {
	/** The open documents; defaults to none. */
	readonly documents?: OpenDocuments;
	/** Which files may be accessed. Cached results are kept while the returned object is the same. Defaults to all files of this machine. */
	readonly reach?: () => Reach;
	/** Whether a URI is that of a file rather than a version of one; defaults to the decision of `util/schemes.ts` without workspace folders. */
	readonly isFile?: (uri: string) => boolean;
	/** The workspace folder of a file, where a new configuration is created for a file outside any archive. */
	readonly workspaceFolder?: (uri: string) => string | undefined;
	/** Options for reading archives; by default, none are read. */
	readonly navigation?: NavigationOptions;
	/** The files in the archive of a file that were taken from a page, by its key. Used if archives are not read. */
	readonly copiesOf?: (uri: string, key: string) => RuleContext['copies'];
	/** Whether the user wants the page around an article shown like the article (`marginalia.furniture`); defaults to no. */
	readonly showsFurniture?: (uri: string) => Promise<boolean>;
	/** The editor in which commands run; defaults to none. */
	readonly editor?: Editor;
	/** Called with the URI of each article whose sidecar file was changed. */
	readonly onSidecarChange?: (article: string) => void;
}

/**
 * Everything that depends on more than the text of a document, independent of any connection. Functions that take a token throw
 * `RequestCancelled` once it is cancelled.
 */
export type Service = ReturnType<typeof createService>;

/** Creates all services and connects them. */
export function createService(platform: Platform, options: ServiceOptions = {}) {
	const { now, network, rulePages } = platform;
	const { documents = createOpenDocuments(), editor = NO_EDITOR, workspaceFolder = () => undefined } = options;
	const { isFile = (uri: string): boolean => standsForFile(schemeOf(uri), []) } = options;

	const files = filesWithin(realFiles(platform.files, isFile), options.reach ?? (() => ANYWHERE));
	const openText = (uri: string): string | undefined => (isFile(uri) ? documents.get(uri)?.snapshot.text : undefined);
	const configurations = createConfigurations(files, RULE_IDS, { ...options, openText });
	const { showsFurniture = async () => false } = options;
	const reading = createReadingOptions(documents, configurations, isFile, showsFurniture);
	const kinds = async (uri: string): Promise<Kinds> =>
		kindsWith((await configurations.find(uri))?.configuration.noteKinds ?? DEFAULTS.noteKinds);
	const pictures = createPictureReader(files);
	const sidecars = createSidecars(files, documents, isFile);
	const checks = createLinkChecks(network, files, platform.files, now, uri => configurations.policy(uri));
	const navigation = createNavigation(
		files,
		documents,
		options.navigation && {
			...options.navigation,
			read: reading.apply,
			kinds: root => kinds(joinUri(root, CONFIGURATION_FILE)),
		},
	);
	const annotations = createAnnotations({
		documents,
		files,
		sidecars,
		editor,
		now,
		uuid: platform.uuid ?? (() => crypto.randomUUID()),
		user: platform.userName ?? (async () => undefined),
		kinds,
		articleOf: navigation.articleOf,
		annotated: navigation.annotated,
		onChange: options.onSidecarChange ?? (() => {}),
	});
	const heads = options.navigation ? undefined : createHeadIndexes(files);
	const wholeArchive = async (uri: string): Promise<Archive | undefined> => {
		const archive = (await navigation.archive(uri)) ?? (await heads?.(uri));
		return archive?.isComplete ? archive : undefined;
	};
	const lostSidecars = createLostSidecars(files, wholeArchive);
	const problems = createProblems({
		documents,
		files,
		pictures,
		sidecars,
		annotations,
		configurations,
		reading,
		checks,
		archiveOf: navigation.archive,
		wholeArchive,
		lostSidecars,
		copiesOf: options.copiesOf,
		now,
	});
	const actions = createCodeActions({ problems, configurations, files, workspaceFolder });
	const movedReferences = createMovedReferences(files, navigation, problems, lostSidecars);
	const reader = createReader(documents, navigation.archive, annotations.of, checks.picture, files, pictures);
	const links = createLinks({
		checks,
		files,
		documents,
		reading,
		problemsOf: problems.of,
		openText,
		async excludes(root) {
			const folder = workspaceFolder(root) ?? root;
			return excludesOf(folder, (await options.navigation?.excludes?.(folder)) ?? []);
		},
	});

	/** What hovers show beyond the text of the document. Verdicts are not shown for versions of a file. */
	const hoverSources = async (document: Snapshot, token: CancellationToken): Promise<HoverSources> => {
		const archive = await navigation.archive(document.uri);
		const notes = await annotations.of(document);
		throwIfCancelled(token);
		const verdictOf = isFile(document.uri) ? await checks.verdictsFor([]) : undefined;
		return { files, pictures, verdictOf, archive, notes, now: now() };
	};
	const placesIn = async (document: Snapshot, token: CancellationToken): Promise<FoundPlaces> => ({
		broken: await links.broken(document, token),
		notes: await annotations.of(document),
	});

	return {
		documents,
		/** The files that may be accessed. */
		files,
		/** Notes in articles and their sidecars. */
		annotations,
		/** Features that use the whole archive. */
		navigation,
		/** Network checks of links and images; nothing is requested before they are configured. */
		links,
		/** The reader. */
		reader,
		/** What archives say of the articles of their sources. */
		sources: createSources({
			configurations,
			files,
			workspaceFolder,
			wholeArchive: navigation.wholeArchive,
			text: navigation.text,
		}),
		/** Removes the page around articles. */
		furniture: createFurniture(annotations, editor),

		/** What refers to files that other programs moved. */
		movedReferences,
		check: problems.check,
		checkSidecar: problems.checkSidecar,
		fixAll: actions.fixAll,
		codeActions: actions.of,
		/** Returns a snapshot as the archive's configuration and the user's settings say that it is read; all requests begin with that. */
		read: reading.apply,
		/** The configuration of a file; `undefined` if there is none. */
		configuration: configurations.find,
		/** Discards cached configurations. */
		forgetConfigurations: configurations.forget,
		/** Discards a cached sidecar, or all of them. */
		forgetSidecars: sidecars.forget,

		diagnostics: async (document: Snapshot, token: CancellationToken) =>
			diagnostics(document, await problems.of(document, token), rulePages),
		/** Diagnostics for a sidecar file and its notes; empty if there is none. */
		async sidecarDiagnostics(uri: string, token: CancellationToken) {
			const checked = await problems.checkSidecar(uri, token);
			return checked ? sidecarDiagnostics(checked.file, checked.problems, rulePages) : [];
		},
		/** Where and how to begin an article. */
		newArticle: createNewArticles({
			files,
			now,
			archiveOf: navigation.wholeArchive,
			openText,
			workspaceFolder,
		}),
		documentSymbols: async (document: Snapshot) => documentSymbols(document, await annotations.of(document)),
		hover: async (document: Snapshot, position: Position, options: HoverOptions, token: CancellationToken) =>
			hover(document, position, options, await hoverSources(document, token), token),
		completion(document: Snapshot, position: Position, completionOptions: CompletionOptions) {
			const uri = savedAs(document.uri, options.navigation?.folders() ?? []);
			return completion(document, position, completionOptions, now(), {
				uri,
				archive: () => navigation.archive(uri),
				kinds: () => kinds(uri),
				readFolder: folder => files.readDirectory(folder),
			});
		},
		/** The edits that insert files which were pasted or dropped. */
		insertFiles: async (
			document: Snapshot,
			ranges: readonly Range[],
			transfer: Transfer,
			isTrusted: boolean,
			token: CancellationToken,
		) => {
			// A document that was never saved may have the path of the file that it will be.
			const saved = savedAs(document.uri, options.navigation?.folders() ?? []);
			const uri = pathOf(saved) === pathOf(document.uri) ? saved : document.uri;
			const archive = await navigation.archiveAround({ uri, parsed: document.parsed });
			throwIfCancelled(token);
			const folder = workspaceFolder(uri);
			const around = { uri, archive, files, workspaceFolder: folder === undefined ? undefined : normalFolder(folder) };
			return insertFiles(document, ranges, transfer, { ...around, isTrusted, now: now() }, token);
		},
		codeLenses: async (document: Snapshot, options: CodeLensOptions, token: CancellationToken) =>
			codeLenses(document, options, await placesIn(document, token)),
		resolveCodeLens: async (document: Snapshot, lens: CodeLens, token: CancellationToken) =>
			resolveCodeLens(document, lens, await placesIn(document, token)),
		documentLinks: (document: Snapshot, isLazy: boolean, token: CancellationToken) =>
			documentLinks(document, files, isLazy, token),
		resolveDocumentLink: (document: Snapshot, link: DocumentLink, token: CancellationToken) =>
			resolveDocumentLink(link, async () => (await navigation.definition(document, link.range.start, token))[0]),
		markup: async (document: Snapshot, ranges: readonly Range[], kind: MarkupName, tag: string | undefined) =>
			markup(document, ranges, kind, tag, await kinds(document.uri)),
		semanticTokens: async (document: Snapshot, range: Range | undefined, longest: number) =>
			semanticTokens(document, range, await kinds(document.uri), longest),
	};
}
