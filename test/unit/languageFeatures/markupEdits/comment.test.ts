import assert from 'node:assert/strict';
import { kindsWith } from '../../../../server/src/annotations/kinds.ts';
import { apply, refuses, toggled, undoes } from './support.ts';

describe('toggling a comment', () => {
	it('comments out the block at the cursor, and brings it back', () => {
		undoes('<p>fir‸st</p><p>second</p>', 'comment', '<!-- <p>fir‸st</p> --><p>second</p>');
		undoes('<p>a</p>\r\n\t‸<p>段落</p>\r\n', 'comment', '<p>a</p>\r\n\t<!-- ‸<p>段落</p> -->\r\n');
		undoes('\t‸\t<p>a</p>\n<p>b</p>', 'comment', '\t‸\t<!-- <p>a</p> -->\n<p>b</p>');
		undoes('<ul><li>a</li><li>b‸</li></ul>', 'comment', '<ul><li>a</li><!-- <li>b‸</li> --></ul>');
	});

	it('comments out a selection, within the tags that it crosses', () => {
		undoes('<p>a ⟦b⟧ c</p>', 'comment', '<p>a ⟦<!-- b -->⟧ c</p>');
		undoes('⟦<p>a</p>\n<p>b</p>⟧\n<p>c</p>', 'comment', '⟦<!-- <p>a</p>\n<p>b</p> -->⟧\n<p>c</p>');
		undoes('<p>a ⟦<b>b</b></p><p>c⟧ d</p>', 'comment', '<p>a ⟦<!-- <b>b</b> --></p><p><!-- c -->⟧ d</p>');
	});

	it('never changes a note', () => {
		const notes = '<p>second <mark>words</mark><!-- note: private remark --> end</p>';
		undoes(`<p>fir‸st</p>${notes}`, 'comment', `<!-- <p>fir‸st</p> -->${notes}`);
		refuses(
			'comment',
			/\bnotes?\b/,
			notes.replace('second', 'sec‸ond'),
			notes.replace('remark', 'rem‸ark'),
			notes.replace('private', '⟦private⟧'),
			`⟦<p>a</p>${notes}⟧`,
			notes.replace('words</mark>', 'wo⟦rds</mark>').replace(' end', ' e⟧nd'),
			notes.replace('words', '⟦words⟧').replace('<mark>⟦', '⟦<mark>').replace('⟧</mark>', '</mark>⟧'),
			`<p><mark>a</mark>⟦b⟧<!-- note: x --></p>`,
		);
		const own = kindsWith(new Map([['quelle', { motivation: 'identifying' as const }]]));
		assert.match(toggled('<p>a</p><!-- Quelle: ‸ b -->', 'comment', undefined, own), /^refused: .*note/);
		assert.equal(toggled('<p>a</p><!-- Quelle: ‸ b -->', 'comment'), '<p>a</p>Quelle: ‸ b');
	});

	it('never makes a note', () => {
		undoes('<p>⟦Note: read it⟧</p>', 'comment', '<p>⟦<!-- Note&colon; read it -->⟧</p>');
		undoes('<p>⟦question：好吗⟧</p>', 'comment', '<p>⟦<!-- question&#xff1a;好吗 -->⟧</p>');
	});

	it('writes comment marks inside as character references', () => {
		undoes('<p>a‸<!-- b --></p>', 'comment', '<!-- <p>a‸&lt;!&ndash; b &ndash;&gt;</p> -->');
		undoes('<p>‸a --> b --!> c -- d</p>', 'comment', '<!-- <p>‸a &ndash;&gt; b &ndash;!&gt; c -- d</p> -->');
		undoes('<p>a‸<!-- x &lt; &ndash; --></p>', 'comment', '<!-- <p>a‸&lt;!&ndash; x &lt; &ndash; &ndash;&gt;</p> -->');
		refuses('comment', /character references/, '<p>a &ndash;&gt; ‸b</p>');
	});

	it('brings back comments of others, without the spaces', () => {
		assert.equal(toggled('<p>a</p><!--<p>b‸</p>--><p>c</p>', 'comment'), '<p>a</p><p>b‸</p><p>c</p>');
		assert.equal(toggled('⟦<!-- a --> <!-- b -->⟧', 'comment'), '⟦a b⟧');
	});

	it('is one direction for all cursors', () => {
		assert.equal(
			toggled('<p>a‸</p><!-- <p>b‸</p> --><p>c‸</p>', 'comment'),
			'<!-- <p>a‸</p> --><!-- <p>b‸</p> --><!-- <p>c‸</p> -->',
		);
	});

	it('makes lines of front matter comments of YAML', () => {
		const text = '---\ntitle: A\nfrom: https://a.example/\n\ntags:\n  - 潮\n---\n\n<p>x</p>\n';
		const at = (words: string): number => text.indexOf(words);
		const once = apply(
			{
				text,
				selections: [
					{ start: at('A'), end: at('tags') },
					{ start: at('潮'), end: at('潮') },
				],
			},
			'comment',
		);
		assert.ok(typeof once !== 'string');
		assert.equal(once.text, text.replace('title', '# title').replace('from', '# from').replace('- 潮', '# - 潮'));
		const twice = apply(once, 'comment');
		assert.deepEqual(typeof twice === 'string' ? twice : twice.text, text);
	});

	it('brings back blocks with faults of their own', () => {
		const block = '<figure><p><figure><img src="a.png" alt=""></figure></p></figure>';
		undoes(
			`<p>a</p>${block.replace('<img', '‸<img')}`,
			'comment',
			`<p>a</p><!-- ${block.replace('<img', '‸<img')} -->`,
		);
	});

	it('refuses what would comment out the text that follows, or make it a part of a tag', () => {
		const opens = ['b <!-- c', '<a href="', '<a href="/x', '<b', '<!DOCTYPE', '</p', '<?x', '<!-'];
		const bodies = opens.map(open => `<p>a</p><!-- ${open}‸ --><p>d "e" &gt; f</p><p>g</p>`);
		refuses('comment', /html\/syntax/, ...bodies);
	});

	it('refuses what would leave tags unpaired', () => {
		refuses('comment', /html\/syntax/, '<p>a <!-- </p><p> ‸--> b</p><p>c <!-- <b>‸ --></p>');
		refuses('comment', /inside a comment/, '<p>a ⟦b <!-- c⟧ d --></p>');
		refuses('comment', /text in the body|Select/, '<textarea>a ⟦b⟧</textarea>', '<p title="⟦a⟧">b</p>');
	});
});
