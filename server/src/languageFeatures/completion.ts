import {
	type CompletionItem,
	type CompletionList,
	InsertTextFormat,
	type MarkupKind,
	type Position,
} from 'vscode-languageserver';
import type { List } from '../article/list.ts';
import { isRecord } from '../util/value.ts';
import { addressSuggestions, archivedArticles, fragments, linksToPage, showsFile } from './completion/address.ts';
import { localFiles } from './completion/file.ts';
import { headerSuggestions } from './completion/header.ts';
import { listSuggestions } from './completion/list.ts';
import { attributeSuggestions, tagSuggestions, valueSuggestions } from './completion/markup.ts';
import { noteSuggestions } from './completion/note.ts';
import { type CompletionPlace, placeAt } from './completion/place.ts';
import {
	type CompletionContext,
	type CompletionSources,
	type MarkupReference,
	type Suggestion,
	withoutPlaceholders,
} from './completion/suggestion.ts';
import { referenceText } from './hover/html.ts';
import { writeMarkup } from './markup.ts';
import { toRange } from './position.ts';
import type { Snapshot } from './snapshot.ts';

type AttributeValue = CompletionPlace & { kind: 'attributeValue' };

/** Characters that trigger completion automatically. */
export const COMPLETION_TRIGGERS: readonly string[] = ['<', '/', ' ', '"', "'", '=', '#', '-', '['];

/** The client's capabilities for completion. */
export interface CompletionOptions {
	readonly snippets: boolean;
	/** The markup kind of the documentation. */
	readonly documentation: MarkupKind;
	/** Whether the client shows descriptions in the list of completions. */
	readonly describes: boolean;
	/** Whether the client is VS Code, which has a command to trigger completion again. */
	readonly retriggers: boolean;
}

/**
 * `textDocument/completion`: the header of a new article, HTML tags, attributes and values, URLs, and kinds and tags of notes;
 * in a list, the articles that it does not contain yet.
 */
export async function completion(
	document: Snapshot,
	position: Position,
	options: CompletionOptions,
	now: number,
	sources: CompletionSources,
): Promise<CompletionList> {
	const { parsed } = document;
	const { uri } = sources;
	const offset = document.lines.offsetAt(position);
	const { suggestions, complete } =
		parsed.kind === 'list'
			? await suggestEntries(uri, parsed, offset, sources)
			: await suggest({ uri, article: parsed, sources, offset, now });
	const line = toRange(document, { start: offset, end: offset }).start.line;
	const items = suggestions.flatMap(suggestion => {
		const item = toItem(document, suggestion, options);
		// LSP: the range of a completion edit must be on the line of the cursor.
		const { start, end } = item.textEdit.range;
		return start.line === line && end.line === line ? [item] : [];
	});
	return { isIncomplete: !complete, items };
}

/** The suggestions, and whether they stay complete as more is typed. */
interface Suggested {
	readonly suggestions: Suggestion[];
	readonly complete: boolean;
}

async function suggestEntries(uri: string, list: List, offset: number, sources: CompletionSources): Promise<Suggested> {
	const archive = await sources.archive();
	return archive ? listSuggestions(uri, list, archive, offset) : { suggestions: [], complete: true };
}

async function suggest(context: CompletionContext): Promise<Suggested> {
	const all = (suggestions: Suggestion[]): Suggested => ({ suggestions, complete: true });
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
			if (linksToPage(place)) return pageSuggestions(context, place);
			return showsFile(place) ? fileSuggestions(context, place) : all(valueSuggestions(place));
		case 'comment':
			return all(await noteSuggestions(context, place));
		default:
			return all([]);
	}
}

/** Completes the URL of a link: ids of the article, files, and other articles, which are searched again for each typed character. */
async function pageSuggestions(context: CompletionContext, place: AttributeValue): Promise<Suggested> {
	const written = context.article.text.slice(place.value.start, context.offset);
	const archive = await context.sources.archive();
	const files = await localFiles(context, written, 'any');
	// Before a path is started, articles are offered by title.
	const isPath = /^\s*\.|\//.test(written);
	const destinations = [
		...fragments(context),
		...files.filter(({ file }) => isPath || archive?.entry(file) === undefined),
		...(archive ? archivedArticles(context.uri, archive, written.trim()) : []),
	];
	const { suggestions, complete } = addressSuggestions(context, place, destinations);
	return { suggestions, complete: complete && archive === undefined };
}

/** Completes the URL of an element that shows a file: media files relative to the article. */
async function fileSuggestions(context: CompletionContext, place: AttributeValue): Promise<Suggested> {
	const written = context.article.text.slice(place.value.start, context.offset);
	const { suggestions } = addressSuggestions(context, place, await localFiles(context, written, 'media'));
	// The next slash enters another folder.
	return { suggestions, complete: false };
}

function toItem(document: Snapshot, suggestion: Suggestion, options: CompletionOptions) {
	const { label, kind, detail, description, insert, span, filter, rank = 0, retrigger, reference } = suggestion;
	return {
		label,
		kind,
		...(detail === undefined ? {} : { detail }),
		...(options.describes && description !== undefined ? { labelDetails: { description } } : {}),
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

/** `completionItem/resolve`: adds the HTML reference for the inserted tag, attribute or value. */
export function resolveCompletion(item: CompletionItem, { documentation: kind }: CompletionOptions): CompletionItem {
	if (!isReference(item.data)) return item;
	const text = referenceText(item.data);
	return text.length === 0 ? item : { ...item, documentation: writeMarkup(text, kind) };
}

/** Validates the data of an item: clients may return anything. */
function isReference(data: unknown): data is MarkupReference {
	return isRecord(data) && typeof data.tag === 'string';
}
