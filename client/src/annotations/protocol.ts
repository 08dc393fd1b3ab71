import * as vscode from 'vscode';
import type { DocumentNotes, NoteView } from '../../../server/src/protocol/annotations.ts';

export type { CommandOutcome, DocumentNotes, NoteView, ReplyView } from '../../../server/src/protocol/annotations.ts';

/** A range as the protocol has it. */
export type ProtocolRange = DocumentNotes['title'];

/** A note, and the article that it belongs to. */
export interface ArticleNote {
	readonly article: DocumentNotes;
	readonly note: NoteView;
}

/** A range for VS Code. */
export function toVscodeRange({ start, end }: ProtocolRange): vscode.Range {
	return new vscode.Range(start.line, start.character, end.line, end.character);
}

/** Where a note is shown: from the first of its words to the last, else on the title of its article. */
export function noteRange({ article, note }: ArticleNote): vscode.Range {
	return outerRange(note.anchor.ranges) ?? toVscodeRange(article.title);
}

/** From the start of the first range to the end of the last; nothing for none. */
export function outerRange(ranges: readonly ProtocolRange[]): vscode.Range | undefined {
	const [first, last] = [ranges[0], ranges.at(-1)];
	return first && last && toVscodeRange({ start: first.start, end: last.end });
}

/** Whether a note is about words that it does not surely have any more. */
export function isLost({ anchor, quote }: NoteView): boolean {
	return quote !== undefined && anchor.state !== 'exact' && anchor.state !== 'moved';
}

/** Whether a passage is marked and nothing is said about it. */
export function isMereHighlight({ kind, text, tags, replies, suggestion }: NoteView): boolean {
	return kind === 'highlight' && text === '' && tags.length === 0 && replies.length === 0 && suggestion === undefined;
}

/** A range for the protocol; VS Code's own would be sent as something else. */
export function fromRange({ start, end }: vscode.Range): ProtocolRange {
	return { start: { line: start.line, character: start.character }, end: { line: end.line, character: end.character } };
}
