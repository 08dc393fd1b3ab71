import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CancellationToken, CodeActionKind, CodeActionTriggerKind } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { snapshotOf } from '../../../server/src/languageFeatures/snapshot.ts';
import { createReach } from '../../../server/src/links/reach.ts';
import type { FileSystem } from '../../../server/src/platform.ts';
import { createService, type Service } from '../../../server/src/service.ts';
import { openIn } from '../../support/document.ts';
import { runs } from '../../support/runs.ts';
import { filesOver, HEAD, NOW, png, VSCODE } from '../languageFeatures/harness.ts';

const { None } = CancellationToken;
const ROOT = 'file:///home/me/archive';

/** Files outside, which would be found if they were looked up. */
const SECRETS = ['file:///home/me/secret.md', 'file:///home/me/secret.png', 'file:///etc/passwd', 'file:///secret.png'];

/** References that lead out of the archive, at least on some system, in all the ways of writing them. */
const HOSTILE = [
	...['file://attacker.example/share/x.png', 'file:////attacker.example/share/x.png', 'file://///attacker.example/x'],
	...['FILE:\\\\attacker.example\\share\\x.png', 'file:\\attacker.example\\x', 'file://localhost/etc/passwd'],
	...[
		'file:///etc/passwd',
		'file:/etc/passwd',
		'file:etc/passwd',
		' \tfile:///etc/passwd',
		'file:///home/me/archive/../secret.png',
	],
	...[
		'file:///home/me/archive/%2e%2e/secret.png',
		'file:///home/me/archive/..%2fsecret.png',
		'file:///home/me/archive/..%5Csecret.png',
	],
	...['file:///home/me/archives/x.png', 'file:///home/me/secret.png?x#y', 'file:///%2e%2e/etc/passwd'],
	...[
		'\\\\attacker.example\\share\\x.png',
		'\\\\.\\pipe\\x',
		'\\\\?\\C:\\x.png',
		'//./pipe/x',
		'//?/C:/x',
		'//attacker.example/x.png',
	],
	...[
		'file://./pipe/x',
		'file:////./pipe/x',
		'file:////?/C:/x',
		'C:\\Windows\\win.ini',
		'c:/Windows/win.ini',
		'file:///C:/Windows/win.ini',
		'file:///c%3A/x',
	],
	...[
		'../../../secret.png',
		'../../../secret.md',
		'..\\..\\..\\secret.png',
		'%2e%2e/%2E%2e/.%2e/secret.png',
		'..%2f..%2f..%2fsecret.png',
	],
	...[
		'../../../../../../../etc/passwd',
		'x/../../../../secret.md',
		'.././.././../secret.png',
		'..%2F../..%2fsecret.md#x',
		'/../../../secret.md',
	],
	...[
		'/etc/passwd',
		'/dev/zero',
		'con',
		'con.png',
		'pictures/nul.txt',
		'x%00.png',
		'..%00/x',
		'linked/secret.png',
		'linked.png',
		'%',
		'..',
	],
];

/** References to files in the archive, or ones that could exist. */
const HARMLESS = [
	'pictures/quay.png',
	'./2.md',
	'../../lists/news.md',
	'file:///home/me/archive/articles/harbour/2.md',
	'inside.png',
];

/** A file system that records all accesses, with links to the outside and to the inside. */
function recorded(contents: Readonly<Record<string, string | Uint8Array>>): {
	files: FileSystem;
	touched: Set<string>;
} {
	const touched = new Set<string>();
	const links: Readonly<Record<string, string>> = {
		[`${ROOT}/articles/harbour/linked`]: 'file:///home/me',
		[`${ROOT}/articles/harbour/linked.png`]: 'file://attacker.example/share/x.png',
		[`${ROOT}/articles/harbour/inside.png`]: `${ROOT}/articles/harbour/pictures/quay.png`,
	};
	const under = filesOver(
		new Map(
			Object.entries(contents).map(([uri, content]) => [
				uri,
				typeof content === 'string' ? new TextEncoder().encode(content) : content,
			]),
		),
	);
	const noting =
		<Rest extends readonly unknown[], Answer>(run: (uri: string, ...rest: Rest) => Answer) =>
		(uri: string, ...rest: Rest): Answer => {
			touched.add(uri);
			return run(uri, ...rest);
		};
	const files: FileSystem = {
		stat: noting(under.stat),
		readHead: noting(under.readHead),
		readFile: noting(under.readFile),
		readDirectory: noting(async uri => {
			const here = Object.keys(links).filter(link => link.slice(0, link.lastIndexOf('/')) === uri);
			const named = here.map(link => ({ name: link.slice(uri.length + 1), type: 'link' as const }));
			return [...((await under.readDirectory(uri)) ?? []), ...named];
		}),
		readLink: noting(async uri => links[uri]),
		update: noting(under.update),
	};
	return { files, touched };
}

