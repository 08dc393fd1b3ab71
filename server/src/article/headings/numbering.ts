import type { Weights } from '../weights.ts';
import { type HeadingLine, mayBeNumbered } from './headingLines.ts';
import { isLongerThan } from './script.ts';
import { isSentence } from './wording.ts';

/** A number or mark at the beginning of a line: its style, and its value in a sequence. */
interface Numeral {
	readonly style: string;
	/** 0 for marks that do not count. */
	readonly value: number;
	/** Whether nothing follows it. */
	readonly alone: boolean;
}

/** Plain lines longer than this, in Latin letters, are paragraphs with a number. */
const MAX_PLAIN_SIZE = 90;

const HAN = '一二三四五六七八九';
const STYLES: readonly (readonly [style: string, form: RegExp])[] = [
	['chapter', /^第\s*([一二三四五六七八九十百零〇\d]{1,4})\s*[章节節部篇回讲講课課集幕步天日集]/],
	['ordinal', /^(?:其|第)([一二三四五六七八九十])/],
	['han', /^([一二三四五六七八九十]{1,3})(?:\s*[、．.，,:：·]\s*|\s+|$)/],
	['han in brackets', /^[（(【〔[［]\s*([一二三四五六七八九十]{1,3})\s*[）)】〕\]］]/],
	['digit in lenticular brackets', /^【\s*(\d{1,2})\s*(?:[、．.:：]|】)/],
	['digit in brackets', /^[（(［[]\s*(\d{1,2})\s*[）)］\]]/],
	['digit', /^(?:no\.?\s*|#)?(\d{1,3})(?:\s*[、．.）):：/](?!\d)|\s+(?![年月日时時点點]|\d)|$)/i],
	['circled', /^([①②③④⑤⑥⑦⑧⑨⑩])/],
	['roman', /^([IVXⅠ-Ⅻ]{1,5})(?:\s*[、．.）):：]|\s+[—–-]|$)/],
	[
		'part',
		/^(?:part|chapter|step|section|lesson|act|day|phase|rule|tip)\s*(\d{1,2}|[ivx]{1,4}|one|two|three|four|five|six|seven|eight|nine|ten)\b/i,
	],
	['letter', /^([a-z])\s*[）)、.]\s*(?=\S)/i],
];

/** Marks that do not count. */
const MARK = /^([■□◆◇●○◎★☆▍▌▎▶►※])\s*\S/;
const LENTICULAR = /^【[^【】]+】$/;

function numeralOf(line: HeadingLine): Numeral | undefined {
	const { kind, opening } = line;
	if (!mayBeNumbered(opening.trimStart(), 0) && (kind === 'plain' || !/^[a-z]\s*[）)、.]/i.test(opening)))
		return undefined;
	const { text } = line;
	for (const [style, form] of STYLES) {
		const match = form.exec(text);
		const value = match ? countOf(match[1] ?? '') : 0;
		if (match && value > 0) return { style, value, alone: /^[\s\p{P}]*$/u.test(text.slice(match[0].length)) };
	}
	const mark = MARK.exec(text)?.[1] ?? (LENTICULAR.test(text) ? '【' : undefined);
	return mark === undefined ? undefined : { style: mark, value: 0, alone: false };
}

const WORDS = 'one two three four five six seven eight nine ten'.split(' ');
const ROMAN: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10 };

/** Returns the value of a numeral; 0 if it is none. */
function countOf(numeral: string): number {
	const written = numeral.normalize('NFKC').toLowerCase();
	if (/^\d+$/.test(written)) return Number(written);
	if (WORDS.includes(written)) return WORDS.indexOf(written) + 1;
	if (/^[ivx]+$/.test(written)) {
		let value = 0;
		for (const [at, letter] of [...written].entries()) {
			const own = ROMAN[letter] ?? 0;
			value += own < (ROMAN[written[at + 1] ?? ''] ?? 0) ? -own : own;
		}
		return value;
	}
	if (/^[a-z]$/.test(written)) return written.charCodeAt(0) - 96;
	const ten = /^([一二三四五六七八九])?十([一二三四五六七八九])?$/.exec(written);
	if (ten) return (ten[1] ? HAN.indexOf(ten[1]) + 1 : 1) * 10 + (ten[2] ? HAN.indexOf(ten[2]) + 1 : 0);
	return HAN.indexOf(written) + 1;
}

/** Whether a line is only a number, which is a heading only in a sequence. */
export function isLoneNumber(text: string): boolean {
	return /^[\s\p{P}]*(?:\d{1,4}|[一二三四五六七八九十]{1,3}|[IVXⅠ-Ⅻ]{1,5})[\s\p{P}]*$/u.test(text);
}

interface Member {
	readonly line: HeadingLine;
	readonly numeral: Numeral;
}

/**
 * Finds the lines that are headings by their numbers or marks: they go on from one to the next, with text between them.
 */
export function findNumbered(lines: readonly HeadingLine[], weights: Weights): ReadonlySet<HeadingLine> {
	const byStyle = new Map<string, Member[][]>();
	for (const line of lines) {
		if (line.kind === 'begins-bold' || line.kind === 'element') continue;
		const numeral = numeralOf(line);
		if (!numeral || (line.kind === 'plain' && !mayBePlain(line, numeral))) continue;
		const runs = byStyle.get(numeral.style) ?? [];
		byStyle.set(numeral.style, runs);
		const before = runs.at(-1)?.at(-1)?.numeral.value;
		if (before !== undefined && follows(before, numeral.value)) runs.at(-1)?.push({ line, numeral });
		else if (numeral.value <= 1) runs.push([{ line, numeral }]);
		else runs.push([]);
	}
	const numbered = new Set<HeadingLine>();
	for (const runs of byStyle.values())
		for (const run of runs) if (isSequence(run, weights)) for (const { line } of run) numbered.add(line);
	return numbered;
}

/** Whether a number comes after another; one may be missing. */
function follows(before: number, value: number): boolean {
	return value === 0 ? before === 0 : value > before && value <= before + 2;
}

function mayBePlain({ text }: HeadingLine, { style, alone }: Numeral): boolean {
	if (alone) return true;
	if (style === 'ordinal' || style === 'letter') return false;
	const most = style.endsWith('lenticular brackets') ? 2 * MAX_PLAIN_SIZE : MAX_PLAIN_SIZE;
	return !isLongerThan(text, most) && !isSentence(text) && !/[:：.]\s*$/.test(text);
}

/** Whether numbered lines have text between them: otherwise they are a list. */
function isSequence(run: readonly Member[], weights: Weights): boolean {
	const [first] = run;
	if (!first) return false;
	const isPlain = run.some(({ line }) => line.kind === 'plain');
	const isSure =
		!isPlain || first.numeral.alone || first.numeral.value === 0 || /^(?:han|chapter)/.test(first.numeral.style);
	if (run.length < (isSure ? 2 : 3)) return false;
	let divided = 0;
	for (const [at, { line }] of run.entries()) {
		const next = run[at + 1]?.line;
		const own = weights.text(line.node);
		if (next && weights.textBetween(line.last + 1, next.node) > (isPlain ? own : 0)) divided++;
	}
	return divided * 3 >= (run.length - 1) * 2;
}
