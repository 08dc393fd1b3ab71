import assert from 'node:assert/strict';
import { CancellationToken, type Range } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import {
	collapseDocument,
	formatDocument,
	formatRange,
	whyLeft,
} from '../../../server/src/languageFeatures/formatting.ts';
import { HEAD, open } from './harness.ts';

const SPACES = { tabSize: 2, insertSpaces: true, indent: true };
const BODY = '<section><p>The tide</p><p>turned <a href="/b">late</a>.</p></section><p>潮水</p>\n';
const EXPANDED = [
	'<section>',
	'  <p>The tide</p>',
	'  <p>turned <a href="/b">late</a>.</p>',
	'</section>',
	'<p>潮水</p>',
	'',
].join('\n');
const LIST =
	'Harbour\n------\n\n12-16 [The night ferry](/articles/harbour/1001.md)\n\n\n12-17 [x](/articles/harbour/2.md)\n';

describe('formatting', () => {
	it('inserts white space in separate edits', () => {
		const { document } = open(HEAD + BODY);
		const edits = formatDocument(document, SPACES);
		assert.deepEqual(
			edits.map(({ range, newText }) => [range.start.character, range.end.character, newText]),
			[
				[9, 9, '\n  '],
				[24, 24, '\n  '],
				[60, 60, '\n'],
				[70, 70, '\n'],
			],
		);
		assert.equal(TextDocument.applyEdits(document, edits), HEAD + EXPANDED);
	});

	it('indents according to the editor settings, or not at all', () => {
		const { document } = open(HEAD + BODY);
		const tabs = formatDocument(document, { tabSize: 8, insertSpaces: false, indent: true });
		assert.equal(TextDocument.applyEdits(document, tabs), HEAD + EXPANDED.replaceAll('  ', '\t'));
		const none = formatDocument(document, { ...SPACES, indent: false });
		assert.equal(TextDocument.applyEdits(document, none), HEAD + EXPANDED.replaceAll('  ', ''));
	});

	it('is idempotent, and makes a single edit for a single wrong line', () => {
		const { document } = open(HEAD + EXPANDED);
		assert.deepEqual(formatDocument(document, SPACES), []);
		const other = open(HEAD + EXPANDED.replace('\n  <p>turned', '\n      <p>turned'));
		const edits = formatDocument(other.document, SPACES);
		assert.deepEqual(
			edits.map(({ range, newText }) => [other.at(range), newText]),
			[['    ', '']],
		);
	});

	it('puts the blocks in a selection on separate lines', () => {
		const { document } = open(HEAD + BODY);
		const range = rangeOf(document, 'turned');
		const edits = formatRange(document, range, SPACES);
		assert.equal(
			TextDocument.applyEdits(document, edits),
			`${HEAD}<section><p>The tide</p>\n  <p>turned <a href="/b">late</a>.</p>\n</section><p>潮水</p>\n`,
		);
		assert.deepEqual(formatRange(document, rangeOf(document, 'Tide'), SPACES), []);
	});

	it('keeps the form on save: a single line stays one, an expanded article is formatted', () => {
		const kept = (text: string): string => {
			const { document } = open(text);
			const made = TextDocument.applyEdits(document, formatDocument(document, { ...SPACES, keepForm: true }));
			const everything = { start: document.positionAt(0), end: document.positionAt(text.length) };
			const ranged = formatRange(document, everything, { ...SPACES, keepForm: true });
			assert.equal(TextDocument.applyEdits(document, ranged), made);
			return made;
		};
		assert.equal(kept(HEAD + BODY), HEAD + BODY);
		assert.equal(kept(HEAD + EXPANDED), HEAD + EXPANDED);
		assert.equal(kept(HEAD + EXPANDED.replaceAll('  ', '')), HEAD + EXPANDED);
		// Blocks are pasted into an expanded article, and a line break is typed into one on a single line.
		assert.equal(kept(HEAD + EXPANDED.replace('\n<p>潮', '<p>潮')), HEAD + EXPANDED);
		assert.equal(kept(HEAD + BODY.replace('<p>潮', '\n<p>潮')), HEAD + BODY.replace('<p>潮', '\n<p>潮'));
		const windows = (HEAD + BODY).replaceAll('\n', '\r\n');
		assert.equal(kept(windows), windows);
	});

	it('collapses to archive form, with one edit per line break', () => {
		const { document } = open(HEAD + EXPANDED);
		const edits = collapseDocument(document);
		assert.equal(edits.length, 4);
		assert.equal(TextDocument.applyEdits(document, edits), HEAD + BODY);
	});

	it('preserves CRLF line endings', () => {
		const windows = (HEAD + BODY).replaceAll('\n', '\r\n');
		const { document } = open(windows);
		const made = TextDocument.applyEdits(document, formatDocument(document, SPACES));
		assert.equal(made, (HEAD + EXPANDED).replaceAll('\n', '\r\n'));
		const back = open(made);
		assert.equal(TextDocument.applyEdits(back.document, collapseDocument(back.document)), windows);
	});

	it('does not change articles that cannot be formatted, and explains why', async () => {
		const conflict = '<<<<<<< HEAD\n<p>a</p>\n=======\n<p>b</p>\n>>>>>>> other\n';
		for (const [body, reason] of [
			[`<div><p>a</p></div>\n${conflict}`, 'has a merge conflict on line 6; resolve it first'],
			['First **words**.\n\n## Head\n', 'has a body in Markdown instead of HTML'],
		] as const) {
			const { document } = open(HEAD + body);
			const all = { start: document.positionAt(0), end: document.positionAt(HEAD.length + body.length) };
			assert.deepEqual(formatDocument(document, SPACES), []);
			assert.deepEqual(formatRange(document, all, SPACES), []);
			assert.deepEqual(collapseDocument(document), []);
			assert.equal(whyLeft(document), `1.md was not changed: it ${reason}.`);
		}
		const { document } = open(`${HEAD}<p>a</p>`);
		assert.equal(whyLeft(document), undefined);
		const side = { ...document, uri: 'marginalia-compare:/articles/harbour/1.md?%7B%7D' };
		assert.match(whyLeft(side) ?? '', /^1\.md was not changed: a comparison has a layout of its own/);
	});

	it('does not change lists', async () => {
		const { document, service } = open(LIST);
		assert.deepEqual(formatDocument(document, SPACES), []);
		assert.deepEqual(collapseDocument(document), []);
		const options = { showsPlaces: true, opensReader: false };
		assert.deepEqual(await service.codeLenses(document, options, CancellationToken.None), []);
	});
});

