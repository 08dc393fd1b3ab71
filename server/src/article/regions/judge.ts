import { BLOCK_ELEMENTS } from '../elements.ts';
import { isLongerThan } from '../headings/script.ts';
import { getAttribute, type Node, TEXT_NODE } from '../node.ts';
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
	const isShort = own * DENSEST <= most || (own <= most && own * density(nodes, first) <= most);
	return isShort && !isProse(nodes, part, amount);
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

/** How many nodes are searched for a sentence, or for the first comment: signs can be inside one another. */
const MOST_NODES = 1000;

/** Kinds of furniture that have no sentences, and those that have some only where there is a link to follow. */
const WITHOUT_SENTENCES: ReadonlySet<FurnitureKind> = new Set(['byline', 'navigation', 'share']);
const WITHOUT_SENTENCES_ALONE: ReadonlySet<FurnitureKind> = new Set(['promotion', 'related', 'subscription']);

/** A sentence is longer than this, in Latin letters; shorter ones are labels. Where there are no links, there are few. */
const LEAST_SENTENCE = 60;
const LEAST_SENTENCE_ALONE = 40;

/** How a sentence ends. */
const END_OF_SENTENCE = /[.。．!！?？…]["”’'»」』）)\]]*\s*$/;

/** Whether a part holds a sentence of running text, which parts of its kind do not. */
function isProse(nodes: readonly Node[], { kind, first, last }: Part, amount: Amount): boolean {
	const isAlone = amount.links === 0;
	if (!WITHOUT_SENTENCES.has(kind) && !(isAlone && WITHOUT_SENTENCES_ALONE.has(kind))) return false;
	const least = isAlone ? LEAST_SENTENCE_ALONE : LEAST_SENTENCE;
	if ((amount.text - amount.linked) * DENSEST < least) return false;
	for (let at = first; at <= Math.min(last, first + MOST_NODES); at++) {
		const { nodeType, nodeName, nodeValue, last: end } = nodes[at] as Node;
		if (nodeName === 'a' || FOR_PEOPLE_TO_USE.has(nodeName)) at = end;
		else if (nodeType === TEXT_NODE && isSentence(nodeValue, least)) return true;
	}
	return false;
}

/** Elements whose words are not running text. */
const FOR_PEOPLE_TO_USE: ReadonlySet<string> = new Set(['button', 'label', 'script', 'style', 'time']);

function isSentence(text: string, least: number): boolean {
	return text.length * DENSEST > least && END_OF_SENTENCE.test(text) && isLongerThan(text.trim(), least);
}

/** Whether a part holds elements that are named as comments. */
function holdsComments(nodes: readonly Node[], first: number, last: number): boolean {
	for (let at = first + 1; at <= Math.min(last, first + MOST_NODES); at++)
		if (/(?:^|[\s_-])(?:comment|reply)(?:[\s_-]|$)/i.test(getAttribute(nodes[at] as Node, 'class') ?? '')) return true;
	return false;
}
