import { crc32, deflateSync } from 'node:zlib';

/** Creates a PNG of a single colour. */
export function png(width: number, height: number): Uint8Array {
	const chunk = (type: string, data: Uint8Array): Uint8Array => {
		const content = Buffer.concat([Buffer.from(type, 'latin1'), data]);
		const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
		length.writeUInt32BE(data.length);
		check.writeUInt32BE(crc32(content));
		return Buffer.concat([length, content, check]);
	};
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	// 8-bit greyscale, not interlaced; each row starts with its filter byte.
	header.set([8, 0, 0, 0, 0], 8);
	const rows = deflateSync(Buffer.alloc((width + 1) * height, 0));
	return Buffer.concat([
		Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
		chunk('IHDR', header),
		chunk('IDAT', rows),
		chunk('IEND', new Uint8Array()),
	]);
}
