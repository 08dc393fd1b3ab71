import assert from 'node:assert/strict';
import { baseName, withoutExtension } from '../../../server/src/util/path.ts';

describe('the last name in a path', () => {
	it('is all behind the last slash', () => {
		assert.deepEqual(['/a/潮水.md', '潮水.md', '/a/', ''].map(baseName), ['潮水.md', '潮水.md', '', '']);
	});

	it('has an extension or none', () => {
		assert.deepEqual(['1.low.md', 'README', '.md', ''].map(withoutExtension), ['1.low', 'README', '', '']);
	});
});
