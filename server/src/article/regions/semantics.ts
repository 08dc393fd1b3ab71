import { getAttribute, type Node } from '../node.ts';
import type { Evidence, FurnitureKind } from './region.ts';

/** Elements that HTML defines as something other than the main content, or that show nothing. */
const BY_ELEMENT: ReadonlyMap<string, FurnitureKind> = new Map([
	['nav', 'navigation'],
	['style', 'styles'],
	['link', 'styles'],
	['script', 'styles'],
	['dialog', 'hidden'],
]);

/** Landmark roles of WAI-ARIA and DPUB-ARIA for what surrounds the main content. */
const BY_ROLE: ReadonlyMap<string, FurnitureKind> = new Map([
	['navigation', 'navigation'],
	['search', 'navigation'],
	['menu', 'navigation'],
	['menubar', 'navigation'],
	['toolbar', 'share'],
	['contentinfo', 'trailer'],
	['banner', 'site'],
]);

/** Types of schema.org for parts of a page. */
const BY_TYPE: ReadonlyMap<string, FurnitureKind> = new Map([
	['wpadblock', 'promotion'],
	['sitenavigationelement', 'navigation'],
	['breadcrumblist', 'navigation'],
	['wpheader', 'site'],
	['wpfooter', 'trailer'],
	['usercomments', 'comments'],
	['comment', 'comments'],
]);

/** Returns what the standards say of an element: its name, role, or type in microdata. */
export function semanticEvidence(node: Node): Evidence | undefined {
	if (node.foreign) return undefined;
	const byElement = BY_ELEMENT.get(node.nodeName);
	if (byElement) return { kind: byElement, reason: `element “${node.nodeName}”`, strong: true };
	for (const { name, value } of node.attributes) {
		if (name === 'role') {
			const kind = BY_ROLE.get(value.trim().toLowerCase());
			if (kind) return { kind, reason: `role “${value}”` };
		} else if (name === 'itemtype') {
			const type = value.slice(value.lastIndexOf('/') + 1);
			const kind = BY_TYPE.get(type.trim().toLowerCase());
			if (kind) return { kind, reason: `type “${type}”`, strong: true };
		} else if (name === 'itemprop' && value === 'comment') return { kind: 'comments', reason: 'property “comment”' };
	}
	return tagLink(node);
}

/** A link to the page of a tag or category (HTML and the microformat `rel-tag`, `category`). */
function tagLink(node: Node): Evidence | undefined {
	if (node.nodeName !== 'a') return undefined;
	const rel = getAttribute(node, 'rel');
	if (rel === undefined || !/(?:^|\s)(?:next|prev|bookmark)(?:\s|$)/i.test(rel)) return undefined;
	return { kind: 'navigation', reason: `relation “${rel}”` };
}
