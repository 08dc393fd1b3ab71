import type { Table, TableRow } from 'mdast';
import type { LinkUse } from '../links/network/verdict.ts';
import { describeAge } from '../links/network/words.ts';
import { lines, text } from '../markdown/tree.ts';
import { writeMarkdown } from '../markdown/write.ts';
import type { Counts, LinkStatus, StatusWords } from '../protocol/links.ts';
import { counted } from '../util/words.ts';

const NAMES: Readonly<Record<LinkUse, readonly [one: string, more: string]>> = {
	link: ['link URL', 'link URLs'],
	image: ['image URL', 'image URLs'],
};

/**
 * Formats the link status for the status bar. It counts what is checked, URLs on the web, while the code lens on the title counts links.
 *
 * @param now in milliseconds since the Unix epoch
 */
export function statusWords(status: LinkStatus, now: number): StatusWords {
	const { link, image, checking, offline } = status;
	const broken = link.broken + image.broken;
	const parts = [
		counted(total(link) + total(image), 'URL'),
		broken > 0 ? `${broken} broken` : '',
		offline ? 'no network' : '',
	];
	return {
		text: checking ? `${checking.done}/${checking.total} checked` : parts.filter(Boolean).join(', '),
		tooltip: tooltipOf(status, now),
	};
}

function tooltipOf({ link, image, oldest, refusal }: LinkStatus, now: number): string {
	const rows = [
		['OK', link.ok, image.ok],
		['Moved', link.moved, image.moved],
		['Broken', link.broken, image.broken],
		['Unverified', link.unverified, image.unverified],
		['Not checked', link.unknown, image.unknown],
	] as const;
	const known = rows
		.filter(([, links, pictures]) => links + pictures > 0)
		.map(([name, links, pictures]) => [name, `${links}`, `${pictures}`]);
	const age = oldest === undefined ? 'Not checked yet' : `Oldest result: ${describeAge(oldest, now)}`;
	const counts: Table = {
		type: 'table',
		align: [null, 'right', 'right'],
		children: [['', 'Links', 'Images'], ...known].map(row),
	};
	return writeMarkdown([counts, ...lines(`${refusal ?? age}. Each URL on the web is counted once.`)]);
}

function row(cells: readonly string[]): TableRow {
	return { type: 'tableRow', children: cells.map(cell => ({ type: 'tableCell', children: [text(cell)] })) };
}

/** Formats the result of checking one article, for example `14 link URLs, 1 broken; 3 image URLs`. */
export function describeCounts(counts: Readonly<Record<LinkUse, Counts>> & Pick<LinkStatus, 'offline'>): string {
	if (counts.offline) return 'No network connection: links could not be checked';
	const parts = (['link', 'image'] as const).map(use => {
		const { broken, moved, unverified } = counts[use];
		const found = [
			broken > 0 ? `${broken} broken` : '',
			moved > 0 ? `${moved} moved` : '',
			unverified > 0 ? `${unverified} unverified` : '',
		];
		return [counted(total(counts[use]), ...NAMES[use]), ...found].filter(Boolean).join(', ');
	});
	return parts.join('; ');
}

function total(counts: Counts): number {
	return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