/** An article with each reference in a link, an image and more; and a list of all. */
function textsWith(addresses: readonly string[]): { readonly article: string; readonly list: string } {
	const encoded = (value: string): string => value.replace(/[&"<>]/g, character => `&#${character.charCodeAt(0)};`);
	const body = addresses
		.map(encoded)
		.map(
			address =>
				`<p><a href="${address}">x</a></p><p><img src="${address}" width="4" height="2" alt="x"></p><figure><img data-src="${address}" srcset="${address} 2x" alt=""><figcaption>c</figcaption></figure><iframe src="${address}"></iframe>`,
		)
		.join('');
	const entries = addresses.map(address => `9-1 [x](${address})\n`);
	return {
		article: `${HEAD}${body}<p>end</p>\n`,
		list: `News\n------\n\n9-1 [Quay](/articles/harbour/2.md)\n\n${entries.join('\n')}`,
	};
}

/** Makes all requests about a document, at each of its references. */
async function askForAll(service: Service, uri: string, text: string): Promise<void> {
	const document = openIn(service, uri, text);
	const all = { start: document.positionAt(0), end: document.positionAt(text.length) };
	await service.check(document, None);
	await service.diagnostics(document, None);
	await service.documentSymbols(document);
	for (const link of await service.documentLinks(document, true, None)) {
		await service.resolveDocumentLink(document, link, None);
		assert.doesNotMatch(link.target ?? '', /^file:(?!\/\/\/home\/me\/archive\/)/, 'a click leads nowhere outside');
	}
	const context = { diagnostics: [], triggerKind: CodeActionTriggerKind.Invoked, only: [CodeActionKind.QuickFix] };
	const options = { versionedEdits: true, createsFiles: true, literals: true, lazyEdits: false, dataSupport: true };
	await service.codeActions(document, all, context, options as never, None);
	await service.fixAll(uri, text, None);
	await service.semanticTokens(document, undefined, 0);
	await service.configuration(uri);
	await service.annotations.notes(uri, None);
	await service.sidecarDiagnostics(`${uri}.annotations.jsonld`, None);
	await service.reader.read(document, 'r', {}, None);
	await service.links.status(document);
	await service.navigation.workspaceSymbols('x', None);
	for (const { index } of text.matchAll(/(?:href|src|srcset|data-src)="|\]\(/g)) {
		const position = document.positionAt(index + 7);
		await service.hover(document, position, VSCODE, None);
		await service.navigation.definition(document, position, None);
		await service.navigation.references(document, position, true, None);
		await service.navigation.prepareRename(document, position, None).catch(() => undefined);
		await service.navigation.rename(document, position, 'other', None).catch(() => undefined);
		const ends = [...text.slice(index, index + 60).matchAll(/[/\\.]/g)].map(match => index + match.index + 1);
		for (const end of ends) await service.completion(document, document.positionAt(end), { snippets: true } as never);
	}
	const moves = [{ oldUri: uri, newUri: `${ROOT}/articles/other/moved.md` }];
	await service.navigation.willRenameFiles(moves, () => {}, None);
	for (const open of service.documents.all()) service.documents.close(open);
}

/** The files that are accessed if an article and a list contain some references. */
async function touchedFor(addresses: readonly string[]): Promise<ReadonlySet<string>> {
	const { article, list } = textsWith(addresses);
	const { files, touched } = recorded({
		[`${ROOT}/articles/harbour/1.md`]: article,
		[`${ROOT}/articles/harbour/2.md`]: `${HEAD}<p id="x">x</p>`,
		[`${ROOT}/articles/harbour/pictures/quay.png`]: png(4, 2),
		[`${ROOT}/lists/news.md`]: list,
		[`${ROOT}/marginalia.json`]: '{ "ignore": ["../../../etc/**", "/etc/passwd"] }',
		'file:///home/me/marginalia.json': '{}',
		'file:///home/me/.gitignore': '*',
		...Object.fromEntries(SECRETS.map(uri => [uri, png(4, 2)])),
	});
	const reach = createReach({ folders: [URI.parse(ROOT)], documents: [] });
	const navigation = { folders: () => [ROOT], onScan: () => ({ isCancelled: () => false, looked() {}, ended() {} }) };
	const service = createService({ files, now: () => NOW }, { reach: () => reach, navigation });
	await askForAll(service, `${ROOT}/articles/harbour/1.md`, article);
	await askForAll(service, `${ROOT}/lists/news.md`, list);
	return touched;
}

/** Accesses other than to a plain path in the archive. */
function outside(touched: ReadonlySet<string>): readonly string[] {
	return [...touched].filter(uri => {
		const { scheme, authority, path } = URI.parse(uri);
		const isInside = scheme === 'file' && authority === '' && `${path}/`.startsWith('/home/me/archive/');
		return (
			!isInside || /(?:^|[\\/])\.\.?(?:[\\/]|$)|\0/.test(path) || new URL(uri).pathname !== uri.slice('file://'.length)
		);
	});
}

describe('access to files', () => {
	it('is limited to what was opened, whatever articles and lists refer to, for all features together', async () => {
		const touched = await touchedFor([...HOSTILE, ...HARMLESS]);
		assert.deepEqual(outside(touched), []);
		// Shows that the test can fail: files in the archive were accessed.
		for (const path of ['articles/harbour/pictures/quay.png', 'articles/harbour/2.md', 'marginalia.json'])
			assert.ok(touched.has(`${ROOT}/${path}`), path);
	}).timeout(60_000);

	it('is limited to what was opened, for random references', async () => {
		const piece = fc.constantFrom(
			...['..', '.', '%2e', '%2E%2e', '/', '\\', '%2f', '%5c', '//', 'file:', 'file://', 'c:', '?', '#', '%00', '\t'],
			...['x', 'secret.png', 'attacker.example', 'linked', 'articles', 'pictures', ' ', '潮', '~', '%', 'con'],
		);
		const address = fc.array(piece, { minLength: 1, maxLength: 8 }).map(pieces => pieces.join(''));
		await fc.assert(
			fc.asyncProperty(fc.array(address, { minLength: 1, maxLength: 6 }), async addresses => {
				assert.deepEqual(outside(await touchedFor(addresses)), []);
			}),
			{ numRuns: runs(10) },
		);
	}).timeout(120_000);

	it('is not attempted for files outside the archive, which are reported as such', async () => {
		const say = async (address: string, path = 'articles/harbour/1.md'): Promise<readonly string[]> => {
			const { article, list } = textsWith([address]);
			const { files } = recorded({ [`${ROOT}/articles/harbour/2.md`]: HEAD, [`${ROOT}/lists/news.md`]: list });
			const reach = createReach({ folders: [URI.parse(ROOT)], documents: [] });
			const service = createService({ files, now: () => NOW }, { reach: () => reach });
			const document = snapshotOf(`${ROOT}/${path}`, path.startsWith('lists') ? list : article);
			const { problems } = await service.check(document, None);
			return [
				...new Set(
					problems.filter(({ message }) => message.includes('outside the archive')).map(({ rule }) => rule.id),
				),
			].sort();
		};
		for (const address of [
			'../../../x.png',
			'%2e%2e/%2e%2e/%2e%2e/x',
			'..%2f..%2f..%2fx.md',
			'\\\\a\\b.png',
			'linked/x.png',
		])
			assert.deepEqual(await say(address), ['image/missing-file', 'link/missing-file'], address);
		// A path that ends like a folder is a page of the source's site, which an image never refers to.
		for (const address of ['../../../politics/', '../../..', '../../../politics/?page=2'])
			assert.deepEqual(await say(address), ['image/missing-file'], address);
		for (const address of [
			'file:///etc/passwd',
			'file://a.example/x.png',
			'file:////a.example/x',
			'C:\\x.png',
			'c:/x.png',
		])
			assert.deepEqual(await say(address), ['image/invalid-url', 'link/scheme'], address);
		for (const address of [
			'/../x.md',
			'../../x.md',
			'file:///etc/passwd',
			'file://a.example/x',
			'file:////a.example/x',
			'\\\\a\\b',
		])
			assert.deepEqual(await say(address, 'lists/news.md'), ['list/missing-file'], address);
		for (const address of ['2.md', '../harbour/2.md', '/etc/passwd', 'https://a.example/x', '//a.example/x'])
			assert.deepEqual(await say(address), [], address);
		assert.deepEqual(await say('/articles/harbour/2.md', 'lists/news.md'), []);
	});
});
