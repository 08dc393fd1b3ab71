import assert from 'node:assert/strict';
import { CancellationToken } from 'vscode-languageserver';
import { applyEdits } from '../../../server/src/article/edits.ts';
import { toSpan } from '../../../server/src/languageFeatures/position.ts';
import type { Snapshot } from '../../../server/src/languageFeatures/snapshot.ts';
import type { FurnitureParts, FurnitureRemoved } from '../../../server/src/protocol/furniture.ts';
import { Refusal } from '../../../server/src/services/annotations/outcome.ts';
import { HEAD } from '../languageFeatures/harness.ts';
import { ARTICLE, annotationSession, type Session, SIDECAR } from './annotationSession.ts';

const NONE = CancellationToken.None;
const FIRST = '<p>The tide turns at noon, and the ferry leaves an hour later than it did.</p>';
const LAST = '<p>Nobody on the quay had been told about it before the morning came.</p>';
const SHARE = '<div class="share"><a href="/s">Share this article</a></div>';
const RELATED = '<div class="related-posts"><h3>Related</h3><ul><li><a href="/a">A quay</a></li></ul></div>';
const BYLINE = '<div class="byline">By Ines Okafor</div>';

async function snapshot({ service }: Session): Promise<Snapshot> {
	const document = service.documents.get(ARTICLE) ?? assert.fail('the article is not open');
	return service.read(document.snapshot);
}

async function parts(session: Session): Promise<FurnitureParts['parts']> {
	return (await session.service.furniture.parts(await snapshot(session), NONE))?.parts ?? assert.fail('no article');
}

async function remove(session: Session, chosen?: readonly number[]): Promise<FurnitureRemoved> {
	return session.service.furniture.remove(await snapshot(session), NONE, chosen);
}

