import { type CodeAction, CodeActionKind, type Range } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { overlaps } from '../article/span.ts';
import type { Use } from '../links/network/verdict.ts';
import { waybackAddress } from '../links/wayback.ts';
import type { Problem } from '../rules/check.ts';
import { type JudgedContext, judged, waybackFix } from '../rules/judged.ts';
import type { TextEdit } from '../rules/rule.ts';
import type { CodeActionOptions } from './codeAction.ts';
import { OPEN_ADDRESS_COMMAND, UPDATE_MOVED_COMMAND } from './linkCommands.ts';
import { toSpan } from './position.ts';
import { toWorkspaceEdit } from './workspaceEdit.ts';

/**
 * What can be done about links and images of which the last check over the network knows: of a moved one, update all of the
 * article or archive; of one that is broken or could not be verified, open its copy in the Wayback Machine, or lead there.
 *
 * @param problems what the rules found in the article, in the order of the text
 */
export function linkActions(
	document: TextDocument,
	context: JudgedContext,
	problems: readonly Problem[],
	range: Range,
	options: CodeActionOptions,
): CodeAction[] {
	const selected = toSpan(document, range);
	const actions: CodeAction[] = [];
	const offer = (title: string, rest: Pick<CodeAction, 'edit' | 'command'>): void => {
		if (actions.every(action => action.title !== title))
			actions.push({ title, kind: CodeActionKind.QuickFix, ...rest });
	};
	for (const use of ['link', 'image'] satisfies Use[]) {
		for (const one of judged(context, use)) {
			if (!overlaps(one.span, selected)) continue;
			const { kind } = one.verdict;
			if (kind === 'moved' && use === 'link') {
				const edits = movedEdits(problems);
				if (edits.length > 1)
					offer(`Update all ${edits.length} moved links of this article`, {
						edit: toWorkspaceEdit([{ document, edits }], options.versionedEdits),
					});
				const title = 'Update all moved links of the archive';
				offer(title, { command: { title, command: UPDATE_MOVED_COMMAND, arguments: [document.uri] } });
			}
			if (kind !== 'broken' && kind !== 'unverified') continue;
			const copy = waybackAddress(one.url, context.article.published?.value, use);
			const title = 'Open its copy in the Wayback Machine';
			if (copy !== undefined && options.opensAddresses)
				offer(title, { command: { title, command: OPEN_ADDRESS_COMMAND, arguments: [copy] } });
			// Where a rule has found it, this is among its fixes.
			if (kind !== 'unverified') continue;
			for (const fix of waybackFix(context, one, use))
				offer(fix.title, { edit: toWorkspaceEdit([{ document, edits: fix.edits }], options.versionedEdits) });
		}
	}
	return actions;
}

/** The edits that update all links of an article that have moved, of what the rules found in it. */
export function movedEdits(problems: readonly Problem[]): readonly TextEdit[] {
	return problems.filter(({ rule }) => rule.id === 'link/moved').flatMap(({ fixes }) => fixes?.()[0]?.edits ?? []);
}
