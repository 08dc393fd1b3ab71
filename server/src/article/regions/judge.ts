import { BLOCK_ELEMENTS } from '../elements.ts';
import { getAttribute, type Node } from '../node.ts';
import type { FurnitureKind } from './evidence.ts';
import { type Amount, DENSEST, density, type Measure } from './measure.ts';
import type { Part } from './region.ts';

/** Up to how much text outside links a part of each kind may have, in Latin letters, to be believed to be of that kind. */
const MOST_WORDS: Readonly<Record<FurnitureKind, number>> = {
	byline: 300,
	comments: Number.POSITIVE_INFINITY,
	hidden: 2000,
	navigation: 200,
	promotion: 600,
	related: 300,
	share: 200,
	site: 150,
	styles: Number.POSITIVE_INFINITY,
	subscription: 600,
	title: 400,
	trailer: 800,
};

/** How much text of its own, in Latin letters, goes with each link of a list of related articles. */
const WORDS_PER_LINK = 150;

/** What may consist of a picture that leads nowhere. */
const SHOWS_PICTURES: ReadonlySet<FurnitureKind> = new Set(['hidden', 'promotion', 'share', 'site', 'subscription']);

/** How much text must be left, in characters, for the comments to be more than half of what an article holds. */
const LEAST_LEFT = 100;

/**
 * Whether a part of a body is what a sign says it is. The article itself may have a misleading name, such as
 * `has-sidebar`: a part with most of the text, or with more words than its kind has, is doubted.
 */
export function isConvincing(nodes: readonly Node[], part: Part, measure: Measure): boolean {
	const { kind, strong, onlyLinks, first, last } = part;
	const amount = measure.amount(first, last);
	if (amount.text === 0) return amount.images === 0 || amount.links > 0 || SHOWS_PICTURES.has(kind);
	if (kind === 'comments' && amount.text * 2 >= measure.total)
		return measure.total - amount.text >= LEAST_LEFT && holdsComments(nodes, first, last);
	if (kind === 'comments') return true;
	if (amount.text * 2 > measure.total) return false;
	if (onlyLinks && amount.linked * 2 < amount.text) return false;
	if (strong) return true;
	if (isInSentence(nodes, part, measure)) return false;
	const own = amount.text - amount.linked;
	const most = mostWords(kind, amount);
	return own * DENSEST <= most || (own <= most && own * density(nodes, first) <= most);
}

function mostWords(kind: FurnitureKind, { links }: Amount): number {
	return kind === 'related' ? Math.max(MOST_WORDS.related, links * WORDS_PER_LINK) : MOST_WORDS[kind];
}

/** Whether a part is inline, with other text around it: words of a sentence. */
function isInSentence(nodes: readonly Node[], { kind, first, last }: Part, measure: Measure): boolean {
	const node = nodes[first] as Node;
	if (kind === 'hidden' || BLOCK_ELEMENTS.has(node.nodeName) || node.parent === -1) return false;
	const around = nodes[node.parent] as Node;
	return measure.amount(node.parent, around.last).text > measure.amount(first, last).text * 2;
}

/** How many nodes are searched for the first comment. */
const MOST_NODES = 1000;

/** Whether a part holds elements that are named as comments. */
function holdsComments(nodes: readonly Node[], first: number, last: number): boolean {
	for (let at = first + 1; at <= Math.min(last, first + MOST_NODES); at++)
		if (/(?:^|[\s_-])(?:comment|reply)(?:[\s_-]|$)/i.test(getAttribute(nodes[at] as Node, 'class') ?? '')) return true;
	return false;
}
