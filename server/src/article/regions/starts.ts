/**
 * The first letters of the texts that a pattern matches, three of each, or two beyond ASCII: a test that takes a few steps, which most texts
 * fail. What passes it may match the pattern, what fails it cannot.
 */
export interface Starts {
	/** Whether a match can begin at an offset of a text. */
	at(text: string, offset: number): boolean;
}

/** How many letters are compared. */
const LETTERS = 3;

/** How many kinds of letters are told apart: a to z, digits, and all else. */
const KINDS = 32;
const OTHER = 0;
const DIGIT = 27;

/**
 * Reads the first letters off the sources of regular expressions. It knows what these use: alternatives, groups,
 * character classes, and `?`.
 */
export function startsOf(patterns: readonly string[]): Starts {
	const table = new Uint8Array(KINDS ** LETTERS);
	const mark = (start: string, index: number, length: number): void => {
		if (length === LETTERS) {
			table[index] = 1;
		} else if (length < start.length) {
			mark(start, index * KINDS + kindOf(start.charCodeAt(length)), length + 1);
		} else for (let kind = 0; kind < KINDS; kind++) mark(start, index * KINDS + kind, length + 1);
	};
	/** For each UTF-16 unit beyond ASCII, whether a pattern may begin with it, and whether any other may follow. */
	const first = new Uint8Array(0x10000);
	const pairs = new Set<number>();
	/** Whether a pattern may begin with any letter. */
	let isOpen = false;
	for (const pattern of patterns) {
		for (const start of firstLetters(pattern)) {
			if (start === '') isOpen = true;
			else if (start.charCodeAt(0) <= LAST_OF_ASCII) mark(start, 0, 0);
			else if (start.length === 1) first[start.charCodeAt(0)] = ALONE;
			else {
				pairs.add(pairOf(start, 0));
				first[start.charCodeAt(0)] ||= IN_PAIR;
			}
		}
	}
	return {
		at: (text, offset) => {
			if (isOpen) return true;
			const unit = text.charCodeAt(offset);
			if (unit > LAST_OF_ASCII)
				return first[unit] === ALONE || (first[unit] === IN_PAIR && pairs.has(pairOf(text, offset)));
			let index = 0;
			for (let at = offset; at < offset + LETTERS; at++)
				index = index * KINDS + (at < text.length ? kindOf(text.charCodeAt(at)) : OTHER);
			return table[index] === 1;
		},
	};
}

const LAST_OF_ASCII = 127;

const IN_PAIR = 1;
const ALONE = 2;

/** Returns the two units at an offset as one number. */
function pairOf(text: string, offset: number): number {
	return text.charCodeAt(offset) * 0x10000 + (offset + 1 < text.length ? text.charCodeAt(offset + 1) : 0);
}

function kindOf(unit: number): number {
	if (unit >= 97 && unit <= 122) return unit - 96;
	if (unit >= 65 && unit <= 90) return unit - 64;
	if (unit >= 48 && unit <= 57) return DIGIT;
	return OTHER;
}

/** Yields the first letters of what a pattern matches, or fewer where it does not say which letter is next. */
function* firstLetters(pattern: string): Generator<string> {
	for (const alternative of alternativesOf(pattern)) {
		for (const { letters } of openings(alternative, LETTERS)) yield letters;
	}
}

/** The first letters of what a part of a pattern matches. */
interface Opening {
	readonly letters: string;
	/** Whether they are all that the part matches, so that what follows it goes on. */
	readonly isWhole: boolean;
}

/** Yields the openings of a pattern without alternatives, with at most `most` letters. */
function* openings(pattern: string, most: number): Generator<Opening> {
	const { choices, rest } = firstAtom(pattern);
	for (const { letters, isWhole } of choices(most)) {
		if (!isWhole || letters.length >= most) yield { letters: letters.slice(0, most), isWhole: false };
		else if (rest === '') yield { letters, isWhole };
		else for (const next of openings(rest, most - letters.length)) yield { ...next, letters: letters + next.letters };
	}
}

interface Atom {
	readonly choices: (most: number) => readonly Opening[];
	readonly rest: string;
}

const UNKNOWN: readonly Opening[] = [{ letters: '', isWhole: false }];

/** Reads the first group, class or letter of a pattern, which `?` makes optional. */
function firstAtom(pattern: string): Atom {
	if (pattern === '') return { choices: () => [{ letters: '', isWhole: true }], rest: '' };
	const sign = pattern.startsWith('\\') ? pattern.slice(0, 2) : pattern.charAt(0);
	const end = sign === '(' ? closingOf(pattern) : sign === '[' ? pattern.indexOf(']') : sign.length - 1;
	const quantifier = /^(?:[?*+]|\{[^}]*\})?/.exec(pattern.slice(end + 1))?.[0] ?? '';
	const rest = pattern.slice(end + 1 + quantifier.length);
	const inner = pattern.slice(1, end);
	const once = (most: number): readonly Opening[] => {
		if (/^\(\?<?[!=]/.test(pattern)) return [{ letters: '', isWhole: true }];
		if (sign === '(') return alternativesOf(inner.replace(/^\?:/, '')).flatMap(one => [...openings(one, most)]);
		if (sign === '[') return /-|\\/.test(inner) ? UNKNOWN : [...inner].map(letters => ({ letters, isWhole: true }));
		if (sign === '\\d') return [{ letters: '0', isWhole: true }];
		return /[a-z\d']|[^\0-\x7f]/i.test(sign) ? [{ letters: sign, isWhole: true }] : UNKNOWN;
	};
	if (quantifier === '?') return { choices: most => [...once(most), { letters: '', isWhole: true }], rest };
	if (quantifier === '+') return { choices: most => once(most).map(one => ({ ...one, isWhole: false })), rest };
	return { choices: quantifier === '' ? once : () => UNKNOWN, rest };
}

/** Splits a pattern at the `|` outside its groups and classes. */
function alternativesOf(pattern: string): readonly string[] {
	const found: string[] = [];
	let [start, depth] = [0, 0];
	for (let at = 0; at < pattern.length; at++) {
		const sign = pattern[at];
		if (sign === '\\') at++;
		else if (sign === '(' || sign === '[') depth++;
		else if (sign === ')' || sign === ']') depth--;
		else if (sign === '|' && depth === 0) {
			found.push(pattern.slice(start, at));
			start = at + 1;
		}
	}
	return [...found, pattern.slice(start)];
}

/** Returns the offset of the parenthesis that closes the first one. */
function closingOf(pattern: string): number {
	let depth = 0;
	for (let at = 0; at < pattern.length; at++) {
		if (pattern[at] === '\\') at++;
		else if (pattern[at] === '(') depth++;
		else if (pattern[at] === ')' && --depth === 0) return at;
	}
	return pattern.length;
}
