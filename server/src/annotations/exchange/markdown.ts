import { onOneLine } from '../../article/label.ts';
import { HIGHLIGHT } from '../kinds.ts';
import type { Note, Remark } from '../note.ts';
import { dayOf, detailsOf, type ExportedArticle, placeRemark } from './documents.ts';

/** Writes articles' notes as Markdown (CommonMark): title, source and date of each article, and each quote with what is said of it. */
export function writeMarkdown(articles: readonly ExportedArticle[]): string {
	return `${articles.map(writeArticle).join('\n\n')}\n`;
}

function writeArticle({ article, source, title, notes }: ExportedArticle): string {
	const day = dayOf(article);
	const about = [`<${source}>`, ...(day ? [`Published ${day}.`] : [])].join('  \n');
	return [`# ${escapeLine(title)}`, about, ...notes.map(writeNote)].join('\n\n');
}

function writeNote(note: Note): string {
	const place = placeRemark(note);
	const isSilent = note.kind === HIGHLIGHT && note.text === '';
	const said = isSilent ? writeDetails(detailsOf(note, note.resolved)) : writeRemark(note, note.resolved);
	return [
		...(note.quote ? [`> ${escapeLine(note.quote.exact)}`] : []),
		...(note.suggestion ? [`*Suggested ${note.suggestion}.*`] : []),
		...(place ? [`*${escapeLine(place)}*`] : []),
		...(said === '' ? [] : [said]),
		...note.replies.map(reply => indent(writeRemark(reply, false))),
	].join('\n\n');
}

/** Kind and details on a line, and below it what was said, as it was said. */
function writeRemark(remark: Remark, resolved: boolean): string {
	const kind = `**${escapeLine(`${remark.kind.charAt(0).toUpperCase()}${remark.kind.slice(1)}`)}**`;
	const details = writeDetails(detailsOf(remark, resolved));
	const head = details === '' ? kind : `${kind} · ${details}`;
	return remark.text === '' ? head : `${head}\n\n${remark.text}`;
}

function writeDetails(details: readonly string[]): string {
	return details.length === 0 ? '' : escapeLine(details.join(' · '));
}

/** An answer is an item of a list, so that it is seen to belong to the note above. */
function indent(text: string): string {
	return `- ${text.replaceAll('\n', '\n  ')}`.replace(/^ +$/gm, '');
}

/** A text on one line that Markdown shows as it is. */
function escapeLine(text: string): string {
	return onOneLine(text)
		.replace(/[\\`*_[\]<>~|&]/g, '\\$&')
		.replace(/^([#+=-])/, '\\$1')
		.replace(/^(\d+)([.)])/, '$1\\$2');
}
