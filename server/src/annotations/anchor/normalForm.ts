/** A text in the form used for comparison, with the origin of each UTF-16 unit. */
export interface NormalForm {
	readonly normal: string;
	/** For each unit of `normal`, the offset of the character it comes from; never decreasing. */
	readonly starts: Uint32Array;
}

/** White space and invisible characters: zero-width characters, soft hyphens, directional marks. */
const UNSEEN = /[\s\p{Default_Ignorable_Code_Point}]+/gu;

/** A combining mark, or a half-width kana sound mark, which Unicode does not classify as one. */
const MARK = /^[\p{M}\uff9e\uff9f]$/u;

/** A character with its combining marks. */
const CHARACTER = /[^\p{M}\uff9e\uff9f]?[\p{M}\uff9e\uff9f]*/uy;

/** Typographic variants that NFKC does not unify. */
const ALIKE: readonly (readonly [from: RegExp, to: string])[] = [
	[/[‘’‚‛′´]/g, "'"],
	[/[“”„‟″「」『』«»]/g, '"'],
	[/[‐‑‒–—―−─]/g, '-'],
];

/** Cache of the folded forms of single UTF-16 units. */
const folded: string[] = [];

const FIRST_MARK = 0x300;
const [NO, YES] = [1, 2];
/** Cache of which UTF-16 units are combining marks. */
const marks = new Uint8Array(0x10000);

/** Removes white space and invisible characters, and unifies variants in width and typography. Linear in the text. */
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

/** How many units are converted to a string in one call. */
const PIECE = 8192;

function textOf(units: Uint16Array): string {
	const pieces: string[] = [];
	for (let from = 0; from < units.length; from += PIECE) {
		// biome-ignore lint/plugin: a piece fits on the stack
		pieces.push(String.fromCharCode(...units.subarray(from, from + PIECE)));
	}
	return pieces.join('');
}

/** Returns the character at an offset with its combining marks. */
export function characterAt(text: string, offset: number): string {
	CHARACTER.lastIndex = offset;
	return CHARACTER.exec(text)?.[0] ?? '';
}

/** Whether a unit is kept as it is unless a combining mark follows: visible ASCII and most Han. */
function isPlain(unit: number): boolean {
	return (unit > 0x20 && unit < 0x7f) || (unit >= 0x4e00 && unit <= 0x9fff);
}

/** Whether there is a combining mark at an offset. */
export function isCombiningMark(text: string, offset: number): boolean {
	const unit = text.charCodeAt(offset);
	// Negated so that `NaN`, past the end, returns here.
	if (!(unit >= FIRST_MARK)) return false;
	if (unit >= 0xd800 && unit <= 0xdfff) return MARK.test(String.fromCodePoint(text.codePointAt(offset) ?? 0));
	let known = marks[unit];
	if (known === 0) {
		known = MARK.test(String.fromCharCode(unit)) ? YES : NO;
		marks[unit] = known;
	}
	return known === YES;
}

/** Returns the normal form of a character with its combining marks. */
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
