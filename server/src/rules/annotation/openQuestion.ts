import { counted } from '../../util/words.ts';
import type { Rule } from '../rule.ts';
import { show } from '../write.ts';
import { titlePlace } from './place.ts';

/** Reports questions that are not resolved. */
export const annotationOpenQuestion: Rule = {
	id: 'annotation/open-question',
	severity: 'information',
	check({ article, notes: { notes } }, report) {
		for (const { id, motivation, resolved, text, creator, replies, anchor, carrier, span } of notes) {
			if (motivation !== 'questioning' || resolved) continue;
			const asks = creator ? `${creator} asks` : 'Open question';
			const answers = replies.length === 0 ? '' : ` (${counted(replies.length, 'answer')})`;
			const message = `${show(asks)}: ${show(text)}${answers}`;
			const first = anchor.spans[0];
			const last = anchor.spans.at(-1);
			report({
				span: first && last ? { start: first.start, end: last.end } : titlePlace(article),
				message,
				note: id,
				...(carrier === 'sidecar' ? { sidecar: { span, message } } : {}),
			});
		}
	},
};
