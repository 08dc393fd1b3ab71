/** How many links or pictures there are, by what they were found to be. */
export type Counts = Readonly<Record<'ok' | 'moved' | 'broken' | 'unverified' | 'unknown', number>>;

/** What the server knows of an article's links, as it answers to `marginalia/linkStatus`. */
export interface LinkStatus {
	readonly link: Counts;
	readonly image: Counts;
	/** In milliseconds since the Unix epoch. */
	readonly oldest?: number;
	readonly checking?: { readonly done: number; readonly total: number };
	/** Why nothing is requested, if nothing is. */
	readonly refusal?: string;
}

/** `14 links, 1 broken`; while a check is under way, how far it has come. */
export function describeLinks({ link, image, checking }: LinkStatus): string {
	if (checking) return `${checking.done}/${checking.total} checked`;
	const parts = [
		plural(total(link), 'link'),
		link.broken > 0 ? `${link.broken} broken` : '',
		image.broken > 0 ? `${plural(image.broken, 'picture')} broken` : '',
	];
	return parts.filter(Boolean).join(', ');
}

/** All that is known, in Markdown. */
export function linkTooltip(status: LinkStatus, now: number): string {
	const { link, image, oldest, refusal } = status;
	const rows = [
		['In order', link.ok, image.ok],
		['Moved', link.moved, image.moved],
		['Broken', link.broken, image.broken],
		['Not verified', link.unverified, image.unverified],
		['Not checked', link.unknown, image.unknown],
	] as const;
	const table = rows
		.filter(([, links, pictures]) => links + pictures > 0)
		.map(([name, links, pictures]) => `| ${name} | ${links} | ${pictures} |`);
	const when =
		refusal ?? (oldest === undefined ? 'Nothing was checked yet' : `Checked ${describeAge(now - oldest)} or later`);
	return ['| | Links | Pictures |', '|---|--:|--:|', ...table, '', `${when}.`].join('\n');
}

/** A time span in milliseconds, as `3 hours ago`. */
function describeAge(age: number): string {
	const minutes = Math.floor(age / 60_000);
	if (minutes < 1) return 'just now';
	if (minutes < 60) return `${plural(minutes, 'minute')} ago`;
	const hours = Math.floor(minutes / 60);
	return hours < 24 ? `${plural(hours, 'hour')} ago` : `${plural(Math.floor(hours / 24), 'day')} ago`;
}

function total(counts: Counts): number {
	return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

function plural(count: number, noun: string): string {
	return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
