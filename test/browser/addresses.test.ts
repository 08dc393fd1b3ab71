import { strict as assert } from 'node:assert';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { glob } from 'tinyglobby';
import { ROOT } from '../../scripts/host/paths.ts';
import { parseDocument } from '../../server/src/article/article.ts';
import { createResolver } from '../../server/src/links/resolve.ts';
import { sharedBrowser } from '../support/browser.ts';

const CORPUS = join(ROOT, '../shared/corpus');

/** Addresses as people and programs write them into attributes; the base is `https://news.example/a/b?c=1`. */
const WRITTEN = [
	'?a=1&amp;copy=2&reg=3',
	'?a=1&copy=2&amp;reg=3',
	'x?a=1&lt;=2&not=3&notit;',
	'https://例え.example/潮?水=1#浪',
	'https://xn--r8jz45g.example/',
	'HTTPS://ΒΌΛΟΣ.example/ß',
	'https://faß.example/',
	'/100%/%zz/%E6%BD%AE/%e6%bd%ae',
	'/a b/c\td\ne',
	' https://a.example/x ',
	'//a.example/x',
	'\\\\a.example\\x',
	'https:x',
	'https:/x',
	'HTTPS:\\x',
	'http:x',
	'http:/x',
	'https://a.example:443/x',
	'https://a.example:99999/',
	'https://a.example/../../x/./y',
	'https://0x7f.1/',
	'https://2130706433/',
	'https://[::1]:8080/',
	'https://user:pass@a.example/',
	'https://a.example/"quoted"&gt;',
	'https://a.example/😀?😀#😀',
	'ttps://a.example/',
	'https://',
	'mailto:a@b.example',
	'javascript:;',
	'x#:~:text=a,b',
	'https://a.example/#:~:text=潮水',
];

/** What an address comes to: the URL, or why there is none. */
type Outcome = string;

/** The addresses of all links of a text as this project has them. */
function ours(text: string): readonly Outcome[] {
	const parsed = parseDocument(text);
	if (parsed.kind === 'list') return [];
	const resolve = createResolver(parsed.source?.value);
	return parsed.links.flatMap(({ href }) => {
		if (!href) return [];
		const resolution = resolve(href.value);
		return [resolution.kind === 'url' ? resolution.url.href : resolution.kind];
	});
}

/** The same in a browser: its parser without scripts, its `URL`, and no document that could be the base. */
function browsers(page: Page, body: string, source: string | undefined): Promise<readonly Outcome[]> {
	return page.evaluate(
		([html, base]) => {
			const document = new DOMParser().parseFromString(`<!doctype html><body>${html}`, 'text/html');
			return [...document.querySelectorAll('a[href], area[href]')].map(element => {
				const value = (element.getAttribute('href') ?? '').replace(/^[\0- ]+|[\0- ]+$/g, '');
				if (value === '') return 'empty';
				if (value.startsWith('#')) return 'fragment';
				try {
					return new URL(value, base ?? undefined).href;
				} catch {
					return 'invalid';
				}
			});
		},
		[body, source ?? null] as const,
	);
}

describe('addresses, compared with Chromium', () => {
	let page: Page;
	before(async () => {
		page = await (await sharedBrowser()).newPage();
	});
	after(() => page?.close());

	/** What differs in one article, as pairs. */
	async function differences(
		text: string,
	): Promise<readonly (readonly [ours: Outcome | undefined, browsers: Outcome | undefined])[]> {
		const parsed = parseDocument(text);
		if (parsed.kind === 'list') return [];
		const source = parsed.source && URL.canParse(parsed.source.value) ? parsed.source.value : undefined;
		const [mine, theirs] = [ours(text), await browsers(page, text.slice(parsed.body.span.start), source)];
		// Without a base there is no telling.
		return Array.from(
			{ length: Math.max(mine.length, theirs.length) },
			(_, at) => [mine[at], theirs[at]] as const,
		).filter(([one, other]) => one !== other && one !== 'baseless');
	}

	for (const written of WRITTEN)
		it(`resolves ${JSON.stringify(written)} alike`, async () => {
			const href = written.replaceAll('"', '&quot;');
			const text = `<!--1639640221000-->\n[x](https://news.example/a/b?c=1)\n------\n\n<p><a href="${href}">x</a></p>\n`;
			assert.equal(ours(text).length, 1);
			assert.deepEqual(await differences(text), []);
		});

	it('resolves every link of the real archive alike', async function () {
		if (!existsSync(CORPUS)) {
			console.log(`      skipped: ${CORPUS} is not there`);
			return this.skip();
		}
		const found: string[] = [];
		let count = 0;
		for (const path of (await glob('articles/**/*', { cwd: CORPUS })).sort()) {
			const text = readFileSync(join(CORPUS, path), 'utf8').replace(/^\ufeff/, '');
			count += ours(text).length;
			for (const [mine, theirs] of await differences(text)) found.push(`${path}: ${mine} ≠ ${theirs}`);
		}
		console.log(`      ${count} links`);
		assert.deepEqual(found, []);
	});
});
