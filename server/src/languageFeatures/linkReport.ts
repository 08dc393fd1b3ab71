import type { ListItem, RootContent } from 'mdast';
import type { Requested, VerdictLookup } from '../links/network/requests.ts';
import type { LinkUse, Verdict } from '../links/network/verdict.ts';
import { evidence } from '../links/network/words.ts';
import { copyOf } from '../links/wayback.ts';
import { heading, lines, link, phrase, text } from '../markdown/tree.ts';
import { writeMarkdown } from '../markdown/write.ts';
import { byText } from '../util/order.ts';
import { displayName, pathBelow } from '../util/uri.ts';
import { counted } from '../util/words.ts';

/** An article, and the requests that check its links and images. */
export interface ArticleLinks {
	readonly uri: string;
	readonly title: string;
	/** In milliseconds since the Unix epoch. */
	readonly published: number | undefined;
	readonly requests: readonly Requested[];
}

/** The result of checking many articles. */
export interface LinkReport {
	/** One sentence without a full stop. */
	readonly summary: string;
	/** All broken, moved and unverified links and images by article, in Markdown. */
	readonly markdown: string;
}

const SECTIONS: readonly (readonly [kind: Verdict['kind'], heading: string])[] = [
	['broken', 'Broken'],
	['moved', 'Moved'],
	['unverified', 'Unverified'],
];

/** Summarises the verdicts of the links and images of articles. `root` is the URI of the folder that contains them. */
export function linkReport(root: string, articles: readonly ArticleLinks[], verdictOf: VerdictLookup): LinkReport {
	const counts: Record<Verdict['kind'] | 'unknown', number> = { ok: 0, moved: 0, broken: 0, unverified: 0, unknown: 0 };
	const addresses = new Set(articles.flatMap(({ requests }) => requests.map(({ url, use }) => `${use} ${url}`)));
	for (const address of addresses) {
		const [use = '', url = ''] = address.split(' ', 2);
		counts[verdictOf(url, use as LinkUse)?.kind ?? 'unknown']++;
	}
	const found = [
		`${counts.broken} broken`,
		`${counts.moved} moved`,
		counts.unverified > 0 ? `${counts.unverified} unverified` : '',
		counts.unknown > 0 ? `${counts.unknown} not checked` : '',
	].filter(Boolean);
	const summary = `${counted(addresses.size, 'URL', 'URLs')} in ${counted(articles.length, 'article', 'articles')}: ${found.join(', ')}`;
	const sorted = articles.toSorted(byText(({ uri }) => uri));
	const sections = SECTIONS.flatMap(([kind, title]) => {
		const parts = sorted.flatMap(article => articlePart(root, article, kind, verdictOf));
		return parts.length > 0 ? [heading(2, title), ...parts] : [];
	});
	const blocks = [heading(1, `Links in ${displayName(root)}`), ...lines(`${summary}.`), ...sections];
	return { summary, markdown: `${writeMarkdown(blocks)}\n` };
}

/** Lists the links and images of an article with one kind of verdict; empty if there are none. */
function articlePart(
	root: string,
	{ uri, title, published, requests }: ArticleLinks,
	wanted: Verdict['kind'],
	verdictOf: VerdictLookup,
): readonly RootContent[] {
	const items = new Map<string, ListItem>();
	for (const { url, use } of requests) {
		const verdict = verdictOf(url, use);
		if (verdict?.kind !== wanted || (wanted === 'moved' && use === 'image')) continue;
		const what = phrase(link(url, url), use === 'image' && '(image)');
		const copy = verdict.kind === 'moved' ? undefined : copyOf(verdict, new URL(url), published, use);
		const found =
			verdict.kind === 'moved'
				? phrase('→', link(verdict.to, verdict.to))
				: phrase(`– ${evidence(verdict)}`, copy !== undefined && [text('('), link('Wayback Machine', copy), text(')')]);
		items.set(`${use} ${url}`, { type: 'listItem', spread: false, children: lines(phrase(what, found)) });
	}
	if (items.size === 0) return [];
	const path = pathBelow(root, uri) ?? uri;
	return [
		heading(3, link(title.trim() || path, uri)),
		{ type: 'list', ordered: false, spread: false, children: [...items.values()] },
	];
}
