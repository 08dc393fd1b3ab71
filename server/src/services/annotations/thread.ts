import type { BlockContent, PhrasingContent, RootContent } from 'mdast';
import type { Note } from '../../annotations/note.ts';
import { readMarkdown } from '../../markdown/read.ts';
import { code, deleted, emphasis, type Inline, lines, phrase, strong, text } from '../../markdown/tree.ts';
import { writeMarkdown } from '../../markdown/write.ts';
import type { DifferencePart, Remark } from '../../protocol/annotations.ts';
import { createMemory } from '../../util/memory.ts';
import { clip } from '../../util/text.ts';

/** Maximum length of a quote in a thread, in UTF-16 code units. */
const MAX_QUOTE_CHARS = 300;

/** Caches Markdown by its source, because an edit of an article renders all its notes again. */
const written = createMemory<string>(5000);

/**
 * Renders a note for its comment thread, in Markdown.
 *
 * @param difference the difference between the quote and the current words, if they have changed
 */
export function noteMarkdown(note: Note, difference: readonly DifferencePart[] | undefined): string {
	const { suggestion, quote } = note;
	const isSilent = suggestion !== undefined && note.text === '' && note.tags.length === 0 && note.creator === undefined;
	const verb = suggestion === 'insertion' ? 'Insert' : 'Delete';
	const place = isSilent ? lines(phrase(verb, quoted(quote?.exact ?? ''))) : placeOf(note, difference);
	return write(place, note);
}

/** Renders a reply, in Markdown. */
export function replyMarkdown(reply: Remark): string {
	return write([], reply);
}

function write(before: readonly RootContent[], { text, tags }: Remark): string {
	return written(JSON.stringify([before, text, tags]), () =>
		writeMarkdown([...before, ...readMarkdown(text.trim()), ...lines(phrase(...tags.map(tag => code(`#${tag}`))))]),
	);
}

/** Describes the place of a note where it is not obvious. */
function placeOf({ anchor, quote }: Note, difference: readonly DifferencePart[] = []): readonly RootContent[] {
	if (!quote) return [];
	switch (anchor.state) {
		case 'changed':
			return quotation(difference.flatMap(differencePart));
		case 'ambiguous':
			return quotation(quoted(quote.exact), emphasis(anchor.reason));
		case 'orphan':
			return quotation(deleted(clip(quote.exact, MAX_QUOTE_CHARS)), emphasis(anchor.reason));
		default:
			return [];
	}
}

function quotation(...parts: readonly Inline[]): readonly RootContent[] {
	const children: BlockContent[] = lines(...parts);
	return children.length > 0 ? [{ type: 'blockquote', children }] : [];
}

function differencePart({ kind, text: words }: DifferencePart): PhrasingContent[] {
	// White space must be outside of emphasis.
	const [, before = '', changed = '', after = ''] = /^(\s*)(.*?)(\s*)$/su.exec(words) ?? [];
	const space = (white: string): PhrasingContent[] => (white === '' ? [] : [{ type: 'text', value: ' ' }]);
	if (changed === '') return space(words);
	const mark = { same: text, removed: deleted, added: strong }[kind];
	return [...space(before), mark(changed), ...space(after)];
}

function quoted(words: string): string {
	return `“${clip(words, MAX_QUOTE_CHARS)}”`;
}
