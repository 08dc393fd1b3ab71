import type { CancellationToken } from 'vscode-languageserver';
import { sidecarOf } from '../annotations/sidecarName.ts';
import type { Archive } from '../archive/archive.ts';
import { movePaths } from '../archive/configurationEdit.ts';
import type { Article } from '../article/article.ts';
import type { TextEdit } from '../article/edits.ts';
import { holdsSeveral, imageAttributes } from '../article/imageAddress.ts';
import type { List } from '../article/list.ts';
import { pushAll } from '../article/lists.ts';
import { attributeField, isElement, type Node } from '../article/node.ts';
import { CONFIGURATION_FILE, resolveEntry } from '../links/archiveRoot.ts';
import { localUri } from '../links/localUri.ts';
import { addressLike, isEncoded, relativeAddress } from '../links/relative.ts';
import type { FileSystem } from '../platform.ts';
import { writeAttribute } from '../rules/write.ts';
import { throwIfCancelled } from '../util/cancellation.ts';
import { isBelow, joinUri, normalUri, pathBelow, restBelow, withEnding } from '../util/uri.ts';
import type { TextOf } from './definition.ts';
import type { DocumentEdits, FileMove } from './workspaceEdit.ts';

/** The consequences of moving files of an archive. */
export interface FileRenameResult {
	/** Edits, with the URIs before the move. */
	readonly changes: readonly DocumentEdits[];
	/** Further files to move: sidecar files follow their articles. */
	readonly followers: readonly FileMove[];
	/** Referenced files that leave the archive, with the number of references, which cannot be updated. */
	readonly lost: readonly { readonly uri: string; readonly places: number }[];
}

/** URL attributes by element; for images, see `imageAttributes`. */
const ADDRESSES: Readonly<Record<string, readonly string[]>> = {
	a: ['href'],
	area: ['href'],
	video: ['src', 'poster'],
	audio: ['src'],
	track: ['src'],
	embed: ['src'],
	object: ['data'],
	iframe: ['src'],
};

/**
 * `workspace/willRenameFiles`: updates list entries, links and images that reference moved files, relative URLs in moved
 * files, and the paths in the archive's configuration. Also returns the sidecar files to move.
 *
 * @throws ResponseError `RequestCancelled`
 */
export async function fileRename(
	renames: readonly FileMove[],
	archive: Archive,
	files: Pick<FileSystem, 'stat'>,
	textOf: TextOf,
	token: CancellationToken,
): Promise<FileRenameResult> {
	const pairs = renames.map(({ oldUri, newUri }) => ({ from: normalUri(oldUri), to: normalUri(newUri) }));
	const movedTo = (uri: string): string | undefined => {
		for (const { from, to } of pairs) {
			if (uri === from) return to;
			const rest = restBelow(from, uri);
			if (rest !== undefined) return withEnding(to, `/${rest}`);
		}
		return undefined;
	};
	const changes: DocumentEdits[] = [];
	const lost = new Map<string, number>();
	for (const { uri, kind, links, images } of archive.entries()) {
		// A sidecar file moves with its article, and references no files.
		if (kind === 'sidecar') continue;
		const isTouched = movedTo(uri) !== undefined || [...links, ...images].some(use => use.targets.some(movedTo));
		const text = isTouched ? await textOf(uri) : undefined;
		throwIfCancelled(token);
		if (!text) continue;
		const { parsed } = text;
		const move: Move = {
			from: uri,
			to: movedTo(uri) ?? uri,
			root: archive.root,
			movedTo: target => {
				const to = movedTo(target);
				if (to === undefined || isBelow(to, archive.root)) return to;
				lost.set(target, (lost.get(target) ?? 0) + 1);
				return undefined;
			},
		};
		const edits = parsed.kind === 'list' ? listEdits(parsed, move) : await articleEdits(parsed, move, files);
		if (edits.length > 0) changes.push({ document: text, edits });
	}
	const configuration = await textOf(joinUri(archive.root, CONFIGURATION_FILE));
	const edits = configuration
		? movePaths(configuration.text, path => {
				const to = movedTo(joinUri(archive.root, path));
				return to === undefined ? undefined : pathBelow(archive.root, to);
			})
		: [];
	if (configuration && edits.length > 0) changes.push({ document: configuration, edits });
	const followers: FileMove[] = [];
	for (const { from, to } of pairs) {
		const [oldUri, newUri] = [sidecarOf(from), sidecarOf(to)];
		if (oldUri === undefined || newUri === undefined || movedTo(oldUri) !== undefined) continue;
		if ((await files.stat(oldUri))?.type !== 'file') continue;
		const type = (await files.stat(newUri))?.type;
		// Outside the archive, existence is unknown; the editor reports a conflict.
		if (type === undefined || type === 'outside') followers.push({ oldUri, newUri });
	}
	return { changes, followers, lost: [...lost].map(([uri, places]) => ({ uri, places })) };
}

