import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CancellationToken } from 'vscode-languageserver';
import { createIndex } from '../../../server/src/archive/archive.ts';
import { indexDocument } from '../../../server/src/archive/entry.ts';
import { numberIn } from '../../../server/src/archive/identity.ts';
import { createMovedTo } from '../../../server/src/archive/movedTo.ts';
import { parseDocument } from '../../../server/src/article/article.ts';
import { parseList } from '../../../server/src/article/list.ts';
import { snapshotOf } from '../../../server/src/languageFeatures/snapshot.ts';
import { createService, type Service } from '../../../server/src/service.ts';
import { runs } from '../../support/runs.ts';
import { filesOver, NOW } from '../languageFeatures/harness.ts';

const ROOT = 'file:///archive';
const { None } = CancellationToken;

/** 2021-12-16 at UTC+8. */
const TIME = 1_639_640_221_000;

function article(source: string, title: string, body = '<p>x</p>', time = TIME): string {
	return `<!--${time}-->\n[${title}](https://news.example/${source})\n------\n\n${body}\n`;
}

function list(...entries: readonly string[]): string {
	return `Harbour\n------\n\n${entries.join('\n\n')}\n`;
}

type Contents = Readonly<Record<string, string>>;

const uriOf = (path: string): string => `${ROOT}/${path.split('/').map(encodeURIComponent).join('/')}`;

/** An archive in memory whose files are moved by another program. */
function archiveOf(contents: Contents) {
	const files = new Map<string, Uint8Array>();
	const put = (path: string, text: string): void => void files.set(uriOf(path), new TextEncoder().encode(text));
	for (const [path, text] of Object.entries(contents)) put(path, text);
	return {
		files,
		put,
		text: (path: string): string => new TextDecoder().decode(files.get(uriOf(path))),
		move(from: string, to: string): void {
			const bytes = files.get(uriOf(from));
			assert.ok(bytes, from);
			files.delete(uriOf(from));
			files.set(uriOf(to), bytes);
		},
	};
}

type MemoryArchive = ReturnType<typeof archiveOf>;

/** An editor that has read the archive. */
async function editorOf({ files }: MemoryArchive, cache?: Map<string, Uint8Array>): Promise<Service> {
	const onScan = () => ({ isCancelled: () => false, looked() {}, ended() {} });
	const place = cache && { folder: 'file:///cache', files: filesOver(cache), build: '1' };
	const service = createService(
		{ files: filesOver(files), now: () => NOW },
		{
			navigation: {
				folders: () => [ROOT],
				onScan,
				versionedEdits: () => true,
				movesFiles: () => true,
				cache: async () => place,
			},
		},
	);
	await service.navigation.start(`${ROOT}/x`);
	await service.navigation.workspaceSymbols('', None);
	return service;
}

/** A program that does not read the archive beforehand. */
const programOf = ({ files }: MemoryArchive): Service => createService({ files: filesOver(files), now: () => NOW });

/** What is offered for files that a document has lost: message, then each fix, those that are plainly right with `!`. */
async function offered(service: Service, archive: MemoryArchive, path: string): Promise<readonly string[]> {
	const { problems } = await service.check(snapshotOf(uriOf(path), archive.text(path)), None);
	return problems
		.filter(({ rule }) => rule.id.endsWith('/missing-file'))
		.flatMap(({ message, fixes }) => [
			message.replace(/^The file (.*) does not exist in the archive(?:; )?/, '$1: '),
			...(fixes?.() ?? []).flatMap(({ title, preferred }) =>
				title === 'Remove the entry' ? [] : [`${preferred ? '!' : '?'} ${title.replace('Change the path to ', '')}`],
			),
		]);
}

interface Case {
	readonly title: string;
	readonly archive: Contents;
	readonly moves: readonly (readonly [from: string, to: string])[];
	/** Files that are deleted, after the moves. */
	readonly deleted?: readonly string[];
	/** The document that is looked at, and what it is offered once the archive was read after the moves. */
	readonly path: string;
	readonly offers: readonly string[];
	/** What it is offered in an editor that read the archive before the moves, if that differs. */
	readonly remembers?: readonly string[];
}

const LIST = 'lists/h.md';
const NOTE = 'articles/h/note.md';

