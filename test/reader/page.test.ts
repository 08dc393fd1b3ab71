import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { PageMessage } from '../../client/src/reader/page/messages.ts';
import { png } from '../unit/languageFeatures/harness.ts';
import { problemsOf } from './axe.ts';
import { PARTS_EN, PARTS_ZH } from './parts.ts';
import { ARCHIVE, openReaderPage, type ReaderPage, SETTINGS } from './readerPage.ts';

const HEAD = '<!--1639640221000-->\n[Tide](https://news.example/2021/)\n------\n\n';

/** Returns the text and URI of an article in the example archive. */
async function example(path: string): Promise<[text: string, uri: string]> {
	const uri = `${ARCHIVE}/articles/${path.split('/').map(encodeURIComponent).join('/')}`;
	return [await readFile(new URL(uri), 'utf8'), uri];
}

const TIDE_GAUGE = 'courier/20211216_tide-gauge.md';
const TRANSLATION = 'dukou/118_没有人关掉的验潮仪.md';
const CHART = 'nightjar/2023-05-14-how-to-read-a-chart.md';

function passages(told: readonly PageMessage[]): readonly Extract<PageMessage, { type: 'passage' }>[] {
	return told.flatMap(message => (message.type === 'passage' ? [message] : []));
}

describe("the reader's page", () => {
	let reader: ReaderPage;

	before(async () => {
		reader = await openReaderPage();
	});
	after(async () => {
		await reader?.close();
	});

	it('shows title, byline, date, reading time, contents, and images with their captions', async () => {
		await reader.show(...(await example(TIDE_GAUGE)));
		const { page } = reader;
		assert.equal(await page.locator('h1').innerText(), 'The tide gauge that nobody switched off');
		assert.equal(await page.locator('.source').innerText(), 'courier.example');
		assert.match(
			await page.locator('.facts').innerText(),
			/MARTA HOLLIS[\s\S]*December 16, 2021[\s\S]*3 min read[\s\S]*Contents/,
		);
		assert.deepEqual(await page.locator('.entries a').allTextContents(), [
			'A hill with a broken shoulder',
			'Four Mondays',
		]);
		assert.deepEqual(
			await page
				.locator('figcaption')
				.evaluateAll(captions => captions.map(caption => caption.textContent?.slice(0, 25))),
			['Saltmere harbour at dusk,', 'Two days in December, red'],
		);
		await page.waitForFunction(() => [...document.images].every(image => image.complete && image.naturalWidth > 0));
	});

	describe('folds the page around the article', () => {
		const PARAGRAPH =
			'<p>The harbour master reads the gauge at seven, before the ferry leaves, and writes it down.</p>';
		const RELATED =
			'<div class="related-posts"><h3 id="more">Read next</h3><p><img src="https://img.example/fold.png" alt="A lighthouse"></p><ul><li><a href="/b">A lighthouse</a></li><li><a href="/c">A buoy</a></li></ul></div>';
		const body = (words = 'One'): string =>
			`<p>${words} <a href="#more">see below</a></p>${PARAGRAPH.repeat(30)}${RELATED}<p>After it</p>${PARAGRAPH.repeat(30)}<div id="comments"><p>First!</p><p>Very good.</p></div>`;
		const state = (): Promise<(readonly [string, boolean])[]> =>
			reader.page
				.locator('details.fold')
				.evaluateAll(folds =>
					folds.map(
						fold =>
							[
								fold.querySelector('summary')?.innerText.replace(/\s+/g, ' ') ?? '',
								(fold as HTMLDetailsElement).open,
							] as const,
					),
				);
		const toggled = async (): Promise<unknown> =>
			(await reader.told()).flatMap(message => (message.type === 'folds' ? [message.toggled.length] : []));

		beforeEach(async () => {
			await reader.show(`${HEAD}${body()}`);
			await reader.told();
		});

		it('into one line each, which opens and closes with mouse and keyboard, without loading images before', async () => {
			const { page, requested } = reader;
			assert.deepEqual(await state(), [
				['Related articles · 6 words', false],
				['Comments · 3 words', false],
			]);
			assert.equal(await page.getByText('Very good.').isVisible(), false);
			await page.locator('summary').first().scrollIntoViewIfNeeded();
			assert.ok(!requested.some(url => url.includes('fold.png')));
			await page.locator('summary').first().click();
			await page.waitForFunction(() => document.querySelector('.fold .picture > *'));
			await page.waitForFunction(() => document.querySelector('.fold .broken'));
			assert.ok(requested.some(url => url.includes('fold.png')));
			await page.keyboard.press('Enter');
			assert.deepEqual(
				(await state()).map(([, open]) => open),
				[false, false],
			);
			await page.locator('summary').last().press(' ');
			assert.equal(await page.getByText('Very good.').isVisible(), true);
			assert.deepEqual(await problemsOf(page), []);
		});

		it('and keeps them open and closed over edits, other articles and reloads', async () => {
			const { page } = reader;
			await page.locator('summary').first().click();
			await page.waitForFunction(() => document.querySelector('.fold .picture > *'));
			assert.deepEqual(await toggled(), [1]);
			await reader.edit(
				`${HEAD}${body('More words').replace('First!', 'First, again!').replace('A buoy', 'A red buoy')}`,
			);
			assert.deepEqual(await state(), [
				['Related articles · 7 words', true],
				['Comments · 4 words', false],
			]);
			assert.deepEqual(
				await page
					.locator('.fold')
					.first()
					.locator('.block')
					.allInnerTexts()
					.then(all => all.length),
				3,
			);
			const answer = await reader.show(`${HEAD}${body()}`);
			assert.equal(answer.kind, 'view');
			assert.deepEqual(
				(await state()).map(([, open]) => open),
				[false, false],
			);
			const { blocks, folds } = answer.view;
			const start = blocks.find(({ id }) => id === folds[1]?.first)?.start ?? 0;
			await reader.post({ type: 'view', view: answer.view, toggled: [start] });
			assert.deepEqual(
				(await state()).map(([, open]) => open),
				[false, true],
			);
		});

		it('which find, links, the editor and notes open', async () => {
			const { page } = reader;
			const opened = async (): Promise<boolean[]> => (await state()).map(([, open]) => open);
			await page.keyboard.press('/');
			await page.keyboard.type('very good');
			assert.deepEqual(await opened(), [false, true]);
			await page.keyboard.press('Escape');
			await page.getByRole('link', { name: 'see below' }).click();
			assert.deepEqual(await opened(), [true, true]);
			const answer = await reader.show(`${HEAD}${body()}`);
			assert.equal(answer.kind, 'view');
			const { blocks, folds } = answer.view;
			const offset = (blocks.find(({ id }) => id === folds[0]?.last)?.start ?? 0) + 8;
			await reader.post({ type: 'reveal', offset, why: 'scroll' });
			assert.deepEqual(await opened(), [false, false]);
			const top = await page
				.locator('details.fold')
				.first()
				.evaluate(fold => fold.getBoundingClientRect().top);
			assert.ok(top >= 0 && top < 60, `the line of the fold is at the top: ${top}`);
			await reader.post({ type: 'reveal', offset, why: 'cursor' });
			assert.deepEqual(await opened(), [true, false]);
			await reader.edit(`${HEAD}${body().replace('First!', '<mark>First!</mark><!-- check: Who? -->')}`);
			assert.deepEqual(await opened(), [true, true]);
			assert.equal(await page.locator('.fold .note').isVisible(), true);
		});

		it('which the keys for paragraphs and headings, and selections, skip', async () => {
			const { page } = reader;
			const answer = await reader.show(`${HEAD}${body()}`);
			assert.equal(answer.kind, 'view');
			const after = answer.view.blocks.find(({ content }) => JSON.stringify(content.markup).includes('After it'));
			await reader.post({ type: 'reveal', offset: after?.start ?? 0, why: 'go' });
			const texts: string[] = [];
			for (const key of ['k', 'j']) {
				await page.keyboard.press(key);
				texts.push(await page.locator('.block.current').innerText());
			}
			assert.deepEqual(texts, [
				'The harbour master reads the gauge at seven, before the ferry leaves, and writes it down.',
				'After it',
			]);
			assert.deepEqual(
				(await state()).map(([, open]) => open),
				[false, false],
			);
			await reader.told();
			await page.evaluate(() => {
				const blocks = [...document.querySelectorAll('.text > .block > .content')];
				const at = blocks.findIndex(block => block.textContent === 'After it');
				getSelection()?.setBaseAndExtent(blocks[at - 1] as Element, 0, blocks[at] as Element, 1);
			});
			await page.keyboard.press('c');
			const [selected] = passages(await reader.told());
			assert.equal(
				selected?.text,
				'The harbour master reads the gauge at seven, before the ferry leaves, and writes it down.\n\nAfter it',
			);
		});

		it('and lets the user say what is the article, by key and in the context menu', async () => {
			const { page } = reader;
			const answer = await reader.show(`${HEAD}${body()}`);
			assert.equal(answer.kind, 'view');
			const { blocks, folds } = answer.view;
			const contains = (offset: number, id: number | undefined): boolean =>
				blocks.some(block => block.id === id && block.start <= offset && offset < block.start + block.length);
			const said = async (): Promise<Extract<PageMessage, { type: 'describe' }>> => {
				const [message] = (await reader.told()).flatMap(one => (one.type === 'describe' ? [one] : []));
				assert.ok(message);
				return message;
			};
			await reader.told();
			await page.keyboard.press('j');
			await page.keyboard.press('x');
			const block = await said();
			assert.ok(!block.isArticle && contains(block.offset, blocks[0]?.id));
			await page.locator('summary').last().focus();
			await page.keyboard.press('x');
			const folded = await said();
			assert.ok(folded.isArticle && contains(folded.offset, folds[1]?.first));
			await page.getByText('After it').click({ button: 'right' });
			await reader.post({ type: 'run', command: 'notTheArticle' });
			const menu = await said();
			const after = blocks.find(({ content }) => JSON.stringify(content.markup).includes('After it'));
			assert.ok(!menu.isArticle && contains(menu.offset, after?.id));
			assert.deepEqual(
				await page.evaluate(() =>
					['.block', '.fold .block'].map(
						selector =>
							document.querySelector(selector)?.closest<HTMLElement>('[data-vscode-context]')?.dataset.vscodeContext,
					),
				),
				['{"webviewSection":"article"}', '{"webviewSection":"fold"}'],
			);
		});

		it('and follows scrolling across them', async () => {
			const { page } = reader;
			const answer = await reader.show(`${HEAD}${body()}`);
			assert.equal(answer.kind, 'view');
			const { blocks, folds } = answer.view;
			const start = blocks.find(({ id }) => id === folds[1]?.first)?.start ?? 0;
			await reader.told();
			await page.mouse.move(300, 300);
			await page.mouse.wheel(0, 1_000_000);
			await page.waitForFunction(() => {
				const root = document.documentElement;
				return root.scrollTop + root.clientHeight >= root.scrollHeight - 1;
			});
			await page.waitForFunction(
				least =>
					(globalThis as unknown as { readerMessages: PageMessage[] }).readerMessages.some(
						message => message.type === 'scrolled' && message.offset > least,
					),
				start / 2,
			);
		});
	});

	it('redraws only the edited block', async () => {
		const [text, uri] = await example(TIDE_GAUGE);
		await reader.show(text, uri);
		await reader.page.evaluate(() => {
			const records: string[] = [];
			const observer = new MutationObserver(list => {
				for (const { type, target, addedNodes, removedNodes } of list)
					if (target instanceof Element && target.closest('article.article'))
						records.push(`${type} ${target.className} +${addedNodes.length} -${removedNodes.length}`);
			});
			observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
			Object.assign(globalThis, { records, firstPicture: document.images[0] });
		});
		await reader.edit(text.replace('He comes on Mondays', 'He comes, always, on Mondays'));
		const { records, same } = await reader.page.evaluate(() => {
			const shared = globalThis as unknown as { records: string[]; firstPicture: Element };
			return { records: shared.records, same: document.images[0] === shared.firstPicture };
		});
		assert.deepEqual(records, ['childList text +1 -1']);
		assert.ok(same);
		assert.match(await reader.page.locator('.block').nth(2).innerText(), /He comes, always, on Mondays/);
	});

	it('redraws a single block of a very long article after an edit, without moving others', async () => {
		const words = 'In 1931 the <b>keeper</b> wrote &amp; signed each page, <a href="/x">as he said</a>, by hand. ';
		const body = Array.from({ length: 2500 }, (_, at) => `<p>${at} ${words.repeat(3)}</p>`).join('');
		const text = `${HEAD}${body}\n`;
		assert.ok(text.length > 680_000);
		const { page } = reader;
		await reader.show(text);
		assert.equal(await page.locator('.block').count(), 2500);
		const offset = text.indexOf('<p>1500 ');
		await reader.post({ type: 'reveal', offset, why: 'scroll' });
		await page.evaluate(() => {
			let [records, nodes] = [0, 0];
			new MutationObserver(list => {
				for (const { target, addedNodes, removedNodes } of list) {
					if (!(target instanceof Element && target.closest('article.article'))) continue;
					records++;
					nodes += addedNodes.length + removedNodes.length;
				}
			}).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
			const seen = document.querySelectorAll('.block')[1502];
			Object.assign(globalThis, { counted: () => [records, nodes, seen?.getBoundingClientRect().top] });
		});
		const counted = (): Promise<number[]> =>
			page.evaluate(() => (globalThis as unknown as { counted(): number[] }).counted());
		const [, , before] = await counted();
		assert.ok(before !== undefined && before > 0 && before < 900);
		const answer = await reader.edit(text.replace('<p>10 In', `<p>10 ${'More than before. '.repeat(40)}In`));
		assert.equal(answer.kind === 'patch' && answer.patch.insert.length, 1);
		const [records, nodes, after] = await counted();
		assert.deepEqual([records, nodes], [1, 2]);
		assert.ok(Math.abs((after ?? 0) - before) <= 1, `${before} became ${after}`);
	});

	it('keeps its position when text above is edited', async () => {
		const paragraph = (at: number): string =>
			`<p id="p${at}">${`Paragraph ${at} has some words to fill its line. `.repeat(6)}</p>`;
		const body = Array.from({ length: 60 }, (_, at) => paragraph(at)).join('');
		await reader.show(`${HEAD}${body}`);
		const place = (): Promise<number> =>
			reader.page.evaluate(() => document.querySelectorAll('.block')[30]?.getBoundingClientRect().top ?? 0);
		await reader.page.evaluate(() => document.querySelectorAll('.block')[30]?.scrollIntoView());
		await reader.page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));
		const before = await place();
		await reader.edit(`${HEAD}${body.replace('<p id="p3">', `<p>${'More words. '.repeat(300)}</p><p id="p3">`)}`);
		const top = await reader.page.evaluate(
			() => document.querySelectorAll('.block')[31]?.getBoundingClientRect().top ?? 0,
		);
		assert.ok(Math.abs(top - before) <= 2, `${before} became ${top}`);
	});

	it('keeps a requested position when an image above loads late, without scrolling the editor', async () => {
		const { page } = reader;
		const [text, uri] = await example(TIDE_GAUGE);
		// The image has no declared size.
		const unsized = text.replace(/(<img[^>]*?) width="\d+" height="\d+"/g, '$1');
		let release = (): void => {};
		const late = new Promise<void>(resolve => {
			release = resolve;
		});
		await page.route('**/pictures/**', async route => {
			await late;
			await route.continue();
		});
		await reader.show(unsized, uri);
		await reader.told();
		const offset = unsized.indexOf('Last month his paper');
		await reader.post({ type: 'reveal', offset, why: 'scroll' });
		const state = (): Promise<{ top: number; height: number }> =>
			page.evaluate(() => ({
				top: [...document.querySelectorAll('.content')]
					.find(content => content.textContent?.includes('Last month his paper'))
					?.getBoundingClientRect().top as number,
				height: document.documentElement.scrollHeight,
			}));
		const before = await state();
		release();
		await page.waitForFunction(() => document.images[0]?.naturalWidth);
		await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));
		const after = await state();
		assert.ok(after.height > before.height + 100, 'no picture came');
		assert.ok(Math.abs(after.top - before.top) <= 2, `${before.top} became ${after.top}`);
		const led = (await reader.told()).filter(message => message.type === 'scrolled' && message.led);
		assert.deepEqual(led, []);
		await page.unroute('**/pictures/**');
	});

	it('maps the selection to the source', async () => {
		const body =
			'<p>Fish &amp; chips<br>cost <b>f<i>ou</i>r</b> &pound;s&mdash;&#128512;!</p><p><img data-src="https://p.example/a.jpg"><noscript><img src="https://p.example/a.jpg"></noscript>After a <a href="/x">lazy</a> picture.</p><ul><li>First</li>\n<li>Second</li></ul><p>The end.</p>';
		const text = `${HEAD}${body}\n`;
		await reader.show(text);
		await reader.told();
		const select = async (from: string, to: string): Promise<string> => {
			await reader.page.evaluate(
				([start, end]) => {
					const all: { node: Text; at: number }[] = [];
					let said = '';
					for (const content of document.querySelectorAll('.content')) {
						const walker = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
						for (let node = walker.nextNode(); node; node = walker.nextNode()) {
							if (node.parentElement?.closest('[data-own]')) continue;
							all.push({ node: node as Text, at: said.length });
							said += (node as Text).data;
						}
						said += '|';
					}
					const find = (offset: number): [Text, number] => {
						const last = all.findLast(({ at }) => at <= offset) as { node: Text; at: number };
						return [last.node, offset - last.at];
					};
					const first = find(said.indexOf(start as string));
					const last = find(said.indexOf(end as string) + (end as string).length - 1);
					getSelection()?.setBaseAndExtent(first[0], first[1], last[0], last[1] + 1);
				},
				[from, to],
			);
			await reader.page.keyboard.press('c');
			const [passage] = passages(await reader.told());
			assert.ok(passage);
			return `${passage.text} = ${text.slice(passage.start, passage.end)}`;
		};
		assert.equal(await select('& c', 'cos'), '& chipscos = &amp; chips<br>cos');
		assert.equal(await select('our', 'our'), 'our = ou</i>r');
		assert.equal(await select('£s', '😀'), '£s—😀 = &pound;s&mdash;&#128512;');
		assert.equal(
			await select('lazy', 'Second'),
			'lazy picture.\n\nFirst\nSecond = lazy</a> picture.</p><ul><li>First</li>\n<li>Second'.replace(
				'First\nSecond =',
				'First Second =',
			),
		);
		assert.equal(await select('First', 'The'), 'First Second\n\nThe = First</li>\n<li>Second</li></ul><p>The');
	});

	it('asks before it loads remote images, and keeps their captions', async () => {
		await reader.post({ type: 'settings', settings: { ...SETTINGS, pictures: 'ask' } });
		const before = reader.requested.length;
		await reader.show(
			`${HEAD}<figure><img src="https://a.example/1.jpg" alt="A boat"><figcaption>On the river</figcaption></figure><p>x</p><img src="https://b.example/2.jpg">`,
		);
		assert.equal(await reader.page.locator('.banner p').innerText(), '2 images from a.example, b.example not loaded.');
		assert.match(
			await reader.page.locator('figure').first().innerText(),
			/Image not loaded · a.example\s+A boat\s+On the river/,
		);
		await reader.told();
		await reader.page.getByRole('button', { name: 'Load all' }).click();
		assert.deepEqual(
			(await reader.told()).filter(({ type }) => type === 'loadImages'),
			[{ type: 'loadImages', always: false }],
		);
		assert.equal(reader.requested.length, before);
		await reader.page.route('https://a.example/**', route => route.abort());
		await reader.page.route('https://b.example/**', route => route.abort());
		await reader.post({ type: 'settings', settings: SETTINGS });
		await reader.page.locator('.picture.broken').nth(1).waitFor();
		assert.match(
			await reader.page.locator('figure').first().innerText(),
			/could not be loaded. Not here · a.example\s+A boat\s+On the river/,
		);
		assert.equal(await reader.page.locator('.banner').isVisible(), false);
	});

	it('shows an image fetched by the extension', async () => {
		await reader.page.route('https://c.example/**', route => route.abort());
		await reader.show(`${HEAD}<p><img src="https://c.example/1.png" alt="A dot"></p>`);
		await reader.page.locator('.picture.broken').waitFor();
		await reader.page.evaluate(() => document.querySelector('.picture')?.classList.add('waiting'));
		const data = `data:image/png;base64,${Buffer.from(png(3, 2)).toString('base64')}`;
		await reader.post({ type: 'picture', url: 'https://c.example/1.png', data });
		await reader.page.waitForFunction(() => document.images[0]?.naturalWidth === 3);
		assert.equal(await reader.page.getByRole('button', { name: 'Enlarge: A dot' }).isVisible(), true);
	});

	it('finds text across tags, counts matches, and selects the current one', async () => {
		await reader.show(`${HEAD}<p>one <b>t</b>wo three</p><p>Two   again, and two</p>`);
		const { page } = reader;
		const count = page.locator('.find .count');
		await page.keyboard.press('Control+f');
		await page.keyboard.type('two');
		assert.equal(await count.innerText(), '1 of 3');
		await page.keyboard.press('Enter');
		assert.equal(await count.innerText(), '2 of 3');
		await page.keyboard.press('Shift+Enter');
		await page.keyboard.press('Shift+Enter');
		assert.equal(await count.innerText(), '3 of 3');
		await page.getByRole('button', { name: 'Match Case' }).click();
		assert.equal(await count.innerText(), '1 of 2');
		await page.locator('.find input').fill('two again');
		await page.getByRole('button', { name: 'Match Case' }).click();
		assert.equal(await count.innerText(), '1 of 1');
		await page.locator('.find input').fill('[x');
		assert.equal(await count.innerText(), 'No results');
		await page.locator('.find input').fill('three');
		await page.keyboard.press('Escape');
		assert.equal(await page.evaluate(() => getSelection()?.toString()), 'three');
		assert.equal(await page.locator('.find').isVisible(), false);
	});

	it('can be used with the keyboard only', async () => {
		const [text, uri] = await example(TRANSLATION);
		await reader.show(text, uri);
		const { page } = reader;
		await page.keyboard.press('Escape');
		const at = (): Promise<string> =>
			page.evaluate(() => (document.querySelector('.block.current > .content')?.textContent ?? '').slice(0, 6));
		const press = async (...keys: string[]): Promise<string> => {
			for (const key of keys) await page.keyboard.press(key);
			return await at();
		};
		assert.equal(await press('j'), '本文译自《港');
		assert.equal(await press('j', 'j'), '盐泊——防波');
		assert.equal(await press('k', 'k'), '本文译自《港');
		assert.equal(await press(']'), '断了肩膀的山');
		assert.equal(await press(']', ']'), '四个星期一');
		assert.equal(await press('['), '断了肩膀的山');
		assert.equal(await press('m'), '夏天，索耶博');
		await reader.told();
		await press('h', 'v', 'n', 'v', 'v', 'c', 'Enter');
		const told = await reader.told();
		const [whole, first, second] = passages(told);
		assert.equal(whole?.action, 'highlight');
		assert.match(whole?.text ?? '', /^夏天，[\s\S]*那一段。$/);
		assert.deepEqual(
			[first?.action, first?.text],
			['note', '夏天，索耶博士的小组把每一张纸都拍了照，由计算机读线；墨水洇开的地方，用眼睛读。'],
		);
		assert.deepEqual(
			[second?.action, second?.text],
			['copyQuote', '他们发现，最近十年的平均海面，比最初十年高出二十一厘米，其中一半以上是1988年以后涨的。'],
		);
		const offset = text.indexOf('他们发现');
		assert.deepEqual(
			told.filter(message => message.type === 'place' && message.focus),
			[{ type: 'place', version: 1, offset, focus: true }],
		);
		await press('Shift+ArrowLeft', 'c');
		assert.match(passages(await reader.told())[0]?.text ?? '', /以后涨的$/);
		await press('o', 'Shift+ArrowRight', 'c');
		assert.match(passages(await reader.told())[0]?.text ?? '', /^们发现[\s\S]*以后涨的$/);

		await press('t');
		assert.equal(await page.evaluate(() => document.activeElement?.textContent), '断了肩膀的山');
		await page.keyboard.press('Tab');
		await page.keyboard.press('Enter');
		assert.equal(await at(), '四个星期一');
		assert.equal(await page.locator('.contents.open').count(), 0);

		await press('?');
		assert.equal(await page.getByRole('dialog', { name: 'Keyboard Shortcuts' }).isVisible(), true);
		await page.keyboard.press('Escape');
		await page.locator('dialog').waitFor({ state: 'detached' });
		await reader.told();
		await press('+', '-', '0');
		assert.deepEqual(
			(await reader.told()).flatMap(message => (message.type === 'command' ? [message.command] : [])),
			['larger', 'smaller', 'resetSize'],
		);

		await reader.show(...(await example(TIDE_GAUGE)));
		await page.waitForFunction(() => document.images[0]?.complete);
		await press('j', 'i');
		assert.equal(await page.locator('dialog.large').isVisible(), true);
		await page.keyboard.press('Escape');
		await page.locator('dialog').waitFor({ state: 'detached' });
	});

	it('links passages and their notes, and opens notes and links through the extension', async () => {
		await reader.show(...(await example(TRANSLATION)));
		const { page } = reader;
		await page.locator('.segment').first().click();
		const ids = await page.locator('.note').evaluateAll(notes => notes.map(note => note.getAttribute('data-note')));
		assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('data-note')), ids[0]);
		await page.locator('.note').nth(1).hover();
		assert.deepEqual(await page.locator('.segment.lit').allTextContents(), ['四十厘米']);
		await reader.told();
		await page.locator('.note .open').nth(1).click();
		await page.getByRole('link', { name: '点击查看英文原文' }).click();
		assert.deepEqual(
			(await reader.told()).filter(({ type }) => type === 'openNote' || type === 'open'),
			[
				{ type: 'openNote', id: ids[1] },
				{ type: 'open', href: 'https://courier.example/2021/12/16/tide-gauge/' },
			],
		);
	});

	it('places notes next to the text without overlaps, or below it if there is no room', async () => {
		const body = `<p>${'<mark>word</mark><!-- note: A note that takes more than a line of the margin beside the text. -->'.repeat(8)}</p><p>b</p>`;
		await reader.page.setViewportSize({ width: 1300, height: 900 });
		await reader.show(`${HEAD}${body}`);
		const boxes = (): Promise<{ top: number; bottom: number; left: number }[]> =>
			reader.page.locator('.note').evaluateAll(notes =>
				notes.map(note => {
					const { top, bottom, left } = note.getBoundingClientRect();
					return { top, bottom, left };
				}),
			);
		const right = (await reader.page.locator('.content').first().boundingBox()) ?? { x: 0, width: 0 };
		const beside = await boxes();
		assert.equal(beside.length, 8);
		for (const [at, box] of beside.entries()) {
			assert.ok(box.left >= right.x + right.width, 'a note lies over the text');
			assert.ok(box.top >= (beside[at - 1]?.bottom ?? 0), 'a note lies over another');
		}
		await reader.page.setViewportSize({ width: 500, height: 900 });
		await reader.page.waitForFunction(
			() => getComputedStyle(document.querySelector('.notes') as Element).position === 'static',
		);
		const block = (await reader.page.locator('.content').first().boundingBox()) ?? { y: 0, height: 0 };
		for (const box of await boxes()) assert.ok(box.top >= block.y + block.height - 8, 'a note lies over the text');
		await reader.page.setViewportSize({ width: 900, height: 900 });
	});

	it('shows what to do if there is no article', async () => {
		await reader.post({
			type: 'status',
			status: { kind: 'error', title: 'Failed', text: 'Because.', actions: [{ command: 'retry', title: 'Try Again' }] },
		});
		await reader.told();
		await reader.page.getByRole('button', { name: 'Try Again' }).click();
		assert.deepEqual(await reader.told(), [{ type: 'command', command: 'retry' }]);
		assert.equal(await reader.page.locator('article').isVisible(), false);
	});
});

