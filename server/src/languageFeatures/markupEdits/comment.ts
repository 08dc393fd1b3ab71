import { commentContent, findInlineNotes } from '../../annotations/inline.ts';
import type { Obstacle } from '../../annotations/inlineEdits.ts';
import type { Kinds } from '../../annotations/kinds.ts';
import type { Article } from '../../article/article.ts';
import { applyEdits, type TextEdit } from '../../article/edits.ts';
import { pushAll } from '../../article/lists.ts';
import { COMMENT_NODE, type Node, TEXT_NODE } from '../../article/node.ts';
import { contains, type Span, span, trimmedSpan } from '../../article/span.ts';
import { COMMENT, indicesOf } from '../../article/traits.ts';
import { blockAt } from './blockAt.ts';
import { partInBody, united } from './places.ts';
import { isObstacle, type Marked, moved, tidied } from './result.ts';

/**
 * Comments out the selections, or the blocks at the cursors. If these are comments, makes them parts of the article again.
 * Notes, which are comments as well, stay as they are.
 *
 * HTML comments cannot be nested. What would end the comment, or make it a note, becomes character references, which are
 * read back here.
 */
export function toggleComment(article: Article, selections: readonly Span[], kinds: Kinds): Marked | Obstacle {
	const { text } = article;
	const notes = new Set(findInlineNotes(article, kinds).map(({ node }) => article.nodes[node] as Node));
	const subjects: Subject[] = [];
	for (const selection of selections) {
		const part = partInBody(article, selection);
		const subject = isObstacle(part) ? part : subjectOf(article, part, notes);
		if (isObstacle(subject)) return subject;
		subjects.push(subject);
	}
	const isOff = subjects.every(({ comments }) => comments.length > 0);
	const comments = new Set(subjects.flatMap(subject => subject.comments));
	const parts = united(subjects.flatMap(subject => (subject.comments.length > 0 ? [] : subject.parts)));
	const edits: TextEdit[] = [];
	if (isOff) {
		for (const { start, end } of comments) {
			const content = contentOf(text, span(start, end));
			edits.push({ span: span(start, content.start), newText: '' }, { span: span(content.end, end), newText: '' });
			pushAll(edits, unescapes(text, content));
		}
	} else {
		for (const part of parts) {
			const escaped = escapes(text, part);
			if (!isReversible(text, part, escaped)) return { obstacle: AMBIGUOUS };
			edits.push({ span: span(part.start, part.start), newText: '<!-- ' });
			pushAll(edits, escaped);
			edits.push({ span: span(part.end, part.end), newText: ' -->' });
		}
	}
	const all = tidied(text, edits);
	return {
		edits: all,
		selections: subjects.map(subject => selectionAfter(subject, parts, all)),
		comments: isOff ? [] : parts.map(part => span(moved(all, part.start, 'before'), moved(all, part.end, 'after'))),
	};
}

/** What the command applies to, for one selection. */
interface Subject {
	/** The selection or cursor. */
	readonly place: Span;
	/** The comments in it, if there is nothing else. */
	readonly comments: readonly Node[];
	/** What is commented out otherwise. */
	readonly parts: readonly Span[];
}

const AMBIGUOUS =
	'Write character references such as &lt;!&ndash; in another way first: they stand for comment marks inside a comment';
const IN_NOTE = 'Edit, move or delete the note with “Annotation at Cursor…”: notes are not changed as comments';
const HAS_NOTE =
	'Move or delete the note here first (“Annotation at Cursor…”), or select text without it: in a comment it would no longer be a note';
const DIVIDES = 'Select all of the comment or none of it: the selection starts or ends inside a comment';

function subjectOf(article: Article, part: Span, notes: ReadonlySet<Node>): Subject | Obstacle {
	const comments = commentsOf(article);
	const around = comments.find(({ start, end }) => start < part.start && part.end < end);
	if (around && notes.has(around)) return { obstacle: IN_NOTE };
	if (around) return { place: part, comments: [around], parts: [part] };
	if (part.start < part.end) {
		const found = covered(article, part);
		return isObstacle(found) ? found : checked({ place: part, ...found }, notes);
	}
	const inText = comments
		.filter(({ end }) => end > article.body.span.start)
		.map(({ start, end }) => ({ span: span(start, end) }));
	const candidates = [...article.blocks, ...inText].sort((a, b) => a.span.start - b.span.start);
	const block = blockAt(article, candidates, part.start);
	if (!block) return { obstacle: 'There is no block at the cursor: place the cursor in a paragraph, or select text' };
	const comment = comments.find(({ start, end }) => start === block.span.start && end === block.span.end);
	if (comment && notes.has(comment)) return { obstacle: IN_NOTE };
	if (comment) return { place: part, comments: [comment], parts: [block.span] };
	return checked({ place: part, comments: [], parts: [block.span] }, notes);
}

/** Returns the comments between `<!--` and `-->`. */
function commentsOf({ text, body, nodes }: Article): readonly Node[] {
	return indicesOf(body, COMMENT)
		.map(index => nodes[index] as Node)
		.filter(node => commentContent(text, node) !== undefined);
}

