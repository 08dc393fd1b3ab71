import type { Moved } from '../archive/movedTo.ts';
import type { TextEdit } from '../article/edits.ts';
import { span } from '../article/span.ts';
import type { LocalFile } from '../links/localFiles.ts';
import type { Finding, Fix } from './rule.ts';
import { show } from './write.ts';

/** The kind of fixes for what certainly was moved. */
export const MOVED_KIND = 'moved';

/** Says what a missing file is called now, as the end of a sentence about it. */
export function isNow(moved: readonly Moved[]): string {
	const [first] = moved;
	if (!first) return '';
	return first.certain ? `; it is now ${show(first.path)}` : `; it may now be ${show(first.path)}`;
}

/** Returns the places of the files that a missing file may be now, for a finding. */
export function relatedFiles(moved: readonly Moved[]): Pick<Finding, 'related'> {
	if (moved.length === 0) return {};
	return { related: moved.map(({ uri, path }) => ({ uri, message: path, span: span(0, 0) })) };
}

/**
 * Whether a URL in an article may have lost its file: the folder exists, or the name is that of an article. Other relative URLs
 * are those of pages.
 */
export function mayHaveLost(value: string, file: LocalFile | undefined): file is LocalFile {
	if (!file || file.exists || file.outside) return false;
	return file.meant || /\.(?:md|txt)$/i.test(value.trim().split(/[?#]/, 1)[0] ?? '');
}

/**
 * Returns the fixes that refer to the file that a missing file may be now.
 *
 * @param edits changes the URL
 */
export function movedFixes(moved: readonly Moved[], edits: (address: string) => readonly TextEdit[]): readonly Fix[] {
	return moved.map(({ address, certain }) => ({
		title: `Change the path to ${show(address)}`,
		preferred: certain,
		kind: certain ? MOVED_KIND : 'maybe moved',
		edits: edits(address),
	}));
}
