import assert from 'node:assert/strict';
import { parseArticle, updateDocument } from '../../../server/src/article/article.ts';
import { assertFindings, assertFixed, assertQuiet, findings, fixes, inArticle } from './support.ts';

describe('rules: text', () => {
	describe('text/invisible', () => {
		const message = 'An invisible character without meaning: U+200B';
		for (const [what, wrong, right] of [
			['between Han characters', '退潮\u200b之后', '退潮之后'],
			['beside white space', 'The \u200bebb', 'The ebb'],
			['at the end of a text', 'The ebb\u200b', 'The ebb'],
			['beside Chinese punctuation', '“退潮”，\u200bEbb', '“退潮”，Ebb'],
		] as const)
			it(`reports one ${what}`, () =>
				assertFixed(
					'text/invisible',
					inArticle(`<p>${wrong}</p>`),
					[['\u200b', message]],
					inArticle(`<p>${right}</p>`),
				));
		it('reports those that are written as references, and runs of them once', () =>
			assertFixed(
				'text/invisible',
				inArticle('<p>退&#8203;&#x200b;潮&ZeroWidthSpace;之<b>&zwnj;</b>后&#xFEFF;</p>'),
				[
					['&#8203;&#x200b;', '2 invisible characters without meaning: U+200B'],
					['&ZeroWidthSpace;', message],
					['&zwnj;', 'An invisible character without meaning: U+200C'],
					['&#xFEFF;', 'An invisible character without meaning: U+FEFF'],
				],
				inArticle('<p>退潮之<b></b>后</p>'),
			));
		it('ignores those that mean something: in scripts that join letters, in emoji, and between Latin letters', () =>
			assertQuiet(
				'text/invisible',
				'<p>می\u200cخواهم</p><p>मराठी क्\u200dष</p>',
				'<p>\u{1f468}\u200d\u{1f469}\u200d\u{1f467} \u2764\ufe0f\u200d\u{1f525} \u{1f44d}\u{1f3fd}\u200d潮</p>',
				'<p>long\u200bword, no\u2060break, Auf\u200clage</p>',
				'<p>soft\u00adhyphen 潮\u00ad水</p>',
				'<p title="退\u200b潮"><a href="https://a.example/\u200b潮">x</a><!-- 退\u200b潮 --></p><script>"退\u200b潮"</script>',
			));
	});

	describe('text/double-encoded', () => {
		it('reports references that readers see', () =>
			assertFixed(
				'text/double-encoded',
				inArticle('<p>Q&amp;amp;A: 10&amp;nbsp;km, it&amp;#8217;s &amp;quot;low&amp;quot;</p>'),
				[
					['&amp;amp;', 'The character reference &amp; was encoded twice, so readers see it'],
					['&amp;nbsp;', 'The character reference &nbsp; was encoded twice, so readers see it'],
					['&amp;#8217;', 'The character reference &#8217; was encoded twice, so readers see it'],
					['&amp;quot;', 'The character reference &quot; was encoded twice, so readers see it'],
					['&amp;quot;', 'The character reference &quot; was encoded twice, so readers see it'],
				],
				inArticle('<p>Q&amp;A: 10&nbsp;km, it&#8217;s &quot;low&quot;</p>'),
			));
		it('reports the ampersands of a URL once', () =>
			assertFixed(
				'text/double-encoded',
				inArticle('<a href="https://a.example/?x=1&amp;amp;y=2&amp;amp;z=3">x</a>'),
				[['&amp;amp;', 'The ampersand of the URL was encoded twice']],
				inArticle('<a href="https://a.example/?x=1&amp;y=2&amp;z=3">x</a>'),
			));
		it('ignores angle brackets, other text with an ampersand, and articles with code', () =>
			assertQuiet(
				'text/double-encoded',
				'<p>&amp;lt;p&amp;gt; AT&amp;T; R&amp;D &amp; more; &amp;nosuch;</p>',
				'<p>Write &amp;amp; for an ampersand.</p><pre>&amp;amp;</pre>',
				'<a href="https://a.example/?x=1&amp;y=2">x</a>',
			));
	});

	describe('text/mojibake', () => {
		for (const [wrong, shown, meant] of [
			['Itâ€™s low', 'â€™', '’'],
			['un cafÃ©', 'Ã©', 'é'],
			['â\u0080\u009cTideâ\u0080\u009d', 'â\u0080\u009c', '“'],
			['æ½®æ°´é€€åŽ»ã€‚', 'æ½®æ°´é€€åŽ»ã€‚', '潮水退去。'],
			['10Â\u00a0km', 'Â', '\u00a0'],
		] as const)
			it(`reports ${wrong}`, () => {
				const text = inArticle(`<p>${wrong}</p>`);
				const [[, message = ''] = [], ...others] = findings('text/mojibake', text);
				assert.deepEqual(others, []);
				assert.match(message, /^The text was decoded with the wrong encoding: /);
				const [fix] = fixes('text/mojibake', text);
				assert.equal(fix?.preferred, false);
				assert.deepEqual(text.slice(fix?.edits[0]?.span.start).startsWith(shown), true);
				assert.equal(fix?.edits[0]?.newText, meant);
			});
		it('reports UTF-8 that was read as GBK, and lost characters, without a fix', () => {
			for (const body of ['鈥滄疆姘粹€濓紝鈥滈€€鍘', '锛屾疆姘达紝锛', '锟斤拷锟斤拷', 'The t\ufffd\ufffdde'])
				assert.deepEqual(
					[
						findings('text/mojibake', inArticle(`<p>${body}</p>`)).length,
						fixes('text/mojibake', inArticle(`<p>${body}</p>`)).length,
					],
					[1, 0],
					body,
				);
			assertFindings('text/mojibake', inArticle('<p>The t\ufffd\ufffdde</p>'), [
				['\ufffd\ufffd', 'Characters of the text are lost, since they could not be decoded: \ufffd\ufffd'],
			]);
		});
		it('ignores letters with accents, and punctuation after them', () =>
			assertQuiet(
				'text/mojibake',
				'<p>NÃO, SÃO PAULO, ÂGE, château, naïf, pão</p>',
				'<p>“C’est un café…” « CAFÉ» à « Noël », 25 Â°</p>',
				'<p>Ångström, æsel, žluťoučký kůň, größte, él—“no”</p>',
				'<p>锛 is a rare character. 锟斤拷</p>',
			));
	});

	it('looks at text that an edit has added or removed', () => {
		const around = '<div><p>One, two, three, and a good many more words after that.</p></div>'.repeat(3);
		const textWith = (part: string): string => inArticle(`${around}<div><p>${part}</p></div>${around}`);
		const before = parseArticle(textWith('潮水'));
		const edited = updateDocument(before, textWith('潮\u200b水'));
		assert.ok(edited.kind === 'article');
		assert.deepEqual(edited.body.rare, [textWith('潮\u200b水').indexOf('\u200b')]);
		const again = updateDocument(edited, textWith('潮水'));
		assert.ok(again.kind === 'article');
		assert.deepEqual(again.body.rare, []);
	});
});
