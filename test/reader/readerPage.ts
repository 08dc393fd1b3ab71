import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { CancellationToken } from 'vscode-languageserver';
import { readerHtml } from '../../client/src/reader/html.ts';
import type { HostMessage, PageMessage, ReaderSettings } from '../../client/src/reader/page/messages.ts';
import { RESULTS, ROOT } from '../../scripts/host/paths.ts';
import { nodePlatform } from '../../server/src/node/platform.ts';
import type { ReaderAnswer } from '../../server/src/protocol/reader.ts';
import { createService, type Service } from '../../server/src/service.ts';
import { sharedBrowser } from '../support/browser.ts';
import { THEMES } from './themes.ts';

/** Options of a page. */
export interface ReaderPageOptions {
	readonly theme?: keyof typeof THEMES;
	readonly width?: number;
	readonly height?: number;
	readonly settings?: Partial<ReaderSettings>;
}

/** The reader's page in a browser: the real script under the real policy, with data from the server's engine. */
export interface ReaderPage {
	readonly page: Page;
	/** All URLs requested since the page was opened, except for the page's own files. */
	readonly requested: readonly string[];
	/** Shows a text. `uri` is its location. */
	show(text: string, uri?: string): Promise<ReaderAnswer>;
	/** Updates the page to another text, as after an edit. */
	edit(text: string): Promise<ReaderAnswer>;
	post(message: HostMessage): Promise<void>;
	/** Returns the messages posted by the page since the last call. */
	told(): Promise<PageMessage[]>;
	screenshot(name: string): Promise<void>;
	/** Saves a screenshot of another page. */
	screenshotOf(other: Page, name: string): Promise<void>;
	close(): Promise<void>;
}

/** The settings of a page for which the test sets no others. */
export const SETTINGS: ReaderSettings = {
	fontSize: 17,
	lineHeight: 1.6,
	width: 'medium',
	font: 'serif',
	pictures: 'shown',
	sync: true,
};

/** Opens the page. */
export async function openReaderPage(options: ReaderPageOptions = {}): Promise<ReaderPage> {
	const { theme = 'light', width = 900, height = 900 } = options;
	const settings = { ...SETTINGS, ...options.settings };
	const context = await (await sharedBrowser()).newContext({ viewport: { width, height } });
	const page = await context.newPage();
	const requested: string[] = [];
	const own = await serve(settings.pictures === 'shown');
	page.on('request', request => {
		const url = request.url();
		if (!url.startsWith(own.origin) && !url.startsWith('data:')) requested.push(url);
	});
	const { class: name, variables } = THEMES[theme];
	await page.addInitScript(
		({ className, values }) => {
			const messages: unknown[] = [];
			Object.assign(globalThis, {
				readerMessages: messages,
				acquireVsCodeApi: () => ({
					postMessage: (message: { type: string; url?: string }) => {
						messages.push(message);
						// There is no extension to fetch images that the page cannot load.
						if (message.type === 'picture') postMessage({ type: 'picture', url: message.url, reason: 'Not here' }, '*');
					},
				}),
			});
			document.addEventListener('readystatechange', () => {
				document.body?.classList.add(...className.split(' '));
				for (const [variable, value] of Object.entries(values))
					document.documentElement.style.setProperty(`--vscode-${variable}`, value);
			});
		},
		{ className: name, values: variables },
	);
	await page.goto(`${own.origin}/`);
	const service: Service = createService(nodePlatform);
	let shown = service.documents.open('file:///archive/articles/a/1.md', 'article', 1, '');
	const post = (message: HostMessage): Promise<void> =>
		page.evaluate(
			sent =>
				new Promise<void>(resolve => {
					addEventListener('message', () => requestAnimationFrame(() => requestAnimationFrame(() => resolve())), {
						once: true,
					});
					postMessage(sent, '*');
				}),
			message as unknown,
		);
	const draw = async (has: number | undefined): Promise<ReaderAnswer> => {
		const answer = await service.reader.read(shown.snapshot, 'test', { has }, CancellationToken.None);
		const drawn = JSON.parse(JSON.stringify(answer).replaceAll(ARCHIVE, `${own.origin}/archive`)) as ReaderAnswer;
		if (drawn.kind === 'view') await post({ type: 'view', view: drawn.view });
		if (drawn.kind === 'patch') await post({ type: 'patch', patch: drawn.patch });
		return answer;
	};
	await post({ type: 'settings', settings });
	return {
		page,
		requested,
		async show(text, uri = 'file:///archive/articles/a/1.md') {
			service.documents.close(shown);
			shown = service.documents.open(uri, 'article', 1, text);
			return await draw(undefined);
		},
		async edit(text) {
			const { version } = shown.snapshot;
			service.documents.change(shown, version + 1, text);
			return await draw(version);
		},
		post,
		async told() {
			return await page.evaluate(() =>
				(globalThis as unknown as { readerMessages: PageMessage[] }).readerMessages.splice(0),
			);
		},
		screenshot: file => screenshotOf(page, file),
		screenshotOf,
		async close() {
			await context.close();
			await own.close();
		},
	};
}

async function screenshotOf(page: Page, file: string): Promise<void> {
	await mkdir(RESULTS, { recursive: true });
	await page.screenshot({ path: join(RESULTS, `${file}.png`) });
}

/** The example archive, whose images pages may show. */
export const ARCHIVE = pathToFileURL(join(ROOT, 'examples/archive')).href;

/** Serves the page's document, its bundles and the images of the example archive on its own port. */
async function serve(remotePictures: boolean): Promise<{ origin: string; close(): Promise<void> }> {
	const server = createServer(async (request, response) => {
		const path = decodeURIComponent(new URL(request.url ?? '/', 'http://127.0.0.1').pathname);
		if (path === '/') {
			const { origin } = own;
			const html = readerHtml({
				script: `${origin}/reader.js`,
				style: `${origin}/reader.css`,
				origin,
				nonce: randomUUID(),
				remotePictures,
				language: 'en',
			});
			response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html);
			return;
		}
		const file = path.startsWith('/archive/') ? join(ROOT, 'examples', path) : join(ROOT, 'client/dist', path);
		if (!existsSync(file)) {
			response.writeHead(404).end();
			return;
		}
		const type = TYPES[file.slice(file.lastIndexOf('.'))] ?? 'application/octet-stream';
		response.writeHead(200, { 'content-type': type }).end(await readFile(file));
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	// A failed test leaves its page open, which must not keep the process alive.
	server.unref();
	const own = { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
	return {
		origin: own.origin,
		close: () => new Promise(resolve => server.close(() => resolve())),
	};
}

const TYPES: Readonly<Record<string, string>> = {
	'.js': 'text/javascript',
	'.css': 'text/css',
	'.png': 'image/png',
	'.jpg': 'image/jpeg',
	'.gif': 'image/gif',
	'.webp': 'image/webp',
	'.svg': 'image/svg+xml',
};
