import { holdsSeveral } from '../article/imageAddress.ts';
import type { Node } from '../article/node.ts';
import type { Span } from '../article/span.ts';
import { requestFor } from '../links/network/requests.ts';
import type { LinkUse, Verdict } from '../links/network/verdict.ts';
import { copyOf } from '../links/wayback.ts';
import type { Fix, RuleContext } from './rule.ts';
import { show, writeAttribute } from './write.ts';

/** A link or image with the verdict of the last network check. */
export interface Judged {
	readonly span: Span;
	readonly url: URL;
	readonly verdict: Verdict;
	readonly node: Node;
	/** The name of the attribute with the URL. */
	readonly attribute: string;
}

export type JudgedContext = Pick<RuleContext, 'article' | 'resolve' | 'localFile' | 'verdictOf'>;

/** Yields the links or images of an article that have a verdict, in document order. */
export function* judged(context: JudgedContext, use: LinkUse): Generator<Judged> {
	const { article, verdictOf } = context;
	if (!verdictOf) return;
	const fields =
		use === 'link'
			? article.links.flatMap(({ node, href }) => (href ? [{ ...href, node, attribute: 'href' }] : []))
			: article.images.flatMap(({ source }) => source ?? []);
	for (const { value, span, node, attribute } of fields) {
		const resolution = context.resolve(value);
		const address = requestFor(value, context);
		const verdict = address === undefined ? undefined : verdictOf(address, use);
		if (!verdict || resolution.kind !== 'url') continue;
		yield { span, url: resolution.url, verdict, node: article.nodes[node] as Node, attribute };
	}
}

/** Returns the fix that replaces a URL with that of its copy in the Wayback Machine. */
export function waybackFix({ article }: JudgedContext, found: Judged, use: LinkUse): readonly Fix[] {
	const { url, verdict, node, attribute } = found;
	const copy = copyOf(verdict, url, article.published?.value, use);
	return copy === undefined
		? []
		: replaceAddress(article.text, node, attribute, copy, 'Replace with the copy in the Wayback Machine');
}

/** Returns the fix that changes the URL in an attribute that holds a single URL. */
export function replaceAddress(
	text: string,
	node: Node,
	attribute: string,
	address: string,
	title = `Change the URL to ${show(address)}`,
): readonly Fix[] {
	// A srcset contains other URLs too.
	if (holdsSeveral(attribute)) return [];
	return [{ title, preferred: false, edits: writeAttribute(text, node, attribute, address) }];
}
