import { type Article, parseArticle } from './article.ts';
import { collapseEdits } from './collapse.ts';
import { remainsIn } from './conflictMarkers.ts';
import { detect } from './detect.ts';
import { applyEdits, type TextEdit } from './edits.ts';
import { expandEdits } from './expand.ts';
import { parseHeader } from './header.ts';
import { findMarkdown } from './markdown.ts';
import type { Span } from './span.ts';

/**
 * The two forms of an article (FORMAT.md, "Rules of ours"). For every text x, `collapse(expand(x)) = collapse(x)` and
 * `expand(expand(x)) = expand(x)`, byte for byte, and both forms render alike. A text with an obstacle has only its own
 * form.
 */

/** Why an article cannot be reformatted. */
export interface FormatObstacle {
	readonly kind: 'conflict' | 'markdown';
	/** The reason, as a predicate whose subject is the article. */
	readonly reason: string;
	readonly span: Span;
}

/**
 * Returns what prevents an article from being reformatted: lines that are not HTML and would be joined or moved.
 * Commands and fixes that rewrite the whole text leave such an article unchanged.
 */
export function formatObstacle(article: Article): FormatObstacle | undefined {
	const {
		conflicts: [conflict],
		markdown,
		text,
	} = article;
	const marker = conflict?.opening ?? remainsIn(article)[0];
	if (marker) {
		const line = lineNumber(text, marker.start);
		return {
			kind: 'conflict',
			reason: conflict
				? `has a merge conflict on line ${line}; resolve it first`
				: `has a leftover conflict marker on line ${line}; remove it first`,
			span: marker,
		};
	}
	return (
		markdown && {
			kind: 'markdown',
			reason: 'has a body in Markdown instead of HTML',
			span: markdown,
		}
	);
}

/** The default for one level of indentation. */
export const INDENT = '\t';

/**
 * Returns the edits that bring an article into expanded form, in text order; empty if it already is.
 *
 * @param indent one level of indentation: spaces, a tab, or nothing
 */
export function expansion(article: Article, indent = INDENT): readonly TextEdit[] {
	if (formatObstacle(article)) return [];
	const edits = expandEdits(article, indent);
	const { text, body } = article;
	const keeps =
		edits.length === 0 ||
		(staysAsItIs(article, applyEdits(text, edits)) &&
			staysAsItIs(article, applyEdits(text, collapseEdits(text, body.span.start))));
	return keeps ? edits : [];
}

/**
 * Whether an article is in expanded form, at least mostly: its body has more line breaks than its expansion adds. An expanded
 * article stays one while blocks are pasted into it, and one on a single line does not become one by a few line breaks.
 *
 * @param edits its expansion
 */
export function isExpanded({ text, body }: Article, edits: readonly TextEdit[]): boolean {
	const added = edits.filter(({ newText }) => newText.includes('\n')).length;
	const content = text.slice(body.span.start).trim();
	let present = 0;
	for (let at = content.indexOf('\n'); at !== -1; at = content.indexOf('\n', at + 1)) present++;
	return present > added;
}

/**
 * Returns the edits that bring an article into archive form, in text order; empty if it already is. An expanded text
 * becomes exactly what the writer produced, and any text renders as before (see collapse.ts).
 */
export function collapsing(article: Article): readonly TextEdit[] {
	if (formatObstacle(article)) return [];
	const edits = collapseEdits(article.text, article.body.span.start);
	return edits.length === 0 || staysAsItIs(article, applyEdits(article.text, edits)) ? edits : [];
}

/** The indentations by which an expanded article is recognised. */
const INDENTS = ['\t', '  ', '    ', ''];

/** Returns the edits that bring an edited article into the form that its text was in before, if that was one of the two. */
export function restoreForm(before: string, edited: Article): readonly TextEdit[] {
	if (collapse(before) === before) return collapsing(edited);
	const indent = INDENTS.find(one => expand(before, one) === before);
	return indent === undefined ? [] : expansion(edited, indent);
}

/** Brings a text into expanded form; `indent` as in `expansion`. */
export function expand(text: string, indent = INDENT): string {
	return applyEdits(text, expansion(parseArticle(text), indent));
}

/** Brings a text into archive form. */
export function collapse(text: string): string {
	return applyEdits(text, collapsing(parseArticle(text)));
}

/** Returns the 1-based number of the line that contains an offset. */
function lineNumber(text: string, offset: number): number {
	let line = 1;
	for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++;
	return line;
}

/**
 * Whether a text with reformatted body still has the same header and the same kind, and no lines that look like
 * Markdown. It may not if the body starts with something like a part of a header, or contains Markdown among its HTML;
 * such an article is not reformatted.
 */
export function staysAsItIs({ text, header }: Article, made: string): boolean {
	const other = parseHeader(made).span;
	if (other.start !== header.span.start || other.end !== header.span.end || detect(made) !== detect(text)) return false;
	return findMarkdown(made, other.end) === undefined;
}
