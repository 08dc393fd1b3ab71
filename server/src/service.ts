import type {
	CancellationToken,
	CodeAction,
	CodeActionContext,
	Diagnostic,
	DocumentLink,
	DocumentSymbol,
	FoldingRange,
	Hover,
	Position,
	Range,
	SelectionRange,
	SemanticTokens,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Kinds, kindsWith } from './annotations/kinds.ts';
import type { Note } from './annotations/note.ts';
import { createSidecarFiles } from './annotations/sidecarFiles.ts';
import { articleOf } from './annotations/sidecarName.ts';
import { DEFAULTS } from './archive/configuration.ts';
import {
	type ConfigurationFile,
	type ConfigurationOptions,
	createConfigurations,
} from './archive/configurationFile.ts';
import { excludesOf } from './archive/excludes.ts';
import type { IndexCachePlace } from './archive/indexCache.ts';
import type { ArchiveDocument } from './article/article.ts';
import { createDocumentCache } from './article/cache.ts';
import type { Span } from './article/span.ts';
import {
	type CodeActionOptions,
	codeActions,
	fixAllAction,
	type Ignoring,
	wantsFixAll,
	wantsQuickFixes,
} from './languageFeatures/codeAction.ts';
import { diagnostics } from './languageFeatures/diagnostic.ts';
import { documentLinks, resolveDocumentLink } from './languageFeatures/documentLink.ts';
import { documentSymbols } from './languageFeatures/documentSymbol.ts';
import { type Fixed, fixAll } from './languageFeatures/fixAll.ts';
import { foldingRanges } from './languageFeatures/foldingRange.ts';
import { createForms, type Forms } from './languageFeatures/forms.ts';
import { type HoverOptions, hover } from './languageFeatures/hover.ts';
import { ignoreTarget } from './languageFeatures/ignoreAction.ts';
import { linkActions } from './languageFeatures/linkAction.ts';
import { toSpan } from './languageFeatures/position.ts';
import { selectionRanges } from './languageFeatures/selectionRange.ts';
import { semanticTokens } from './languageFeatures/semanticTokens.ts';
import { sidecarActions, sidecarDiagnostics } from './languageFeatures/sidecarDiagnostics.ts';
import { createWriting, type Writing } from './languageFeatures/writing.ts';
import { CONFIGURATION_FILE } from './links/archiveRoot.ts';
import { ANYWHERE, filesWithin } from './links/filesWithin.ts';
import { createPictures } from './links/pictureFile.ts';
import type { Reach } from './links/reach.ts';
import { realFiles } from './links/realFiles.ts';
import type { Clock, FileSystem, Network } from './platform.ts';
import type { Problem } from './rules/check.ts';
import { RULE_IDS } from './rules/index.ts';
import type { RuleContext } from './rules/rule.ts';
import { destinations, subjects } from './rules/subject.ts';
import { type Editor, NO_EDITOR } from './services/annotations/editor.ts';
import { type Annotations, createAnnotations } from './services/annotations.ts';
import { createLinkChecks } from './services/linkChecks.ts';
import { createLinks, type Links } from './services/links.ts';
import { createNavigation, type Navigation, type NavigationOptions } from './services/navigation.ts';
import { type Checked, type CheckedSidecar, createProblems, type Readable, readable } from './services/problems.ts';
import { createReader, type Reader } from './services/reader.ts';
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

/**
 * All that Marginalia can say about open documents, which do not change: an edit makes another one. It knows of no connection. A
 * function that takes a token throws `RequestCancelled` once it is cancelled.
 */
