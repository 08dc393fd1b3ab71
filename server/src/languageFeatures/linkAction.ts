import { type CodeAction, type CodeActionContext, CodeActionKind, type Range } from 'vscode-languageserver';
import type { TextEdit } from '../article/edits.ts';
import { overlaps } from '../article/span.ts';
import type { LinkUse } from '../links/network/verdict.ts';
import { copyOf } from '../links/wayback.ts';
import { LINK_COMMANDS } from '../protocol/commands.ts';
import type { Problem } from '../rules/check.ts';
import { type JudgedContext, judged, waybackFix } from '../rules/judged.ts';
import { type CodeActionOptions, shownDiagnostic } from './codeAction.ts';
import { toDiagnostic } from './diagnostic.ts';
import { toSpan } from './position.ts';
import type { Snapshot } from './snapshot.ts';
import { toWorkspaceEdit } from './workspaceEdit.ts';

/** The rules that report the results of link checks. */
const VERDICT_RULES: ReadonlySet<string> = new Set(['link/broken', 'link/moved', 'image/broken', 'image/not-an-image']);

/**
 * Returns the actions for checked links and images in a range. Moved: update all in the article or archive. Broken or
 * unverified: open the copy in the Wayback Machine, or link to it.
 *
 * @param problems the problems of the article, in text order
 */
export function linkActions(
	document: Snapshot,
	context: JudgedContext,
	problems: readonly Problem[],
	range: Range,
	requested: CodeActionContext,
	options: CodeActionOptions,
): CodeAction[] {
	const selected = toSpan(document, range);
	const actions: CodeAction[] = [];
	for (const use of ['link', 'image'] satisfies LinkUse[]) {
		for (const one of judged(context, use)) {
			if (!overlaps(one.span, selected)) continue;
			// The problem associates the action with the fixes of that problem.
			const problem = problems.find(({ rule, span }) => span.start === one.span.start && VERDICT_RULES.has(rule.id));
			const diagnostics = problem && [shownDiagnostic(requested, toDiagnostic(document, problem))];
			const offer = (title: string, rest: Pick<CodeAction, 'edit' | 'command'>): void => {
				if (actions.some(action => action.title === title)) return;
				actions.push({ title, kind: CodeActionKind.QuickFix, ...(diagnostics && { diagnostics }), ...rest });
			};
			const change = (title: string, edits: readonly TextEdit[]): void =>
				offer(title, { edit: toWorkspaceEdit([{ document, edits }], options.versionedEdits) });
			const run = (title: string, command: string, argument: string): void =>
				offer(title, { command: { title, command, arguments: [argument] } });

			const { kind } = one.verdict;
			if (kind === 'moved') {
				const edits = movedEdits(problems);
				if (edits.length > 1) change(`Update all ${edits.length} moved links in this article`, edits);
				run('Update all moved links in the archive', LINK_COMMANDS.updateMoved, document.uri);
			}
			if (kind !== 'broken' && kind !== 'unverified') continue;
			const copy = copyOf(one.verdict, one.url, context.article.published?.value, use);
			if (copy !== undefined && options.opensAddresses)
				run('Open the copy in the Wayback Machine', LINK_COMMANDS.openUrl, copy);
			// For a broken link, the rule already provides this fix.
			if (kind === 'unverified') for (const { title, edits } of waybackFix(context, one, use)) change(title, edits);
		}
	}
	return actions;
}

/** Returns the edits that update all moved links of an article. */
export function movedEdits(problems: readonly Problem[]): readonly TextEdit[] {
	return problems.filter(({ rule }) => rule.id === 'link/moved').flatMap(({ fixes }) => fixes?.()[0]?.edits ?? []);
}
