import assert from 'node:assert/strict';
import { MARKUP } from '../../../../server/src/protocol/editing.ts';
import { refuses, toggled, undoes } from './support.ts';

describe('headings', () => {
	it('replace the block at the cursor and all blocks in a selection', () => {
		undoes('<p>On‸e</p><p>two</p>', 'heading2', '<h2>On‸e</h2><p>two</p>');
		undoes(
			'<p class="x">One</p>\r\n<p>t⟦wo</p>\r\n<p>三⟧</p>',
			'heading3',
			'<p class="x">One</p>\r\n<h3>t⟦wo</h3>\r\n<h3>三⟧</h3>',
		);
		undoes('<p>a</p><p>‸<b>b</b> <em>c</em></p>', 'heading1', '<p>a</p><h1>‸<b>b</b> <em>c</em></h1>');
	});

	it('change their level', () => {
		assert.equal(toggled('<h3 id="x">On‸e</h3>', 'heading2'), '<h2 id="x">On‸e</h2>');
		assert.equal(toggled('<h2>⟦a</h2><p>b⟧</p>', 'heading2'), '<h2>⟦a</h2><h2>b⟧</h2>');
	});

	it('are put into list items, and around text of its own', () => {
		undoes('<ul><li>a‸</li></ul>', 'heading2', '<ul><li><h2>a‸</h2></li></ul>');
		assert.equal(toggled('<div>a <b>b‸</b><p>c</p></div>', 'heading2'), '<div><h2>a <b>b‸</b></h2><p>c</p></div>');
		assert.equal(toggled('te‸xt', 'heading2'), '<h2>te‸xt</h2>');
		assert.equal(toggled('<div>te‸xt</div>', 'heading2'), '<h2>te‸xt</h2>');
	});

	it('end where a paragraph without an end tag ended', () => {
		assert.equal(toggled('<p>on‸e\n<p>two', 'heading2'), '<h2>on‸e</h2>\n<p>two');
	});

	it('leave figures and tables alone', () => {
		refuses('heading2', /no paragraph/, '<figure><img src="a.png"><figcaption>x‸</figcaption></figure>');
		assert.equal(
			toggled('<p>⟦a</p><table><tr><td>b</td></tr></table><p>c⟧</p>', 'heading2'),
			'<h2>⟦a</h2><table><tr><td>b</td></tr></table><h2>c⟧</h2>',
		);
	});
});

describe('quotes', () => {
	it('are put around blocks, and removed again', () => {
		undoes('<p>a‸</p><p>b</p>', 'quote', '<blockquote><p>a‸</p></blockquote><p>b</p>');
		undoes(
			'\t<p>⟦甲</p>\n\t<h2>b⟧</h2>\n\t<p>c</p>',
			'quote',
			'\t<blockquote><p>⟦甲</p>\n\t<h2>b⟧</h2></blockquote>\n\t<p>c</p>',
		);
	});

	it('are left by a part of them', () => {
		undoes(
			'<blockquote><p>a</p><p>b‸</p><p>c</p></blockquote>',
			'quote',
			'<blockquote><p>a</p></blockquote><p>b‸</p><blockquote><p>c</p></blockquote>',
		);
		undoes(
			'<blockquote>\n\t<p>a</p>\n\t<p>b‸</p>\n\t<p>c</p>\n</blockquote>',
			'quote',
			'<blockquote>\n\t<p>a</p></blockquote>\n\t<p>b‸</p>\n\t<blockquote><p>c</p>\n</blockquote>',
		);
		assert.equal(
			toggled('<blockquote id="q" cite="/x"><p>a</p><p>b‸</p><p>c</p></blockquote>', 'quote'),
			'<blockquote id="q" cite="/x"><p>a</p></blockquote><p>b‸</p><blockquote cite="/x"><p>c</p></blockquote>',
		);
	});

	it('take a list as a whole, and text as paragraphs', () => {
		undoes('<ul><li>a</li><li>b‸</li></ul>', 'quote', '<blockquote><ul><li>a</li><li>b‸</li></ul></blockquote>');
		assert.equal(toggled('<blockquote>a <b>b</b>‸</blockquote>c', 'quote'), '<p>a <b>b</b>‸</p>c');
	});

	it('do not separate a mark from its note', () => {
		assert.equal(
			toggled('<div>a <mark>b‸</mark><!-- note: x --><p>c</p></div>', 'quote'),
			'<div><blockquote>a <mark>b‸</mark><!-- note: x --></blockquote><p>c</p></div>',
		);
	});
});

