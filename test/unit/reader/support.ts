import { notesInText } from '../../../server/src/annotations/articleNotes.ts';
import { NOTE_KINDS } from '../../../server/src/annotations/kinds.ts';
import { parseArticle } from '../../../server/src/article/article.ts';
import type { LocalFiles } from '../../../server/src/links/localFiles.ts';
import { createResolver } from '../../../server/src/links/resolve.ts';
import type { Markup, ReaderBlock, ReaderPatch, ReaderView } from '../../../server/src/protocol/reader.ts';
import { type DrawnView, drawView } from '../../../server/src/reader/view.ts';
import { HEAD } from '../languageFeatures/harness.ts';

/** Draws the view of a text. */
export function draw(text: string, localFile: LocalFiles = () => undefined): DrawnView {
	const article = parseArticle(text);
	const { notes } = notesInText({ article, source: article.source?.value ?? '', kinds: NOTE_KINDS });
	const resolve = createResolver(article.source?.value);
	return drawView(article, { resolve, localFile, archive: undefined, notes });
}

/** Returns the blocks of a body as markup. */
export function blocks(body: string): string[] {
	return draw(`${HEAD}${body}\n`).blocks.map(({ content }) => write(content.markup));
}

/** Serialises markup as HTML for comparison. */
export function write(markup: Markup): string {
	if (typeof markup === 'string') return markup;
	const [tag, attributes, children] = markup;
	const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${value}"`);
	return `<${tag}${written.join('')}>${children.map(write).join('')}${/^(?:br|hr|img|wbr)$/.test(tag) ? '' : `</${tag}>`}`;
}

/** Returns the text of markup. */
export function textOf(markup: Markup): string {
	return typeof markup === 'string' ? markup : markup[2].map(textOf).join('');
}

/** Applies a patch like the page does. */
export function applyPatch(view: ReaderView, patch: ReaderPatch): ReaderView {
	const known = new Map(view.blocks.map(block => [block.id, block]));
	const insert = patch.insert.map(entry =>
		'content' in entry ? entry : { ...(known.get(entry.id) as ReaderBlock), start: entry.start },
	);
	const tail = view.blocks
		.slice(patch.at + patch.remove)
		.map(block => ({ ...block, start: block.start + patch.shift }));
	return {
		version: patch.version,
		head: patch.head ?? view.head,
		contents: patch.contents ?? view.contents,
		folds: patch.folds ?? view.folds,
		notes: patch.notes ?? view.notes,
		blocks: [...view.blocks.slice(0, patch.at), ...insert, ...tail],
	};
}