export interface Service {
	/** What all rules find in a document and, for an article, in its sidecar, as they lie in files. */
	check(uri: string, parsed: ArchiveDocument, token: CancellationToken): Promise<Checked>;
	/** What is wrong with a sidecar and its notes, which lies in a file; `undefined` where there is none. */
	checkSidecar(uri: string, token: CancellationToken): Promise<CheckedSidecar | undefined>;
	documentSymbols(document: TextDocument): Promise<DocumentSymbol[]>;
	diagnostics(document: TextDocument, token: CancellationToken): Promise<Diagnostic[]>;
	hover(
		document: TextDocument,
		position: Position,
		options: HoverOptions,
		token: CancellationToken,
	): Promise<Hover | undefined>;
	/** `isLazy`: whether the client asks for targets when links are followed. */
	documentLinks(document: TextDocument, isLazy: boolean, token: CancellationToken): Promise<DocumentLink[]>;
	resolveDocumentLink(document: TextDocument, link: DocumentLink, token: CancellationToken): Promise<DocumentLink>;
	/** `limit` is how many ranges the client takes. */
	foldingRanges(document: TextDocument, limit: number): FoldingRange[];
	selectionRanges(document: TextDocument, positions: readonly Position[]): SelectionRange[];
	codeActions(
		document: TextDocument,
		range: Range,
		context: CodeActionContext,
		options: CodeActionOptions,
		token: CancellationToken,
	): Promise<CodeAction[]>;
	/** Makes all preferred fixes of a text that lies at an address. */
	fixAll(uri: string, text: string, token: CancellationToken): Promise<Fixed>;
	/** The configuration that holds for a file; `undefined` where there is none. */
	configuration(uri: string): Promise<ConfigurationFile | undefined>;
	/** Reads configurations again from now on. */
	forgetConfigurations(): void;
	/** Reads a sidecar, or all of them, again from now on. */
	forgetSidecars(uri?: string): void;
	/** Notes in and beside articles. */
	readonly annotations: Annotations;
	/** What is wrong with a sidecar and its notes, as diagnostics of that file; nothing where there is none. */
	sidecarDiagnostics(uri: string, token: CancellationToken): Promise<Diagnostic[]>;
	/** `longest`: the longest line, in UTF-16 units, that the client colours by a grammar. */
	semanticTokens(document: TextDocument, range: Range | undefined, longest: number): Promise<SemanticTokens>;
	/** What is found across archives. */
	readonly navigation: Navigation;
	/** What helps while one writes. */
	readonly writing: Writing;
	/** Archive form and expanded form. */
	readonly forms: Forms;
	/** Articles as they are read. */
	readonly reader: Reader;
	/** The files that may be touched. */
	readonly files: FileSystem;
	/** Links and images over the network; nothing is requested before that was configured. */
	readonly links: Links;
	/** Lets go of a document that was closed. */
	close(uri: string): void;
}