describe('lists', () => {
	it('are made of blocks, and made blocks again', () => {
		undoes('<p>⟦a</p><p class="x">二⟧</p>', 'list', '<ul><li>⟦a</li><li class="x">二⟧</li></ul>');
		undoes('<h2>a‸</h2>', 'list', '<ul><li><h2>a‸</h2></li></ul>');
		undoes('\t<p>⟦a</p>\n\t<p>b⟧</p>\n', 'list', '\t<ul><li>⟦a</li>\n\t<li>b⟧</li></ul>\n');
		assert.equal(toggled('text‸', 'list'), '<ul><li>text‸</li></ul>');
	});

	it('are left by a part of them', () => {
		undoes('<ul><li>a</li><li>b‸</li><li>c</li></ul>', 'list', '<ul><li>a</li></ul><p>b‸</p><ul><li>c</li></ul>');
		assert.equal(
			toggled('<ul><li>a<ul><li>b‸</li></ul></li><li>c</li></ul>', 'list'),
			'<ul><li>a<p>b‸</p></li><li>c</li></ul>',
		);
		assert.equal(
			toggled('<ul><li>a‸<ul><li>b</li></ul></li><li>c</li></ul>', 'list'),
			'<p>a‸</p><ul><li>b</li></ul><ul><li>c</li></ul>',
		);
	});

	it('continue the list before or after', () => {
		undoes('<ul><li>a</li></ul>\n<p>b‸</p>', 'list', '<ul><li>a</li>\n<li>b‸</li></ul>');
		assert.equal(
			toggled('<ul class="x"><li>a</li></ul><p>b‸</p>', 'list'),
			'<ul class="x"><li>a</li></ul><ul><li>b‸</li></ul>',
		);
	});

	it('replace numbers with bullets, and bullets with numbers', () => {
		assert.equal(toggled('<ol><li>a‸</li><li>b</li></ol>', 'list'), '<ul><li>a‸</li><li>b</li></ul>');
		assert.equal(toggled('<ul><li>a‸</li><li>b</li></ul>', 'orderedList'), '<ol><li>a‸</li><li>b</li></ol>');
		assert.equal(
			toggled('<ul><li>a<ul><li>b‸</li></ul></li></ul>', 'orderedList'),
			'<ul><li>a<ol><li>b‸</li></ol></li></ul>',
		);
	});

	it('are numbered in the same way', () => {
		undoes('<p>⟦a</p><p class="x">二⟧</p>', 'orderedList', '<ol><li>⟦a</li><li class="x">二⟧</li></ol>');
		undoes('<ol><li>a</li></ol>\n<p>b‸</p>', 'orderedList', '<ol><li>a</li>\n<li>b‸</li></ol>');
		undoes('<ol><li>a</li><li>b‸</li></ol>', 'orderedList', '<ol><li>a</li></ol><p>b‸</p>');
	});

	it('go on counting after an item that is taken out', () => {
		undoes(
			'<ol><li>a</li><li>b‸</li><li>c</li></ol>',
			'orderedList',
			'<ol><li>a</li></ol><p>b‸</p><ol start="2"><li>c</li></ol>',
		);
		assert.equal(
			toggled('<ol id="x" start="5"><li>a</li><li>二</li><li>b‸</li><li>c</li></ol>', 'orderedList'),
			'<ol id="x" start="5"><li>a</li><li>二</li></ol><p>b‸</p><ol start="7"><li>c</li></ol>',
		);
		assert.equal(toggled('<ol><li>a‸</li><li>b</li></ol>', 'orderedList'), '<p>a‸</p><ol><li>b</li></ol>');
		assert.equal(
			toggled('<p>a‸</p><ol start="2"><li>b</li></ol>', 'orderedList'),
			'<ol><li>a‸</li></ol><ol start="2"><li>b</li></ol>',
		);
	});

	it('keep other attributes, whatever their values contain', () => {
		assert.equal(
			toggled('<ol id="x" title="an id=1 start=3 reversed"><li>a</li><li>b‸</li><li>c</li></ol>', 'orderedList'),
			'<ol id="x" title="an id=1 start=3 reversed"><li>a</li></ol><p>b‸</p><ol title="an id=1 start=3 reversed" start="2"><li>c</li></ol>',
		);
	});

	it('are one list with what is next to a list of the other kind', () => {
		assert.equal(toggled('<ul><li>⟦a</li></ul>\n<p>b⟧</p>', 'orderedList'), '<ol><li>⟦a</li>\n<li>b⟧</li></ol>');
		assert.equal(
			toggled('<ol><li>⟦a</li></ol><p>二</p><ol><li>b⟧</li></ol>', 'list'),
			'<ul><li>⟦a</li><li>二</li><li>b⟧</li></ul>',
		);
		assert.equal(toggled('<ul><li>a</li></ul><p>b‸</p>', 'orderedList'), '<ul><li>a</li></ul><ol><li>b‸</li></ol>');
	});
});

