import assert from 'node:assert/strict';
import { expand } from '../../../server/src/article/format.ts';
import type { FileSystem } from '../../../server/src/platform.ts';
import { assertMeetsModel } from '../annotations/w3c.ts';
import { createFiles, HEAD } from '../languageFeatures/harness.ts';
import { ARTICLE, annotationSession, type Given, type Session, SIDECAR } from './annotationSession.ts';

const BODY = '<p>The 😀 tide <b>turns</b> at &#x20000;&amp; noon.</p><p>潮水在正午转向。</p>\n';
const TEXT = HEAD + BODY;

/** The annotations in the sidecar file. */
async function items(session: Session): Promise<Record<string, unknown>[]> {
	const text = await session.text(SIDECAR);
	assertMeetsModel(text);
	return JSON.parse(text).first?.items ?? [];
}

describe('notes in a sidecar', () => {
	it('are added with their quote, position, author and time', async () => {
		const session = annotationSession(TEXT);
		const id = await session.done('add', {
			select: 'turns</b> at &#x20000;&amp;',
			text: ' Why? ',
			kind: 'question',
			tags: ['#tides', 'two words'],
		});
		assert.equal(id, 'urn:uuid:01000000-0000-4000-8000-000000000000');
		assert.deepEqual(await items(session), [
			{
				id,
				type: 'Annotation',
				motivation: 'questioning',
				created: '2024-06-30T12:00:00Z',
				creator: { type: 'Person', name: 'Ines Okafor' },
				body: [
					{ type: 'TextualBody', format: 'text/markdown', purpose: 'questioning', value: 'Why?' },
					{ type: 'TextualBody', purpose: 'tagging', value: 'tides' },
					{ type: 'TextualBody', purpose: 'tagging', value: 'two-words' },
				],
				target: {
					type: 'SpecificResource',
					source: 'https://news.example/2021/tide/',
					selector: [
						{
							type: 'TextQuoteSelector',
							exact: 'turns at 𠀀&',
							prefix: 'The 😀 tide ',
							suffix: ' noon.潮水在正午转向。 ',
						},
						// Offsets count code points: the emoji and the rare Han character are one each.
						{ type: 'TextPositionSelector', start: 11, end: 22 },
					],
				},
			},
		]);
		const { anchor, location, ...note } = await session.note();
		assert.deepEqual(note, {
			id,
			carrier: 'sidecar',
			kind: 'question',
			motivation: 'questioning',
			text: 'Why?',
			markdown: 'Why?\n\n`#tides` `#two-words`',
			tags: ['tides', 'two-words'],
			creator: 'Ines Okafor',
			created: '2024-06-30T12:00:00Z',
			modified: undefined,
			resolved: false,
			suggestion: undefined,
			replies: [],
			quote: { exact: 'turns at 𠀀&', prefix: 'The 😀 tide ', suffix: ' noon.潮水在正午转向。 ' },
		});
		assert.deepEqual([anchor.state, session.at(anchor.ranges)], ['exact', ['turns', ' at &#x20000;&amp;']]);
		assert.equal(location.uri, SIDECAR);
		assert.deepEqual(session.applied, []);
	});

	it('are replied to, edited, resolved and deleted', async () => {
		const session = annotationSession(TEXT);
		const id = await session.done('add', { select: '正午', text: '几点？', kind: 'question' });
		const reply = await session.done('reply', { id, text: '十二点' });
		await session.done('resolve', { id });
		await session.done('edit', { id: reply, text: '十二点整', kind: 'check' });
		await session.done('edit', { id, tags: ['时间'] });
		const note = await session.note();
		assert.deepEqual(
			[note.kind, note.text, note.tags, note.resolved, note.modified],
			['question', '几点？', ['时间'], true, '2024-06-30T12:00:00Z'],
		);
		assert.deepEqual(
			note.replies.map(one => [one.id, one.replyTo, one.kind, one.motivation, one.text]),
			[[reply, id, 'check', 'assessing', '十二点整']],
		);
		await session.done('unresolve', { id });
		assert.equal((await session.note()).resolved, false);
		await session.done('delete', { id: reply });
		assert.deepEqual((await session.note()).replies, []);
		await session.done('reply', { id, text: '再答' });
		await session.done('delete', { id });
		assert.deepEqual(await items(session), []);
	});

	it('are undone and redone step by step', async () => {
		const session = annotationSession(TEXT);
		const texts: string[] = [];
		const note = async (): Promise<void> => {
			texts.push(await session.text(SIDECAR));
		};
		const id = await session.done('add', { select: 'turns', text: 'a' });
		await note();
		await session.done('edit', { id, text: 'b' });
		await note();
		await session.done('reply', { id, text: 'c' });
		await note();
		await session.done('delete', { id });
		for (const text of texts.toReversed()) {
			await session.done('undo');
			assert.equal(await session.text(SIDECAR), text);
		}
		await session.done('redo');
		assert.equal(await session.text(SIDECAR), texts[1]);
		await session.done('add', { select: 'noon', text: 'd' });
		const outcome = await session.run('redo');
		assert.deepEqual([outcome.kind, outcome.kind === 'refused' && outcome.code], ['refused', 'not-found']);
	});

	it('are undone without losing later changes of others', async () => {
		const session = annotationSession(TEXT);
		const other = annotationSession(TEXT, { files: session.files, uuid: () => 'ff000000-0000-4000-8000-000000000000' });
		const id = await session.done('add', { select: 'turns', text: 'a' });
		await other.done('add', { select: 'noon', text: 'theirs' });
		await session.done('undo');
		assert.deepEqual((await items(session)).length, 1);
		await session.done('redo');
		other.service.forgetSidecars();
		await other.done('edit', { id, text: 'changed' });
		const outcome = await session.run('undo');
		assert.deepEqual([outcome.kind, outcome.kind === 'refused' && outcome.code], ['refused', 'conflict']);
		assert.equal((await items(session)).length, 2);
	});

	it('are changed in the editor if the sidecar is open there', async () => {
		const session = annotationSession(TEXT);
		const id = await session.done('add', { select: 'turns', text: 'a' });
		const saved = await session.text(SIDECAR);
		session.open(SIDECAR, saved);
		assert.deepEqual(await session.run('edit', { id, text: 'b' }), { kind: 'done', id, undoable: false });
		assert.deepEqual(session.applied, ['Edit Note']);
		assert.notEqual(await session.text(SIDECAR), saved);
		assert.equal((await session.note()).text, 'b');
		session.refuses = 'it is read-only';
		const outcome = await session.run('delete', { id });
		assert.deepEqual(outcome, {
			kind: 'refused',
			code: 'not-written',
			message: '1.md.annotations.jsonld was not changed: it is read-only',
		});
	});

	it('are not written in an untrusted workspace', async () => {
		const session = annotationSession(TEXT);
		session.trusted = false;
		assert.deepEqual(await session.run('add', { select: 'turns', text: 'a' }), {
			kind: 'refused',
			code: 'not-written',
			message:
				'1.md.annotations.jsonld was not written because the workspace is not trusted: trust it, or store notes in the text',
		});
		session.settings = { author: undefined, carrier: 'inline' };
		await session.done('add', { select: 'turns', text: 'a' });
		assert.equal((await session.note()).carrier, 'inline');
	});

	it('follow their words, and report how', async () => {
		const session = annotationSession(TEXT);
		await session.done('add', { select: 'noon', text: 'a' });
		const state = async (text: string): Promise<unknown> => {
			session.open(ARTICLE, HEAD + text);
			const { anchor } = await session.note();
			return [anchor.state, session.at(anchor.ranges)];
		};
		assert.deepEqual(await state(BODY), ['exact', ['noon']]);
		assert.deepEqual(await state(`<p>More.</p>${BODY}`), ['moved', ['noon']]);
		assert.deepEqual(await state('<p>潮水在正午转向。</p>'), ['orphan', []]);
	});

	it('follow edits of a document in which their words occur more than once', async () => {
		const verse = '<p>All the bells of the harbour rang out for the ferry that had come home at last in the fog.</p>';
		const session = annotationSession(HEAD + verse.repeat(2));
		await session.done('add', { select: 'ferry', text: 'a' });
		await session.note();
		const states: unknown[] = [];
		for (const text of [
			`${HEAD}<p>New.</p>${verse.repeat(2)}`,
			`${HEAD}${verse.repeat(2)}<p>New.</p>`,
			`${HEAD}${verse.repeat(2)}`,
		]) {
			session.open(ARTICLE, text);
			const { anchor } = await session.note();
			states.push([anchor.state, anchor.ranges[0]?.start.character]);
		}
		assert.deepEqual(states, [
			['moved', 60],
			['exact', 49],
			['exact', 49],
		]);
	});

	it('stay on their words if these occur more than once and the article is expanded', async () => {
		const verse = '<p>All the bells of the harbour rang out for the ferry that had come home at last in the fog.</p>';
		const session = annotationSession(HEAD + verse.repeat(4));
		const start = (HEAD + verse.repeat(2)).length + verse.indexOf('ferry') - HEAD.length;
		const range = { start: { line: 4, character: start }, end: { line: 4, character: start + 5 } };
		await session.done('add', { range, text: 'a' });
		await session.note();
		session.open(ARTICLE, expand(HEAD + verse.repeat(4)));
		const { anchor } = await session.note();
		assert.deepEqual([anchor.state, anchor.ranges[0]?.start.line], ['moved', 6]);
	});

	it('are re-anchored if their words are gone', async () => {
		const session = annotationSession(TEXT);
		const id = await session.done('add', { select: 'noon', text: 'a' });
		session.open(ARTICLE, `${HEAD}<p>At midday.</p>`);
		assert.equal((await session.note()).anchor.state, 'orphan');
		await session.done('reanchor', { id, select: 'midday' });
		const { anchor, quote, text } = await session.note();
		assert.deepEqual([anchor.state, quote?.exact, text], ['exact', 'midday', 'a']);
	});

	it('can be on the whole article', async () => {
		const session = annotationSession(TEXT);
		await session.done('add', { text: 'a' });
		const { anchor, quote } = await session.note();
		assert.deepEqual([anchor.state, session.at(anchor.ranges), quote], ['exact', ['Tide'], undefined]);
	});

	it('can be highlights without text', async () => {
		const session = annotationSession(TEXT);
		await session.done('highlight', { select: 'noon' });
		const [item] = await items(session);
		assert.deepEqual([item?.motivation, item?.body], ['highlighting', undefined]);
		assert.equal((await session.note()).kind, 'highlight');
	});

	it('are refused with a reason if they are not possible', async () => {
		const session = annotationSession(TEXT);
		const refused = async (command: string, given: Given): Promise<unknown> => {
			const outcome = await session.run(command, given);
			return outcome.kind === 'refused' ? [outcome.code, outcome.message] : outcome;
		};
		assert.deepEqual(await refused('add', { select: 'noon' }), [
			'arguments',
			'marginalia.annotations.add takes a string as "text"',
		]);
		assert.deepEqual(await refused('add', { select: 'noon', text: ' ' }), [
			'arguments',
			'A note must have text or a tag',
		]);
		assert.deepEqual(await refused('add', { select: '<p>', text: 'a' }), [
			'not-possible',
			'The selection contains no text: select some words in the body',
		]);
		assert.deepEqual(await refused('add', { select: 'news.example', text: 'a' }), [
			'not-possible',
			'Only the body of an article can be annotated: select text in the body, or clear the selection to annotate the whole article',
		]);
		assert.deepEqual(await refused('add', { select: 'noon', text: 'a', kind: 'todo' }), [
			'arguments',
			'Unknown kind of note "todo". Available kinds: note, question, check, edit, link, translate',
		]);
		assert.deepEqual(await refused('resolve', { id: 'urn:uuid:x' }), [
			'not-found',
			'There is no note urn:uuid:x in 1.md or its sidecar file',
		]);
		assert.deepEqual(await refused('add', { uri: 'file:///archive/none.md', text: 'a' }), [
			'not-found',
			'There is no article none.md',
		]);
		session.open('untitled:Untitled-1', TEXT);
		assert.deepEqual(await refused('add', { uri: 'untitled:Untitled-1', text: 'a' }), [
			'not-possible',
			'Notes are stored in a file next to the article: save the article first',
		]);
		assert.equal(await session.files.readFile(SIDECAR), undefined);
	});

	it('are not written to files that are broken or read-only', async () => {
		for (const [content, message] of [
			['{"type":"AnnotationCollection"', 'line 1: This is not valid JSON: close brace expected'],
			['{\n"a": 1}', 'line 1: This JSON is not a W3C annotation or annotation collection'],
			[
				'<<<<<<< a\n=======\n>>>>>>> b\n',
				'line 1: Unresolved Git merge conflict: keep the notes of both sides and remove the conflict markers',
			],
		]) {
			const session = annotationSession(TEXT, { files: createFiles({ [SIDECAR]: content ?? '' }) });
			const outcome = await session.run('add', { select: 'noon', text: 'a' });
			assert.ok(outcome.kind === 'refused');
			assert.equal(outcome.code, 'broken-sidecar');
			assert.equal(
				outcome.message,
				`1.md.annotations.jsonld, ${message}. Nothing was written. Fix the file and try again`,
			);
			assert.equal(outcome.location?.uri, SIDECAR);
			assert.equal(await session.text(SIDECAR), content);
			assert.equal(`line 1: ${(await session.notes()).fault?.message}`, message);
		}
		const readOnly: FileSystem = {
			...createFiles({}),
			update: async () => ({ kind: 'refused', reason: 'cannot be written: permission denied' }),
		};
		const session = annotationSession(TEXT, { files: readOnly });
		assert.deepEqual(await session.run('add', { select: 'noon', text: 'a' }), {
			kind: 'refused',
			code: 'not-written',
			message: '1.md.annotations.jsonld cannot be written: permission denied',
		});
		const latin = annotationSession(TEXT, { files: createFiles({ [SIDECAR]: new Uint8Array([0x7b, 0xe9, 0x7d]) }) });
		const outcome = await latin.run('add', { select: 'noon', text: 'a' });
		assert.deepEqual(
			outcome.kind === 'refused' && outcome.message,
			'1.md.annotations.jsonld was not written: it must be saved as UTF-8 first',
		);
	});

	it('of an article that is not open can be read and changed', async () => {
		const session = annotationSession(undefined, { files: createFiles({ [ARTICLE]: TEXT }) });
		const id = await session.done('add', { select: 'noon', text: 'a' });
		await session.done('resolve', { id });
		assert.equal((await session.note()).resolved, true);
	});
});
