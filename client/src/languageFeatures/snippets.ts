import * as vscode from 'vscode';
import { ARTICLE_LANGUAGE } from '../article/detection.ts';
import { hidesSnippets, SHOWN_SNIPPET } from '../lsp/shownSnippets.ts';

/** An empty article, in which VS Code suggests every snippet. */
const EMPTY = vscode.Uri.from({ scheme: 'marginalia-snippets', path: '/' });

/** Characters with which the prefix of a snippet may begin, and which are typed in articles. */
const TRIGGERS: readonly string[] = ['<', '!', '#', '[', '-', '=', '/', '"', "'"];

const WORD = /[\p{L}\p{M}\p{N}_]/u;

/**
 * Suggests in articles the snippets that VS Code has for them, those of the user and of the workspace included, since VS Code itself
 * takes too long to look for them in a long line (`SHOWN_SNIPPET`).
 */
export function registerSnippets(): vscode.Disposable {
	return vscode.Disposable.from(
		vscode.workspace.registerTextDocumentContentProvider(EMPTY.scheme, { provideTextDocumentContent: () => '' }),
		vscode.languages.registerCompletionItemProvider(
			{ language: ARTICLE_LANGUAGE },
			{
				async provideCompletionItems(document, position, token, { triggerKind, triggerCharacter = '' }) {
					if (document.uri.scheme === EMPTY.scheme || !hidesSnippets(document)) return [];
					const isTriggered = triggerKind === vscode.CompletionTriggerKind.TriggerCharacter;
					const snippets = await allSnippets();
					if (token.isCancellationRequested) return [];
					return snippets.flatMap(snippet => {
						if (isTriggered && !prefixOf(snippet).startsWith(triggerCharacter)) return [];
						return [suggestion(snippet, document, position)];
					});
				},
			},
			...TRIGGERS,
		),
	);
}

/** Returns the snippets for articles, as VS Code suggests them. */
async function allSnippets(): Promise<readonly vscode.CompletionItem[]> {
	const opened = await vscode.workspace.openTextDocument(EMPTY);
	if (opened.languageId !== ARTICLE_LANGUAGE) await vscode.languages.setTextDocumentLanguage(opened, ARTICLE_LANGUAGE);
	const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
		'vscode.executeCompletionItemProvider',
		EMPTY,
		new vscode.Position(0, 0),
		undefined,
		// The number of suggestions to resolve, which adds their documentation.
		1000,
	);
	return items.filter(({ kind }) => kind === vscode.CompletionItemKind.Snippet);
}

function suggestion(
	snippet: vscode.CompletionItem,
	document: vscode.TextDocument,
	position: vscode.Position,
): vscode.CompletionItem {
	const { label, detail, documentation, insertText, sortText } = snippet;
	const range = typedRange(prefixOf(snippet), document, position);
	return {
		label,
		kind: SHOWN_SNIPPET,
		...(detail === undefined ? {} : { detail }),
		...(documentation === undefined ? {} : { documentation }),
		...(insertText === undefined ? {} : { insertText }),
		...(sortText === undefined ? {} : { sortText }),
		...(range ? { range } : {}),
	};
}

function prefixOf({ label }: vscode.CompletionItem): string {
	return typeof label === 'string' ? label : label.label;
}

/** Returns what is typed of a prefix that is more than a word. By default, VS Code replaces the word at the cursor. */
function typedRange(
	prefix: string,
	document: vscode.TextDocument,
	position: vscode.Position,
): vscode.Range | undefined {
	const { start = position } = document.getWordRangeAtPosition(position) ?? {};
	const longest = Math.min(prefix.length, position.character);
	// With the character before it.
	const from = position.translate(0, -Math.min(longest + 1, position.character));
	const before = document.getText(new vscode.Range(from, position)).toLowerCase();
	for (let length = longest; length > position.character - start.character; length--) {
		const typed = before.slice(-length);
		if (!prefix.toLowerCase().startsWith(typed)) continue;
		const isInWord = WORD.test(before.slice(-length - 1, -length)) && WORD.test(typed.charAt(0));
		if (!isInWord) return new vscode.Range(position.translate(0, -length), position);
	}
	return undefined;
}