describe('markup in a merge conflict', () => {
	const conflict = (ours: string, theirs: string, middle = '======='): string =>
		`<p>a</p>\n<<<<<<< ours\n${ours}\n${middle}\n${theirs}\n>>>>>>> theirs\n<p>z</p>\n`;

	it('stays on one side', () => {
		undoes(conflict('<p>b‸</p>', '<p>c</p>'), 'quote', conflict('<blockquote><p>b‸</p></blockquote>', '<p>c</p>'));
		undoes(conflict('<p>b</p>', '<p>c‸</p>'), 'comment', conflict('<p>b</p>', '<!-- <p>c‸</p> -->'));
	});

	it('is not put around a marker', () => {
		for (const markup of ['bold', 'heading2', 'quote', 'list', 'comment'] as const) {
			const refusal = /^refused: Resolve the merge conflict first/;
			assert.match(toggled(conflict('<p>b⟦b</p><p>d</p>', '<p>c⟧c</p>'), markup), refusal, markup);
		}
	});

	for (const markup of MARKUP)
		it(`never changes a marker: ${markup}`, () => {
			for (const marked of [
				conflict('<p>b⟦b</p><p>d</p>', '<p>c⟧c</p>'),
				conflict('b⟦b', 'c⟧c'),
				conflict('b‸b', 'cc'),
				conflict('<p>b</p>', '<p>c</p>', '===‸===='),
				conflict('<p>b</p>', '<p>c</p>', '⟦=======⟧'),
				conflict('<p>b</p>', '<p>c</p>', '||||||| ba‸se\n<p>0</p>\n======='),
				conflict('<p>b</p>', '<p>c</p>').replace('ours', 'o‸urs'),
				conflict('<p>b</p>', '<p>c</p>').replace('>a<', '>a⟦<').replace('>c<', '>c⟧<'),
			]) {
				const result = toggled(marked, markup);
				if (!result.startsWith('refused: ')) assert.deepEqual(markersOf(result), markersOf(marked), result);
			}
		});

	function markersOf(marked: string): readonly string[] {
		return marked
			.split('\n')
			.filter(line => /^(?:<{7}|={7}|>{7}|\|{7})(?: |$)/.test(line.replace(/[‸⟦⟧]/g, '')))
			.map(line => line.replace(/[‸⟦⟧]/g, ''));
	}
});