describe('accessibility of the reader', () => {
	for (const theme of ['light', 'dark', 'contrast', 'contrastLight'] as const) {
		for (const width of [420, 1300]) {
			it(`has no axe-core violations: ${theme}, ${width} pixels wide`, async () => {
				const reader = await openReaderPage({ theme, width });
				const problems = (): Promise<string[]> => problemsOf(reader.page);
				for (const path of [TIDE_GAUGE, TRANSLATION, CHART]) {
					await reader.show(...(await example(path)));
					assert.deepEqual(await problems(), [], path);
				}
				for (const text of [PARTS_EN, PARTS_ZH]) {
					await reader.show(text);
					assert.deepEqual(await problems(), [], 'with formulas, controls and placeholders');
				}
				await reader.show(...(await example(CHART)));
				await reader.page.keyboard.press('/');
				await reader.page.keyboard.type('the');
				assert.deepEqual(await problems(), [], 'with find');
				await reader.page.keyboard.press('Escape');
				await reader.page.keyboard.press('t');
				assert.deepEqual(await problems(), [], 'with a selection and the contents');
				await reader.page.keyboard.press('?');
				assert.deepEqual(await problems(), [], 'with the keys');
				await reader.page.keyboard.press('Escape');
				await reader.post({ type: 'settings', settings: { ...SETTINGS, pictures: 'ask' } });
				await reader.show(
					`${HEAD}<p>a</p><img src="https://a.example/1.jpg" alt="A boat"><iframe src="https://v.example/"></iframe>`,
				);
				assert.deepEqual(await problems(), [], 'with pictures to be loaded');
				await reader.post({
					type: 'status',
					status: {
						kind: 'empty',
						title: 'No article',
						text: 'Open one.',
						actions: [{ command: 'openArticle', title: 'Go' }],
					},
				});
				assert.deepEqual(await problems(), [], 'without an article');
				await reader.close();
			});
		}
	}
});