const CASES: readonly Case[] = [
	{
		title: 'an entry whose article has a new title in its name',
		archive: { [LIST]: list('12-16 [Tide](/articles/h/391207.md)'), 'articles/h/391207.md': article('1', 'Tide') },
		moves: [['articles/h/391207.md', 'articles/h/391207_潮 水.md']],
		path: LIST,
		offers: ['/articles/h/391207.md: it is now articles/h/391207_潮 水.md', '! /articles/h/391207_潮%20水.md'],
	},
	{
		title: 'an entry whose article has another title by now, as a number is the identity',
		archive: {
			[LIST]: list('[Tide](/articles/h/391207_Tide%20潮.md)'),
			'articles/h/391207_Tide 潮.md': article('2', 'The sea is gone'),
		},
		moves: [['articles/h/391207_Tide 潮.md', 'articles/h/391207_The sea is gone.md']],
		path: LIST,
		offers: [
			'/articles/h/391207_Tide%20潮.md: it is now articles/h/391207_The sea is gone.md',
			'! /articles/h/391207_The%20sea%20is%20gone.md',
		],
	},
	{
		title: 'an entry that is percent-encoded, which it stays',
		archive: {
			[LIST]: list('[Tide](/articles/h/391207_%E6%BD%AE.md)'),
			'articles/h/391207_潮.md': article('2', 'Tide'),
		},
		moves: [['articles/h/391207_潮.md', 'articles/h/391207_水.md']],
		path: LIST,
		offers: ['/articles/h/391207_%E6%BD%AE.md: it is now articles/h/391207_水.md', '! /articles/h/391207_%E6%B0%B4.md'],
	},
	{
		title: 'entries of a source whose folder was renamed, and the entry for that folder',
		archive: {
			[LIST]: list(
				'[Tide](/articles/h%20h/391207_a.md)',
				'[Ebb](/articles/h%20h/391208_b.md)',
				'[查看更多](/articles/h%20h)',
			),
			'articles/h h/391207_a.md': article('1', 'Tide'),
			'articles/h h/391208_b.md': article('2', 'Ebb'),
		},
		moves: [
			['articles/h h/391207_a.md', 'articles/海 港/391207_a.md'],
			['articles/h h/391208_b.md', 'articles/海 港/391208_b.md'],
		],
		path: LIST,
		offers: [
			'/articles/h%20h/391207_a.md: it is now articles/海 港/391207_a.md',
			'! /articles/海%20港/391207_a.md',
			'/articles/h%20h/391208_b.md: it is now articles/海 港/391208_b.md',
			'! /articles/海%20港/391208_b.md',
			'/articles/h%20h: it is now articles/海 港',
			'! /articles/海%20港',
		],
	},
	{
		title: 'an entry relative to its list',
		archive: {
			[LIST]: list('12-16 [Tide](../articles/h/391207.md)', '[查看更多](/articles/h)'),
			'articles/h/391207.md': article('1', 'Tide'),
		},
		moves: [['articles/h/391207.md', 'articles/sea/391207.md']],
		path: LIST,
		offers: [
			'../articles/h/391207.md: it is now articles/sea/391207.md',
			'! ../articles/sea/391207.md',
			'/articles/h: ',
		],
	},
	{
		title: 'an entry whose article is in the list already, under its new name',
		archive: {
			[LIST]: list('[Tide](/articles/h/391207.md)', '[Tide](/articles/h/391207_Tide.md)'),
			'articles/h/391207_Tide.md': article('1', 'Tide'),
		},
		moves: [],
		path: LIST,
		offers: ['/articles/h/391207.md: the list already contains articles/h/391207_Tide.md'],
	},
	{
		title: 'two entries for one article, only the first of which is kept',
		archive: {
			[LIST]: list('[Tide](/articles/h/391207.md)', '[Tide](/articles/h/391207_Tide.md)'),
			'articles/h/391207_Low.md': article('1', 'Tide'),
		},
		moves: [],
		path: LIST,
		offers: [
			'/articles/h/391207.md: it is now articles/h/391207_Low.md',
			'! /articles/h/391207_Low.md',
			'/articles/h/391207_Tide.md: the list already contains articles/h/391207_Low.md',
		],
	},
	{
		title: 'an entry with two articles of its number, unless one has its title',
		archive: {
			[LIST]: list('[Tide](/articles/h/391207.md)', '[Ebb](/articles/h/391208.md)'),
			'articles/h/391207_a.md': article('1', 'Low tide'),
			'articles/h/391207_b.md': article('1', 'High tide'),
			'articles/h/391208_a.md': article('2', 'Ebb'),
			'articles/h/391208_b.md': article('2', 'Flow'),
		},
		moves: [],
		path: LIST,
		offers: [
			'/articles/h/391207.md: it may now be articles/h/391207_a.md',
			'? /articles/h/391207_a.md',
			'? /articles/h/391207_b.md',
			'/articles/h/391208.md: it is now articles/h/391208_a.md',
			'! /articles/h/391208_a.md',
		],
	},
	{
		title: 'an entry with a short number, which other folders use for other articles',
		archive: {
			[LIST]: list('[Tide](/articles/h/1.md)', '[Ebb](/articles/h/2.md)'),
			'articles/sea/1.md': article('1', 'The quay'),
			'articles/sea/2_x.md': article('2', 'Ebb'),
		},
		moves: [],
		path: LIST,
		offers: [
			'/articles/h/1.md: it may now be articles/sea/1.md',
			'? /articles/sea/1.md',
			'/articles/h/2.md: it is now articles/sea/2_x.md',
			'! /articles/sea/2_x.md',
		],
	},
	{
		title: 'entries whose number is a day, which several articles share',
		archive: {
			[LIST]: list('12-16 [Tide](/articles/h/20211216_tide.md)', '12-16 [Ebb](/articles/h/20211216_ebb.md)'),
			'articles/h/20211216_quay.md': article('1', 'The quay'),
			'articles/h/20211216_low.md': article('2', 'Ebb'),
		},
		moves: [],
		path: LIST,
		offers: [
			'/articles/h/20211216_tide.md: ',
			'/articles/h/20211216_ebb.md: it is now articles/h/20211216_low.md',
			'! /articles/h/20211216_low.md',
		],
	},
	{
		title: 'an entry without a number, by title and day',
		archive: {
			[LIST]: list('12-16 [潮水退去之后](/articles/h/ok.md)', '12-17 [渡轮](/articles/h/ferry.md)'),
			'articles/h/ok.md': article('1', '潮水退去之后'),
			'articles/h/ferry.md': article('2', '渡轮', '<p>x</p>', TIME + 40 * 86_400_000),
		},
		moves: [
			['articles/h/ok.md', 'articles/sea/fine.md'],
			['articles/h/ferry.md', 'articles/sea/boat.md'],
		],
		path: LIST,
		offers: ['/articles/h/ok.md: it is now articles/sea/fine.md', '! /articles/sea/fine.md', '/articles/h/ferry.md: '],
		remembers: [
			'/articles/h/ok.md: it is now articles/sea/fine.md',
			'! /articles/sea/fine.md',
			'/articles/h/ferry.md: it is now articles/sea/boat.md',
			'! /articles/sea/boat.md',
		],
	},
	{
		title: 'an entry whose title another article with another number has',
		archive: {
			[LIST]: list('12-16 [Letters](/articles/h/391207_Letters.md)'),
			'articles/h/391300_Letters.md': article('9', 'Letters'),
		},
		moves: [],
		path: LIST,
		offers: [
			'/articles/h/391207_Letters.md: it may now be articles/h/391300_Letters.md',
			'? /articles/h/391300_Letters.md',
		],
	},
	{
		title: 'an entry whose file has the same name elsewhere',
		archive: {
			[LIST]: list('[The lamp](/articles/h/2020-02-10-岛上的灯.md)'),
			'articles/h/2020-02-10-岛上的灯.md': article('1', 'Light on the island'),
		},
		moves: [['articles/h/2020-02-10-岛上的灯.md', 'articles/sea/2020-02-10-岛上的灯.md']],
		path: LIST,
		offers: [
			'/articles/h/2020-02-10-岛上的灯.md: it may now be articles/sea/2020-02-10-岛上的灯.md',
			'? /articles/sea/2020-02-10-岛上的灯.md',
		],
		remembers: [
			'/articles/h/2020-02-10-岛上的灯.md: it is now articles/sea/2020-02-10-岛上的灯.md',
			'! /articles/sea/2020-02-10-岛上的灯.md',
		],
	},
	{
		title: 'links of an article, with query and fragment',
		archive: {
			[NOTE]: article('n', 'Note', '<p><a href="391207.md?a#b">Tide</a> <a href="../sea/391208_x.md">Ebb</a></p>'),
			'articles/h/391207.md': article('1', 'Tide'),
			'articles/sea/391208_x.md': article('2', 'Ebb'),
			'articles/sea/other.md': article('3', 'Other'),
		},
		moves: [
			['articles/h/391207.md', 'articles/h/391207_潮.md'],
			['articles/sea/391208_x.md', 'articles/h/391208_x.md'],
		],
		path: NOTE,
		offers: [
			'391207.md?a#b: it is now articles/h/391207_潮.md',
			'! 391207_潮.md?a#b',
			'../sea/391208_x.md: it is now articles/h/391208_x.md',
			'! 391208_x.md',
		],
	},
	{
		title: 'a link into a folder that was renamed',
		archive: {
			[NOTE]: article('n', 'Note', '<p><a href="../sea/391208_x.md">Ebb</a> <a href="../sea/story.md">no file</a></p>'),
			'articles/sea/391208_x.md': article('2', 'Ebb'),
		},
		moves: [['articles/sea/391208_x.md', 'articles/海/391208_x.md']],
		path: NOTE,
		offers: ['../sea/391208_x.md: it is now articles/海/391208_x.md', '! ../海/391208_x.md'],
	},
	{
		title: 'a link to an article whose folder and name are others, as long as its source is not known',
		archive: {
			[NOTE]: article('n', 'Note', '<p><a href="../sea/391208_x.md">see</a> <a href="../sea/readme.md">Quay</a></p>'),
			'articles/sea/391208_x.md': article('2', 'Ebb'),
			'articles/h/quay.md': article('3', 'Quay'),
		},
		moves: [['articles/sea/391208_x.md', 'articles/海/391208_y.md']],
		path: NOTE,
		offers: ['../sea/391208_x.md: it may now be articles/海/391208_y.md', '? ../海/391208_y.md'],
		remembers: ['../sea/391208_x.md: it is now articles/海/391208_y.md', '! ../海/391208_y.md'],
	},
	{
		title: 'a link without a number, by the source if that is known, else by its words',
		archive: {
			[NOTE]: article('n', 'Note', '<p><a href="old.md">The <b>night</b> ferry</a> <a href="low.md">see</a></p>'),
			'articles/h/old.md': article('1', 'The night ferry'),
			'articles/h/low.md': article('2', 'Low tide'),
		},
		moves: [
			['articles/h/old.md', 'articles/h/new.md'],
			['articles/h/low.md', 'articles/h/high.md'],
		],
		path: NOTE,
		offers: ['old.md: it may now be articles/h/new.md', '? new.md', 'low.md: '],
		remembers: ['old.md: it is now articles/h/new.md', '! new.md', 'low.md: it is now articles/h/high.md', '! high.md'],
	},
	{
		title: 'links to an article that was deleted',
		archive: {
			[NOTE]: article('n', 'Note', '<p><a href="tide.md">see</a> <a href="391207.md">see</a></p>'),
			'articles/h/tide.md': article('1', 'Tide'),
			'articles/h/391207.md': article('2', 'Ebb'),
			'articles/h/quay.md': article('3', 'Quay'),
		},
		moves: [],
		deleted: ['articles/h/tide.md', 'articles/h/391207.md'],
		path: NOTE,
		offers: ['tide.md: ', '391207.md: '],
	},
	{
		title: 'pictures, which have only a name, unless another article shows them',
		archive: {
			[NOTE]: article('n', 'Note', '<img src="pictures/harbour-at-noon.png"><img src="pictures/cover-of-book.png">'),
			'articles/h/other.md': article('o', 'Other', '<img src="../sea/cover-of-book.png">'),
			'articles/h/pictures/harbour-at-noon.png': 'x',
			'articles/h/pictures/left.png': 'x',
			'articles/sea/cover-of-book.png': 'x',
		},
		moves: [['articles/h/pictures/harbour-at-noon.png', 'articles/h/images/harbour-at-noon.png']],
		path: NOTE,
		offers: [
			'pictures/harbour-at-noon.png: it is now articles/h/images/harbour-at-noon.png',
			'! images/harbour-at-noon.png',
			'pictures/cover-of-book.png: it may now be articles/sea/cover-of-book.png',
			'? ../sea/cover-of-book.png',
		],
	},
	{
		title: 'pictures that were renamed, if nothing shows them and they have a word or their folder for themselves',
		archive: {
			[NOTE]: article(
				'n',
				'Note',
				'<img src="pictures/quay.jpg"><img src="maps/old.png"><img src="plans/pier-1.png"><img src="more/a.png">',
			),
			'articles/h/other.md': article('o', 'Other', '<img src="pictures/quay-in-fog.jpg">'),
			'articles/h/pictures/quay.jpg': 'x',
			'articles/h/pictures/quay-in-fog.jpg': 'x',
			'articles/h/pictures/left.png': 'x',
			'articles/h/maps/old.png': 'x',
			'articles/h/plans/pier-1.png': 'x',
			'articles/h/more/a.png': 'x',
			'articles/h/more/b.png': 'x',
		},
		moves: [
			['articles/h/pictures/quay.jpg', 'articles/h/pictures/quay_at_dusk.jpg'],
			['articles/h/maps/old.png', 'articles/h/maps/harbour.png'],
			['articles/h/plans/pier-1.png', 'articles/h/plans/the-long-pier.png'],
			['articles/h/more/a.png', 'articles/h/more/c.png'],
		],
		path: NOTE,
		offers: [
			'pictures/quay.jpg: it may now be articles/h/pictures/quay_at_dusk.jpg',
			'? pictures/quay_at_dusk.jpg',
			'maps/old.png: it may now be articles/h/maps/harbour.png',
			'? maps/harbour.png',
			'plans/pier-1.png: it may now be articles/h/plans/the-long-pier.png',
			'? plans/the-long-pier.png',
			'more/a.png: ',
		],
	},
	{
		title: 'a name that is written with other capital letters',
		archive: {
			[NOTE]: article('n', 'Note', '<p><a href="Night-ferry.md">see</a></p>'),
			'articles/h/night-ferry.md': article('1', 'The ferry'),
		},
		moves: [],
		path: NOTE,
		offers: ['Night-ferry.md: it is now articles/h/night-ferry.md', '! night-ferry.md'],
	},
];