describe('code lenses', () => {
	const shown = async (text: string, showsPlaces = true): Promise<unknown[]> => {
		const { document, service } = open(text);
		const lenses = await service.codeLenses(document, { showsPlaces, opensReader: false }, CancellationToken.None);
		const resolved = lenses.map(lens =>
			lens.command ? lens : service.resolveCodeLens(document, lens, CancellationToken.None),
		);
		return (await Promise.all(resolved)).map(({ range, command }) => [
			range.start.line,
			command?.title,
			command?.command,
		]);
	};

	it('count links, figures and notes on the title, and offer to expand a single-line body', async () => {
		const body = `${BODY.trimEnd()}<figure><img src=a><figcaption>b</figcaption></figure>\n`;
		assert.deepEqual(await shown(HEAD + body), [
			[1, '1 link', 'marginalia.showPlaces'],
			[1, '1 figure', 'marginalia.showPlaces'],
			[4, 'Expand', 'marginalia.expand'],
		]);
		assert.deepEqual(await shown(HEAD + EXPANDED), [[1, '1 link', 'marginalia.showPlaces']]);
		assert.deepEqual(await shown(`${HEAD}<p><mark>a</mark></p><!-- note: b -->\n<p>c</p>`), [
			[1, '2 notes', 'marginalia.showPlaces'],
		]);
	});

	it('count what is in the article, not in the page around it', async () => {
		const around =
			'<ul class="related-posts"><li><a href="/a">A</a></li></ul><div id="comments"><figure><img src="/me.png"></figure><p>Nice</p></div>';
		assert.deepEqual(await shown(`${HEAD}${EXPANDED}\n${around}\n`), [[1, '1 link', 'marginalia.showPlaces']]);
	});

	it('exclude commands that the client does not support or that have no effect', async () => {
		assert.deepEqual(await shown(HEAD + BODY, false), [[4, 'Expand', 'marginalia.expand']]);
		assert.deepEqual(await shown(`${HEAD}<p>One paragraph.</p>\n`), []);
		assert.deepEqual(await shown(HEAD), []);
	});

	it('resolve to the current locations', async () => {
		const { document, service, at } = open(
			HEAD + BODY.replace('</section>', '<a href="/c">c</a><a>none</a></section>'),
		);
		const options = { showsPlaces: true, opensReader: false };
		const [links] = await service.codeLenses(document, options, CancellationToken.None);
		assert.ok(links);
		const { command } = await service.resolveCodeLens(document, links, CancellationToken.None);
		assert.equal(command?.title, '2 links');
		const [uri, position, locations] = command?.arguments ?? [];
		assert.equal(uri, document.uri);
		assert.deepEqual(position, { line: 1, character: 0 });
		assert.deepEqual(
			(locations as { range: Range }[]).map(({ range }) => at(range)),
			['<a href="/b">late</a>', '<a href="/c">c</a>'],
		);
	});
});

function rangeOf(document: TextDocument, piece: string): Range {
	const start = document.getText().indexOf(piece);
	return { start: document.positionAt(start), end: document.positionAt(start + piece.length) };
}
