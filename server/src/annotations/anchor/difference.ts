import type { DifferencePart } from '../../protocol/annotations.ts';
import { foldSpaces } from '../../util/text.ts';
import { align } from './align.ts';
import { normalForm } from './normalForm.ts';

const WORDS = new Intl.Segmenter(undefined, { granularity: 'word' });

/** Texts with more pairs of words than this are not compared word by word: it would take too long, and nobody would read it. */
const MOST_PAIRS = 4_000_000;

/**
 * What became of a quote, word by word, for people: what is the same in both texts, what only the old one has, what only the new one
 * has. White space is shown as one space; what differs in white space, width or typography alone is the same, as the new text has it.
 */
export function wordDifference(before: string, after: string): readonly DifferencePart[] {
	const [old, now] = [wordsOf(before), wordsOf(after)];
	const codes = new Map<string, number>();
	const [pattern, text] = [encode(old, codes), encode(now, codes)];
	if (codes.size > 0xffff || old.length * now.length > MOST_PAIRS) {
		return join([
			{ kind: 'removed', text: old.join('') },
			{ kind: 'added', text: now.join('') },
		]);
	}
	const { places, matched } = align(pattern, text, 0, text.length, { start: false, end: false });
	const parts: DifferencePart[] = [];
	let next = 0;
	for (const [index, word] of old.entries()) {
		if (!matched[index]) {
			parts.push({ kind: 'removed', text: word });
			continue;
		}
		const place = places[index] ?? next;
		parts.push({ kind: 'added', text: now.slice(next, place).join('') }, { kind: 'same', text: now[place] ?? '' });
		next = place + 1;
	}
	return join([...parts, { kind: 'added', text: now.slice(next).join('') }]);
}

function wordsOf(text: string): readonly string[] {
	return Array.from(WORDS.segment(foldSpaces(text)), ({ segment }) => segment);
}

/** One UTF-16 unit for each word, the same for words that are alike. */
function encode(words: readonly string[], codes: Map<string, number>): string {
	return words
		.map(word => {
			const { normal } = normalForm(word);
			const code = codes.get(normal) ?? codes.size;
			codes.set(normal, code);
			return String.fromCharCode(code);
		})
		.join('');
}

/** Puts neighbours of one kind together, what was removed before what was added in its place. */
function join(parts: readonly DifferencePart[]): readonly DifferencePart[] {
	const joined: DifferencePart[] = [];
	let [removed, added] = ['', ''];
	const flush = (): void => {
		if (removed !== '') joined.push({ kind: 'removed', text: removed });
		if (added !== '') joined.push({ kind: 'added', text: added });
		[removed, added] = ['', ''];
	};
	for (const { kind, text } of parts) {
		if (kind === 'removed') removed += text;
		else if (kind === 'added') added += text;
		else {
			flush();
			const last = joined.at(-1);
			if (last?.kind === 'same') joined[joined.length - 1] = { kind, text: last.text + text };
			else joined.push({ kind, text });
		}
	}
	flush();
	return joined;
}
