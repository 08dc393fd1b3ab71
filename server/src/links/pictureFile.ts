import { imageSize } from 'image-size';
import { typeHandlers } from 'image-size/types/index';
import type { FileStat, FileSystem } from '../platform.ts';
import { type Pointer, readPointer } from './pointerFile.ts';

/** Width and height in pixels. */
export interface Size {
	readonly width: number;
	readonly height: number;
}

/** What the bytes of a picture say. */
export interface PictureFacts {
	/** The name of its format, as `JPEG`. */
	readonly type: string;
	/** In pixels as it is shown, turned as the camera says; `undefined` for SVG that names none. */
	readonly size: Size | undefined;
}

/** A local file as far as it is known; `facts` are missing where its content is no picture. */
export interface PictureFile {
	/** Bytes. */
	readonly size: number;
	readonly facts: PictureFacts | undefined;
	/** Set where the file only says who keeps the picture. */
	readonly pointer?: Pointer;
}

/** Nearly every format has its size here, in bytes. */
const HEAD = 65_536;

/** Some JPEG files put a large colour profile or preview before it. */
const LONG_HEAD = 4 * 1024 * 1024;

const NAMES: Readonly<Record<string, string>> = {
	jpg: 'JPEG',
	jp2: 'JPEG 2000',
	jxl: 'JPEG XL',
	'jxl-stream': 'JPEG XL',
	j2c: 'JPEG 2000',
	webp: 'WebP',
	heif: 'HEIF',
	icns: 'ICNS',
	ktx2: 'KTX 2',
};

/** Names of camera orientations from here on swap width and height (Exif 2.3, "Orientation"). */
const TURNED = 5;

/**
 * Reads what a local file says of itself, given what was found at its address; `undefined` where there is no file, or none
 * that may be read.
 */
export type ReadPictureFile = (uri: string, stat: FileStat | undefined) => Promise<PictureFile | undefined>;

/** So many pictures are remembered. */
const REMEMBERED = 1000;

/** Reads pictures, each again only after it changed: articles are checked with every keystroke. */
export function createPictureReader(files: Pick<FileSystem, 'readHead'>): ReadPictureFile {
	const known = new Map<string, PictureFile & { readonly modified: number }>();
	return async (uri, stat) => {
		if (stat?.type !== 'file') return undefined;
		const { size, modified } = stat;
		const before = known.get(uri);
		if (before?.size === size && before.modified === modified) return before;
		const picture = await readPictureFile(uri, size, files);
		if (known.size >= REMEMBERED) known.clear();
		if (picture) known.set(uri, { ...picture, modified });
		return picture;
	};
}

async function readPictureFile(
	uri: string,
	size: number,
	files: Pick<FileSystem, 'readHead'>,
): Promise<PictureFile | undefined> {
	for (const length of size > HEAD ? [HEAD, LONG_HEAD] : [HEAD]) {
		const bytes = await files.readHead(uri, length);
		if (!bytes) return undefined;
		const pointer = readPointer(bytes);
		if (pointer) return { size, facts: undefined, pointer };
		const facts = readPicture(bytes);
		if (facts) return { size, facts };
	}
	return { size, facts: undefined };
}

/** Reads format and size from the first bytes of a picture, whatever it is called; `undefined` for anything else. */
export function readPicture(bytes: Uint8Array): PictureFacts | undefined {
	try {
		const { width, height, type = '', orientation = 1 } = imageSize(bytes);
		const [across, down] = orientation >= TURNED ? [height, width] : [width, height];
		return { type: NAMES[type] ?? type.toUpperCase(), size: { width: Math.round(across), height: Math.round(down) } };
	} catch (error) {
		// The library's two ways to say that the bytes are no picture, or not enough of one.
		if (error instanceof TypeError || error instanceof RangeError) return isSvg(bytes) ? SIZELESS_SVG : undefined;
		throw error;
	}
}

/** The name of a picture's format, told from fewer bytes than its size needs; `undefined` for anything else. */
export function pictureType(bytes: Uint8Array): string | undefined {
	for (const [type, { validate }] of typeHandlers) {
		// All that this format has to show are some zeros.
		if (type === 'tga') continue;
		try {
			if (validate(bytes)) return NAMES[type] ?? type.toUpperCase();
		} catch (error) {
			// There are fewer bytes than are looked at.
			if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
		}
	}
	return isSvg(bytes) ? SIZELESS_SVG.type : undefined;
}

const SIZELESS_SVG: PictureFacts = { type: 'SVG', size: undefined };

/** Whether a picture is SVG that names no size, as is allowed. */
function isSvg(bytes: Uint8Array): boolean {
	return /<svg[\s>]/.test(new TextDecoder().decode(bytes.subarray(0, 1024)));
}
