import assert from 'node:assert/strict';
import { HEAD } from '../languageFeatures/harness.ts';
import { blocks, draw } from './support.ts';

describe('visible content in the reader', () => {
	it('excludes what the page hides', () => {
		for (const hidden of [
			'<p hidden>no</p>',
			'<div style="display: none"><p>no</p></div>',
			'<div style="color:red;DISPLAY:none!important">no</div>',
			'<p style="visibility:hidden">no</p>',
			'<span class="sr-only">no</span>',
			'<span class="sharing-screen-reader-text">no</span>',
			'<h2 class="element-invisible">no</h2>',
			'<h2 class="visually-hidden">no</h2>',
			'<p style="position:absolute;left:-9999px">no</p>',
			'<p style="position:absolute;clip:rect(0,0,0,0)">no</p>',
			'<dialog><p>no</p></dialog>',
			'<template><p>no</p></template>',
			'<datalist><option>no</option></datalist>',
			'<iframe src="https://count.example/" width="1" height="1"></iframe>',
			'<iframe src="https://count.example/" style="display:none"></iframe>',
			'<input type="hidden" value="no">',
		])
			assert.deepEqual(blocks(`<p>yes, yes</p>${hidden}`), ['<p>yes, yes</p>'], hidden);
		assert.deepEqual(blocks('<p>yes <span class="sr-only">no</span><b hidden>no</b></p>'), ['<p>yes </p>']);
	});

	it('includes everything else', () => {
		for (const shown of [
			'<p aria-hidden="true">yes</p>',
			'<p hidden="until-found">yes</p>',
			'<dialog open><p>yes</p></dialog>',
			'<p style="display:none;display:block">yes</p>',
			'<p style="background:url(none)">yes</p>',
			'<p class="hidden">yes</p>',
			'<p class="offscreenplay">yes</p>',
			'<p style="position:relative;left:-120px">yes</p>',
			'<div style="visibility:hidden"><p style="visibility:visible">yes</p></div>',
		])
			assert.match(blocks(`<p>other words</p>${shown}`)[1] ?? '', /yes/, shown);
	});

	it('includes an article to be shown by a script, a lazy image, and the name of a link with an icon', () => {
		assert.deepEqual(blocks('<div style="display:none"><p>All of it.</p></div>'), ['<p>All of it.</p>']);
		assert.deepEqual(
			blocks('<p>a</p><img style="display:none" data-src="a.jpg"><noscript><img src="a.jpg"></noscript>'),
			['<p>a</p>', '<figure><img picture="0"></figure>'],
		);
		assert.match(
			blocks('<p>More words</p><a href="/f"><i></i><span class="sr-only">Share</span></a>')[1] ?? '',
			/Share/,
		);
	});

	it('places a note on hidden text at the block before it, and marks it as unseen', () => {
		const view = draw(`${HEAD}<p>seen, seen</p><p hidden>un<mark>seen</mark><!-- note: why? --></p><p>more, more</p>`);
		assert.deepEqual(
			view.notes.map(({ block, unseen }) => [block, unseen]),
			[[0, true]],
		);
	});

	it('has a placeholder with a name for a drawing, but not for an icon', () => {
		const large =
			'<svg width="400" height="300"><title>Tides</title><desc>By month</desc><path/><script>x</script></svg>';
		assert.deepEqual(blocks(`<p>a</p><div>${large}</div>`), [
			'<p>a</p>',
			'<p><span embed="svg" title="Tides. By month"></span></p>',
		]);
		assert.deepEqual(
			blocks('<p>a</p><div><svg viewBox="0 0 9 9"><text x="1">High</text><text>Low</text></svg></div>'),
			['<p>a</p>', '<p><span embed="svg" title="High · Low"></span></p>'],
		);
		assert.deepEqual(blocks('<p>a</p><div><canvas aria-label="A chart"><p>old</p></canvas></div>'), [
			'<p>a</p>',
			'<p><span embed="canvas" title="A chart"></span></p>',
		]);
		for (const icon of [
			'<svg width="24" height="24"><path/></svg>',
			'<svg viewBox="0 0 512 512" aria-hidden="true"><path/></svg>',
			'<svg><use href="#icon"></use></svg>',
			'<svg style="display:none"><symbol><path/></symbol></svg>',
		])
			assert.deepEqual(blocks(`<p>a ${icon}b</p>`), ['<p>a b</p>'], icon);
		assert.deepEqual(blocks('<p>a <a href="/b"><svg><title>Share</title><path/></svg></a></p>'), [
			'<p>a <a href="https://news.example/b"><span says="Share"></span></a></p>',
		]);
	});

	it('includes the content of a form, with a placeholder for the form', () => {
		assert.deepEqual(
			blocks(
				'<p>An article with words enough to be one, and then some more of them.</p><form><p>Letter</p><label>Mail <input type="email" placeholder="you@"></label><select><option>a<option selected>b</select><textarea>t</textarea><button>Go</button><input type=submit value=Send></form>',
			).slice(1),
			[
				'<p><span embed="form"></span></p>',
				'<p>Letter</p>',
				'<p>Mail <span control="field" says="you@"></span><span control="select">b</span><span control="field">t</span><span control="button">Go</span><span control="button" says="Send"></span></p>',
			],
		);
		assert.deepEqual(
			blocks('<form><p>All of the article is in a form.</p><input name="q"></form>')[0],
			'<p>All of the article is in a form.</p>',
		);
	});

	it('keeps the state of check boxes and the value of meters', () => {
		assert.deepEqual(
			blocks('<ul><li><input type="checkbox" checked disabled> a</li><li><input type="checkbox"> b</li></ul>'),
			['<ul><li><span control="checkbox-on"></span> a</li><li><span control="checkbox-off"></span> b</li></ul>'],
		);
		assert.deepEqual(blocks('<p>a <progress value="0.3"></progress> <meter value="2" max="8">2 of 8</meter></p>'), [
			'<p>a <span control="meter" says="30 %"></span> <span control="meter">2 of 8</span></p>',
		]);
	});

	it('includes an embed once if a noscript repeats it', () => {
		for (const src of [
			'data-src="https://v.example/1"',
			'src="about:blank" data-src="https://v.example/1"',
			'src="https://v.example/1"',
		])
			assert.deepEqual(
				blocks(`<p>a</p><iframe ${src}></iframe><noscript><iframe src="https://v.example/1"></iframe></noscript>`),
				['<p>a</p>', '<p><a href="https://v.example/1" embed="iframe"></a></p>'],
			);
		assert.equal(
			blocks(
				'<iframe src="https://v.example/1"></iframe><noscript><iframe src="https://v.example/2"></iframe></noscript>',
			).length,
			2,
		);
	});

	it('includes the links of an image map by name', () => {
		assert.deepEqual(blocks('<p>a<map><area href="/n" alt="North"><area href="/s"></map></p>'), [
			'<p>a<a href="https://news.example/n" says="North"></a></p>',
		]);
	});

	it('keeps closed details closed, with their content', () => {
		assert.deepEqual(
			blocks('<p>An article with words enough to be one.</p><details><summary>More</summary><p>b</p></details>').slice(
				1,
			),
			['<details><summary>More</summary><p>b</p></details>'],
		);
		assert.match(blocks('<p>Words enough.</p><details open>b</details>')[1] ?? '', /^<details open="">/);
	});

	it('gives a block the direction and language of the elements around it', () => {
		assert.deepEqual(
			blocks(
				'<p>The tide was in, of course, and that was it.</p><div dir="rtl" lang="ar"><p>مد</p><p dir="ltr">b</p></div>',
			).slice(1),
			['<p lang="ar" dir="rtl">مد</p>', '<p lang="ar" dir="ltr">b</p>'],
		);
	});
});
