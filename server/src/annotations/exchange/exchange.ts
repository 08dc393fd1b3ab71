import type { ExportFormat, ImportFormat } from '../../protocol/annotations.ts';
import type { ArticleNotes } from '../articleNotes.ts';
import { annotationsOf } from '../inlineThreads.ts';
import type { Json } from '../json.ts';
import type { Kinds } from '../kinds.ts';
import type { Annotation } from '../model.ts';
import type { Note } from '../note.ts';
import { limitOf } from '../sidecar.ts';
import type { SidecarTarget } from '../sidecarWriter.ts';
import type { ExportedArticle } from './documents.ts';
import { writeHtml } from './html.ts';
import { isHypothesis, readHypothesis, writeHypothesis } from './hypothesis.ts';
import type { ImportFile } from './imported.ts';
import { readJsonLd, writeJsonLd } from './jsonLd.ts';
import { writeMarkdownExport } from './markdown.ts';

/**
 * Reads notes from another program.
 *
 * @param format detected from the content if not given
 */
export function readNotes(text: string, format: ImportFormat | undefined, kinds: Kinds): ImportFile {
	const limit = limitOf(text);
	if (limit !== undefined) return { annotations: [], faults: [limit] };
	const json = parseJson(text);
	if (format === 'hypothesis' || (format === undefined && json !== undefined && isHypothesis(json))) {
		if (json === undefined) return { annotations: [], faults: ['This is not valid JSON'] };
		return readHypothesis(json, kinds);
	}
	return readJsonLd(text);
}

function parseJson(text: string): Json | undefined {
	try {
		return JSON.parse(text.replace(/^\ufeff/, ''));
	} catch (error) {
		if (error instanceof SyntaxError) return undefined;
		throw error;
	}
}

/** Returns an article with its notes, for export. */
export function exportedArticle({ source, title }: SidecarTarget, found: ArticleNotes): ExportedArticle {
	const { inline, notes } = found;
	const shown = notes.filter(note => !isBareSuggestion(note));
	return { article: inline.article, source, title, notes: shown, annotations: annotationsIn(found) };
}

/** Whether a note is a suggested edit without a comment, tags or replies. It is part of the text, so lists of notes leave it out. */
export function isBareSuggestion({
	suggestion,
	text,
	tags,
	replies,
}: Pick<Note, 'suggestion' | 'text' | 'tags' | 'replies'>): boolean {
	return suggestion !== undefined && text === '' && tags.length + replies.length === 0;
}

/** Returns all annotations of an article: those in its text, and those in the sidecar that are not also in the text. */
export function annotationsIn({ inline, threads, sidecar }: ArticleNotes): readonly Annotation[] {
	const inText = [...threads.values()]
		.filter(({ comments, element }) => comments.length > 0 || inline.article.nodes[element ?? -1]?.nodeName === 'mark')
		.flatMap(thread => annotationsOf(thread, inline));
	const known = new Set(inText.map(({ id }) => id));
	const beside = (sidecar?.annotations ?? []).map(({ annotation }) => annotation).filter(({ id }) => !known.has(id));
	return [...inText, ...beside];
}

/**
 * Writes notes in an export format.
 *
 * @param name the title of the collection, for formats that have one
 */
export function writeNotes(articles: readonly ExportedArticle[], format: ExportFormat, name: string): string {
	switch (format) {
		case 'jsonld':
			return writeJsonLd(
				articles.flatMap(({ annotations }) => annotations),
				name,
			);
		case 'hypothesis':
			return writeHypothesis(
				articles.flatMap(({ annotations, source, title }) =>
					annotations.map(annotation => ({ annotation, source, title })),
				),
			);
		case 'markdown':
			return writeMarkdownExport(articles);
		case 'html':
			return writeHtml(articles);
	}
}
