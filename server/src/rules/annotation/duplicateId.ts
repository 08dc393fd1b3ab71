import { hasSameContent } from '../../annotations/articleNotes.ts';
import { annotationsOf, idInComment } from '../../annotations/inlineThreads.ts';
import type { Span } from '../../article/span.ts';
import type { Rule } from '../rule.ts';
import { titlePlace } from './place.ts';

/** Reports notes with the same id, as a line-based merge leaves them. Only one of two different notes can be shown. */
export const annotationDuplicateId: Rule = {
	id: 'annotation/duplicate-id',
	severity: 'error',
	check({ article, notes: { inline, sidecar, threads } }, report) {
		for (const { kind, span, message } of sidecar?.faults ?? [])
			if (kind === 'duplicate') report({ span: titlePlace(article), message, sidecar: { span, message } });
		const inSidecar = new Map(sidecar?.annotations.map(one => [one.annotation.id, one]));
		const known = new Map<string, Span>();
		for (const thread of threads.values()) {
			for (const note of thread.comments) {
				const id = idInComment(note);
				if (id === undefined) continue;
				const first = known.get(id);
				if (first)
					report({
						span: note.span,
						message: 'The note has the same id as another note in the text',
						related: [{ span: first, message: 'The other note' }],
					});
				known.set(id, first ?? note.span);
			}
			if (thread.comments.every(({ rest }) => !rest)) continue;
			for (const [index, annotation] of annotationsOf(thread, inline).entries()) {
				const span = thread.comments[index]?.span ?? thread.span;
				const other = inSidecar.get(annotation.id);
				// A note that is being moved is briefly in both places, with the same content.
				if (other && !hasSameContent(other.annotation, annotation))
					report({
						span,
						message: 'The note has different text in the sidecar file, which is not shown',
						sidecar: {
							span: other.span,
							message: 'The note has different text in the article, which is shown instead',
						},
					});
			}
		}
	},
};
