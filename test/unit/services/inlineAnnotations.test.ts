import assert from 'node:assert/strict';
import { NOTE_KINDS } from '../../../server/src/annotations/kinds.ts';
import { createFiles, HEAD } from '../languageFeatures/harness.ts';
import { ARTICLE, annotationSession, type Given, type Session, SIDECAR } from './annotationSession.ts';

const BODY = '<p>The 😀 tide <b>turns at</b> noon.</p><p>潮水在正午转向。</p>\n';

/** A session that stores notes in the text. */
function inlineSession(body = BODY): Session {
	const session = annotationSession(HEAD + body);
	session.settings = { author: 'ines', carrier: 'inline' };
	return session;
}

/** The body of the article. */
async function body(session: Session): Promise<string> {
	return (await session.text(ARTICLE)).slice(HEAD.length).trimEnd();
}

describe('notes in the text', () => {
	it('are a mark followed by a comment', async () => {
		const session = inlineSession();
		const id = await session.done('add', { select: '正午', text: '几点？', kind: 'question', tags: ['时间'] });
		assert.equal(
			await body(session),
			'<p>The 😀 tide <b>turns at</b> noon.</p><p>潮水在<mark>正午</mark><!-- question: 几点？ #时间 @ines 2024-06-30 -->转向。</p>',
		);
		const { anchor, location, ...note } = await session.note();
		assert.deepEqual(note, {
			id,
			carrier: 'inline',
			kind: 'question',
			motivation: 'questioning',
			text: '几点？',
			markdown: '几点？\n\n`#时间`',
			tags: ['时间'],
			creator: 'ines',
			created: '2024-06-30',
			modified: undefined,
			resolved: false,
			suggestion: undefined,
			replies: [],
			quote: { exact: '正午', prefix: 'The 😀 tide turns at noon.潮水在', suffix: '转向。 ' },
		});
		assert.deepEqual([anchor.state, session.at(anchor.ranges)], ['exact', ['正午']]);
		assert.deepEqual(session.at([location.range]), [
			'<mark>正午</mark><!-- question: 几点？ #时间 @ines 2024-06-30 -->',
		]);
		assert.deepEqual(session.applied, ['Annotate']);
		assert.equal(await session.files.readFile(SIDECAR), undefined);
	});

	it('include whole elements only', async () => {
		const marked = async (select: string, of = BODY): Promise<string> => {
			const session = inlineSession(of);
			const outcome = await session.run('highlight', { select });
			return outcome.kind === 'refused' ? outcome.message : body(session);
		};
		assert.match(await marked('tide <b>turns at</b>'), /The 😀 <mark>tide <b>turns at<\/b><\/mark> noon/);
		assert.match(await marked('<b>turns at</b> noon'), /tide <mark><b>turns at<\/b> noon<\/mark>\./);
		assert.match(await marked('turns at'), /<b><mark>turns at<\/mark><\/b>/);
		assert.match(await marked('turns'), /<b><mark>turns<\/mark> at<\/b>/);
		assert.match(await marked(' tide '), /😀 <mark>tide<\/mark> <b>/);
		assert.match(await marked('a &amp; b', '<p>x a &amp; b y</p>'), /x <mark>a &amp; b<\/mark> y/);
		assert.equal(await marked('tide <b>turns'), 'The selection starts or ends inside <b>: select all of it or none');
		assert.equal(await marked('noon.</p><p>潮水'), 'The selection spans several blocks, but a mark must be within one');
		assert.equal(
			await marked('c', '<p>a <mark>b c</mark></p>'),
			'The selection is inside <mark>, which cannot contain a mark',
		);
		assert.equal(
			await marked('x <del>y</del>', '<p>x <del>y</del></p>'),
			'The selection contains <del>, which cannot be inside a mark',
		);
		assert.equal(await marked('y', '<p>x <svg><text>y</text></svg></p>'), 'Text inside <text> cannot be marked');
		assert.equal(await marked('y', '<p>x <textarea>y</textarea></p>'), 'Text inside <textarea> cannot be marked');
	});

	it('are replied to, edited, resolved and deleted, without changing the words', async () => {
		const session = inlineSession();
		const before = await body(session);
		const id = await session.done('add', { select: 'noon', text: 'Why?', kind: 'question' });
		const reply = await session.done('reply', { id, text: 'The moon.' });
		assert.match(
			await body(session),
			/<mark>noon<\/mark><!-- question: Why\? @ines 2024-06-30 --><!-- note: The moon\. @ines 2024-06-30 -->\./,
		);
		assert.equal(await session.done('resolve', { id }), id);
		await session.done('edit', { id: reply, text: 'The moon & the sun.' });
		const note = await session.note();
		assert.deepEqual(
			[note.id, note.resolved, note.replies.map(one => [one.id, one.replyTo, one.text, one.kind])],
			[id, true, [[reply, id, 'The moon & the sun.', 'note']]],
		);
		assert.match(await body(session), /<!-- question: Why\? #resolved @ines 2024-06-30 -->/);
		await session.done('unresolve', { id });
		await session.done('delete', { id: reply });
		assert.match(await body(session), /<mark>noon<\/mark><!-- question: Why\? @ines 2024-06-30 -->\./);
		await session.done('delete', { id });
		assert.equal(await body(session), before);
	});

	it('can be a mark without text, and get a text later', async () => {
		const session = inlineSession();
		const id = await session.done('highlight', { select: 'noon' });
		assert.equal((await session.note()).kind, 'highlight');
		await session.done('reply', { id, text: 'When?', kind: 'question' });
		const { kind, text, replies } = await session.note();
		assert.deepEqual([kind, text, replies], ['question', 'When?', []]);
	});

	it('are moved to other words', async () => {
		const session = inlineSession();
		const id = await session.done('add', { select: 'noon', text: 'Why?' });
		await session.done('reanchor', { id, select: '正午' });
		assert.equal(
			await body(session),
			'<p>The 😀 tide <b>turns at</b> noon.</p><p>潮水在<mark>正午</mark><!-- note: Why? @ines 2024-06-30 -->转向。</p>',
		);
		const moved = await session.note();
		await session.done('reanchor', { id: moved.id, select: '在<mark>正' });
		assert.match(await body(session), /潮水<mark>在正<\/mark><!-- note: Why\? @ines 2024-06-30 -->午转向/);
	});

	it('without a mark are on their block', async () => {
		const session = inlineSession('<p>One <i>two</i></p><!-- check: really? @jo --><p>Three</p>');
		const { anchor, quote, creator } = await session.note();
		assert.deepEqual([session.at(anchor.ranges), quote?.exact, creator], [['One ', 'two'], 'One two', 'jo']);
	});

	it('can have custom kinds of the archive', async () => {
		const files = createFiles({
			'file:///archive/marginalia.json': '{"noteKinds":{"出处":{"motivation":"identifying"}}}',
		});
		const session = annotationSession(`${HEAD}<p><mark>a</mark><!-- 出处: BBC --></p>`, { files });
		const { kind, motivation, text } = await session.note();
		assert.deepEqual([kind, motivation, text], ['出处', 'identifying', 'BBC']);
		assert.ok(!NOTE_KINDS.has('出处'));
	});
});

describe('suggested edits', () => {
	const settled = async (command: string, text: string): Promise<string> => {
		const session = inlineSession(text);
		const { id } = await session.note();
		const outcome = await session.run(command, { id });
		return outcome.kind === 'refused' ? outcome.message : body(session);
	};

	it('are accepted or rejected, and their comments are removed', async () => {
		const insertion = '<p>a <ins>b <i>c</i></ins><!-- edit: better @jo --><!-- note: yes --> d</p>';
		assert.equal(await settled('acceptSuggestion', insertion), '<p>a b <i>c</i> d</p>');
		assert.equal(await settled('rejectSuggestion', insertion), '<p>a  d</p>');
		const deletion = insertion.replaceAll('ins>', 'del>');
		assert.equal(await settled('acceptSuggestion', deletion), '<p>a  d</p>');
		assert.equal(await settled('rejectSuggestion', deletion), '<p>a b <i>c</i> d</p>');
	});

	it('are described', async () => {
		const session = inlineSession('<p>a <ins>b</ins> <del>c</del><!-- note: why? --></p>');
		assert.deepEqual(
			(await session.notes()).notes.map(({ suggestion, kind, text }) => [suggestion, kind, text]),
			[
				['insertion', 'edit', ''],
				['deletion', 'note', 'why?'],
			],
		);
	});

	it('are refused if they are not possible', async () => {
		assert.equal(await settled('acceptSuggestion', '<p>a <ins>b'), '<ins> has no end tag: add it first');
		assert.equal(
			await settled('acceptSuggestion', '<p>a <mark>b</mark></p>'),
			'There is no suggested edit (<ins> or <del>) here',
		);
		assert.equal(
			await settled('delete', '<p>a <ins>b</ins></p>'),
			'A suggested edit cannot be deleted: accept or reject it',
		);
		assert.equal(
			await settled('convert', '<p>a <ins>b</ins></p>'),
			'A suggested edit cannot be moved out of the text: accept or reject it',
		);
	});
});

describe('notes that change their carrier', () => {
	const session = async (given: Given): Promise<{ session: Session; id: string; before: string }> => {
		const opened = annotationSession(HEAD + BODY);
		const id = await opened.done('add', { select: 'turns at</b> noon', ...given });
		await opened.done('reply', { id, text: 'two\n\nparagraphs --> here' });
		await opened.done('resolve', { id });
		return { session: opened, id, before: await opened.text(SIDECAR) };
	};

	it('lose nothing on the way into the text and back', async () => {
		const {
			session: opened,
			id,
			before,
		} = await session({ select: 'noon', text: 'Why?', kind: 'question', tags: ['a'] });
		await opened.done('convert', { id });
		assert.match(
			await body(opened),
			/<mark>noon<\/mark><!-- question: Why\? #a #resolved @"Ines Okafor" 2024-06-30 \{"@of":/,
		);
		// Until the article is saved, the note is in both files; it is shown once.
		assert.equal(await opened.text(SIDECAR), before);
		assert.equal((await opened.note()).carrier, 'inline');
		await opened.save();
		assert.doesNotMatch(await opened.text(SIDECAR), /items/);
		const { id: same } = await opened.note();
		assert.equal(same, id);
		await opened.done('convert', { id });
		assert.equal(await body(opened), BODY.trimEnd());
		await opened.save();
		assert.equal(await opened.text(SIDECAR), before);
		assert.equal((await opened.note()).carrier, 'sidecar');
	});

	it('are in one place, whatever is undone in the editor', async () => {
		const { session: opened, id, before } = await session({ select: 'noon', text: 'Why?' });
		const original = await opened.text(ARTICLE);
		await opened.done('convert', { id });
		const converted = await opened.text(ARTICLE);
		await opened.save();
		opened.open(ARTICLE, original);
		await opened.save();
		assert.equal(await opened.text(SIDECAR), before);
		opened.open(ARTICLE, converted);
		await opened.save();
		assert.doesNotMatch(await opened.text(SIDECAR), /items/);
		await opened.done('delete', { id });
		await opened.save();
		assert.deepEqual((await opened.notes()).notes, []);
	});

	it('keep their form in the text', async () => {
		const text = '<p>a <mark>b</mark><!-- note: c #d @ines 2021-12-17 --><!-- check: e --> <mark>f</mark></p>';
		const opened = annotationSession(HEAD + text);
		const { notes } = await opened.notes();
		for (const { id } of notes) await opened.done('convert', { id });
		assert.equal(await body(opened), '<p>a b f</p>');
		await opened.save();
		assert.equal((await opened.notes()).notes.length, 2);
		for (const { id } of notes) await opened.done('convert', { id });
		await opened.save();
		assert.equal(await body(opened), text);
		assert.doesNotMatch(await opened.text(SIDECAR), /items/);
	});

	it('stay where they are if they cannot be converted', async () => {
		const { session: opened, id, before } = await session({ select: 'at</b> noon', text: 'Why?' });
		const outcome = await opened.run('convert', { id });
		assert.deepEqual(
			outcome.kind === 'refused' && outcome.message,
			'The selection starts or ends inside <b>: select all of it or none',
		);
		opened.open(ARTICLE, `${HEAD}<p>Nothing.</p>`);
		const lost = await opened.run('convert', { id });
		assert.ok(lost.kind === 'refused' && lost.message.startsWith('The place of the note is uncertain'));
		assert.equal(await opened.text(SIDECAR), before);
		const classed = annotationSession(`${HEAD}<p><mark class="x">a</mark></p>`);
		const kept = await classed.run('convert', { id: (await classed.note()).id });
		assert.deepEqual(
			kept.kind === 'refused' && kept.message,
			'The mark has attributes, which cannot be stored in a sidecar file',
		);
	});
});