/** What its owner has to say to a service, and wants to hear from it. */
export interface ServiceOptions extends ConfigurationOptions {
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

/** What is known of one version of an open document. */
interface State extends Readable {
	/** What the last check found, so that quick fixes are those of the diagnostics shown. */
	problems: readonly Problem[] | undefined;
}

function sourceOf(parsed: ArchiveDocument): string | undefined {
	return parsed.kind === 'article' ? parsed.source?.value : undefined;
}

/** The rules that tell of what is broken for whoever reads the article. */
const BROKEN_RULES: readonly string[] = ['link/broken', 'image/broken', 'image/not-an-image'];

/** Wires the engine together. */
export function createService(platform: Platform, options: ServiceOptions = {}): Service {
	const { now, network, rulePages } = platform;
	const { isFile = (uri: string): boolean => standsForFile(schemeOf(uri), []) } = options;
	const files = filesWithin(realFiles(platform.files, isFile), options.reach ?? (() => ANYWHERE));
	const openText = (uri: string): string | undefined => (isFile(uri) ? options.openText?.(uri) : undefined);
	const configurations = createConfigurations(files, RULE_IDS, { ...options, openText });
	const pictures = createPictures(files);
	const sidecars = createSidecarFiles(files, openText);
	const cache = createDocumentCache();
	// By address, not in a `WeakMap` by parsed text: that keeps every text alive until the next full garbage collection, which
	// takes a quarter of the time of checking an archive.
	const states = new Map<string, State>();
	const stateOf = (document: TextDocument): State => {
		const parsed = cache.get(document);
		const known = states.get(document.uri);
		if (known?.parsed === parsed) return known;
		// As long as the source is the same, so is what addresses mean.
		const sameSource = known !== undefined && sourceOf(known.parsed) === sourceOf(parsed);
		const fresh = sameSource ? { parsed, resolve: known.resolve } : readable(parsed);
		const state = { ...fresh, problems: undefined };
		states.set(document.uri, state);
		return state;
	};
	const checkOpen = async (uri: string, state: State, token: CancellationToken): Promise<readonly Problem[]> => {
		state.problems = await problems.of(uri, state, token);
		return state.problems;
	};
	const fix = (uri: string, text: string, token: CancellationToken): Promise<Fixed> =>
		fixAll(text, parsed => problems.of(uri, readable(parsed), token));
	/** What "ignore" needs for some problems of a document; nothing where its configuration is broken, or it lies nowhere. */
	const ignoring = async (uri: string, { parsed, resolve }: State): Promise<Ignoring | undefined> => {
		const file = await configurations.find(uri);
		const target = await ignoreTarget(uri, file, files, options.workspaceFolder?.(uri));
		if (!target) return undefined;
		let addresses: ReadonlyMap<Problem, string> | undefined;
		return {
			target,
			subjectOf(problem) {
				if (parsed.kind === 'article') addresses ??= subjects(parsed, states.get(uri)?.problems ?? [problem]);
				const address = addresses?.get(problem);
				return { address, url: address === undefined ? undefined : destinations(resolve, address)[0] };
			},
		};
	};
	const checks = createLinkChecks(network, files, platform.files, now, uri => configurations.policy(uri));
	const kinds = async (uri: string): Promise<Kinds> =>
		kindsWith((await configurations.find(uri))?.configuration.noteKinds ?? DEFAULTS.noteKinds);
	const navigation = createNavigation(
		files,
		document => cache.get(document),
		options.navigation && { ...options.navigation, kinds: root => kinds(joinUri(root, CONFIGURATION_FILE)) },
	);
	const annotations = createAnnotations({
		files,
		sidecars,
		editor: options.editor ?? NO_EDITOR,
		now,
		uuid: platform.uuid ?? (() => crypto.randomUUID()),
		user: platform.userName ?? (async () => undefined),
		parse: document => cache.get(document),
		kinds,
		articleOf: source => navigation.articleOf(source),
		annotated: () => navigation.annotated(),
		onChange: options.onSidecarChange ?? (() => {}),
	});
	const problems = createProblems({
		files,
		pictures,
		sidecars,
		annotations,
		configurations,
		checks,
		archiveOf: uri => navigation.archive(uri),
		copiesOf: options.copiesOf,
		now,
	});
	/** The notes in an open document and beside it. */
	const notesIn = async (document: TextDocument): Promise<readonly Note[]> => {
		const parsed = cache.get(document);
		return parsed.kind === 'article' ? (await annotations.find(document.uri, parsed)).notes : [];
	};
	const reader = createReader(stateOf, navigation.archive, annotations.find, checks.picture, files, pictures);
	const links = createLinks({
		checks,
		files,
		parse: document => cache.get(document),
		problemsOf: (uri, parsed, token) => problems.of(uri, readable(parsed), token),
		openText,
		async excludes(root) {
			const folder = options.workspaceFolder?.(root) ?? root;
			return excludesOf(folder, (await options.navigation?.excludes?.(folder)) ?? []);
		},
	});
	const brokenIn = async (document: TextDocument, token: CancellationToken): Promise<readonly Span[]> => {
		if (checks.refusal() !== undefined) return [];
		const { link, image } = await links.status(document);
		if (link.broken + image.broken === 0) return [];
		const found = await checkOpen(document.uri, stateOf(document), token);
		return found.filter(({ rule }) => BROKEN_RULES.includes(rule.id)).map(({ span }) => span);
	};
	return {
		check: (uri, parsed, token) => problems.check(uri, parsed, token),
		checkSidecar: (uri, token) => problems.checkSidecar(uri, token),
		async documentSymbols(document) {
			const notes = await notesIn(document);
			return documentSymbols(document, cache.get(document), notes);
		},
		async diagnostics(document, token) {
			const state = stateOf(document);
			return diagnostics(document, state.parsed, await checkOpen(document.uri, state, token), rulePages);
		},
		async hover(document, position, options, token) {
			const archive = await navigation.archive(document.uri);
			const notes = await notesIn(document);
			throwIfCancelled(token);
			const { parsed, resolve } = stateOf(document);
			// What was found out is nothing that its own text says.
			const verdictOf = isFile(document.uri) ? await checks.verdictsFor([]) : undefined;
			const sources = { files, pictures, resolve, verdictOf, archive, notes, now: now() };
			return hover(document, parsed, position, options, sources, token);
		},
		documentLinks(document, isLazy, token) {
			const { parsed, resolve } = stateOf(document);
			return documentLinks(document, parsed, resolve, files, isLazy, token);
		},
		async resolveDocumentLink(document, link, token) {
			return resolveDocumentLink(link, async () => (await navigation.definition(document, link.range.start, token))[0]);
		},
		foldingRanges: (document, limit) => foldingRanges(document, cache.get(document), limit),
		selectionRanges: (document, positions) => selectionRanges(document, cache.get(document), positions),
		async sidecarDiagnostics(uri, token) {
			const checked = await problems.checkSidecar(uri, token);
			return checked ? sidecarDiagnostics(checked.file, checked.problems, rulePages) : [];
		},
		async codeActions(document, range, context, options, token) {
			const article = articleOf(document.uri);
			if (article !== undefined) {
				if (!wantsQuickFixes(context)) return [];
				const subject = { source: article, title: '' };
				return sidecarActions(document, range, context.diagnostics, subject, options.versionedEdits);
			}
			if (wantsFixAll(context)) {
				const { edits } = await fix(document.uri, document.getText(), token);
				return fixAllAction(document, edits, options);
			}
			if (!wantsQuickFixes(context)) return [];
			const state = stateOf(document);
			const found = state.problems ?? (await checkOpen(document.uri, state, token));
			const ignore = await ignoring(document.uri, state);
			const { parsed, resolve } = state;
			const leading = parsed.kind === 'article' ? await problems.leadingOf(document.uri, parsed, resolve) : undefined;
			throwIfCancelled(token);
			const forLinks = leading ? linkActions(document, leading, found, range, context, options) : [];
			return codeActions(document, found, range, context, options, ignore, forLinks);
		},
		async semanticTokens(document, range, longest) {
			const shown = range && toSpan(document, range);
			return semanticTokens(document, cache.get(document), shown, await kinds(document.uri), longest);
		},
		fixAll: fix,
		configuration: uri => configurations.find(uri),
		forgetConfigurations: () => configurations.forget(),
		forgetSidecars: uri => sidecars.forget(uri),
		annotations,
		navigation,
		writing: createWriting(
			document => cache.get(document),
			now,
			uri => ({
				archive: () => navigation.archive(uri),
				kinds: () => kinds(uri),
				readFolder: folder => files.readDirectory(folder),
			}),
		),
		forms: createForms(
			document => cache.get(document),
			async (document, token) => ({ broken: await brokenIn(document, token), notes: await notesIn(document) }),
		),
		links,
		reader,
		files,
		close(uri) {
			reader.close(uri);
			checks.cancel(uri);
			cache.delete(uri);
			states.delete(uri);
			annotations.close(uri);
		},
	};
}
