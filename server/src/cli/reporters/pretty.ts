import { styleText } from 'node:util';
import { greatest } from '../../article/lists.ts';
import { toRange } from '../../languageFeatures/position.ts';
import { explained } from '../../rules/advice.ts';
import type { Problem } from '../../rules/check.ts';
import type { Severity } from '../../rules/rule.ts';
import { counted } from '../../util/words.ts';
import { excerptOf } from '../excerpt.ts';
import { printable } from '../output.ts';
import type { CheckedFile, Reporter, Summary } from './reporter.ts';

type Style = Parameters<typeof styleText>[0];

/** Applies a style to a text, if there are colours. */
type Styling = (name: Style, text: string) => string;

/** How many files that contain a URL are listed. */
const SHOWN_PATHS = 3;

const STYLES: Record<Severity, Style> = { error: 'red', warning: 'yellow', information: 'cyan', hint: 'dim' };

/**
 * Writes a report for people: each file with its problems, each problem with its place, severity, rule, message and surrounding text,
 * and the counts in the last line.
 */
export function prettyReporter(colour: boolean): Reporter {
	// The stream was checked before; older versions of Node.js do not support the option.
	const style: Styling = (name, text) => (colour ? styleText(name, text, { validateStream: false }) : text);
	return {
		begin: '',
		separators: ['', ''],
		file(file) {
			if (file.problems.length === 0) return [];
			const rows = file.problems.map(problem => ({ problem, place: placeOf(file, problem) }));
			const places = greatest(rows.map(({ place }) => place.length));
			const severities = greatest(file.problems.map(({ severity }) => severity.length));
			const ids = greatest(file.problems.map(({ rule }) => rule.id.length));
			const lines = rows.flatMap(({ problem, place }) => {
				const { severity, rule, span } = problem;
				const excerpt = excerptOf(file.document.text, span);
				const mark = ' '.repeat(excerpt.before) + style(STYLES[severity], '^'.repeat(excerpt.width));
				return [
					`  ${place.padEnd(places)}  ${style(STYLES[severity], severity.padEnd(severities))}  ${style('dim', rule.id.padEnd(ids))}  ${printable(explained(problem))}`,
					...(excerpt.text === '' ? [] : [`      ${style('dim', excerpt.text)}`, `      ${mark}`]),
				];
			});
			return [`${style('bold', printable(file.path))}\n${lines.join('\n')}\n\n`];
		},
		end: summary => `${describeUnverified(summary, style)}${describeSummary(summary, style)}\n`,
	};
}

/** `line:column`, both from 1, the column in UTF-16 units as in VS Code. */
function placeOf({ document }: CheckedFile, { span }: Problem): string {
	const { start } = toRange(document, span);
	return `${start.line + 1}:${start.character + 1}`;
}

/** Lists the unverified URLs, each with its reason and the files that contain it. */
function describeUnverified({ network }: Summary, style: Styling): string {
	const { unverified = [] } = network ?? {};
	if (unverified.length === 0) return '';
	const lines = unverified.map(({ url, reason, paths }) => {
		const others = paths.length > SHOWN_PATHS ? ` and ${paths.length - SHOWN_PATHS} more` : '';
		const places = `${paths.slice(0, SHOWN_PATHS).join(', ')}${others}`;
		return `  ${printable(url)}: ${printable(reason)}\n      ${style('dim', printable(places))}`;
	});
	return `${style('bold', 'Unverified links')}\n${lines.join('\n')}\n\n`;
}

/** Formats the counts of a run on one line. */
export function describeSummary(summary: Summary, style: Styling = (_, text) => text): string {
	const { articles, lists, problems, filesWithProblems, failures, network } = summary;
	const checked = [articles || !lists ? counted(articles, 'article') : '', lists ? counted(lists, 'list') : '']
		.filter(part => part !== '')
		.join(' and ');
	const counts = [
		[problems.error, 'error', counted(problems.error, 'error')],
		[problems.warning, 'warning', counted(problems.warning, 'warning')],
		[problems.information, 'information', `${problems.information} information`],
		[problems.hint, 'hint', counted(problems.hint, 'hint')],
	] as const;
	const found = counts.filter(([number]) => number > 0).map(([, severity, text]) => style(STYLES[severity], text));
	const result =
		found.length > 0 ? `${found.join(', ')} in ${counted(filesWithProblems, 'file')}` : style('green', 'no problems');
	const unchecked =
		failures.length > 0 ? `; ${style('red', `${counted(failures.length, 'file')} could not be checked`)}` : '';
	const asked = network
		? `; ${counted(network.addresses, 'URL')} checked: ${network.broken} broken, ${network.moved} moved, ${network.unverified.length} unverified`
		: '';
	return `${checked} checked: ${result}${unchecked}${asked}`;
}
