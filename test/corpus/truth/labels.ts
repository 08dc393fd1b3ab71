import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { overlaps, type Span } from '../../../server/src/article/span.ts';
import type { CorpusFile } from '../corpus.ts';

/** Where the labels of real articles are: `SOURCE/DIGEST.json`. */
const LABELS = resolve(import.meta.dirname, '../labels');

/** What a part of the page around an article is. */
export const FURNITURE_KINDS = [
	'byline',
	'comments',
	'hidden',
	'navigation',
	'promotion',
	'related',
	'share',
	'styles',
	'subscription',
	'title',
	'trailer',
] as const;

export interface LabelledFurniture extends Span {
	readonly kind: (typeof FURNITURE_KINDS)[number];
}

/** A picture of the article, or an embedded figure. Texts may be in several spans, with hidden words between them. */
export interface LabelledFigure {
	readonly image: Span;
	readonly caption?: readonly Span[];
	/** Who made or owns the picture, without words such as *Photo:*. */
	readonly credit?: readonly Span[];
	/** The host of the picture, behind any proxy. */
	readonly host: string;
}

/**
 * What a person says about an article. Spans are UTF-16 offsets into its whole text, in text order. None of the
 * article's words are here, not even its file name.
 */
export interface Label {
	/** The SHA-256 digest of the file in UTF-8, in hexadecimal. */
	readonly sha256: string;
	/** The parts of the page around the article, which do not overlap. */
	readonly furniture: readonly LabelledFurniture[];
	/** Parts that people would judge differently. They do not count. */
	readonly either: readonly Span[];
	/** The text of each heading of the article. */
	readonly headings: readonly Span[];
	readonly figures: readonly LabelledFigure[];
	/** The name of each author; `null` if the body names none. */
	readonly byline: readonly Span[] | null;
	/** The day that the body gives for the article, as `YYYY-MM-DD`; `null` if it gives none. */
	readonly day: string | null;
}

/** Returns the digest of a text that identifies it in labels. */
export function digestOf(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}

/** Returns where the label of an article of the corpus is, `articles/SOURCE/…`. */
export function labelPath({ path, text }: CorpusFile, folder = LABELS): string {
	return join(folder, path.split(/[\\/]/)[1] ?? '', `${digestOf(text).slice(0, 12)}.json`);
}

/** Labels with their articles, and the paths of labels without one. */
export interface LabelledFiles {
	readonly found: readonly { readonly file: CorpusFile; readonly label: Label }[];
	/** Labels whose article is not in the corpus, or was changed. */
	readonly skipped: readonly string[];
}

/** Reads all labels below a folder. Throws if one is wrong. */
export function readLabels(files: readonly CorpusFile[], folder = LABELS): LabelledFiles {
	const byDigest = new Map(files.map(file => [digestOf(file.text), file]));
	const found: { file: CorpusFile; label: Label }[] = [];
	const skipped: string[] = [];
	for (const path of globSync('*/*.json', { cwd: folder }).sort()) {
		const label = JSON.parse(readFileSync(join(folder, path), 'utf8')) as Label;
		const file = byDigest.get(label.sha256);
		const faults = file ? faultsOf(label, file.text) : [];
		if (faults.length > 0) throw new Error(`${path}: ${faults.join('; ')}`);
		if (file) found.push({ file, label });
		else skipped.push(path);
	}
	return { found, skipped };
}

/** Returns what is wrong with a label of a text. */
export function faultsOf(label: Label, text: string): readonly string[] {
	const { furniture, either, headings, figures, byline, day } = label;
	const faults: string[] = [];
	const check = (name: string, spans: readonly Span[]): void => {
		for (const [index, { start, end }] of spans.entries()) {
			const before = spans[index - 1];
			if (!(Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start < end && end <= text.length))
				faults.push(`${name}: ${start}–${end} is empty or outside the text`);
			else if (before && before.start > start) faults.push(`${name}: ${start}–${end} is not in text order`);
			else if (before && before.end > start) faults.push(`${name}: ${start}–${end} overlaps another`);
		}
	};
	check('furniture', furniture);
	check('either', either);
	check('headings', headings);
	check('byline', byline ?? []);
	check(
		'figures',
		figures.map(({ image }) => image),
	);
	for (const { caption, credit } of figures) {
		check('caption', caption ?? []);
		check('credit', credit ?? []);
	}
	for (const { kind } of furniture)
		if (!FURNITURE_KINDS.includes(kind)) faults.push(`furniture: "${kind}" is not a kind of furniture`);
	for (const one of either)
		if (furniture.some(part => overlaps(part, one))) faults.push(`either: ${one.start}–${one.end} overlaps furniture`);
	if (byline?.length === 0) faults.push('byline: is an empty list; if the body names no author, it is null');
	if (day !== null && !/^\d{4}-\d\d-\d\d$/.test(day)) faults.push(`day: "${day}" is not written as YYYY-MM-DD`);
	for (const { host } of figures)
		if (!/^(?:[a-z\d_-]+\.)+[a-z\d-]+$|^data:$|^$/.test(host)) faults.push(`host: "${host}" is not a host name`);
	return faults;
}
