import assert from 'node:assert/strict';
import { HEAD } from '../languageFeatures/harness.ts';
import { ARTICLE, annotationSession, type Session, SIDECAR } from './annotationSession.ts';

const BODY = '<p>The tide turns at noon, and at noon the ferry leaves.</p>\n';

/** A session that stores notes in the text. */
function inlineSession(body = BODY): Session {
	const session = annotationSession(HEAD + body);
	session.settings = { author: undefined, carrier: 'inline' };
	return session;
}

/** For each note: its carrier, quote, text and replies. */
async function shown(session: Session): Promise<unknown> {
	return (await session.notes()).notes.map(({ carrier, anchor, text, replies }) => [
		carrier,
		session.at(anchor.ranges).join(''),
		text,
		...replies.map(reply => reply.text),
	]);
}

describe('notes moved between the text and the sidecar', () => {
	it('are moved back with their changes before anything is saved', async () => {
		const session = annotationSession(HEAD + BODY);
		const id = await session.done('add', { select: 'turns', text: 'a' });
		await session.done('convert', { id });
		await session.done('edit', { id, text: 'b' });
		await session.done('convert', { id });
		assert.deepEqual(await shown(session), [['sidecar', 'turns', 'b']]);
	});

	it('keep changes that others made in the sidecar in the meantime', async () => {
		const session = annotationSession(HEAD + BODY);
		const id = await session.done('add', { select: 'turns', text: 'a' });
		await session.done('convert', { id });
		const other = annotationSession(HEAD + BODY, { files: session.files });
		await other.done('resolve', { id });
		session.service.forgetSidecars();
		await session.done('edit', { id, text: 'b' });
		await session.done('convert', { id });
		const { text, resolved } = await session.note();
		assert.deepEqual([text, resolved], ['b', true]);
	});

	it('are not confused with other notes that end up on the same words', async () => {
		const session = inlineSession();
		const id = await session.done('add', { select: 'turns', text: 'a' });
		await session.done('convert', { id });
		const other = await session.done('add', { select: 'turns', text: 'b' });
		assert.notEqual(other, id);
		const both = [
			['sidecar', 'turns', 'a'],
			['inline', 'turns', 'b'],
		];
		assert.deepEqual(new Set((await shown(session)) as unknown[]), new Set(both));
		await session.save();
		assert.deepEqual(new Set((await shown(session)) as unknown[]), new Set(both));
		await session.done('delete', { id: other });
		assert.deepEqual(await shown(session), [both[0]]);
	});

	it('are not confused with notes on the same words elsewhere, which become the first occurrence', async () => {
		const session = inlineSession('<p>At <mark>noon</mark> or at <mark>noon</mark><!-- note: b -->.</p>');
		const [first] = (await session.notes()).notes;
		await session.done('convert', { id: first?.id });
		await session.save();
		assert.deepEqual(await shown(session), [
			['sidecar', 'noon', ''],
			['inline', 'noon', 'b'],
		]);
	});

	it('are shown with replies from the sidecar when they are in the text again', async () => {
		const session = inlineSession();
		const id = await session.done('add', { select: 'turns', text: 'a' });
		const before = await session.text(ARTICLE);
		await session.done('convert', { id });
		await session.done('reply', { id, text: 'b' });
		session.open(ARTICLE, before);
		const expected = [
			['inline', 'turns', 'a'],
			['sidecar', 'turns', 'b'],
		];
		assert.deepEqual(await shown(session), expected);
		await session.save();
		assert.deepEqual(await shown(session), expected);
	});

	it('are not written to the sidecar again after their words were edited in the text', async () => {
		const session = inlineSession();
		const id = await session.done('highlight', { select: 'turns' });
		await session.done('convert', { id });
		await session.save();
		await session.done('convert', { id });
		await session.save();
		session.open(ARTICLE, (await session.text(ARTICLE)).replace('turns', 'turned'));
		await session.save();
		assert.deepEqual(await shown(session), [['inline', 'turned', '']]);
		assert.doesNotMatch(await session.text(SIDECAR), /"items"/);
	});

	it('reappear in the sidecar when it is restored and another mark has their id', async () => {
		const session = annotationSession(`${HEAD}<p>At noon or at <mark>noon</mark>.</p>`);
		session.settings = { author: undefined, carrier: 'inline' };
		const before = await session.text(ARTICLE);
		const id = await session.done('highlight', { select: 'noon' });
		await session.done('convert', { id });
		await session.save();
		await session.done('convert', { id });
		await session.save();
		session.open(ARTICLE, before);
		await session.save();
		assert.deepEqual(await shown(session), [
			['sidecar', 'noon', ''],
			['inline', 'noon', ''],
		]);
	});

	it('are deleted in both places, also after an earlier change was undone', async () => {
		const session = annotationSession(HEAD + BODY);
		const id = await session.done('add', { select: 'turns', text: 'a' });
		await session.done('edit', { id, text: 'b' });
		await session.done('convert', { id });
		await session.done('undo');
		await session.done('delete', { id });
		assert.deepEqual(await shown(session), []);
	});

	it('are deleted in both places, also if they were edited in the sidecar before the move was undone', async () => {
		const session = annotationSession(HEAD + BODY);
		const id = await session.done('add', { select: 'turns', text: 'a' });
		await session.done('convert', { id });
		const inText = await session.text(ARTICLE);
		await session.done('convert', { id });
		await session.done('edit', { id, text: 'b' });
		session.open(ARTICLE, inText);
		await session.done('delete', { id });
		assert.deepEqual(await shown(session), []);
	});

	it('become separate notes when they are copied with their words', async () => {
		const session = annotationSession(HEAD + BODY);
		const id = await session.done('add', { select: 'turns', text: 'a' });
		await session.done('convert', { id });
		await session.done('reply', { id, text: 'b' });
		const [, paragraph = ''] = /(<p>.*<\/p>)/.exec(await session.text(ARTICLE)) ?? [];
		session.open(ARTICLE, HEAD + paragraph + paragraph);
		const copies = (await session.notes()).notes;
		assert.equal(new Set(copies.flatMap(note => [note.id, ...note.replies.map(reply => reply.id)])).size, 4);
		await session.done('edit', { id: copies[1]?.id, text: 'c' });
		await session.done('delete', { id });
		assert.deepEqual(await shown(session), [['inline', 'turns', 'c', 'b']]);
	});
});
