import {
	type CodeAction,
	type CodeActionContext,
	CodeActionKind,
	type Diagnostic,
	type Range,
	type WorkspaceEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { overlaps } from '../article/span.ts';
import { type Problem, worst } from '../rules/check.ts';
import type { Fix } from '../rules/rule.ts';
import { DIAGNOSTIC_LIMIT, toDiagnostic } from './diagnostic.ts';
import { toRange, toSpan } from './position.ts';

/** How a client wants code actions. */
export interface CodeActionOptions {
	/** Whether it takes edits of a certain version of a document. */
	readonly versionedEdits: boolean;
	/** Whether it knows preferred actions. */
	readonly preferred: boolean;
}

/** Whether a client that asks for certain kinds of action wants quick fixes. */
export function wantsQuickFixes({ only }: CodeActionContext): boolean {
	return only === undefined || only.some(kind => kind === '' || kind === CodeActionKind.QuickFix);
}

/** `textDocument/codeAction`: the fixes of the problems that a range touches, in the order of the text. */
export function codeActions(
	document: TextDocument,
	problems: readonly Problem[],
	range: Range,
	context: CodeActionContext,
	options: CodeActionOptions,
): CodeAction[] {
	if (!wantsQuickFixes(context)) return [];
	const selected = toSpan(document, range);
	const touched = problems.filter(problem => problem.fixes && overlaps(problem.span, selected));
	return worst(touched, DIAGNOSTIC_LIMIT).flatMap(problem => {
		const diagnostic = shownDiagnostic(context, toDiagnostic(document, problem));
		return (problem.fixes?.() ?? []).map(fix => ({
			title: fix.title,
			kind: CodeActionKind.QuickFix,
			diagnostics: [diagnostic],
			...(options.preferred && fix.preferred ? { isPreferred: true } : {}),
			edit: toWorkspaceEdit(document, fix, options),
		}));
	});
}

/** The client's own copy of a diagnostic, by which it knows which problem an action fixes. */
function shownDiagnostic({ diagnostics }: CodeActionContext, made: Diagnostic): Diagnostic {
	const { start, end } = made.range;
	return (
		diagnostics.find(
			({ code, range }) =>
				code === made.code &&
				range.start.line === start.line &&
				range.start.character === start.character &&
				range.end.line === end.line &&
				range.end.character === end.character,
		) ?? made
	);
}

function toWorkspaceEdit(document: TextDocument, { edits }: Fix, { versionedEdits }: CodeActionOptions): WorkspaceEdit {
	const { uri, version } = document;
	const changes = edits.map(({ span, newText }) => ({ range: toRange(document, span), newText }));
	return versionedEdits
		? { documentChanges: [{ textDocument: { uri, version }, edits: changes }] }
		: { changes: { [uri]: changes } };
}
