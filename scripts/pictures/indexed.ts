import { crc32, deflateSync } from 'node:zlib';

/** Pixels as a canvas gives them: four bytes each (red, green, blue, opacity), row by row. */
export interface Bitmap {
	readonly width: number;
	readonly height: number;
	readonly pixels: Uint8Array;
}

type Colour = readonly [red: number, green: number, blue: number];

/** A palette of at most 256 colours and, for each bitmap, one palette index a pixel. */
interface Indexed {
	readonly palette: readonly Colour[];
	readonly frames: readonly Uint8Array[];
}

/** An opaque picture as PNG with a palette, which takes a third of the bytes of one in true colour. */
export function encodePng(bitmap: Bitmap): Buffer {
	const { palette, frames } = quantise([bitmap]);
	const indices = frames[0] ?? new Uint8Array();
	const rows = Buffer.alloc((bitmap.width + 1) * bitmap.height);
	for (let y = 0; y < bitmap.height; y += 1) {
		rows.set(indices.subarray(y * bitmap.width, (y + 1) * bitmap.width), y * (bitmap.width + 1) + 1);
	}
	const header = Buffer.alloc(13);
	header.writeUInt32BE(bitmap.width, 0);
	header.writeUInt32BE(bitmap.height, 4);
	header.set([8, 3, 0, 0, 0], 8);
	return Buffer.concat([
		Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
		pngChunk('IHDR', header),
		pngChunk('PLTE', Buffer.from(palette.flat())),
		pngChunk('IDAT', deflateSync(rows, { level: 9 })),
		pngChunk('IEND', Buffer.alloc(0)),
	]);
}

function pngChunk(type: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	const length = Buffer.alloc(4);
	length.writeUInt32BE(data.length);
	const check = Buffer.alloc(4);
	check.writeUInt32BE(crc32(body));
	return Buffer.concat([length, body, check]);
}

/** Frames of one size as a GIF that plays for ever; `delay` is in hundredths of a second. */
export function encodeGif(bitmaps: readonly Bitmap[], delay: number): Buffer {
	const { palette, frames } = quantise(bitmaps);
	const { width, height } = bitmaps[0] ?? { width: 0, height: 0 };
	const table = Buffer.alloc(256 * 3);
	table.set(palette.flat());
	const parts: Buffer[] = [
		Buffer.from('GIF89a', 'latin1'),
		Buffer.from([width & 255, width >> 8, height & 255, height >> 8, 0xf7, 0, 0]),
		table,
		Buffer.from([0x21, 0xff, 11, ...Buffer.from('NETSCAPE2.0', 'latin1'), 3, 1, 0, 0, 0]),
	];
	for (const frame of frames) {
		parts.push(
			Buffer.from([0x21, 0xf9, 4, 0, delay & 255, delay >> 8, 0, 0]),
			Buffer.from([0x2c, 0, 0, 0, 0, width & 255, width >> 8, height & 255, height >> 8, 0, 8]),
			inBlocks(compress(frame)),
		);
	}
	parts.push(Buffer.from([0x3b]));
	return Buffer.concat(parts);
}

/** GIF's LZW over eight-bit symbols. */
function compress(symbols: Uint8Array): Buffer {
	const CLEAR = 256;
	const END = 257;
	const bytes: number[] = [];
	let held = 0;
	let bits = 0;
	let width = 9;
	let next = END + 1;
	let table = new Map<number, number>();
	const put = (code: number): void => {
		held |= code << bits;
		for (bits += width; bits >= 8; bits -= 8) {
			bytes.push(held & 255);
			held >>>= 8;
		}
	};
	put(CLEAR);
	let prefix = symbols[0] ?? 0;
	for (const symbol of symbols.subarray(1)) {
		const known = table.get(prefix * 256 + symbol);
		if (known !== undefined) {
			prefix = known;
			continue;
		}
		put(prefix);
		if (next < 4096) {
			table.set(prefix * 256 + symbol, next);
			if (next === 1 << width) width += 1;
			next += 1;
		} else {
			put(CLEAR);
			table = new Map();
			width = 9;
			next = END + 1;
		}
		prefix = symbol;
	}
	put(prefix);
	put(END);
	if (bits > 0) bytes.push(held & 255);
	return Buffer.from(bytes);
}

