import {
	type CodeAction,
	type CodeActionContext,
	CodeActionKind,
	type Diagnostic,
	type Range,
} from 'vscode-languageserver';
import type { TextEdit } from '../article/edits.ts';
import { overlaps } from '../article/span.ts';
import { ANNOTATION_COMMANDS } from '../protocol/commands.ts';
import { type Problem, worst } from '../rules/check.ts';
import { DIAGNOSTIC_LIMIT, toDiagnostic } from './diagnostic.ts';
import { type IgnoreSubject, type IgnoreTarget, ignoreActions } from './ignoreAction.ts';
import { toSpan } from './position.ts';
import type { Snapshot } from './snapshot.ts';
import { toWorkspaceEdit } from './workspaceEdit.ts';

/** How a client wants code actions. */
export interface CodeActionOptions {
	/** Whether it takes edits of a certain version of a document. */
	readonly versionedEdits: boolean;
	/** Whether it knows preferred actions. */
	readonly preferred: boolean;
	/** Whether it makes files. */
	readonly createsFiles: boolean;
	/** Whether it opens addresses in a browser. */
	readonly opensAddresses: boolean;
}

/** The kind of the action that makes all preferred fixes of a document. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.marginalia`;

/** Whether a client asks for "fix all": nobody gets it who did not name it, since it is made on save. */
export function wantsFixAll({ only }: CodeActionContext): boolean {
	return only?.some(kind => kind !== '' && (kind === FIX_ALL || FIX_ALL.startsWith(`${kind}.`))) === true;
}

/** "Fix all", with edits that were worked out. */
export function fixAllAction(
	document: Snapshot,
	edits: readonly TextEdit[],
	options: Pick<CodeActionOptions, 'versionedEdits'>,
): CodeAction[] {
	if (edits.length === 0) return [];
	const title = 'Fix all auto-fixable problems';
	return [{ title, kind: FIX_ALL, edit: toWorkspaceEdit([{ document, edits }], options.versionedEdits) }];
}

/** Whether a client that asks for certain kinds of action wants quick fixes. */
export function wantsQuickFixes({ only }: CodeActionContext): boolean {
	return only === undefined || only.some(kind => kind === '' || kind === CodeActionKind.QuickFix);
}

/** `textDocument/codeAction`: the fixes of the problems that a range touches, the worst first; `others`; then what can be ignored of them. */
export function codeActions(
	document: Snapshot,
	problems: readonly Problem[],
	range: Range,
	context: CodeActionContext,
	options: CodeActionOptions,
	ignoring?: Ignoring,
	others: readonly CodeAction[] = [],
): CodeAction[] {
	if (!wantsQuickFixes(context)) return [];
	const selected = toSpan(document, range);
	const touched = worst(
		problems.filter(problem => overlaps(problem.span, selected)),
		DIAGNOSTIC_LIMIT,
	).map(problem => ({ problem, diagnostic: shownDiagnostic(context, toDiagnostic(document, problem)) }));
	const fixes = touched.flatMap(({ problem, diagnostic }) =>
		(problem.fixes?.() ?? []).map(fix => ({
			title: fix.title,
			kind: CodeActionKind.QuickFix,
			diagnostics: [diagnostic],
			...(options.preferred && fix.preferred ? { isPreferred: true } : {}),
			edit: toWorkspaceEdit([{ document, edits: fix.edits }], options.versionedEdits),
		})),
	);
	const commands = touched.flatMap(({ problem, diagnostic }) => noteActions(document.uri, problem, diagnostic));
	const ignores = touched.flatMap(({ problem, diagnostic }) =>
		ignoring ? ignoreActions(problem, ignoring.subjectOf(problem), diagnostic, ignoring.target, options) : [],
	);
	return [...fixes, ...commands, ...others, ...unique(ignores)];
}

/** What can be done at once with the note that a rule speaks of, by the rule. */
const NOTE_ACTIONS: Readonly<Record<string, readonly [title: string, command: string]>> = {
	'annotation/changed': ['Accept the current text', ANNOTATION_COMMANDS.acceptChange],
	'annotation/open-question': ['Resolve question', ANNOTATION_COMMANDS.resolve],
};

function noteActions(uri: string, { rule, note }: Problem, diagnostic: Diagnostic): CodeAction[] {
	const [title, command] = NOTE_ACTIONS[rule.id] ?? [];
	if (note === undefined || title === undefined || command === undefined) return [];
	return [
		{
			title,
			kind: CodeActionKind.QuickFix,
			diagnostics: [diagnostic],
			command: { title, command, arguments: [{ uri, id: note }] },
		},
	];
}

/** What "ignore" needs to know. */
export interface Ignoring {
	readonly target: IgnoreTarget;
	subjectOf(problem: Problem): IgnoreSubject;
}

/** The first of all actions of one title: an address that is wrong in two ways is ignored once. */
function unique(actions: readonly CodeAction[]): readonly CodeAction[] {
	const byTitle = new Map<string, CodeAction>();
	for (const action of actions) {
		const known = byTitle.get(action.title);
		if (known) known.diagnostics = [...(known.diagnostics ?? []), ...(action.diagnostics ?? [])];
		else byTitle.set(action.title, action);
	}
	return [...byTitle.values()];
}

/** The client's own copy of a diagnostic, by which it knows which problem an action fixes. */
export function shownDiagnostic({ diagnostics }: CodeActionContext, made: Diagnostic): Diagnostic {
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
