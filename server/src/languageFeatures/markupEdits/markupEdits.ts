import type { Range } from 'vscode-languageserver';
import { findInlineNotes } from '../../annotations/inline.ts';
import type { Obstacle } from '../../annotations/inlineEdits.ts';
import type { Kinds } from '../../annotations/kinds.ts';
import { type ArchiveDocument, type Article, parseArticle, updateDocument } from '../../article/article.ts';
import { markerLines, sideOf } from '../../article/conflict.ts';
import { applyEdits } from '../../article/edits.ts';
import { BLOCK_ELEMENTS, VOID_ELEMENTS } from '../../article/elements.ts';
import { type Node, TEXT_NODE } from '../../article/node.ts';
import type { Span } from '../../article/span.ts';
import type { MarkupName, MarkupResult } from '../../protocol/editing.ts';
import { toLspEdits, toRange, toSpan } from '../position.ts';
import { type Snapshot, snapshotOf } from '../snapshot.ts';
import { toggleHeading, toggleList, toggleQuote, wrapBlocks } from './blocks.ts';
import { toggleComment } from './comment.ts';
import { isInFrontMatter, toggleYamlComment } from './frontMatter.ts';
import { toggleInline } from './inline.ts';
import { isObstacle, type Marked } from './result.ts';

const BOLD: ReadonlySet<string> = new Set(['strong', 'b']);
const ITALIC: ReadonlySet<string> = new Set(['em', 'i']);
const LINK: ReadonlySet<string> = new Set(['a']);

/** `marginalia/markup`: the edits that toggle markup on ranges, or why that is not possible. */
export function markup(
	document: Snapshot,
	ranges: readonly Range[],
	markup: MarkupName,
	tag: string | undefined,
	kinds: Kinds,
): MarkupResult {
	const { parsed } = document;
	const selections = ranges.map(range => toSpan(document, range));
	const result = markupEdits(parsed, selections, markup, tag, kinds);
	if (isObstacle(result)) return { refused: result.obstacle };
	const after = snapshotOf(document.uri, applyEdits(document.text, result.edits));
	return {
		version: document.version,
		edits: toLspEdits(document, result.edits),
		selections: result.selections.map(selection => toRange(after, selection)),
	};
}

/**
 * Toggles markup on selections and cursors, or wraps them in an element. The result has no unpaired tags that were not there
 * before, and keeps all words and all notes; whatever would not is refused.
 *
 * @param tag for `wrap`: the name of an element and its attributes
 * @param kinds the kinds of note in the archive
 */
export function markupEdits(
	parsed: ArchiveDocument,
	selections: readonly Span[],
	markup: MarkupName,
	tag: string | undefined,
	kinds: Kinds,
): Marked | Obstacle {
	if (parsed.kind === 'list') return { obstacle: 'A list has no markup: open an article' };
	if (parsed.markdown) return { obstacle: 'The body is Markdown, not HTML: convert it to HTML first' };
	if (markup === 'comment' && isInFrontMatter(parsed, selections)) return toggleYamlComment(parsed, selections);
	const marked = change(parsed, selections, markup, tag, kinds);
	if (isObstacle(marked) || marked.edits.length === 0) return marked;
	return faultOf(parsed, marked, markup, kinds) ?? marked;
}

function change(
	article: Article,
	selections: readonly Span[],
	markup: MarkupName,
	tag: string | undefined,
	kinds: Kinds,
): Marked | Obstacle {
	switch (markup) {
		case 'comment':
			return toggleComment(article, selections, kinds);
		case 'bold':
			return toggleInline(article, selections, { name: 'strong', names: BOLD });
		case 'italic':
			return toggleInline(article, selections, { name: 'em', names: ITALIC });
		case 'link':
			return toggleLink(article, selections);
		case 'heading1':
			return toggleHeading(article, selections, 1);
		case 'heading2':
			return toggleHeading(article, selections, 2);
		case 'heading3':
			return toggleHeading(article, selections, 3);
		case 'quote':
			return toggleQuote(article, selections);
		case 'list':
			return toggleList(article, selections, 'ul');
		case 'orderedList':
			return toggleList(article, selections, 'ol');
		case 'wrap':
			return wrap(article, selections, tag ?? '');
	}
}

const HREF = '<a href="';

/** Makes the selected words a link, and selects its empty URL; removes a link at the cursor or around the selection. */
function toggleLink(article: Article, selections: readonly Span[]): Marked | Obstacle {
	const marked = toggleInline(article, selections, { name: 'a', names: LINK, attributes: ' href=""' });
	if (isObstacle(marked)) return marked;
	const cursors: Span[] = [];
	let delta = 0;
	for (const { span, newText } of marked.edits) {
		for (let at = newText.indexOf(HREF); at !== -1; at = newText.indexOf(HREF, at + 1)) {
			const cursor = span.start + delta + at + HREF.length;
			cursors.push({ start: cursor, end: cursor });
		}
		delta += newText.length - (span.end - span.start);
	}
	if (cursors.length === 0) return marked;
	const isInLink = article.links.some(({ node }) => {
		const { start, end } = article.nodes[node] as Node;
		return selections.some(selection => selection.start < end && start < selection.end);
	});
	if (isInLink || cursors.length > selections.length)
		return {
			obstacle: 'Select less, or the whole element: a link is one element, in one block and not in another link',
		};
	return { ...marked, selections: cursors };
}