function inBlocks(data: Buffer): Buffer {
	const parts: Buffer[] = [];
	for (let at = 0; at < data.length; at += 255) {
		const block = data.subarray(at, at + 255);
		parts.push(Buffer.from([block.length]), block);
	}
	return Buffer.concat([...parts, Buffer.from([0])]);
}

/** Median cut over the colours of all the bitmaps. */
function quantise(bitmaps: readonly Bitmap[]): Indexed {
	const counts = new Map<number, number>();
	for (const { pixels } of bitmaps) {
		for (let at = 0; at < pixels.length; at += 4) {
			const key = keyAt(pixels, at);
			counts.set(key, (counts.get(key) ?? 0) + 1);
		}
	}
	let boxes: Array<Array<[key: number, count: number]>> = [[...counts]];
	while (boxes.length < 256) {
		const widest = boxes
			.map((box, index) => ({ index, box, ...extent(box) }))
			.filter(({ box }) => box.length > 1)
			.sort((a, b) => b.weight - a.weight)[0];
		if (!widest) break;
		const sorted = widest.box.toSorted((a, b) => ((a[0] >> widest.shift) & 255) - ((b[0] >> widest.shift) & 255));
		const cut = median(sorted);
		boxes = [
			...boxes.slice(0, widest.index),
			sorted.slice(0, cut),
			sorted.slice(cut),
			...boxes.slice(widest.index + 1),
		];
	}
	const palette = boxes.map(mean);
	const indexOf = new Map(boxes.flatMap((box, index) => box.map(([key]) => [key, index] as const)));
	const frames = bitmaps.map(({ pixels }) => {
		const frame = new Uint8Array(pixels.length / 4);
		for (let at = 0; at < frame.length; at += 1) frame[at] = indexOf.get(keyAt(pixels, at * 4)) ?? 0;
		return frame;
	});
	return { palette, frames };
}

/** Where to cut a sorted box so that either side holds about half of its pixels, and neither is empty. */
function median(box: ReadonlyArray<readonly [key: number, count: number]>): number {
	const half = box.reduce((sum, [, count]) => sum + count, 0) / 2;
	let cut = 0;
	for (let seen = 0; cut < box.length && seen <= half; cut += 1) seen += box[cut]?.[1] ?? 0;
	return Math.min(Math.max(cut - 1, 1), box.length - 1);
}

function keyAt(pixels: Uint8Array, at: number): number {
	return ((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0);
}

/** The channel in which a box is widest (as a shift of the key), and how much splitting it there would gain. */
function extent(box: ReadonlyArray<readonly [key: number, count: number]>): { shift: number; weight: number } {
	let best = { shift: 0, weight: -1 };
	const pixels = box.reduce((sum, [, count]) => sum + count, 0);
	for (const shift of [16, 8, 0]) {
		let low = 255;
		let high = 0;
		for (const [key] of box) {
			const value = (key >> shift) & 255;
			low = Math.min(low, value);
			high = Math.max(high, value);
		}
		const weight = (high - low) ** 2 * Math.sqrt(pixels);
		if (weight > best.weight) best = { shift, weight };
	}
	return best;
}

function mean(box: ReadonlyArray<readonly [key: number, count: number]>): Colour {
	let [red, green, blue, pixels] = [0, 0, 0, 0];
	for (const [key, count] of box) {
		red += ((key >> 16) & 255) * count;
		green += ((key >> 8) & 255) * count;
		blue += (key & 255) * count;
		pixels += count;
	}
	return [Math.round(red / pixels), Math.round(green / pixels), Math.round(blue / pixels)];
}
