import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../scripts/host/paths.ts';
import { parseArticle } from '../../server/src/article/article.ts';
import { collapse, expand } from '../../server/src/article/format.ts';
import { textContent } from '../../server/src/article/label.ts';
import { corpusFiles } from '../corpus/corpus.ts';
import { runs } from '../support/runs.ts';
import { openReaderPage, type ReaderPage } from './readerPage.ts';

/** The number of real articles tested in CI, evenly spread over the corpus. */
const REAL = 20;

/** The number of pages tested concurrently, as each mostly waits for frames. */
const PAGES = 4;

/** The articles of the example archive, and real ones if the corpus is available. */
function articles(): [name: string, text: string][] {
	const examples = globSync('examples/archive/articles/{courier,dukou,jianghu,nightjar}/*.{md,txt}', { cwd: ROOT });
	const real = corpusFiles().filter(({ path }) => path.startsWith('articles/'));
	const count = runs(REAL);
	const step = Math.max(1, Math.floor(real.length / count));
	return [
		...examples.map((path): [string, string] => [path, readFileSync(join(ROOT, path), 'utf8')]),
		...real
			.filter((_, at) => at % step === 0)
			.slice(0, count)
			.map(({ path, text }): [string, string] => [path, text]),
	];
}

/** Returns the first words at an offset in the source, without white space. */
interface Place {
	readonly offset: number;
	readonly words: string;
}

/** Returns the first words of every block that the engine finds in a text. */
function places(text: string): readonly Place[] {
	const { blocks, nodes } = parseArticle(text);
	return blocks.flatMap(block => {
		const first = block.first === block.last || block.node === -1 ? block.first : block.node;
		const words = textContent(nodes, first, 60).replace(/\s+/g, '').slice(0, 16);
		return words === '' ? [] : [{ offset: nodes[block.first]?.start ?? block.span.start, words }];
	});
}

describe('synchronised scrolling of reader and editor', () => {
	let readers: readonly ReaderPage[];

	before(async () => {
		const opened = Array.from({ length: PAGES }, () => openReaderPage({ settings: { pictures: 'blocked' } }));
		readers = await Promise.all(opened);
	});
	after(async () => {
		for (const reader of readers ?? []) await reader.close();
	});

	/** Runs a test on each article in a page. */
	async function inEach(look: (reader: ReaderPage, name: string, text: string) => Promise<void>): Promise<void> {
		const waiting = articles();
		const work = async (reader: ReaderPage): Promise<void> => {
			for (let next = waiting.shift(); next; next = waiting.shift()) await look(reader, ...next);
		};
		await Promise.all(readers.map(work));
	}

	it('scrolls an editor even if the page stopped before it was drawn', async () => {
		const [reader] = readers;
		const body = Array.from({ length: 80 }, (_, at) => `<p>Paragraph ${at} of the tide tables.</p>`).join('');
		await reader?.show(`<!--1639640221000-->\n[Tides](https://courier.example/tides/)\n------\n\n${body}\n`);
		const missed = await reader?.page.evaluate(async () => {
			const { readerMessages } = globalThis as unknown as { readerMessages: { type: string; led: boolean }[] };
			const drawn = (): Promise<unknown> =>
				new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
			dispatchEvent(new WheelEvent('wheel'));
			let count = 0;
			for (let step = 1; step <= 20; step++) {
				// Wait until the page has reported its final position before scrolling again.
				const end = performance.now() + 200;
				while (performance.now() < end);
				readerMessages.length = 0;
				scrollTo(0, 500 + step * 60);
				await new Promise(done => setTimeout(done));
				await drawn();
				if (!readerMessages.some(({ type, led }) => type === 'scrolled' && led)) count++;
			}
			return count;
		});
		assert.equal(missed, 0);
	});

	for (const [form, change] of [
		['on one line', collapse],
		['expanded', expand],
	] as const) {
		it(`shows every block that an editor scrolls to, without scrolling the editor back: ${form}`, async () => {
			await inEach(async (reader, name, original) => {
				const text = change(original);
				const answer = await reader.show(text);
				assert.equal(answer.kind, 'view');
				const drawn = answer.view.blocks;
				// The byline is in the head, and some blocks are not shown.
				const wantedPlaces = places(text).filter(({ offset }) =>
					drawn.some(({ start, length }) => start <= offset && offset < start + length),
				);
				await reader.told();
				const missed = await reader.page.evaluate(wanted => {
					const plain = (node: Node): string => (node.textContent ?? '').replace(/\s+/g, '');
					const all = [...document.querySelectorAll<HTMLElement>('.content')];
					const texts = all.map(plain);
					return wanted.flatMap(({ offset, words }) => {
						if (!texts.some(text => text.includes(words))) return [];
						dispatchEvent(new MessageEvent('message', { data: { type: 'reveal', offset, why: 'scroll' } }));
						const isSeen = all.some((content, at) => {
							if (!texts[at]?.includes(words)) return false;
							const { top, bottom } = (content.closest('details.fold:not([open])') ?? content).getBoundingClientRect();
							return bottom > 0 && top < innerHeight;
						});
						return isSeen ? [] : [`${offset} ${words}`];
					});
				}, wantedPlaces);
				assert.deepEqual(missed, [], name);
				await reader.page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));
				const led = (await reader.told()).filter(message => message.type === 'scrolled' && message.led);
				assert.deepEqual(led, [], name);
			});
		});

		it(`scrolls an editor to every block that the user scrolls to: ${form}`, async () => {
			await inEach(async (reader, name, original) => {
				const answer = await reader.show(change(original));
				assert.equal(answer.kind, 'view');
				const blocks = answer.view.blocks.map(({ start, length }) => ({ start, length }));
				const wrong = await reader.page.evaluate(async wanted => {
					const { readerMessages } = globalThis as unknown as {
						readerMessages: { type: string; offset: number; led: boolean }[];
					};
					// The page's work in a frame is done when the next task runs.
					const frame = (): Promise<unknown> =>
						new Promise(done =>
							requestAnimationFrame(() => {
								const { port1, port2 } = new MessageChannel();
								port1.onmessage = done;
								port2.postMessage(undefined);
							}),
						);
					const elements = [...document.querySelectorAll('.block > .content')];
					const found: string[] = [];
					scrollTo(0, 0);
					await frame();
					// Simulate the mouse wheel.
					dispatchEvent(new WheelEvent('wheel'));
					let last = 0;
					for (const [at, { start, length }] of wanted.entries()) {
						const box = elements[at]?.getBoundingClientRect() ?? { top: 0, height: 0 };
						const top = box.top + scrollY - 20;
						if (elements[at]?.closest('details.fold:not([open])')) continue;
						// Skip blocks that cannot reach the top or are there already, and lines between paragraphs.
						if (box.height < 8 || top <= scrollY + 4 || top > document.documentElement.scrollHeight - innerHeight)
							continue;
						readerMessages.length = 0;
						scrollTo(0, top);
						await frame();
						// The same position is not reported twice.
						last = readerMessages.findLast(({ type, led }) => type === 'scrolled' && led)?.offset ?? last;
						if (last < start || last >= start + length)
							found.push(`block ${at} at ${start}, ${length} long: told ${last}`);
					}
					return found;
				}, blocks);
				assert.deepEqual(wrong, [], name);
			});
		});
	}
});
