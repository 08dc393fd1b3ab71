import * as vscode from 'vscode';
import { capital } from '../../../server/src/util/labels.ts';
import { clipLine } from '../../../server/src/util/text.ts';
import { writeNote } from './noteText.ts';
import { type ArticleNote, isLost, type NoteView, type ReplyView } from './protocol.ts';

/** As much of a quote, in UTF-16 units, as the head of a thread shows. */
const MAX_QUOTE_CHARS = 60;

/** A note or an answer to it, as VS Code shows it in a thread. */
export interface RemarkComment extends vscode.Comment {
	/** The address of the article. */
	readonly article: vscode.Uri;
	/** The id of the note or answer. */
	readonly id: string;
	/** What is shown while nobody edits it. */
	readonly shown: vscode.MarkdownString;
	/** What was there to be edited, as it was typed. */
	readonly typed: string;
}

/** The head of a note's thread: what kind it is, where it belongs, and what became of it. */
export function threadLabel({ kind, quote, anchor, suggestion, resolved }: NoteView): string {
	const words = quote ? ` “${clipLine(quote.exact, MAX_QUOTE_CHARS)}”` : '';
	const end = resolved ? ' · resolved' : '';
	if (suggestion) return `Suggested ${suggestion}${end}`;
	if (!quote) return `${capital(kind)} on the article${end}`;
	switch (anchor.state) {
		case 'changed':
			return `${capital(kind)} on words that have changed${end}`;
		case 'ambiguous':
			return `${capital(kind)} on words that stand in several places:${words}${end}`;
		case 'orphan':
			return `${capital(kind)} on words that were not found:${words}${end}`;
		default:
			return `${capital(kind)} on${words}${end}`;
	}
}

/** What `when` clauses of menus can ask of a thread: words with spaces between. */
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

/** A note and its answers. */
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
	// A day without a time would be shown as some hours ago.
	const hasTime = created !== undefined && created.length > 10;
	if (day !== undefined && !hasTime) label.push(day);
	return {
		article,
		id,
		shown,
		typed: writeNote(remark, kinds),
		body: shown,
		mode: vscode.CommentMode.Preview,
		author: { name: creator ?? ('suggestion' in remark && remark.suggestion ? 'Suggestion' : 'Somebody') },
		label: label.join(' · '),
		contextValue: isReply ? 'reply' : 'note',
		...(hasTime ? { timestamp: new Date(created) } : {}),
	};
}
