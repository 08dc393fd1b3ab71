import { notesInText } from '../../server/src/annotations/articleNotes.ts';
import { NOTE_KINDS } from '../../server/src/annotations/kinds.ts';
import { type ArchiveDocument, type Article, parseDocument } from '../../server/src/article/article.ts';
import { buildOutline, type OutlineItem } from '../../server/src/article/outline.ts';
import { createResolver } from '../../server/src/links/resolve.ts';
import { checkArticle, type Problem } from '../../server/src/rules/check.ts';

/** Returns the problems of an article without access to the file system, in the year 2026. */
export function problemsOf(document: ArchiveDocument): readonly Problem[] {
	if (document.kind === 'list') return [];
	const resolve = createResolver(document.source?.value);
	return checkArticle({
		article: document,
		resolve,
		localFile: () => undefined,
		notes: notesInText({ article: document, source: document.source?.value ?? 'urn:x:y', kinds: NOTE_KINDS }),
		copies: [],
		now: Date.UTC(2026, 10, 23),
	});
}

/** Returns all items of an article's outline, each after its parent. */
export function outlineItems(article: Article): readonly OutlineItem[] {
	const items: OutlineItem[] = [];
	const queue = [...buildOutline(article)].reverse();
	for (let item = queue.pop(); item; item = queue.pop()) {
		items.push(item);
		queue.push(...item.children.toReversed());
	}
	return items;
}

/** Returns everything the engine finds in a text. */
export function readAll(text: string): {
	document: ArchiveDocument;
	problems: readonly Problem[];
	outline: readonly OutlineItem[];
} {
	const document = parseDocument(text);
	if (document.kind === 'list') return { document, problems: [], outline: [] };
	document.blocks;
	document.content.toContent(text.length);
	return { document, problems: problemsOf(document), outline: outlineItems(document) };
}

/** Returns the first span of all results that is not inside the text. */
export function strayRange(text: string): unknown {
	const { document, problems, outline } = readAll(text);
	const inside = ({ start, end }: { start: number; end: number }): boolean =>
		0 <= start && start <= end && end <= text.length;
	if (document.kind === 'list') return document.entries.find(entry => !inside(entry.span));
	const { nodes, links, images, figures, headings, blocks, header } = document;
	const placed = [
		...nodes.map(({ start, end }) => ({ span: { start, end } })),
		...links,
		...images,
		...figures,
		...figures.flatMap(({ caption, credit }) => [caption, credit].filter(part => part !== undefined)),
		...headings,
		...blocks,
		...header.faults,
	];
	const edits = problems.flatMap(problem => (problem.fixes?.() ?? []).flatMap(fix => fix.edits));
	const stray = [...placed, ...problems, ...outline, ...edits].find(item => !inside(item.span));
	return stray ?? outline.find(item => item.selection.start < item.span.start || item.selection.end > item.span.end);
}
