import { toRange } from '../../languageFeatures/position.ts';
import type { Problem } from '../../rules/check.ts';
import type { Severity } from '../../rules/rule.ts';
import { describeSummary } from './pretty.ts';
import type { CheckedFile, Reporter } from './reporter.ts';

/** GitHub's workflow command for each severity. */
const COMMANDS: Readonly<Record<Severity, string>> = {
	error: 'error',
	warning: 'warning',
	information: 'notice',
	hint: 'notice',
};

/**
 * Writes workflow commands, with which GitHub Actions annotates the files of a pull request ("Workflow commands for GitHub Actions"),
 * and the counts in the last line.
 */
export function githubReporter(): Reporter {
	return {
		begin: '',
		file: file => file.problems.map(problem => `${command(file, problem)}\n`),
		separators: ['', ''],
		end: summary => `${describeSummary(summary)}\n`,
	};
}

function command({ path, document }: CheckedFile, { span, severity, rule, message }: Problem): string {
	const { start, end } = toRange(document, span);
	const properties = {
		file: path.replaceAll('\\', '/'),
		line: start.line + 1,
		endLine: end.line + 1,
		// Columns apply only to places within one line.
		...(start.line === end.line ? { col: start.character + 1, endColumn: end.character + 1 } : {}),
		title: rule.id,
	};
	const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
	return `::${COMMANDS[severity]} ${list.join(',')}::${escapeData(message)}`;
}

function escapeData(value: string): string {
	return value.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(value: string): string {
	return escapeData(value).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
