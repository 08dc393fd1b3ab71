import { phrase, sentence } from './prose.ts';
import { createRandom, type Random } from './random.ts';
import { address, blocks, SITES, type Site } from './sites.ts';

/** A file of a generated archive. */
export interface GeneratedFile {
	/** The path relative to the archive's root. */
	readonly path: string;
	readonly text: string;
}

/** The shape of a generated archive. Sizes are file sizes in bytes. */
export interface ArchiveShape {
	readonly seed: number;
	readonly articles: number;
	/** The median size, and the size that one article in a hundred exceeds. */
	readonly median: number;
	readonly percentile99: number;
	/** The size of one additional article, which is on a single line. */
	readonly largest: number;
}

/** A realistic archive: see FORMAT.md, "What bodies look like". */
export const REALISTIC: ArchiveShape = {
	seed: 20211216,
	articles: 260,
	median: 20_000,
	percentile99: 135_000,
	largest: 500_000,
};

/** Generates an archive of articles and lists, deterministically for a shape. */
export function generateArchive(shape: ArchiveShape): GeneratedFile[] {
	const random = createRandom(shape.seed);
	const files: GeneratedFile[] = [];
	const entries = new Map<Site, string[]>();
	for (const [index, size] of sizesOf(shape, random).entries()) {
		const site = SITES[index % SITES.length] ?? SITES[0];
		const [name, title] = [`articles/${site.name}/${1_040_000 + index}.md`, titleOf(random, site)];
		files.push({ path: name, text: article(random, site, title, size) });
		entries.set(site, [...(entries.get(site) ?? []), `12-${1 + (index % 30)} [${title}](/${name})`]);
	}
	const [site] = SITES;
	files.push({
		path: `articles/${site.name}/1050000.md`,
		text: article(random, site, titleOf(random, site), shape.largest),
	});
	for (const [{ name }, lines] of entries) {
		files.push({ path: `lists/${name}.md`, text: `${name}\n------\n\n${lines.join('\n\n')}\n` });
	}
	return files;
}

/** Generates an article of about the given size, on one line. */
export function generateArticle(seed: number, size: number): string {
	const [site] = SITES;
	const random = createRandom(seed);
	return article(random, site, titleOf(random, site), size);
}

/** Generates log-normally distributed sizes, unordered. */
function sizesOf({ articles, median, percentile99 }: ArchiveShape, random: Random): number[] {
	const spread = Math.log(percentile99 / median) / quantile(0.99);
	const sizes = Array.from({ length: articles }, (_, index) =>
		Math.round(median * Math.exp(spread * quantile((index + 0.5) / articles))),
	);
	for (let index = sizes.length - 1; index > 0; index--) {
		const other = random.below(index + 1);
		[sizes[index], sizes[other]] = [sizes[other] ?? 0, sizes[index] ?? 0];
	}
	return sizes;
}

/** Approximates the quantile function of the normal distribution (Tukey's lambda, within one percent). */
function quantile(share: number): number {
	return (share ** 0.135 - (1 - share) ** 0.135) / 0.1975;
}

function titleOf(random: Random, site: Site): string {
	const title = phrase(random, site.language);
	return random.percent(2) ? `[${title}] (1)` : title;
}

function article(random: Random, site: Site, title: string, size: number): string {
	const parts: string[] = [];
	const head = header(random, site, title);
	const footer = `<footer><p>${sentence(random, site.language)}</p><p><a href="${address(random, site, '')}">${phrase(random, site.language)}</a></p></footer>`;
	let left = size - Buffer.byteLength(head) - Buffer.byteLength(footer);
	for (const block of blocks(random, site)) {
		left -= Buffer.byteLength(block);
		if (left < 0 && parts.length > 2) break;
		parts.push(block);
	}
	return `${head}${[...parts, footer].join(site.lines ? '\n' : '')}\n`;
}

function header(random: Random, site: Site, title: string): string {
	const time = random.percent(3) ? 'NaN' : 1_609_459_200_000 + random.below(31_536_000) * 1000;
	const lines = `[${title}](${address(random, site, '')})\n------\n\n`;
	switch (site.header) {
		case 'standard':
			return `<!--${time}-->\n${lines}`;
		case 'dated':
			return `${lines}日期：Sun, 28 Jun 2020 12:53:23 +0000\n\n`;
		case 'front-matter':
			return `---\ntitle: ${JSON.stringify(title)}\ndate: 2021-12-16\ntags: [harbour, mill]\n---\n<!--${time}-->\n${lines}`;
	}
}
