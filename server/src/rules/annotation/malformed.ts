import { obstacleOf } from '../../annotations/sidecar.ts';
import { displayName } from '../../util/uri.ts';
import type { Rule } from '../rule.ts';
import { show } from '../write.ts';
import { titlePlace } from './place.ts';

/** Reports sidecar files that are not collections of W3C annotations, or violate the W3C's model. */
export const annotationMalformed: Rule = {
	id: 'annotation/malformed',
	severity: 'error',
	check({ article, notes: { sidecar } }, report) {
		if (!sidecar) return;
		const obstacle = obstacleOf(sidecar);
		for (const fault of sidecar.faults) {
			if (fault.kind === 'duplicate' || fault.kind === 'conflict') continue;
			const consequence = fault === obstacle ? '; its notes are not shown, and the file is not changed' : '';
			report({
				span: titlePlace(article),
				message: `${show(displayName(sidecar.uri))}: ${fault.message}${consequence}`,
				sidecar: { span: fault.span, message: `${fault.message}${consequence}` },
			});
		}
	},
};
