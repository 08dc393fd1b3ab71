/**
 * Draws the images of the example archive (`examples/archive`). They are committed; run this only to change one:
 *
 *     npx node scripts/pictures.ts [part of a path …]
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import chromium from '@sparticuz/chromium';
import { type Browser, type Page, chromium as playwright } from 'playwright-core';
import * as courier from './pictures/courier.ts';
import * as dukou from './pictures/dukou.ts';
import { type Bitmap, encodeGif, encodePng } from './pictures/indexed.ts';
import * as jianghu from './pictures/jianghu.ts';
import * as nightjar from './pictures/nightjar.ts';

const ARTICLES = path.join(import.meta.dirname, '../examples/archive/articles');

/** The size limit of an image, in bytes, since everyone clones the archive. */
const LIMIT = 40_000;

/** Each file with the function that draws it. The extension selects the format. */
const PICTURES: ReadonlyArray<readonly [file: string, draw: () => string]> = [
	['courier/pictures/harbour.jpg', courier.harbour],
	['courier/pictures/ferry.jpg', courier.ferry],
	['courier/pictures/ferry.webp', courier.ferry],
	['courier/pictures/mudflats.jpg', courier.mudflats],
	['courier/pictures/keeper.png', courier.keeper],
	['courier/pictures/pier-plan.svg', courier.pierPlan],
	['courier/pictures/mill.png', courier.mill],
	['courier/pictures/river-year.png', courier.riverYear],
	['courier/pictures/tide-chart.png', courier.tideChart],
	['jianghu/pictures/芦洲.svg', jianghu.islandMap],
	['jianghu/pictures/steps.png', jianghu.stepsChart],
	['jianghu/pictures/market.jpg', jianghu.market],
	['jianghu/pictures/umbrella.png', jianghu.umbrella],
	['nightjar/pictures/margin.png', nightjar.margin],
	['nightjar/pictures/chart-cut.png', () => nightjar.museumChart(40)],
	['nightjar/pictures/chart-whole.png', () => nightjar.museumChart(0)],
	['nightjar/pictures/index-cards.webp', nightjar.indexCards],
	['dukou/pictures/shadow-boat.png', dukou.shadowBoat],
	['dukou/pictures/shadow-horse.png', dukou.shadowHorse],
	['dukou/pictures/shadow-empty-boat.png', dukou.shadowEmptyBoat],
	['dukou/pictures/shadow-empty-boat.webp', dukou.shadowEmptyBoat],
	['workshop/pictures/anchor.png', dukou.anchor],
];

const FLASH = 'courier/pictures/lighthouse.gif';
const FRAMES = 12;

const wanted = process.argv.slice(2);
const chosen = (file: string): boolean => wanted.length === 0 || wanted.some(part => file.includes(part));

// Makes the package unpack its shared libraries, which a bare machine lacks.
process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs22.x';
const browser = await playwright.launch({ executablePath: await chromium.executablePath(), args: chromium.args });
try {
	await drawAll(browser);
} finally {
	await browser.close();
}

async function drawAll(browser: Browser): Promise<void> {
	const page = await browser.newPage();
	for (const [file, draw] of PICTURES) {
		if (chosen(file)) await store(file, await encode(page, file, draw()));
	}
	if (chosen(FLASH)) {
		const frames: Bitmap[] = [];
		for (let index = 0; index < FRAMES; index += 1)
			frames.push(await rasterise(page, courier.lighthouse(index / FRAMES)));
		await store(FLASH, encodeGif(frames, 12));
	}
}

async function encode(page: Page, file: string, source: string): Promise<Buffer> {
	const extension = path.extname(file);
	if (extension === '.svg') return Buffer.from(source);
	if (extension === '.png') return encodePng(await rasterise(page, source));
	const type = extension === '.webp' ? 'image/webp' : 'image/jpeg';
	// The best quality that fits.
	for (let quality = 0.86; quality > 0.3; quality -= 0.06) {
		const data = Buffer.from(await paint(page, source, type, quality), 'base64');
		if (data.length <= LIMIT * 0.95) return data;
	}
	throw new Error(`${file} does not fit into ${LIMIT} bytes at an acceptable quality`);
}

async function rasterise(page: Page, source: string): Promise<Bitmap> {
	const size = /width="(\d+)" height="(\d+)"/.exec(source);
	if (!size) throw new Error('the image has no size');
	return {
		width: Number(size[1]),
		height: Number(size[2]),
		pixels: Buffer.from(await paint(page, source, 'pixels', 1), 'base64'),
	};
}

/** Paints SVG on a canvas in the page; returns its pixels, or the image as `type`, in base64. */
async function paint(page: Page, source: string, type: string, quality: number): Promise<string> {
	return page.evaluate(
		async ([source, type, quality]) => {
			const image = new Image();
			image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(source)}`;
			await image.decode();
			const canvas = document.createElement('canvas');
			canvas.width = image.naturalWidth;
			canvas.height = image.naturalHeight;
			const context = canvas.getContext('2d');
			if (!context) throw new Error('the browser does not support canvas');
			context.drawImage(image, 0, 0);
			if (type !== 'pixels') return canvas.toDataURL(type, quality).replace(/^[^,]*,/, '');
			const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
			let binary = '';
			for (let at = 0; at < data.length; at += 8192) binary += String.fromCharCode(...data.subarray(at, at + 8192));
			return btoa(binary);
		},
		[source, type, quality] as const,
	);
}

async function store(file: string, data: Buffer): Promise<void> {
	if (data.length > LIMIT) throw new Error(`${file} is ${data.length} bytes; at most ${LIMIT} are allowed`);
	const target = path.join(ARTICLES, file);
	await mkdir(path.dirname(target), { recursive: true });
	await writeFile(target, data);
	console.log(`${String(data.length).padStart(6)} ${file}`);
}
