import { toRange } from '../../languageFeatures/position.ts';
import { spellName } from '../../node/fileName.ts';
import type { Problem } from '../../rules/check.ts';
import type { CheckedFile, Reporter } from './reporter.ts';

/** Incremented when consumers of the output have to change. */
const FORMAT_VERSION = 1;

/**
 * Writes one JSON object, with one file per line, as described in server/README.md. Lines and columns start at 1, offsets at 0. Columns
 * and offsets count UTF-16 units, without a byte order mark.
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

/** Serialises a value on one line. Bytes of paths that are not UTF-8 are escaped, since JSON cannot represent them. */
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
