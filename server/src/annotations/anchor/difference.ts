import type { DifferencePart } from '../../protocol/annotations.ts';
import { foldSpaces } from '../../util/text.ts';
import { align } from './align.ts';
import { normalForm } from './normalForm.ts';

const WORDS = new Intl.Segmenter(undefined, { granularity: 'word' });

/** Texts with more pairs of words are not compared word by word: it would take too long, and the result would be unreadable. */
const MOST_PAIRS = 4_000_000;

/**
 * Compares a quote with the current text word by word, for display: what is in both texts, only in the old one, only in the new one. A
 * run of white space becomes one space. Differences in white space, width or typography only are ignored; the new text is shown.
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

/** Encodes each word as one UTF-16 unit, the same for words with the same normal form. */
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

/** Merges adjacent parts of the same kind; removed parts come before added ones. */
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
