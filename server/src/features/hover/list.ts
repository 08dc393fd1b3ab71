import type { List } from '../../article/list.ts';
import { contains } from '../../article/span.ts';
import { findArchiveRoot, resolveEntry } from '../../links/archiveRoot.ts';
import { decodePercent, readableAddress } from '../../links/readable.ts';
import type { FileSystem } from '../../platform.ts';
import { restBelow } from '../../util/uri.ts';
import { clip, type HoverSection } from './context.ts';
import type { Markup } from './markup.ts';

/** What is at an offset of a list: its title, or the article that an entry leads to. */
export async function listSection(
	uri: string,
	list: List,
	offset: number,
	files: FileSystem,
	markup: Markup,
): Promise<HoverSection | undefined> {
	const { title, entries } = list;
	if (title && contains(title.span, offset)) {
		const count = `${entries.length} ${entries.length === 1 ? 'entry' : 'entries'}`;
		return { span: title.span, content: markup.lines([markup.strong(clip(title.value)), markup.text(count)]) };
	}
	const entry = entries.find(one => contains(one.span, offset));
	if (!entry) return undefined;
	const root = await findArchiveRoot(uri, files);
	const target = resolveEntry(uri, root, entry.url.value);
	return {
		span: entry.span,
		content: markup.lines([
			markup.strong(clip(entry.title.value)),
			entry.date && markup.text(`Month and day at UTC+8: ${entry.date.value}`),
			await describeEntry(target, entry.url.value, root, files, markup),
		]),
	};
}

async function describeEntry(
	target: string | undefined,
	value: string,
	root: string | undefined,
	files: FileSystem,
	markup: Markup,
): Promise<string> {
	if (target === undefined) {
		const why = value.trim().startsWith('/')
			? 'begins at the archive’s root, and this list is in no archive'
			: 'is no valid address';
		return value.trim() === ''
			? markup.text('Leads nowhere: its address is empty')
			: `${markup.code(clip(value.trim()))} ${markup.text(why)}`;
	}
	if (/^https?:/.test(target)) return markup.link(clip(readableAddress(new URL(target))), target);
	const stat = await files.stat(target);
	const path = decodePercent((root === undefined ? undefined : restBelow(root, target)) ?? target);
	const what = stat ? (stat.type === 'directory' ? 'A folder of the archive' : undefined) : 'There is no such file';
	return [stat ? markup.link(clip(path), target) : markup.code(clip(path)), what && markup.text(what)]
		.filter(Boolean)
		.join(' · ');
}
