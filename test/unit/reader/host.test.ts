import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { parse } from 'parse5';
import { exportHtml } from '../../../client/src/reader/exportHtml.ts';
import { readerHtml } from '../../../client/src/reader/html.ts';
import { readPageMessage } from '../../../client/src/reader/page/messages.ts';
import type { ReaderImage, ReaderView } from '../../../server/src/protocol/reader.ts';
import { answerFor } from '../../../server/src/reader/patch.ts';
import { HEAD } from '../languageFeatures/harness.ts';
import { draw } from './support.ts';

function view(body: string): ReaderView {
	const { answer } = answerFor(draw(`${HEAD}${body}\n`), 1, undefined);
	assert.equal(answer.kind, 'view');
	return answer.view;
}

/** Returns the text of an exported article with the tags of its blocks. */
async function exported(
	body: string,
	notes = true,
	address: (picture: ReaderImage) => string | undefined = () => 'data:image/png;base64,AA',
): Promise<string> {
	const html = await exportHtml(view(body), { notes, style: '', address });
	return /<div class="text">\n([\s\S]*)\n<\/div>\n<\/article>/.exec(html)?.[1] ?? html;
}

describe('an exported article', () => {
	it('contains each block with its images, and marks annotated text', async () => {
		assert.equal(
			await exported(
				'<p>a &lt;b&gt; <mark>c</mark><!-- question: Why? #x @p 2021-12-17 --></p><figure><img src="a.jpg" alt="A &quot;boat&quot;"><figcaption>On</figcaption></figure>',
			),
			'<div class="block part-main"><p class="content" dir="auto">a &lt;b&gt; <mark><mark class="segment">c</mark></mark></p><aside class="note"><p class="kind">question</p><div class="said" dir="auto"><p>Why?</p></div><p class="by">p · 2021-12-17 · #x</p></aside></div>\n' +
				'<div class="block part-main"><figure class="content" dir="auto"><span class="picture"><img src="data:image/png;base64,AA" alt="A &quot;boat&quot;" referrerpolicy="no-referrer"></span><figcaption>On</figcaption></figure></div>',
		);
	});

	it('omits notes on request, and labels missing images', async () => {
		assert.equal(
			await exported('<p><mark>c</mark><!-- note: x --></p><img src="a.jpg" alt="A boat">', false, () => undefined),
			'<div class="block part-main"><p class="content" dir="auto"><mark>c</mark></p></div>\n<div class="block part-main"><figure class="content" dir="auto"><a class="picture missing" href="https://news.example/2021/tide/a.jpg">A boat</a></figure></div>',
		);
	});

	it('leaves out the page around the article, except what has notes if they are included', async () => {
		const text = `<p>${'The harbour master reads the gauge at seven, before the ferry leaves. '.repeat(3)}</p>`;
		const body = `${text}<div id="comments"><p>First!</p><p><mark>Very good.</mark><!-- check: Who? --></p></div>`;
		const texts = async (notes: boolean): Promise<string[]> =>
			[...(await exported(body, notes)).matchAll(/<p class="content"[^>]*>(.*?)<\/p>/g)].map(([, inside = '']) =>
				inside.replace(/<[^>]*>/g, '').slice(0, 20),
			);
		assert.deepEqual(await texts(true), ['The harbour master r', 'Very good.']);
		assert.deepEqual(await texts(false), ['The harbour master r']);
	});

	it('resolves links to missing fragments against the source, and keeps line breaks in code', async () => {
		assert.equal(
			await exported('<p><a href="#x">x</a></p><pre>\n\na\nb</pre>'),
			'<div class="block part-main"><p class="content" dir="auto"><a href="https://news.example/2021/tide/#x">x</a></p></div>\n<div class="block part-main"><div class="scroller"><pre class="content" dir="auto">\n\na\nb</pre></div></div>',
		);
	});

	it('contains nothing executable, whatever the article contains', async () => {
		const attack = '<img src=x onerror=alert(1)></style></title><script>alert(1)</script>';
		const body = `<p title='${attack}'>${attack}<mark>m</mark><!-- note: ${attack} --></p><iframe src="https://x.example/" title='${attack}'></iframe>`;
		const html = await exportHtml(view(body), { notes: true, style: '', address: ({ sources }) => sources[0]?.url });
		const tags = new Set<string>();
		const waiting: { nodeName: string; childNodes?: unknown[]; attrs?: { name: string }[] }[] = [parse(html) as never];
		for (let node = waiting.pop(); node; node = waiting.pop()) {
			tags.add(node.nodeName);
			assert.ok(!node.attrs?.some(({ name }) => name.startsWith('on')), node.nodeName);
			waiting.push(...((node.childNodes ?? []) as typeof waiting));
		}
		for (const tag of ['script', 'iframe', 'object', 'form', 'base']) assert.ok(!tags.has(tag), tag);
		assert.match(html, /default-src 'none'/);
	});

	it('links to footnotes and back within the file, however their ids are written', async () => {
		for (const [link, target] of [
			['#n1', 'id="n1"'],
			['#n1', 'name="n1"'],
			['#%E6%B3%A81', 'id="注1"'],
			['#注1', 'id="注1"'],
			['https://news.example/2021/tide/#n1', 'id="n1"'],
			['#a%20b', 'id="a b"'],
		]) {
			const element = target?.startsWith('name') ? 'a' : 'b';
			const html = await exported(
				`<p>Claim<sup id="r1"><a href="${link}">1</a></sup>.</p><ol><li><${element} ${target}>Note</${element}> <a href="#r1">back</a></li></ol>`,
			);
			const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
			assert.deepEqual(ids, ['place-1', 'place-2'], html);
			assert.match(html, /<sup id="place-1"><a href="#place-2">1<\/a>/);
			assert.match(html, /<(?:b|span) id="place-2">Note<\/(?:b|span)> <a href="#place-1">back/);
		}
	});

	it('links to the first element with an id, and to the next block for an empty anchor', async () => {
		assert.equal(
			await exported('<p><a href="#n">1</a></p><a name="n"></a><p>One</p><p id="n">Two</p>'),
			'<div class="block part-main"><p class="content" dir="auto"><a href="#place-1">1</a></p></div>\n<div class="block part-main"><p class="content" dir="auto" id="place-1">One</p></div>\n<div class="block part-main"><p class="content" dir="auto">Two</p></div>'.replace(
				'<p class="content" dir="auto"><a',
				'<p class="content"><a',
			),
		);
	});

	it('contains no ids or names of the article', async () => {
		const html = await exported(
			'<p id="body"><a name="x" href="#body">a</a><img name="y" src="a.jpg"></p><form id="f"><input name="g"></form>',
		);
		assert.deepEqual(html.match(/ (?:id|name)="[^"]*"/g), [' id="place-1"']);
	});

	it('has a policy that allows its own style by hash, the chosen images, and nothing else', async () => {
		const policyOf = async (address: (picture: ReaderImage) => string | undefined): Promise<string[]> => {
			const html = await exportHtml(view('<p>a</p><img src="a.jpg">'), { notes: true, style: 'p{}', address });
			const [, policy = ''] = /Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
			const [, style = ''] = /<style>([\s\S]*)<\/style>/.exec(html) ?? [];
			const hash = createHash('sha256').update(style).digest('base64');
			return policy.replace(hash, 'HASH').split('; ');
		};
		const rest = ["base-uri 'none'", "form-action 'none'"];
		const first = ["default-src 'none'", "style-src 'sha256-HASH'"];
		assert.deepEqual(await policyOf(() => 'data:image/png;base64,AA'), [...first, 'img-src data:', ...rest]);
		assert.deepEqual(await policyOf(({ sources }) => sources[0]?.url), [...first, 'img-src https:', ...rest]);
		assert.deepEqual(await policyOf(() => undefined), [...first, "img-src 'none'", ...rest]);
	});

	it('contains formulas, controls and placeholders as in the reader', async () => {
		const html = await exported(
			'<p>10<math><msup><mn>10</mn><mn>6</mn></msup></math><!-- --></p><ul><li><input type=checkbox checked> done</li></ul><svg width=400 height=300><title>A map</title></svg>',
		);
		assert.match(html, /<math alttext="10⁶"><msup><mn>10<\/mn><mn>6<\/mn><\/msup><\/math>/);
		assert.match(html, /<li><span class="check" role="img" aria-label="Checked">☑<\/span> done<\/li>/);
		assert.match(
			html,
			/<a class="embed embed-svg" href="https:\/\/news.example\/2021\/tide\/"><span class="embed-title" dir="auto">A map<\/span><span class="embed-host" lang="en">Drawing \(SVG\) not shown<\/span><\/a>/,
		);
	});

	it('marks a whole formula if a note is about part of it', async () => {
		const html = await exported('<p>a <math><mi>x</mi><mo>=</mo><mn><mark>2</mark></mn></math> b</p>');
		assert.doesNotMatch(html, /<math[^>]*>(?:(?!<\/math>)[\s\S])*<mark/);
	});
});

describe('the host of the reader', () => {
	it('has a policy that allows the page its own script and files, and remote images only if they are enabled', () => {
		const policyOf = (remotePictures: boolean): string[] => {
			const html = readerHtml({
				script: 'https://host.example/reader.js',
				style: 'https://host.example/reader.css',
				origin: 'https://host.example',
				nonce: 'NONCE',
				remotePictures,
				language: 'en',
			});
			assert.deepEqual(html.match(/<script[^>]*>/g), ['<script nonce="NONCE" src="https://host.example/reader.js">']);
			assert.match(html, /<meta name="referrer" content="no-referrer">/);
			const [, policy = ''] = /Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
			return policy.replaceAll('&#39;', "'").split('; ');
		};
		const rest = ["base-uri 'none'", "form-action 'none'"];
		const first = ["default-src 'none'", "script-src 'nonce-NONCE'", 'style-src https://host.example'];
		assert.deepEqual(policyOf(false), [...first, 'img-src https://host.example data:', ...rest]);
		assert.deepEqual(policyOf(true), [...first, 'img-src https://host.example data: https: http:', ...rest]);
	});

	it('rejects invalid messages', () => {
		assert.deepEqual(readPageMessage({ type: 'open', href: '#a', more: 1 }), { type: 'open', href: '#a' });
		for (const data of [
			undefined,
			null,
			'ready',
			{ type: 'scrolled', version: 1, offset: -1, led: true },
			{ type: 'scrolled', version: 1, offset: 1.5, led: true },
			{ type: 'passage', action: 'delete', version: 1, start: 1, end: 2, text: '' },
			{ type: 'passage', action: 'note', version: 1, start: 2, end: 2, text: '' },
			{ type: 'command', command: 'workbench.action.quit' },
			{ type: 'open', href: { toString: () => 'x' } },
			{ type: 'loadImages' },
			{ type: '__proto__' },
		])
			assert.equal(readPageMessage(data), undefined, JSON.stringify(data));
		fc.assert(
			fc.property(
				fc.anything(),
				data => readPageMessage(data) === undefined || (data as { type: string }).type === 'ready',
			),
		);
	});
});
