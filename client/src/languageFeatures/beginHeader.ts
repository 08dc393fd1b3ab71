import * as vscode from 'vscode';
import { headText, RECOGNISABLE_LANGUAGES } from '../article/detection.ts';

/** An empty document, or what is typed first of a header. */
const BEGINNING = /^\s*(?:<(?:!-{0,2})?)?$/;

/**
 * Registers the completion of a header in empty documents that are not articles yet, such as untitled ones. The server completes it in
 * articles.
 */
export function registerBeginHeader(): vscode.Disposable {
	return vscode.languages.registerCompletionItemProvider(
		RECOGNISABLE_LANGUAGES.map(language => ({ language })),
		{
			provideCompletionItems(document, position) {
				const text = headText(document);
				if (text.length > 100 || !BEGINNING.test(text)) return [];
				const item = new vscode.CompletionItem('Article header', vscode.CompletionItemKind.Snippet);
				item.detail = 'Time, title, source';
				item.range = new vscode.Range(new vscode.Position(position.line, 0), position);
				item.filterText = document.getText(item.range) || item.label.toString();
				item.insertText = new vscode.SnippetString()
					.appendText(`<!--${Date.now()}-->\n[`)
					.appendPlaceholder('Title', 1)
					.appendText('](https://')
					.appendTabstop(2)
					.appendText(')\n------\n\n')
					.appendTabstop(0);
				return [item];
			},
		},
		'<',
	);
}
