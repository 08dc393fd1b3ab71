import type { Archive } from '../../archive/archive.ts';
import { copyDestination } from '../../archive/copyDestination.ts';
import { pictureFolder } from '../../archive/pictureFolder.ts';
import type { FileSystem } from '../../platform.ts';
import type { CopyOptions, TransferredFile } from '../../protocol/editing.ts';
import { cutName, nameFrom, withoutDevice } from '../../util/fileName.ts';
import { type FileName, splitName, withoutExtension } from '../../util/path.ts';
import { pictureExtension } from '../../util/pictureType.ts';
import { sha256 } from '../../util/sha256.ts';
import { displayName, folderOf, joinUri } from '../../util/uri.ts';
import { formatBytes } from '../hover/bytes.ts';
import type { LoneImage } from './loneImage.ts';

/** The size limit of a picture that is copied, in bytes. Larger files are a burden to git and to those who read the archive. */
const MAX_PICTURE_BYTES = 50_000_000;

/** Names that browsers and systems give to a picture that is in no file. */
const NAMELESS = /^(?:image|unknown|clipboard|图像|图片|圖片)?$/i;

/** The longest name of a picture in bytes of UTF-8: file systems take 255, and a number or an ending of git may follow. */
const MAX_NAME_BYTES = 200;

/** How many names are tried for a file. */
const MOST_NAMES = 10_000;

/** What copies depend on. */
export interface CopyContext {
	/** The article's normal URI. */
	readonly uri: string;
	readonly archive: Pick<Archive, 'root' | 'entries'>;
	readonly files: Pick<FileSystem, 'stat' | 'readFile'>;
	readonly workspaceFolder: string | undefined;
	readonly isTrusted: boolean;
	readonly now: number;
	readonly options: CopyOptions;
}

/** Where a picture is, or goes; or why it cannot be copied. */
export type Copied =
	| { readonly kind: 'copy'; readonly uri: string; readonly overwrite: boolean }
	/** A file with this content is already there. */
	| { readonly kind: 'present'; readonly uri: string }
	| { readonly kind: 'refused'; readonly reason: string };

/** Decides where each picture from outside the archive is copied to. No two get the same name. */
export function createCopies(
	context: CopyContext,
): (file: TransferredFile, image: LoneImage | undefined) => Promise<Copied> {
	const { uri, archive, files, workspaceFolder, isTrusted, now, options } = context;
	const taken = new Map<string, string>();
	let learnt: Promise<string> | undefined;
	const folder = (): Promise<string> => {
		learnt ??= pictureFolder(uri, archive, files);
		return learnt;
	};
	return async (file, image) => {
		const { content } = file;
		const refuse = (reason: string): Copied => ({ kind: 'refused', reason });
		if (!content) return refuse(`${file.name} is outside the archive. Copy it into the archive first.`);
		if (!isTrusted) return refuse(`${file.name} was not copied: the workspace is not trusted.`);
		if (content.size > MAX_PICTURE_BYTES)
			return refuse(
				`${file.name} was not copied: it has ${formatBytes(content.size)}, and the limit is ${formatBytes(MAX_PICTURE_BYTES)}. Make it smaller, or copy it into the archive yourself and drop it from the Explorer.`,
			);
		const name = portableName(nameOf(file, image, uri));
		const wanted =
			copyDestination(options.destination, { article: uri, workspaceFolder, name: name.stem + name.extension, now }) ??
			joinUri(await folder(), name.stem + name.extension);
		const { stem, extension } = portableName(splitName(displayName(wanted)));
		for (let count = 0; count < MOST_NAMES; count++) {
			const target = joinUri(folderOf(wanted), stem + (count === 0 ? '' : `-${count}`) + extension);
			const digest = taken.get(target);
			if (digest === content.sha256) return { kind: 'present', uri: target };
			if (digest !== undefined) continue;
			const found = await files.stat(target);
			if (found?.type === 'outside')
				return refuse(
					`${file.name} was not copied: ${displayName(folderOf(target))} is outside the archive. Check the setting marginalia.copyFiles.destination.`,
				);
			const isSame =
				found?.type === 'file' && found.size === content.size && (await digestOf(target, files)) === content.sha256;
			if (isSame) return { kind: 'present', uri: target };
			if (found && !(found.type === 'file' && options.overwriteBehavior === 'overwrite')) continue;
			taken.set(target, content.sha256);
			return { kind: 'copy', uri: target, overwrite: found !== undefined };
		}
		return refuse(`${file.name} was not copied: there are too many files with this name.`);
	};
}

/** Makes a name that all systems take. */
function portableName({ stem, extension }: FileName): FileName {
	const cut = cutName(nameFrom(stem), MAX_NAME_BYTES);
	return { stem: withoutDevice(cut || 'picture'), extension: extension && `.${nameFrom(extension)}` };
}

/** The name of a picture: its own, else that of the image on the web, else that of the article. */
function nameOf({ name, type }: TransferredFile, image: LoneImage | undefined, article: string): FileName {
	const extension = pictureExtension(name, type);
	const own = splitName(name).stem;
	if (!NAMELESS.test(own)) return { stem: own, extension };
	const web = image?.url ? withoutExtension(displayName(image.url.origin + image.url.pathname)) : '';
	return { stem: NAMELESS.test(web) ? withoutExtension(displayName(article)) : web, extension };
}

async function digestOf(uri: string, files: Pick<FileSystem, 'readFile'>): Promise<string | undefined> {
	const bytes = await files.readFile(uri);
	return bytes && sha256(bytes);
}
