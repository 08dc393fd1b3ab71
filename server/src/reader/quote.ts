import type { BlockContent, PhrasingContent } from 'mdast';
import { type Inline, lines, link, text } from '../markdown/tree.ts';
import { writeMarkdown } from '../markdown/write.ts';
import type { ReaderHead } from '../protocol/reader.ts';

/** Formats a passage as a Markdown quotation with its source. */
export function quoteMarkdown(passage: string, { title, source, author, published }: ReaderHead): string {
	const name = title || 'Untitled';
	const day =
		published === undefined || Math.abs(published) > 8.64e15
			? undefined
			: new Date(published).toISOString().slice(0, 10);
	const from: Inline[] = [author, source === undefined ? name : link(name, source), day];
	const origin = from
		.filter(part => part !== undefined && part !== '')
		.flatMap((part, index): PhrasingContent[] => [
			...(index > 0 ? [{ type: 'text', value: ', ' } as const] : []),
			typeof part === 'string' ? text(part) : (part as PhrasingContent),
		]);
	const children: BlockContent[] = [
		...lines(
			...passage
				.trim()
				.split(/\n{2,}/)
				.map(withBreaks),
		),
		...lines([{ type: 'text', value: '— ' }, ...origin]),
	];
	return `${writeMarkdown([{ type: 'blockquote', children }])}\n`;
}

/** Keeps the line breaks of a paragraph. */
function withBreaks(paragraph: string): PhrasingContent[] {
	return paragraph
		.split('\n')
		.flatMap((line, index): PhrasingContent[] => [...(index > 0 ? [{ type: 'break' } as const] : []), text(line)]);
}