describe('what a lost file is now', () => {
	for (const { title, archive: contents, moves, deleted = [], path, offers, remembers = offers } of CASES) {
		it(`is found for ${title}`, async () => {
			const archive = archiveOf(contents);
			const before = await editorOf(archive);
			for (const [from, to] of moves) archive.move(from, to);
			for (const one of deleted) archive.files.delete(uriOf(one));
			await before.navigation.filesChanged([...moves.flat(), ...deleted].map(uriOf));
			assert.deepEqual(await offered(before, archive, path), remembers, 'after the moves were seen');
			assert.deepEqual(await offered(await editorOf(archive), archive, path), offers, 'after a start');
			const certain = (lines: readonly string[]): readonly string[] => lines.filter(line => line.startsWith('!'));
			const alone = certain(await offered(programOf(archive), archive, path));
			assert.deepEqual(
				alone.filter(line => !offers.includes(line)),
				[],
				'in a program that reads no archive beforehand',
			);
			if (!path.includes('note') || !title.startsWith('pictures')) assert.deepEqual(alone, certain(offers));
		});
	}

	it('is right after all fixes that are plainly right, and then nothing is lost', async () => {
		for (const { archive: contents, moves, path, offers } of CASES) {
			if (offers.some(line => line.startsWith('?')) || offers.some(line => line.endsWith(': '))) continue;
			const archive = archiveOf(contents);
			for (const [from, to] of moves) archive.move(from, to);
			const service = await editorOf(archive);
			const { text } = await service.fixAll(uriOf(path), archive.text(path), None);
			archive.put(path, text);
			const left = (await offered(await editorOf(archive), archive, path)).filter(line => !line.includes('already'));
			assert.deepEqual(left, [], text);
		}
	});

	it('is remembered between sessions, as long as something refers to the file', async () => {
		const archive = archiveOf({
			[NOTE]: article('n', 'Note', '<p><a href="low.md">see</a></p>'),
			'articles/h/low.md': article('2', 'Low tide'),
			'articles/h/else.md': article('3', 'Nobody refers to this'),
		});
		const cache = new Map<string, Uint8Array>();
		await editorOf(archive, cache);
		archive.move('articles/h/low.md', 'articles/h/high.md');
		archive.files.delete(uriOf('articles/h/else.md'));
		const offers = ['low.md: it is now articles/h/high.md', '! high.md'];
		for (let session = 0; session < 3; session++)
			assert.deepEqual(await offered(await editorOf(archive, cache), archive, NOTE), offers, `session ${session}`);
		const cached = new TextDecoder().decode([...cache.values()][0]);
		assert.deepEqual([cached.includes('low.md\t'), cached.includes('else.md\t')], [true, false]);
		archive.put(NOTE, archive.text(NOTE).replace('low.md', 'high.md'));
		for (let session = 0; session < 2; session++) await editorOf(archive, cache);
		assert.ok(!new TextDecoder().decode([...cache.values()][0]).includes('low.md\t'));
	});

	it('is not looked for among articles that are too many to tell apart, however many are lost', async () => {
		const count = 1500;
		const all = Array.from({ length: count }, (_, index) => index);
		const archive = archiveOf({
			[LIST]: list(...all.map(index => `12-16 [Letters](/articles/h/lost-${index}.md)`)),
			...Object.fromEntries(all.map(index => [`articles/h/letters-${index}.md`, article(`${index}`, 'Letters')])),
		});
		const parsed = parseList(archive.text(LIST));
		const index = createIndex(ROOT);
		for (const [uri, bytes] of archive.files)
			index.set(indexDocument(uri, ROOT, parseDocument(new TextDecoder().decode(bytes))));
		const movedTo = createMovedTo(uriOf(LIST), index);
		const start = performance.now();
		for (const { url, title, date } of parsed.entries)
			assert.deepEqual(movedTo(url.value, { uri: ROOT + url.value, title: title.value, day: date?.value }), []);
		// Comparing each with each takes many seconds.
		assert.ok(performance.now() - start < 1000);
	});

	it('is not said before all of the archive was read', async () => {
		const archive = archiveOf({
			[LIST]: list('[Tide](/articles/h/391207.md)'),
			'articles/h/391207_Tide.md': article('1', 'Tide'),
		});
		const onScan = () => ({ isCancelled: () => true, looked() {}, ended() {} });
		const service = createService(
			{ files: filesOver(archive.files), now: () => NOW },
			{ navigation: { folders: () => [ROOT], onScan } },
		);
		await service.navigation.start(`${ROOT}/x`);
		await service.navigation.workspaceSymbols('', None);
		assert.deepEqual(await offered(service, archive, LIST), ['/articles/h/391207.md: ']);
	});
});

