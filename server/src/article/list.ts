import { type Conflict, findConflicts, maskConflicts } from './conflict.ts';
import { afterByteOrderMark, isUnderline, lineAt, parseEntryLine, skipBlankLines } from './lines.ts';
import { type Field, type Span, span } from './span.ts';

/** An article in a list. */
export interface Entry {
	/** The whole line. */
	readonly span: Span;
	/** Month and day at UTC+8, such as `9-1`. */
	readonly date: Field | undefined;
	readonly title: Field;
	/** The path of the article, relative to the archive's root if it starts with `/`. */
	readonly url: Field;
}

/** A list: the articles of one source. */
export interface List {
	readonly kind: 'list';
	readonly text: string;
	/** The source's name. */
	readonly title: Field | undefined;
	readonly entries: readonly Entry[];
	/** Unresolved merge conflicts in the text. */
	readonly conflicts: readonly Conflict[];
}

/** Parses a list. Never throws. In a merge conflict, the title is ours, and the entries are those of both sides. */
export function parseList(text: string): List {
	const conflicts = findConflicts(text);
	const ours = maskConflicts(text, conflicts);
	const start = afterByteOrderMark(text);
	// Everything that is not ours was replaced with spaces.
	const next = conflicts.length === 0 ? lineAt : skipBlankLines;
	const first = next(ours, start);
	const underline = first && next(ours, first.next);
	const titled = underline !== undefined && isUnderline(underline.text);
	const title = first && titled ? { value: first.text.trim(), span: span(first.start, first.end) } : undefined;
	const entries: Entry[] = [];
	for (let line = titled ? lineAt(text, underline.next) : first; line; line = lineAt(text, line.next)) {
		const entry = parseEntryLine(line.text);
		if (!entry) continue;
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
	return { kind: 'list', text, title, entries, conflicts };
}
