import {
	type CodeAction,
	type CodeActionContext,
	CodeActionKind,
	type Diagnostic,
	type Range,
	type WorkspaceEdit,
} from 'vscode-languageserver';
import type { TextEdit } from '../article/edits.ts';
import { overlaps } from '../article/span.ts';
import { ANNOTATION_COMMANDS } from '../protocol/commands.ts';
import { type Problem, worst } from '../rules/check.ts';
import type { Fix } from '../rules/rule.ts';
import { DIAGNOSTIC_LIMIT, toDiagnostic } from './diagnostic.ts';
import { chooseFixes } from './fixAll.ts';
import { type IgnoreSubject, type IgnoreTarget, ignoreActions } from './ignoreAction.ts';
import { toSpan } from './position.ts';
import type { Snapshot } from './snapshot.ts';
import { toWorkspaceEdit } from './workspaceEdit.ts';

/** The client's capabilities for code actions. */
export interface CodeActionOptions {
	/** Whether it supports edits of versioned documents. */
	readonly versionedEdits: boolean;
	/** Whether it supports preferred actions. */
	readonly preferred: boolean;
	/** Whether it supports the creation of files in edits. */
	readonly createsFiles: boolean;
	/** Whether it supports edits that move files. */
	readonly movesFiles: boolean;
	/** Whether it opens URLs in a browser. */
	readonly opensAddresses: boolean;
}

/** The kind of the code action that applies all preferred fixes of a document. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.marginalia`;

/** Whether a client requests "fix all". It must be requested explicitly because it runs on save. */
export function wantsFixAll({ only }: CodeActionContext): boolean {
	return only?.some(kind => kind !== '' && (kind === FIX_ALL || FIX_ALL.startsWith(`${kind}.`))) === true;
}

/** Creates the "fix all" code action from its edits. */
export function fixAllAction(
	document: Snapshot,
	edits: readonly TextEdit[],
	options: Pick<CodeActionOptions, 'versionedEdits'>,
): CodeAction[] {
	if (edits.length === 0) return [];
	const title = 'Fix all auto-fixable problems';
	return [{ title, kind: FIX_ALL, edit: toWorkspaceEdit([{ document, edits }], options.versionedEdits) }];
}

/** Whether a client requests quick fixes. */
export function wantsQuickFixes({ only }: CodeActionContext): boolean {
	// Some clients send `null` for what they leave out.
	return !only || only.some(kind => kind === '' || kind === CodeActionKind.QuickFix);
}

/** `textDocument/codeAction`: the fixes of the problems in a range, most severe first, then `others`, then the actions that ignore a problem. */
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
		(problem.fixes?.() ?? [])
			.filter(({ move }) => !move || options.movesFiles)
			.map(fix => ({
				title: fix.title,
				kind: CodeActionKind.QuickFix,
				diagnostics: [diagnostic],
				...(options.preferred && fix.preferred ? { isPreferred: true } : {}),
				edit: editOf(document, fix, options),
			})),
	);
	const ofKind = touched.flatMap(({ problem, diagnostic }) =>
		fixKindActions(document, problems, problem, diagnostic, options),
	);
	const commands = touched.flatMap(({ problem, diagnostic }) => noteActions(document.uri, problem, diagnostic));
	const ignores = touched.flatMap(({ problem, diagnostic }) =>
		ignoring ? ignoreActions(problem, ignoring.subjectOf(problem), diagnostic, ignoring.target, options) : [],
	);
	return [...fixes, ...unique(ofKind), ...commands, ...others, ...unique(ignores)];
}

/** Offers to fix all problems of a rule for which the same fix exists as for `problem`, if there are several. */
function fixKindActions(
	document: Snapshot,
	problems: readonly Problem[],
	problem: Problem,
	diagnostic: Diagnostic,
	{ versionedEdits }: CodeActionOptions,
): CodeAction[] {
	const { id } = problem.rule;
	const [first] = id === MOVED ? [] : (problem.fixes?.() ?? []);
	if (!first) return [];
	const same = problems.filter(({ rule }) => rule.id === id);
	const kind = kindOfFix(first);
	const { edits, count } = chooseFixes(document.text, same, fix => kindOfFix(fix) === kind);
	if (count < 2) return [];
	return [
		{
			title: `Fix all ${count} problems of this kind in this ${document.parsed.kind} (${id})`,
			kind: CodeActionKind.QuickFix,
			diagnostics: [diagnostic],
			edit: toWorkspaceEdit([{ document, edits }], versionedEdits),
		},
	];
}

/** The rule for which `linkActions` offers to update all links. */
const MOVED = 'link/moved';

/** Returns the title of a fix without what differs between problems of the same kind: numbers, names and URLs. */
function kindOfFix({ title, kind }: Fix): string {
	if (kind !== undefined) return kind;
	return title.replace(/“[^”]*”|"[^"]*"|<[^>]*>|\p{N}+|\w+:\S+/gu, '…');
}

function editOf(document: Snapshot, { edits, move }: Fix, { versionedEdits }: CodeActionOptions): WorkspaceEdit {
	if (!move) return toWorkspaceEdit([{ document, edits }], versionedEdits);
	return toWorkspaceEdit([], versionedEdits, undefined, [move]);
}

/** Commands for the note of a problem, by rule id. */
const NOTE_ACTIONS: Readonly<Record<string, readonly [title: string, command: string]>> = {
	'annotation/changed': ['Accept changed text', ANNOTATION_COMMANDS.acceptChange],
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

/** The input of the actions that ignore a problem. */
export interface Ignoring {
	readonly target: IgnoreTarget;
	subjectOf(problem: Problem): IgnoreSubject;
}

/** Merges actions with the same title: two problems of the same URL need one action to ignore it. */
function unique(actions: readonly CodeAction[]): readonly CodeAction[] {
	const byTitle = new Map<string, CodeAction>();
	for (const action of actions) {
		const known = byTitle.get(action.title);
		if (known) known.diagnostics = [...(known.diagnostics ?? []), ...(action.diagnostics ?? [])];
		else byTitle.set(action.title, action);
	}
	return [...byTitle.values()];
}

/** Returns the client's copy of a diagnostic, which associates a code action with the displayed problem. */
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
