import assert from 'node:assert/strict';
import { codeOf, messageOf, stackOf } from '../../../server/src/util/errors.ts';

describe('a thrown value', () => {
	it('has a message, whatever its type', () => {
		assert.equal(messageOf(new TypeError('no such tide')), 'no such tide');
		assert.equal(messageOf('潮水'), '潮水');
		assert.equal(messageOf(undefined), 'undefined');
	});

	it('has a stack if it is an error', () => {
		assert.match(stackOf(new Error('no such tide')), /^Error: no such tide\n\s+at /);
		assert.equal(stackOf(Object.assign(new Error('no such tide'), { stack: '' })), 'Error: no such tide');
		assert.equal(stackOf(12), '12');
	});

	it('has the code that Node assigns', () => {
		assert.equal(codeOf(Object.assign(new Error('gone'), { code: 'ENOENT' })), 'ENOENT');
		assert.equal(codeOf(new Error('gone')), '');
		assert.equal(codeOf({ code: 'ENOENT' }), '');
	});
});