const TAG = /^<?\s*([a-z][a-z\d-]*)((?:\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*)\s*>?$/i;

/** Elements that contain no markup, or that only exist once in a page. */
const NOT_AROUND: ReadonlySet<string> = new Set(
	'html head body script style template textarea title select option iframe noscript plaintext xmp frameset'.split(' '),
);

/** Elements whose place is in a certain other element. */
const ONLY_IN: ReadonlySet<string> = new Set(
	'li dd dt td th tr tbody thead tfoot caption colgroup figcaption summary legend optgroup'.split(' '),
);

/** Why a tag cannot be put around text; `undefined` if it can. */
function faultInTag(tag: string): string | undefined {
	const [, name = ''] = TAG.exec(tag.trim()) ?? [];
	if (name === '') return 'Enter the name of an element and its attributes, such as span lang="zh"';
	const lower = name.toLowerCase();
	if (VOID_ELEMENTS.has(lower)) return `<${lower}> has no content, so it cannot be put around text`;
	if (NOT_AROUND.has(lower) || ONLY_IN.has(lower))
		return `<${lower}> cannot be put around text: choose another element`;
	return undefined;
}

/** Wraps the selections in an element: in an inline element within each block, in another one around whole blocks. */
function wrap(article: Article, selections: readonly Span[], tag: string): Marked | Obstacle {
	const fault = faultInTag(tag);
	if (fault !== undefined) return { obstacle: fault };
	const [, name = '', attributes = ''] = TAG.exec(tag.trim()) ?? [];
	if (BLOCK_ELEMENTS.has(name.toLowerCase())) return wrapBlocks(article, selections, name, `<${name}${attributes}>`);
	return toggleInline(article, selections, { name, names: new Set(), attributes });
}

const UNSOUND =
	'Select less, or first correct the problems of html/syntax here: otherwise tags would lose their counterparts, or text would change';
const MOVES_NOTES = 'Select both the note and its words, or neither: otherwise they would be separated';

const IN_CONFLICT = 'Resolve the merge conflict first, or stay on one side of it';

/** Compares an article with what a change makes of it. */
function faultOf(article: Article, marked: Marked, markup: MarkupName, kinds: Kinds): Obstacle | undefined {
	const after = updateDocument(article, applyEdits(article.text, marked.edits));
	if (after.kind === 'list' || after.body.span.start !== article.body.span.start) return { obstacle: UNSOUND };
	let allowed = faultsIn(article);
	for (const html of marked.restored ?? []) {
		const own = ownFaults(html);
		if (own === undefined) return { obstacle: UNSOUND };
		allowed += own;
	}
	if (faultsIn(after) > allowed) return { obstacle: UNSOUND };
	if (article.conflicts.length > 0 && breaksConflict(article.text, after.text, allowed - faultsIn(article)))
		return { obstacle: IN_CONFLICT };
	if (markup !== 'comment' && wordsOf(after) !== wordsOf(article)) return { obstacle: UNSOUND };
	const comments = new Set(after.nodes.map(({ nodeName, start, end }) => `${nodeName} ${start} ${end}`));
	if (marked.comments?.some(({ start, end }) => !comments.has(`#comment ${start} ${end}`)))
		return { obstacle: UNSOUND };
	return notesOf(after, kinds) === notesOf(article, kinds) ? undefined : { obstacle: MOVES_NOTES };
}

/** Whether a change of a text changes the markers of its merge conflicts, or leaves more than `allowed` new faults if a side is chosen. */
function breaksConflict(before: string, after: string, allowed: number): boolean {
	if (markerLines(before).join('\n') !== markerLines(after).join('\n')) return true;
	const faultsOn = (text: string, side: 'ours' | 'theirs'): number => faultsIn(parseArticle(sideOf(text, side)));
	return (['ours', 'theirs'] as const).some(side => faultsOn(after, side) > faultsOn(before, side) + allowed);
}

/** Counts the tags without counterparts, and the elements that the parser made. */
function faultsIn({ tagFaults, body, nodes }: Article): number {
	const { misnested, stray, unclosed } = tagFaults;
	let count = misnested.length + stray.length + unclosed.length + body.strayEndTags.length;
	for (const { implied } of nodes) if (implied) count++;
	return count;
}

/**
 * Counts the faults of HTML that has been a comment, if it leaves no element open.
 *
 * @returns `undefined` if it ends inside a comment or tag, which would continue into what follows
 */
function ownFaults(html: string): number | undefined {
	const mark = '\ue000';
	const parsed = parseArticle(`<!--0-->\n[x](https://x.example/)\n------\n\n${html}${mark}`);
	const last = parsed.nodes.find(({ nodeType, nodeValue }) => nodeType === TEXT_NODE && nodeValue.endsWith(mark));
	if (!last) return undefined;
	return last.parent === -1 ? faultsIn(parsed) : 0;
}

function wordsOf({ content }: Article): string {
	return content.value.replace(/\s+/g, '');
}

/** Describes the notes in the text and the words that they are about. */
function notesOf(article: Article, kinds: Kinds): string {
	const { text, nodes } = article;
	const notes = findInlineNotes(article, kinds).map(({ span, target }) => [
		text.slice(span.start, span.end),
		nodes[target ?? -1]?.nodeName ?? '',
	]);
	return JSON.stringify(notes);
}
