import type { Byline } from '../byline.ts';
import type { Tree } from '../tree.ts';
import type { Weights } from '../weights.ts';
import { chooseByline } from './choose.ts';
import { collectFacts } from './collect.ts';

/**
 * Finds who wrote an article and when it was published, from all that HTML offers: microdata, RDFa, `rel`, `address`,
 * `time`, JSON-LD and `meta` left in the body, class names, and lines that say so. Only the head and the foot of the body
 * are searched.
 */
export function findByline(body: Tree, weights: Weights): Byline {
	return chooseByline(body.nodes, collectFacts(body, weights));
}
