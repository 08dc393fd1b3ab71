import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { runCommand, UsageError } from '../../../scripts/host/command.ts';
import { ROOT } from '../../../scripts/host/paths.ts';
import { parseArticle } from '../../../server/src/article/article.ts';
import { formatTable } from '../../bench/table.ts';
import { type CorpusFile, corpusFiles } from '../corpus.ts';
import { FLOORS, reaches } from './floors.ts';
import { labelPath, readLabels } from './labels.ts';
import { type Comparison, compare, MEASURES, type Share, total } from './measure.ts';
import { showBody } from './view.ts';
import { labelFrom, type Spec } from './write.ts';

const USAGE = `Usage: npm run truth -- [--files NUMBER] [FILE]...
       npm run truth -- --show FILE
       npm run truth -- --write FILE SPEC

Compares what Marginalia finds in the articles of ../shared/corpus with what people say about them, in test/corpus/labels.
Prints the share of each that is right, and the articles with most faults first.

  FILE            part of the path of an article in the corpus; only these are compared
  --files NUMBER  how many articles are printed (default 20)
  --show FILE     print the body of an article, with the numbers of its nodes, and its labels if there are any
  --write FILE SPEC
                  write the label of an article from a JSON file with the numbers of nodes, as described in write.ts
  --help          show this`;

const percent = ({ right, all }: Share): string => (all === 0 ? '–' : `${((right / all) * 100).toFixed(2)} %`);

function articleFile(part: string | undefined): CorpusFile {
	const found = corpusFiles().filter(
		({ path }) => part !== undefined && path.startsWith('articles') && path.includes(part),
	);
	const [file] = found;
	if (!file || found.length > 1)
		throw new UsageError(`${found.length} articles of the corpus have “${part}” in their path`);
	return file;
}

function show(file: CorpusFile): void {
	const [known] = readLabels([file]).found;
	console.log(`${file.path}\n`);
	console.log(showBody(parseArticle(file.text), known?.label));
}

function write(file: CorpusFile, spec: string): void {
	const label = labelFrom(parseArticle(file.text), JSON.parse(readFileSync(spec, 'utf8')) as Spec);
	const path = labelPath(file);
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(path, `${JSON.stringify(label, undefined, '\t')}\n`);
	const words = ({ start, end }: { start: number; end: number }): string => {
		const line = file.text
			.slice(start, end)
			.replace(/<[^>]*>/g, ' ')
			.replace(/\s+/g, ' ')
			.trim();
		return line.length > 130 ? `${line.slice(0, 80)} […] ${line.slice(-45)}` : line;
	};
	console.log(relative(ROOT, path));
	for (const part of label.furniture) console.log(`${part.kind}: ${words(part)}`);
	for (const part of label.either) console.log(`either: ${words(part)}`);
	for (const part of label.headings) console.log(`heading: ${words(part)}`);
	for (const { host, caption = [], credit = [] } of label.figures)
		console.log(
			`figure: ${host} · caption: ${caption.map(words).join(' + ')} · credit: ${credit.map(words).join(' + ')}`,
		);
	console.log(`byline: ${label.byline?.map(words).join(', ') ?? 'none'} · day: ${label.day ?? 'none'}`);
}

/** Returns the mean of the furniture recalls of articles, so that one with many comments counts no more than others. */
function meanRecall(comparisons: readonly Comparison[]): Share {
	const shares = comparisons.map(({ shares }) => shares['furniture recall']).filter(({ all }) => all > 0);
	return { right: shares.reduce((sum, { right, all }) => sum + right / all, 0), all: shares.length };
}

function report(parts: readonly string[], most: number): void {
	const { found, skipped } = readLabels(corpusFiles());
	const chosen = found.filter(({ file }) => parts.length === 0 || parts.some(part => file.path.includes(part)));
	const compared = chosen.map(({ file, label }) => ({ file, comparison: compare(parseArticle(file.text), label) }));
	const weightOf = ({ shares, faults }: Comparison): number => {
		const { right, all } = shares['article folded'];
		return faults.length + (all === 0 ? 0 : (right / all) * 1000);
	};
	compared.sort((one, other) => weightOf(other.comparison) - weightOf(one.comparison));
	for (const { file, comparison } of compared.slice(0, most)) {
		if (comparison.faults.length === 0) continue;
		const { shares } = comparison;
		console.log(
			`${file.path}: furniture ${percent(shares['furniture recall'])}, folded ${percent(shares['article folded'])}`,
		);
		for (const fault of comparison.faults) console.log(`    ${fault}`);
	}
	const all = total(compared.map(({ comparison }) => comparison));
	const rows = MEASURES.map(measure => {
		const share = all[measure];
		const { floor, goal } = FLOORS[measure];
		const isReached = reaches(measure, share, goal);
		return [
			measure,
			percent(share),
			`${share.right} of ${share.all}`,
			String(floor),
			String(goal),
			isReached ? 'yes' : 'NO',
		];
	});
	console.log(`\n${formatTable([['', 'share', 'count', 'floor', 'goal', 'reached'], ...rows])}`);
	console.log(`furniture recall as the mean of articles: ${percent(meanRecall(compared.map(one => one.comparison)))}`);
	console.log(
		`${compared.length} labelled articles, ${compared.filter(({ comparison }) => comparison.faults.length === 0).length} without a fault`,
	);
	if (skipped.length > 0)
		console.log(
			`Skipped, since the article is not in ../shared/corpus or was changed:\n${skipped.map(path => `    ${path}`).join('\n')}`,
		);
}

await runCommand(USAGE, async () => {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: {
			show: { type: 'boolean' },
			write: { type: 'boolean' },
			files: { type: 'string', default: '20' },
			help: { type: 'boolean' },
		},
	});
	const [file, spec] = positionals;
	if (values.help) console.log(USAGE);
	else if (values.show) show(articleFile(file));
	else if (!values.write) report(positionals, Number(values.files));
	else if (spec === undefined) throw new UsageError('--write needs an article and a spec');
	else write(articleFile(file), spec);
	return undefined;
});
