import { getAttribute, isElement, type Node } from '../node.ts';
import { density, type Measure } from './measure.ts';

/** Comments that are longer than this on average, in Latin letters, are contributions to a discussion. */
const ESSAY = 1000;

/** How many contributions a discussion may have. */
const MOST_ESSAYS = 20;

/** What only the comments of visitors have: a form to write one, a link to answer, an author without a name. */
const BY_VISITORS =
	/(?:^|[\s_-])(?:by-?anonymous|comment-?reply|reply-?link|comment-?permalink|comment-?form)(?=[\s_-]|$)/i;

/**
 * Whether a section of comments is the article itself: a discussion to which a few people were invited, each with an
 * essay. Linear in the size of the section.
 */
export function isDiscussion(nodes: readonly Node[], first: number, last: number, measure: Measure): boolean {
	let comments = 0;
	for (let at = first; at <= last; at++) {
		const node = nodes[at] as Node;
		if (isElement(node, 'textarea')) return false;
		if (node.attributes.length === 0) continue;
		const names = getAttribute(node, 'class') ?? '';
		if (BY_VISITORS.test(names)) return false;
		if (/(?:^|\s)comment(?:\s|$)/i.test(names)) comments++;
	}
	if (comments === 0 || comments > MOST_ESSAYS) return false;
	return (measure.amount(first, last).text / comments) * density(nodes, first) >= ESSAY;
}
