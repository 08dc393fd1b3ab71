import { CompletionItemKind } from 'vscode-languageserver';
import { isSidecar } from '../../annotations/sidecarName.ts';
import { localUri } from '../../links/localUri.ts';
import { encodePath } from '../../links/relative.ts';
import { compareText } from '../../util/order.ts';
import { displayName, folderAround, folderOf, joinerOf, normalFolder } from '../../util/uri.ts';
import type { Destination } from './address.ts';
import type { CompletionContext } from './suggestion.ts';

/** Extensions of files that browsers show in `img`, `video` or `audio`. */
const MEDIA =
	/\.(?:avif|apng|bmp|gif|heic|ico|jfif|jpe?g|jxl|png|svg|tiff?|webp|mp4|m4v|mov|ogv|webm|mp3|m4a|oga|ogg|opus|wav|flac|vtt)$/i;

/** A file or folder. */
interface LocalDestination extends Destination {
	/** Its URI, as returned by `normalUri`. */
	readonly file: string;
}

/**
 * Returns the files and folders that complete a relative URL, folders first, then by name. None outside the archive.
 *
 * @param written the URL up to the cursor
 */
export async function localFiles(
	{ uri, sources }: CompletionContext,
	written: string,
	wanted: 'media' | 'any',
): Promise<readonly LocalDestination[]> {
	const path = written.trimStart();
	if (/^(?:[/\\#?]|[a-z][a-z0-9+.-]*:)/i.test(path)) return [];
	const folder = path.slice(0, path.lastIndexOf('/') + 1);
	const target = localUri(uri, folder || './');
	const root = (await sources.archive())?.root ?? folderOf(uri);
	if (target === undefined || folderAround(target, [root]) === undefined) return [];
	const here = normalFolder(target);
	const uriOf = joinerOf(here);
	const entries = (await sources.readFolder(here)) ?? [];
	const own = displayName(uri);
	return entries
		.filter(({ name, type }) => {
			if (name.startsWith('.') || (folder === '' && name === own) || isSidecar(`/${name}`)) return false;
			return type === 'directory' || wanted === 'any' || MEDIA.test(name);
		})
		.sort((a, b) => Number(b.type === 'directory') - Number(a.type === 'directory') || compareText(a.name, b.name))
		.map(({ name, type }) => {
			const isFolder = type === 'directory';
			return {
				address: folder + encodePath(name, folder.includes('%')) + (isFolder ? '/' : ''),
				label: name + (isFolder ? '/' : ''),
				file: uriOf(name),
				kind: isFolder ? CompletionItemKind.Folder : CompletionItemKind.File,
				...(isFolder ? { continues: true } : {}),
			};
		});
}
