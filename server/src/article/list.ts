import { afterByteOrderMark, isUnderline, lineAt, parseEntryLine } from './lines.ts';
import { type Field, type Span, span } from './span.ts';

/** One article in a list. */
export interface Entry {
	/** The whole line. */
	readonly span: Span;
	/** Month and day at UTC+8, as in `9-1`. */
	readonly date: Field | undefined;
	readonly title: Field;
	/** The path of the article, from the archive's root if it starts with `/`. */
	readonly url: Field;
}

/** The index of one source. */
export interface List {
	readonly kind: 'list';
	readonly text: string;
	/** The source's name. */
	readonly title: Field | undefined;
	readonly entries: readonly Entry[];
	/** Lines that are neither title, dashes, entry nor empty. */
	readonly strayLines: readonly Span[];
}

/** Reads a list; never fails. */
export function parseList(text: string): List {
	const start = afterByteOrderMark(text);
	const first = lineAt(text, start);
	const underline = first && lineAt(text, first.next);
	const titled = underline !== undefined && isUnderline(underline.text);
	const title = first && titled ? { value: first.text.trim(), span: span(first.start, first.end) } : undefined;
	const entries: Entry[] = [];
	const strayLines: Span[] = [];
	for (let line = underline && titled ? lineAt(text, underline.next) : first; line; line = lineAt(text, line.next)) {
		if (line.text.trim() === '') continue;
		const entry = parseEntryLine(line.text);
		if (!entry) {
			strayLines.push(span(line.start, line.end));
			continue;
		}
		const base = line.start;
		const at = (field: Field): Field => ({
			value: field.value,
			span: span(field.span.start + base, field.span.end + base),
		});
		entries.push({
			span: span(line.start, line.end),
			date: entry.date && at(entry.date),
			title: at(entry.title),
			url: at(entry.url),
		});
	}
	return { kind: 'list', text, title, entries, strayLines };
}
