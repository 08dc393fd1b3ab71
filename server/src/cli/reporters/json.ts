import { toRange } from '../../languageFeatures/position.ts';
import { spellName } from '../../node/fileName.ts';
import type { Problem } from '../../rules/check.ts';
import type { CheckedFile, Reporter } from './reporter.ts';

/** Grows by one when a reader of the output has to change. */
const FORMAT_VERSION = 1;

/**
 * One JSON object, one file a line, as server/README.md describes it. Lines and columns count from 1, offsets from 0; columns
 * and offsets count UTF-16 units, a byte order mark not among them.
 */
export function jsonReporter(): Reporter {
	return {
		begin: `{"version":${FORMAT_VERSION},"files":[`,
		file(file) {
			const { path, kind, problems } = file;
			return [write({ path, kind, problems: problems.map(problem => describe(file, problem)) })];
		},
		separators: ['\n', ',\n'],
		end({ articles, lists, problems, filesWithProblems, failures, network }) {
			const failed = failures.map(failure => `\n${write(failure)}`).join(',');
			const summary = {
				articles,
				lists,
				errors: problems.error,
				warnings: problems.warning,
				information: problems.information,
				hints: problems.hint,
				filesWithProblems,
				failures: failures.length,
			};
			const asked = network ? `,"network":${write(network)}` : '';
			return `\n],"failures":[${failed}\n],"summary":${JSON.stringify(summary)}${asked}}\n`;
		},
	};
}

/** JSON on one line. What bytes of a path are no UTF-8 is spelt out: JSON has no other way to say it. */
function write(value: object): string {
	return JSON.stringify(value, (key, inner) => {
		if (key === 'path') return spellName(inner);
		return key === 'paths' ? inner.map(spellName) : inner;
	});
}

function describe({ document }: CheckedFile, { rule, severity, message, span, fixes }: Problem): object {
	const { start, end } = toRange(document, span);
	return {
		rule: rule.id,
		severity,
		message,
		offset: span.start,
		line: start.line + 1,
		column: start.character + 1,
		endOffset: span.end,
		endLine: end.line + 1,
		endColumn: end.character + 1,
		fixes: fixes?.().map(fix => fix.title) ?? [],
	};
}
