import { DAY_MS, FARTHEST_ZONE_MS } from '../../util/day.ts';
import { counted } from '../../util/words.ts';
import type { Rule } from '../rule.ts';
import { findDates, showMoment } from './dates.ts';
import { isPlausible } from './timestamp.ts';

/** Reports dates in the article that differ from its publication time by more than a day. */
export const headerDateMismatch: Rule = {
	id: 'header/date-mismatch',
	severity: 'information',
	check({ article, now }, report) {
		const { header, published } = article;
		if (!published || (header.time && !isPlausible(header.time.value, now))) return;
		for (const { time, span, from, zoned, dayOnly } of findDates(article)) {
			if (span.start === published.span.start) continue;
			const difference = time - published.value;
			const slack = (zoned ? 0 : FARTHEST_ZONE_MS) + (dayOnly ? DAY_MS : 0);
			if (Math.abs(difference) <= DAY_MS + slack) continue;
			const days = Math.round(Math.abs(difference) / DAY_MS);
			report({
				span,
				message: `The date in the ${from} is ${counted(days, 'day')} ${difference < 0 ? 'before' : 'after'} the publication time, ${showMoment(published.value)}`,
				related: [{ span: published.span, message: 'The publication time' }],
			});
		}
	},
};
