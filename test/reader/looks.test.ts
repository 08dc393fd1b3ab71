import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportHtml } from '../../client/src/reader/exportHtml.ts';
import { ROOT } from '../../scripts/host/paths.ts';
import { PARTS_EN, PARTS_ZH } from './parts.ts';
import { ARCHIVE, openReaderPage } from './readerPage.ts';

/** The screenshots: an article of the example archive, display options, and the name of the file. */
const LOOKS = [
	['articles/courier/20211216_tide-gauge.md', { width: 420 }, 'reader-narrow-light'],
	['articles/courier/20211216_tide-gauge.md', { width: 820, theme: 'dark' }, 'reader-medium-dark'],
	['articles/dukou/118_没有人关掉的验潮仪.md', { width: 1280 }, 'reader-notes-light'],
	['articles/dukou/118_没有人关掉的验潮仪.md', { width: 420, theme: 'dark' }, 'reader-notes-narrow-dark'],
	['articles/nightjar/2023-05-14-how-to-read-a-chart.md', { width: 1440, height: 1000 }, 'reader-code-light'],
	[
		'articles/nightjar/2023-04-02-in-praise-of-the-margin.md',
		{ width: 1440, theme: 'contrast' },
		'reader-notes-contrast',
	],
	[
		'articles/nightjar/2023-04-02-in-praise-of-the-margin.md',
		{ width: 420, theme: 'contrastLight' },
		'reader-notes-narrow-contrast-light',
	],
	['articles/courier/20211216_tide-gauge.md', { width: 1440, height: 1000 }, 'reader-wide-light'],
	['articles/jianghu/1042013_老码头的早市.md', { width: 1000, height: 1700 }, 'reader-essay-light'],
	['articles/dukou/131_灯灭之后.md', { width: 420, height: 1500, theme: 'dark' }, 'reader-essay-narrow-dark'],
	['articles/nightjar/2023-05-14-how-to-read-a-chart.md', { width: 420, theme: 'dark' }, 'reader-code-narrow-dark'],
] as const;

/** Actions before a screenshot of the translation. */
const STATES = [
	['reader-selection', { width: 760 }, ['j', 'j', 'j', 'v', 'v']],
	['reader-contents-drawer', { width: 520, theme: 'dark' }, ['t']],
	['reader-find', { width: 900, theme: 'dark' }, ['/', '1', '9']],
	['reader-keys', { width: 900 }, ['?']],
	['reader-ask', { width: 760, settings: { pictures: 'ask' } }, ['j']],
	['reader-notes-dark', { width: 1280, theme: 'dark' }, ['m', 'm', 'm']],
] as const;

/** Articles with formulas, footnotes, controls and placeholders. */
const PARTS = [
	['reader-parts-en-light', PARTS_EN, { width: 1280, height: 1700 }],
	['reader-parts-en-narrow-dark', PARTS_EN, { width: 400, height: 1900, theme: 'dark' }],
	['reader-parts-zh-dark', PARTS_ZH, { width: 1280, height: 1300, theme: 'dark' }],
	['reader-parts-zh-narrow-light', PARTS_ZH, { width: 400, height: 1500 }],
] as const;

/** Display options for exported files. */
const EXPORTS = [
	['reader-export-light', { colorScheme: 'light', media: 'screen' }],
	['reader-export-dark', { colorScheme: 'dark', media: 'screen' }],
	['reader-export-paper', { colorScheme: 'dark', media: 'print' }],
] as const;

describe('the appearance of the reader', () => {
	for (const [name, options, keys] of STATES) {
		it(`draws ${name}`, async () => {
			const reader = await openReaderPage(options);
			const uri = `${ARCHIVE}/articles/dukou/118_${encodeURIComponent('没有人关掉的验潮仪')}.md`;
			await reader.show(await readFile(new URL(uri), 'utf8'), uri);
			for (const key of keys) await reader.page.keyboard.press(key);
			if (name === 'reader-selection') await reader.page.getByRole('toolbar').waitFor();
			await reader.screenshot(name);
			await reader.close();
		});
	}

	for (const [name, text, options] of PARTS) {
		it(`draws ${name}`, async () => {
			const reader = await openReaderPage(options);
			await reader.show(text);
			await reader.screenshot(name);
			await reader.close();
		});
	}

	for (const [path, options, name] of LOOKS) {
		it(`draws ${name}`, async () => {
			const reader = await openReaderPage(options);
			const uri = `${ARCHIVE}/${path.split('/').map(encodeURIComponent).join('/')}`;
			await reader.show(await readFile(new URL(uri), 'utf8'), uri);
			await reader.page.evaluate(() =>
				Promise.allSettled([...document.images].slice(0, 2).map(image => image.decode())),
			);
			await reader.screenshot(name);
			await reader.close();
		});
	}

	for (const [name, media] of EXPORTS) {
		it(`draws ${name}`, async () => {
			const reader = await openReaderPage({ width: 900, height: 1200 });
			const uri = `${ARCHIVE}/articles/nightjar/2023-04-02-in-praise-of-the-margin.md`;
			const answer = await reader.show(await readFile(new URL(uri), 'utf8'), uri);
			assert.equal(answer.kind, 'view');
			const style = await readFile(join(ROOT, 'client/dist/article.css'), 'utf8');
			const file = new URL('articles/nightjar/pictures/margin.png', `${ARCHIVE}/`);
			const picture = `data:image/png;base64,${(await readFile(file)).toString('base64')}`;
			await reader.page.emulateMedia(media);
			const html = await exportHtml(answer.view, { notes: true, style, address: () => picture });
			await reader.page.route('https://exported.example/', route =>
				route.fulfill({ contentType: 'text/html', body: html }),
			);
			await reader.page.goto('https://exported.example/');
			await reader.page.evaluate(() => Promise.all([...document.images].map(image => image.decode())));
			const colours = await reader.page.evaluate(() => {
				const { color } = getComputedStyle(document.querySelector('.article') as Element);
				return [color, getComputedStyle(document.body).backgroundColor];
			});
			// Printed pages are white.
			if (media.media === 'print') assert.deepEqual(colours, ['rgb(35, 35, 35)', 'rgb(255, 255, 255)']);
			await reader.screenshot(name);
			await reader.close();
		});
	}
});
