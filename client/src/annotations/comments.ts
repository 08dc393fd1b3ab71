import * as vscode from 'vscode';
import { capital } from '../../../server/src/util/labels.ts';
import { clipLine } from '../../../server/src/util/text.ts';
import { writeNote } from './noteText.ts';
import { type ArticleNote, isLost, type NoteView, type ReplyView } from './protocol.ts';

/** The maximum length of the quote in a thread's label, in UTF-16 code units. */
const MAX_QUOTE_CHARS = 60;

/** A note or reply, as a comment in a VS Code thread. */
export interface RemarkComment extends vscode.Comment {
	/** The URI of the article. */
	readonly article: vscode.Uri;
	/** The id of the note or reply. */
	readonly id: string;
	/** The text shown in preview mode. */
	readonly shown: vscode.MarkdownString;
	/** The text shown in editing mode, as the user would type it. */
	readonly typed: string;
}

/** Returns the label of a note's thread: kind, quote and state. */
export function threadLabel({ kind, quote, anchor, suggestion, resolved }: NoteView): string {
	const words = quote ? ` “${clipLine(quote.exact, MAX_QUOTE_CHARS)}”` : '';
	const end = resolved ? ' · resolved' : '';
	if (suggestion) return `Suggested ${suggestion}${end}`;
	if (!quote) return `${capital(kind)} on the article${end}`;
	switch (anchor.state) {
		case 'changed':
			return `${capital(kind)} on text that has changed${end}`;
		case 'ambiguous':
			return `${capital(kind)} on text that occurs more than once:${words}${end}`;
		case 'orphan':
			return `${capital(kind)} on text that was not found:${words}${end}`;
		default:
			return `${capital(kind)} on${words}${end}`;
	}
}

/** Returns the context value of a thread for the `when` clauses of menus: words separated by spaces. */
export function threadContext(note: NoteView): string {
	return [
		note.carrier,
		note.resolved ? 'resolved' : 'open',
		note.anchor.state,
		...(isLost(note) ? ['lost'] : []),
		...(note.quote ? ['quoted'] : []),
		...(note.suggestion ? ['suggestion'] : []),
	].join(' ');
}

/** Returns the comments for a note and its replies. */
export function commentsOf({ article, note }: ArticleNote): readonly RemarkComment[] {
	const uri = vscode.Uri.parse(article.uri);
	return [note, ...note.replies].map(remark => comment(uri, remark, article.kinds));
}

function comment(article: vscode.Uri, remark: NoteView | ReplyView, kinds: readonly string[]): RemarkComment {
	const { id, kind, creator, created } = remark;
	const day = created?.slice(0, 10);
	const shown = new vscode.MarkdownString(remark.markdown);
	const isReply = 'replyTo' in remark;
	const label = [...(isReply && kind === 'note' ? [] : [capital(kind)])];
	// VS Code would show a date without a time as some hours ago.
	const hasTime = created !== undefined && created.length > 10;
	if (day !== undefined && !hasTime) label.push(day);
	return {
		article,
		id,
		shown,
		typed: writeNote(remark, kinds),
		body: shown,
		mode: vscode.CommentMode.Preview,
		author: { name: creator ?? ('suggestion' in remark && remark.suggestion ? 'Suggestion' : 'Unknown author') },
		label: label.join(' · '),
		contextValue: isReply ? 'reply' : 'note',
		...(hasTime ? { timestamp: new Date(created) } : {}),
	};
}
