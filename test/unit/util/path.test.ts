import assert from 'node:assert/strict';
import { baseName, withoutExtension } from '../../../server/src/util/path.ts';

describe('the last name in a path', () => {
	it('is the part after the last slash', () => {
		assert.deepEqual(['/a/潮水.md', '潮水.md', '/a/', ''].map(baseName), ['潮水.md', '潮水.md', '', '']);
	});

	it('may have an extension', () => {
		assert.deepEqual(['1.low.md', 'README', '.md', ''].map(withoutExtension), ['1.low', 'README', '', '']);
	});
});
