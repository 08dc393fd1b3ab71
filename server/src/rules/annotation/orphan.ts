import type { Rule } from '../rule.ts';
import { show } from '../write.ts';
import { titlePlace } from './place.ts';

/** Reports notes in the sidecar whose text is no longer in the article. */
export const annotationOrphan: Rule = {
	id: 'annotation/orphan',
	severity: 'warning',
	check({ article, notes: { notes } }, report) {
		for (const { id, anchor, quote, kind, span } of notes) {
			if (anchor.state !== 'orphan') continue;
			const about = quote ? ` on ${JSON.stringify(show(quote.exact))}` : '';
			const message = `Orphaned ${kind}${about}: ${anchor.reason}`;
			report({ span: titlePlace(article), message, note: id, sidecar: { span, message } });
		}
	},
};
