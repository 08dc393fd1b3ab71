import { CancellationToken } from 'vscode-languageserver';
import { anchor } from '../../../server/src/annotations/anchor/anchor.ts';
import { quoteAt } from '../../../server/src/annotations/anchor/quote.ts';
import { createTextModel } from '../../../server/src/annotations/anchor/textModel.ts';
import { NOTE_KINDS } from '../../../server/src/annotations/kinds.ts';
import { indexDocument } from '../../../server/src/archive/entry.ts';
import { parseArticle, parseDocument } from '../../../server/src/article/article.ts';
import { foldingRanges } from '../../../server/src/languageFeatures/foldingRange.ts';
import { collapseDocument, formatDocument } from '../../../server/src/languageFeatures/formatting.ts';
import { linkedEditingRanges } from '../../../server/src/languageFeatures/linkedEditingRange.ts';
import { selectionRanges } from '../../../server/src/languageFeatures/selectionRange.ts';
import type { Snapshot } from '../../../server/src/languageFeatures/snapshot.ts';
import { tagClosing } from '../../../server/src/languageFeatures/tagClosing.ts';
import { NO_FILES } from '../../../server/src/platform.ts';
import { createService } from '../../../server/src/service.ts';

const service = createService({ files: NO_FILES, now: () => Date.UTC(2026, 0, 1) });
const token = CancellationToken.None;
const URI = 'file:///archive/articles/a/1.md';
const HOVER = { kind: 'markdown', scalesPictures: true, loadsPictures: true, timeZone: 'UTC' } as const;
const ACTIONS = {
	versionedEdits: true,
	preferred: true,
	createsFiles: true,
	movesFiles: true,
	opensAddresses: true,
} as const;
const INDENT = { tabSize: 4, insertSpaces: false, indent: true } as const;

/** The positions of requests, as fractions of the text. */
const PLACES = [0.02, 0.3, 0.5, 0.7, 0.98];

let version = 0;

/** Opens the text as a document without any cached results. */
function open(text: string): Snapshot {
	return service.documents.open(URI, 'article', ++version, text).snapshot;
}

/** Opens the text as a document that was already parsed and shown. */
async function shown(text: string): Promise<Snapshot> {
	const document = open(text);
	await service.documentSymbols(document);
	await service.diagnostics(document, token);
	return document;
}

/** A step of the work on a text. */
export interface Step {
	readonly name: string;
	/** Does the preparation, and returns the function to measure. */
	readonly prepare: (text: string) => Promise<() => unknown>;
}

/** All steps of editing an article and of scanning an archive. */
export const STEPS: readonly Step[] = [
	{ name: 'parse', prepare: async text => () => parseDocument(text) },
	{
		name: 'outline, problems',
		async prepare(text) {
			const document = open(text);
			return async () => {
				await service.documentSymbols(document);
				await service.diagnostics(document, token);
			};
		},
	},
	{
		name: 'hover, selection',
		async prepare(text) {
			const document = await shown(text);
			return async () => {
				for (const part of PLACES) {
					const position = document.lines.positionAt(Math.floor(text.length * part));
					await service.hover(document, position, HOVER, token);
					selectionRanges(document, [position]);
					linkedEditingRanges(document, position);
					tagClosing(document, position);
				}
			};
		},
	},
	{
		name: 'colours, folds, links',
		async prepare(text) {
			const document = await shown(text);
			return async () => {
				await service.semanticTokens(document, undefined, 1000);
				foldingRanges(document, 5000);
				await service.documentLinks(document, false, token);
				await service.codeLenses(document, { showsPlaces: true, opensReader: true }, token);
			};
		},
	},
	{
		name: 'fixes',
		async prepare(text) {
			const document = await shown(text);
			const range = { start: { line: 0, character: 0 }, end: document.lines.positionAt(text.length) };
			return () => service.codeActions(document, range, { diagnostics: [] }, ACTIONS, token);
		},
	},
	{
		name: 'reader',
		async prepare(text) {
			const document = await shown(text);
			return () => service.reader.read(document, 'bench', {}, token);
		},
	},
	{
		name: 'expand, collapse',
		async prepare(text) {
			const document = await shown(text);
			return () => {
				formatDocument(document, INDENT);
				collapseDocument(document);
			};
		},
	},
	{
		name: 'edit',
		async prepare(text) {
			await shown(text);
			const opened = service.documents.get(URI);
			const middle = text.indexOf('x', text.length / 2);
			const at = middle === -1 ? text.length >> 1 : middle;
			if (opened) service.documents.change(opened, ++version, `${text.slice(0, at)}y${text.slice(at)}`);
			const document = opened?.snapshot ?? open(text);
			return async () => {
				await service.documentSymbols(document);
				await service.diagnostics(document, token);
			};
		},
	},
	{
		name: 'anchors',
		async prepare(text) {
			const content = parseArticle(text).content.value;
			const model = createTextModel(content);
			const quotes = PLACES.flatMap(part => {
				const start = Math.floor(content.length * part);
				return [8, 60].map(length => quoteAt(model, { start, end: Math.min(content.length, start + length) }));
			}).filter(({ quote }) => quote.exact !== '');
			const half = content.length >> 1;
			const changed = `Another text. ${content.slice(0, half)} and more ${content.slice(half)}`;
			return () => {
				for (const value of [content, changed]) {
					const other = createTextModel(value);
					for (const selectors of quotes) anchor(other, selectors, { now: () => performance.now() });
				}
			};
		},
	},
	{
		name: 'index',
		async prepare(text) {
			const parsed = parseDocument(text);
			return () => indexDocument(URI, 'file:///archive', parsed, NOTE_KINDS);
		},
	},
];
