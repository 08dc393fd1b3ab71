import * as vscode from 'vscode';
import type { FurnitureParts } from '../../../server/src/protocol/furniture.ts';
import { counted } from '../../../server/src/util/words.ts';

interface Choice extends vscode.QuickPickItem {
	readonly index: number;
	readonly range: vscode.Range;
}

/** Asks which parts of the page to remove, and shows the current one in the editor. Returns their indices; `undefined` for none. */
export async function chooseParts(
	document: vscode.TextDocument,
	{ parts }: FurnitureParts,
): Promise<readonly number[] | undefined> {
	const choices = parts.map(({ name, reason, label, characters, notes, range: { start, end } }, index): Choice => {
		const amount = [
			counted(characters, 'character'),
			...(notes > 0 ? [`$(warning) ${counted(notes, 'note')} would go with it`] : []),
		];
		return {
			label: name.charAt(0).toUpperCase() + name.slice(1),
			description: amount.join(', '),
			detail: [label, reason].filter(Boolean).join(' — '),
			index,
			range: new vscode.Range(start.line, start.character, end.line, end.character),
		};
	});
	const pick = vscode.window.createQuickPick<Choice>();
	pick.title = 'Remove Page Furniture';
	pick.placeholder = 'Parts of the page to remove';
	pick.canSelectMany = true;
	pick.matchOnDescription = true;
	pick.matchOnDetail = true;
	pick.items = choices;
	pick.selectedItems = choices.filter(({ index }) => parts[index]?.goes);
	const shown = vscode.window.createTextEditorDecorationType({
		backgroundColor: new vscode.ThemeColor('editor.rangeHighlightBackground'),
	});
	const editor = vscode.window.visibleTextEditors.find(one => one.document === document);
	try {
		return await new Promise<readonly number[] | undefined>(resolve => {
			pick.onDidChangeActive(([active]) => {
				editor?.setDecorations(shown, active ? [active.range] : []);
				if (active) editor?.revealRange(active.range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
			});
			pick.onDidAccept(() => resolve(pick.selectedItems.map(({ index }) => index)));
			pick.onDidHide(() => resolve(undefined));
			pick.show();
		});
	} finally {
		shown.dispose();
		pick.dispose();
	}
}
