import type { Article } from '../../article/article.ts';
import type { TextEdit } from '../../article/edits.ts';
import { type Span, span } from '../../article/span.ts';
import { afterEdits, type Marked } from './result.ts';

/** Whether all selections are in the front matter. */
export function isInFrontMatter({ header: { frontMatter } }: Article, selections: readonly Span[]): boolean {
	if (!frontMatter) return false;
	const { start, end } = frontMatter.content;
	return selections.every(one => start <= one.start && one.end <= end);
}

/** Makes the selected lines comments of YAML; if all of them are, makes them data again. */
export function toggleYamlComment({ text }: Article, selections: readonly Span[]): Marked {
	/** Where the words of the selected lines start. */
	const starts = new Set<number>();
	for (const { start, end } of selections) {
		for (let at = text.lastIndexOf('\n', start - 1) + 1; at <= end; ) {
			const newline = text.indexOf('\n', at);
			const line = text.slice(at, newline === -1 ? text.length : newline);
			// A selection of whole lines ends at the start of the next one.
			if (line.trim() !== '' && (at < end || start === end)) starts.add(at + line.search(/\S/));
			if (newline === -1) break;
			at = newline + 1;
		}
	}
	const isOff = [...starts].every(start => text[start] === '#');
	const edits = [...starts]
		.sort((a, b) => a - b)
		.map((start): TextEdit => {
			if (!isOff) return { span: span(start, start), newText: '# ' };
			return { span: span(start, start + (text[start + 1] === ' ' ? 2 : 1)), newText: '' };
		});
	const moved = afterEdits(edits);
	return {
		edits,
		selections: selections.map(({ start, end }) =>
			span(moved(start, start < end ? 'before' : 'after'), moved(end, 'after')),
		),
	};
}
