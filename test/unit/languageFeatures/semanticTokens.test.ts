import assert from 'node:assert/strict';
import type { Range } from 'vscode-languageserver';
import { TOKEN_MODIFIERS, TOKEN_TYPES } from '../../../server/src/languageFeatures/semanticTokens.ts';
import { createFiles, HEAD, open } from './harness.ts';

/** Returns the tokens of a text: type with modifiers, and text. */
async function tokens(
	text: string,
	{ longest = 20_000, range, files = {} }: { longest?: number; range?: Range; files?: Record<string, string> } = {},
): Promise<[type: string, text: string][]> {
	const { service, document } = open(text, { files: createFiles(files) });
	const { data } = await service.semanticTokens(document, range, longest);
	let [line, character] = [0, 0];
	const found: [string, string][] = [];
	for (let at = 0; at < data.length; at += 5) {
		const [lines = 0, characters = 0, length = 0, type = 0, modifiers = 0] = data.slice(at, at + 5);
		line += lines;
		character = lines === 0 ? character + characters : characters;
		const start = { line, character };
		const name = [TOKEN_TYPES[type], ...TOKEN_MODIFIERS.filter((_, bit) => modifiers & (1 << bit))].join('.');
		found.push([name, document.getText({ start, end: { line, character: character + length } })]);
	}
	return found;
}

describe('semantic tokens', () => {
	it('include headings, bold paragraphs, captions, notes, and placeholders of lazy-loaded images', async () => {
		const body =
			'<h2>At <em>sea</em></h2><p><b>渡轮</b></p><p>x <b>y</b></p><figure><img src="data:," data-src="a.jpg"><figcaption>The quay</figcaption></figure><p>z<!-- question: 谁? #海 @li 2021-12-17 --><!-- hm --></p>';
		assert.deepEqual(await tokens(HEAD + body), [
			['heading', 'At '],
			['heading', 'sea'],
			['heading', '渡轮'],
			['attributeValue.deprecated', 'data:,'],
			['caption', 'The quay'],
			['noteKind', 'question'],
			['noteTag', '#海'],
			['notePerson', '@li'],
			['noteDate', '2021-12-17'],
		]);
	});

	it('include the kinds of note that the archive defines', async () => {
		const files = { 'file:///archive/marginalia.json': '{ "noteKinds": { "source": {} } }' };
		const body = '<p>z<!-- source: x #a --><!-- origin: y --></p>';
		assert.deepEqual(await tokens(HEAD + body, { files }), [
			['noteKind', 'source'],
			['noteTag', '#a'],
		]);
	});

	it('include the markup in lines that are too long for the grammar', async () => {
		const body = `<!-- hm -->\n<p class=x>a</p>\n<p  title = 'b'  hidden>${'c'.repeat(50)}<br>\r\nd</p>`;
		assert.deepEqual(await tokens(HEAD + body, { longest: 60 }), [
			['punctuation', '<'],
			['tag', 'p'],
			['attribute', 'title'],
			['attributeValue', "'b'"],
			['attribute', 'hidden'],
			['punctuation', '>'],
			['punctuation', '<'],
			['tag', 'br'],
			['punctuation', '>'],
		]);
		assert.deepEqual((await tokens(HEAD + body, { longest: 0 })).slice(0, 5), [
			['comment', '<!-- hm -->'],
			['punctuation', '<'],
			['tag', 'p'],
			['attribute', 'class'],
			['attributeValue', 'x'],
		]);
	});

	it('include character references, self-closing tags, and values with and without quotes, in such lines', async () => {
		const body = `<img alt="" title=a src="data:," data-src='b.jpg'/>${'c'.repeat(50)} &amp; &#x4e2d;&nbsp &; d</p>`;
		assert.deepEqual(await tokens(HEAD + body, { longest: 60 }), [
			['punctuation', '<'],
			['tag', 'img'],
			['attribute', 'alt'],
			['attribute', 'title'],
			['attributeValue', 'a'],
			['attribute', 'src'],
			['attributeValue.deprecated', 'data:,'],
			['attribute', 'data-src'],
			['attributeValue', "'b.jpg'"],
			['punctuation', '/>'],
			['characterReference', '&amp;'],
			['characterReference', '&#x4e2d;'],
		]);
	});

	it('stay within lines, and within the visible range', async () => {
		const body = '<h2>one\r\n\r\n  two</h2><h2>three</h2>';
		assert.deepEqual(await tokens(HEAD + body), [
			['heading', 'one'],
			['heading', '  two'],
			['heading', 'three'],
		]);
		const range = { start: { line: 6, character: 0 }, end: { line: 6, character: 3 } };
		assert.deepEqual(await tokens(HEAD + body, { range }), [['heading', '  two']]);
	});

	it('of a range include the first and the last tokens of its lines', async () => {
		const paragraphs = Array.from({ length: 100 }, (_, index) => `<p>${index}</p>`).join('');
		const body = `&lt;<i class="a">x</i>${paragraphs}<!-- note: y #z --><b>v</b>&gt;\n<p>w</p>`;
		const character = body.indexOf('<p>50');
		const range = { start: { line: 4, character }, end: { line: 4, character: character + 6 } };
		assert.deepEqual(await tokens(HEAD + body, { range, longest: 60 }), [
			['characterReference', '&lt;'],
			['punctuation', '<'],
			['tag', 'i'],
			['attribute', 'class'],
			['attributeValue', '"a"'],
			['punctuation', '>'],
			['punctuation', '<'],
			['tag', 'p'],
			['punctuation', '>'],
			['punctuation', '</'],
			['punctuation', '</'],
			['tag', 'b'],
			['punctuation', '>'],
			['characterReference', '&gt;'],
		]);
	});

	it('are empty for a list', async () => {
		assert.deepEqual(await tokens('Harbour\n------\n\n[a](/articles/1.md)\n', { longest: 0 }), []);
	});
});
