import * as vscode from 'vscode';
import type { SettingName } from '../../../server/src/protocol/settings.ts';
import { standingOf } from '../../../server/src/util/schemes.ts';
import { settingOf } from '../util/settings.ts';
import { ARTICLE_LANGUAGE, archiveAround, isBlank, mayBecomeArticle, shouldBecomeArticle } from './detection.ts';

/** The setting that enables recognition. */
const DETECTION = 'marginalia.detection' satisfies SettingName;

/** The storage key for the URIs of articles whose language the user has changed. */
const DECLINED_KEY = 'recognition.declined';

/** The maximum number of those URIs. The most recent ones are kept. */
const DECLINED_LIMIT = 500;

/** How often the language of a document is set at most, to avoid a loop with another extension. */
const ATTEMPT_LIMIT = 3;

/** Time in milliseconds within which a language change is attributed to a change of `files.associations`. */
const ASSOCIATION_MS = 1000;

/**
 * Sets the language of articles to `article` when they are opened, unless the user has changed it back.
 *
 * Extensions see a language change as the same document closed and reopened. Users change the language of the active
 * editor; VS Code changes all matching documents at once when `files.associations` change.
 *
 * Empty documents (untitled or new files) are examined as text is typed or pasted. Empty files in the folder for the articles of an
 * archive become articles at once.
 */
export function recogniseArticles(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): void {
	const declined = new Set(context.workspaceState.get<string[]>(DECLINED_KEY, []));
	/** Documents that are or were articles, with the number of times their language was set here. */
	const attempts = new WeakMap<vscode.TextDocument, number>();
	const undecided = new WeakSet<vscode.TextDocument>();
	let lastDeclined: { readonly document: vscode.TextDocument; readonly time: number } | undefined;

	function setDeclined(document: vscode.TextDocument, isDeclined: boolean): void {
		const uri = document.uri.toString();
		if (declined.has(uri) === isDeclined) return;
		if (isDeclined) declined.add(uri);
		else declined.delete(uri);
		// The URIs of untitled documents are reused for other documents.
		const kept = [...declined].filter(declinedUri => !declinedUri.startsWith('untitled:')).slice(-DECLINED_LIMIT);
		context.workspaceState.update(DECLINED_KEY, kept).then(undefined, error => log.error(error));
	}

	function recognise(document: vscode.TextDocument): void {
		if (shouldBecomeArticle(document.languageId, document) && mayBeRecognised(document)) makeArticle(document);
	}

	/** An empty file where an archive keeps its articles is going to be one: the header is completed in it. */
	async function recogniseByPlace(document: vscode.TextDocument): Promise<void> {
		const { languageId } = document;
		if (!mayBecomeArticle(languageId) || !mayBeRecognised(document) || !(await isPlaceOfArticles(document.uri))) return;
		if (!document.isClosed && document.languageId === languageId && isBlank(document)) makeArticle(document);
	}

	function makeArticle(document: vscode.TextDocument): void {
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
			const isNew = isBlank(document);
			if (document.isUntitled || isNew) undecided.add(document);
			recognise(document);
			if (isNew && !document.isUntitled) void recogniseByPlace(document);
		}
	}

	context.subscriptions.push(
		vscode.workspace.onDidOpenTextDocument(opened),
		vscode.workspace.onDidCloseTextDocument(document => {
			// Also fires on a language change, just before the document is reopened.
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

/** Whether a file is where an archive keeps its articles, by its path, and by the lists or the configuration that are there as well. */
async function isPlaceOfArticles(uri: vscode.Uri): Promise<boolean> {
	const path = archiveAround(uri.path);
	if (path === undefined) return false;
	for (const name of ['lists', 'marginalia.json']) {
		const found = await vscode.workspace.fs.stat(vscode.Uri.joinPath(uri.with({ path }), name)).then(
			() => true,
			// Not there, or it cannot be read.
			() => false,
		);
		if (found) return true;
	}
	return false;
}

/** Whether the settings and the document's scheme allow it to be recognised. */
function mayBeRecognised(document: vscode.TextDocument): boolean {
	const { uri } = document;
	// Versions of articles are recognised for their colours. Documents without a file system are virtual: output, comments, chat.
	const standing = standingOf(uri.scheme);
	if (standing === 'none') return false;
	if (standing === undefined && vscode.workspace.fs.isWritableFileSystem(uri.scheme) === undefined) return false;
	if (settingOf(DETECTION, uri) === 'off') return false;
	return !isAssociated(document);
}

/** Whether `files.associations` assign this document its language. */
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
