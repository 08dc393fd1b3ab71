import { commentContent, findInlineNotes, type InlineNote, isMark } from '../../annotations/inline.ts';
import { ancestors, isElement, labelOf, type Node } from '../../article/node.ts';
import { span } from '../../article/span.ts';
import { clip, type HoverContext, type HoverSection } from './context.ts';

/** A hover shows this many notes at most. */
const MOST_NOTES = 10;

/** The notes on what is at a node: the comment itself, or the `mark`, `ins` or `del` around it. */
export function noteSection(context: HoverContext, index: number): HoverSection | undefined {
	const { nodes, text } = context.article;
	const node = nodes[index];
	if (!node) return undefined;
	if (node.nodeName === '#comment') {
		if (!commentContent(text, node)) return undefined;
		const note = findInlineNotes(text, nodes).find(one => one.node === index);
		return note && { span: note.span, content: describeNote(context, note) };
	}
	const mark = [index, ...ancestors(nodes, index)].find(at => isMark(nodes[at]) && !nodes[at]?.implied);
	const marked = mark === undefined ? undefined : nodes[mark];
	if (mark === undefined || !marked) return undefined;
	const notes = findInlineNotes(text, nodes).filter(one => one.target === mark);
	const content = context.markup.sections([
		...[suggestion(context, marked)].filter(said => said !== undefined),
		...notes.slice(0, MOST_NOTES).map(note => describeNote(context, note, false)),
		...(notes.length > MOST_NOTES ? [context.markup.text(`${notes.length - MOST_NOTES} more notes`)] : []),
	]);
	return content ? { span: span(marked.start, marked.end), content } : undefined;
}

/** What a suggested edit is; `undefined` for a highlight. */
function suggestion({ markup }: HoverContext, node: Node): string | undefined {
	if (isElement(node, 'ins')) return markup.lines([markup.strong('Suggested insertion')]);
	return isElement(node, 'del') ? markup.lines([markup.strong('Suggested deletion')]) : undefined;
}

/**
 * Kind, text, tags, people and day of a note.
 *
 * @param quoted whether to say what the note is about
 */
function describeNote({ article, markup }: HoverContext, note: InlineNote, quoted = true): string {
	const kind = `${note.kind.value.charAt(0).toUpperCase()}${note.kind.value.slice(1)}`;
	const about = quoted && note.target !== undefined ? clip(labelOf(article.nodes, note.target), 200) : '';
	const details = [
		...note.tags.map(tag => markup.code(`#${tag.value}`)),
		...note.people.map(person => markup.text(`@${person.value}`)),
		...(note.date ? [markup.text(note.date.value)] : []),
	];
	return markup.lines([
		about ? `${markup.strong(kind)} ${markup.text(`on “${about}”`)}` : markup.strong(kind),
		markup.text(clip(note.text.value)),
		details.join(' · '),
	]);
}
