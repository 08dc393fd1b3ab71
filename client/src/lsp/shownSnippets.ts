import { CompletionItemKind, type TextDocument, workspace } from 'vscode';
import type { CompletionMiddleware } from 'vscode-languageclient';

/**
 * The kind of suggestions that insert a snippet in an article. The manifest sets `editor.snippetSuggestions` to `none` for articles, which
 * keeps VS Code from looking for snippets itself: it would ask for the word at every column before the cursor, which takes most of a
 * second in a long line. It also hides all suggestions of the kind `Snippet`.
 */
export const SHOWN_SNIPPET = CompletionItemKind.Struct;

/** Whether snippets are hidden only because of the manifest: the user has asked for nothing else, in articles or everywhere. */
export function hidesSnippets(document: TextDocument): boolean {
	const editor = workspace.getConfiguration('editor', document);
	const set = editor.inspect<string>('snippetSuggestions');
	const own = [set?.globalLanguageValue, set?.workspaceLanguageValue, set?.workspaceFolderLanguageValue];
	const everywhere = set?.workspaceFolderValue ?? set?.workspaceValue ?? set?.globalValue;
	if (own.some(value => value !== undefined) || everywhere === 'none') return false;
	return editor.get('suggest.showSnippets') !== false;
}

/** Shows the snippets that the server suggests. */
export const shownSnippets: CompletionMiddleware = {
	async provideCompletionItem(document, position, context, token, next) {
		const answer = await next(document, position, context, token);
		if (!answer || !hidesSnippets(document)) return answer;
		for (const item of Array.isArray(answer) ? answer : answer.items)
			if (item.kind === CompletionItemKind.Snippet) item.kind = SHOWN_SNIPPET;
		return answer;
	},
};
