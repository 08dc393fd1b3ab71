import type { Article } from '../../article/article.ts';
import type { Link } from '../../article/links.ts';
import { getAttribute, type Node } from '../../article/node.ts';
import { LINK } from '../../article/traits.ts';
import { nodesThat } from '../../article/tree.ts';
import { isSound } from '../urlDamage.ts';

/**
 * Returns the links whose URL may say more than where the page is: it has a query, or is that of a service that puts URLs elsewhere.
 * Several rules look only at these.
 */
export function queryLinks({ body }: Article): readonly number[] {
	return nodesThat(body, LINK, hasQuery);
}

const odd = new WeakMap<Article, readonly Link[]>();

/** Returns the links without a URL, and those with another one than a sound one with `https`. Several rules look only at these. */
export function oddLinks(article: Article): readonly Link[] {
	let found = odd.get(article);
	if (!found) {
		const nodes = nodesThat(article.body, LINK, isOdd);
		let next = 0;
		found = nodes.length === 0 ? [] : article.links.filter(({ node }) => node === nodes[next] && ++next > 0);
		odd.set(article, found);
	}
	return found;
}

function isOdd(node: Node): boolean {
	const href = getAttribute(node, 'href');
	return href === undefined || !href.startsWith('https://') || !isSound(href);
}

function hasQuery(node: Node): boolean {
	const href = getAttribute(node, 'href');
	return (
		href !== undefined && (href.includes('?') || href.includes('/cdn-cgi/') || href.startsWith('https://urldefense.'))
	);
}
