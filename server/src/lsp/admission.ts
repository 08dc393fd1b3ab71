import type { TextDocuments } from 'vscode-languageserver';
import { isSidecar } from '../annotations/sidecarName.ts';
import { detect } from '../article/detect.ts';
import type { OpenDocument, OpenDocuments } from '../services/documents.ts';
import { schemeOf, standingOf, standsForFile } from '../util/schemes.ts';
import { displayName } from '../util/uri.ts';
import { isConfiguration } from './configurations.ts';

/** The language id of articles and lists. */
const ARTICLE = 'article';

/** The requests that are answered for versions of files: those that need no more than the text. */
const OWN_TEXT: ReadonlySet<string> = new Set([
	'textDocument/documentSymbol',
	'textDocument/foldingRange',
	'textDocument/hover',
	'textDocument/selectionRange',
	'textDocument/semanticTokens/full',
	'textDocument/semanticTokens/range',
]);

/** The requests that are answered for sidecars. Diagnostics of sidecars and configurations are pushed. */
const SIDECAR: ReadonlySet<string> = new Set(['textDocument/codeAction']);

/** The events and accessors of open documents that handlers use. */
export type Documents = Pick<
	TextDocuments<OpenDocument>,
	'get' | 'all' | 'onDidOpen' | 'onDidChangeContent' | 'onWillSave' | 'onDidSave' | 'onDidClose'
>;

/**
 * Decides which requests are answered for which documents. Clients also open documents that are not articles: editors select documents by their
 * file names, and also show other versions of articles.
 */
export interface Admission {
	/** The articles and lists among the open documents that are files, with their sidecars and configurations. */
	readonly documents: Documents;
	/** Whether a URI is that of a file, rather than a version of one or no file at all. */
	isFile(uri: string): boolean;
	/** Whether a request is answered for a document; otherwise the result is empty. */
	allows(document: OpenDocument, method: string): boolean;
	/** Why a document is left alone; `undefined` for articles and lists, and for documents that are not open. */
	refusal(uri: string): string | undefined;
}

/**
 * Creates the admission of a connection.
 *
 * @param folders the URIs of the workspace folders
 */
export function createAdmission(store: OpenDocuments, opened: Documents, folders: () => readonly string[]): Admission {
	/** Documents whose text has been an article or a list. They keep that status while they are edited, whatever their text. */
	const articles = store.slot<true>();
	const isFile = (uri: string): boolean => standsForFile(schemeOf(uri), folders().map(schemeOf));
	const isArticle = (document: OpenDocument): boolean => {
		if (document.languageId === ARTICLE || articles.of(document)) return true;
		if (detect(document.snapshot.text) === undefined) return false;
		articles.keep(document, true);
		return true;
	};
	const belongsToArticles = (uri: string): boolean => isSidecar(uri) || isConfiguration(uri);
	const isAdmitted = (document: OpenDocument): boolean =>
		isFile(document.uri) && (belongsToArticles(document.uri) || isArticle(document));
	const admitted =
		<E extends { readonly document: OpenDocument }>(event: (listener: (one: E) => unknown) => { dispose(): void }) =>
		(listener: (one: E) => unknown) =>
			event(one => (isAdmitted(one.document) ? listener(one) : undefined));
	// Each text is checked, even if no request needs it.
	opened.onDidChangeContent(({ document }) => isArticle(document));
	return {
		documents: {
			get(uri) {
				const document = opened.get(uri);
				return document && isAdmitted(document) ? document : undefined;
			},
			all: () => opened.all().filter(isAdmitted),
			onDidOpen: admitted(opened.onDidOpen),
			onDidChangeContent: admitted(opened.onDidChangeContent),
			onWillSave: admitted(opened.onWillSave),
			onDidSave: admitted(opened.onDidSave),
			onDidClose: admitted(opened.onDidClose),
		},
		isFile,
		allows(document, method) {
			if (belongsToArticles(document.uri)) return isFile(document.uri) && SIDECAR.has(method);
			return isArticle(document) && (isFile(document.uri) || OWN_TEXT.has(method));
		},
		refusal(uri) {
			const name = displayName(uri);
			if (!isFile(uri)) return `${name} ${whyNoFile(uri)}`;
			if (belongsToArticles(uri)) return `${name} belongs to an article, but is not an article itself`;
			const document = opened.get(uri);
			if (!document || isArticle(document)) return undefined;
			return `${name} is not recognised as an article or a list: start it with the header of an article, or set its language to “${ARTICLE}”`;
		},
	};
}

function whyNoFile(uri: string): string {
	const scheme = schemeOf(uri);
	switch (standingOf(scheme)) {
		case 'version':
			return `is a version of a file (${scheme}:), not the file itself: open the file`;
		case 'none':
			return `is not a file (${scheme}:): save it as a file first`;
		default:
			return `may be a version of a file (${scheme}:): if it is a file, open its folder`;
	}
}
