import * as vscode from 'vscode';
import { ARTICLE_LANGUAGE, isBlank, shouldBecomeArticle } from './detection.ts';

/** Where the addresses of articles that the user turned into something else are kept between windows. */
const DECLINED_KEY = 'recognition.declined';

/** How many of those addresses are kept, the latest ones. */
const DECLINED_LIMIT = 500;

/**
 * Turns articles into language `article` as they are opened: once per document, and never again for a document that the
 * user turned back. A language switch reaches extensions as the same document closed and opened again.
 *
 * Documents that say nothing yet (untitled ones, new and empty files) are looked at as they are written or pasted into.
 */
export function recogniseArticles(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): void {
	const declined = new Set(context.workspaceState.get<string[]>(DECLINED_KEY, []));
	const recognised = new WeakSet<vscode.TextDocument>();
	const undecided = new WeakSet<vscode.TextDocument>();

	function setDeclined(document: vscode.TextDocument, isDeclined: boolean): void {
		const uri = document.uri.toString();
		// The addresses of untitled documents come again for others; for these the document itself is remembered.
		if (document.isUntitled || declined.has(uri) === isDeclined) return;
		if (isDeclined) declined.add(uri);
		else declined.delete(uri);
		const kept = [...declined].slice(-DECLINED_LIMIT);
		context.workspaceState.update(DECLINED_KEY, kept).then(undefined, error => log.error(error));
	}

	function recognise(document: vscode.TextDocument): void {
		if (!shouldBecomeArticle(document.languageId, document) || !mayBeRecognised(document)) return;
		if (declined.has(document.uri.toString())) return;
		recognised.add(document);
		undecided.delete(document);
		vscode.languages
			.setTextDocumentLanguage(document, ARTICLE_LANGUAGE)
			.then(undefined, error => log.error(`Cannot set the language of ${document.uri}`, error));
	}

	function opened(document: vscode.TextDocument): void {
		if (document.languageId === ARTICLE_LANGUAGE) {
			recognised.add(document);
			setDeclined(document, false);
		} else if (recognised.has(document)) {
			setDeclined(document, true);
		} else {
			if (document.isUntitled || isBlank(document)) undecided.add(document);
			recognise(document);
		}
	}

	context.subscriptions.push(
		vscode.workspace.onDidOpenTextDocument(opened),
		vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
			if (contentChanges.length > 0 && undecided.has(document) && !recognised.has(document)) recognise(document);
		}),
		vscode.workspace.onDidChangeConfiguration(change => {
			if (!change.affectsConfiguration('marginalia.detection')) return;
			for (const document of vscode.workspace.textDocuments) if (!recognised.has(document)) opened(document);
		}),
	);
	for (const document of vscode.workspace.textDocuments) opened(document);
}

/** Whether the settings let this document be turned into an article, and it comes from a place where articles are. */
function mayBeRecognised(document: vscode.TextDocument): boolean {
	const { uri } = document;
	// Everything else is made up by VS Code or an extension: output, comments, notebook cells, chat.
	if (!document.isUntitled && vscode.workspace.fs.isWritableFileSystem(uri.scheme) === undefined) return false;
	if (vscode.workspace.getConfiguration('marginalia', uri).get('detection') === 'off') return false;
	return !isAssociated(document);
}

/** Whether the user's `files.associations` name this document's language for it. */
function isAssociated(document: vscode.TextDocument): boolean {
	const setting = vscode.workspace
		.getConfiguration('files', document.uri)
		.inspect<Record<string, string>>('associations');
	const associations = { ...setting?.globalValue, ...setting?.workspaceValue, ...setting?.workspaceFolderValue };
	return Object.entries(associations).some(
		([pattern, language]) =>
			language === document.languageId &&
			vscode.languages.match({ pattern: pattern.includes('/') ? pattern : `**/${pattern}` }, document) > 0,
	);
}
