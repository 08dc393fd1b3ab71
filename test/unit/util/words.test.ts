import assert from 'node:assert/strict';
import { counted, spacedOut } from '../../../server/src/util/words.ts';

describe('words', () => {
	it('counts with a noun', () => {
		assert.deepEqual(
			[0, 1, 2, 1234].map(number => counted(number, 'file')),
			['0 files', '1 file', '2 files', '1,234 files'],
		);
		assert.deepEqual(
			[1, 2].map(number => counted(number, 'entry', 'entries')),
			['1 entry', '2 entries'],
		);
	});

	it('separates a camel-case name', () => {
		assert.equal(spacedOut('PropertyNameExpected'), 'property name expected');
		assert.equal(spacedOut('EndOfFileExpected'), 'end of file expected');
	});
});
