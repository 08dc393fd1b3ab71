import assert from 'node:assert/strict';
import { CancellationToken, LSPErrorCodes } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { createService, type Service } from '../../../server/src/service.ts';
import { openIn, type TestDocument } from '../../support/document.ts';
import { CURSOR, cancelled, createFiles, NOW, png, VSCODE } from '../languageFeatures/harness.ts';

const ROOT = 'file:///archive';
const { None } = CancellationToken;

function article(source: string, title: string, body: string): string {
	return `<!--1639640221000-->\n[${title}](${source})\n------\n\n${body}\n`;
}

/** Two articles about the tide, one of which is linked to in all possible ways, a list, and images. */
const FILES: Readonly<Record<string, string | Uint8Array>> = {
	'articles/tide.md': article(
		'https://www.news.example/tide/?utm_source=mail',
		'没有人关掉的验潮仪',
		'<h2 id="sea">At sea</h2><p><a href="#sea">up</a><a href="/none">n</a></p><img src="pictures/quay.png">',
	),
	'articles/ferry.md': article(
		'https://news.example/ferry',
		'The night ferry',
		'<p><a href="http://news.example/tide">a</a><a href="/tide#sea">b</a><a href="tide.md">c</a><a href="https://else.example/">d</a></p><img src="pictures/quay.png">',
	),
	'articles/pictures/quay.png': png(2, 2),
	'lists/news.md': 'News\n------\n\n9-1 [Tide](/articles/tide.md)\n\n9-2 [None](/articles/none.md)\n',
};

/** A service with this archive open, and one document in the editor with a cursor. */
function opened(
	path: string,
	marked: string,
	others: Readonly<Record<string, string | Uint8Array>> = FILES,
): { service: Service; document: TestDocument; offset: number } {
	const contents = Object.fromEntries(Object.entries(others).map(([name, content]) => [`${ROOT}/${name}`, content]));
	const service = createService(
		{ files: createFiles(contents), now: () => NOW },
		{ navigation: { folders: () => [ROOT], onScan: () => ({ isCancelled: () => false, looked() {}, ended() {} }) } },
	);
	const document = openIn(service, `${ROOT}/${path}`, marked.replace(CURSOR, ''));
	return { service, document, offset: marked.indexOf(CURSOR) };
}

/** The text of a file with the cursor before a piece of it. */
function at(path: string, piece: string): [path: string, marked: string] {
	const text = String(FILES[path]);
	assert.ok(text.includes(piece), `${piece} is not in ${path}`);
	return [path, text.replace(piece, CURSOR + piece)];
}

/** The text at a location, as `path: text`; only the path for the start of a file. */
function shown({ uri, range }: { uri: string; range: { start: unknown; end: unknown } }): string {
	const path = uri.slice(ROOT.length + 1);
	const content = FILES[path];
	const document = TextDocument.create(uri, 'article', 1, typeof content === 'string' ? content : '');
	const text = document.getText(range as Parameters<TextDocument['getText']>[0]);
	return text === '' ? path : `${path}: ${text}`;
}

async function definitionAt(path: string, marked: string): Promise<unknown[]> {
	const { service, document, offset } = opened(path, marked);
	const links = await service.navigation.definition(document, document.positionAt(offset), None);
	return links.map(({ targetUri, targetSelectionRange, originSelectionRange }) => [
		originSelectionRange && document.getText(originSelectionRange),
		shown({ uri: targetUri, range: targetSelectionRange }),
	]);
}

async function referencesAt(path: string, marked: string, declared = false): Promise<string[]> {
	const { service, document, offset } = opened(path, marked);
	const found = await service.navigation.references(document, document.positionAt(offset), declared, None);
	return found.map(shown);
}

describe('a followed document link', () => {
	/** The targets of a document's links, for a client that resolves them when they are followed. */
	async function followed(path: string): Promise<(string | undefined)[]> {
		const { service, document } = opened(path, String(FILES[path]));
		const links = await service.documentLinks(document, true, None);
		// VS Code would open a known target as Markdown.
		assert.ok(links.every(({ target }) => target === undefined));
		return Promise.all(links.map(async link => (await service.resolveDocumentLink(document, link, None)).target));
	}

	it('resolves to the archived copy if there is one by then, and to the id in it; else to the page', async () => {
		assert.deepEqual(await followed('articles/ferry.md'), [
			'https://news.example/ferry',
			`${ROOT}/articles/tide.md#L2,2`,
			`${ROOT}/articles/tide.md#L5,9`,
			`${ROOT}/articles/tide.md#L2,2`,
			'https://else.example/',
			`${ROOT}/articles/pictures/quay.png`,
		]);
	});
});

