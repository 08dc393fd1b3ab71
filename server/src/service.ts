import type { CancellationToken, CodeLens, DocumentLink, Position, Range } from 'vscode-languageserver';
import { type Kinds, kindsWith } from './annotations/kinds.ts';
import { DEFAULTS } from './archive/configuration.ts';
import { type ConfigurationOptions, createConfigurations } from './archive/configurationFile.ts';
import { excludesOf } from './archive/excludes.ts';
import type { IndexCachePlace } from './archive/indexCache.ts';
import { type CodeLensOptions, codeLenses, type FoundPlaces, resolveCodeLens } from './languageFeatures/codeLens.ts';
import { type CompletionOptions, completion } from './languageFeatures/completion.ts';
import { diagnostics } from './languageFeatures/diagnostic.ts';
import { documentLinks, resolveDocumentLink } from './languageFeatures/documentLink.ts';
import { documentSymbols } from './languageFeatures/documentSymbol.ts';
import { type HoverOptions, type HoverSources, hover } from './languageFeatures/hover.ts';
import { semanticTokens } from './languageFeatures/semanticTokens.ts';
import { sidecarDiagnostics } from './languageFeatures/sidecarDiagnostics.ts';
import type { Snapshot } from './languageFeatures/snapshot.ts';
import { CONFIGURATION_FILE } from './links/archiveRoot.ts';
import { ANYWHERE, filesWithin } from './links/filesWithin.ts';
import { createPictureReader } from './links/pictureFile.ts';
import type { Reach } from './links/reach.ts';
import { realFiles } from './links/realFiles.ts';
import type { Clock, FileSystem, Network } from './platform.ts';
import { RULE_IDS } from './rules/index.ts';
import type { RuleContext } from './rules/rule.ts';
import { type Editor, NO_EDITOR } from './services/annotations/editor.ts';
import { createAnnotations } from './services/annotations.ts';
import { createCodeActions } from './services/codeActions.ts';
import { createOpenDocuments, type OpenDocuments } from './services/documents.ts';
import { createLinkChecks } from './services/linkChecks.ts';
import { createLinks } from './services/links.ts';
import { createNavigation, type NavigationOptions } from './services/navigation.ts';
import { createProblems } from './services/problems.ts';
import { createReader } from './services/reader.ts';
import { createSidecars } from './services/sidecars.ts';
import { throwIfCancelled } from './util/cancellation.ts';
import { schemeOf, standsForFile } from './util/schemes.ts';
import { joinUri } from './util/uri.ts';

/** What the engine needs from the machine. */
export interface Platform {
	readonly files: FileSystem;
	readonly now: Clock;
	/** A UUID (RFC 9562) that nothing has yet; random by default. */
	readonly uuid?: () => string;
	/** The name of who works on a file, as git knows it; `undefined` where nobody said. */
	readonly userName?: (uri: string) => Promise<string | undefined>;
	/** Absent where there is none that may be used. */
	readonly network?: Network;
	/** URI of the folder with the pages of the rules, ending in a slash, where they can be read. */
	readonly rulePages?: string;
	/** Where the index of an archive is kept between sessions; `undefined` where it cannot be. */
	readonly indexCache?: () => Promise<IndexCachePlace | undefined>;
}

/** What its owner has to say to a service, and wants to hear from it. */
export interface ServiceOptions extends Omit<ConfigurationOptions, 'openText'> {
	/** The documents that are open; none by default. */
	readonly documents?: OpenDocuments;
	/** Which files may be touched, as long as the answer is not another one; any file of this machine by default. */
	readonly reach?: () => Reach;
	/** Whether an address is that of a file, and not of a version of one; by default as `util/schemes.ts` says where nothing is open. */
	readonly isFile?: (uri: string) => boolean;
	/** The workspace folder that a file lies in, where a new configuration is made for a file in no archive. */
	readonly workspaceFolder?: (uri: string) => string | undefined;
	/** Whose archives are read; none by default. */
	readonly navigation?: NavigationOptions;
	/** The files of a file's archive that were taken from a page, by its key, where no archive is read. */
	readonly copiesOf?: (uri: string, key: string) => RuleContext['copies'];
	/** Where commands are called; nothing is open by default. */
	readonly editor?: Editor;
	/** Told of each article whose sidecar was changed in its file, by the article's address. */
	readonly onSidecarChange?: (article: string) => void;
}

/**
 * All that Marginalia can say about documents beyond their own text. It knows of no connection. A function that takes a token throws
 * `RequestCancelled` once it is cancelled.
 */
export type Service = ReturnType<typeof createService>;

