import { BLOCK_ELEMENTS, HEADING_ELEMENTS } from '../elements.ts';
import { labelOf } from '../label.ts';
import { findLinkedData } from '../linkedData.ts';
import { getAttribute, isElement, type Node, TEXT_NODE } from '../node.ts';
import { isPersonName } from '../personName.ts';
import { signOf } from '../regions/signs.ts';
import { type Moment, parseMoment } from '../time.ts';
import { COMMENT, OPEN, PARAGRAPH, SIGN, TEXT, UNRENDERED } from '../traits.ts';
import type { Tree } from '../tree.ts';
import type { Weights } from '../weights.ts';
import { namesIn } from './authors.ts';
import { dateFromAttribute, type FactEvidence, factEvidence, isPlain } from './evidence.ts';
import { type AuthorFact, type DateFact, type Facts, Rank } from './facts.ts';
import { blockAround, footOf, innermost, isLine, isLineOfLink, isLongAside, lineAround } from './layout.ts';
import {
	bylineAcross,
	dateBeside,
	type FactLine,
	MAX_LINE_CHARS,
	mayBeFactLine,
	readFactLine,
	readSigned,
} from './line.ts';
import { linesBefore, linesOf } from './lines.ts';

/** How many nodes at the head of a body are searched. */
const HEAD_NODES = 400;

/** How many nodes of an element are searched for a `time`. */
const MOST_INSIDE = 100;

/** How much text, furniture and headings aside, may precede a date that stands alone. */
const TEXT_BEFORE_DATE = 200;

/** How much may precede a line that says what it is. */
const TEXT_BEFORE_LINE = 1200;

/** How much may follow a line at the foot: notes about the author, licences. */
const TEXT_AFTER_LINE = 800;

/** How many elements around a text are tried as a line. */
const MOST_AROUND = 6;

/** A longer line before a date, in characters, is no name. */
const MAX_SIGNATURE_CHARS = 24;

/** What follows the name in a signature: a note in brackets, a word of farewell. */
const SIGN_OFF = /(?:\s*[（(][^（()）]*[)）])?\s*(?:敬上|谨上|謹上|敬启|敬啟|敬白|白|启|啟)?$/;

/** Names and dates in these are not those of the article. */
const APART = new Set(
	'figure picture blockquote pre iframe form select video audio object svg math noscript'.split(' '),
);

/** Lines in these belong to a list or table. */
const ENTRIES = new Set('ul ol dl table figcaption caption'.split(' '));

/** Kinds of furniture that have names and dates of other texts. */
const FOREIGN = new Set(['comments', 'related', 'share', 'navigation', 'promotion', 'subscription']);

/** Collects what the head and the foot of a body, and its metadata, say of author and day. */
export function collectFacts(tree: Tree, weights: Weights): Facts {
	const { nodes } = tree;
	const collector = new Collector(tree, weights);
	const { first, last, start } = footOf(nodes, weights, index => collector.isForeign(index), TEXT_AFTER_LINE);
	collector.end = last + 1;
	const headEnd = collector.read(0, Math.min(nodes.length, HEAD_NODES) - 1);
	collector.read(Math.max(first, headEnd + 1), last, start);
	const { authors, dates, lines } = collector;
	const data = findLinkedData(tree);
	const published = data?.published === undefined ? undefined : parseMoment(data.published);
	if (data?.published && published)
		dates.push({ ...inMetadata(data.node), words: data.published, moment: published, attribute: undefined });
	if (data && data.authors.length > 0)
		authors.push({
			...inMetadata(data.node),
			form: 'element',
			contributors: data.authors.map(name => ({ name, contribution: 'author' })),
		});
	return { authors, dates, lines, textBetween: weights.textBetween };
}

function inMetadata(node: number) {
	return { node, rank: Rank.hidden, from: 'metadata', pattern: '' } as const;
}

type Place = 'head' | 'foot';

/** What is found while nodes are visited in tree order. */
class Collector {
	readonly authors: AuthorFact[] = [];
	readonly dates: DateFact[] = [];
	readonly lines: number[] = [];
	readonly #nodes: readonly Node[];
	readonly #traits: Tree['traits'];
	readonly #lengths: Tree['lengths'];
	readonly #weights: Weights;
	/** The last nodes of what has been read as a line, of an element that gives the date, of one that names authors, of a list, of a line of facts. */
	#read = -1;
	#dated = -1;
	#isDated = false;
	#named = -1;
	#listed = -1;
	#meta = -1;
	/** Text of furniture and headings so far. */
	#besides = 0;
	/** The first node after the article. */
	end = 0;
	/** The last text that has been visited. */
	#last = -1;
	/** The elements that have been tried as lines. */
	readonly #tried = new Set<number>();

