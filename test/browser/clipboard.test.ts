import { strict as assert } from 'node:assert';
import type { Page } from 'playwright-core';
import { pastes } from '../../server/src/languageFeatures/paste.ts';
import { sharedBrowser } from '../support/browser.ts';
import { HEAD, open } from '../unit/languageFeatures/harness.ts';

/** The URL of the pages. No request is sent to it. */
const PAGE = 'https://courier.example/2021/12/16/tide/';
const STYLE =
	'<style>.lead{font-weight:700} .quiet{font-style:italic} nav,.gone{display:none} img{width:20px;height:20px}</style>';
const DOT = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';

/** A page, and the expected article HTML when all of it is copied. */
const PAGES: readonly (readonly [what: string, page: string, result: string])[] = [
	[
		'links and emphasis, with the spaces around them',
		'<article><h2>潮水 and tide</h2><p>The <a href="/office">county office</a> said on <em>Monday</em> no. <strong>Nobody</strong> <span class="gone">hidden</span>asked.</p></article>',
		'<h2>潮水 and tide</h2><p>The <a href="https://courier.example/office">county office</a> said on <em>Monday</em> no. <strong>Nobody</strong> asked.</p>',
	],
	[
		'words set by a style sheet',
		'<div><p><span class="lead">All of it.</span> And <span class="quiet">this</span>, 10&nbsp;km away.</p></div>',
		// Chromium copies only the text of a single paragraph.
		'<b>All of it.</b> And <i>this</i>, 10&nbsp;km away.',
	],
	[
		'lists, tables, captions and details',
		'<main><ul><li><div>Ann Reed</div><div>Harbour clerk</div></li><li>李明<ul><li>渡轮</li></ul></li></ul><table><tbody><tr><th>High</th><td><div>water</div><div>at noon</div></td></tr></tbody></table><details open><summary>谁付钱？</summary>The county does.</details><p>End.</p></main>',
		'<ul><li><p>Ann Reed</p><p>Harbour clerk</p></li><li>李明<ul><li>渡轮</li></ul></li></ul><table><tbody><tr><th>High</th><td><p>water</p><p>at noon</p></td></tr></tbody></table><details open><summary>谁付钱？</summary><p>The county does.</p></details><p>End.</p>',
	],
	[
		'pictures that a script was to load',
		`<p>Before.</p><figure><img alt="A" data-src="https://img.example/real.png" src="${DOT}"><figcaption>The pier at dawn.</figcaption></figure><p><img srcset="https://img.example/l.jpg 2x" alt="B"> After.</p>`,
		'<p>Before.</p><figure><img src="https://img.example/real.png" alt="A"><figcaption>The pier at dawn.</figcaption></figure><p><img src="https://img.example/l.jpg" alt="B"> After.</p>',
	],
	[
		'notes that lead to each other',
		'<p>Claim<sup id="r1"><a href="#n1">1</a></sup>.</p><ol><li id="n1">Note <a href="#r1">back</a></li></ol><p id="end">End.</p>',
		'<p>Claim<sup id="r1"><a href="#n1">1</a></sup>.</p><ol><li id="n1">Note <a href="#r1">back</a></li></ol><p>End.</p>',
	],
	[
		'code in lines, and formulas',
		'<p>Run:</p><pre><code>for x in a b\n  do echo $x\ndone</code></pre><p>About 2×<math><msup><mn>10</mn><mn>6</mn></msup></math> litres.</p>',
		'<p>Run:</p><pre><code>for x in a b&#10;  do echo $x&#10;done</code></pre><p>About 2×<math><msup><mn>10</mn><mn>6</mn></msup></math> litres.</p>',
	],
	[
		'languages and what words stand for',
		'<p lang="fr">La <abbr title="Organisation mondiale">OMS</abbr> dit.</p><p dir="rtl" lang="ar">مرحبا</p><p><ruby>漢<rt>kan</rt></ruby> on <time datetime="2021-12-16">Thursday</time></p>',
		'<p lang="fr">La <abbr title="Organisation mondiale">OMS</abbr> dit.</p><p lang="ar" dir="rtl">مرحبا</p><p><ruby>漢<rt>kan</rt></ruby> on <time datetime="2021-12-16">Thursday</time></p>',
	],
];

describe('clipboard content of Chromium', function () {
	this.timeout(120_000);
	let page: Page;

	before(async () => {
		const context = await (await sharedBrowser()).newContext();
		await context.grantPermissions(['clipboard-read', 'clipboard-write']);
		page = await context.newPage();
		await page.route('**/*', route =>
			route.request().url() === PAGE ? route.fulfill({ contentType: 'text/html', body: '<p></p>' }) : route.abort(),
		);
	});

	after(() => page?.context().close());

	/** Selects a whole page, copies it with the keyboard, and returns the markup in the clipboard. */
	async function copied(content: string): Promise<string> {
		await page.goto(PAGE);
		// Ready before the key is pressed, or a fast copy would be missed.
		const copy = await page.evaluateHandle(markup => {
			document.body.innerHTML = markup;
			return { done: new Promise<void>(resolve => document.addEventListener('copy', () => resolve(), { once: true })) };
		}, STYLE + content);
		await page.bringToFront();
		await page.keyboard.press('ControlOrMeta+A');
		await page.keyboard.press('ControlOrMeta+C');
		await copy.evaluate(({ done }) => done);
		return await page.evaluate(async () => {
			const [item] = await navigator.clipboard.read();
			return (await (await item?.getType('text/html'))?.text()) ?? '';
		});
	}

	function pasted(html: string): string | undefined {
		const { document } = open(`${HEAD}<p>x</p>`);
		const end = document.positionAt(HEAD.length + '<p>x</p>'.length);
		return pastes(document, { start: end, end }, { html }).find(({ kind }) => kind === 'html')?.text;
	}

	for (const [what, content, result] of PAGES)
		it(`is pasted with ${what}`, async () => {
			const html = await copied(content);
			assert.equal(pasted(html), result, html);
			assert.equal(pasted(result), result);
		});
});
