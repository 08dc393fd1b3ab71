import type { TextDocuments } from 'vscode-languageserver';
import { isSidecar } from '../annotations/sidecarName.ts';
import { detect } from '../article/detect.ts';
import type { OpenDocument, OpenDocuments } from '../services/documents.ts';
import { schemeOf, standingOf, standsForFile } from '../util/schemes.ts';
import { displayName } from '../util/uri.ts';
import { isConfiguration } from './configurations.ts';

/** The language that clients who know it give to articles and lists. */
const ARTICLE = 'article';

/** What is said of a version of a file: no more than its own text says. */
const OWN_TEXT: ReadonlySet<string> = new Set([
	'textDocument/documentSymbol',
	'textDocument/foldingRange',
	'textDocument/hover',
	'textDocument/selectionRange',
	'textDocument/semanticTokens/full',
	'textDocument/semanticTokens/range',
]);

/** What is asked for a sidecar; all else that is said of it and of a configuration is sent without being asked for. */
const SIDECAR: ReadonlySet<string> = new Set(['textDocument/codeAction']);

/** Open documents, as far as something is done with them. */
export type Documents = Pick<
	TextDocuments<OpenDocument>,
	'get' | 'all' | 'onDidOpen' | 'onDidChangeContent' | 'onDidSave' | 'onDidClose'
>;

/**
 * Decides what is said of which document. Clients also open what is no article: editors attach by the name of a file, and show versions
 * of articles beside them.
 */
export interface Admission {
	/** Articles and lists in files, with the sidecars and configurations that belong to them. */
	readonly documents: Documents;
	/** Whether an address is that of a file, and not of a version of one or of no file at all. */
	isFile(uri: string): boolean;
	/** Whether a request is answered for a document; for any other with nothing. */
	allows(document: OpenDocument, method: string): boolean;
	/** Why nothing is done with what is at an address; `undefined` for an article or list, and for what is not open. */
	refusal(uri: string): string | undefined;
}

/**
 * Makes the admission of one connection.
 *
 * @param folders the URIs of the folders that are open
 */
export function createAdmission(store: OpenDocuments, opened: Documents, folders: () => readonly string[]): Admission {
	/** Documents whose text was an article or list once: they stay so while it is edited, whatever it looks like meanwhile. */
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
	// Each text is looked at, not only those that something is asked of.
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
