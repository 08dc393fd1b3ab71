import { styleText } from 'node:util';
import { toRange } from '../../features/position.ts';
import type { Problem } from '../../rules/check.ts';
import type { Severity } from '../../rules/rule.ts';
import { excerptOf } from '../excerpt.ts';
import { count, printable } from '../output.ts';
import type { CheckedFile, Reporter, Summary } from './reporter.ts';

type Style = Parameters<typeof styleText>[0];

const STYLES: Record<Severity, Style> = { error: 'red', warning: 'yellow', information: 'cyan', hint: 'dim' };

/**
 * For people: each file with its problems, each problem with its place, severity, rule, message and the text around it; the
 * counts in the last line.
 */
export function prettyReporter(colour: boolean): Reporter {
	// The stream has been asked already; older versions of Node know no such question.
	const style = (name: Style, text: string): string =>
		colour ? styleText(name, text, { validateStream: false }) : text;
	return {
		begin: () => '',
		file(file) {
			if (file.problems.length === 0) return '';
			const rows = file.problems.map(problem => ({ problem, place: placeOf(file, problem) }));
			const places = Math.max(...rows.map(({ place }) => place.length));
			const severities = Math.max(...file.problems.map(({ severity }) => severity.length));
			const ids = Math.max(...file.problems.map(({ rule }) => rule.id.length));
			const lines = rows.flatMap(({ problem: { severity, rule, message, span }, place }) => {
				const excerpt = excerptOf(file.document.getText(), span);
				const mark = ' '.repeat(excerpt.before) + style(STYLES[severity], '^'.repeat(excerpt.width));
				return [
					`  ${place.padEnd(places)}  ${style(STYLES[severity], severity.padEnd(severities))}  ${style('dim', rule.id.padEnd(ids))}  ${printable(message)}`,
					...(excerpt.text === '' ? [] : [`      ${style('dim', excerpt.text)}`, `      ${mark}`]),
				];
			});
			return `${style('bold', printable(file.path))}\n${lines.join('\n')}\n\n`;
		},
		end: summary => `${describe(summary, style)}\n`,
	};
}

/** `line:column`, both from 1, the column in UTF-16 units as in VS Code. */
function placeOf({ document }: CheckedFile, { span }: Problem): string {
	const { start } = toRange(document, span);
	return `${start.line + 1}:${start.character + 1}`;
}

function describe(summary: Summary, style: (name: Style, text: string) => string): string {
	const { articles, lists, problems, filesWithProblems, failures } = summary;
	const checked = [articles || !lists ? count(articles, 'article') : '', lists ? count(lists, 'list') : '']
		.filter(part => part !== '')
		.join(' and ');
	const counts = [
		[problems.error, 'error', count(problems.error, 'error')],
		[problems.warning, 'warning', count(problems.warning, 'warning')],
		[problems.information, 'information', `${problems.information} information`],
		[problems.hint, 'hint', count(problems.hint, 'hint')],
	] as const;
	const found = counts.filter(([number]) => number > 0).map(([, severity, text]) => style(STYLES[severity], text));
	const result =
		found.length > 0 ? `${found.join(', ')} in ${count(filesWithProblems, 'file')}` : style('green', 'no problems');
	const unchecked =
		failures.length > 0 ? `; ${style('red', `${count(failures.length, 'file')} could not be checked`)}` : '';
	return `${checked} checked: ${result}${unchecked}`;
}
