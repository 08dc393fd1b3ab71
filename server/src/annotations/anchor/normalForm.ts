/** A text as it is compared, and where each of its UTF-16 units comes from. */
export interface NormalForm {
	readonly normal: string;
	/** For each unit of `normal` the offset of the character that it was made from; never decreasing. */
	readonly starts: Uint32Array;
}

/** White space, and characters that nobody sees: zero-width ones, soft hyphens, marks of direction. */
const UNSEEN = /[\s\p{Default_Ignorable_Code_Point}]+/gu;

/** A combining mark, or one of the two that are none in half-width kana. */
const MARK = /^[\p{M}\uff9e\uff9f]$/u;

/** A character with its combining marks. */
const CHARACTER = /[^\p{M}\uff9e\uff9f]?[\p{M}\uff9e\uff9f]*/uy;

/** What is written in several ways without a difference in meaning, beyond NFKC. */
const ALIKE: readonly (readonly [from: RegExp, to: string])[] = [
	[/[‘’‚‛′´]/g, "'"],
	[/[“”„‟″「」『』«»]/g, '"'],
	[/[‐‑‒–—―−─]/g, '-'],
];

/** What single UTF-16 units become, once they were met. */
const folded: string[] = [];

const FIRST_MARK = 0x300;
const [NO, YES] = [1, 2];
/** Whether single UTF-16 units are marks, once they were met. */
const marks = new Uint8Array(0x10000);

/** Leaves out white space and what is not seen, and makes alike what differs in width or typography alone; linear in the text. */
export function normalForm(text: string): NormalForm {
	let units = new Uint16Array(text.length);
	let starts = new Uint32Array(text.length);
	let length = 0;
	for (let offset = 0; offset < text.length; ) {
		const start = offset;
		const unit = text.charCodeAt(offset++);
		const next = text.charCodeAt(offset);
		if (isPlain(unit) && !(next >= FIRST_MARK && !isPlain(next) && isCombiningMark(text, offset))) {
			if (length === units.length) [units, starts] = [grown(units), grown(starts)];
			units[length] = unit;
			starts[length++] = start;
			continue;
		}
		if ((text.codePointAt(start) ?? 0) > 0xffff) offset++;
		while (isCombiningMark(text, offset)) offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
		const made = offset === start + 1 ? foldUnit(unit) : fold(text.slice(start, offset));
		for (let index = 0; index < made.length; index++) {
			if (length === units.length) [units, starts] = [grown(units), grown(starts)];
			units[length] = made.charCodeAt(index);
			starts[length++] = start;
		}
	}
	return { normal: textOf(units.subarray(0, length)), starts: starts.subarray(0, length) };
}

function grown<T extends Uint16Array | Uint32Array>(array: T): T {
	const larger = new (array.constructor as new (length: number) => T)(array.length * 2 + 32);
	larger.set(array);
	return larger;
}

/** How many units are made a text at once: as arguments of one call. */
const PIECE = 8192;

function textOf(units: Uint16Array): string {
	const pieces: string[] = [];
	for (let from = 0; from < units.length; from += PIECE) {
		// biome-ignore lint/plugin: a piece is no longer than the stack has room for
		pieces.push(String.fromCharCode(...units.subarray(from, from + PIECE)));
	}
	return pieces.join('');
}

/** The character of a text that starts at an offset, with its combining marks. */
export function characterAt(text: string, offset: number): string {
	CHARACTER.lastIndex = offset;
	return CHARACTER.exec(text)?.[0] ?? '';
}

/** Whether a unit is taken over as it is when no mark follows it: visible ASCII and most Han. */
function isPlain(unit: number): boolean {
	return (unit > 0x20 && unit < 0x7f) || (unit >= 0x4e00 && unit <= 0x9fff);
}

/** Whether a combining mark stands at an offset. */
export function isCombiningMark(text: string, offset: number): boolean {
	const unit = text.charCodeAt(offset);
	// Also for `NaN`, behind the end.
	if (!(unit >= FIRST_MARK)) return false;
	if (unit >= 0xd800 && unit <= 0xdfff) return MARK.test(String.fromCodePoint(text.codePointAt(offset) ?? 0));
	let known = marks[unit];
	if (known === 0) {
		known = MARK.test(String.fromCharCode(unit)) ? YES : NO;
		marks[unit] = known;
	}
	return known === YES;
}

/** What one character with its marks becomes. */
function fold(character: string): string {
	let made = character.replace(UNSEEN, '');
	for (const [from, to] of ALIKE) made = made.replace(from, to);
	return made.normalize('NFKC').replace(UNSEEN, '');
}

function foldUnit(unit: number): string {
	let made = folded[unit];
	if (made === undefined) {
		made = fold(String.fromCharCode(unit));
		folded[unit] = made;
	}
	return made;
}
