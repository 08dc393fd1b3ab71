import { DETECTION_LENGTH, detect } from '../../../server/src/article/detect.ts';

/** The language id of articles and lists. */
export const ARTICLE_LANGUAGE = 'article';

/**
 * The languages that may be changed to `article`: those that VS Code assigns to the files of archives by extension or by
 * default. Any other language was chosen by the user or another extension and is kept.
 */
export const RECOGNISABLE_LANGUAGES: readonly string[] = ['plaintext', 'markdown', 'html'];

/** The part of `vscode.TextDocument` that detection needs. Lines exclude their line endings. */
export interface LineSource {
	readonly lineCount: number;
	lineAt(line: number): { readonly text: string };
}

/** Returns the first lines of a document, joined with `\n`, up to the length that detection reads. */
export function headText(document: LineSource): string {
	let head = '';
	for (let line = 0; line < document.lineCount && head.length < DETECTION_LENGTH; line++) {
		const { text } = document.lineAt(line);
		head += `${line === 0 ? '' : '\n'}${text.slice(0, DETECTION_LENGTH - head.length + 1)}`;
	}
	return head;
}

/** Whether documents in a language are articles if their content says so. */
export function mayBecomeArticle(languageId: string): boolean {
	return RECOGNISABLE_LANGUAGES.includes(languageId);
}

/**
 * The path of the folder that may be the archive in which a file is kept as an article (`articles/<source>/<file>`); `undefined` if it is
 * kept elsewhere, or describes the folder.
 */
export function archiveAround(path: string): string | undefined {
	const [, root, name] = /^(.*)\/articles\/(?:.*\/)?([^/]+)\.(?:md|txt)$/i.exec(path) ?? [];
	return name === undefined || /^(?:readme|index|license|changelog|contributing)$/i.test(name) ? undefined : root;
}

/** Whether the language of a document should be changed to `article`, because its content is that of an article or list. */
export function shouldBecomeArticle(languageId: string, document: LineSource): boolean {
	return RECOGNISABLE_LANGUAGES.includes(languageId) && hasArticleText(document);
}

/** Whether the content of a document is that of an article or list. */
export function hasArticleText(document: LineSource): boolean {
	return detect(headText(document)) !== undefined;
}

/** Whether a document contains only white space, so that its kind cannot be determined yet. */
export function isBlank(document: LineSource): boolean {
	return document.lineCount < 100 && headText(document).trim() === '';
}
