import assert from 'node:assert/strict';
import { CancellationToken, CancellationTokenSource } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import { createReach } from '../../../server/src/links/reach.ts';
import type { NewArticle, NewArticleParams } from '../../../server/src/protocol/editing.ts';
import { createService, type Service } from '../../../server/src/service.ts';
import { openIn } from '../../support/document.ts';
import { createFiles, NOW } from '../languageFeatures/harness.ts';

const ROOT = 'file:///archive';

const article = (title: string, source: string, published: number): string =>
	`<!--${published}-->\n[${title}](${source})\n------\n\n<p>x</p>\n`;

const HARBOUR = {
	'articles/harbour/20211216_tide-gauge.md': article('Gauge', 'https://harbour.example/tide-gauge', 1_639_640_221_000),
	'articles/harbour/20211217_night-ferry.md': article(
		'Ferry',
		'https://harbour.example/night-ferry',
		1_639_750_000_000,
	),
};
const NEWEST_FIRST =
	'Harbour\n------\n\n12-17 [Ferry](/articles/harbour/20211217_night-ferry.md)\n\n12-16 [Gauge](/articles/harbour/20211216_tide-gauge.md)\n\n[更多](/articles/harbour)\n';
const PIER = { source: 'https://harbour.example/east-pier', title: ' The east\npier ' };

const onScan = () => ({ isCancelled: () => false, looked() {}, ended() {} });

function serviceOf(files: Readonly<Record<string, string>>, folder = ROOT): Service {
	const contents = Object.entries(files).map(([path, text]) => [`${ROOT}/${encodeURI(path)}`, text]);
	return createService(
		{ files: createFiles(Object.fromEntries(contents)), now: () => NOW },
		{ navigation: { folders: () => [folder], onScan }, workspaceFolder: () => folder },
	);
}

function begin(
	files: Readonly<Record<string, string>>,
	params: Partial<NewArticleParams>,
	service = serviceOf(files),
): Promise<NewArticle> {
	return service.newArticle({ folder: ROOT, timeZone: 'UTC', ...params }, CancellationToken.None);
}

/** The text of a list after an article was begun. */
async function listAfter(list: string, params: Partial<NewArticleParams> = PIER): Promise<string> {
	const begun = await begin({ ...HARBOUR, 'lists/harbour.md': list }, params);
	assert.ok(begun.list && 'edit' in begun.list, JSON.stringify(begun.list));
	return TextDocument.applyEdits(TextDocument.create('file:///l', 'article', 1, list), [begun.list.edit]);
}

