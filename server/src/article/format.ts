import { type Article, parseArticle } from './article.ts';
import { collapseEdits } from './collapse.ts';
import { detect } from './detect.ts';
import { applyEdits, type TextEdit } from './edits.ts';
import { expandEdits } from './expand.ts';
import { parseHeader } from './header.ts';
import { findMarkdown } from './markdown.ts';
import { remainsIn } from './remains.ts';
import type { Span } from './span.ts';

/**
 * The two forms of an article (FORMAT.md, "Rules of ours"). For every text x: `collapse(expand(x)) = collapse(x)` and
 * `expand(expand(x)) = expand(x)`, byte for byte, and both render alike. A text with an obstacle has but one form, its own.
 */

/** Why an article is not brought into another form. */
export interface FormatObstacle {
	readonly kind: 'conflict' | 'markdown';
	/** What it is, as the end of a sentence that begins with the article. */
	readonly reason: string;
	readonly span: Span;
}

/**
 * What keeps an article from being brought into either form: lines that are not HTML, and would be joined or moved. Nothing changes a
 * text as a whole that has one.
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
			reason: `has ${conflict ? 'a conflict of' : 'what is left of'} a merge in line ${line}: ${conflict ? 'resolve' : 'remove'} it first`,
			span: marker,
		};
	}
	return (
		markdown && {
			kind: 'markdown',
			reason: 'has a body of Markdown, not HTML: its lines stay as they are',
			span: markdown,
		}
	);
}

/** What one level of indentation is, unless an editor says otherwise. */
export const INDENT = '\t';

/**
 * The edits that bring an article into expanded form, in the order of the text; none where it is.
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
 * The edits that bring an article into archive form, in the order of the text; none where it is. It is the writer's own for what
 * Expand made, and shows the same whatever it is made of (see collapse.ts).
 */
export function collapsing(article: Article): readonly TextEdit[] {
	if (formatObstacle(article)) return [];
	const edits = collapseEdits(article.text, article.body.span.start);
	return edits.length === 0 || staysAsItIs(article, applyEdits(article.text, edits)) ? edits : [];
}

/** A text in expanded form; `indent` as for `expansion`. */
export function expand(text: string, indent = INDENT): string {
	return applyEdits(text, expansion(parseArticle(text), indent));
}

/** A text in archive form. */
export function collapse(text: string): string {
	return applyEdits(text, collapsing(parseArticle(text)));
}

/** The number of the line that an offset is in, counted from 1. */
function lineNumber(text: string, offset: number): number {
	let line = 1;
	for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++;
	return line;
}

/**
 * Whether a text made from an article's by changes in its body has the same header, is the same kind of file, and has no lines that are
 * taken for Markdown. It may where the body starts with what looks like a part of the header, or holds Markdown among its HTML: such
 * an article is left alone.
 */
function staysAsItIs({ text, header }: Article, made: string): boolean {
	const other = parseHeader(made).span;
	if (other.start !== header.span.start || other.end !== header.span.end || detect(made) !== detect(text)) return false;
	return findMarkdown(made, other.end) === undefined;
}
