import { toRange } from '../../languageFeatures/position.ts';
import type { Problem } from '../../rules/check.ts';
import type { Severity } from '../../rules/rule.ts';
import { describeSummary } from './pretty.ts';
import type { CheckedFile, Reporter } from './reporter.ts';

/** What a workflow command of GitHub is called by severity. */
const COMMANDS: Readonly<Record<Severity, string>> = {
	error: 'error',
	warning: 'warning',
	information: 'notice',
	hint: 'notice',
};

/**
 * Workflow commands, with which GitHub Actions marks problems in the files of a pull request ("Workflow commands for GitHub
 * Actions"); the counts in the last line.
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
		// Columns are for places within one line.
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
