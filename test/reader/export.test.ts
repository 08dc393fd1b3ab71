import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { type ExportOptions, exportHtml } from '../../client/src/reader/exportHtml.ts';
import { ROOT } from '../../scripts/host/paths.ts';
import { answerFor } from '../../server/src/reader/patch.ts';
import { draw } from '../unit/reader/support.ts';
import { ATTACKS } from './attacks.ts';
import { problemsOf } from './axe.ts';
import { PARTS_EN, PARTS_ZH } from './parts.ts';
import { openReaderPage, type ReaderPage } from './readerPage.ts';

const FILE = 'https://exported.example/file.html';

describe('an exported file in a browser', () => {
	let reader: ReaderPage;
	let page: Page;
	let html = '';
	let requested: string[] = [];
	let style = '';
	/** Connections to the host named in hostile articles. */
	let connections = 0;
	const host = createServer((_, response) => response.end('x'));
	let evil = '';

	before(async () => {
		await new Promise<void>(resolve => host.listen(0, '127.0.0.1', resolve));
		host.on('connection', () => connections++);
		evil = `127.0.0.1:${(host.address() as AddressInfo).port}`;
		style = await readFile(join(ROOT, 'client/dist/article.css'), 'utf8');
		reader = await openReaderPage();
		page = await reader.page.context().newPage();
		await page.route(FILE, route => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }));
		page.on('request', request => {
			if (!request.url().startsWith(FILE) && !request.url().startsWith('data:')) requested.push(request.url());
		});
		await page.addInitScript(() => {
			const hits: string[] = [];
			Object.assign(globalThis, { hits, pwned: () => hits.push('ran') });
			document.addEventListener('securitypolicyviolation', event =>
				hits.push(`${event.violatedDirective} ${event.blockedURI}`),
			);
		});
	});
	after(async () => {
		await reader?.close();
		host.closeAllConnections();
		await new Promise(resolve => host.close(resolve));
	});

	async function open(text: string, address: ExportOptions['address'] = () => undefined): Promise<void> {
		const { answer } = answerFor(draw(text), 1, undefined);
		assert.equal(answer.kind, 'view');
		html = await exportHtml(answer.view, { notes: true, style, address });
		requested = [];
		connections = 0;
		await page.goto(FILE);
	}

	const hits = (): Promise<string[]> => page.evaluate(() => (globalThis as unknown as { hits: string[] }).hits);

	it('runs no scripts and sends no requests, whatever the article contains', async () => {
		for (const [name, body] of Object.entries(ATTACKS)) {
			const attack = body
				.replaceAll('https://evil.example', `http://${evil}`)
				.replaceAll('//evil.example', `//${evil}`);
			await open(`<!--1639640221000-->\n[Attack](http://${evil}/2021/)\n------\n\n${attack}\n`);
			const found = await page.evaluate(() => {
				for (const element of document.querySelectorAll<HTMLElement>('.text *')) {
					for (const type of ['pointerover', 'mouseover', 'focus', 'toggle', 'animationend'])
						element.dispatchEvent(new Event(type, { bubbles: true }));
				}
				scrollTo(0, document.documentElement.scrollHeight);
				const forbidden =
					'script, .text style, link, base, iframe, frame, object, embed, form, input, textarea, select, svg, video, audio, template, meta:not(head > meta), .text [name], .text [id]:not([id^="place-"]), [style], [srcdoc], [srcset], [onclick], [onload], [onerror]';
				const wrong = [...document.querySelectorAll(forbidden)].map(element => element.outerHTML.slice(0, 100));
				for (const link of document.querySelectorAll('[href]'))
					if (!/^(?:https?:|mailto:|#place-)/.test(link.getAttribute('href') ?? '')) wrong.push(link.outerHTML);
				// There is one formula, and no other MathML element.
				for (const element of document.querySelectorAll('.text *')) {
					const isMath = element.namespaceURI === 'http://www.w3.org/1998/Math/MathML';
					if (element.namespaceURI !== 'http://www.w3.org/1999/xhtml' && !isMath) wrong.push(element.outerHTML);
				}
				return wrong;
			});
			assert.deepEqual([found, await hits(), requested, connections], [[], [], [], 0], name);
		}
	});

	it('requests the images left on their sites, and nothing else', async () => {
		await open(
			`<!--1639640221000-->\n[T](https://news.example/1)\n------\n\n<p>a</p><img src="http://${evil}/a.png"><video src="http://${evil}/v" poster="http://${evil}/p"></video>`,
			({ sources }) => sources[0]?.url,
		);
		await page.waitForFunction(() => document.images[0]?.complete);
		assert.deepEqual([requested, await hits()], [[`http://${evil}/a.png`], []]);
	});

	for (const [name, text, back] of [
		['English', PARTS_EN, '1'],
		['Chinese', PARTS_ZH, '[1]'],
	] as const) {
		it(`links to its footnotes and back, by mouse and keyboard: ${name}`, async () => {
			await page.setViewportSize({ width: 900, height: 300 });
			await open(text);
			assert.deepEqual(await hits(), []);
			const note = page.locator('ol li').first();
			assert.equal(await page.evaluate(() => scrollY), 0);
			await page.locator('sup a').first().focus();
			await page.keyboard.press('Enter');
			await page.waitForFunction(() => document.querySelector(':target')?.matches('li'));
			assert.match(page.url(), /#place-\d+$/);
			assert.ok(await note.evaluate(element => element.getBoundingClientRect().top < innerHeight));
			assert.ok((await page.evaluate(() => scrollY)) > 0);
			await note.locator('a').click();
			await page.waitForFunction(() => document.querySelector(':target')?.matches('sup'));
			assert.equal(await page.locator(':target').innerText(), back);
		});

		it(`shows formulas, check boxes and placeholders without axe-core violations: ${name}`, async () => {
			for (const colorScheme of ['light', 'dark'] as const) {
				await page.emulateMedia({ colorScheme });
				await page.setViewportSize({ width: 1280, height: 1600 });
				await open(text);
				const fraction = await page.evaluate(() => {
					const [above, below] = document.querySelector('mfrac')?.children ?? [];
					return [above?.getBoundingClientRect().bottom ?? 0, below?.getBoundingClientRect().top ?? 0];
				});
				assert.ok((fraction[0] ?? 0) <= (fraction[1] ?? 0) + 1, 'a fraction is above its denominator');
				assert.deepEqual(await page.locator('.check').allTextContents(), ['☑', '☐']);
				assert.match(await page.locator('.embed-svg').innerText(), /Drawing \(SVG\) not shown/);
				assert.deepEqual(await problemsOf(page), []);
				await reader.screenshotOf(page, `reader-parts-export-${name === 'English' ? 'en' : 'zh'}-${colorScheme}`);
			}
		});
	}
});
