import type { Article } from '../../../server/src/article/article.ts';
import { overlaps, type Span } from '../../../server/src/article/span.ts';
import { createResolver } from '../../../server/src/links/resolve.ts';
import { DAY_MS } from '../../../server/src/util/day.ts';
import { outlineItems } from '../check.ts';
import type { Label } from './labels.ts';

/** How many things there are, or were found, and how many of them are right. */
export interface Share {
	readonly right: number;
	readonly all: number;
}

/** What is measured. */
export const MEASURES = [
	'furniture recall',
	'article folded',
	'headings precision',
	'headings recall',
	'captions precision',
	'captions recall',
	'credits precision',
	'credits recall',
	'hosts',
	'byline',
	'day',
] as const;
export type Measure = (typeof MEASURES)[number];

/** What the product says about an article, compared with its label. */
export interface Comparison {
	readonly shares: Readonly<Record<Measure, Share>>;
	/** What is wrong, in words of the article; only printed, never stored. */
	readonly faults: readonly string[];
}

/** Compares an article with its label. */
export function compare(article: Article, label: Label): Comparison {
	const faults: string[] = [];
	const around = article.regions.furniture.map(({ kind, span }) => ({ kind, ...span }));
	return {
		shares: {
			...compareFurniture(article, label, around, faults),
			...compareHeadings(article, label, around, faults),
			...compareFigures(article, label, around, faults),
			...compareFacts(article, label, faults),
		},
		faults,
	};
}

/** Adds up the shares of several articles. */
export function total(comparisons: readonly Comparison[]): Readonly<Record<Measure, Share>> {
	const sum = (measure: Measure): Share => ({
		right: comparisons.reduce((all, { shares }) => all + shares[measure].right, 0),
		all: comparisons.reduce((all, { shares }) => all + shares[measure].all, 0),
	});
	return Object.fromEntries(MEASURES.map(measure => [measure, sum(measure)])) as Record<Measure, Share>;
}

const share = (right: number, all: number): Share => ({ right, all });

const isIn = (spans: readonly Span[], offset: number): Span | undefined =>
	spans.find(({ start, end }) => start <= offset && offset < end);

/** Compares the characters of the decoded text, without white space. */
function compareFurniture({ content, text }: Article, label: Label, around: readonly Span[], faults: string[]) {
	let [furniture, found, own, folded] = [0, 0, 0, 0];
	const missed = new Map<Span, number>();
	const wrong = new Map<Span, number>();
	const add = (counts: Map<Span, number>, part: Span): unknown => counts.set(part, (counts.get(part) ?? 0) + 1);
	for (const match of content.value.matchAll(/\S/g)) {
		const offset = content.toSource(match.index);
		const labelled = isIn(label.furniture, offset);
		const region = isIn(around, offset);
		if (labelled) {
			furniture++;
			if (region) found++;
			else add(missed, labelled);
		} else if (!isIn(label.either, offset)) {
			own++;
			if (!region) continue;
			folded++;
			add(wrong, region);
		}
	}
	const say = (what: string, counts: Map<Span, number>): void => {
		for (const [part, count] of counts) {
			const { kind = '' } = part as { kind?: string };
			faults.push(`${what}: ${kind}, ${count} characters: ${excerpt(text, part)}`);
		}
	};
	say('furniture missed', missed);
	say('article folded', wrong);
	return { 'furniture recall': share(found, furniture), 'article folded': share(folded, own) };
}

/** Compares the headings of the outline, except in what it takes as furniture. */
function compareHeadings(article: Article, label: Label, around: readonly Span[], faults: string[]) {
	const { text, content } = article;
	const found = outlineItems(article).filter(
		({ kind, selection }) => kind === 'heading' && !isIn(around, selection.start),
	);
	const wanted = label.headings.map(part => ({ part, words: plain(wordsIn(article, part)) }));
	const open = new Set(wanted);
	let right = 0;
	let counted = 0;
	for (const { selection, name } of found) {
		if (isIn(label.either, content.toSource(content.toContent(selection.start)))) continue;
		counted++;
		const match = [...open].find(({ part, words }) => overlaps(part, selection) && isStartOf(plain(name), words));
		if (match) {
			open.delete(match);
			right++;
		} else faults.push(`no heading: ${name}`);
	}
	for (const { part } of open) faults.push(`heading missed: ${excerpt(text, part)}`);
	return { 'headings precision': share(right, counted), 'headings recall': share(right, wanted.length) };
}

/** Whether `name`, which may be shortened, says `words`. */
function isStartOf(name: string, words: string): boolean {
	return name === words || (name.length >= 80 && words.startsWith(name.slice(0, 80)));
}

