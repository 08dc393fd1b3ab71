import { DAY_MS } from '../../util/day.ts';
import type { Fix, Rule, RuleContext } from '../rule.ts';
import { show } from '../write.ts';
import { findDateInSource, findDates, showMoment } from './dates.ts';

/** The earliest plausible publication time, in milliseconds since the Unix epoch: the web is no older. */
const EARLIEST = Date.UTC(1990, 0, 1);

/** Reports time comments that do not contain a plausible publication time. */
export const headerTimestamp: Rule = {
	id: 'header/timestamp',
	severity: 'warning',
	check(context, report) {
		const { time } = context.article.header;
		if (!time || isPlausible(time.value, context.now)) return;
		const { value } = time;
		const unit = unitOf(value, context.now);
		report({
			span: time.span,
			message:
				value === 'NaN'
					? 'The publication time is NaN: the date of the article could not be read'
					: !/^\d+$/.test(value)
						? `The publication time ${show(value)} is not a number`
						: unit
							? `The publication time ${value} is in ${unit.name}, not milliseconds`
							: `The publication time ${show(value)} is ${describe(value)}`,
			fixes: () => [
				...(unit ? [fix(context, Math.floor(Number(value) * unit.factor), `read as ${unit.name}`, true)] : []),
				...fixes(context),
			],
		});
	},
};

/** Whether the value of a time comment is a plausible publication time. */
export function isPlausible(value: string, now: number): boolean {
	return /^\d{1,16}$/.test(value) && Number(value) >= EARLIEST && Number(value) <= now + DAY_MS;
}

function unitOf(value: string, now: number): { readonly name: string; readonly factor: number } | undefined {
	if (!/^\d{1,20}(?:\.\d{1,9})?$/.test(value)) return undefined;
	for (const unit of [
		{ name: 'seconds', factor: 1000 },
		{ name: 'microseconds', factor: 0.001 },
		{ name: 'nanoseconds', factor: 0.000_001 },
	]) {
		if (isPlausible(String(Math.floor(Number(value) * unit.factor)), now)) return unit;
	}
	return undefined;
}

function describe(value: string): string {
	const time = Number(value);
	if (time > 8.64e15) return 'out of range';
	return `${showMoment(time)}, ${time < EARLIEST ? 'before 1990' : 'in the future'}`;
}

function fixes(context: RuleContext): readonly Fix[] {
	const inSource = findDateInSource(context.article);
	const found = [...findDates(context.article), ...(inSource ? [inSource] : [])];
	const dates = found.filter(({ time }) => isPlausible(String(time), context.now));
	const first = new Set<number>();
	return dates
		.filter(({ time }) => !first.has(time) && first.add(time))
		.map(({ time, from, zoned }) => fix(context, time, `from the ${from}${zoned ? '' : ', assumed to be UTC'}`, zoned));
}

function fix({ article }: RuleContext, time: number, origin: string, preferred: boolean): Fix {
	const place = article.header.time?.span;
	return {
		title: `Set the publication time to ${showMoment(time)} (${origin})`,
		preferred,
		edits: place ? [{ span: place, newText: String(time) }] : [],
	};
}
