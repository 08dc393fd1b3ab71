import assert from 'node:assert/strict';
import {
	COMMON_ATTRIBUTES,
	MATH_TAGS,
	type MarkupElement,
	READER_ATTRIBUTES,
} from '../../server/src/protocol/reader.ts';
import { ATTACKS, HOSTILE_MARKUP } from './attacks.ts';
import { openReaderPage, type ReaderPage } from './readerPage.ts';

const head = (title = 'Attack'): string => `<!--1639640221000-->\n[${title}](https://news.example/2021/)\n------\n\n`;

/** Returns everything on the page that must not be there. */
async function findings(reader: ReaderPage): Promise<string[]> {
	return await reader.page.evaluate(
		allowed => {
			const found: string[] = [];
			const article = document.querySelector('article.article');
			if (!article) return ['there is no article'];
			const forbidden =
				'script, style, link, meta, base, iframe, frame, object, embed, form, input, textarea, select, svg, video, audio, template, [style]:not(.note), [id], [name], [srcdoc], [srcset]';
			for (const element of article.querySelectorAll(forbidden)) found.push(element.outerHTML.slice(0, 120));
			for (const element of article.querySelectorAll('*'))
				for (const { name, value } of element.attributes) {
					if (/^on|:|^(?:action|formaction|encoding|actiontype)$/i.test(name)) found.push(`${element.tagName} ${name}`);
					if (name === 'href' && !/^(?:https?:|mailto:|#)/.test(value)) found.push(`href ${value}`);
					if (name === 'src' && !/^(?:https?:|data:image\/)/.test(value)) found.push(`src ${value}`);
					// The page says so what its context menu is for.
					if (name === 'data-vscode-context' && /^\{"webviewSection":"(?:article|fold)"\}$/.test(value)) continue;
					const isOwn =
						/^(?:class|data-own|data-anchor|data-notes?|data-kind|data-page|tabindex|role|aria-.*|type|alt|loading|decoding|referrerpolicy|src|width|height|style|hidden|lang|dir|title)$/.test(
							name,
						);
					if (!isOwn && !allowed.includes(`${element.localName} ${name}`) && !element.closest('.head'))
						found.push(`${element.localName} ${name}`);
				}
			// The page's own elements are still in place, outside the article.
			if (document.querySelectorAll('.find, .progress, .passage').length !== 3)
				found.push('parts of the page are gone or doubled');
			if (document.querySelectorAll('dialog, iframe, frame, object, embed').length > 0)
				found.push('something was added to the page');
			return found;
		},
		[...READER_ATTRIBUTES, ...MATH_TAGS].flatMap(([tag, names]) =>
			[...names, ...COMMON_ATTRIBUTES].map(name => `${tag} ${name}`),
		),
	);
}

async function ran(reader: ReaderPage): Promise<unknown[]> {
	return await reader.page.evaluate(() => (globalThis as unknown as { hits: unknown[] }).hits.splice(0));
}

/** Opens a page that detects scripts of the article. */
async function openGuarded(pictures: 'shown' | 'ask'): Promise<ReaderPage> {
	const reader = await openReaderPage({ settings: { pictures } });
	await reader.page.evaluate(() => {
		const hits: unknown[] = [];
		Object.assign(globalThis, { hits, pwned: () => hits.push('ran') });
		document.addEventListener('securitypolicyviolation', event =>
			hits.push(`${event.violatedDirective} ${event.blockedURI}`),
		);
	});
	reader.page.on('dialog', dialog => {
		void dialog.dismiss();
	});
	await reader.page.route(/^https?:\/\/(?!127\.0\.0\.1)/, route => route.abort());
	return reader;
}

/** Interacts with an article in every way: hover, click, focus and scroll. */
async function poke(reader: ReaderPage): Promise<void> {
	await reader.page.evaluate(() => {
		for (const element of document.querySelectorAll<HTMLElement>('article.article *')) {
			for (const type of [
				'pointerover',
				'mouseover',
				'mousedown',
				'click',
				'focus',
				'animationend',
				'toggle',
				'error',
				'load',
			])
				if (type !== 'error' || element.localName !== 'img') element.dispatchEvent(new Event(type, { bubbles: true }));
			element.focus();
		}
		scrollTo(0, document.documentElement.scrollHeight);
		for (const dialog of document.querySelectorAll('dialog')) dialog.close();
	});
}

describe('hostile articles in the reader', () => {
	let asking: ReaderPage;
	let showing: ReaderPage;

	before(async () => {
		asking = await openGuarded('ask');
		showing = await openGuarded('shown');
	});
	after(async () => {
		await asking?.close();
		await showing?.close();
	});

	for (const [name, body] of Object.entries(ATTACKS)) {
		it(`run no scripts and send no requests: ${name}`, async () => {
			for (const reader of [asking, showing]) {
				const before = reader.requested.length;
				const answer = await reader.show(`${head()}${body}\n`);
				await poke(reader);
				assert.deepEqual(await findings(reader), []);
				assert.deepEqual(await ran(reader), []);
				const requested = reader.requested.slice(before);
				// Only allowed images are requested.
				const pictures =
					reader === showing && answer.kind === 'view'
						? answer.view.blocks.flatMap(({ content }) =>
								content.pictures.flatMap(({ sources }) => sources.map(({ url }) => url)),
							)
						: [];
				assert.deepEqual(
					requested.filter(url => !pictures.includes(url)),
					[],
				);
				assert.equal(reader.page.url().startsWith('http://127.0.0.1'), true);
			}
		});
	}

	it('appear as plain text in titles, notes and captions', async () => {
		const attack = '<img src=x onerror=pwned()>';
		const body = `<figure><img src="a.jpg" alt="${attack}"><figcaption>&lt;script>pwned()&lt;/script></figcaption></figure><h2>&lt;b onclick=pwned()></h2><p><mark>m</mark><!-- note: ${attack} --></p>`;
		await showing.show(`${head(attack)}${body}`);
		assert.equal(await showing.page.locator('h1').innerText(), attack);
		assert.equal(await showing.page.locator('.note .said').innerText(), attack);
		assert.equal(await showing.page.locator('.entries a').textContent(), '<b onclick=pwned()>');
		await poke(showing);
		assert.deepEqual(await ran(showing), []);
	});

	it('have no effect if the data itself is hostile', async () => {
		for (const markup of HOSTILE_MARKUP) {
			const content = { part: 'main', markup: markup as MarkupElement, runs: [], pictures: [] } as const;
			const view = {
				version: 1,
				head: { title: 'T', minutes: 1, language: 'en', direction: 'ltr' },
				contents: [],
				folds: [],
				blocks: [{ id: 1, start: 0, length: 1, content, segments: [] }],
				notes: [],
			} as const;
			await showing.post({ type: 'view', view });
			await poke(showing);
			assert.deepEqual(await findings(showing), [], JSON.stringify(markup));
			assert.deepEqual(await ran(showing), [], JSON.stringify(markup));
		}
		assert.deepEqual(
			showing.requested.filter(url => url.includes('evil.example/x.js') || url.includes('evil.example/i')),
			[],
		);
	});

	it('do not break the page by clobbering names', async () => {
		await asking.show(
			`${head()}${ATTACKS['clobbered globals']}${ATTACKS['clobbered properties']}<p>the last words</p>`,
		);
		await asking.page.keyboard.press('/');
		await asking.page.keyboard.type('last words');
		assert.equal(await asking.page.locator('.find .count').innerText(), '1 of 1');
		await asking.page.keyboard.press('Escape');
		await asking.page.keyboard.press('c');
		const told = await asking.told();
		assert.deepEqual(
			told.filter(({ type }) => type === 'passage').map(message => (message as { text: string }).text),
			['last words'],
		);
	});

	it('send no referrer for allowed images', async () => {
		const headers: (string | undefined)[] = [];
		await showing.page.route('https://pictures.example/**', async route => {
			headers.push((await route.request().headerValue('referer')) ?? undefined);
			await route.abort();
		});
		await showing.show(`${head()}<p><img src="https://pictures.example/a.jpg"></p>`);
		await showing.page.locator('.picture.broken').waitFor();
		assert.deepEqual(headers, [undefined]);
	});
});
