import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readNote, readReply, writeNote } from '../../../../client/src/annotations/noteText.ts';
import { runs } from '../../../support/runs.ts';

const KINDS = ['note', 'question', 'check', 'edit', 'link', 'translate', 'fact-check'];

describe('a typed note', () => {
	it('has an optional kind and tags', () => {
		const cases: readonly [string, string, string, readonly string[]][] = [
			['question: Who says so? #sources #tide', 'question', 'Who says so?', ['sources', 'tide']],
			['核对：数字 #数字', 'note', '核对：数字', ['数字']],
			['CHECK：见原文', 'check', '见原文', []],
			['fact-check: 40 cm', 'fact-check', '40 cm', []],
			['  see issue #3 there ', 'note', 'see issue #3 there', []],
			['#only', 'note', '', ['only']],
			['One.\n\nTwo.\n\n#a　#b', 'note', 'One.\n\nTwo.', ['a', 'b']],
			['https://courier.example/ says so', 'note', 'https://courier.example/ says so', []],
			['', 'note', '', []],
		];
		for (const [said, kind, text, tags] of cases) assert.deepEqual(readNote(said, KINDS), { kind, text, tags }, said);
	});

	it('is parsed as it was written', () => {
		const words = fc.array(
			fc.constantFrom('tide', '潮水', 'note:', 'question:', '：', 'a b', '\n\n', '😀', '*x*', 'C#'),
			{ maxLength: 6 },
		);
		const tag = fc.constantFrom('sources', '译名', 'a-b', '😀');
		fc.assert(
			fc.property(fc.constantFrom(...KINDS), words, fc.array(tag, { maxLength: 3 }), (kind, parts, tags) => {
				const text = parts.join(' ').trim();
				assert.deepEqual(readNote(writeNote({ kind, text, tags }, KINDS), KINDS), { kind, text, tags });
			}),
			{ numRuns: runs(500) },
		);
	});

	it('keeps all text of a reply, including words that look like tags', () => {
		assert.deepEqual(readReply('see issue #3', KINDS), { kind: 'note', text: 'see issue #3' });
		assert.deepEqual(readReply('check: 查过 #译名', KINDS), { kind: 'check', text: '查过 #译名' });
	});
});
