import assert from 'node:assert/strict';
import { combined, type EditedText, withEdits } from '../../../../client/src/languageFeatures/typedEdits.ts';
import { enterBlock } from '../../../../server/src/article/enter.ts';
import { closeTag, quoteValue, type TypedEdit } from '../../../../server/src/article/typing.ts';

const HEAD = '<!--1639640221000-->\n[Tide](https://news.example/tide/)\n------\n\n';

function marked({ text, cursor }: EditedText): string {
	return `${text.slice(0, cursor)}|${text.slice(cursor)}`.slice(HEAD.length);
}

function consequences(text: string, start: number, key: string): readonly TypedEdit[] {
	const offset = start + key.length;
	if (key === '\n') return enterBlock(text, start, offset, offset);
	return key === '>' || key === '/' ? closeTag(text, offset) : quoteValue(text, offset);
}

/** Types keys before what follows from the first is inserted, and returns what comes of it. */
function typeAhead(body: string, keys: string): string {
	const full = HEAD + body;
	let [text, cursor] = [full.replace('|', ''), full.indexOf('|')];
	let pending: readonly TypedEdit[] = [];
	for (const key of keys) {
		text = text.slice(0, cursor) + key + text.slice(cursor);
		pending = pending.map(edit => {
			const by = edit.start > cursor || (edit.start === cursor && edit.first === 'typed') ? 1 : 0;
			return { ...edit, start: edit.start + by, end: edit.end + by };
		});
		cursor++;
		const after = withEdits({ text, cursor }, pending);
		const later = consequences(after.text, after.cursor - 1, key);
		if (later.length > 0) pending = combined({ text, cursor }, pending, later);
	}
	return marked(withEdits({ text, cursor }, pending));
}

/** Types keys, each after what followed from the one before. */
function typeSlowly(body: string, keys: string): string {
	const full = HEAD + body;
	let edited: EditedText = { text: full.replace('|', ''), cursor: full.indexOf('|') };
	for (const key of keys) {
		const { text, cursor } = edited;
		const typed = { text: text.slice(0, cursor) + key + text.slice(cursor), cursor: cursor + 1 };
		edited = withEdits(typed, consequences(typed.text, cursor, key));
	}
	return marked(edited);
}

describe('what follows from keys that are typed ahead', () => {
	for (const [body, keys, expected] of [
		['<ul><li>a|</li></ul><p>x</p>', '\n\n', '<ul><li>a</li></ul><p>|</p><p>x</p>'],
		['<ul><li>a|</li></ul><p>x</p>', '\nb\n\nc', '<ul><li>a</li><li>b</li></ul><p>c|</p><p>x</p>'],
		[
			'<ul><li>a|</li><li>d</li></ul><p>x</p>',
			'\n\nb\nc',
			'<ul><li>a</li></ul><p>b</p><p>c|</p><ul><li>d</li></ul><p>x</p>',
		],
		[
			'<ul><li>a<ul><li>b|</li></ul></li></ul>',
			'\n\nc\n\nd',
			'<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>\n<p>d|</p>',
		],
		['<p>a|</p><p>x</p>', '\n\nb', '<p>a</p><p></p><p>b|</p><p>x</p>'],
		['<h2>潮|</h2><p>x</p>', '\n\nb', '<h2>潮</h2><p></p><p>b|</p><p>x</p>'],
		['<p>a|</p>', '<b>x</b> y', '<p>a<b>x</b> y|</p>'],
		['<p>|</p>', '<a href="u">v</a> w', '<p><a href="u">v</a> w|</p>'],
		['<p>|</p>', '<b><i>x</i></b>\n<b', '<p><b><i>x</i></b></p>\n<p><b|</p>'],
	] as const)
		it(`is what follows without haste: ${body} ${JSON.stringify(keys)}`, () => {
			assert.equal(typeSlowly(body, keys), expected);
			assert.equal(typeAhead(body, keys), expected);
		});
});
