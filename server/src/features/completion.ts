import {
	type CompletionItem,
	type CompletionList,
	InsertTextFormat,
	type MarkupKind,
	type Position,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Archive } from '../archive/index.ts';
import type { ArchiveDocument } from '../article/article.ts';
import { addressSuggestions, archivedArticles, fragments, leadsToPage } from './completion/address.ts';
import { headerSuggestions } from './completion/header.ts';
import { attributeSuggestions, tagSuggestions, valueSuggestions } from './completion/markup.ts';
import { noteSuggestions } from './completion/note.ts';
import { type Place, placeAt } from './completion/place.ts';
import {
	type CompletionContext,
	type Reference,
	type Suggestion,
	withoutPlaceholders,
} from './completion/suggestion.ts';
import { referenceText } from './hover/html.ts';
import { toRange } from './position.ts';

/** Characters that are worth a look without being asked. */
export const COMPLETION_TRIGGERS: readonly string[] = ['<', '/', ' ', '"', "'", '=', '#', '-'];

/** How a client wants its completions. */
export interface CompletionOptions {
	readonly snippets: boolean;
	/** Markup of the reference texts. */
	readonly documentation: MarkupKind;
	/** Whether it is VS Code, whose command shows the next completions. */
	readonly retriggers: boolean;
}

/**
 * `textDocument/completion`: the header of a new article, tags, attributes and their values, addresses, kinds and tags of
 * notes. In a list of articles nothing.
 */
export function completion(
	document: TextDocument,
	parsed: ArchiveDocument,
	position: Position,
	options: CompletionOptions,
	now: number,
	archive?: Archive,
): CompletionList {
	if (parsed.kind === 'list') return { isIncomplete: false, items: [] };
	const offset = document.offsetAt(position);
	const { suggestions, complete } = suggest({ uri: document.uri, article: parsed, archive, offset, now });
	const line = toRange(document, { start: offset, end: offset }).start.line;
	const items = suggestions.flatMap(suggestion => {
		const item = toItem(document, suggestion, options);
		// A client takes no edit that goes beyond the cursor's line.
		const { start, end } = item.textEdit.range;
		return start.line === line && end.line === line ? [item] : [];
	});
	return { isIncomplete: !complete, items };
}

function suggest(context: CompletionContext): { readonly suggestions: Suggestion[]; readonly complete: boolean } {
	const all = (suggestions: Suggestion[]) => ({ suggestions, complete: true });
	const header = headerSuggestions(context);
	if (header.length > 0) return all(header);
	const { article, offset } = context;
	const place = offset < article.body.span.start ? undefined : placeAt(article, offset);
	switch (place?.kind) {
		case 'tagName':
			return all(tagSuggestions(context, place));
		case 'attributeName':
			return all(attributeSuggestions(place));
		case 'attributeValue':
			return leadsToPage(place) ? pageSuggestions(context, place) : all(valueSuggestions(place));
		case 'comment':
			return all(noteSuggestions(context, place));
		default:
			return all([]);
	}
}

/** A link leads to a place of the article or to another article; the latter are searched for anew with every character. */
function pageSuggestions(context: CompletionContext, place: Place & { kind: 'attributeValue' }) {
	const destinations = [...fragments(context), ...archivedArticles(context, place)];
	const { suggestions, complete } = addressSuggestions(context, place, destinations);
	return { suggestions, complete: complete && context.archive === undefined };
}

/** Whether the articles of the archive are among what can be completed at a position. */
export function completesArticles(document: TextDocument, parsed: ArchiveDocument, position: Position): boolean {
	const offset = document.offsetAt(position);
	if (parsed.kind === 'list' || offset < parsed.body.span.start) return false;
	const place = placeAt(parsed, offset);
	return place?.kind === 'attributeValue' && leadsToPage(place);
}

function toItem(document: TextDocument, suggestion: Suggestion, options: CompletionOptions) {
	const { label, kind, detail, insert, span, filter, rank = 0, retrigger, reference } = suggestion;
	return {
		label,
		kind,
		...(detail === undefined ? {} : { detail }),
		textEdit: {
			range: toRange(document, span),
			newText: options.snippets ? insert : withoutPlaceholders(insert),
		},
		insertTextFormat: options.snippets ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
		...(filter === undefined ? {} : { filterText: filter }),
		sortText: `${String(rank + 1_000_000).padStart(7, '0')} ${label}`,
		...(retrigger && options.retriggers
			? { command: { title: 'Suggest', command: 'editor.action.triggerSuggest' } }
			: {}),
		...(reference ? { data: reference } : {}),
	} satisfies CompletionItem;
}

/** `completionItem/resolve`: the item with the reference text on the tag, attribute or value that it inserts. */
export function resolveCompletion(item: CompletionItem, { documentation: kind }: CompletionOptions): CompletionItem {
	if (!isReference(item.data)) return item;
	const value = referenceText(item.data, kind);
	return value === undefined ? item : { ...item, documentation: { kind, value } };
}

/** What comes back from a client may be anything. */
function isReference(data: unknown): data is Reference {
	return typeof data === 'object' && data !== null && 'tag' in data && typeof data.tag === 'string';
}
