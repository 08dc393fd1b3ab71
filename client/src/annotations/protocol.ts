import * as vscode from 'vscode';
import type { DocumentNotes, NoteView } from '../../../server/src/protocol/annotations.ts';

export type { CommandOutcome, DocumentNotes, NoteView, ReplyView } from '../../../server/src/protocol/annotations.ts';

/** A range in the protocol. */
export type ProtocolRange = DocumentNotes['title'];

/** A note and its article. */
export interface ArticleNote {
	readonly article: DocumentNotes;
	readonly note: NoteView;
}

/** Converts a range of the protocol to VS Code's. */
export function toVscodeRange({ start, end }: ProtocolRange): vscode.Range {
	return new vscode.Range(start.line, start.character, end.line, end.character);
}

/** Returns where a note is shown: the range of its text, else the title of its article. */
export function noteRange({ article, note }: ArticleNote): vscode.Range {
	return outerRange(note.anchor.ranges) ?? toVscodeRange(article.title);
}

/** Returns the range from the start of the first to the end of the last; `undefined` if there are none. */
export function outerRange(ranges: readonly ProtocolRange[]): vscode.Range | undefined {
	const [first, last] = [ranges[0], ranges.at(-1)];
	return first && last && toVscodeRange({ start: first.start, end: last.end });
}

/** Whether the location of a note is missing or uncertain: orphaned, ambiguous or changed. */
export function isLost({ anchor, quote }: NoteView): boolean {
	return quote !== undefined && anchor.state !== 'exact' && anchor.state !== 'moved';
}

/** Whether a note is a highlight without text, tags or replies. */
export function isMereHighlight({ kind, text, tags, replies, suggestion }: NoteView): boolean {
	return kind === 'highlight' && text === '' && tags.length === 0 && replies.length === 0 && suggestion === undefined;
}
