import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver';
import type { ConfigurationFile } from '../archive/configurationFile.ts';
import { explained } from '../rules/advice.ts';
import { type Problem, worst } from '../rules/check.ts';
import type { Severity } from '../rules/rule.ts';
import { counted } from '../util/words.ts';
import { FILE_START, toRange } from './position.ts';
import { type Snapshot, snapshotOf } from './snapshot.ts';

/** The `source` of every diagnostic. */
const SOURCE = 'marginalia';

/** Maximum number of diagnostics per file. */
export const DIAGNOSTIC_LIMIT = 100;

/** The code of the diagnostic that says how many were left out. It has a page like the rules. */
export const MORE_PROBLEMS = 'more-problems';

const SEVERITIES: Record<Severity, DiagnosticSeverity> = {
	error: DiagnosticSeverity.Error,
	warning: DiagnosticSeverity.Warning,
	information: DiagnosticSeverity.Information,
	hint: DiagnosticSeverity.Hint,
};

/**
 * Converts problems to LSP diagnostics, most severe first. If there are too many, the last diagnostic says how many were left out.
 *
 * @param rulePages URI of the folder with the rule documentation, which the diagnostic codes link to
 */
export function diagnostics(document: Snapshot, problems: readonly Problem[], rulePages?: string): Diagnostic[] {
	const { parsed } = document;
	const limit = problems.length > DIAGNOSTIC_LIMIT ? DIAGNOSTIC_LIMIT - 1 : DIAGNOSTIC_LIMIT;
	const shown = worst(problems, limit).map(problem => toDiagnostic(document, problem, rulePages));
	const more = problems.length - shown.length;
	if (more > 0) {
		const start = parsed.kind === 'article' ? parsed.header.span.start : 0;
		shown.push({
			range: toRange(document, { start, end: start }),
			severity: DiagnosticSeverity.Information,
			source: SOURCE,
			code: MORE_PROBLEMS,
			...(rulePages === undefined ? {} : { codeDescription: { href: `${rulePages}${MORE_PROBLEMS}.md` } }),
			message: `${counted(more, 'more problem is', 'more problems are')} not shown; run \`marginalia check\` to list all`,
		});
	}
	return shown;
}

/** Converts a problem to an LSP diagnostic. */
export function toDiagnostic(document: Snapshot, problem: Problem, rulePages?: string): Diagnostic {
	const { span, severity, rule, tag, related } = problem;
	const diagnostic: Diagnostic = {
		range: toRange(document, span),
		severity: SEVERITIES[severity],
		source: SOURCE,
		code: rule.id,
		message: explained(problem),
	};
	if (rulePages !== undefined) diagnostic.codeDescription = { href: `${rulePages}${rule.id.replace('/', '-')}.md` };
	if (tag) diagnostic.tags = [tag === 'unnecessary' ? DiagnosticTag.Unnecessary : DiagnosticTag.Deprecated];
	if (related) {
		diagnostic.relatedInformation = related.map(place => ({
			location:
				place.uri === undefined
					? { uri: document.uri, range: toRange(document, place.span) }
					: { uri: place.uri, range: FILE_START },
			message: place.message,
		}));
	}
	return diagnostic;
}

/** Converts the faults of a configuration file to LSP diagnostics. `rulePages` is as for `diagnostics`. */
export function configurationDiagnostics({ uri, text, faults }: ConfigurationFile, rulePages?: string): Diagnostic[] {
	const document = snapshotOf(uri, text);
	return faults.slice(0, DIAGNOSTIC_LIMIT).map(({ span, message, severity, conflict }) =>
		conflict
			? toDiagnostic(document, { rule: { id: 'article/conflict' }, span, message, severity }, rulePages)
			: {
					range: toRange(document, span),
					severity: SEVERITIES[severity],
					source: SOURCE,
					code: 'configuration',
					message,
				},
	);
}
