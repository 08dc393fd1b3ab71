import { type Article, parseArticle } from './article.ts';
import { collapseEdits } from './collapse.ts';
import { detect } from './detect.ts';
import { applyEdits, type Replacement } from './edits.ts';
import { expandEdits } from './expand.ts';
import { parseHeader } from './header.ts';

/**
 * The two forms of an article (FORMAT.md, "Rules of ours"). For every text x: `collapse(expand(x)) = collapse(x)` and
 * `expand(expand(x)) = expand(x)`, byte for byte, and both render alike.
 */

/** What one level of indentation is, unless an editor says otherwise. */
export const INDENT = '\t';

/**
 * The edits that bring an article into expanded form, in the order of the text; none where it is.
 *
 * @param indent one level of indentation: spaces, a tab, or nothing
 */
export function expansion(article: Article, indent = INDENT): readonly Replacement[] {
	const edits = expandEdits(article, indent);
	const { text, body } = article;
	const keeps =
		edits.length === 0 ||
		(isSameOutside(article, applyEdits(text, edits)) &&
			isSameOutside(article, applyEdits(text, collapseEdits(text, body.span.start))));
	return keeps ? edits : [];
}

/** The edits that bring an article into archive form, the writer's own, in the order of the text; none where it is. */
export function collapsing(article: Article): readonly Replacement[] {
	const edits = collapseEdits(article.text, article.body.span.start);
	return edits.length === 0 || isSameOutside(article, applyEdits(article.text, edits)) ? edits : [];
}

/** A text in expanded form; `indent` as for `expansion`. */
export function expand(text: string, indent = INDENT): string {
	return applyEdits(text, expansion(parseArticle(text), indent));
}

/** A text in archive form. */
export function collapse(text: string): string {
	return applyEdits(text, collapsing(parseArticle(text)));
}

/**
 * Whether a text made from an article's by changes in its body has the same header and is the same kind of file. It need not
 * where the body starts with what looks like a part of the header: such an article is left alone.
 */
function isSameOutside({ text, header }: Article, made: string): boolean {
	const other = parseHeader(made).span;
	return other.start === header.span.start && other.end === header.span.end && detect(made) === detect(text);
}