describe('a sidecar whose article was moved without it', () => {
	const NOTES = 'articles/h/tide.md.annotations.jsonld';

	/** A sidecar with one note, as Marginalia writes it. */
	function sidecar(source: string, label: string, exact = 'no boat'): string {
		const target = { type: 'SpecificResource', source, selector: [{ type: 'TextQuoteSelector', exact }] };
		const annotation = { id: 'urn:uuid:7d0e1b4c-3f52-4f0e-9a51-0d6d4a3c1e01', type: 'Annotation', body: [], target };
		return JSON.stringify({
			'@context': 'http://www.w3.org/ns/anno.jsonld',
			type: 'AnnotationCollection',
			label,
			first: { type: 'AnnotationPage', items: [annotation] },
		});
	}

	interface Offer {
		readonly message: string;
		readonly moves: readonly string[];
	}

	/** What is said of the sidecar, in it and in an article: the message, and where it would be moved; certain moves with `!`. */
	async function said(service: Service, archive: MemoryArchive, article: string): Promise<readonly Offer[]> {
		const checked = [
			await service.checkSidecar(uriOf(NOTES), None),
			await service.check(snapshotOf(uriOf(article), archive.text(article)), None),
		];
		return checked
			.flatMap(one => one?.problems ?? [])
			.filter(({ rule }) => rule.id === 'annotation/orphan')
			.map(({ message, fixes }) => ({
				message,
				moves: (fixes?.() ?? []).map(({ preferred, move, edits }) => {
					assert.deepEqual(edits, []);
					assert.equal(move?.oldUri, uriOf(NOTES));
					return (preferred ? '! ' : '? ') + decodeURIComponent(move?.newUri.slice(ROOT.length + 1) ?? '');
				}),
			}));
	}

	const PAGE = 'https://news.example/1';
	const is = (name: string): Offer => ({
		message: `The article tide.md of this sidecar file does not exist; it is now ${name}`,
		moves: [`! ${name}.annotations.jsonld`],
	});
	const belongs: Offer['message'] =
		'The sidecar file articles/h/tide.md.annotations.jsonld with 1 note belongs to this article, which had another name';

	it('is offered to move to the article with its source', async () => {
		const archive = archiveOf({ [NOTES]: sidecar(PAGE, 'Tide'), 'articles/sea/潮.md': article('1', 'Other words') });
		assert.deepEqual(await said(await editorOf(archive), archive, 'articles/sea/潮.md'), [
			is('articles/sea/潮.md'),
			{ message: belongs, moves: ['! articles/sea/潮.md.annotations.jsonld'] },
		]);
		assert.deepEqual(await said(programOf(archive), archive, 'articles/sea/潮.md'), [is('articles/sea/潮.md')]);
	});

	it('is offered to move to an article with its title in the same folder, if it names no page', async () => {
		const archive = archiveOf({
			[NOTES]: sidecar('./tide.md', 'The night ferry'),
			'articles/h/new.md': article('1', 'The night ferry'),
		});
		assert.deepEqual(
			(await said(await editorOf(archive), archive, 'articles/h/new.md')).map(({ moves }) => moves),
			[['! articles/h/new.md.annotations.jsonld'], ['! articles/h/new.md.annotations.jsonld']],
		);
	});

	it('is offered, not more, to the articles of its folder with the words of its notes, if nothing else is known', async () => {
		const archive = archiveOf({
			[NOTES]: sidecar('./tide.md', 'Another title', 'three boats stayed'),
			'articles/h/new.md': article('1', 'New', '<p>Only <i>three</i> boats stayed.</p>'),
			'articles/h/other.md': article('2', 'Other', '<p>Two boats left.</p>'),
			'articles/sea/copy.md': article('3', 'Far', '<p>Only three boats stayed.</p>'),
		});
		for (const service of [await editorOf(archive), programOf(archive)])
			assert.deepEqual(
				(await said(service, archive, 'articles/h/other.md')).map(({ moves }) => moves),
				[['? articles/h/new.md.annotations.jsonld']],
			);
	});

	it('is not moved to an article that has a sidecar of its own', async () => {
		const archive = archiveOf({
			[NOTES]: sidecar(PAGE, 'Tide'),
			'articles/h/new.md': article('1', 'Tide'),
			'articles/h/new.md.annotations.jsonld': sidecar(PAGE, 'Tide', 'x'),
		});
		const found = await said(await editorOf(archive), archive, 'articles/h/new.md');
		assert.deepEqual(
			found.map(({ moves }) => moves),
			[[], []],
		);
		assert.match(found[0]?.message ?? '', /it is now articles\/h\/new\.md, which has a sidecar file of its own$/);
		assert.match(
			found[1]?.message ?? '',
			/already has a sidecar file: import the notes into it, or delete one of the files$/,
		);
	});

	it('is not offered to an article with the same number but another source', async () => {
		const archive = archiveOf({
			[NOTES.replace('tide', '391207')]: sidecar(PAGE, 'Tide'),
			'articles/h/391207_x.md': article('2', 'Other'),
		});
		const service = await editorOf(archive);
		const checked = await service.checkSidecar(uriOf(NOTES.replace('tide', '391207')), None);
		assert.deepEqual(
			checked?.problems.flatMap(({ fixes }) => fixes?.().map(({ preferred }) => preferred) ?? []),
			[false],
		);
	});

	it('is left alone while its article exists, even if that is no article any more', async () => {
		const archive = archiveOf({
			[NOTES]: sidecar(PAGE, 'Tide'),
			'articles/h/tide.md': 'Only some words.\n',
			'articles/h/new.md': article('1', 'Tide'),
		});
		const service = await editorOf(archive);
		const { problems } = await service.check(
			snapshotOf(uriOf('articles/h/new.md'), archive.text('articles/h/new.md')),
			None,
		);
		assert.deepEqual(
			problems.map(({ rule }) => rule.id),
			[],
		);
	});
});

