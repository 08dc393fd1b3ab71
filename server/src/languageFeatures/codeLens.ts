import type { CodeLens, Location } from 'vscode-languageserver';
import type { Note } from '../annotations/note.ts';
import type { Article } from '../article/article.ts';
import { expansion } from '../article/format.ts';
import { outsideFurniture } from '../article/regions/page.ts';
import { type Span, span } from '../article/span.ts';
import { FORM_COMMANDS, LENS_COMMANDS } from '../protocol/commands.ts';
import { titlePlace } from '../rules/annotation/place.ts';
import { isRecord } from '../util/value.ts';
import { counted } from '../util/words.ts';
import { toRange } from './position.ts';
import type { Snapshot } from './snapshot.ts';

/** What the lenses count, with singular and plural. */
const COUNTED = {
	links: ['link', 'links'],
	broken: ['broken', 'broken'],
	figures: ['figure', 'figures'],
	notes: ['note', 'notes'],
} as const;
type Counted = keyof typeof COUNTED;

/** Counted locations that cannot be derived from the text alone. */
export interface FoundPlaces {
	readonly notes: readonly Note[];
	/** Links and images that the last link check found broken. */
	readonly broken: readonly Span[];
}

const NOTHING_FOUND: FoundPlaces = { notes: [], broken: [] };

/** The client's capabilities for lenses. */
export interface CodeLensOptions {
	/** Whether it has the command `marginalia.showPlaces`. */
	readonly showsPlaces: boolean;
	/** Whether it has the command `marginalia.openReader`. */
	readonly opensReader: boolean;
}

/** The data of an unresolved lens. */
interface LensData {
	readonly uri: string;
	readonly counted: Counted;
}

/**
 * `textDocument/codeLens`: on the title, "Open Reader" and the numbers of links, broken links and images, figures and notes;
 * on a body that is a single line, "Expand".
 *
 * @param found the notes, and the spans of broken links and images
 */
export function codeLenses(
	document: Snapshot,
	options: CodeLensOptions,
	found: FoundPlaces = NOTHING_FOUND,
): CodeLens[] {
	const { uri, parsed } = document;
	if (parsed.kind === 'list') return [];
	const lenses: CodeLens[] = [];
	const title = parsed.header.titleLine ?? parsed.title?.span;
	if (title && options.opensReader) {
		const command = { title: 'Open Reader', command: LENS_COMMANDS.openReader, arguments: [uri] };
		lenses.push({ range: toRange(document, title), command });
	}
	if (title && options.showsPlaces) {
		for (const counted of Object.keys(COUNTED) as Counted[]) {
			if (places(parsed, counted, found).length === 0) continue;
			lenses.push({ range: toRange(document, title), data: { uri, counted } satisfies LensData });
		}
	}
	const line = onlyLine(parsed);
	if (line && expansion(parsed).length > 0) {
		const range = toRange(document, span(line.start, line.start));
		lenses.push({ range, command: { title: 'Expand', command: FORM_COMMANDS.expand, arguments: [uri] } });
	}
	return lenses;
}

/** Returns the URI of the document that a lens belongs to. */
export function documentOfLens({ data }: CodeLens): string | undefined {
	return isLensData(data) ? data.uri : undefined;
}

/** `codeLens/resolve`: adds the title with the count, and the locations. */
export function resolveCodeLens(document: Snapshot, lens: CodeLens, found: FoundPlaces = NOTHING_FOUND): CodeLens {
	const { parsed } = document;
	const { data, range } = lens;
	if (!isLensData(data) || parsed.kind === 'list') return lens;
	const { uri } = document;
	const spans = places(parsed, data.counted, found);
	const [one, more] = COUNTED[data.counted];
	const locations: Location[] = spans.map(place => ({ uri, range: toRange(document, place) }));
	return {
		range,
		command: {
			title: counted(spans.length, one, more),
			command: LENS_COMMANDS.showPlaces,
			arguments: [uri, range.start, locations],
		},
	};
}

function isLensData(data: unknown): data is LensData {
	return isRecord(data) && typeof data.uri === 'string' && typeof data.counted === 'string' && data.counted in COUNTED;
}

function places(article: Article, counted: Counted, { notes, broken }: FoundPlaces): readonly Span[] {
	switch (counted) {
		case 'figures':
			return article.figures.map(figure => figure.span);
		case 'links':
			return outsideFurniture(article, article.links).flatMap(link => (link.href ? link.span : []));
		case 'broken':
			return broken;
		case 'notes':
			// Show an orphaned note at the title, like the problem that reports it.
			return notes.map(({ anchor }) => {
				const [first, last] = [anchor.spans[0], anchor.spans.at(-1)];
				return first && last ? span(first.start, last.end) : titlePlace(article);
			});
	}
}

/** Returns the span of the body if it is a single line. */
function onlyLine({ text, body }: Article): Span | undefined {
	const { start } = body.span;
	const content = text.slice(start).trim();
	return content === '' || content.includes('\n') ? undefined : span(text.indexOf(content, start), text.length);
}
