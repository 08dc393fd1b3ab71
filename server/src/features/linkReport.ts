import type { Requested, VerdictLookup } from '../links/network/requests.ts';
import type { Use, Verdict } from '../links/network/verdict.ts';
import { evidence } from '../links/network/words.ts';
import { copyOf } from '../links/wayback.ts';
import { nameOf, pathBelow } from '../util/uri.ts';
import { createMarkup } from './hover/markup.ts';
import { plural } from './linkWords.ts';

/** An article, and what is asked for of it. */
export interface ArticleLinks {
	readonly uri: string;
	readonly title: string;
	/** In milliseconds since the Unix epoch. */
	readonly published: number | undefined;
	readonly requests: readonly Requested[];
}

/** What a check of many articles came to. */
export interface LinkReport {
	/** One sentence without a full stop. */
	readonly summary: string;
	/** All that is not in order, by article, in Markdown. */
	readonly markdown: string;
}

const SECTIONS: readonly (readonly [kind: Verdict['kind'], heading: string])[] = [
	['broken', 'Broken'],
	['moved', 'Moved'],
	['unverified', 'Not verified'],
];

const { text, link } = createMarkup({ kind: 'markdown', scalesPictures: false, timeZone: 'UTC' });

/** Sums up what is known of the links and images of articles. `root` is the URI of the folder that they lie in. */
export function linkReport(root: string, articles: readonly ArticleLinks[], verdictOf: VerdictLookup): LinkReport {
	const counts: Record<Verdict['kind'] | 'unknown', number> = { ok: 0, moved: 0, broken: 0, unverified: 0, unknown: 0 };
	const addresses = new Set(articles.flatMap(({ requests }) => requests.map(({ url, use }) => `${use} ${url}`)));
	for (const address of addresses) {
		const [use = '', url = ''] = address.split(' ', 2);
		counts[verdictOf(url, use as Use)?.kind ?? 'unknown']++;
	}
	const found = [
		`${counts.broken} broken`,
		`${counts.moved} moved`,
		counts.unverified > 0 ? `${counts.unverified} not verified` : '',
		counts.unknown > 0 ? `${counts.unknown} not checked` : '',
	].filter(Boolean);
	const summary = `${plural(addresses.size, 'address', 'addresses')} in ${plural(articles.length, 'article', 'articles')}: ${found.join(', ')}`;
	const sorted = articles.toSorted((a, b) => (a.uri < b.uri ? -1 : 1));
	const sections = SECTIONS.flatMap(([kind, heading]) => {
		const parts = sorted.flatMap(article => articlePart(root, article, kind, verdictOf) ?? []);
		return parts.length > 0 ? [`## ${heading}`, ...parts] : [];
	});
	const folder = nameOf(root);
	return { summary, markdown: `${[`# Links of ${text(folder)}`, `${summary}.`, ...sections].join('\n\n')}\n` };
}

/** What is of one kind in an article; `undefined` where nothing is. */
function articlePart(
	root: string,
	{ uri, title, published, requests }: ArticleLinks,
	wanted: Verdict['kind'],
	verdictOf: VerdictLookup,
): string | undefined {
	const lines = new Set<string>();
	for (const { url, use } of requests) {
		const verdict = verdictOf(url, use);
		if (verdict?.kind !== wanted || (wanted === 'moved' && use === 'image')) continue;
		const what = `<${url}>${use === 'image' ? ' (picture)' : ''}`;
		if (verdict.kind === 'moved') {
			lines.add(`- ${what} → <${verdict.to}>`);
			continue;
		}
		const copy = copyOf(verdict, new URL(url), published, use);
		const wayback = copy === undefined ? '' : ` (${link('Wayback Machine', copy)})`;
		lines.add(`- ${what} ${text(`– ${evidence(verdict)}`)}${wayback}`);
	}
	if (lines.size === 0) return undefined;
	const path = pathBelow(root, uri) ?? uri;
	return `### ${link(title.trim() || path, uri)}\n\n${[...lines].join('\n')}`;
}