describe('all references to moved files in an archive', () => {
	/** An archive of three hundred articles in ten sources, each linking to the next, whose folders are all renamed. */
	function largeArchive(): { archive: MemoryArchive; moves: readonly (readonly [string, string])[] } {
		const count = 300;
		const at = (index: number): string => `articles/s${index % 10}/${391_000 + index}_潮 ${index}.md`;
		const href = (index: number): string => `../s${index % 10}/${391_000 + index}_潮%20${index}.md`;
		const contents: Record<string, string> = {};
		for (let index = 0; index < count; index++)
			contents[at(index)] = article(`${index}`, `潮 ${index}`, `<p><a href="${href((index + 1) % count)}">x</a></p>`);
		for (let source = 0; source < 10; source++) {
			const own = Array.from({ length: count / 10 }, (_, index) => source + 10 * index);
			contents[`lists/s${source}.md`] = list(
				...own.map(index => `12-16 [潮 ${index}](/${at(index).replaceAll(' ', '%20')})`),
			);
		}
		const moves = Array.from({ length: count }, (_, index) => [at(index), at(index).replace('/s', '/t')] as const);
		return { archive: archiveOf(contents), moves };
	}

	it('are found, and right afterwards', async () => {
		const { archive, moves } = largeArchive();
		for (const [from, to] of moves) archive.move(from, to);
		const service = await editorOf(archive);
		const found = await service.movedReferences(undefined, assert.fail, None);
		assert.deepEqual([found.changes.length, found.count, found.uncertain, found.moves], [310, 600, 0, []]);
		for (const { document, edits } of found.changes) {
			let text = document.text;
			for (const { span, newText } of edits.toReversed())
				text = text.slice(0, span.start) + newText + text.slice(span.end);
			archive.files.set(document.uri, new TextEncoder().encode(text));
		}
		const after = await (await editorOf(archive)).movedReferences(undefined, assert.fail, None);
		assert.deepEqual(after, { changes: [], moves: [], count: 0, uncertain: 0 });
		assert.deepEqual(await offered(programOf(archive), archive, 'lists/s3.md'), []);
		assert.match(archive.text('lists/s3.md'), /\(\/articles\/t3\/391003_潮%203\.md\)/);
	});

	it('are only those that are certain, of files without conflicts, and sidecars', async () => {
		const text = (source: string): string => JSON.stringify([{ id: 'urn:x:1', type: 'Annotation', target: source }]);
		const archive = archiveOf({
			'lists/h.md': list('[Tide](/articles/h/391207.md)', '[Ebb](/articles/h/391208.md)'),
			'lists/k.md': `${list('[Tide](/articles/h/391207.md)')}<<<<<<< HEAD\n[A b](/a.md)\n=======\n>>>>>>> other\n`,
			'articles/h/391207_x.md': article('1', 'Tide'),
			'articles/h/391208_a.md': article('2', 'Low'),
			'articles/h/391208_b.md': article('2', 'High'),
			'articles/h/a.md.annotations.jsonld': text('https://news.example/1'),
			'articles/h/b.md.annotations.jsonld': text('https://news.example/1'),
			'articles/h/c.md.annotations.jsonld': text('https://news.example/2'),
			'articles/h/d.md.annotations.jsonld': text('https://news.example/none'),
		});
		const service = await editorOf(archive);
		const { changes, moves, count, uncertain } = await service.movedReferences(`${ROOT}/lists/h.md`, assert.fail, None);
		assert.deepEqual(
			changes.map(({ document, edits }) => [document.uri, edits.map(({ newText }) => newText)]),
			[[`${ROOT}/lists/h.md`, ['/articles/h/391207_x.md']]],
		);
		const folder = `${ROOT}/articles/h`;
		assert.deepEqual(moves, [
			{ oldUri: `${folder}/a.md.annotations.jsonld`, newUri: `${folder}/391207_x.md.annotations.jsonld` },
		]);
		assert.deepEqual([count, uncertain], [2, 3]);
	});
});

