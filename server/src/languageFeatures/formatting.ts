import type { FormattingOptions, Range, TextEdit } from 'vscode-languageserver';
import type { Article } from '../article/article.ts';
import type { TextEdit as Edit } from '../article/edits.ts';
import { collapsing, expansion, formatObstacle, isExpanded } from '../article/format.ts';
import { isHtmlSpace } from '../article/node.ts';
import { overlaps, type Span, span } from '../article/span.ts';
import { COMPARISON_SCHEME, schemeOf } from '../util/schemes.ts';
import { displayName } from '../util/uri.ts';
import { clamp } from '../util/value.ts';
import { toLspEdits, toSpan } from './position.ts';
import type { Snapshot } from './snapshot.ts';

/** The editor's indentation, and how it is applied. */
export interface ExpandOptions extends Pick<FormattingOptions, 'tabSize' | 'insertSpaces'> {
	/** Whether to indent nested blocks: `marginalia.format.indent`. */
	readonly indent: boolean;
	/** Whether an article in archive form is left as it is: formatting on save. */
	readonly keepForm?: boolean;
}

/**
 * `textDocument/formatting`: expands an article. Each edit changes white space at one location only, which preserves cursors,
 * folds and decorations. Lists have only one form.
 */
export function formatDocument(document: Snapshot, options: ExpandOptions): TextEdit[] {
	const { parsed } = document;
	return parsed.kind === 'list' ? [] : toLspEdits(document, expansionFor(parsed, options));
}

/** `textDocument/rangeFormatting`: formats the blocks in a range. */
export function formatRange(document: Snapshot, range: Range, options: ExpandOptions): TextEdit[] {
	const { parsed } = document;
	if (parsed.kind === 'list') return [];
	const touched = widen(parsed, toSpan(document, range));
	if (!touched) return [];
	const edits = expansionFor(parsed, options);
	return toLspEdits(
		document,
		edits.filter(edit => edit.span.start <= touched.end && edit.span.end >= touched.start),
	);
}

/** Converts an article to archive form, with one edit per line break. */
export function collapseDocument(document: Snapshot): TextEdit[] {
	const { parsed } = document;
	return parsed.kind === 'list' ? [] : toLspEdits(document, collapsing(parsed));
}

/** Returns the reason why a document cannot be formatted, as a sentence; `undefined` if it can. */
export function whyLeft({ uri, parsed }: Snapshot): string | undefined {
	// White space that formatting adds there would become part of the article.
	if (schemeOf(uri) === COMPARISON_SCHEME)
		return `${displayName(uri)} was not changed: a comparison has a layout of its own. Format the article instead.`;
	const obstacle = parsed.kind === 'article' ? formatObstacle(parsed) : undefined;
	return obstacle && `${displayName(uri)} was not changed: it ${obstacle.reason}.`;
}

function expansionFor(article: Article, options: ExpandOptions): readonly Edit[] {
	const edits = expansion(article, indentOf(options));
	return options.keepForm && !isExpanded(article, edits) ? [] : edits;
}

function indentOf({ tabSize, insertSpaces, indent }: ExpandOptions): string {
	if (!indent) return '';
	return insertSpaces ? ' '.repeat(clamp(tabSize, 0, 16)) : '\t';
}

/** Returns the span of the blocks in a selection, including surrounding white space. */
function widen({ blocks, text }: Article, selected: Span): Span | undefined {
	const touched = blocks.filter(block => overlaps(block.span, selected)).map(block => block.span);
	if (touched.length === 0) return undefined;
	let start = touched.reduce((least, one) => Math.min(least, one.start), text.length);
	let end = touched.reduce((most, one) => Math.max(most, one.end), 0);
	while (isHtmlSpace(text.charCodeAt(start - 1))) start--;
	while (isHtmlSpace(text.charCodeAt(end))) end++;
	return span(start, end);
}
