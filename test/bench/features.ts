import { CancellationToken } from 'vscode-languageserver';
import { foldingRanges } from '../../server/src/languageFeatures/foldingRange.ts';
import { selectionRanges } from '../../server/src/languageFeatures/selectionRange.ts';
import type { Snapshot } from '../../server/src/languageFeatures/snapshot.ts';
import { NO_FILES } from '../../server/src/platform.ts';
import { createService } from '../../server/src/service.ts';
import type { BenchFile } from './contenders/contender.ts';
import { contender as parse5 } from './contenders/parse5.ts';
import { generateArticle } from './generate.ts';
import { repeat } from './repeat.ts';
import { formatMs, formatTable } from './table.ts';

/** The size of the article in bytes. */
const SIZE = 680_000;

const service = createService({
	files: NO_FILES,
	now: () => Date.UTC(2026, 0, 1),
});
const token = CancellationToken.None;
const text = generateArticle(680, SIZE);

/** Returns the offset after an occurrence of `piece` in the middle of the article. */
const placeOf = (piece: string): number => text.indexOf(piece, text.length / 2) + piece.length;
const HOVER = { kind: 'markdown', scalesPictures: true, loadsPictures: true, timeZone: 'UTC' } as const;

/** One editor request per feature. */
const FEATURES: readonly (readonly [name: string, run: (document: Snapshot) => unknown])[] = [
	['outline', document => service.documentSymbols(document)],
	['diagnostics', document => service.diagnostics(document, token)],
	['semantic tokens', document => service.semanticTokens(document, undefined, 20_000)],
	['links', document => service.documentLinks(document, false, token)],
	['folding', document => foldingRanges(document, 5000)],
	['selection', document => selectionRanges(document, [document.lines.positionAt(placeOf('<p>'))])],
	['hover, text', document => service.hover(document, document.lines.positionAt(placeOf('<p>')), HOVER, token)],
	['hover, link', document => service.hover(document, document.lines.positionAt(placeOf('<a href="h')), HOVER, token)],
	['hover, image', document => service.hover(document, document.lines.positionAt(placeOf('<img ')), HOVER, token)],
];

/** How many requests are measured together, since a single one can be shorter than the clock's resolution. */
const BATCH = 20;

/**
 * Measures the cost of each feature in one large article: as the first request, which parses the article, and when
 * repeated.
 *
 * @param milliseconds how long to measure each feature
 * @returns a formatted table
 */
async function measureFeatures(milliseconds: number): Promise<string> {
	let version = 0;
	const open = (): Snapshot => service.documents.open('file:///bench.md', 'article', ++version, text).snapshot;
	const timeOf = async <P>(prepare: () => P, run: (prepared: P) => unknown): Promise<number> => {
		await repeat(milliseconds, { prepare, run });
		const times = await repeat(milliseconds, { prepare, run });
		return times.reduce((sum, time) => sum + time, 0) / times.length;
	};
	const file: BenchFile = { uri: 'file:///bench.md', text, body: text.indexOf('<address>') };
	const yardstick = await timeOf(() => file, parse5.check);
	const rows = [
		['', 'first, ms', '× parse5', 'again, ms', '× parse5'],
		['parse5, with locations', formatMs(yardstick), '1.00', '', ''],
	];
	for (const [name, run] of FEATURES) {
		const first = await timeOf(open, run);
		const document = open();
		await run(document);
		const batch = await timeOf(
			() => document,
			async () => {
				for (let index = 0; index < BATCH; index++) await run(document);
			},
		);
		const cells = [first, batch / BATCH].flatMap(time => [formatMs(time), (time / yardstick).toFixed(3)]);
		rows.push([name, ...cells]);
	}
	return `CPU time of each feature in an article of ${SIZE / 1000} kB\n${formatTable(rows)}`;
}

console.log(await measureFeatures(Number(process.argv[2] ?? 1000)));
