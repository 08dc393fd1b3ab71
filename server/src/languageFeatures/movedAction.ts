import { type CodeAction, type CodeActionContext, CodeActionKind, type Range } from 'vscode-languageserver';
import { overlaps } from '../article/span.ts';
import { ARCHIVE_COMMANDS } from '../protocol/commands.ts';
import type { Problem } from '../rules/check.ts';
import { MOVED_KIND } from '../rules/moved.ts';
import { shownDiagnostic } from './codeAction.ts';
import { toDiagnostic } from './diagnostic.ts';
import { toSpan } from './position.ts';
import type { Snapshot } from './snapshot.ts';

/** Returns the action that updates everything in the archive that refers to moved files, if a problem in a range is about one. */
export function movedActions(
	document: Snapshot,
	problems: readonly Problem[],
	range: Range,
	context: CodeActionContext,
): CodeAction[] {
	const selected = toSpan(document, range);
	const found = problems.filter(
		({ span, fixes }) => overlaps(span, selected) && fixes?.().some(({ kind }) => kind === MOVED_KIND),
	);
	if (found.length === 0) return [];
	const title = 'Update all references to moved files in the archive';
	return [
		{
			title,
			kind: CodeActionKind.QuickFix,
			diagnostics: found.map(problem => shownDiagnostic(context, toDiagnostic(document, problem))),
			command: { title, command: ARCHIVE_COMMANDS.updateMovedFiles, arguments: [document.uri] },
		},
	];
}
