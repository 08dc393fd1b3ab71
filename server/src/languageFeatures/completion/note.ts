import { CompletionItemKind } from 'vscode-languageserver';
import { findInlineNotes } from '../../annotations/inline.ts';
import type { Kinds } from '../../annotations/kinds.ts';
import { span } from '../../article/span.ts';
import { counted } from '../../util/words.ts';
import type { CompletionPlace } from './place.ts';
import { type CompletionContext, literal, type Suggestion } from './suggestion.ts';

/** Matches if the comment is closed on the line of the cursor. */
const CLOSED = /^[^<\r\n]*-->/;

/** Suggests the kinds of note at the start of a comment, and after `#` the tags that notes in the archive use. */
export async function noteSuggestions(
	context: CompletionContext,
	{ content }: CompletionPlace & { kind: 'comment' },
): Promise<Suggestion[]> {
	const { article, offset, sources } = context;
	const written = article.text.slice(content.start, content.end);
	const tag = /(?<=[\s\u3000])#[\p{L}\p{M}\p{N}_/-]*$/u.exec(written);
	const kinds = await sources.kinds();
	if (tag) return tagsOf(context, content.start + tag.index, kinds);
	const word = /^\s*([\p{L}\p{N}_-]*)$/u.exec(written)?.[1];
	if (word === undefined) return [];
	const isClosed = CLOSED.test(article.text.slice(offset, offset + 2000));
	return [...kinds].map(([kind, motivation]) => ({
		label: `${kind}:`,
		kind: CompletionItemKind.Keyword,
		detail: motivation,
		insert: `${written === '' ? ' ' : ''}${literal(kind)}: $0${isClosed ? '' : ' -->'}`,
		span: span(offset - word.length, offset),
	}));
}

/** Suggests the tags of the article's notes, most used first, then the tags of the archive by number of articles. */
async function tagsOf(
	{ article, offset, sources }: CompletionContext,
	start: number,
	kinds: Kinds,
): Promise<Suggestion[]> {
	const uses = new Map<string, number>();
	for (const { tags } of findInlineNotes(article, kinds)) {
		for (const { value, span: at } of tags) {
			// Skip the tag at the cursor.
			if (at.start - 1 !== start) uses.set(value, (uses.get(value) ?? 0) + 1);
		}
	}
	const suggestion = (value: string, detail: string, rank: number): Suggestion => ({
		label: `#${value}`,
		kind: CompletionItemKind.Keyword,
		detail,
		insert: literal(`#${value}`),
		span: span(start, offset),
		rank,
	});
	const archived = [...((await sources.archive())?.tags() ?? [])].filter(([value]) => !uses.has(value));
	return [
		...[...uses].map(([value, count]) => suggestion(value, counted(count, 'note'), -count)),
		...archived
			// The tag at the cursor may already be in the index of this article.
			.filter(([value, count]) => count > 1 || `#${value}` !== article.text.slice(start, offset))
			.map(([value, count]) => suggestion(value, counted(count, 'article'), 1_000_000 - count)),
	];
}
