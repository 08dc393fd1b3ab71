import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findInlineNotes, type InlineNote } from '../../../server/src/annotations/inline.ts';
import { parseArticle } from '../../../server/src/article/article.ts';
import { HEAD } from '../languageFeatures/harness.ts';

/** Returns the notes of a body, and checks each value against the text at its span. */
function notes(body: string): Record<string, unknown>[] {
	const text = HEAD + body;
	const article = parseArticle(text);
	const { nodes } = article;
	return findInlineNotes(article).map((note: InlineNote) => {
		for (const { value, span } of [
			note.kind,
			note.text,
			...note.tags,
			...note.people,
			...(note.date ? [note.date] : []),
		]) {
			const written = text.slice(span.start, span.end);
			assert.equal(value === note.kind.value ? written.toLowerCase() : written, value);
		}
		assert.match(text.slice(note.span.start, note.span.end), /^<!--[\s\S]*-->$/);
		return {
			kind: note.kind.value,
			text: note.text.value,
			...(note.tags.length > 0 && { tags: note.tags.map(tag => tag.value) }),
			...(note.people.length > 0 && { people: note.people.map(person => person.value) }),
			...(note.date && { date: note.date.value }),
			...(note.target !== undefined && { on: nodes[note.target]?.nodeName }),
		};
	});
}

describe('inline notes', () => {
	it('reads kind and text', () => {
		assert.deepEqual(notes('<p>a<!-- note: so it is --></p><!--Check:twice-->'), [
			{ kind: 'note', text: 'so it is' },
			{ kind: 'check', text: 'twice' },
		]);
		assert.deepEqual(notes('<p>潮<!-- question：是谁说的？ --></p>'), [{ kind: 'question', text: '是谁说的？' }]);
	});

	it('reads trailing tags, people and a date in any order', () => {
		assert.deepEqual(notes('<!-- translate: 潮 is tide #词汇 @ines.okafor 2021-12-17 #a/b -->'), [
			{ kind: 'translate', text: '潮 is tide', tags: ['词汇', 'a/b'], people: ['ines.okafor'], date: '2021-12-17' },
		]);
		assert.deepEqual(notes('<!--edit: #only-->'), [{ kind: 'edit', text: '', tags: ['only'] }]);
	});

	it('reads tags and people inside the text', () => {
		assert.deepEqual(notes('<!-- link: ask @jonah about #tides first -->'), [
			{ kind: 'link', text: 'ask @jonah about #tides first', tags: ['tides'], people: ['jonah'] },
		]);
	});

	it('ignores numbers, addresses and invalid dates', () => {
		assert.deepEqual(notes('<!-- note: on 2021-12-16 no. #3 of a@b.example, see x#y and 2021-13-45 -->'), [
			{ kind: 'note', text: 'on 2021-12-16 no. #3 of a@b.example, see x#y and 2021-13-45' },
		]);
	});

	it('attaches a note to the mark, insertion or deletion directly before it', () => {
		const body =
			'<p><mark>a <b>b</b></mark><!-- note: 1 --><!-- x --><!-- note: 2 --> <del>c</del> <!-- note: 3 --><ins>d</ins><!-- note: 4 --></p>';
		assert.deepEqual(
			notes(body).map(note => note.on),
			['mark', 'mark', undefined, 'ins'],
		);
	});

	it('ignores other comments', () => {
		assert.deepEqual(notes('<!-- todo: x --><!-- a note: x --><!---->< !-- note: x --><?note: x?><!note: x>'), []);
	});

	it('returns correct spans for any text', () => {
		fc.assert(
			fc.property(
				fc.array(fc.constantFrom('note:', ' ', '#a', '@b', '2021-12-17', '潮', '😀', '\r\n', '-', 'x#')),
				parts => {
					notes(`<mark>m</mark><!--note: ${parts.join('').replaceAll('--', '')}-->`);
				},
			),
		);
	});
});
