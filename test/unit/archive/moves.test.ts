import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CancellationToken, type TextDocumentEdit, type WorkspaceEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { createService, type Service } from '../../../server/src/service.ts';
import { documentOf } from '../../support/document.ts';
import { runs } from '../../support/runs.ts';
import { filesOver, NOW } from '../languageFeatures/harness.ts';

const ROOT = 'file:///archive';
const SOURCES = ['harbour', '港口', 'in land'];
const ARTICLES = 300;
const { None } = CancellationToken;

/** Where the numbered article lies at first, from the root. */
const pathOf = (index: number): string => `articles/${SOURCES[index % SOURCES.length]}/${index} 潮.md`;

const uriOf = (path: string): string => `${ROOT}/${path.split('/').map(encodeURIComponent).join('/')}`;

/** An archive in which every article leads to two others, to an id of one of them, and shows a picture. */
function archive(): Map<string, Uint8Array> {
	const texts = new Map<string, string>();
	for (let index = 0; index < ARTICLES; index++) {
		const [one, two] = [(index * 7 + 1) % ARTICLES, (index * 31 + 5) % ARTICLES];
		const to = (other: number): string => `../${pathOf(other).slice('articles/'.length)}`.replaceAll(' ', '%20');
		texts.set(
			pathOf(index),
			`<!--${NOW + index}-->\n[${index}](https://news.example/${index})\n------\n\n<h2 id="a${index}">潮</h2><p><a href="${to(one)}">1</a><a href="${to(two)}#a${two}">2</a><a href="#a${index}">3</a><a href="https://news.example/${one}">4</a></p><img src="../pictures/${index % 9}.png" alt="">\n`,
		);
	}
	for (let index = 0; index < 9; index++) texts.set(`articles/pictures/${index}.png`, 'x');
	for (const [at, source] of SOURCES.entries()) {
		const entries = Array.from({ length: ARTICLES }, (_, index) => index).filter(
			index => index % SOURCES.length === at,
		);
		const lines = entries.map(index => `[${index}](/${pathOf(index)})`);
		texts.set(`lists/${source}.md`, `${source}\n------\n\n${lines.join('\n\n')}\n`);
	}
	return new Map([...texts].map(([path, text]) => [uriOf(path), new TextEncoder().encode(text)]));
}

function serve(files: Map<string, Uint8Array>): Service {
	const onScan = () => ({ isCancelled: () => false, looked() {}, ended() {} });
	const navigation = { folders: () => [ROOT], onScan, versionedEdits: () => true };
	return createService({ files: filesOver(files), now: () => NOW }, { navigation });
}

const textAt = (files: Map<string, Uint8Array>, uri: string): string => new TextDecoder().decode(files.get(uri));

/** Makes the edits, and returns those that take them back, as an editor would. */
function apply(files: Map<string, Uint8Array>, edit: WorkspaceEdit | undefined): () => void {
	const before = new Map(files);
	for (const { textDocument, edits } of (edit?.documentChanges ?? []) as TextDocumentEdit[]) {
		const document = TextDocument.create(textDocument.uri, '', 0, textAt(files, textDocument.uri));
		files.set(textDocument.uri, new TextEncoder().encode(TextDocument.applyEdits(document, edits as never)));
	}
	return () => {
		files.clear();
		for (const [uri, bytes] of before) files.set(uri, bytes);
	};
}

/** Everything that is known of an archive, in order. */
async function indexed(service: Service): Promise<unknown> {
	// A file that is no article is enough for the index to be asked for.
	await service.navigation.workspaceSymbols('', None);
	const found = await service.navigation.archive(`${ROOT}/x`);
	return [...(found?.entries() ?? [])].sort((a, b) => (a.uri < b.uri ? -1 : 1));
}

/** How many places lead to a file that is there. */
async function placesThatLead(files: Map<string, Uint8Array>): Promise<number> {
	const service = serve(files);
	await service.navigation.start(`${ROOT}/x`);
	await indexed(service);
	const found = await service.navigation.archive(`${ROOT}/x`);
	const uses = [...(found?.entries() ?? [])].flatMap(({ links, images }) => [...links, ...images]);
	return uses.filter(({ targets }) => targets.some(target => files.has(target))).length;
}

const move = fc.record({
	kind: fc.constantFrom('file' as const, 'picture' as const, 'folder' as const, 'list' as const, 'id' as const),
	pick: fc.nat(),
	name: fc.constantFrom('a b', '水', 'c%20d', 'e#f', 'g'),
});

describe('moving and renaming in an archive of 300 articles', () => {
	it('keeps the target of every link and an up-to-date index, and can be undone byte for byte', async () => {
		const start = archive();
		const leading = await placesThatLead(start);
		await fc.assert(
			fc.asyncProperty(fc.array(move, { minLength: 1, maxLength: 3 }), async moves => {
				const files = new Map(start);
				const service = serve(files);
				await service.navigation.start(`${ROOT}/x`);
				await indexed(service);
				for (const { kind, pick, name } of moves) {
					const all = [...files.keys()].sort();
					const some = (pattern: RegExp): string => {
						const fitting = all.filter(uri => pattern.test(uri));
						return fitting[pick % fitting.length] ?? '';
					};
					if (kind === 'id') {
						const uri = some(/\/articles\/.*\.md$/);
						const document = documentOf(uri, textAt(files, uri));
						const position = document.positionAt(document.getText().indexOf('<h2 id="') + '<h2 id="'.length);
						const edit = await service.navigation.rename(document, position, `${name.replace(' ', '')}${pick}`, None);
						const changed = (edit.documentChanges ?? []).flatMap(one =>
							'textDocument' in one ? one.textDocument.uri : [],
						);
						const undo = apply(files, edit);
						undo();
						apply(files, edit);
						await service.navigation.filesChanged(changed);
						continue;
					}
					const oldUri =
						kind === 'folder'
							? some(/\/articles\/[^/]+\/[^/]+$/).replace(/\/[^/]+$/, '')
							: some(kind === 'file' ? /\/articles\/.*\.md$/ : kind === 'list' ? /\/lists\// : /\.png$/);
					const target = kind === 'list' ? 'lists' : 'articles';
					const newUri = uriOf(
						`${target}/${name}${pick}/${kind === 'folder' ? '' : `x${kind === 'picture' ? '.png' : '.md'}`}`,
					).replace(/\/$/, '');
					const edit = await service.navigation.willRenameFiles([{ oldUri, newUri }], assert.fail, None);
					const before = new Map(files);
					const undo = apply(files, edit);
					undo();
					assert.deepEqual(files, before);
					apply(files, edit);
					const changed = new Set<string>();
					for (const change of edit?.documentChanges ?? [])
						if ('textDocument' in change) changed.add(change.textDocument.uri);
					for (const [uri, bytes] of [...files]) {
						if (uri !== oldUri && !uri.startsWith(`${oldUri}/`)) continue;
						files.delete(uri);
						files.set(newUri + uri.slice(oldUri.length), bytes);
						changed.add(uri).add(newUri + uri.slice(oldUri.length));
					}
					await service.navigation.filesChanged([...changed]);
				}
				const fresh = serve(files);
				await fresh.navigation.start(`${ROOT}/x`);
				assert.deepEqual(await indexed(service), await indexed(fresh));
				assert.equal(await placesThatLead(files), leading);
			}),
			{ numRuns: runs(2) },
		);
	});
});
