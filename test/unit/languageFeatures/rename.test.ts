import assert from 'node:assert/strict';
import { CancellationToken, LSPErrorCodes, type WorkspaceEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import type { FileMove } from '../../../server/src/languageFeatures/workspaceEdit.ts';
import { createReach } from '../../../server/src/links/reach.ts';
import type { FileSystem } from '../../../server/src/platform.ts';
import { createService, type Service } from '../../../server/src/service.ts';
import { openIn, type TestDocument } from '../../support/document.ts';
import { CURSOR, cancelled, createFiles, NOW } from './harness.ts';

const ROOT = 'file:///archive';
const { None } = CancellationToken;
const SCAN = { isCancelled: () => false, looked() {}, ended() {} };

type Texts = Readonly<Record<string, string>>;

const article = (name: string, body: string): string =>
	`<!--1639640221000-->\n[${name}](https://news.example/${name})\n------\n\n${body}\n`;

function open(
	files: Texts,
	path = Object.keys(files)[0] ?? '',
): { service: Service; document: TestDocument; offset: number } {
	const marked = files[path] ?? '';
	const contents = Object.fromEntries(
		Object.entries(files).map(([name, text]) => [`${ROOT}/${encodeURI(name)}`, text.replace(CURSOR, '')]),
	);
	const service = createService(
		{ files: createFiles(contents), now: () => NOW },
		{ navigation: { folders: () => [ROOT], onScan: () => SCAN, versionedEdits: () => true, movesFiles: () => true } },
	);
	const document = openIn(service, `${ROOT}/${path}`, marked.replace(CURSOR, ''), 7);
	return { service, document, offset: marked.indexOf(CURSOR) };
}

const pathOf = (uri: string): string => decodeURIComponent(uri.slice(ROOT.length + 1));

/** Returns the content of the files that an edit changes, and the targets of the files that it moves. */
function applied(files: Texts, edit: WorkspaceEdit | undefined): Texts {
	const changed: Record<string, string> = {};
	for (const change of edit?.documentChanges ?? []) {
		if (!('textDocument' in change)) {
			assert.ok(change.kind === 'rename');
			changed[pathOf(change.oldUri)] = `→ ${pathOf(change.newUri)}`;
			continue;
		}
		const path = pathOf(change.textDocument.uri);
		const text = (files[path] ?? '').replace(CURSOR, '');
		changed[path] = TextDocument.applyEdits(TextDocument.create('x:', '', 0, text), change.edits as never);
	}
	return changed;
}

/** Returns the changed files after renaming the id at the cursor of the first file. */
async function renamed(files: Texts, name: string): Promise<Texts> {
	const { service, document, offset } = open(files);
	return applied(files, await service.navigation.rename(document, document.positionAt(offset), name, None));
}

/** Returns the reason why the id at the cursor cannot be renamed. */
async function refusal(files: Texts, name?: string): Promise<string> {
	const { service, document, offset } = open(files);
	const position = document.positionAt(offset);
	const asked =
		name === undefined
			? service.navigation.prepareRename(document, position, None)
			: service.navigation.rename(document, position, name, None);
	return asked.then(
		() => assert.fail('it was not refused'),
		error => {
			assert.equal(error.code, LSPErrorCodes.RequestFailed);
			return error.message;
		},
	);
}

describe('edits of several documents', () => {
	const files = {
		'a.md': article('a', `<h2 id="x${CURSOR}">A</h2>`),
		'b.md': article('b', '<p><a href="a.md#x">b</a></p>'),
		'c.md': article('c', '<p><a href="a.md#x">c</a></p>'),
	};
	const edited = article('b', '<h2>Edited meanwhile</h2>\n<p><a href="a.md#x">b</a></p>');

	for (const [what, run, expected] of [
		[
			'renames an id',
			(service, document) =>
				service.navigation.rename(document, document.positionAt(document.text.indexOf('"x"') + 1), 'y', None),
			'a.md#y',
		],
		[
			'updates links to a moved file',
			service =>
				service.navigation.willRenameFiles([{ oldUri: `${ROOT}/a.md`, newUri: `${ROOT}/d.md` }], () => {}, None),
			'd.md#x',
		],
	] as const satisfies readonly (readonly [
		string,
		(service: Service, document: TestDocument) => Promise<WorkspaceEdit | undefined>,
		string,
	])[])
		it(`${what} in the current texts, even if they are edited meanwhile`, async () => {
			let onRead = (): void => {};
			const contents = Object.fromEntries(
				Object.entries(files).map(([name, text]) => [`${ROOT}/${name}`, text.replace(CURSOR, '')]),
			);
			const inner = createFiles(contents);
			const service = createService(
				{
					files: {
						...inner,
						async readFile(uri) {
							if (uri.endsWith('/c.md')) onRead();
							return inner.readFile(uri);
						},
					},
					now: () => NOW,
				},
				{ navigation: { folders: () => [ROOT], onScan: () => SCAN, versionedEdits: () => true } },
			);
			const document = openIn(service, `${ROOT}/a.md`, contents[`${ROOT}/a.md`] ?? '');
			openIn(service, `${ROOT}/b.md`, contents[`${ROOT}/b.md`] ?? '');
			await service.navigation.workspaceSymbols('', None);
			let edits = 0;
			onRead = () => {
				if (edits++ === 0) openIn(service, `${ROOT}/b.md`, edited, 2);
			};
			const edit = await run(service, document);
			const change = edit?.documentChanges?.find(
				one => 'textDocument' in one && one.textDocument.uri.endsWith('/b.md'),
			);
			assert.ok(change && 'textDocument' in change && edits > 0);
			assert.equal(change.textDocument.version, 2);
			const after = TextDocument.applyEdits(TextDocument.create('x:', '', 0, edited), change.edits as never);
			assert.equal(after, edited.replace('a.md#x', expected));
		});
});

describe('renaming an id', () => {
	const OTHER = article(
		'ferry',
		`<p><a href="tide.md#sea">1</a><a href='tide.md#%73ea:~:text=x'>2</a><a href="https://news.example/tide#sea">3</a><a href="tide.md#other">4</a></p>`,
	);

	it('changes the declaration and all links to the file, but no links to web pages', async () => {
		const files = {
			'articles/tide.md': article(
				'tide',
				`<h2 id="${CURSOR}sea">At sea</h2><a name=sea id=sea2></a><p aria-labelledby="x sea"><a href="#sea">up</a> <a href="/none#sea">n</a></p>`,
			),
			'articles/ferry.md': OTHER,
		};
		assert.deepEqual(await renamed(files, '潮 水'.replace(' ', '-')), {
			'articles/tide.md': article(
				'tide',
				'<h2 id="潮-水">At sea</h2><a name=sea id=sea2></a><p aria-labelledby="x 潮-水"><a href="#潮-水">up</a> <a href="/none#sea">n</a></p>',
			),
			'articles/ferry.md': article(
				'ferry',
				`<p><a href="tide.md#潮-水">1</a><a href='tide.md#潮-水:~:text=x'>2</a><a href="https://news.example/tide#sea">3</a><a href="tide.md#other">4</a></p>`,
			),
		});
	});

	it('also starts from a link in this or another file', async () => {
		const tide = article('tide', '<h2 id=sea>At sea</h2>');
		const files = {
			'articles/ferry.md': article('ferry', `<a href="tide.md?x=1&copy=2#${CURSOR}sea">1</a>`),
			'articles/tide.md': tide,
		};
		assert.deepEqual(await renamed(files, 'a"b%'), {
			'articles/ferry.md': article('ferry', '<a href="tide.md?x=1&copy=2#a%22b%25">1</a>'),
			'articles/tide.md': article('tide', '<h2 id="a&quot;b%">At sea</h2>'),
		});
		const { service, document, offset } = open(files);
		const prepared = await service.navigation.prepareRename(document, document.positionAt(offset), None);
		assert.deepEqual([document.getText(prepared.range), prepared.placeholder], ['sea', 'sea']);
	});

	it('renames only the element if it is a duplicate of the id', async () => {
		const body = `<p id="a">1</p><p id="${CURSOR}a">2</p><a href="#a">3</a>`;
		assert.deepEqual(await renamed({ 'articles/1.md': article('1', body) }, 'b'), {
			'articles/1.md': article('1', '<p id="a">1</p><p id="b">2</p><a href="#a">3</a>'),
		});
	});

	it('includes the versions of open documents only', async () => {
		const files = { 'articles/tide.md': article('tide', `<h2 id="${CURSOR}sea">x</h2>`), 'articles/ferry.md': OTHER };
		const { service, document, offset } = open(files);
		const edit = await service.navigation.rename(document, document.positionAt(offset), 'b', None);
		assert.deepEqual(
			edit.documentChanges?.map(change => 'textDocument' in change && change.textDocument.version),
			[7, null],
		);
	});

	it('is rejected with a reason', async () => {
		const at = (body: string): Texts => ({ 'articles/1.md': article('1', body) });
		const two = at(`<p id="${CURSOR}a">1</p><p id="b">2</p>`);
		assert.equal(await refusal(two, 'b'), 'The article already has an element with the id b');
		assert.equal(await refusal(two, ''), 'An id cannot be empty');
		assert.match(await refusal(two, 'b c'), /^An id cannot contain white space/);
		assert.equal(await refusal(at(`<p>${CURSOR}x</p>`)), 'Only ids and links to ids can be renamed');
		assert.equal(await refusal(at(`<a href="#${CURSOR}none">x</a>`)), 'No element has the id none');
		assert.equal(
			await refusal(at(`<a href="https://else.example/${CURSOR}">x</a>`)),
			'The link has no fragment; only ids can be renamed',
		);
		assert.equal(
			await refusal(at(`<a href="https://else.example/#${CURSOR}a">x</a>`)),
			'The link points outside the archive; ids of web pages cannot be renamed',
		);
		const { service, document, offset } = open(two);
		await assert.rejects(service.navigation.rename(document, document.positionAt(offset), 'c', cancelled()), {
			code: LSPErrorCodes.RequestCancelled,
		});
	});
});

describe('moving files', () => {
	const FILES: Texts = {
		'articles/harbour/1 潮.md': article(
			'tide',
			'<p><a href="../inland/2.md?x#a">2</a> <a href="/3">3</a> <a href="none.md">4</a></p><img src="pictures/quay.png" srcset="pictures/quay.png 1x, pictures/big.png 2x">',
		),
		'articles/inland/2.md': article(
			'river',
			'<p><a href="../harbour/1%20%E6%BD%AE.md#x">1</a></p><img data-src="../harbour/pictures/quay.png" src="data:,">',
		),
		'articles/harbour/1 潮.md.annotations.jsonld': '{}',
		'articles/harbour/pictures/quay.png': 'x',
		'articles/harbour/pictures/big.png': 'x',
		'lists/harbour.md':
			'Harbour\n------\n\n9-1 [Tide](/articles/harbour/1%20%E6%BD%AE.md)\n\n9-2 [River](../articles/inland/2.md)\n\n[more](/articles/harbour)\n',
		'marginalia.json':
			'{ "ignore": { "rules": { "articles/harbour/1 潮.md": ["link/*"], "articles/harbour/*": ["html/*"], "*": [] } } }',
	};

	/** Returns the changed files after a move, and the messages. */
	async function moved(...renames: readonly (readonly [from: string, to: string])[]): Promise<[Texts, string[]]> {
		const { service } = open(FILES, 'articles/inland/2.md');
		const messages: string[] = [];
		const uri = (path: string): string => (path.includes(':') ? path : `${ROOT}/${encodeURI(path)}`);
		const pairs = renames.map(([from, to]): FileMove => ({ oldUri: uri(from), newUri: uri(to) }));
		return [
			applied(FILES, await service.navigation.willRenameFiles(pairs, line => messages.push(line), None)),
			messages,
		];
	}

	it('updates lists, links and configuration, and preserves their notation', async () => {
		const [changes, messages] = await moved(['articles/harbour/1 潮.md', 'articles/coast/7 水.md']);
		assert.deepEqual(changes, {
			'articles/harbour/1 潮.md': article(
				'tide',
				'<p><a href="../inland/2.md?x#a">2</a> <a href="/3">3</a> <a href="none.md">4</a></p><img src="../harbour/pictures/quay.png" srcset="../harbour/pictures/quay.png 1x, ../harbour/pictures/big.png 2x">',
			),
			'articles/inland/2.md': FILES['articles/inland/2.md']?.replace(
				'../harbour/1%20%E6%BD%AE.md#x',
				'../coast/7%20%E6%B0%B4.md#x',
			),
			'lists/harbour.md': FILES['lists/harbour.md']?.replace(
				'/articles/harbour/1%20%E6%BD%AE.md',
				'/articles/coast/7%20%E6%B0%B4.md',
			),
			'marginalia.json': FILES['marginalia.json']?.replace('articles/harbour/1 潮.md', 'articles/coast/7 水.md'),
			'articles/harbour/1 潮.md.annotations.jsonld': '→ articles/coast/7 水.md.annotations.jsonld',
		});
		assert.deepEqual(messages, []);
	});

	it('updates the URLs of images', async () => {
		const [changes] = await moved(['articles/harbour/pictures/quay.png', 'articles/pictures/quay 2.png']);
		assert.deepEqual(changes, {
			'articles/harbour/1 潮.md': FILES['articles/harbour/1 潮.md']?.replaceAll(
				'pictures/quay.png',
				'../pictures/quay%202.png',
			),
			'articles/inland/2.md': FILES['articles/inland/2.md']?.replace(
				'../harbour/pictures/quay.png',
				'../pictures/quay%202.png',
			),
		});
	});

	it('updates links to a moved folder, but not those inside it', async () => {
		const [changes] = await moved(['articles/harbour', 'articles/port']);
		assert.deepEqual(changes, {
			'articles/inland/2.md': FILES['articles/inland/2.md']
				?.replace('../harbour/1%20', '../port/1%20')
				.replace('../harbour/pictures', '../port/pictures'),
			'lists/harbour.md': FILES['lists/harbour.md']
				?.replace('/articles/harbour/1', '/articles/port/1')
				.replace('(/articles/harbour)', '(/articles/port)'),
			'marginalia.json': FILES['marginalia.json']?.replaceAll('articles/harbour/', 'articles/port/'),
		});
	});

	it('updates the relative entries of a moved list', async () => {
		const [changes] = await moved(['lists/harbour.md', 'lists/old/harbour.md']);
		assert.deepEqual(changes, {
			'lists/harbour.md': FILES['lists/harbour.md']?.replace('../articles/', '../../articles/'),
		});
	});

	it('reports files that leave the archive, and does not update references to them', async () => {
		const [changes, messages] = await moved(['articles/inland/2.md', 'file:///elsewhere/2.md']);
		assert.deepEqual(Object.keys(changes), ['articles/inland/2.md']);
		assert.deepEqual(messages, ['2.md is being moved out of the archive: 2 references to it cannot be updated.']);
	});

	it('skips files with an unknown encoding, and reports it', async () => {
		const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
		const link = article('1', '<p><a href="2.md">x</a></p>');
		const files = createFiles({
			[`${ROOT}/articles/1.md`]: Buffer.from(`\ufeff${link}`, 'utf16le'),
			[`${ROOT}/articles/2.md`]: bytes(article('2', '<p id="x">x</p>')),
			[`${ROOT}/articles/gbk.md`]: Buffer.concat([bytes(link), Buffer.of(0xb6, 0xc9)]),
		});
		const reach = createReach({ folders: [URI.parse(ROOT)], documents: [] });
		const navigation = { folders: () => [ROOT], onScan: () => SCAN };
		const service = createService({ files, now: () => NOW }, { reach: () => reach, navigation });
		const messages: string[] = [];
		const moves = [{ oldUri: `${ROOT}/articles/2.md`, newUri: `${ROOT}/articles/3.md` }];
		const edit = await service.navigation.willRenameFiles(moves, message => messages.push(message), None);
		assert.deepEqual(Object.keys(edit?.changes ?? {}), [`${ROOT}/articles/1.md`]);
		const text = TextDocument.create('', '', 0, link);
		const changed = TextDocument.applyEdits(text, edit?.changes?.[`${ROOT}/articles/1.md`] ?? []);
		assert.equal(changed, link.replace('2.md', '3.md'));
		assert.deepEqual(messages, ['gbk.md is not UTF-8 and was left unchanged.']);
	});

	it('skips symbolic links, and reports it', async () => {
		const texts: Texts = {
			'articles/1.md': article('1', '<p><a href="2.md">x</a></p>'),
			'articles/2.md': article('2', '<p id="x">x</p>'),
			'articles/link.md': article('1', '<p><a href="2.md">x</a></p>'),
		};
		const contents = Object.fromEntries(Object.entries(texts).map(([name, text]) => [`${ROOT}/${name}`, text]));
		const files: FileSystem = {
			...createFiles(contents),
			readLink: async uri => (uri.endsWith('/link.md') ? `${ROOT}/articles/1.md` : undefined),
		};
		const reach = createReach({ folders: [URI.parse(ROOT)], documents: [] });
		const navigation = { folders: () => [ROOT], onScan: () => SCAN };
		const service = createService({ files, now: () => NOW }, { reach: () => reach, navigation });
		const messages: string[] = [];
		const moves = [{ oldUri: `${ROOT}/articles/2.md`, newUri: `${ROOT}/articles/3.md` }];
		const edit = await service.navigation.willRenameFiles(moves, message => messages.push(message), None);
		assert.deepEqual(Object.keys(edit?.changes ?? {}), [`${ROOT}/articles/1.md`]);
		assert.deepEqual(messages, ['link.md is a symbolic link and was left unchanged.']);
	});
});
