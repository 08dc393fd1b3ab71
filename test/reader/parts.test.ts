import assert from 'node:assert/strict';
import type { PageMessage } from '../../client/src/reader/page/messages.ts';
import { PARTS_EN, PARTS_ZH } from './parts.ts';
import { openReaderPage, type ReaderPage } from './readerPage.ts';

const HEAD = '<!--1639640221000-->\n[Tide](https://news.example/2021/)\n------\n\n';

function passages(told: readonly PageMessage[]): readonly Extract<PageMessage, { type: 'passage' }>[] {
	return told.flatMap(message => (message.type === 'passage' ? [message] : []));
}

describe("special content in the reader's page", () => {
	let reader: ReaderPage;

	before(async () => {
		reader = await openReaderPage({ height: 420 });
	});
	after(async () => {
		await reader?.close();
	});

	it('renders formulas in two dimensions, in place and once', async () => {
		await reader.show(PARTS_EN);
		const { page } = reader;
		const [power, fraction] = await page.evaluate(() => {
			const box = (element: Element | undefined): DOMRect => (element as Element).getBoundingClientRect();
			const [base, exponent] = document.querySelector('msup')?.children ?? [];
			const [above, below] = document.querySelector('mfrac')?.children ?? [];
			return [
				[box(base).bottom, box(exponent).bottom],
				[box(above).bottom, box(below).top],
			] as const;
		});
		assert.ok(power[1] < power[0] - 2, `the exponent is raised: ${power}`);
		assert.ok(fraction[0] <= fraction[1] + 1, `the numerator is above: ${fraction}`);
		assert.equal(await page.locator('h2').textContent(), 'On η, the height');
		assert.deepEqual(await page.locator('.entries a').allTextContents(), ['On η, the height']);
	});

	it('marks a whole formula, and selects text in it', async () => {
		const text = `${HEAD}<p>about 2×<math><msup><mn>10</mn><mn>6</mn></msup></math> litres<!-- note: x --></p>`;
		await reader.show(text);
		const { page } = reader;
		await page.evaluate(() => {
			const exponent = document.querySelectorAll('mn')[1]?.firstChild as Text;
			getSelection()?.setBaseAndExtent(exponent, 0, exponent, 1);
		});
		await page.keyboard.press('c');
		await page.evaluate(() => {
			const block = document.querySelector('.block .content') as Element;
			getSelection()?.selectAllChildren(block);
		});
		await page.keyboard.press('c');
		const copied = await page.evaluate(() => {
			const data = new DataTransfer();
			document.dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, cancelable: true }));
			return [data.getData('text/plain'), data.getData('text/html')];
		});
		assert.equal(copied[0], 'about 2×10⁶ litres');
		assert.match(copied[1] ?? '', /2×<math[^>]*><msup><mn>10<\/mn><mn>6<\/mn><\/msup><\/math> litres/);
		const [exponent, all] = passages(await reader.told());
		assert.ok(exponent && all);
		assert.equal(text.slice(exponent.start, exponent.end), '6');
		assert.equal(all.text, 'about 2×10⁶ litres');
		await reader.show(
			`${HEAD}<p>so <mark>2×<math><msup><mn>10</mn><mn>6</mn></msup></math></mark><!-- note: x --> is</p>`,
		);
		assert.equal(await page.locator('math.segment').count(), 1);
		assert.equal(await page.locator('math mark').count(), 0);
	});

	for (const [name, text, last] of [
		['English', PARTS_EN, 1],
		['Chinese', PARTS_ZH, 0],
	] as const) {
		it(`goes to a footnote and back, by mouse and keyboard: ${name}`, async () => {
			await reader.show(text);
			const { page } = reader;
			const link = page.locator('sup a').nth(last);
			const note = page.locator('.text ol li').nth(last);
			const inSight = (): Promise<boolean> =>
				note.evaluate(element => {
					const { top, bottom } = element.getBoundingClientRect();
					return top >= 0 && bottom <= innerHeight;
				});
			assert.equal(await inSight(), false);
			await link.click();
			assert.equal(await inSight(), true);
			assert.equal(await note.evaluate(element => element === document.activeElement), true);
			// By the button,
			await page.getByRole('button', { name: 'Back to the text' }).click();
			assert.equal(await inSight(), false);
			assert.equal(await link.evaluate(element => element === document.activeElement), true);
			assert.equal(await page.locator('.back').isVisible(), false);
			// by keys,
			await page.keyboard.press('Enter');
			assert.equal(await inSight(), true);
			await page.keyboard.press('b');
			assert.equal(await link.evaluate(element => element === document.activeElement), true);
			// and by the link of the note itself.
			await page.keyboard.press('Enter');
			await note.locator('a').click();
			assert.equal(await inSight(), false);
			assert.equal(await page.locator('.back').isVisible(), false);
			const told = await reader.told();
			assert.deepEqual(
				told.filter(({ type }) => type === 'open'),
				[],
			);
			const places = told.flatMap(message => (message.type === 'place' ? [message.offset] : []));
			assert.ok(places.some(offset => text.slice(offset).startsWith(name === 'English' ? 'It weighs' : '一九三一')));
		});
	}

	it('asks the extension for fragments that it does not have', async () => {
		await reader.show(`${HEAD}<p><a href="#nowhere">x</a></p>`);
		await reader.page.locator('.text a').click();
		assert.deepEqual(
			(await reader.told()).filter(({ type }) => type === 'open'),
			[{ type: 'open', href: '#nowhere' }],
		);
	});

	it('shows check boxes in a list, and placeholders for content that cannot be shown', async () => {
		await reader.show(PARTS_EN);
		const { page } = reader;
		assert.deepEqual(
			await page.locator('.check').evaluateAll(boxes => boxes.map(box => [box.textContent, box.ariaLabel])),
			[
				['☑', 'Checked'],
				['☐', 'Not checked'],
			],
		);
		assert.match(
			await page.locator('.embed-svg').innerText(),
			/^Heights by month\. Twelve bars.*\s+Drawing \(SVG\) not shown$/,
		);
		assert.match(await page.locator('.embed-form').innerText(), /Form/);
		assert.deepEqual(await page.locator('.control').allTextContents(), ['Your e-mail', 'Weekly', 'Sign up']);
		assert.equal(await page.locator('.text form, .text input, .text svg, .text button:not(.open)').count(), 0);
		await page.locator('.embed-svg').click();
		assert.deepEqual(
			(await reader.told()).filter(({ type }) => type === 'command'),
			[{ type: 'command', command: 'openSource' }],
		);
	});

	it('hides content that the page hides, but not notes on it', async () => {
		await reader.show(PARTS_EN);
		const text = await reader.page.locator('.text').innerText();
		assert.doesNotMatch(text, /Skip to|Not shown/);
		assert.match(text, /Is this said anywhere\?[\s\S]*annotated text is hidden on the page/);
	});

	it('opens collapsed content by mouse, keyboard and find, and keeps it open when the block is edited', async () => {
		await reader.show(PARTS_EN);
		const { page } = reader;
		const inside = page.getByText('By hand, each Monday');
		assert.equal(await inside.isVisible(), false);
		await page.keyboard.press('/');
		await page.keyboard.type('with a pencil');
		assert.equal(await inside.isVisible(), true);
		await page.keyboard.press('Escape');
		await reader.edit(PARTS_EN.replace('each Monday', 'each Monday at nine'));
		assert.equal(await page.getByText('each Monday at nine').isVisible(), true);
		await page.locator('summary').click();
		assert.equal(await page.getByText('each Monday at nine').isVisible(), false);
		await page.locator('summary').focus();
		await page.keyboard.press('Enter');
		assert.equal(await page.getByText('each Monday at nine').isVisible(), true);
		await reader.show(PARTS_EN);
		await reader.post({ type: 'reveal', offset: PARTS_EN.indexOf('By hand'), why: 'go' });
		assert.equal(await inside.isVisible(), true);
	});

	it('sets the text direction of each block by its script', async () => {
		await reader.show(PARTS_ZH);
		const directions = await reader.page
			.locator('.content')
			.evaluateAll(blocks => blocks.map(block => [block.textContent?.slice(0, 4), getComputedStyle(block).direction]));
		assert.deepEqual(
			directions.filter(([, direction]) => direction === 'rtl'),
			[['العر', 'rtl']],
		);
		await reader.show(`${HEAD}<ul><li>abc</li><li>مدينة</li></ul><div dir="rtl"><p>abc</p><p>123</p></div>`);
		const [left, right] = await reader.page.locator('li').evaluateAll(items =>
			items.map(item => {
				const range = document.createRange();
				range.selectNodeContents(item);
				return range.getBoundingClientRect().left;
			}),
		);
		assert.ok((right ?? 0) > (left ?? 0) + 100, 'an item in Arabic stands at the right');
	});
});
