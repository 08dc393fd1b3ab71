import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../../scripts/host/browser.ts';
import { installServed } from '../../../scripts/host/served.ts';
import { installExtension } from '../../../scripts/host/server.ts';
import { temporaryFolder } from '../../../scripts/host/temporary.ts';
import { packageExtension } from '../../../scripts/package.ts';
import { QuickInput } from '../../browser/quickInput.ts';
import { openSession, type Session } from '../../support/servedSession.ts';
import { generateArticle } from '../generate.ts';
import { formatMs, formatTable, median } from '../table.ts';
import { goToOffset, type KeyTimes, openMeter, quiet, typeLetters } from './keyToPaint.ts';

/** A workbench in which letters are typed. */
interface Contender {
	readonly name: string;
	readonly session: Session;
	readonly cpuTime: () => Promise<number>;
}

/** An article on one line, with an offset in the text of a paragraph in its middle. */
interface Article {
	readonly name: string;
	readonly text: string;
	readonly offset: number;
}

/** How much to measure. */
export interface TypingTask {
	/** The lengths of the articles in thousands of UTF-16 code units. */
	readonly sizes: readonly number[];
	/** How often each article is typed in, in each workbench in turn. */
	readonly rounds: number;
	/** How many keys are measured each time. */
	readonly keys: number;
}

/** The time between two keys, and the number of keys before those that are measured. */
const INTERVAL_MS = 250;
const FIRST_KEYS = 3;

/**
 * Packages the extension, and measures in the served VS Code how long it takes from a key to the painted letter in articles on one
 * line: with the extension and without, in two workbenches in turns, so that other load on the machine affects them alike.
 */
export async function runTypingBench({ sizes, rounds, keys }: TypingTask): Promise<void> {
	const temporary = await temporaryFolder('typing');
	const folder = join(temporary.path, 'archive');
	await mkdir(folder);
	const articles = sizes.map(size => articleOf(size));
	for (const { name, text } of articles) await writeFile(join(folder, name), text);
	const extensionsDir = await installPackage(temporary.path);
	const browser = await launchBrowser(line => console.log(line));
	const contenders: Contender[] = [];
	try {
		contenders.push(await openContender(browser, folder, 'VS Code alone', join(temporary.path, 'no-extensions')));
		contenders.push(await openContender(browser, folder, 'Marginalia', extensionsDir));
		for (const article of articles) {
			const times = contenders.map((): KeyTimes[] => []);
			for (let round = 0; round < rounds; round++)
				for (const [index, contender] of contenders.entries())
					times[index]?.push(await typeIn(contender, article, keys));
			console.log(`\n${article.text.length} characters\n${tableOf(contenders, times)}`);
		}
	} finally {
		for (const { session } of contenders) await session.close();
		await browser.close();
		await temporary.remove();
	}
}

function articleOf(size: number): Article {
	const sample = generateArticle(680, 100_000);
	const text = generateArticle(680, Math.round((size * 1000 * Buffer.byteLength(sample)) / sample.length));
	const offset = text.indexOf('</em>', text.length / 2) + '</em>'.length;
	return { name: `${size}.md`, text, offset: offset + text.slice(offset).search(/>[^<&]{12}/) + 6 };
}

async function installPackage(folder: string): Promise<string> {
	const vsix = await packageExtension();
	const program = await installServed(line => console.log(line));
	const extensionsDir = join(folder, 'extensions');
	await installExtension({ program, dataDir: join(folder, 'installation'), extensionsDir }, vsix);
	return extensionsDir;
}

async function openContender(
	browser: Browser,
	folder: string,
	name: string,
	extensionsDir: string,
): Promise<Contender> {
	const session = await openSession(browser, extensionsDir, { folder, settings: { 'files.autoSave': 'off' } });
	await session.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
	return { name, session, cpuTime: await openMeter(session.page) };
}

/** Opens an article, unless its tab is open, and types in it once the page is idle. */
async function typeIn({ session: { page }, cpuTime }: Contender, article: Article, keys: number): Promise<KeyTimes> {
	await page.bringToFront();
	const tab = page.locator(`.tab[data-resource-name="${article.name}"]`);
	const quickInput = new QuickInput(page);
	if (await tab.isVisible()) await tab.click();
	else
		await quickInput.repeat(`opening ${article.name}`, async timeout => {
			await page.keyboard.press('Control+P');
			await quickInput.pickByKeys(article.name, article.name, timeout);
			await tab.waitFor({ timeout });
		});
	await page.locator('.editor-group-container.active .monaco-editor .view-line').first().waitFor();
	await goToOffset(page, quickInput, article.offset);
	await quiet(cpuTime);
	await typeLetters(page, cpuTime, FIRST_KEYS, INTERVAL_MS);
	return await typeLetters(page, cpuTime, keys, INTERVAL_MS);
}

function tableOf(contenders: readonly Contender[], times: readonly (readonly KeyTimes[])[]): string {
	const paints = times.map(all => all.flatMap(({ paint }) => paint).sort((a, b) => a - b));
	const cpu = times.map(all => median(all.map(time => time.cpu)));
	const rows = contenders.map(({ name }, index) => {
		const paint = paints[index] ?? [];
		const quantile = (share: number): number => paint[Math.round(share * (paint.length - 1))] ?? Number.NaN;
		return [
			name,
			...[median(paint), quantile(0), quantile(0.25), quantile(0.75)].map(formatMs),
			(median(paint) / median(paints[0] ?? [])).toFixed(2),
			formatMs(cpu[index] ?? Number.NaN),
			((cpu[index] ?? Number.NaN) / (cpu[0] ?? Number.NaN)).toFixed(2),
		];
	});
	return formatTable([['', 'key to paint, ms', 'least', 'from', 'to', '× alone', 'CPU ms a key', '× alone'], ...rows]);
}
