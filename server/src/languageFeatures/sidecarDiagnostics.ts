import { type CodeAction, CodeActionKind, type Diagnostic, type Range } from 'vscode-languageserver';
import { parseSidecar, type SidecarFault } from '../annotations/sidecar.ts';
import type { SidecarFile } from '../annotations/sidecarFiles.ts';
import { repairsOf } from '../annotations/sidecarRepair.ts';
import type { SidecarTarget } from '../annotations/sidecarWriter.ts';
import { difference } from '../article/article.ts';
import { overlaps, span } from '../article/span.ts';
import { type MovedArticle, moveFix } from '../rules/annotation/orphan.ts';
import type { Problem } from '../rules/check.ts';
import { show } from '../rules/write.ts';
import { displayName } from '../util/uri.ts';
import { DIAGNOSTIC_LIMIT, toDiagnostic } from './diagnostic.ts';
import { toSpan } from './position.ts';
import { type Snapshot, snapshotOf } from './snapshot.ts';
import { toWorkspaceEdit } from './workspaceEdit.ts';

/** Returns the problems of an article that are also reported in its sidecar file, with spans in that file, sorted. */
export function problemsInSidecar(article: string, problems: readonly Problem[]): readonly Problem[] {
	const found = problems.flatMap(problem => {
		const { sidecar, fixes: _, related: __, ...rest } = problem;
		return sidecar
			? [{ ...rest, ...sidecar, related: [{ span: problem.span, uri: article, message: 'In the article' }] }]
			: [];
	});
	return found.sort((a, b) => a.span.start - b.span.start);
}

/** Converts the problems of a sidecar file to LSP diagnostics. */
export function sidecarDiagnostics(
	file: SidecarFile,
	problems: readonly Problem[],
	rulePages: string | undefined,
): Diagnostic[] {
	const document = snapshotOf(file.uri, file.text);
	return problems.slice(0, DIAGNOSTIC_LIMIT).map(problem => toDiagnostic(document, problem, rulePages));
}

/**
 * Returns the problems of a sidecar file whose article does not exist.
 *
 * @param articles those that it may belong to now, the likeliest first
 */
export function lonelySidecar(
	file: SidecarFile,
	article: string,
	articles: readonly MovedArticle[],
): readonly Problem[] {
	const [first] = articles;
	const now = first ? `; it ${first.certain ? 'is' : 'may be'} now ${show(first.path)}` : '';
	const taken = first && first.free === undefined ? ', which has a sidecar file of its own' : '';
	return [
		{
			rule: { id: 'annotation/orphan' },
			severity: 'warning',
			span: span(0, 0),
			advice: 'Restore or rename the article, or delete this file',
			message: `The article ${show(displayName(article))} of this sidecar file does not exist${now}${taken}`,
			...(first ? { related: articles.map(({ uri, path }) => ({ uri, message: path, span: span(0, 0) })) } : {}),
			fixes: () =>
				articles.flatMap(({ free, certain }) => (free === undefined ? [] : [moveFix(file.uri, free, certain)])),
		},
		...file.faults.map(
			({ kind, span: place, message }): Problem => ({
				rule: { id: ruleOf(kind) },
				severity: 'error',
				span: place,
				message,
			}),
		),
	];
}

/** Returns the rule that reports a kind of fault. */
function ruleOf(kind: SidecarFault['kind']): Problem['rule']['id'] {
	if (kind === 'conflict') return 'article/conflict';
	return kind === 'duplicate' ? 'annotation/duplicate-id' : 'annotation/malformed';
}

/** Returns the quick fixes in a sidecar file, which repair commas, conflicts and ids. */
export function sidecarActions(
	document: Snapshot,
	range: Range,
	diagnostics: readonly Diagnostic[],
	subject: SidecarTarget,
	versionedEdits: boolean,
): CodeAction[] {
	const selected = toSpan(document, range);
	const text = document.text;
	return parseSidecar(text)
		.faults.filter(fault => overlaps(fault.span, selected))
		.flatMap(fault =>
			repairsOf(text, fault, subject).map((repair): CodeAction => {
				const { start, oldEnd, newEnd } = difference(text, repair.text);
				const edits = [{ span: span(start, oldEnd), newText: repair.text.slice(start, newEnd) }];
				return {
					title: repair.title,
					kind: CodeActionKind.QuickFix,
					diagnostics: diagnostics.filter(shown => overlaps(toSpan(document, shown.range), fault.span)),
					...(repair.preferred ? { isPreferred: true } : {}),
					edit: toWorkspaceEdit([{ document, edits }], versionedEdits),
				};
			}),
		);
}