/** Refuses what contains a note. */
function checked(subject: Subject, notes: ReadonlySet<Node>): Subject | Obstacle {
	for (const { start, end } of notes)
		if (subject.parts.some(part => part.start < end && start < part.end)) return { obstacle: HAS_NOTE };
	return subject;
}

/** Divides a selection into parts that cross no tags, in text order. */
function covered({ text, nodes }: Article, { start, end }: Span): Pick<Subject, 'comments' | 'parts'> | Obstacle {
	const found: (Span & { readonly parent: number; readonly comment?: Node })[] = [];
	for (let index = 0; index < nodes.length; index++) {
		const node = nodes[index] as Node;
		if (node.implied || node.end <= start || end <= node.start) continue;
		if (start <= node.start && node.end <= end) {
			const isComment = node.nodeType === COMMENT_NODE && commentContent(text, node) !== undefined;
			found.push({ start: node.start, end: node.end, parent: node.parent, ...(isComment && { comment: node }) });
			index = node.last;
		} else if (node.nodeType === COMMENT_NODE) return { obstacle: DIVIDES };
		else if (node.nodeType === TEXT_NODE)
			found.push({ start: Math.max(start, node.start), end: Math.min(end, node.end), parent: node.parent });
	}
	const seen = found.filter(one => text.slice(one.start, one.end).trim() !== '');
	if (seen.length === 0) return { obstacle: 'Select text in the body, or place the cursor in a block' };
	const comments = seen.flatMap(({ comment }) => comment ?? []);
	const parts: (Span & { readonly parent: number })[] = [];
	for (const one of found.sort((a, b) => a.start - b.start)) {
		const last = parts.at(-1);
		if (last?.end === one.start && last.parent === one.parent) parts[parts.length - 1] = { ...last, end: one.end };
		else parts.push(one);
	}
	return {
		comments: comments.length === seen.length ? comments : [],
		parts: parts.map(part => trimmedSpan(text, part)).filter(part => part.start < part.end),
	};
}

/** Returns the content of a comment without the spaces that `toggleComment` inserts. */
function contentOf(text: string, comment: Span): Span {
	const closing = /--!?>$/.exec(text.slice(Math.max(comment.start + 4, comment.end - 4), comment.end));
	const start = comment.start + 4;
	const end = comment.end - (closing?.[0].length ?? 0);
	const hasSpaces = end - start > 2 && text[start] === ' ' && text[end - 1] === ' ';
	return hasSpaces ? span(start + 1, end - 1) : span(start, end);
}

/** What would end a comment or begin one in it, and the word and colon that would make it a note. */
const ESCAPED = /<!--|--!?>|(?<=^\s*\p{L}[\p{L}\p{N}_-]*\s*)[:：]/gu;
const UNESCAPED = /&lt;!&ndash;|&ndash;!?&gt;|(?<=^\s*\p{L}[\p{L}\p{N}_-]*\s*)&(?:colon|#xff1a);/gu;

const REFERENCES: ReadonlyMap<string, string> = new Map([
	['<!--', '&lt;!&ndash;'],
	['-->', '&ndash;&gt;'],
	['--!>', '&ndash;!&gt;'],
	[':', '&colon;'],
	['：', '&#xff1a;'],
]);
const CHARACTERS: ReadonlyMap<string, string> = new Map([...REFERENCES].map(([written, made]) => [made, written]));

function escapes(text: string, part: Span): readonly TextEdit[] {
	return replacements(text, part, ESCAPED, REFERENCES);
}

function unescapes(text: string, part: Span): readonly TextEdit[] {
	return replacements(text, part, UNESCAPED, CHARACTERS);
}

function replacements(text: string, part: Span, pattern: RegExp, by: ReadonlyMap<string, string>): readonly TextEdit[] {
	return [...text.slice(part.start, part.end).matchAll(pattern)].map(({ 0: found, index }) => {
		const start = part.start + index;
		return { span: span(start, start + found.length), newText: by.get(found) ?? found };
	});
}

/** Whether a comment of a part can be made a part of the article again. */
function isReversible(text: string, part: Span, escaped: readonly TextEdit[]): boolean {
	const content = text.slice(part.start, part.end);
	const made = replaced(text, part, escaped);
	return replaced(made, span(0, made.length), unescapes(made, span(0, made.length))) === content;
}

function replaced(text: string, part: Span, edits: readonly TextEdit[]): string {
	const inside = edits.map(edit => ({ ...edit, span: span(edit.span.start - part.start, edit.span.end - part.start) }));
	return applyEdits(text.slice(part.start, part.end), inside);
}

/** Returns what is selected afterwards: all of the comments that a selection became, or the place of the cursor. */
function selectionAfter({ place, parts }: Subject, all: readonly Span[], edits: readonly TextEdit[]): Span {
	const [first, last] = [parts[0], parts.at(-1)];
	if (place.start === place.end || !first || !last) {
		const isFirst = parts.some(part => part.start === place.start);
		const at = moved(edits, place.start, isFirst ? 'after' : 'before');
		return span(at, at);
	}
	const start = all.find(part => contains(part, first.start))?.start ?? first.start;
	const end = all.findLast(part => contains(part, last.end))?.end ?? last.end;
	const from = moved(edits, start, 'before');
	return span(from, Math.max(from, moved(edits, end, 'after')));
}
