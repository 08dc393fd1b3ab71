import assert from 'node:assert/strict';
import { CancellationToken } from 'vscode-languageserver';
import { snapshotOf } from '../../../server/src/languageFeatures/snapshot.ts';
import { createService } from '../../../server/src/service.ts';
import { createOpenDocuments, type OpenDocument } from '../../../server/src/services/documents.ts';
import { FOLDER, filesOver, HEAD, NOW } from '../languageFeatures/harness.ts';

const URI = `${FOLDER}/1.md`;
const CONFIGURATION = 'file:///archive/marginalia.json';
const SOURCE = /\]\((.*?)\)/.exec(HEAD)?.[1] ?? '';
const TEXT = `${HEAD}<p>The tide turns at noon, and the ferry leaves an hour later.</p><div class="related-posts"><h3>More</h3><ul><li><a href="/a">A</a></li></ul></div>\n`;

interface World {
	readonly service: ReturnType<typeof createService>;
	readonly document: OpenDocument;
	/** Writes the configuration of the archive. */
	configure(text: string): void;
	/** Changes the setting of the editor. */
	show(shown: boolean): void;
	/** The headings of the document, as the next request sees them. */
	headings(): Promise<number>;
}

function open(text: string, configuration?: string): World {
	const files = new Map([[URI, new TextEncoder().encode(text)]]);
	let shown = false;
	const documents = createOpenDocuments();
	const service = createService(
		{ files: filesOver(files), now: () => NOW },
		{ documents, showsFurniture: async () => shown },
	);
	const world: World = {
		service,
		document: documents.open(URI, 'article', 1, text),
		configure(json) {
			files.set(CONFIGURATION, new TextEncoder().encode(json));
			service.forgetConfigurations();
		},
		show(now) {
			shown = now;
		},
		async headings() {
			const { parsed } = await service.read(world.document.snapshot);
			return parsed.kind === 'article' ? parsed.headings.length : -1;
		},
	};
	if (configuration !== undefined) world.configure(configuration);
	return world;
}

describe('how articles are read', () => {
	it('follows the setting', async () => {
		const { headings, show } = open(TEXT);
		assert.equal(await headings(), 0);
		show(true);
		assert.equal(await headings(), 1);
		show(false);
		assert.equal(await headings(), 0);
	});

	it('follows the configuration of the archive, which may show what the setting folds', async () => {
		const { headings, configure } = open(TEXT, '{ "furniture": "show" }');
		assert.equal(await headings(), 1);
		configure('{ "furniture": "fold" }');
		assert.equal(await headings(), 0);
	});

	it('follows what the archive says of the source', async () => {
		const { headings, configure } = open(
			TEXT,
			`{ "sources": { "${new URL(SOURCE).hostname}": { "keep": [".related-posts"] } } }`,
		);
		assert.equal(await headings(), 1);
		configure('{}');
		assert.equal(await headings(), 0);
	});

	it('holds for later versions of an open document, before they are asked for', async () => {
		const { service, document, headings, show } = open(TEXT);
		show(true);
		await headings();
		service.documents.change(document, 2, TEXT.replace('noon', 'one'));
		const { parsed } = document.snapshot;
		assert.equal(parsed.kind === 'article' && parsed.headings.length, 1);
	});

	it('holds for a list that becomes an article', async () => {
		const { service, document, show } = open('News\n------\n\n12-16 [Tide](/articles/harbour/1.md)\n');
		show(true);
		const { parsed } = await service.read(document.snapshot);
		assert.equal(parsed.kind, 'list');
		service.documents.change(document, 2, TEXT);
		const after = document.snapshot.parsed;
		assert.equal(after.kind === 'article' && after.headings.length, 1);
	});

	it('does not parse a text again', async () => {
		const { service, document, show } = open(TEXT);
		const before = (await service.read(document.snapshot)).parsed;
		show(true);
		const after = (await service.read(document.snapshot)).parsed;
		assert.ok(before.kind === 'article' && after.kind === 'article');
		assert.notEqual(after, before);
		assert.equal(after.body, before.body);
	});

	it('does not change when an unchanged configuration is read again', async () => {
		const { service, document, configure } = open(TEXT, '{ "rules": { "link/split": "off" } }');
		const before = (await service.read(document.snapshot)).parsed;
		const file = await service.configuration(URI);
		configure('{ "rules": { "link/split": "off" } }');
		assert.equal(await service.configuration(URI), file);
		assert.equal((await service.read(document.snapshot)).parsed, before);
		configure('');
		assert.deepEqual((await service.configuration(URI))?.faults, []);
	});

	it('gives an earlier text its own reading, and leaves the document as it is', async () => {
		const { service, document, show } = open(TEXT);
		const earlier = document.snapshot;
		service.documents.change(document, 2, `${HEAD}<p>Nothing else.</p>\n`);
		show(true);
		const { parsed, text } = await service.read(earlier);
		assert.equal(text, TEXT);
		assert.equal(parsed.kind === 'article' && parsed.headings.length, 1);
		assert.equal(document.snapshot.version, 2);
	});

	it('is that of a file for a text that is not open', async () => {
		const { service } = open(TEXT, '{ "furniture": "show" }');
		const { parsed } = await service.read(snapshotOf(`${FOLDER}/2.md`, TEXT));
		assert.equal(parsed.kind === 'article' && parsed.headings.length, 1);
		// Requests that are begun without it, such as those of the command line, check the same.
		const { problems } = await service.check(snapshotOf(`${FOLDER}/2.md`, TEXT), CancellationToken.None);
		assert.deepEqual(
			problems.map(({ rule }) => rule.id),
			['link/relative'],
		);
	});
});
