import { span } from '../../article/span.ts';
import { counted } from '../../util/words.ts';
import type { Rule } from '../rule.ts';
import { oddTexts } from './oddTexts.ts';

/** Zero-width characters: space, non-joiner, joiner, word joiner, no-break space. */
const ZERO_WIDTH = /[\u200b-\u200d\u2060\ufeff]+/g;

/** Characters around which a line may break anyway: Han, kana, hangul and their punctuation. */
const BREAKS = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u303f\uff00-\uff60]/u;

/** Letters whose form a joiner or non-joiner changes: those of scripts that join letters, and emoji. */
const JOINS =
	/[\p{sc=Arabic}\p{sc=Syriac}\p{sc=Mongolian}\p{sc=Nko}\p{sc=Devanagari}\p{sc=Bengali}\p{sc=Gurmukhi}\p{sc=Gujarati}\p{sc=Oriya}\p{sc=Tamil}\p{sc=Telugu}\p{sc=Kannada}\p{sc=Malayalam}\p{sc=Sinhala}\p{sc=Tibetan}\p{sc=Myanmar}\p{sc=Khmer}\p{Extended_Pictographic}\p{Emoji_Modifier}]|\ufe0f/u;

/** Reports zero-width characters where they mean nothing. */
export const textInvisible: Rule = {
	id: 'text/invisible',
	severity: 'hint',
	check({ article }, report) {
		if (oddTexts(article).length === 0) return;
		const { content } = article;
		for (const { 0: run, index } of content.value.matchAll(ZERO_WIDTH)) {
			const end = index + run.length;
			if (!meansNothing(run, before(content.value, index), after(content.value, end))) continue;
			const spans = content.toSpans(span(index, end));
			const [first] = spans;
			if (!first) continue;
			report({
				span: first,
				message: `${run.length === 1 ? 'An invisible character' : counted(run.length, 'invisible character')} without meaning: ${[...new Set(run)].map(nameOf).join(', ')}`,
				tag: 'unnecessary',
				fixes: () => [
					{
						title: `Remove ${run.length === 1 ? 'the invisible character' : 'the invisible characters'}`,
						preferred: true,
						edits: spans.map(place => ({ span: place, newText: '' })),
					},
				],
			});
		}
	},
};

/** Whether zero-width characters have no effect between two characters; empty at the start and the end of the text. */
function meansNothing(run: string, left: string, right: string): boolean {
	// U+FEFF marks the start of a file, and has no other meaning since Unicode 3.2.
	if (/^\ufeff+$/.test(run)) return true;
	if (/[\u200c\u200d]/.test(run) && (JOINS.test(left) || JOINS.test(right))) return false;
	const edges = [left, right];
	if (edges.some(edge => edge === '' || /\s/.test(edge))) return true;
	return edges.some(edge => BREAKS.test(edge));
}

function before(text: string, offset: number): string {
	return /.$/su.exec(text.slice(Math.max(0, offset - 2), offset))?.[0] ?? '';
}

function after(text: string, offset: number): string {
	return /^./su.exec(text.slice(offset, offset + 2))?.[0] ?? '';
}

function nameOf(character: string): string {
	return `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}
