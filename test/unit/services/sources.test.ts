import assert from 'node:assert/strict';
import { CancellationToken } from 'vscode-languageserver';
import type { Snapshot } from '../../../server/src/languageFeatures/snapshot.ts';
import type { SelectorChoices } from '../../../server/src/protocol/sources.ts';
import { createFiles, FOLDER, HEAD } from '../languageFeatures/harness.ts';
import { ARTICLE, annotationSession, type Session } from './annotationSession.ts';

const NONE = CancellationToken.None;
const PROSE = '<p>The tide turns at noon, and the ferry leaves an hour later than it did.</p>';
const BOX = '<div class="box"><p>Read this too.</p></div>';
const SHARE = '<div class="share"><a href="/s">Share this article</a></div>';
const OPTIONS = { versionedEdits: true, createsFiles: true };

async function session(body: string, others: Readonly<Record<string, string>> = {}, head = HEAD): Promise<Session> {
	const text = head + body;
	const made = annotationSession(text, { files: createFiles({ [ARTICLE]: text, ...others }) });
	return made;
}

async function snapshot({ service }: Session): Promise<Snapshot> {
	const document = service.documents.get(ARTICLE) ?? assert.fail('the article is not open');
	return service.read(document.snapshot);
}

async function choices(given: Session, words: string): Promise<SelectorChoices | undefined> {
	const document = await snapshot(given);
	return given.service.sources.choices(document, document.lines.positionAt(document.text.indexOf(words)));
}

describe('what an archive says of its sources', () => {
	it('begins with selectors for the block at the cursor, and how much of the article they match', async () => {
		const found = await choices(await session(PROSE + BOX), 'Read');
		assert.ok(found && 'choices' in found);
		assert.equal(found.host, 'news.example');
		assert.deepEqual(
			found.choices.map(({ selector, ranges, share }) => [selector, ranges.length, Math.round(share * 100)]),
			[
				['.box', 1, 16],
				['.box p', 1, 16],
			],
		);
		assert.equal(found.folded, undefined);
	});

	it('tells what is folded already, by signs or by the archive', async () => {
		const guessed = await choices(await session(PROSE + SHARE + PROSE), 'Share');
		assert.ok(guessed && 'choices' in guessed);
		assert.deepEqual([guessed.folded, guessed.choices[0]?.selector], ['guessed', '.share']);
		const json = '{ "sources": { "news.example": { "furniture": [".box"] } } }';
		const said = await choices(await session(PROSE + BOX, { 'file:///archive/marginalia.json': json }), 'Read');
		assert.ok(said && 'choices' in said);
		assert.equal(said.folded, 'said');
	});

	it('says why there is none', async () => {
		const nowhere = HEAD.replace(/\]\(.*?\)/, '](/local)');
		assert.deepEqual(await choices(await session(PROSE, {}, nowhere), 'tide'), {
			refused: 'The article does not say what site it is from: complete its address in line 2 first',
		});
		assert.deepEqual(await choices(await session(PROSE), 'Tide'), {
			refused: 'There is no block here: put the cursor into one',
		});
	});

	it('counts what selectors match in all articles of the source', async () => {
		const of = (host: string, page: string, body: string): string =>
			HEAD.replace('news.example/2021/tide', `${host}/${page}`) + body;
		const given = await session(PROSE + BOX, {
			[`${FOLDER}/2.md`]: of('www.news.example', '2', PROSE + BOX + BOX),
			[`${FOLDER}/3.md`]: of('news.example', '3', `<div class="box">${PROSE}</div>`),
			[`${FOLDER}/4.md`]: of('news.example', '4', PROSE),
			[`${FOLDER}/5.md`]: of('other.example', '5', BOX),
		});
		const [box, none] = await given.service.sources.reach(await snapshot(given), ['.box', '.none'], NONE);
		assert.deepEqual([box?.articles, box?.matching, box?.characters], [4, 3, 14 * 3 + PROSE.length - '<p></p>'.length]);
		assert.deepEqual(box?.most, [`${FOLDER}/3.md`]);
		assert.deepEqual(box?.examples[0], { uri: ARTICLE, label: 'Read this too.' });
		assert.deepEqual(none, { articles: 4, matching: 0, characters: 0, most: [], examples: [] });
	});

	it('adds a selector to the configuration, and makes the file if there is none', async () => {
		const empty = await session(PROSE + BOX);
		const { sources } = empty.service;
		const { uri, edit } = await sources.describe(await snapshot(empty), 'furniture', '.box', OPTIONS);
		assert.equal(uri, 'file:///archive/marginalia.json');
		assert.deepEqual(edit.documentChanges?.[0], { kind: 'create', uri });
		assert.match(
			JSON.stringify(edit.documentChanges?.[1]),
			/\\"news\.example\\": \{.*\\"furniture\\": \[\\"\.box\\"\]/,
		);
		const json = '{\n\t// ours\n\t"sources": { "www.news.example": { "keep": [] } }\n}\n';
		const known = await session(PROSE + BOX, { 'file:///archive/marginalia.json': json });
		const added = await known.service.sources.describe(await snapshot(known), 'keep', '.box', OPTIONS);
		assert.match(JSON.stringify(added.edit), /"newText":"\\"\.box\\""/);
	});

	it('refuses what cannot be written', async () => {
		const broken = await session(PROSE + BOX, { 'file:///archive/marginalia.json': '{' });
		await assert.rejects(broken.service.sources.describe(await snapshot(broken), 'furniture', '.box', OPTIONS), {
			message: 'marginalia.json has errors or is a symbolic link: it was not changed',
		});
		const fine = await session(PROSE + BOX);
		await assert.rejects(fine.service.sources.describe(await snapshot(fine), 'furniture', '..', OPTIONS), {
			message: /^This is not a CSS selector that can be used/,
		});
	});
});
