import assert from 'node:assert/strict';
import { span } from '../../../../server/src/article/span.ts';
import { apply, read, refuses, toggled, undoes } from './support.ts';

describe('inline markup', () => {
	it('is put around a selection, and removed again', () => {
		undoes('<p>the ⟦ferry⟧ 渡轮</p>', 'bold', '<p>the <strong>⟦ferry⟧</strong> 渡轮</p>');
		undoes('<p>the ferry ⟦渡轮⟧</p>', 'italic', '<p>the ferry <em>⟦渡轮⟧</em></p>');
		undoes('bare ⟦text⟧', 'bold', 'bare <strong>⟦text⟧</strong>');
	});

	it('is put around the word at the cursor, else around the cursor', () => {
		undoes('<p>the fer‸ry</p>', 'bold', '<p>the <strong>fer‸ry</strong></p>');
		undoes('<p>the ferry‸</p>', 'bold', '<p>the <strong>ferry‸</strong></p>');
		undoes('<p>the ‸ferry</p>', 'bold', '<p>the <strong>‸ferry</strong></p>');
		undoes('<p>the , ‸</p>', 'bold', '<p>the , <strong>‸</strong></p>');
		undoes('<p>R&a‸mp;D</p>', 'bold', '<p>R&amp;<strong>‸D</strong></p>');
	});

	it('is removed from all of an element by a cursor in it, whichever element means the same', () => {
		assert.equal(toggled('<p><b>the fer‸ry</b></p>', 'bold'), '<p>the fer‸ry</p>');
		assert.equal(toggled('<p><B class="x">the ferry‸</B></p>', 'bold'), '<p>the ferry‸</p>');
		assert.equal(toggled('<p><i>the <b>fer‸ry</b></i></p>', 'italic'), '<p>the <b>fer‸ry</b></p>');
	});

	it('is removed from a part of an element only', () => {
		undoes('<p><b>ab⟦cd⟧ef</b></p>', 'bold', '<p><b>ab</b>⟦cd⟧<b>ef</b></p>');
		undoes(
			'<p><strong>a<em>b⟦c⟧d</em>e</strong></p>',
			'bold',
			'<p><strong>a</strong><em><strong>b</strong>⟦c⟧<strong>d</strong></em><strong>e</strong></p>',
		);
		undoes('<p><strong><em>b</em>⟦c⟧</strong></p>', 'bold', '<p><strong><em>b</em></strong>⟦c⟧</p>');
		assert.equal(
			toggled('<p><b id="x" class="y">ab⟦cd⟧ef</b></p>', 'bold'),
			'<p><b id="x" class="y">ab</b>⟦cd⟧<b class="y">ef</b></p>',
		);
		assert.equal(toggled('<p><b>⟦word⟧ </b>x</p>', 'bold'), '<p>⟦word ⟧x</p>');
	});

	it('never crosses the edges of other elements', () => {
		undoes(
			'<p>a ⟦b <a href="/x">c⟧ d</a></p>',
			'bold',
			'<p>a <strong>⟦b </strong><a href="/x"><strong>c⟧</strong> d</a></p>',
		);
		undoes('<p>⟦a <em>b</em> c⟧</p>', 'bold', '<p><strong>⟦a <em>b</em> c⟧</strong></p>');
		undoes(
			'<p>one ⟦two</p>\n\t<p>三</p>\n<h2>fo⟧ur</h2>',
			'italic',
			'<p>one <em>⟦two</em></p>\n\t<p><em>三</em></p>\n<h2><em>fo⟧</em>ur</h2>',
		);
		undoes(
			'<ul><li>⟦a</li><li>b⟧</li></ul>',
			'bold',
			'<ul><li><strong>⟦a</strong></li><li><strong>b⟧</strong></li></ul>',
		);
	});

	it('ignores tags at the edges of a selection', () => {
		assert.equal(toggled('<div>⟦<p>a</p>⟧</div>', 'bold'), '<div><p><strong>⟦a⟧</strong></p></div>');
		assert.equal(toggled('<p>x <a h⟦ref="/x">c</a> ⟧</p>', 'bold'), '<p>x <strong><a href="/x">⟦c</a> ⟧</strong></p>');
	});

	it('extends an element next to it, without attributes', () => {
		undoes('<p><b>a</b>⟦b⟧</p>', 'bold', '<p><b>a⟦b⟧</b></p>');
		undoes('<p>⟦a⟧<strong>b</strong></p>', 'bold', '<p><strong>⟦a⟧b</strong></p>');
		undoes('<p><b class="x">a</b>⟦b⟧</p>', 'bold', '<p><b class="x">a</b><strong>⟦b⟧</strong></p>');
		assert.equal(toggled('<p>⟦a <strong>b</strong> c⟧</p>', 'bold'), '<p><strong>⟦a b c⟧</strong></p>');
	});

	it('stays as it is where it already is, if it is missing elsewhere in the selections', () => {
		assert.equal(
			toggled('<p>⟦a⟧ <b>⟦b⟧</b> ‸c</p>', 'bold'),
			'<p><strong>⟦a⟧</strong> <b>⟦b⟧</b> <strong>‸c</strong></p>',
		);
	});

	it('keeps the note of a mark next to it', () => {
		undoes(
			'<p>a <mark>⟦b⟧</mark><!-- note: 私 --> c</p>',
			'bold',
			'<p>a <mark><strong>⟦b⟧</strong></mark><!-- note: 私 --> c</p>',
		);
		undoes(
			'<p>⟦a <mark>b⟧</mark><!-- note: x --> c</p>',
			'bold',
			'<p><strong>⟦a </strong><mark><strong>b⟧</strong></mark><!-- note: x --> c</p>',
		);
		undoes(
			'<p>⟦a <mark>b</mark><!-- note: x --> c⟧</p>',
			'bold',
			'<p><strong>⟦a <mark>b</mark><!-- note: x --> c⟧</strong></p>',
		);
	});

	it('is refused in the header, in a list and in Markdown', () => {
		const { text } = read('<p>x</p>');
		assert.match(String(apply({ text, selections: [span(3, 3)] }, 'bold')), /header/);
		const list = 'BBC\n------\n\n9-1 [A](/articles/a.md)\n';
		assert.match(String(apply({ text: list, selections: [span(20, 21)] }, 'bold')), /list/);
		refuses('bold', /Markdown/, '# A title\n\nSome *words* ⟦here⟧ and more.\n\n- one\n- two\n');
	});

	it('is refused where nothing is selected that it could apply to', () => {
		refuses('bold', /^Select text/, '<p>a</p>⟦ \n⟧<p>b</p>', '<p>a</p><script>le⟦t x⟧</script>');
		const nowhere = ['<p>a <a hre‸f="/x">b</a></p>', '<p>a <!-- ‸ --></p>', '<ul>‸<li>a</li></ul>'];
		refuses('bold', /^Place the cursor in the text/, ...nowhere);
	});
});

