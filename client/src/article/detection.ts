import { DETECTION_LENGTH, detect } from '../../../server/src/article/detect.ts';

/** The language id of articles and lists. */
export const ARTICLE_LANGUAGE = 'article';

/**
 * The languages that a document may be turned from: those that VS Code gives by extension, or for want of a better one, to
 * files that archives hold. Any other language was chosen by a person or another extension, and stays.
 */
const RECOGNISABLE_LANGUAGES: readonly string[] = ['plaintext', 'markdown', 'html'];

/** The part of a document that detection reads. Lines come without their break, as in `vscode.TextDocument`. */
export interface LineSource {
	readonly lineCount: number;
	lineAt(line: number): { readonly text: string };
}

/** The first lines of a document, joined with `\n`: as many as detection looks at, never all of a large document. */
export function headText(document: LineSource): string {
	let head = '';
	for (let line = 0; line < document.lineCount && head.length < DETECTION_LENGTH; line++) {
		const { text } = document.lineAt(line);
		head += `${line === 0 ? '' : '\n'}${text.slice(0, DETECTION_LENGTH - head.length + 1)}`;
	}
	return head;
}

/** Whether a document with this language is an article or a list by its content, and should become `article`. */
export function shouldBecomeArticle(languageId: string, document: LineSource): boolean {
	return RECOGNISABLE_LANGUAGES.includes(languageId) && detect(headText(document)) !== undefined;
}

/** Whether a document has no text but white space, so that what it will be is not known yet. */
export function isBlank(document: LineSource): boolean {
	return document.lineCount < 100 && headText(document).trim() === '';
}
