import type { AnnotationEdit } from '../../annotations/edit.ts';
import type { ExportedArticle } from '../../annotations/exchange/documents.ts';
import { annotationsIn, exportedArticle, readNotes, writeNotes } from '../../annotations/exchange/exchange.ts';
import { assignArticles, planImport } from '../../annotations/exchange/plan.ts';
import type { Kinds } from '../../annotations/kinds.ts';
import { obstacleOf } from '../../annotations/sidecar.ts';
import type { Exported, ExportFormat, ImportFormat, ImportSummary } from '../../protocol/annotations.ts';
import type { Annotated, CommandContext } from './context.ts';
import { Refusal } from './outcome.ts';

/** The parameters of an import. */
export interface ImportRequest {
	readonly text: string;
	readonly format: ImportFormat | undefined;
	/** Whether to write nothing. */
	readonly dryRun: boolean;
	/** The URI of the article that was taken from a page. */
	readonly articleOf: (source: string) => string | undefined;
	/** The available kinds of note, for annotations that do not name their kind. */
	readonly kinds: Kinds;
}

/** Imports notes into the sidecars of the articles that they are about. Existing notes are not changed. */
export async function importIntoArticles(
	context: Pick<CommandContext, 'load' | 'changes'>,
	{ text, format, dryRun, articleOf, kinds }: ImportRequest,
): Promise<ImportSummary> {
	const { annotations, faults } = readNotes(text, format, kinds);
	const { byArticle, missing } = assignArticles(annotations, articleOf);
	const articles: ImportSummary['articles'][number][] = [];
	for (const [uri, imported] of byArticle) {
		try {
			const annotated = await context.load(uri);
			const { added, same, kept } = planImport(imported, annotationsIn(annotated));
			const done = { uri, added: added.length, same, kept: kept.map(({ id }) => id) };
			const edits = added.map((after): AnnotationEdit => ({ before: undefined, after }));
			if (edits.length > 0 && !dryRun) await context.changes.make(uri, annotated.subject, edits, 'Import Notes');
			articles.push(done);
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			articles.push({ uri, added: 0, same: 0, kept: [], refused: error.message });
		}
	}
	return { articles, missing: [...missing].map(([source, count]) => ({ source, count })), faults };
}

/** Exports the notes of articles, in their order. Articles without notes are omitted. */
export async function exportFromArticles(
	load: (uri: string) => Promise<Annotated>,
	uris: readonly string[],
	format: ExportFormat,
	name: string,
): Promise<Exported> {
	const articles: ExportedArticle[] = [];
	const faults: Exported['faults'][number][] = [];
	for (const uri of uris) {
		const annotated = await load(uri);
		const obstacle = annotated.sidecar && obstacleOf(annotated.sidecar);
		if (obstacle) faults.push({ uri, message: obstacle.message });
		const exported = exportedArticle(annotated.subject, annotated);
		if (exported.notes.length > 0) articles.push(exported);
	}
	const notes = articles.reduce((sum, one) => sum + one.notes.length, 0);
	return { text: writeNotes(articles, format, name), articles: articles.length, notes, faults };
}
