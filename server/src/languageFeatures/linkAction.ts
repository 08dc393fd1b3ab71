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

/** The rules that tell what the last check over the network found of an address. */
const VERDICT_RULES: ReadonlySet<string> = new Set(['link/broken', 'link/moved', 'image/broken', 'image/not-an-image']);

/**
 * What can be done about links and images of which the last check over the network knows: of a moved one, update all of the
 * article or archive; of one that is broken or could not be verified, open its copy in the Wayback Machine, or lead there.
 *
 * @param problems what the rules found in the article, in the order of the text
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
			// By its problem an action stands beside the fixes of that.
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
				run('Open the copy in the Wayback Machine', LINK_COMMANDS.openAddress, copy);
			// Where a rule has found it, this is among its fixes.
			if (kind === 'unverified') for (const { title, edits } of waybackFix(context, one, use)) change(title, edits);
		}
	}
	return actions;
}

/** The edits that update all links of an article that have moved, of what the rules found in it. */
export function movedEdits(problems: readonly Problem[]): readonly TextEdit[] {
	return problems.filter(({ rule }) => rule.id === 'link/moved').flatMap(({ fixes }) => fixes?.()[0]?.edits ?? []);
}
