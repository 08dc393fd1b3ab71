import { imageSize } from 'image-size';
import { typeHandlers } from 'image-size/types/index';
import type { FileStat, FileSystem } from '../platform.ts';
import { type Pointer, readPointer } from './pointerFile.ts';

/** Width and height in pixels. */
export interface Size {
	readonly width: number;
	readonly height: number;
}

/** What the first bytes of an image say. */
export interface PictureFacts {
	/** The name of its format, such as `JPEG`. */
	readonly type: string;
	/** In pixels as displayed, with the camera's orientation applied; `undefined` for SVG without a size. */
	readonly size: Size | undefined;
}

/** A local file that may be an image. */
export interface PictureFile {
	/** In bytes. */
	readonly size: number;
	/** `undefined` if the content is not an image. */
	readonly facts: PictureFacts | undefined;
	/** Set if the file is a pointer to content that was not fetched. */
	readonly pointer?: Pointer;
}

/** Enough bytes to find the size in nearly every format. */
const HEAD = 65_536;

/** Enough bytes for JPEG files with a large colour profile or preview before the size. */
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

/** Orientations from this value on swap width and height (Exif 2.3, "Orientation"). */
const TURNED = 5;

/**
 * Reads a local file that may be an image, given its stat; `undefined` if there is no readable file.
 */
export type ReadPictureFile = (uri: string, stat: FileStat | undefined) => Promise<PictureFile | undefined>;

/** How many images are cached. */
const REMEMBERED = 1000;

/** Creates a reader that reads each image again only after it changed, since articles are checked on every keystroke. */
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

/** Reads format and size from the first bytes of an image, whatever its name; `undefined` for anything else. */
export function readPicture(bytes: Uint8Array): PictureFacts | undefined {
	try {
		const { width, height, type = '', orientation = 1 } = imageSize(bytes);
		const [across, down] = orientation >= TURNED ? [height, width] : [width, height];
		return { type: NAMES[type] ?? type.toUpperCase(), size: { width: Math.round(across), height: Math.round(down) } };
	} catch (error) {
		// The library throws either error if the bytes are not an image, or too few.
		if (error instanceof TypeError || error instanceof RangeError) return isSvg(bytes) ? SIZELESS_SVG : undefined;
		throw error;
	}
}

/** Returns the name of an image's format, which needs fewer bytes than its size; `undefined` for anything else. */
export function pictureType(bytes: Uint8Array): string | undefined {
	for (const [type, { validate }] of typeHandlers) {
		// TGA has no signature but some zeros.
		if (type === 'tga') continue;
		try {
			if (validate(bytes)) return NAMES[type] ?? type.toUpperCase();
		} catch (error) {
			// Too few bytes for this format.
			if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
		}
	}
	return isSvg(bytes) ? SIZELESS_SVG.type : undefined;
}

const SIZELESS_SVG: PictureFacts = { type: 'SVG', size: undefined };

/** Whether an image is SVG. The library rejects SVG without a size, which is valid. */
function isSvg(bytes: Uint8Array): boolean {
	return /<svg[\s>]/.test(new TextDecoder().decode(bytes.subarray(0, 1024)));
}
