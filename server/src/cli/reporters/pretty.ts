import { styleText } from 'node:util';
import { greatest } from '../../article/lists.ts';
import { toRange } from '../../languageFeatures/position.ts';
import type { Problem } from '../../rules/check.ts';
import type { Severity } from '../../rules/rule.ts';
import { counted } from '../../util/words.ts';
import { excerptOf } from '../excerpt.ts';
import { printable } from '../output.ts';
import type { CheckedFile, Reporter, Summary } from './reporter.ts';

type Style = Parameters<typeof styleText>[0];

/** Gives a text a style, where there is any. */
type Styling = (name: Style, text: string) => string;

/** Of the files that an address stands in, so many are named. */
const SHOWN_PATHS = 3;

const STYLES: Record<Severity, Style> = { error: 'red', warning: 'yellow', information: 'cyan', hint: 'dim' };

/**
 * For people: each file with its problems, each problem with its place, severity, rule, message and the text around it; the
 * counts in the last line.
 */
export function prettyReporter(colour: boolean): Reporter {
	// The stream has been asked already; older versions of Node know no such question.
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
			const lines = rows.flatMap(({ problem: { severity, rule, message, span }, place }) => {
				const excerpt = excerptOf(file.document.text, span);
				const mark = ' '.repeat(excerpt.before) + style(STYLES[severity], '^'.repeat(excerpt.width));
				return [
					`  ${place.padEnd(places)}  ${style(STYLES[severity], severity.padEnd(severities))}  ${style('dim', rule.id.padEnd(ids))}  ${printable(message)}`,
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

/** The addresses that could not be verified, each with its reason and where it stands. */
function describeUnverified({ network }: Summary, style: Styling): string {
	const { unverified = [] } = network ?? {};
	if (unverified.length === 0) return '';
	const lines = unverified.map(({ url, reason, paths }) => {
		const others = paths.length > SHOWN_PATHS ? ` and ${paths.length - SHOWN_PATHS} more` : '';
		const places = `${paths.slice(0, SHOWN_PATHS).join(', ')}${others}`;
		return `  ${printable(url)}: ${printable(reason)}\n      ${style('dim', printable(places))}`;
	});
	return `${style('bold', 'Not verified')}\n${lines.join('\n')}\n\n`;
}

/** The counts of a run, in one line. */
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
		? `; ${counted(network.addresses, 'address', 'addresses')} asked for: ${network.broken} broken, ${network.moved} moved, ${network.unverified.length} not verified`
		: '';
	return `${checked} checked: ${result}${unchecked}${asked}`;
}