describe('beginning an article', () => {
	it('names the file and writes the header', async () => {
		const begun = await begin(HARBOUR, PIER);
		assert.equal(begun.uri, `${ROOT}/articles/harbour/20240630_east-pier.md`);
		assert.equal(begun.name, '20240630_east-pier.md');
		assert.equal(begun.text, `<!--${NOW}-->\n[The east pier](https://harbour.example/east-pier)\n------\n\n<p></p>\n`);
		assert.deepEqual(begun.copies, []);
		assert.equal(begun.list, undefined);
	});

	it('goes by the day in the address', async () => {
		const dated = async (path: string, timeZone = 'UTC'): Promise<readonly [string | undefined, string]> => {
			const { name, text } = await begin(HARBOUR, { source: `https://harbour.example${path}`, timeZone });
			return [/^<!--(\d+)-->/.exec(text)?.[1], name];
		};
		const noon = String(Date.UTC(2024, 2, 1, 12));
		for (const path of ['/2024/03/01/east-pier/', '/news/20240301/east-pier', '/2024-03/01/east-pier.html'])
			for (const zone of ['UTC', 'Asia/Shanghai', 'Pacific/Kiritimati', 'Pacific/Pago_Pago'])
				assert.deepEqual(await dated(path, zone), [noon, '20240301_east-pier.md'], `${path} ${zone}`);
		const today = new Date(NOW).toISOString().slice(0, 10);
		assert.deepEqual(await dated(`/${today}/pier`), [String(NOW), `${today.replaceAll('-', '')}_pier.md`]);
		for (const path of [
			'/2034/03/01/pier',
			'/2024/02/30/pier',
			'/20240301',
			'/2024/03/01/2024-03-02/pier',
			'/?d=/2024/03/01/',
		])
			assert.equal((await dated(path))[0], String(NOW), path);
	});

	it('writes a source that is no URL on one line', async () => {
		const { text } = await begin(HARBOUR, { source: 'a\n------\n<p>b' });
		assert.equal(text.split('\n')[1], '[](a ------ <p>b)');
	});

	it('does not write what one logs in with', async () => {
		const { text } = await begin(HARBOUR, { source: 'https://me:secret@harbour.example/pier' });
		assert.equal(text.split('\n')[1], '[](https://harbour.example/pier)');
	});

	it('gets names that file systems take, whatever the title and the host', async () => {
		const titles = [
			'CON',
			'???',
			'..',
			'\u202e',
			'潮'.repeat(300),
			'😀'.repeat(200),
			'x\n'.repeat(2000),
			'\0',
			'\ud800',
			'/',
		];
		for (const host of [
			'a'.repeat(300),
			'潮'.repeat(200),
			'[::1]',
			'1.2.3.4',
			'con',
			'-.-',
			'*',
			'a..b',
			`${'a.'.repeat(200)}x`,
		])
			for (const title of titles) {
				const { uri = '', list } = await begin(
					{ ...HARBOUR, 'lists/harbour.md': NEWEST_FIRST },
					{ source: `https://${host}/`, title },
				);
				const paths = [uri, list?.uri ?? ''].flatMap(one => one.split('/').slice(4).map(decodeURIComponent));
				for (const part of paths) {
					assert.ok(Buffer.byteLength(part) <= 230, `${host} ${title}: ${part}`);
					// biome-ignore lint/suspicious/noControlCharactersInRegex: names must not have any
					assert.doesNotMatch(part, /^\.*$|["*:<>?\\|\x00-\x1f]|^con(?:\.|$)/i);
				}
			}
	});

	it('goes by its own time zone if it does not know that of the client', async () => {
		const { name } = await begin(HARBOUR, { ...PIER, timeZone: 'Nowhere/Harbour' });
		assert.match(name, /^2024\d{4}_east-pier\.md$/);
	});

	it('is never behind a symbolic link that leaves the archive', async () => {
		const linked = (folder: string, near = ROOT): Promise<NewArticle> => {
			const files = createFiles({ [`${ROOT}/lists/harbour.md`]: NEWEST_FIRST });
			const readLink = async (uri: string) => (uri === folder ? 'file:///elsewhere/harbour' : undefined);
			const reach = createReach({ folders: [URI.parse(ROOT)], documents: [] });
			const service = createService(
				{ files: { ...files, readLink }, now: () => NOW },
				{ reach: () => reach, navigation: { folders: () => [ROOT], onScan }, workspaceFolder: () => ROOT },
			);
			return begin({}, { ...PIER, folder: near }, service);
		};
		const own = `${ROOT}/articles/harbour`;
		const { name, uri } = await linked(own);
		assert.equal(uri, `${ROOT}/${encodeURI(name)}`);
		const { uri: unsaved, text } = await linked(own, own);
		assert.equal(unsaved, undefined);
		assert.match(text, /The east pier/);
	});

	it('takes another name if there is such a file, in whatever case', async () => {
		const files = {
			...HARBOUR,
			'articles/harbour/20240630_EAST-pier.md': 'x',
			'articles/harbour/20240630_east-pier-2.md': 'x',
		};
		assert.equal((await begin(files, PIER)).name, '20240630_east-pier-3.md');
	});

	it('says which articles were taken from the page before', async () => {
		const { copies } = await begin(HARBOUR, { source: 'http://www.harbour.example/night-ferry/?utm_source=x#a' });
		assert.deepEqual(copies, [`${ROOT}/articles/harbour/20211217_night-ferry.md`]);
	});

	it('only suggests a name where there is no archive', async () => {
		const begun = await begin({ 'readme.txt': 'x' }, PIER);
		assert.deepEqual([begun.uri, begun.name], [undefined, '2024-06-30_The east pier.md']);
		const outside = await begin(HARBOUR, { ...PIER, folder: 'file:///elsewhere' });
		assert.equal(outside.uri, undefined);
	});

	it('begins an archive where there is only its configuration', async () => {
		const { uri } = await begin({ 'marginalia.json': '{}' }, PIER);
		assert.equal(uri, `${ROOT}/articles/harbour/2024-06-30_The%20east%20pier.md`);
	});

	it('stays in the open folder', async () => {
		const folder = `${ROOT}/articles/harbour`;
		const params = { folder, source: 'https://dune.example/a', title: 'Sand' };
		const { uri } = await begin(HARBOUR, params, serviceOf(HARBOUR, folder));
		assert.equal(uri, `${folder}/20240630_a.md`.replace('_a', '_sand'));
	});

	it('can be cancelled while the archive is read', async () => {
		const token = new CancellationTokenSource();
		const begun = serviceOf(HARBOUR).newArticle({ folder: ROOT }, token.token);
		token.cancel();
		await assert.rejects(begun, /cancelled/);
	});
});

describe('the list of a new article', () => {
	const LINE = '6-30 [The east pier](/articles/harbour/20240630_east-pier.md)';

	it('gets it at the top if the newest are there', async () => {
		assert.equal(await listAfter(NEWEST_FIRST), NEWEST_FIRST.replace('12-17', `${LINE}\n\n12-17`));
	});

	it('gets it behind the last article if the oldest are at the top', async () => {
		const [head, ferry, gauge, more] = [
			'Harbour\n------\n',
			'12-17 [Ferry](/articles/harbour/20211217_night-ferry.md)',
			'12-16 [Gauge](/articles/harbour/20211216_tide-gauge.md)',
			'[更多](/articles/harbour)\n',
		];
		assert.equal(await listAfter([head, gauge, ferry, more].join('\n')), [head, gauge, ferry, LINE, more].join('\n'));
		assert.equal(await listAfter([head, gauge, ferry].join('\n')), [head, gauge, ferry, LINE].join('\n'));
	});

	it('gets an earlier article between those of the days around it', async () => {
		const earlier = { ...PIER, source: 'https://harbour.example/2021/12/17/east-pier' };
		const line = '12-17 [The east pier](/articles/harbour/20211217_east-pier.md)';
		assert.equal(await listAfter(NEWEST_FIRST, earlier), NEWEST_FIRST.replace('12-16', `${line}\n\n12-16`));
		const rising = NEWEST_FIRST.replace(/(12-17.*)\n\n(12-16.*)/, '$2\n\n$1');
		assert.equal(await listAfter(rising, earlier), rising.replace('12-17', `${line}\n\n12-17`));
		const oldest = { ...PIER, source: 'https://harbour.example/2021/12/01/east-pier' };
		const first = line.replace('12-17', '12-1').replace('1217', '1201');
		assert.equal(await listAfter(NEWEST_FIRST, oldest), NEWEST_FIRST.replace('\n\n[更多]', `\n\n${first}$&`));
		assert.equal(await listAfter(rising, oldest), rising.replace('12-16', `${first}\n\n12-16`));
	});

	it('goes by the days of the list if those of the articles are unknown or the same', async () => {
		const rising = 'Harbour\n------\n\n9-1 [a](/articles/harbour/a.md)\n\n9-2 [b](/articles/harbour/b.md)\n';
		assert.equal(await listAfter(rising), rising.replace('b.md)', `b.md)\n\n${LINE}`));
		const falling = 'Harbour\n------\n\n9-2 [b](/articles/harbour/b.md)\n\n9-1 [a](/articles/harbour/a.md)\n';
		assert.equal(await listAfter(falling), falling.replace('9-2', `${LINE}\n\n9-2`));
	});

	it('keeps the form of the list: line endings, byte order mark, no dates, encoded paths', async () => {
		const undated = `\ufeff海港\r\n------\r\n\r\n[Ferry](/articles/harbour/20211217_night-ferry.md)\r\n\r\n[x](/articles/harbour/%E6%BD%AE.md)\r\n`;
		assert.equal(
			await listAfter(undated, { ...PIER, title: '东[码头]', source: 'https://harbour.example/码头' }),
			undated.replace('[Ferry]', '[东[码头]](/articles/harbour/20240630_%E7%A0%81%E5%A4%B4.md)\r\n\r\n[Ferry]'),
		);
	});

	it('calls it by its file name if it has no title yet', async () => {
		const after = await listAfter(NEWEST_FIRST, { source: PIER.source });
		assert.match(after, /\n6-30 \[20240630_east-pier\]\(/);
	});

	it('is the open one with its changes', async () => {
		const files = { ...HARBOUR, 'lists/harbour.md': NEWEST_FIRST };
		const service = serviceOf(files);
		openIn(service, `${ROOT}/lists/harbour.md`, NEWEST_FIRST.replace('Harbour\n', 'The Harbour\n'));
		openIn(service, `${ROOT}/lists/harbour.md`, `\ufeffThe long Harbour${NEWEST_FIRST.slice(7)}`, 2);
		const { list } = await begin(files, PIER, service);
		assert.ok(list && 'edit' in list);
		assert.deepEqual(list.edit.range.start, { line: 3, character: 0 });
	});

	it('is left unchanged in a merge conflict', async () => {
		const conflict = `Harbour\n------\n\n<<<<<<< ours\n12-17 [Ferry](/articles/harbour/20211217_night-ferry.md)\n=======\n12-16 [Gauge](/articles/harbour/20211216_tide-gauge.md)\n>>>>>>> theirs\n`;
		const { list } = await begin({ ...HARBOUR, 'lists/harbour.md': conflict }, PIER);
		assert.deepEqual(list, { uri: `${ROOT}/lists/harbour.md`, refusal: 'it has an unresolved merge conflict' });
	});

	it('is made like the others for a new source', async () => {
		const { uri, list } = await begin(
			{ ...HARBOUR, 'lists/harbour.md': NEWEST_FIRST },
			{ source: 'https://www.dune.example/sand', title: 'Sand' },
		);
		assert.equal(uri, `${ROOT}/articles/dune/20240630_sand.md`);
		assert.deepEqual(list, {
			uri: `${ROOT}/lists/dune.md`,
			text: 'dune\n------\n\n6-30 [Sand](/articles/dune/20240630_sand.md)\n\n[更多](/articles/dune)\n',
		});
	});
});
