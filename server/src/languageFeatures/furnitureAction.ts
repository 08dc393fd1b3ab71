import { type CodeAction, type CodeActionContext, CodeActionKind, type Range } from 'vscode-languageserver';
import { overlaps } from '../article/span.ts';
import { FURNITURE_COMMANDS } from '../protocol/commands.ts';
import type { Problem } from '../rules/check.ts';
import { shownDiagnostic } from './codeAction.ts';
import { toDiagnostic } from './diagnostic.ts';
import { toSpan } from './position.ts';
import type { Snapshot } from './snapshot.ts';

/** Returns the action that removes the page around an article, if its problem is in a range. */
export function furnitureActions(
	document: Snapshot,
	problems: readonly Problem[],
	range: Range,
	context: CodeActionContext,
): CodeAction[] {
	const selected = toSpan(document, range);
	const found = problems.find(({ rule, span }) => rule.id === 'article/furniture' && overlaps(span, selected));
	if (!found) return [];
	const title = 'Remove page furniture…';
	return [
		{
			title,
			kind: CodeActionKind.QuickFix,
			diagnostics: [shownDiagnostic(context, toDiagnostic(document, found))],
			command: { title, command: FURNITURE_COMMANDS.remove, arguments: [{ uri: document.uri }] },
		},
	];
}
