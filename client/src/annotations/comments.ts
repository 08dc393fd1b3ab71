import * as vscode from 'vscode';
import type { Reply } from '../../../server/src/annotations/note.ts';
import { safeMarkdown } from '../../../server/src/annotations/safeMarkdown.ts';
import { capital, clip, writeNote } from './noteText.ts';
import { type ArticleNote, isLost, type NoteView } from './protocol.ts';

/** As much of a quote, in UTF-16 units, as the head of a thread shows. */
const LONGEST_QUOTE = 60;

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
	const words = quote ? ` “${clip(quote.exact, LONGEST_QUOTE)}”` : '';
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
	const isSilent =
		note.suggestion !== undefined && note.text === '' && note.tags.length === 0 && note.creator === undefined;
	return [
		comment(uri, note, article.kinds, isSilent ? describeSuggestion(note) : describePlace(note)),
		...note.replies.map(reply => comment(uri, reply, article.kinds, '')),
	];
}

function comment(
	article: vscode.Uri,
	remark: NoteView | Reply,
	kinds: readonly string[],
	before: string,
): RemarkComment {
	const { id, kind, text, tags, creator, created } = remark;
	const day = created?.slice(0, 10);
	const shown = new vscode.MarkdownString(
		[before, safeMarkdown(text), tags.map(tag => `\`#${tag.replaceAll('`', '')}\``).join(' ')]
			.filter(part => part !== '')
			.join('\n\n'),
	);
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

function describeSuggestion({ suggestion, quote }: NoteView): string {
	return `${suggestion === 'insertion' ? 'Insert' : 'Delete'} ${quoted(quote?.exact ?? '')}`;
}

/** What a reader has to know of the place of a note before what it says. */
function describePlace({ anchor, quote }: NoteView): string {
	if (!quote) return '';
	switch (anchor.state) {
		case 'changed':
			return `> ${(anchor.difference ?? []).map(({ kind, text }) => differencePart(kind, text)).join('')}`;
		case 'ambiguous':
			return `> ${quoted(quote.exact)}\n>\n> *${anchor.reason}*`;
		case 'orphan':
			return `> ~~${escapeMarkdown(clip(quote.exact, 300))}~~\n>\n> *${anchor.reason}*`;
		default:
			return '';
	}
}

function differencePart(kind: 'same' | 'removed' | 'added', text: string): string {
	// Markdown marks no words that have white space at their ends.
	const [, before = '', words = '', after = ''] = /^(\s*)(.*?)(\s*)$/su.exec(text) ?? [];
	const mark = { same: '', removed: '~~', added: '**' }[kind];
	return words === '' ? text : `${before}${mark}${escapeMarkdown(words)}${mark}${after}`;
}

function quoted(text: string): string {
	return `“${escapeMarkdown(clip(text, 300))}”`;
}

/** A text of an article, as Markdown that shows just that. */
function escapeMarkdown(text: string): string {
	return text.replace(/[\\`*_{}[\]()#+\-.!~<>|&]/g, '\\$&').replace(/\s+/gu, ' ');
}