	constructor({ nodes, traits, lengths }: Tree, weights: Weights) {
		this.#nodes = nodes;
		this.#traits = traits;
		this.#lengths = lengths;
		this.#weights = weights;
	}

	/**
	 * Reads the nodes from `first` to about `last`; returns the last one read.
	 *
	 * @param foot for the foot, the node before which so much text follows that it is not the foot
	 */
	read(first: number, last: number, foot?: number): number {
		const traits = this.#traits;
		const isFoot = foot !== undefined;
		const start = foot ?? 0;
		let index = first;
		for (let before = first - 1; isFoot && before > this.#last; before--) {
			if ((this.#lengths[before] ?? 0) === 0) continue;
			this.#last = before;
			break;
		}
		for (; index <= last; index++) {
			const trait = traits[index] ?? 0;
			if ((trait & TEXT) !== 0) {
				const length = this.#lengths[index] ?? 0;
				if (length === 0) continue;
				const place = this.#placeOf(index);
				if (place === undefined && !isFoot) break;
				if (
					place !== undefined &&
					length <= MAX_LINE_CHARS &&
					mayBeFactLine((this.#nodes[index] as Node).nodeValue, this.#mayDate(index, place))
				)
					this.#readAround(index, place);
				this.#last = index;
				continue;
			}
			if ((trait & COMMENT) !== 0 || (trait & ~OPEN) === PARAGRAPH) continue;
			const node = this.#nodes[index] as Node;
			if (node.last < start) {
				index = node.last;
				continue;
			}
			if (
				(trait & UNRENDERED) !== 0 ||
				APART.has(node.nodeName) ||
				isLongAside(this.#nodes, this.#weights, index, MAX_LINE_CHARS) ||
				this.isForeign(index)
			) {
				this.#besides += this.#weights.text(index);
				index = node.last;
				continue;
			}
			const evidence = isPlain(node) ? undefined : factEvidence(node);
			if (evidence) this.#readMarked(index, evidence);
			if (evidence?.meta && this.#weights.text(index) <= MAX_LINE_CHARS) this.#meta = Math.max(this.#meta, node.last);
			if (ENTRIES.has(node.nodeName)) this.#listed = Math.max(this.#listed, node.last);
			if (HEADING_ELEMENTS.has(node.nodeName)) this.#besides += this.#weights.text(index);
		}
		return index - 1;
	}

	/** Whether a text with a date alone can tell more than is known. */
	#mayDate(index: number, place: Place): boolean {
		if (!this.#isDated) return true;
		return place === 'head' && this.authors.length === 0 && index <= this.#dated;
	}

	/** Whether an element holds names and dates of other texts, such as comments. */
	isForeign(index: number): boolean {
		const node = this.#nodes[index];
		const evidence = node && ((this.#traits[index] ?? 0) & SIGN) !== 0 ? signOf(node) : undefined;
		// A `footer` or a short `aside` of the article can say who wrote it.
		if (!evidence || !FOREIGN.has(evidence.kind) || node?.nodeName === 'footer') return false;
		if (evidence.onlyLinks && !isLongAside(this.#nodes, this.#weights, index, MAX_LINE_CHARS)) return false;
		const total = this.#weights.textBetween(0, this.#nodes.length);
		const own = this.#weights.text(index);
		return own * 2 <= total || (evidence.kind === 'comments' && total - own >= 100);
	}

	/** Reads an element that by itself says that it gives an author or a date. */
	#readMarked(index: number, evidence: FactEvidence): void {
		const node = this.#nodes[index] as Node;
		const { author, date } = evidence;
		const place = node.nodeName === 'meta' ? 'head' : this.#placeOf(index);
		if (place === undefined) return;
		const isFoot = place === 'foot';
		const isSure = author !== 'account' && author !== 'page';
		if (author === 'page' && !isLineOfLink(this.#nodes, this.#weights, index)) return;
		// What is said at the head is said again at the foot.
		if (isFoot && (!author || this.authors.length > 0) && (!date || this.#isDated)) return;
		if (author && index > this.#named && !(isFoot && (author !== 'standard' || node.nodeName === 'address'))) {
			const contributors = namesIn(this.#nodes, index);
			if (contributors.length > 0) {
				this.#named = node.last;
				const isHidden = node.nodeName === 'meta' || this.#weights.text(index) === 0;
				this.authors.push({
					node: index,
					rank: isFoot ? Rank.foot : isHidden ? Rank.hidden : isSure ? Rank.marked : Rank.weak,
					contributors,
					form: 'element',
				});
				if (!isHidden) this.#addLine(index);
			}
		}
		if (date) this.#readDate(index, date, isFoot);
	}

	#readDate(index: number, said: NonNullable<FactEvidence['date']>, isFoot: boolean): void {
		const node = this.#nodes[index] as Node;
		const isTime = isElement(node, 'time');
		const text = labelOf(this.#nodes, index, MAX_LINE_CHARS + 1);
		if (text.length > MAX_LINE_CHARS || (!isTime && this.#holdsTime(index))) return;
		const stated = dateFromAttribute(node);
		const line = stated && isTime ? undefined : readFactLine(text, true);
		const found = stated ?? (line?.date ? { moment: line.date, attribute: undefined } : undefined);
		if (!found && (!isTime || isFoot || text === '')) return;
		const kind = isTime && said === 'day' ? this.#beside(index) : said;
		if (kind === undefined) return;
		const isHidden = node.nodeName === 'meta' || this.#weights.text(index) === 0;
		const rank = isFoot
			? Rank.foot
			: !found || kind === 'updated'
				? Rank.weak
				: isHidden
					? Rank.hidden
					: kind === 'published'
						? Rank.stated
						: Rank.marked;
		if (isFoot && kind === 'updated') return;
		if (rank <= Rank.marked) {
			this.#dated = node.last;
			this.#isDated = true;
		}
		this.dates.push({
			node: index,
			rank,
			words: line?.date?.words || text || getAttribute(node, found?.attribute ?? '') || '',
			moment: found?.moment,
			attribute: found?.attribute,
			from: isTime ? 'time element' : isHidden ? 'metadata' : 'byline',
			pattern: kind === 'published' && !isFoot ? '' : this.#patternOf(index),
		});
		if (!isHidden) this.#addLine(index);
	}

	/** Whether there is a `time` in an element, which says more than its name. */
	#holdsTime(index: number): boolean {
		const last = Math.min(this.#nodes[index]?.last ?? index, index + MOST_INSIDE);
		for (let at = index + 1; at <= last; at++) if (isElement(this.#nodes[at], 'time')) return true;
		return false;
	}

	/** Says what the text beside a `time` in its block makes of it; `undefined` if it is in a sentence. */
	#beside(index: number): 'published' | 'updated' | 'day' | undefined {
		const nodes = this.#nodes;
		const block = blockAround(nodes, index);
		if (block !== -1 && this.#weights.text(block) <= MAX_LINE_CHARS) {
			const marked = linesOf(nodes, block, MAX_LINE_CHARS + 1, index, '');
			const before = linesBefore(nodes, block, index);
			return dateBeside(before, marked.slice(before.length)) ?? (index <= this.#meta ? 'day' : undefined);
		}
		const { parent, last } = nodes[index] as Node;
		const [before = '', after = ''] = [index - 1, last + 1].map(at => {
			const text = nodes[at];
			return text?.parent === parent && text.nodeType === TEXT_NODE ? text.nodeValue : '';
		});
		return dateBeside(before, after);
	}

	/** How much text precedes a node, furniture and headings aside. */
	#before(index: number): number {
		return this.#weights.textBetween(0, index) - this.#besides;
	}

	/** Returns whether a node is at the head or the foot of the article; `undefined` for what is between. */
	#placeOf(index: number): Place | undefined {
		if (this.#before(index) <= TEXT_BEFORE_LINE) return 'head';
		return this.#weights.textBetween(index, this.end) <= TEXT_AFTER_LINE ? 'foot' : undefined;
	}

	/** Reads the line that a text is in: the elements around it, from the outermost, or the text alone between `br`. */
	#readAround(index: number, place: Place): void {
		const nodes = this.#nodes;
		const isMeta = index <= this.#meta;
		if (index <= this.#read || (index <= this.#listed && !isMeta)) return;
		const around: number[] = [];
		let parent = nodes[index]?.parent ?? -1;
		while (parent !== -1 && around.length < MOST_AROUND && this.#weights.text(parent) <= MAX_LINE_CHARS) {
			around.push(parent);
			parent = nodes[parent]?.parent ?? -1;
		}
		for (const at of around.toReversed()) {
			if (this.#tried.has(at) || !(BLOCK_ELEMENTS.has(nodes[at]?.nodeName ?? '') || isLine(nodes, at))) continue;
			this.#tried.add(at);
			const text = linesOf(nodes, at, MAX_LINE_CHARS + 1);
			const signed = readSigned(text);
			const line = signed ?? readFactLine(text, isMeta) ?? bylineAcross(text);
			if (line && this.#take(at, line, place === 'foot', signed ? 'signed' : 'line')) return;
		}
		const line = readFactLine((nodes[index] as Node).nodeValue.trim());
		const whole = line && lineAround(nodes, this.#weights, index);
		if (line && whole !== undefined) this.#take(whole, line, place === 'foot', 'line');
	}

	/** Whether the text before announces what follows, with a colon. */
	#isAnnounced(): boolean {
		return /[:：]\s*$/.test(this.#nodes[this.#last]?.nodeValue.slice(-20) ?? '');
	}

	/** Keeps what a line says; returns whether it says anything. */
	#take(
		index: number,
		{ contributors, date, labelled, stated }: FactLine,
		isFoot: boolean,
		form: AuthorFact['form'],
	): boolean {
		const node = this.#nodes[index] as Node;
		const isMeta = index <= this.#meta;
		if (contributors.length > 0 && index > this.#named) {
			if (stated) this.#named = node.last;
			this.authors.push({
				node: innermost(this.#nodes, this.#weights, index),
				rank: isFoot ? Rank.foot : stated ? Rank.stated : Rank.written,
				contributors,
				form,
			});
		} else if (!date) return false;
		// A date alone at the foot is that of a signature.
		const signed = date && contributors.length === 0 ? this.#signature(index) : undefined;
		if (date && !(isFoot && !labelled && !signed))
			this.#addDate(index, date, { isFoot, isSure: labelled || isMeta || contributors.length > 0 || signed === true });
		if (contributors.length > 0 || labelled) this.#addLine(index);
		this.#read = node.last;
		return true;
	}

	/** Finds the name on a line of its own before a date; adds it and returns whether there is one. */
	#signature(index: number): boolean {
		const block = blockAround(this.#nodes, this.#last);
		const node = this.#nodes[block];
		if (
			!node ||
			HEADING_ELEMENTS.has(node.nodeName) ||
			node.last >= index ||
			this.#weights.text(block) > MAX_SIGNATURE_CHARS
		)
			return false;
		const name = linesOf(this.#nodes, block, MAX_SIGNATURE_CHARS + 1).replace(SIGN_OFF, '');
		if (!isPersonName(name) || /^[\p{ASCII}\s]*$/u.test(name)) return false;
		if (block > this.#named) {
			const rank = this.#placeOf(block) === 'head' ? Rank.written : Rank.foot;
			this.authors.push({ node: block, rank, contributors: [{ name, contribution: 'author' }], form: 'signed' });
			this.#addLine(block);
		}
		return true;
	}

	#addDate(
		index: number,
		date: Moment & { readonly words: string },
		{ isFoot, isSure }: { isFoot: boolean; isSure: boolean },
	): void {
		const isApart = !isSure && (this.#before(index) > TEXT_BEFORE_DATE || this.#isAnnounced());
		const node = innermost(this.#nodes, this.#weights, index);
		const rank = isApart ? Rank.never : isFoot ? Rank.foot : isSure ? Rank.written : Rank.alone;
		const pattern = isSure ? '' : this.#patternOf(index);
		this.dates.push({ node, rank, words: date.words, moment: date, attribute: undefined, from: 'byline', pattern });
		if (!isFoot && !isApart) this.#addLine(index);
	}

	/** Describes an element and its parent, so that the entries of a list are alike. */
	#patternOf(index: number): string {
		const node = this.#nodes[index] as Node;
		const parent = this.#nodes[node.parent];
		const [own = '', outer = ''] = [node, parent].map(
			one => one && `${one.nodeName}.${getAttribute(one, 'class') ?? ''}`,
		);
		return `${outer}>${own}`;
	}

	#addLine(index: number): void {
		const last = this.lines.at(-1);
		if (last === undefined || index > (this.#nodes[last]?.last ?? last)) this.lines.push(index);
	}
}
