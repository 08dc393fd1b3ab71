import assert from 'node:assert/strict';
import { CancellationToken, type DocumentSymbol, SymbolKind } from 'vscode-languageserver';
import { createService, type Service } from '../../../server/src/service.ts';
import { documentOf } from '../../support/document.ts';
import { createFiles, HEAD, NOW, VSCODE } from '../languageFeatures/harness.ts';

const ROOT = 'file:///archive';
const None = CancellationToken.None;

/** An annotation of some words, in a sidecar of its own. */
function sidecar(...annotations: object[]): string {
	return JSON.stringify(annotations);
}

function annotation(id: string, entries: object): object {
	return { id: `urn:uuid:${id}`, type: 'Annotation', target: 'https://news.example/2021/tide/', ...entries };
}

const FILES = {
	[`${ROOT}/marginalia.json`]: '{"noteKinds":{"出处":{"motivation":"identifying"}}}',
	[`${ROOT}/articles/1.md`]: `${HEAD}<p>The tide <mark>turns</mark><!-- question: why? #moon @jo --> at noon.</p><!-- 出处: BBC -->`,
	[`${ROOT}/articles/1.md.annotations.jsonld`]: sidecar(
		annotation('1', {
			motivation: 'questioning',
			creator: { type: 'Person', name: 'Ines Okafor' },
			created: '2024-01-01T00:00:00Z',
			body: [
				{ type: 'TextualBody', value: 'At which *noon*?' },
				{ type: 'TextualBody', purpose: 'tagging', value: '时间' },
				{ type: 'TextualBody', purpose: 'tagging', value: 'resolved' },
			],
			target: {
				source: 'https://news.example/2021/tide/',
				selector: { type: 'TextQuoteSelector', exact: 'noon', prefix: ' at ', suffix: '.' },
			},
		}),
		annotation('2', { motivation: 'replying', body: { type: 'TextualBody', value: 'Ours.' }, target: 'urn:uuid:1' }),
	),
	[`${ROOT}/articles/2.md`]: `${HEAD.replace('Tide', '潮')}<p>潮水</p>`,
};

/** A service with the archive open. */
function started(): Service {
	return createService(
		{ files: createFiles(FILES), now: () => NOW },
		{
			navigation: {
				folders: () => [ROOT],
				onScan: () => ({ isCancelled: () => false, looked() {}, ended() {} }),
			},
		},
	);
}

describe('notes in an archive', () => {
	it('are found by text, tag, person, kind, state and article', async () => {
		const service = started();
		await service.navigation.start(`${ROOT}/articles/1.md`);
		const found = async (query: string): Promise<unknown[]> =>
			(await service.navigation.workspaceSymbols(query, None))
				.filter(({ data }) => data !== undefined)
				.map(({ name, containerName }) => [name, containerName]);
		const noon = ['question: At which *noon*? #时间 @Ines Okafor', 'Tide · resolved'];
		const why = ['question: why? #moon @jo', 'Tide · open'];
		const source = ['出处: BBC', 'Tide · open'];
		assert.deepEqual(await found('which'), [noon]);
		assert.deepEqual(await found('#时'), [noon]);
		assert.deepEqual(await found('#moon'), [why]);
		assert.deepEqual(await found('@ines'), [noon]);
		assert.deepEqual(await found('@okafor'), [noon]);
		assert.deepEqual(await found('question:'), [noon, why]);
		assert.deepEqual(await found('question: open'), [why]);
		assert.deepEqual(await found('resolved'), [noon]);
		assert.deepEqual(await found('出处:'), [source]);
		assert.deepEqual(await found('#nothing'), []);
		assert.deepEqual(await found(''), []);
		assert.deepEqual(await service.navigation.annotated(), [`${ROOT}/articles/1.md`]);
		assert.deepEqual([...((await service.navigation.archive(`${ROOT}/articles/1.md`))?.tags() ?? [])].sort(), [
			['moon', 1],
			['时间', 1],
		]);
	});

	it('are located in their article', async () => {
		const service = started();
		const at = async (id: string): Promise<unknown> => {
			const location = await service.annotations.locate(`${ROOT}/articles/1.md`, id);
			return location && [location.uri, location.range.start.line, location.range.start.character];
		};
		assert.deepEqual(await at('urn:uuid:1'), [`${ROOT}/articles/1.md`, 4, 67]);
		assert.equal(await at('urn:uuid:3'), undefined);
	});

	it('of custom kinds are found once the configuration names these', async () => {
		const files = createFiles({ ...FILES, [`${ROOT}/marginalia.json`]: '{}' });
		const service = createService(
			{ files, now: () => NOW },
			{ navigation: { folders: () => [ROOT], onScan: () => ({ isCancelled: () => false, looked() {}, ended() {} }) } },
		);
		await service.navigation.start(`${ROOT}/articles/1.md`);
		const found = async (): Promise<number> =>
			(await service.navigation.workspaceSymbols('BBC', None)).filter(({ data }) => data !== undefined).length;
		assert.equal(await found(), 0);
		await files.update(`${ROOT}/marginalia.json`, () => new TextEncoder().encode(FILES[`${ROOT}/marginalia.json`]));
		service.forgetConfigurations();
		await service.navigation.kindsChanged();
		await service.navigation.start(`${ROOT}/articles/1.md`);
		assert.equal(await found(), 1);
	});
});

describe('notes in an article', () => {
	const uri = `${ROOT}/articles/1.md`;
	const opened = (): Service => createService({ files: createFiles(FILES), now: () => NOW });
	const document = documentOf(uri, FILES[uri] ?? '');

	it('are in its outline, at their places', async () => {
		const names = (symbols: readonly DocumentSymbol[]): unknown[] =>
			symbols.map(({ name, detail, kind }) => [name, detail, kind === SymbolKind.Key ? 'note' : '']);
		const [title] = await opened().documentSymbols(document);
		assert.deepEqual(names(title?.children ?? []), [
			['The tide turns at noon.', '', ''],
			['出处: BBC', '', 'note'],
			['question: why?', 'jo', 'note'],
			['question: At which *noon*?', 'Ines Okafor · resolved', 'note'],
		]);
	});

	it('are counted at its title', async () => {
		const service = opened();
		const lenses = await service.codeLenses(document, { showsPlaces: true, opensReader: false }, None);
		const [notes] = await Promise.all(lenses.map(lens => service.resolveCodeLens(document, lens, None)));
		assert.equal(notes?.command?.title, '3 notes');
	});

	it('are shown in hovers, with their replies', async () => {
		const at = document.getText().indexOf('noon');
		const hover = await opened().hover(document, document.positionAt(at), VSCODE, None);
		assert.ok(hover?.range && typeof hover.contents === 'object' && 'value' in hover.contents);
		assert.equal(document.getText(hover.range), 'noon');
		assert.equal(
			hover.contents.value,
			'**Question**\n\nAt which *noon*?\n\n`#时间` · `#resolved` · @Ines Okafor · 2024-01-01\n\n---\n\n**Note**\n\nOurs.',
		);
	});
});