/** Compares the texts and hosts of the pictures of the article. */
function compareFigures(article: Article, label: Label, around: readonly Span[], faults: string[]) {
	const { text } = article;
	const resolve = createResolver(article.source?.value);
	const counts = { caption: { right: 0, found: 0, all: 0 }, credit: { right: 0, found: 0, all: 0 } };
	let hosts = 0;
	/** Captions and credits of several pictures count once. */
	const seen = { caption: new Set<string>(), credit: new Set<string>() };
	for (const labelled of label.figures) {
		const figure = article.figures.find(
			({ span, images }) =>
				images.some(image => overlaps(image.span, labelled.image)) ||
				(images.length === 0 && overlaps(span, labelled.image)),
		);
		const image = figure?.images.find(one => overlaps(one.span, labelled.image));
		for (const what of ['caption', 'credit'] as const) {
			const own = figure?.[what]?.label;
			const wanted = labelled[what]?.map(part => wordsIn(article, part)).join(' ');
			const key = JSON.stringify([labelled[what], figure?.[what]?.span]);
			if (seen[what].has(key)) continue;
			seen[what].add(key);
			const isRight = own !== undefined && wanted !== undefined && bareOf[what](own) === bareOf[what](wanted);
			if (own !== undefined) counts[what].found++;
			if (wanted !== undefined) counts[what].all++;
			if (isRight) counts[what].right++;
			else if (own !== undefined || wanted !== undefined)
				faults.push(`${what}: ${short(own ?? 'none')} — and not: ${short(wanted ?? 'none')}`);
		}
		const resolution = image?.source && resolve(image.source.value);
		const url = resolution?.kind === 'url' ? (resolution.origin ?? resolution.url) : undefined;
		const host = url?.protocol === 'data:' ? 'data:' : (url?.hostname ?? '');
		const isEmbed = !/^<img/i.test(text.slice(labelled.image.start, labelled.image.start + 4));
		if (isEmbed || host === labelled.host) hosts++;
		else faults.push(`host: ${host || 'none'} — and not: ${labelled.host || 'none'}`);
	}
	for (const { images, span } of article.figures) {
		const isLabelled = label.figures.some(({ image }) => overlaps(image, span));
		const isAround = isIn(label.furniture, span.start) ?? isIn(label.either, span.start) ?? isIn(around, span.start);
		if (images.length > 0 && !isLabelled && !isAround) faults.push(`picture without a label: ${excerpt(text, span)}`);
	}
	const { caption, credit } = counts;
	return {
		'captions precision': share(caption.right, caption.found),
		'captions recall': share(caption.right, caption.all),
		'credits precision': share(credit.right, credit.found),
		'credits recall': share(credit.right, credit.all),
		hosts: share(hosts, label.figures.length),
	};
}

function compareFacts(article: Article, label: Label, faults: string[]) {
	const { author, date } = article.byline;
	const names = label.byline?.map(part => wordsIn(article, part));
	const byline = isByline(author?.label, names);
	if (!byline) faults.push(`byline: ${author?.label ?? 'none'} — and not: ${names?.join(', ') ?? 'none'}`);
	const day = isDay(date?.time, label.day);
	const shown = date?.time === undefined ? 'none' : new Date(date.time).toISOString();
	if (!day) faults.push(`day: ${shown} — and not: ${label.day ?? 'none'}`);
	return { byline: share(Number(byline), 1), day: share(Number(day), 1) };
}

/** Whether a byline gives these names and nothing else but words between them. */
function isByline(byline: string | undefined, names: readonly string[] | undefined): boolean {
	if (byline === undefined || names === undefined) return byline === undefined && names === undefined;
	let rest = plain(byline);
	for (const name of names) {
		if (!rest.includes(plain(name))) return false;
		rest = rest.replace(plain(name), ' ');
	}
	return /^(?:by|and|with|文|作者|记者|記者|撰文|与|與|和|及|[\s\p{P}\p{S}])*$/iu.test(rest);
}

/** The time zones farthest from UTC. */
const [WEST_MS, EAST_MS] = [12 * (DAY_MS / 24), 14 * (DAY_MS / 24)];

/** Whether it is this day somewhere on Earth at a time. */
function isDay(time: number | undefined, day: string | null): boolean {
	if (time === undefined || day === null) return time === undefined && day === null;
	const start = Date.parse(day);
	return start - EAST_MS <= time && time < start + DAY_MS + WEST_MS;
}

/** Returns the decoded text of a span of the source. */
function wordsIn({ content }: Article, { start, end }: Span): string {
	return content.value.slice(content.toContent(start), content.toContent(end));
}

const plain = (words: string): string => words.normalize('NFC').replace(/\s+/g, '');

/** A text without white space and the punctuation at its ends. */
const bare = (words: string): string => plain(words).replace(/^[\p{P}\p{S}]+|[\p{P}\p{S}]+$/gu, '');

/** Words before the name in a credit. */
const CREDIT_WORDS =
	/^(?:(?:photo(?:graph)?s?|image|picture|illustration|courtesy|credit|source|via)(?:illustration|credit|source)?s?(?:by|of|from|courtesyof)?|by|图片来源|圖片來源|图源|圖源|图片|圖片|图|圖|摄影|攝影|摄|攝|来源|來源)(?=\p{Lu}|\d|[\p{P}\p{S}]|\p{sc=Han})[\p{P}\p{S}]*/iu;

/** How captions and credits are compared: credits without words such as *Photo by* at their start. */
const bareOf = {
	caption: bare,
	credit: (words: string): string => bare(bare(words).replace(CREDIT_WORDS, '')),
};

const short = (words: string): string => (words.length > 90 ? `${words.slice(0, 60)}…${words.slice(-25)}` : words);

const excerpt = (text: string, { start, end }: Span): string =>
	short(
		text
			.slice(start, end)
			.replace(/<[^>]*>/g, ' ')
			.replace(/\s+/g, ' ')
			.trim() || text.slice(start, Math.min(end, start + 80)),
	);
