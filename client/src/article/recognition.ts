import * as vscode from 'vscode';
import type { SettingName } from '../../../server/src/protocol/settings.ts';
import { standingOf } from '../../../server/src/util/schemes.ts';
import { settingOf } from '../util/settings.ts';
import { ARTICLE_LANGUAGE, isBlank, shouldBecomeArticle } from './detection.ts';

/** Whether documents are turned into articles at all. */
const DETECTION = 'marginalia.detection' satisfies SettingName;

/** Where the addresses of articles that the user turned into something else are kept between windows. */
const DECLINED_KEY = 'recognition.declined';

/** How many of those addresses are kept, the latest ones. */
const DECLINED_LIMIT = 500;

/** How often one document is turned into an article at most, so that no other extension is fought with. */
const ATTEMPT_LIMIT = 3;

/** Within this time a language switch and a change of `files.associations` belong together. */
const ASSOCIATION_MS = 1000;

/**
 * Turns articles into language `article` as they are opened, and never again a document that the user turned back.
 *
 * A language switch reaches extensions as the same document closed and opened again. Users switch the language of the
 * active editor; VS Code itself switches all documents at once, by their file names, when `files.associations` change.
 *
 * Documents that say nothing yet (untitled ones, new and empty files) are looked at as they are written or pasted into.
 */
export function recogniseArticles(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): void {
	const declined = new Set(context.workspaceState.get<string[]>(DECLINED_KEY, []));
	/** Documents that are or were articles, and how often they were turned into one here. */
	const attempts = new WeakMap<vscode.TextDocument, number>();
	const undecided = new WeakSet<vscode.TextDocument>();
	let lastDeclined: { readonly document: vscode.TextDocument; readonly time: number } | undefined;

	function setDeclined(document: vscode.TextDocument, isDeclined: boolean): void {
		const uri = document.uri.toString();
		if (declined.has(uri) === isDeclined) return;
		if (isDeclined) declined.add(uri);
		else declined.delete(uri);
		// The addresses of untitled documents come again, for others.
		const kept = [...declined].filter(address => !address.startsWith('untitled:')).slice(-DECLINED_LIMIT);
		context.workspaceState.update(DECLINED_KEY, kept).then(undefined, error => log.error(error));
	}

	function recognise(document: vscode.TextDocument): void {
		if (!shouldBecomeArticle(document.languageId, document) || !mayBeRecognised(document)) return;
		const attempt = (attempts.get(document) ?? 0) + 1;
		if (attempt > ATTEMPT_LIMIT || declined.has(document.uri.toString())) return;
		attempts.set(document, attempt);
		undecided.delete(document);
		vscode.languages
			.setTextDocumentLanguage(document, ARTICLE_LANGUAGE)
			.then(undefined, error => log.error(`Cannot set the language of ${document.uri}`, error));
	}

	function opened(document: vscode.TextDocument): void {
		if (document.languageId === ARTICLE_LANGUAGE) {
			if (!attempts.has(document)) attempts.set(document, 0);
			setDeclined(document, false);
		} else if (attempts.has(document) && vscode.window.activeTextEditor?.document === document) {
			lastDeclined = { document, time: Date.now() };
			setDeclined(document, true);
		} else {
			if (document.isUntitled || isBlank(document)) undecided.add(document);
			recognise(document);
		}
	}

	context.subscriptions.push(
		vscode.workspace.onDidOpenTextDocument(opened),
		vscode.workspace.onDidCloseTextDocument(document => {
			// Also fires in a language switch, just before the document is opened again and looked at.
			if (document.isUntitled) declined.delete(document.uri.toString());
		}),
		vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
			if (contentChanges.length > 0 && undecided.has(document)) recognise(document);
		}),
		vscode.workspace.onDidChangeConfiguration(change => {
			const associations = change.affectsConfiguration('files.associations');
			if (associations && lastDeclined && Date.now() - lastDeclined.time < ASSOCIATION_MS) {
				setDeclined(lastDeclined.document, false);
			}
			if (associations || change.affectsConfiguration(DETECTION)) {
				for (const document of vscode.workspace.textDocuments) recognise(document);
			}
		}),
	);
	for (const document of vscode.workspace.textDocuments) opened(document);
}

/** Whether the settings let this document be turned into an article, and it comes from a place where articles are. */
function mayBeRecognised(document: vscode.TextDocument): boolean {
	const { uri } = document;
	// Versions of articles are coloured, too. What is in no file system is made up by VS Code or an extension: output, comments, chat.
	const standing = standingOf(uri.scheme);
	if (standing === 'none') return false;
	if (standing === undefined && vscode.workspace.fs.isWritableFileSystem(uri.scheme) === undefined) return false;
	if (settingOf(DETECTION, uri) === 'off') return false;
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
