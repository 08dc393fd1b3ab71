import type { BlockContent, RootContent } from 'mdast';
import { readMarkdown } from '../../markdown/read.ts';
import { dotted, emphasis, heading, lines, link, strong, text, webAddress } from '../../markdown/tree.ts';
import { writeMarkdown as write } from '../../markdown/write.ts';
import type { Remark } from '../../protocol/annotations.ts';
import { capital } from '../../util/labels.ts';
import { HIGHLIGHT } from '../kinds.ts';
import type { Note } from '../note.ts';
import { dayOf, detailsOf, type ExportedArticle, placeRemark } from './documents.ts';

/** Writes the notes of articles as CommonMark: title, source and date of each article, and each quote with its note. */
export function writeMarkdownExport(articles: readonly ExportedArticle[]): string {
	return `${write(articles.flatMap(writeArticle))}\n`;
}

function writeArticle({ article, source, title, notes }: ExportedArticle): readonly RootContent[] {
	const day = dayOf(article);
	const about = [
		webAddress(source) === undefined ? text(source) : link(source, source),
		...(day ? [{ type: 'break' } as const, text(`Published ${day}.`)] : []),
	];
	return [heading(1, title), ...lines(about), ...notes.flatMap(writeNote)];
}

function writeNote(note: Note): readonly RootContent[] {
	const isSilent = note.kind === HIGHLIGHT && note.text === '';
	const replies = note.replies.map(reply => ({
		type: 'listItem' as const,
		spread: true,
		children: writeRemark(reply, false),
	}));
	return [
		...(note.quote ? [{ type: 'blockquote' as const, children: lines(note.quote.exact) }] : []),
		...lines(note.suggestion && emphasis(`Suggested ${note.suggestion}.`), emphasis(placeRemark(note) ?? '')),
		...(isSilent ? lines(dotted(...detailsOf(note, note.resolved))) : writeRemark(note, note.resolved)),
		...(replies.length > 0 ? [{ type: 'list' as const, ordered: false, spread: true, children: replies }] : []),
	];
}

/** Writes the kind and details on one line, followed by the text. */
function writeRemark(remark: Remark, resolved: boolean): BlockContent[] {
	const kind = capital(remark.kind);
	return [
		...lines(dotted(strong(kind), ...detailsOf(remark, resolved))),
		...(readMarkdown(remark.text) as readonly BlockContent[]),
	];
}
