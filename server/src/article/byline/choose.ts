import type { Byline, BylineDate } from '../byline.ts';
import type { Contribution, Contributor } from '../bylineText.ts';
import type { Node } from '../node.ts';
import { span } from '../span.ts';
import { type AuthorFact, type DateFact, type Facts, Rank } from './facts.ts';

/** How much text may stand between two names of one byline. */
const BETWEEN_NAMES = 12;

/** Entries of a timeline have at least as much text between them. */
const ENTRY_CHARS = 12;

/** Chooses among what a body says. */
export function chooseByline(nodes: readonly Node[], facts: Facts): Byline {
	const { author, contributors } = chooseAuthor(nodes, facts);
	return { author, date: chooseDate(nodes, facts), contributors, lines: facts.lines };
}

/** From whom a byline is to whom it names otherwise. */
const CONTRIBUTIONS: readonly Contribution[] = ['author', 'translator', 'other'];

const NOBODY = { author: undefined, contributors: [] } as const;

function chooseAuthor(
	nodes: readonly Node[],
	{ authors, textBetween }: Facts,
): Pick<Byline, 'author' | 'contributors'> {
	const contribution = CONTRIBUTIONS.find(one => authors.some(fact => names(fact, one).length > 0));
	const first = contribution && best(authors.filter(fact => names(fact, contribution).length > 0));
	if (!first) return NOBODY;
	// Names in elements or lines of their own, one after another.
	const together = [first];
	for (const fact of authors.slice(authors.indexOf(first) + 1)) {
		const last = together.at(-1) ?? first;
		if (
			fact.rank !== first.rank ||
			fact.form !== first.form ||
			textBetween((nodes[last.node]?.last ?? last.node) + 1, fact.node) > BETWEEN_NAMES
		)
			break;
		together.push(fact);
	}
	const chosen = distinct(together.flatMap(fact => names(fact, contribution)));
	const others = authors.flatMap(({ contributors }) => contributors).filter(one => one.contribution !== 'author');
	const start = nodes[first.node]?.start ?? 0;
	const end = nodes[(together.at(-1) ?? first).node]?.end ?? start;
	return {
		author: {
			node: first.node,
			span: span(start, end),
			label: joined(chosen.map(({ name }) => name)),
			shown: first.rank !== Rank.hidden,
		},
		contributors: distinct([...chosen, ...others]),
	};
}

function names({ contributors }: AuthorFact, contribution: Contribution): readonly Contributor[] {
	return contributors.filter(one => one.contribution === contribution);
}

/** Returns the most reliable one, the first among equals. */
function best<T extends { readonly rank: Rank }>(facts: readonly T[]): T | undefined {
	let found: T | undefined;
	for (const fact of facts) if (!found || fact.rank < found.rank) found = fact;
	return found;
}

function distinct(contributors: readonly Contributor[]): readonly Contributor[] {
	const seen = new Map<string, Contributor>();
	for (const one of contributors) {
		const key = one.name.toLowerCase();
		if (!seen.has(key)) seen.set(key, one);
	}
	return [...seen.values()];
}

/** Joins names as their script does. */
function joined(list: readonly string[]): string {
	const isWide = list.every(name => /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}·‧・]+$/u.test(name));
	return list.join(isWide ? '、' : ', ');
}

function chooseDate(nodes: readonly Node[], facts: Facts): BylineDate | undefined {
	const fact = best(facts.dates.filter(date => date.rank !== Rank.never && !isEntry(date, facts)));
	const node = fact && nodes[fact.node];
	if (!fact || !node) return undefined;
	const { moment, words, attribute, from } = fact;
	return {
		node: fact.node,
		span: span(node.start, node.end),
		label: words,
		shown: fact.rank !== Rank.hidden,
		time: moment?.time,
		zoned: moment?.zoned ?? false,
		dayOnly: moment?.dayOnly ?? true,
		attribute,
		from,
	};
}

/** Whether a date is one of several in a list or timeline. */
function isEntry(date: DateFact, { dates, textBetween }: Facts): boolean {
	if (date.pattern === '') return false;
	return dates.some(
		other =>
			other.pattern === date.pattern &&
			other.moment?.time !== date.moment?.time &&
			textBetween(Math.min(date.node, other.node), Math.max(date.node, other.node)) > ENTRY_CHARS + date.words.length,
	);
}
