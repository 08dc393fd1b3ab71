import assert from 'node:assert/strict';
import { followTyping } from '../../../../client/src/languageFeatures/followTyping.ts';
import type { TypedEdit } from '../../../../server/src/article/typing.ts';

const ANY = /^/;

/** Inserts `text` at an offset, in place of `length` characters. */
function change(offset: number, text: string, length = 0) {
	return { offset, length, inserted: text.length, text };
}

describe('edits that are late', () => {
	const edit = (start: number, end: number, first: TypedEdit['first']): TypedEdit => ({ start, end, text: 'x', first });
	/** Where an edit is after a change; `undefined` if it is revoked. */
	const moved = (one: TypedEdit, made: ReturnType<typeof change>, allows = ANY): string | undefined =>
		followTyping([one], [made], allows)
			?.map(({ start, end }) => `${start}-${end}`)
			.join();

	it('move with the text before them, and not with that behind them', () => {
		assert.equal(moved(edit(5, 7, 'edit'), change(2, 'ab')), '7-9');
		assert.equal(moved(edit(5, 7, 'edit'), change(2, '', 3)), '2-4');
		assert.equal(moved(edit(5, 7, 'edit'), change(5, 'ab')), '7-9');
		assert.equal(moved(edit(5, 7, 'edit'), change(7, 'ab')), '5-7');
		assert.equal(moved(edit(5, 7, 'edit'), change(7, 'ab', 3)), '5-7');
	});

	it('go before or behind what is typed at their place', () => {
		assert.equal(moved(edit(5, 5, 'edit'), change(5, 'ab')), '5-5');
		assert.equal(moved(edit(5, 5, 'typed'), change(5, 'ab')), '7-7');
	});

	it('are revoked by changes of what they replace, and by text that is not allowed', () => {
		assert.equal(moved(edit(5, 7, 'edit'), change(6, 'a')), undefined);
		assert.equal(moved(edit(5, 7, 'edit'), change(4, '', 2)), undefined);
		assert.equal(moved(edit(5, 7, 'edit'), change(6, '', 5)), undefined);
		assert.equal(moved(edit(5, 5, 'typed'), change(5, '/'), /^[^/]$/), undefined);
		assert.equal(moved(edit(5, 5, 'typed'), change(5, '', 3)), undefined);
		assert.equal(moved(edit(5, 5, 'typed'), change(2, '/'), /^[^/]$/), '6-6');
	});

	it('are revoked together', () => {
		assert.equal(followTyping([edit(2, 2, 'edit'), edit(5, 7, 'edit')], [change(6, 'a')], ANY), undefined);
	});

	it('follow the changes of several cursors', () => {
		const changes = [change(2, 'ab'), change(5, 'ab'), change(9, 'ab')];
		assert.deepEqual(followTyping([edit(5, 5, 'typed')], changes, ANY), [edit(9, 9, 'typed')]);
	});
});
