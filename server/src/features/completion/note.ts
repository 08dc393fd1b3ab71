import { CompletionItemKind } from 'vscode-languageserver';
import { findInlineNotes } from '../../annotations/inline.ts';
import { NOTE_KINDS } from '../../annotations/kinds.ts';
import { span } from '../../article/span.ts';
import type { Place } from './place.ts';
import { type CompletionContext, literal, type Suggestion } from './suggestion.ts';

/** What closes a comment that is being written, on its line. */
const CLOSED = /^[^<\r\n]*-->/;

/** The kinds of note at the start of a comment, and behind a `#` the tags that the article's notes already use. */
export function noteSuggestions(context: CompletionContext, { content }: Place & { kind: 'comment' }): Suggestion[] {
	const { article, offset } = context;
	const written = article.text.slice(content.start, content.end);
	const tag = /(?<=[\s\u3000])#[\p{L}\p{M}\p{N}_/-]*$/u.exec(written);
	if (tag) return tagsOf(context, content.start + tag.index);
	const word = /^\s*([\p{L}\p{N}_-]*)$/u.exec(written)?.[1];
	if (word === undefined) return [];
	const isClosed = CLOSED.test(article.text.slice(offset, offset + 2000));
	return [...NOTE_KINDS].map(([kind, motivation]) => ({
		label: `${kind}:`,
		kind: CompletionItemKind.Keyword,
		detail: motivation,
		insert: `${written === '' ? ' ' : ''}${literal(kind)}: $0${isClosed ? '' : ' -->'}`,
		span: span(offset - word.length, offset),
	}));
}

/** The tags of the article's notes, the most used first. */
function tagsOf({ article, offset }: CompletionContext, start: number): Suggestion[] {
	const uses = new Map<string, number>();
	for (const { tags } of findInlineNotes(article.text, article.nodes)) {
		for (const { value, span: at } of tags) {
			// The one that is being written is no use yet.
			if (at.start - 1 !== start) uses.set(value, (uses.get(value) ?? 0) + 1);
		}
	}
	return [...uses].map(([value, count]) => ({
		label: `#${value}`,
		kind: CompletionItemKind.Keyword,
		detail: count === 1 ? '1 note' : `${count} notes`,
		insert: literal(`#${value}`),
		span: span(start, offset),
		rank: -count,
	}));
}