/** Wires the engine together: every service with those that it works with, then what they offer. */
export function createService(platform: Platform, options: ServiceOptions = {}) {
	const { now, network, rulePages } = platform;
	const { documents = createOpenDocuments(), editor = NO_EDITOR, workspaceFolder = () => undefined } = options;
	const { isFile = (uri: string): boolean => standsForFile(schemeOf(uri), []) } = options;

	const files = filesWithin(realFiles(platform.files, isFile), options.reach ?? (() => ANYWHERE));
	const openText = (uri: string): string | undefined => (isFile(uri) ? documents.get(uri)?.snapshot.text : undefined);
	const configurations = createConfigurations(files, RULE_IDS, { ...options, openText });
	const kinds = async (uri: string): Promise<Kinds> =>
		kindsWith((await configurations.find(uri))?.configuration.noteKinds ?? DEFAULTS.noteKinds);
	const pictures = createPictureReader(files);
	const sidecars = createSidecars(files, documents, isFile);
	const checks = createLinkChecks(network, files, platform.files, now, uri => configurations.policy(uri));
	const navigation = createNavigation(
		files,
		documents,
		options.navigation && { ...options.navigation, kinds: root => kinds(joinUri(root, CONFIGURATION_FILE)) },
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
	const problems = createProblems({
		documents,
		files,
		pictures,
		sidecars,
		annotations,
		configurations,
		checks,
		archiveOf: navigation.archive,
		copiesOf: options.copiesOf,
		now,
	});
	const actions = createCodeActions({ problems, configurations, files, workspaceFolder });
	const reader = createReader(documents, navigation.archive, annotations.of, checks.picture, files, pictures);
	const links = createLinks({
		checks,
		files,
		documents,
		problemsOf: problems.of,
		openText,
		async excludes(root) {
			const folder = workspaceFolder(root) ?? root;
			return excludesOf(folder, (await options.navigation?.excludes?.(folder)) ?? []);
		},
	});

	/** What hovers tell of a document beyond its text. What was found out of addresses is nothing that a version of a file says. */
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
		/** The documents that are open. */
		documents,
		/** The files that may be touched. */
		files,
		/** Notes in and beside articles. */
		annotations,
		/** What is found across archives. */
		navigation,
		/** Links and images over the network; nothing is requested before that was configured. */
		links,
		/** Articles as they are read. */
		reader,

		check: problems.check,
		checkSidecar: problems.checkSidecar,
		fixAll: actions.fixAll,
		codeActions: actions.of,
		/** The configuration that holds for a file; `undefined` where there is none. */
		configuration: configurations.find,
		/** Reads configurations again from now on. */
		forgetConfigurations: configurations.forget,
		/** Reads a sidecar, or all of them, again from now on. */
		forgetSidecars: sidecars.forget,

		diagnostics: async (document: Snapshot, token: CancellationToken) =>
			diagnostics(document, await problems.of(document, token), rulePages),
		/** What is wrong with a sidecar and its notes, as diagnostics of that file; nothing where there is none. */
		async sidecarDiagnostics(uri: string, token: CancellationToken) {
			const checked = await problems.checkSidecar(uri, token);
			return checked ? sidecarDiagnostics(checked.file, checked.problems, rulePages) : [];
		},
		documentSymbols: async (document: Snapshot) => documentSymbols(document, await annotations.of(document)),
		hover: async (document: Snapshot, position: Position, options: HoverOptions, token: CancellationToken) =>
			hover(document, position, options, await hoverSources(document, token), token),
		completion: (document: Snapshot, position: Position, options: CompletionOptions) =>
			completion(document, position, options, now(), {
				archive: () => navigation.archive(document.uri),
				kinds: () => kinds(document.uri),
				readFolder: folder => files.readDirectory(folder),
			}),
		codeLenses: async (document: Snapshot, options: CodeLensOptions, token: CancellationToken) =>
			codeLenses(document, options, await placesIn(document, token)),
		resolveCodeLens: async (document: Snapshot, lens: CodeLens, token: CancellationToken) =>
			resolveCodeLens(document, lens, await placesIn(document, token)),
		documentLinks: (document: Snapshot, isLazy: boolean, token: CancellationToken) =>
			documentLinks(document, files, isLazy, token),
		resolveDocumentLink: (document: Snapshot, link: DocumentLink, token: CancellationToken) =>
			resolveDocumentLink(link, async () => (await navigation.definition(document, link.range.start, token))[0]),
		semanticTokens: async (document: Snapshot, range: Range | undefined, longest: number) =>
			semanticTokens(document, range, await kinds(document.uri), longest),
	};
}