describe('the furniture service', () => {
	it('lists the parts of the page, and which of them go by default', async () => {
		const session = annotationSession(HEAD + BYLINE + FIRST + SHARE + LAST + RELATED);
		const document = await snapshot(session);
		const found = (await parts(session)).map(({ name, range, label, characters, notes, goes }) => {
			const { start, end } = toSpan(document, range);
			return [name, document.text.slice(start, end), label, characters, notes, goes];
		});
		assert.deepEqual(found, [
			['byline', BYLINE, 'By Ines Okafor', 14, 0, false],
			['share buttons', SHARE, 'Share this article', 18, 0, true],
			['related articles', RELATED, 'Related A quay', 13, 0, true],
		]);
	});

	it('leaves what says that the article goes on elsewhere', async () => {
		const more = '<p><a href="https://courier.example/all/">Continue reading on Courier »</a></p>';
		const session = annotationSession(HEAD + FIRST + SHARE + more);
		assert.deepEqual(
			(await parts(session)).map(({ label, goes }) => [label, goes]),
			[
				['Share this article', true],
				['Continue reading on Courier »', false],
			],
		);
	});

	it('removes them as one edit', async () => {
		const session = annotationSession(HEAD + BYLINE + FIRST + SHARE + LAST + RELATED);
		const removed = await remove(session);
		assert.deepEqual(removed, { kind: 'done', removed: 2, characters: 31, left: 0, withNotes: 0, anchored: 0 });
		assert.equal(await session.text(ARTICLE), HEAD + BYLINE + FIRST + LAST);
		assert.deepEqual(session.applied, ['Remove 2 Parts of the Page']);
		assert.equal((await remove(session)).removed, 0);
		assert.equal(session.applied.length, 1);
	});

	it('removes chosen parts, the byline as well', async () => {
		const session = annotationSession(HEAD + BYLINE + FIRST + SHARE + LAST + RELATED);
		const { without } = session.service.furniture;
		assert.deepEqual(without(await snapshot(session), [2, 0]), { text: HEAD + FIRST + SHARE + LAST, left: [] });
		await remove(session, [0, 2]);
		assert.equal(await session.text(ARTICLE), HEAD + FIRST + SHARE + LAST);
	});

	it('leaves a part with a note unless it is chosen', async () => {
		const noted = SHARE.replace('Share', '<mark>Share</mark><!-- note: why? -->');
		const session = annotationSession(HEAD + FIRST + noted + LAST + RELATED);
		assert.deepEqual(
			(await parts(session)).map(({ notes, goes }) => [notes, goes]),
			[
				[1, false],
				[0, true],
			],
		);
		const removed = await remove(session);
		assert.deepEqual([removed.removed, removed.withNotes], [1, 1]);
		assert.equal(await session.text(ARTICLE), HEAD + FIRST + noted + LAST);
		await remove(session, [0]);
		assert.equal(await session.text(ARTICLE), HEAD + FIRST + LAST);
	});

	it('anchors the notes of the sidecar file again, and leaves a part with one', async () => {
		const session = annotationSession(HEAD + SHARE + FIRST + RELATED + LAST);
		await session.done('add', { select: 'ferry', text: 'which?' });
		await session.done('add', { select: 'quay had been told', text: 'who?' });
		await session.done('add', { select: 'A quay', text: 'read it' });
		const removed = await remove(session);
		assert.deepEqual([removed.removed, removed.withNotes, removed.anchored], [1, 1, 3]);
		assert.equal(await session.text(ARTICLE), HEAD + FIRST + RELATED + LAST);
		await remove(session, [0]);
		const { content } = (await snapshot(session)).parsed as { content: { value: string } } & Snapshot['parsed'] &
			object;
		const file = JSON.parse(await session.text(SIDECAR));
		const places = file.first.items.map(({ target }: { target: { selector: Record<string, unknown>[] } }) => {
			const [quote, position] = target.selector;
			return [quote?.exact, content.value.slice(Number(position?.start), Number(position?.end))];
		});
		assert.deepEqual(places, [
			['ferry', 'ferry'],
			['quay had been told', 'quay had been told'],
			['A quay', places[2][1]],
		]);
		const states = (await session.notes()).notes.map(({ quote, anchor }) => [quote?.exact, anchor.state]);
		assert.deepEqual(states, [
			['ferry', 'exact'],
			['quay had been told', 'exact'],
			['A quay', 'orphan'],
		]);
	});

	it('does not change an article whose notes cannot be read', async () => {
		const session = annotationSession(HEAD + FIRST + SHARE + LAST);
		session.open(SIDECAR, '{');
		await assert.rejects(remove(session), (error: unknown) => {
			assert.ok(error instanceof Refusal);
			assert.equal(error.outcome.code, 'broken-sidecar');
			return true;
		});
		assert.deepEqual(session.applied, []);
	});

	it('says so if notes cannot be anchored again', async () => {
		const session = annotationSession(HEAD + SHARE + FIRST + LAST);
		await session.done('add', { select: 'ferry', text: 'which?' });
		session.trusted = false;
		const { removed, anchored, warning } = await remove(session);
		assert.deepEqual([removed, anchored], [1, 0]);
		assert.match(warning ?? '', /was not written because the workspace is not trusted/);
		assert.equal((await session.note()).anchor.state, 'moved');
	});

	it('says why nothing is removed: a conflict, Markdown, a refusal of the editor', async () => {
		for (const [body, reason] of [
			[`<<<<<<< a\n${SHARE}\n=======\n>>>>>>> b\n${FIRST}`, 'it has a merge conflict on line 5; resolve it first'],
			['The tide **turned**.\n\n## Ferry\n\nMore.', 'it has a body in Markdown instead of HTML'],
		] as const)
			await assert.rejects(remove(annotationSession(HEAD + body)), {
				message: `Nothing was removed from 1.md: ${reason}`,
			});
		const session = annotationSession(HEAD + SHARE + FIRST + LAST);
		session.refuses = 'it is read-only';
		await assert.rejects(remove(session), { message: '1.md was not changed: it is read-only' });
	});

	it('removes furniture that is shown like the article', async () => {
		const session = annotationSession(HEAD + SHARE + FIRST + LAST);
		const document = (await snapshot(session)).with({ furniture: false });
		const { edits } = await session.service.furniture.plan(document, NONE);
		assert.equal(applyEdits(document.text, edits), HEAD + FIRST + LAST);
	});

	it('plans the edits that it makes', async () => {
		const session = annotationSession(HEAD + SHARE + FIRST + LAST);
		const document = await snapshot(session);
		const { edits, article } = await session.service.furniture.plan(document, NONE);
		assert.equal(applyEdits(document.text, edits), article.text);
	});
});