describe('a link', () => {
	it('is put around a selection, with the cursor in its URL, and removed again', () => {
		assert.equal(toggled('<p>the ⟦ferry⟧</p>', 'link'), '<p>the <a href="‸">ferry</a></p>');
		assert.equal(toggled('<p>the <a href="‸">ferry</a></p>', 'link'), '<p>the ‸ferry</p>');
		assert.equal(
			toggled('<p>⟦one⟧ <em>⟦二⟧</em></p>', 'link'),
			'<p><a href="‸">one</a> <em><a href="‸">二</a></em></p>',
		);
		assert.equal(toggled('<p>the fer‸ry</p>', 'link'), '<p>the <a href="‸">ferry</a></p>');
	});

	it('is one element, not nested in another', () => {
		refuses(
			'link',
			/a link is one element/,
			'<p>⟦one</p><p>two⟧</p>',
			'<p>⟦one <em>two⟧ three</em></p>',
			'<p>⟦one <a href="/x">two</a> three⟧</p>',
		);
	});
});

describe('wrap in a tag', () => {
	it('puts an inline element around the selection', () => {
		assert.equal(toggled('<p>the ⟦ferry⟧</p>', 'wrap', 'span lang="zh"'), '<p>the <span lang="zh">⟦ferry⟧</span></p>');
		assert.equal(toggled('<p>⟦a <b>b⟧ c</b></p>', 'wrap', '<code>'), '<p><code>⟦a </code><b><code>b⟧</code> c</b></p>');
	});

	it('puts another element around whole blocks', () => {
		assert.equal(
			toggled('<p>a</p><p>b ⟦c</p><p>d⟧</p>', 'wrap', 'div class="x"'),
			'<p>a</p><div class="x"><p>b ⟦c</p><p>d⟧</p></div>',
		);
	});

	it('refuses tags that cannot be put around text', () => {
		for (const tag of ['', 'br', 'script', 'li', 'a b<c', '3', 'span onclick=alert(1)>x', 'p></p><b'])
			assert.match(toggled('<p>⟦a⟧</p>', 'wrap', tag), /^refused: /, tag);
	});
});