/** The location of one file before and after the move; both are the same if it is not moved. */
interface Move {
	readonly from: string;
	readonly to: string;
	/** URI of the archive root. */
	readonly root: string;
	/** Returns the new URI of a file that moves within the archive. */
	readonly movedTo: (uri: string) => string | undefined;
}

function listEdits({ entries }: List, { from, to, root, movedTo }: Move): readonly TextEdit[] {
	return entries.flatMap(({ url: { value, span } }) => {
		const target = resolveEntry(from, root, value);
		if (target === undefined || !isBelow(target, root)) return [];
		const destination = movedTo(normalUri(target)) ?? normalUri(target);
		const isRooted = value.trim().startsWith('/');
		const newText = addressLike(value, to, destination, root);
		const isSame = destination === normalUri(target) && (isRooted || from === to);
		return newText === undefined || isSame ? [] : [{ span, newText }];
	});
}

async function articleEdits(
	{ text, nodes }: Article,
	move: Move,
	files: Pick<FileSystem, 'stat'>,
): Promise<readonly TextEdit[]> {
	const edits: TextEdit[] = [];
	for (const node of nodes) {
		for (const attribute of node.attributes.length > 0 && !node.implied ? addressesOf(node) : []) {
			const field = attributeField(text, node, attribute);
			if (!field) continue;
			const value = holdsSeveral(attribute)
				? await replaceAsync(field.value, /[^\s,]+(?:,[^\s,]+)*/g, address => newAddress(address, move, files))
				: await newAddress(field.value, move, files);
			if (value !== field.value) pushAll(edits, writeAttribute(text, node, attribute, value));
		}
	}
	return edits;
}

function addressesOf(node: Node): readonly string[] {
	if (!isElement(node, node.nodeName)) return [];
	if (node.nodeName === 'img' || node.nodeName === 'source') return imageAttributes(node.attributes);
	return Object.hasOwn(ADDRESSES, node.nodeName) ? (ADDRESSES[node.nodeName] ?? []) : [];
}

/** Returns the updated URL; unchanged if it references no file, or still references the same file. */
async function newAddress(
	address: string,
	{ from, to, movedTo }: Move,
	files: Pick<FileSystem, 'stat'>,
): Promise<string> {
	const local = /^\s*[a-z][a-z0-9+.-]*:/i.test(address) ? undefined : localUri(from, address);
	if (local === undefined) return address;
	const target = normalUri(local);
	const destination = movedTo(target) ?? target;
	if (destination === target && from === to) return address;
	// If no such file exists, the URL is relative to the source.
	const type = (await files.stat(target))?.type;
	if (type === undefined || type === 'outside') return address;
	const [path = ''] = address.trim().split(/[?#]/, 1);
	const moved = relativeAddress(to, destination, isEncoded(path));
	const isSame = moved === undefined || normalUri(localUri(to, moved) ?? '') === normalUri(localUri(to, path) ?? '');
	return isSame ? address : moved + address.trim().slice(path.length);
}

async function replaceAsync(
	value: string,
	pattern: RegExp,
	replace: (part: string) => Promise<string>,
): Promise<string> {
	let [result, at] = ['', 0];
	for (const match of value.matchAll(pattern)) {
		result += value.slice(at, match.index) + (await replace(match[0]));
		at = match.index + match[0].length;
	}
	return result + value.slice(at);
}