describe('go to definition', () => {
	const TITLE = 'articles/tide.md: 没有人关掉的验潮仪';

	it('goes from a link to the archived copy of its page, however its URL is written', async () => {
		assert.deepEqual(await definitionAt(...at('articles/ferry.md', 'http://news')), [
			['http://news.example/tide', TITLE],
		]);
		assert.deepEqual(await definitionAt(...at('articles/ferry.md', 'a</a>')), [['http://news.example/tide', TITLE]]);
	});

	it('goes to an id in that page', async () => {
		assert.deepEqual(await definitionAt(...at('articles/ferry.md', '/tide#sea')), [
			['/tide#sea', 'articles/tide.md: sea'],
		]);
	});

	it('goes from a relative URL to an existing file', async () => {
		assert.deepEqual(await definitionAt(...at('articles/ferry.md', 'tide.md')), [['tide.md', TITLE]]);
	});

	it('goes from an image to its file, from a fragment to its element, from an entry to its article', async () => {
		assert.deepEqual(await definitionAt(...at('articles/ferry.md', '<img')), [
			['pictures/quay.png', 'articles/pictures/quay.png'],
		]);
		assert.deepEqual(await definitionAt(...at('articles/tide.md', '#sea')), [['#sea', 'articles/tide.md: sea']]);
		assert.deepEqual(await definitionAt(...at('lists/news.md', 'Tide')), [['/articles/tide.md', TITLE]]);
	});

	it('returns nothing for a link to the article’s own page, which opens the original', async () => {
		const own = article('https://news.example/own', 'Own', `<a href="https://www.news.example/own/${CURSOR}">x</a>`);
		assert.deepEqual(await definitionAt('articles/own.md', own), []);
	});

	it('returns nothing for pages that are not in the archive, and for plain text', async () => {
		assert.deepEqual(await definitionAt(...at('articles/ferry.md', 'https://else')), []);
		assert.deepEqual(await definitionAt(...at('articles/tide.md', '/none')), []);
		assert.deepEqual(await definitionAt(...at('lists/news.md', 'None')), []);
		assert.deepEqual(await definitionAt(...at('articles/tide.md', 'At sea')), []);
	});

	it('uses documents in the editor that are not saved', async () => {
		const { service, document } = opened(...at('articles/ferry.md', 'https://else'));
		const uri = `${ROOT}/articles/new.md`;
		openIn(service, uri, article('http://else.example', 'New', '<p>x</p>'));
		const position = document.positionAt(document.getText().indexOf('https://else'));
		const uris = async (): Promise<string[]> =>
			(await service.navigation.definition(document, position, None)).map(({ targetUri }) => targetUri);
		assert.deepEqual(await uris(), [uri]);
		const other = service.documents.get(uri);
		assert.ok(other);
		service.documents.change(other, 2, 'No article');
		service.navigation.opened(uri);
		assert.deepEqual(await uris(), []);
	});

	it('rejects when it is cancelled', async () => {
		const { service, document } = opened(...at('articles/ferry.md', 'tide.md'));
		const answer = service.navigation.definition(document, { line: 4, character: 12 }, cancelled());
		await assert.rejects(answer, { code: LSPErrorCodes.RequestCancelled });
	});
});

