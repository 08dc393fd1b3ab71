import { span } from '../../article/span.ts';
import type { Rule } from '../rule.ts';
import { show } from '../write.ts';
import { titlePlace } from './place.ts';

/** Reports notes in the sidecar whose text was changed, so that a person must decide whether they still apply. */
export const annotationChanged: Rule = {
	id: 'annotation/changed',
	severity: 'information',
	check({ article, notes: { notes } }, report) {
		for (const { id, anchor, quote, kind, span: own } of notes) {
			if (anchor.state !== 'changed') continue;
			const [first, last] = [anchor.spans[0], anchor.spans.at(-1)];
			const message = `The text that this ${kind} is about has changed; it was ${JSON.stringify(show(quote?.exact ?? ''))}`;
			report({
				span: first && last ? span(first.start, last.end) : titlePlace(article),
				message,
				note: id,
				sidecar: { span: own, message },
			});
		}
	},
};
