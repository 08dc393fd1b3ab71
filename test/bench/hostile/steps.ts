import { CancellationToken } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { anchor } from '../../../server/src/annotations/anchor/anchor.ts';
import { quoteAt } from '../../../server/src/annotations/anchor/quote.ts';
import { createTextModel } from '../../../server/src/annotations/anchor/textModel.ts';
import { NOTE_KINDS } from '../../../server/src/annotations/kinds.ts';
import { indexDocument } from '../../../server/src/archive/entry.ts';
import { parseArticle, parseDocument } from '../../../server/src/article/article.ts';
import { NO_FILES } from '../../../server/src/platform.ts';
import { createService } from '../../../server/src/service.ts';
import type { Work } from '../repeat.ts';

const service = createService({ files: NO_FILES, now: () => Date.UTC(2026, 0, 1) });
const token = CancellationToken.None;
const URI = 'file:///archive/articles/a/1.md';
const HOVER = { kind: 'markdown', scalesPictures: true, timeZone: 'UTC' } as const;
const ACTIONS = { versionedEdits: true, preferred: true, createsFiles: true, opensAddresses: true } as const;
const INDENT = { tabSize: 4, insertSpaces: false, indent: true } as const;
const COMPLETION = { snippets: true, insertReplace: true, detailsLazily: false, documentationLazily: false } as const;

/** Where in a text an editor asks: as parts of it. */
const PLACES = [0.02, 0.3, 0.5, 0.7, 0.98];

let version = 0;
/** The text as a document that nothing is known of. */
function open(text: string): TextDocument {
	service.close(URI);
	return TextDocument.create(URI, 'article', ++version, text);
}

function wholeOf(document: TextDocument): {
	start: { line: number; character: number };
	end: { line: number; character: number };
} {
	return { start: { line: 0, character: 0 }, end: document.positionAt(document.getText().length) };
}

/** A step of what is done with a text. */
export interface Step {
	readonly name: string;
	/** What is to be measured of it. */
	readonly work: (text: string) => Work<never>;
}

/** A step that begins with a document of which nothing is known. */
function fresh(name: string, run: (document: TextDocument) => unknown): Step {
	return { name, work: text => ({ prepare: () => open(text), run }) as Work<never> };
}

/** A step that begins with a document that was read. */
function known(name: string, run: (document: TextDocument) => unknown): Step {
	const prepare = async (text: string): Promise<TextDocument> => {
		const document = open(text);
		await service.documentSymbols(document);
		return document;
	};
	return {
		name,
		work: text =>
			({
				prepare: () => prepare(text),
				run: async (made: Promise<TextDocument>) => run(await made),
			}) as unknown as Work<never>,
	};
}

/** All that is done with an open article. */
export const STEPS: readonly Step[] = [
	{ name: 'parse', work: text => ({ prepare: () => undefined, run: () => parseDocument(text) }) as Work<never> },
	fresh('outline', async document => service.documentSymbols(document)),
	fresh('problems', async document => service.diagnostics(document, token)),
	known('places', async document => {
		for (const part of PLACES) {
			const position = document.positionAt(Math.floor(document.getText().length * part));
			await service.hover(document, position, HOVER, token);
			service.selectionRanges(document, [position]);
			service.writing.linkedEditingRanges(document, position);
			service.writing.tagClosing(document, position);
			await service.writing.completion(document, position, COMPLETION as never);
		}
	}),
	known('ranges', async document => {
		service.foldingRanges(document, 5000);
		await service.semanticTokens(document, undefined, 1000);
		await service.documentLinks(document, false, token);
		await service.forms.codeLenses(document, { showsPlaces: true, opensReader: true }, token);
	}),
	known('fixes', async document => {
		const range = wholeOf(document);
		await service.codeActions(document, range, { diagnostics: [] }, ACTIONS as never, token);
		await service.fixAll(URI, document.getText(), token);
	}),
	known('reader', async document => {
		await service.reader.read(document, 'bench', undefined, token);
	}),
	known('forms', document => {
		service.forms.expand(document, INDENT);
		service.forms.collapse(document);
	}),
	{
		name: 'edit',
		work: text => {
			const middle = text.indexOf('x', text.length / 2);
			const at = middle === -1 ? text.length >> 1 : middle;
			const prepare = async (): Promise<TextDocument> => {
				const document = open(text);
				await service.diagnostics(document, token);
				await service.documentSymbols(document);
				return document;
			};
			const run = async (made: Promise<TextDocument>): Promise<void> => {
				const before = await made;
				const position = before.positionAt(at);
				const document = TextDocument.update(
					before,
					[{ range: { start: position, end: position }, text: 'y' }],
					++version,
				);
				await service.diagnostics(document, token);
				await service.documentSymbols(document);
			};
			return { prepare, run } as unknown as Work<never>;
		},
	},
	{
		name: 'anchors',
		work: text => {
			const content = parseArticle(text).content.value;
			const model = createTextModel(content);
			const quotes = PLACES.flatMap(part => {
				const start = Math.floor(content.length * part);
				return [8, 60].map(length => quoteAt(model, { start, end: Math.min(content.length, start + length) }));
			}).filter(({ quote }) => quote.exact !== '');
			const changed = `Another text. ${content.slice(0, content.length / 2)} and more ${content.slice(content.length / 2)}`;
			const run = (): void => {
				for (const value of [content, changed]) {
					const other = createTextModel(value);
					for (const selectors of quotes) anchor(other, selectors, { now: () => performance.now() });
				}
			};
			return { prepare: () => undefined, run } as Work<never>;
		},
	},
	{
		name: 'index',
		work: text =>
			({
				prepare: () => parseDocument(text),
				run: parsed => indexDocument(URI, 'file:///archive', parsed, NOTE_KINDS),
			}) as Work<never>,
	},
];
