import { span } from '../../article/span.ts';
import { titlePlace } from '../annotation/place.ts';
import type { Copy, Finding, Rule } from '../rule.ts';

/** The maximum number of copies listed in a finding. */
const MOST = 10;

/** Reports an article if the archive contains another copy of the same page, or the same text from another page. */
export const archiveDuplicateSource: Rule = {
	id: 'archive/duplicate-source',
	severity: 'warning',
	check({ article, copies, sameText = [] }, report) {
		if (article.source && copies.length > 0)
			report(finding(article.source.span, 'The archive contains another copy of this page', copies));
		const others = sameText.filter(({ uri }) => !copies.some(copy => copy.uri === uri));
		if (others.length > 0)
			report(finding(titlePlace(article), 'The archive contains the same text from another page', others));
	},
};

function finding(place: Finding['span'], what: string, copies: readonly Copy[]): Finding {
	const more = copies.length > 1 ? ` and ${copies.length - 1} more` : '';
	return {
		span: place,
		message: `${what}: ${copies[0]?.path ?? ''}${more}`,
		related: copies.slice(0, MOST).map(({ uri, path }) => ({ uri, message: path, span: span(0, 0) })),
	};
}