describe('references', () => {
	const LINKS = [
		'articles/ferry.md: http://news.example/tide',
		'articles/ferry.md: /tide#sea',
		'articles/ferry.md: tide.md',
		'lists/news.md: /articles/tide.md',
	];

	it('to an article include all links to it', async () => {
		assert.deepEqual(await referencesAt(...at('articles/tide.md', '没有人')), LINKS);
		assert.deepEqual(await referencesAt(...at('articles/ferry.md', 'tide.md'), true), [
			'articles/tide.md: 没有人关掉的验潮仪',
			...LINKS,
		]);
	});

	it('to an image include all places that show it', async () => {
		assert.deepEqual(await referencesAt(...at('articles/tide.md', '<img')), [
			'articles/ferry.md: pictures/quay.png',
			'articles/tide.md: pictures/quay.png',
		]);
	});

	it('to an id include those in this file and in others', async () => {
		const uses = ['articles/ferry.md: /tide#sea', 'articles/tide.md: #sea'];
		assert.deepEqual(await referencesAt(...at('articles/tide.md', 'sea"')), uses);
		assert.deepEqual(await referencesAt(...at('articles/ferry.md', '/tide#sea'), true), [
			'articles/tide.md: sea',
			...uses,
		]);
	});

	it('to an article leave out lists of related articles, except in the document itself', async () => {
		const words = '<p>Three boats lay on the mud until noon, and <a href="/tide">nobody</a> had seen it so low.</p>';
		const quay = article(
			'https://news.example/quay',
			'The quay',
			`${words}<ul class="related-posts"><li><a href="https://news.example/tide">Tide</a></li></ul>`,
		);
		const found = async (path: string, marked: string, settings: Readonly<Record<string, string>> = {}) => {
			const { service, document, offset } = opened(path, marked, { ...FILES, 'articles/quay.md': quay, ...settings });
			const places = await service.navigation.references(document, document.positionAt(offset), false, None);
			return places.filter(({ uri }) => uri.endsWith('quay.md')).length;
		};
		assert.equal(await found(...at('articles/tide.md', '没有人')), 1);
		assert.equal(await found('articles/quay.md', quay.replace('"/tide"', `"${CURSOR}/tide"`)), 2);
		const all = { 'marginalia.json': '{ "furniture": "show" }' };
		assert.equal(await found(...at('articles/tide.md', '没有人'), all), 2);
	});

	it('to a page outside the archive are the links to it', async () => {
		assert.deepEqual(await referencesAt(...at('articles/ferry.md', 'https://else')), [
			'articles/ferry.md: https://else.example/',
		]);
	});
});

describe('document highlights', () => {
	it('are the places in this document with the same target, and the id itself', async () => {
		const highlighted = async (path: string, marked: string): Promise<string[]> => {
			const { service, document, offset } = opened(path, marked);
			const found = await service.navigation.documentHighlights(document, document.positionAt(offset), None);
			return found.map(({ range }) => document.getText(range));
		};
		assert.deepEqual(await highlighted(...at('articles/tide.md', '#sea')), ['sea', '#sea']);
		assert.deepEqual(await highlighted(...at('articles/tide.md', 'At sea')), []);
		assert.deepEqual(await highlighted(...at('lists/news.md', 'None')), ['/articles/none.md']);
	});
});

describe('hover on a link', () => {
	it('mentions an archived copy, except for the article itself', async () => {
		const said = async (path: string, marked: string): Promise<string[]> => {
			const { service, document, offset } = opened(path, marked);
			// Hovers do not wait for the archive.
			await service.navigation.definition(document, document.positionAt(offset), None);
			const hover = await service.hover(document, document.positionAt(offset), VSCODE, None);
			assert.ok(hover && typeof hover.contents === 'object' && 'value' in hover.contents);
			return hover.contents.value.split('\n').filter(line => line.includes('Archived'));
		};
		assert.deepEqual(await said(...at('articles/ferry.md', 'http://news')), [
			`Archived copy: [没有人关掉的验潮仪](${ROOT}/articles/tide.md)`,
		]);
		assert.deepEqual(await said(...at('articles/ferry.md', 'https://else')), []);
		assert.deepEqual(await said(...at('articles/tide.md', 'https://www')), []);
	});
});

describe('workspace symbols', () => {
	it('are the articles with a matching title or source', async () => {
		const { service, document } = opened(...at('articles/ferry.md', 'tide.md'));
		await service.navigation.start(document.uri);
		const found = async (query: string): Promise<unknown[]> =>
			(await service.navigation.workspaceSymbols(query, None)).map(({ name, containerName, location }) => [
				name,
				containerName,
				location.uri.slice(ROOT.length + 1),
			]);
		const tide = ['没有人关掉的验潮仪', 'https://www.news.example/tide/?utm_source=mail', 'articles/tide.md'];
		const ferry = ['The night ferry', 'https://news.example/ferry', 'articles/ferry.md'];
		assert.deepEqual(await found('验潮'), [tide]);
		assert.deepEqual(await found('nferry'), [ferry]);
		assert.deepEqual(await found('yferry'), []);
		assert.deepEqual(await found('night'), [ferry]);
		assert.deepEqual(await found('news.example'), [ferry, tide]);
	});
});
