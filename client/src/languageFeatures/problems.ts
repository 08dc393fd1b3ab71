import * as vscode from 'vscode';
import { EXTENSION_COMMANDS } from '../../../server/src/protocol/commands.ts';
import { isArticle } from '../article/documents.ts';
import { createProblemWalk, type Stand } from './problemWalk.ts';

/** VS Code's commands: within a file, and through all files. */
const STEPS = {
	next: { inFile: 'editor.action.marker.next', inFiles: 'editor.action.marker.nextInFiles' },
	previous: { inFile: 'editor.action.marker.prev', inFiles: 'editor.action.marker.prevInFiles' },
} as const;

/**
 * Registers the commands that go to the next and previous problem. VS Code's own ones go through the problems of all files by
 * severity, and leave an article before all of its problems have been visited.
 */
export function registerProblems(): vscode.Disposable {
	const walks = { next: createProblemWalk(), previous: createProblemWalk() };
	async function go(direction: keyof typeof STEPS): Promise<void> {
		const { inFile, inFiles } = STEPS[direction];
		const editor = vscode.window.activeTextEditor;
		const stand = editor && isArticle(editor.document) ? standIn(editor) : undefined;
		if (!editor || !stand || stand.problems.length === 0) {
			await vscode.commands.executeCommand(inFiles);
			return;
		}
		if (walks[direction].isOver(stand)) {
			const other = fileFrom(editor.document.uri, direction);
			if (other) {
				const end = direction === 'next' ? 0 : Number.MAX_SAFE_INTEGER;
				await vscode.window.showTextDocument(other, { selection: new vscode.Range(end, 0, end, 0) });
			}
		}
		await vscode.commands.executeCommand(inFile);
		const reached = vscode.window.activeTextEditor;
		if (reached) walks[direction].stepped(standIn(reached));
	}
	return vscode.Disposable.from(
		vscode.commands.registerCommand(EXTENSION_COMMANDS.nextProblem, () => go('next')),
		vscode.commands.registerCommand(EXTENSION_COMMANDS.previousProblem, () => go('previous')),
	);
}

/** The problems that VS Code goes to: all but hints. */
function isVisited({ severity }: vscode.Diagnostic): boolean {
	return severity !== vscode.DiagnosticSeverity.Hint;
}

function standIn({ document: { uri, version }, selection: { active } }: vscode.TextEditor): Stand {
	const problems = vscode.languages.getDiagnostics(uri).filter(isVisited);
	const key = ({ range, message }: vscode.Diagnostic): string => JSON.stringify([range, message]);
	return {
		document: `${uri} ${version}`,
		place: JSON.stringify(active),
		problems: problems.map(key),
		here: problems.filter(({ range }) => range.contains(active)).map(key),
	};
}

/** The file with problems after or before another one, in the order of VS Code; `undefined` if there is none. */
function fileFrom(uri: vscode.Uri, direction: keyof typeof STEPS): vscode.Uri | undefined {
	const from = uri.toString();
	const files = vscode.languages
		.getDiagnostics()
		.filter(([file, problems]) => file.toString() !== from && problems.some(isVisited))
		.map(([file]) => file)
		.sort((a, b) => (a.toString() < b.toString() ? -1 : 1));
	if (direction === 'next') return files.find(file => file.toString() > from) ?? files[0];
	return files.findLast(file => file.toString() < from) ?? files.at(-1);
}
