import type { List } from '../../article/list.ts';
import { contains } from '../../article/span.ts';
import { findArchiveRoot, resolveEntry } from '../../links/archiveRoot.ts';
import { decodeReadable, readableAddress } from '../../links/readableUrl.ts';
import { code, dotted, type Inline, lines, link, phrase, strong } from '../../markdown/tree.ts';
import type { FileSystem } from '../../platform.ts';
import { clip } from '../../util/text.ts';
import { restBelow } from '../../util/uri.ts';
import { counted } from '../../util/words.ts';
import type { HoverSection } from './context.ts';

/** Describes the title or the entry of a list at an offset. */
export async function listSection(
	uri: string,
	list: List,
	offset: number,
	files: FileSystem,
): Promise<HoverSection | undefined> {
	const { title, entries } = list;
	if (title && contains(title.span, offset)) {
		const count = counted(entries.length, 'entry', 'entries');
		return { span: title.span, content: lines(strong(clip(title.value)), count) };
	}
	const entry = entries.find(one => contains(one.span, offset));
	if (!entry) return undefined;
	const root = await findArchiveRoot(uri, files);
	const target = resolveEntry(uri, root, entry.url.value);
	return {
		span: entry.span,
		content: lines(
			strong(clip(entry.title.value)),
			entry.date && `Month and day in UTC+8: ${entry.date.value}`,
			await describeEntry(target, entry.url.value, root, files),
		),
	};
}

async function describeEntry(
	target: string | undefined,
	value: string,
	root: string | undefined,
	files: FileSystem,
): Promise<Inline> {
	if (target === undefined) {
		const why = value.trim().startsWith('/')
			? 'starts at the archive root, but this list is not in an archive'
			: 'is not a valid URL';
		return value.trim() === '' ? 'No target: the URL is empty' : phrase(code(clip(value.trim())), why);
	}
	if (/^https?:/.test(target)) return link(clip(readableAddress(new URL(target))), target);
	const stat = await files.stat(target);
	const path = decodeReadable((root === undefined ? undefined : restBelow(root, target)) ?? target);
	const isOutside = stat?.type === 'outside';
	const what = isOutside
		? 'Outside the archive, not checked'
		: stat
			? stat.type === 'directory' && 'Folder in the archive'
			: 'File not found';
	return dotted(stat && !isOutside ? link(clip(path), target) : code(clip(path)), what);
}
