import assert from 'node:assert/strict';
import { decodeContent, encodeContent } from '../../../server/src/protocol/files.ts';

describe('file content in messages', () => {
	it('round-trips as base64 at any length', () => {
		assert.equal(encodeContent(new TextEncoder().encode('潮')), '5r2u');
		for (const length of [0, 1, 2, 3, 0x7fff, 0x8000, 0x8001, 200_000]) {
			const bytes = Uint8Array.from({ length }, (_, at) => (at * 7 + (at >> 8)) & 0xff);
			assert.deepEqual(Buffer.from(encodeContent(bytes), 'base64').compare(bytes), 0, String(length));
			assert.equal(Buffer.compare(decodeContent(encodeContent(bytes)), bytes), 0, String(length));
		}
	});
});
