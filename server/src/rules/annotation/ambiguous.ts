import type { Spans } from '../../annotations/note.ts';
import { span } from '../../article/span.ts';
import type { Rule } from '../rule.ts';
import { show } from '../write.ts';
import { titlePlace } from './place.ts';

/** The maximum number of other places listed. */
const MOST = 5;

/** Reports notes in the sidecar whose text occurs in several places that cannot be told apart. */
export const annotationAmbiguous: Rule = {
	id: 'annotation/ambiguous',
	severity: 'warning',
	check({ article, notes: { notes } }, report) {
		for (const note of notes) {
			if (note.anchor.state !== 'ambiguous') continue;
			const [best, ...others] = (note.anchor.candidates ?? []).map(cover);
			const message = `The ${note.kind} on ${JSON.stringify(show(note.quote?.exact ?? ''))} may belong here: ${note.anchor.reason}`;
			report({
				span: best ?? titlePlace(article),
				message,
				note: note.id,
				related: others.slice(0, MOST).map(place => ({ span: place, message: 'It may also belong here' })),
				sidecar: { span: note.span, message },
			});
		}
	},
};

/** Returns the span from the start of the first span to the end of the last. */
function cover(spans: Spans): { readonly start: number; readonly end: number } {
	return span(spans[0]?.start ?? 0, spans.at(-1)?.end ?? 0);
}
