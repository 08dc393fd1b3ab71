import { commentContent, findInlineNotes } from '../../annotations/inline.ts';
import type { Obstacle } from '../../annotations/inlineEdits.ts';
import type { Kinds } from '../../annotations/kinds.ts';
import type { Article } from '../../article/article.ts';
import { applyEdits, type TextEdit } from '../../article/edits.ts';
import { pushAll } from '../../article/lists.ts';
import { COMMENT_NODE, type Node, TEXT_NODE } from '../../article/node.ts';
import { type Span, span, trimmedSpan } from '../../article/span.ts';
import { COMMENT, indicesOf } from '../../article/traits.ts';
import { firstIndex } from '../../util/order.ts';
import { blockAt } from './blockAt.ts';
import { innermostAtEach, partInBody, touched, united } from './places.ts';
import { afterEdits, isObstacle, type Marked, tidied } from './result.ts';

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
	const scene = sceneOf(article, notes);
	const subjects: Subject[] = [];
	for (const selection of selections) {
		const part = partInBody(article, selection);
		const subject = isObstacle(part) ? part : subjectOf(article, part, scene);
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
	const moved = afterEdits(all);
	return {
		edits: all,
		selections: subjects.map(subject => selectionAfter(subject, parts, moved)),
		restored: isOff ? [...comments].map(comment => restored(text, contentOf(text, comment))) : [],
		comments: isOff ? [] : parts.map(part => span(moved(part.start, 'before'), moved(part.end, 'after'))),
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

/** What is in the body, in text order. */
interface Scene {
	readonly comments: readonly Node[];
	/** The comments that are notes. */
	readonly notes: ReadonlySet<Node>;
	/** Blocks, and comments between them. */
	readonly units: readonly (Span & { readonly comment?: Node })[];
}

function sceneOf(article: Article, notes: ReadonlySet<Node>): Scene {
	const comments = commentsOf(article);
	const blocks = innermostAtEach(
		article.blocks.map(block => block.span),
		comments.map(({ start }) => start + 1),
	);
	const between = comments.filter((_, index) => blocks[index] === undefined);
	const units = [
		...article.blocks.map(block => block.span),
		...between.map(comment => ({ start: comment.start, end: comment.end, comment })),
	];
	return { comments, notes, units: units.sort((a, b) => a.start - b.start) };
}

function subjectOf(article: Article, part: Span, { comments, notes, units }: Scene): Subject | Obstacle {
	const around = comments[firstIndex(comments.length, index => (comments[index]?.end ?? 0) > part.end)];
	if (around && around.start < part.start) {
		return notes.has(around) ? { obstacle: IN_NOTE } : { place: part, comments: [around], parts: [part] };
	}
	if (part.start < part.end) {
		const found = covered(article, part);
		return isObstacle(found) ? found : checked({ place: part, ...found }, comments, notes);
	}
	const unit = blockAt(article.text, units, part.start);
	if (!unit) return { obstacle: 'There is no block at the cursor: place the cursor in a paragraph, or select text' };
	const { start, end, comment } = unit;
	if (comment && notes.has(comment)) return { obstacle: IN_NOTE };
	const parts = [span(start, end)];
	if (comment) return { place: part, comments: [comment], parts };
	return checked({ place: part, comments: [], parts }, comments, notes);
}

/** Returns the comments between `<!--` and `-->`. */
function commentsOf({ text, body, nodes }: Article): readonly Node[] {
	return indicesOf(body, COMMENT)
		.map(index => nodes[index] as Node)
		.filter(node => commentContent(text, node) !== undefined)
		.sort((a, b) => a.start - b.start);
}

/** Refuses what contains a note. */
function checked(subject: Subject, comments: readonly Node[], notes: ReadonlySet<Node>): Subject | Obstacle {
	const hasNote = subject.parts.some(part => touched(comments, part).some(comment => notes.has(comment)));
	return hasNote ? { obstacle: HAS_NOTE } : subject;
}

/** Divides a selection into parts that cross no tags, in text order. */
function covered({ text, nodes }: Article, { start, end }: Span): Pick<Subject, 'comments' | 'parts'> | Obstacle {
	const found: (Span & { readonly parent: number; readonly comment?: Node })[] = [];
	for (let index = 0; index < nodes.length; index++) {
		const node = nodes[index] as Node;
		if (node.implied) continue;
		if (node.end <= start || end <= node.start) {
			index = node.last;
			continue;
		}
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

function restored(text: string, content: Span): string {
	return replaced(text, content, unescapes(text, content));
}

function replaced(text: string, part: Span, edits: readonly TextEdit[]): string {
	const inside = edits.map(edit => ({ ...edit, span: span(edit.span.start - part.start, edit.span.end - part.start) }));
	return applyEdits(text.slice(part.start, part.end), inside);
}

/** Returns what is selected afterwards: all of the comments that a selection became, or the place of the cursor. */
function selectionAfter({ place, parts }: Subject, all: readonly Span[], moved: ReturnType<typeof afterEdits>): Span {
	const [first, last] = [parts[0], parts.at(-1)];
	if (place.start === place.end || !first || !last) {
		const isFirst = parts.some(part => part.start === place.start);
		const at = moved(place.start, isFirst ? 'after' : 'before');
		return span(at, at);
	}
	const start = around(all, first.start)?.start ?? first.start;
	const end = around(all, last.end)?.end ?? last.end;
	const from = moved(start, 'before');
	return span(from, Math.max(from, moved(end, 'after')));
}

/** Returns the span around an offset or next to it. */
function around(spans: readonly Span[], offset: number): Span | undefined {
	const found = spans[firstIndex(spans.length, index => (spans[index]?.end ?? 0) >= offset)];
	return found && found.start <= offset ? found : undefined;
}
