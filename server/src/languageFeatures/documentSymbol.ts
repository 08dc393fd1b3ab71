import { type DocumentSymbol, SymbolKind } from 'vscode-languageserver';
import type { Note } from '../annotations/note.ts';
import type { List } from '../article/list.ts';
import { buildOutline, type OutlineItem, type OutlineKind, type OutlineMark } from '../article/outline.ts';
import { span } from '../article/span.ts';
import { toRange } from './position.ts';
import type { Snapshot } from './snapshot.ts';

/** Symbol kinds, chosen for their icons: LSP has no kinds for prose. */
const KINDS: Record<OutlineKind, SymbolKind> = {
	title: SymbolKind.File,
	byline: SymbolKind.Variable,
	date: SymbolKind.Event,
	heading: SymbolKind.String,
	figure: SymbolKind.Constant,
	quote: SymbolKind.Interface,
	list: SymbolKind.Array,
	table: SymbolKind.Struct,
	code: SymbolKind.Module,
	embed: SymbolKind.Package,
	footer: SymbolKind.Namespace,
	note: SymbolKind.Key,
	paragraph: SymbolKind.Field,
	furniture: SymbolKind.Object,
};

/** `textDocument/documentSymbol`: the outline of an article including its notes, or the entries of a list. */
export function documentSymbols(document: Snapshot, notes: readonly Note[] = []): DocumentSymbol[] {
	const { parsed } = document;
	const items = parsed.kind === 'list' ? listOutline(parsed) : buildOutline(parsed, notes.flatMap(markOf));
	return items.map(item => toSymbol(document, item));
}

/** Converts a note to an outline entry; empty for a note that is orphaned or on the whole article. */
function markOf({ kind, text, quote, resolved, creator, anchor }: Note): OutlineMark[] {
	const [first, last] = [anchor.spans[0], anchor.spans.at(-1)];
	if (!first || !last || !quote) return [];
	const detail = [creator ?? '', resolved ? 'resolved' : ''].filter(Boolean).join(' · ');
	return [{ name: `${kind}: ${text || quote.exact}`, detail, span: span(first.start, last.end) }];
}

function toSymbol(document: Snapshot, root: OutlineItem): DocumentSymbol {
	const make = ({ name, detail, kind, span: whole, selection }: OutlineItem): DocumentSymbol => {
		const range = toRange(document, whole);
		const selectionRange = selection === whole ? range : toRange(document, selection);
		return { name, detail, kind: KINDS[kind], range, selectionRange, children: [] };
	};
	const symbol = make(root);
	const queue: [OutlineItem, DocumentSymbol][] = [[root, symbol]];
	for (let next = queue.pop(); next; next = queue.pop()) {
		const [item, made] = next;
		made.children = item.children.map(child => {
			const inner = make(child);
			if (child.children.length > 0) queue.push([child, inner]);
			return inner;
		});
	}
	return symbol;
}

function listOutline(list: List): readonly OutlineItem[] {
	const entries = list.entries.map(
		(entry): OutlineItem => ({
			kind: 'paragraph',
			name: entry.title.value.trim() || entry.url.value || 'Untitled',
			detail: entry.date?.value ?? '',
			span: entry.span,
			selection: entry.title.span,
			children: [],
		}),
	);
	if (!list.title) return entries;
	const whole = span(list.title.span.start, Math.max(list.title.span.end, list.text.trimEnd().length));
	return [
		{ kind: 'title', name: list.title.value, detail: '', span: whole, selection: list.title.span, children: entries },
	];
}
