import type { RootContent } from 'mdast';
import { isMark } from '../../annotations/inline.ts';
import { HIGHLIGHT } from '../../annotations/kinds.ts';
import type { Note } from '../../annotations/note.ts';
import { pushAll } from '../../article/lists.ts';
import { type Span, span } from '../../article/span.ts';
import { readMarkdown } from '../../markdown/read.ts';
import { code, dotted, lines, phrase, sections, strong } from '../../markdown/tree.ts';
import type { Remark } from '../../protocol/annotations.ts';
import { localDay } from '../../util/day.ts';
import { capital } from '../../util/labels.ts';
import { clip } from '../../util/text.ts';
import { counted } from '../../util/words.ts';
import type { HoverContext, HoverSection } from './context.ts';

/** Maximum number of notes in a hover. */
const MOST_NOTES = 10;

/** Describes the notes and suggested edits at an offset, inline or from the sidecar file. */
export function noteSection(context: HoverContext, offset: number): HoverSection | undefined {
	const contents: (readonly RootContent[])[] = [];
	let place: Span | undefined;
	for (const note of context.notes) {
		const at = placeAt(context, note, offset);
		if (!at) continue;
		const remarks = describe(context, note, at.quotes);
		if (remarks.length === 0) continue;
		pushAll(contents, remarks);
		if (!place || at.span.end - at.span.start < place.end - place.start) place = at.span;
	}
	if (!place) return undefined;
	const more = contents.length - MOST_NOTES;
	const shown =
		more > 0 ? [...contents.slice(0, MOST_NOTES), lines(counted(more, 'more note', 'more notes'))] : contents;
	return { span: place, content: sections(shown) };
}

/** Returns the part of a note at an offset, and whether the hover should quote the annotated text. */
function placeAt(
	{ article }: HoverContext,
	{ carrier, anchor, span: own }: Note,
	offset: number,
): { readonly span: Span; readonly quotes: boolean } | undefined {
	const isAt = ({ start, end }: Span): boolean => start <= offset && offset < end;
	if (carrier === 'sidecar') {
		const found = anchor.spans.find(isAt);
		// Notes on the whole article are anchored in the title, where they are not shown.
		return found && found.start >= article.body.span.start ? { span: found, quotes: false } : undefined;
	}
	if (!isAt(own)) return undefined;
	const mark = article.nodes.find(node => node.start === own.start && isMark(node) && !node.implied);
	if (!mark) return { span: own, quotes: true };
	return isAt(mark)
		? { span: span(mark.start, mark.end), quotes: false }
		: { span: span(mark.end, own.end), quotes: true };
}

/** Describes a note and its replies; empty for a plain highlight. */
function describe(context: HoverContext, note: Note, quotes: boolean): readonly (readonly RootContent[])[] {
	const about = quotes && note.quote ? clip(note.quote.exact, 200) : '';
	const suggested = note.suggestion && lines(strong(`Suggested ${note.suggestion}`));
	const isSilent =
		note.text === '' && note.tags.length === 0 && (note.suggestion || (note.kind === HIGHLIGHT && !note.creator));
	return [
		...(suggested ? [suggested] : []),
		...(isSilent ? [] : [describeRemark(context, note, about, note.resolved)]),
		...note.replies.map(reply => describeRemark(context, reply, '', false)),
	];
}

/** Describes the kind, text, tags, author and date of a note or reply. */
function describeRemark(
	{ timeZone }: HoverContext,
	remark: Remark,
	about: string,
	resolved: boolean,
): readonly RootContent[] {
	const kind = strong(capital(remark.kind));
	return [
		...lines(phrase(kind, about !== '' && `on “${about}”`)),
		...readMarkdown(clip(remark.text)),
		...lines(
			dotted(
				...[...remark.tags, ...(resolved ? ['resolved'] : [])].map(tag => code(`#${tag}`)),
				remark.creator && `@${remark.creator}`,
				remark.created && localDay(remark.created, timeZone),
			),
		),
	];
}