describe('random moves in an archive, by a program that Marginalia knows nothing of', () => {
	const name = fc.record({
		folder: fc.constantFrom('h', 'sea', '海'),
		// Numbers of several articles, short ones, days, and none.
		number: fc.constantFrom('391207', '391208', '7', '20211216', ''),
		words: fc.constantFrom('', 'tide', '潮 水', 'tide-gauge-of-the-harbour'),
	});
	const pathOf = ({ folder, number, words }: { folder: string; number: string; words: string }): string =>
		`articles/${folder}/${[number, words].filter(Boolean).join('_') || 'x'}.md`;
	const one = fc.record({ name, moved: fc.option(name, { nil: undefined }), isDeleted: fc.boolean() });

	it('never make an entry lead to another article by a fix that is plainly right', async () => {
		await fc.assert(
			fc.asyncProperty(fc.uniqueArray(one, { maxLength: 12, selector: item => pathOf(item.name) }), async items => {
				const all = items.map(({ name: own, ...rest }, index) => ({
					path: pathOf(own),
					title: `Title ${index}`,
					...rest,
				}));
				const archive = archiveOf({
					...Object.fromEntries(all.map(({ path, title }, index) => [path, article(`${index}`, title)])),
					[LIST]: list(
						...all.map(({ path, title }) => `12-16 [${title}](/${path.replaceAll(' ', '%20')})`),
						'[x](/articles/h)',
					),
				});
				const before = await editorOf(archive);
				for (const { path, moved, isDeleted } of all) {
					// A number is an identity, so that of an article stays in its folder.
					const to = moved && pathOf(moved);
					const stays = to !== undefined && numberIn(to) === numberIn(path);
					if (stays && !archive.files.has(uriOf(to))) archive.move(path, to);
					else if (isDeleted && !isOften(path)) archive.files.delete(uriOf(path));
				}
				await before.navigation.filesChanged([ROOT]);
				for (const service of [before, await editorOf(archive), programOf(archive)]) {
					const { problems } = await service.check(snapshotOf(uriOf(LIST), archive.text(LIST)), None);
					for (const { span, fixes } of problems.filter(({ rule }) => rule.id === 'list/missing-file')) {
						const fix = fixes?.().find(({ preferred }) => preferred);
						const line = archive.text(LIST).slice(0, span.start).split('\n').length;
						const entry = all[(line - 4) / 2];
						const text = fix && archive.text(decodeURIComponent(fix.edits[0]?.newText.slice(1) ?? ''));
						if (text) assert.ok(text.includes(`[${entry?.title}]`), `${entry?.path} -> ${fix?.title}`);
					}
				}
			}),
			{ numRuns: runs(20) },
		);
	});

	/** Whether a number is used by several articles of a folder, which archives do not do. */
	function isOften(path: string): boolean {
		return /\/(?:391207|391208|7)(?:_|\.md)/.test(path);
	}
});
