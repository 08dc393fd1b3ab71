import { counted } from '../../util/words.ts';
import type { Rule } from '../rule.ts';
import { findDates, showMoment } from './dates.ts';
import { isPlausible } from './timestamp.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** How far from UTC the clock may be that wrote a date without its zone. */
const FARTHEST_ZONE = 14 * HOUR;

/** A date in the article that is more than a day from its publication time. */
export const dateMismatch: Rule = {
	id: 'header/date-mismatch',
	severity: 'information',
	check({ article, now }, report) {
		const { header, published } = article;
		if (!published || (header.time && !isPlausible(header.time.value, now))) return;
		for (const { time, span, from, zoned, dayOnly } of findDates(article)) {
			if (span.start === published.span.start) continue;
			const difference = time - published.value;
			const slack = (zoned ? 0 : FARTHEST_ZONE) + (dayOnly ? DAY : 0);
			if (Math.abs(difference) <= DAY + slack) continue;
			const days = Math.round(Math.abs(difference) / DAY);
			report({
				span,
				message: `The date in the ${from} is ${counted(days, 'day')} ${difference < 0 ? 'before' : 'after'} the publication time, ${showMoment(published.value)}`,
				related: [{ span: published.span, message: 'The publication time' }],
			});
		}
	},
};
