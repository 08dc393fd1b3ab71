import type { MovedFile } from '../../archive/findMoved.ts';
import { span } from '../../article/span.ts';
import { displayName } from '../../util/uri.ts';
import { counted } from '../../util/words.ts';
import { MOVED_KIND } from '../moved.ts';
import type { Finding, Fix, Rule, StraySidecar } from '../rule.ts';
import { show } from '../write.ts';
import { titlePlace } from './place.ts';

/** Reports notes in the sidecar whose text is no longer in the article, and sidecars that were left behind when the article was moved. */
export const annotationOrphan: Rule = {
	id: 'annotation/orphan',
	severity: 'warning',
	check({ article, notes: { notes }, strays = [] }, report) {
		for (const stray of strays) report({ span: titlePlace(article), ...strayFinding(stray) });
		for (const { id, anchor, quote, kind, span } of notes) {
			if (anchor.state !== 'orphan') continue;
			const about = quote ? ` on ${JSON.stringify(show(quote.exact))}` : '';
			const message = `Orphaned ${kind}${about}: ${anchor.reason}`;
			report({ span: titlePlace(article), message, note: id, sidecar: { span, message } });
		}
	},
};

function strayFinding({ uri, path, notes, certain, free }: StraySidecar): Omit<Finding, 'span'> {
	const belongs = `${certain ? 'belongs' : 'may belong'} to this article, which had another name`;
	const merge =
		free === undefined
			? '. The article already has a sidecar file: import the notes into it, or delete one of the files'
			: '';
	return {
		message: `The sidecar file ${show(path)} with ${counted(notes, 'note')} ${belongs}${merge}`,
		related: [{ uri, message: path, span: span(0, 0) }],
		fixes: () => (free === undefined ? [] : [moveFix(uri, free, certain)]),
	};
}

/** An article that a sidecar may belong to now. */
export interface MovedArticle extends MovedFile {
	/** The path from the root of the archive. */
	readonly path: string;
	/** The URI of the sidecar file that it would have; `undefined` if it has one. */
	readonly free: string | undefined;
}

/** Returns the fix that gives a sidecar file the name of its article. */
export function moveFix(oldUri: string, newUri: string, preferred: boolean): Fix {
	return {
		title: `Rename the sidecar file to ${show(displayName(newUri))}`,
		preferred,
		kind: MOVED_KIND,
		edits: [],
		move: { oldUri, newUri },
	};
}
