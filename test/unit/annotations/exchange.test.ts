import assert from 'node:assert/strict';
import { readNotes } from '../../../server/src/annotations/exchange/exchange.ts';
import { isHypothesis, readHypothesis } from '../../../server/src/annotations/exchange/hypothesis.ts';
import { NOTE_KINDS } from '../../../server/src/annotations/kinds.ts';
import type { CommandOutcome } from '../../../server/src/protocol/annotations.ts';
import { HEAD } from '../languageFeatures/harness.ts';
import { ARTICLE, annotationSession, type Session, SIDECAR } from '../services/annotationSession.ts';
import { assertMeetsModel } from './w3c.ts';

const SOURCE = 'https://news.example/2021/tide/';
const BODY =
	'<p>The 😀 tide <b>turns</b> at noon.</p><p>潮水在<mark>正午</mark><!-- question: 几点？ #时间 @jo 2024-01-02 -->转向。</p>';

/** A row of a Hypothesis search response. */
const ROW = {
	id: 'aBcDeFgHiJkLmNoPqRsTuQ',
	created: '2023-05-04T08:30:00.123456+00:00',
	updated: '2023-05-05T08:30:00.000000+00:00',
	user: 'acct:ines@hypothes.is',
	uri: 'http://www.news.example/2021/tide?utm_source=feed',
	text: 'Is **this** so?',
	tags: ['tides'],
	group: '__world__',
	permissions: { read: ['group:__world__'] },
	target: [
		{
			source: 'http://www.news.example/2021/tide',
			selector: [
				{ type: 'RangeSelector', startContainer: '/div[1]', startOffset: 3, endContainer: '/div[1]', endOffset: 9 },
				{ type: 'TextPositionSelector', start: 1203, end: 1207 },
				{ type: 'TextQuoteSelector', exact: 'noon', prefix: 'turns at ', suffix: '.' },
			],
		},
	],
	document: { title: ['Tide'] },
	links: { html: 'https://hypothes.is/a/aBcDeFgHiJkLmNoPqRsTuQ' },
	user_info: { display_name: 'Ines Okafor' },
};
const REPLY = { ...ROW, id: 'reply', text: 'It is.', tags: [], references: [ROW.id], target: [{ source: ROW.uri }] };

/** A session with notes in the text and in the sidecar. */
async function noted(): Promise<Session> {
	const session = annotationSession(HEAD + BODY);
	const id = await session.done('add', { select: 'turns', text: 'a\n\nb', kind: 'check', tags: ['tides'] });
	await session.done('reply', { id, text: 'c' });
	await session.done('highlight', { select: 'noon' });
	await session.done('resolve', { id });
	return session;
}

const exported = async (session: Session, format: string): Promise<string> => {
	const outcome = await session.run('export', { format, uris: [ARTICLE] });
	assert.ok(outcome.kind === 'done' && outcome.exported, outcome.kind === 'refused' ? outcome.message : '');
	return outcome.exported.text;
};

const imported = async (session: Session, text: string, given: object = {}): Promise<unknown> => {
	const outcome: CommandOutcome = await session.run('import', { text, ...given });
	assert.ok(outcome.kind === 'done' && outcome.imported);
	const { articles, missing, faults } = outcome.imported;
	return [
		articles.map(({ added, same, kept }) => [added, same, kept.length]),
		missing.map(({ source, count }) => [source, count]),
		faults,
	];
};

describe('exchanging notes with other programs', () => {
	it('exports a W3C collection; importing it again changes nothing', async () => {
		const session = await noted();
		const text = await exported(session, 'jsonld');
		assertMeetsModel(text);
		const before = [await session.text(SIDECAR), await session.text(ARTICLE)];
		assert.deepEqual(await imported(session, text), [[[0, 4, 0]], [], []]);
		assert.deepEqual([await session.text(SIDECAR), await session.text(ARTICLE)], before);
	});

	it('exports rows of the Hypothesis API; importing them again changes nothing', async () => {
		const session = await noted();
		const text = await exported(session, 'hypothesis');
		const { total, rows } = JSON.parse(text);
		assert.equal(total, 4);
		assert.ok(isHypothesis(JSON.parse(text)));
		const check = rows.find((row: { text: string }) => row.text === 'a\n\nb');
		assert.deepEqual(check, {
			group: '__world__',
			permissions: { read: ['group:__world__'] },
			document: { title: ['Tide'] },
			user: 'acct:Ines_Okafor@localhost',
			user_info: { display_name: 'Ines Okafor' },
			id: check.id,
			created: '2024-06-30T12:00:00Z',
			updated: '2024-06-30T12:00:00Z',
			uri: SOURCE,
			text: 'a\n\nb',
			tags: ['tides', 'resolved'],
			target: [
				{
					source: SOURCE,
					selector: [
						{ type: 'TextQuoteSelector', exact: 'turns', prefix: 'The 😀 tide ', suffix: ' at noon.潮水在正午转向。' },
						{ type: 'TextPositionSelector', start: 11, end: 16 },
					],
				},
			],
			motivation: 'assessing',
			kind: 'check',
		});
		const reply = rows.find((row: { text: string }) => row.text === 'c');
		assert.deepEqual(reply.references, [check.id]);
		const before = await session.text(SIDECAR);
		const [[[added]]] = (await imported(session, text)) as [[[number]]];
		assert.equal(added, 0);
		assert.equal(await session.text(SIDECAR), before);
	});

	it('keeps edited notes when an older export is imported', async () => {
		const session = await noted();
		const text = await exported(session, 'jsonld');
		const [check] = (await session.notes()).notes.filter(({ kind }) => kind === 'check');
		await session.done('edit', { id: check?.id, text: 'edited' });
		const before = await session.text(SIDECAR);
		assert.deepEqual(await imported(session, text), [[[0, 3, 1]], [], []]);
		assert.equal(await session.text(SIDECAR), before);
	});

	it('restores deleted notes on import', async () => {
		for (const format of ['jsonld', 'hypothesis']) {
			const session = await noted();
			const text = await exported(session, format);
			const before = await session.text(SIDECAR);
			// Hypothesis does not distinguish an unmodified note from one that was modified at once.
			const seen = async (): Promise<unknown> =>
				(await session.notes()).notes.map(({ location: _, modified: __, ...note }) => note);
			const views = await seen();
			for (const { id, carrier } of (await session.notes()).notes)
				if (carrier === 'sidecar') await session.done('delete', { id });
			const dry = await imported(session, text, { dryRun: true });
			assert.doesNotMatch(await session.text(SIDECAR), /items/);
			assert.deepEqual(await imported(session, text), dry);
			if (format === 'jsonld') assert.equal(await session.text(SIDECAR), before);
			assert.deepEqual(await seen(), views);
		}
	});

	it('imports rows of Hypothesis, and exports them with all of their keys', async () => {
		const session = annotationSession(HEAD + BODY);
		assert.deepEqual(await imported(session, JSON.stringify({ total: 2, rows: [ROW, REPLY] })), [[[2, 0, 0]], [], []]);
		assertMeetsModel(await session.text(SIDECAR));
		const [note] = (await session.notes()).notes.filter(({ carrier }) => carrier === 'sidecar');
		assert.ok(note);
		assert.deepEqual(
			[note.id, note.kind, note.text, note.tags, note.creator, note.created, note.modified, note.anchor.state],
			[
				`https://hypothes.is/a/${ROW.id}`,
				'note',
				ROW.text,
				['tides'],
				'Ines Okafor',
				'2023-05-04T08:30:00.123456Z',
				'2023-05-05T08:30:00.000000Z',
				'exact',
			],
		);
		assert.deepEqual(session.at(note.anchor.ranges), ['noon']);
		assert.deepEqual(
			note.replies.map(({ text, replyTo }) => [text, replyTo]),
			[['It is.', note.id]],
		);
		const { rows } = JSON.parse(await exported(session, 'hypothesis'));
		const back = rows.find(({ id }: { id: string }) => id === ROW.id);
		for (const key of ['user', 'text', 'tags', 'group', 'permissions', 'document', 'links', 'user_info'] as const)
			assert.deepEqual(back[key], ROW[key], key);
		assert.deepEqual(rows.find(({ id }: { id: string }) => id === 'reply').references, [ROW.id]);
	});

	it('reports notes without an article and invalid items', async () => {
		const session = annotationSession(HEAD + BODY);
		const elsewhere = { ...ROW, id: 'x', uri: 'https://other.example/' };
		assert.deepEqual(await imported(session, JSON.stringify([elsewhere, { id: 1 }, ROW])), [
			[[1, 0, 0]],
			[['https://other.example/', 1]],
			['Row 2 has no "id" or "uri"'],
		]);
		assert.deepEqual(await imported(session, '{"a":1}'), [
			[],
			[],
			['This JSON is not a W3C annotation or annotation collection'],
		]);
		const wrong = await session.run('import', { text: '', format: 'rtf' });
		assert.deepEqual(
			wrong.kind === 'refused' && wrong.message,
			'marginalia.annotations.import takes "jsonld" or "hypothesis" as "format"',
		);
	});

	it('reads W3C annotations in any form, and assigns stable ids', () => {
		const one = { '@context': 'http://www.w3.org/ns/anno.jsonld', type: 'Annotation', bodyValue: 'a', target: SOURCE };
		const [first] = readNotes(JSON.stringify(one), undefined, NOTE_KINDS).annotations;
		assert.equal(first?.source, SOURCE);
		assert.match(first?.annotation.id ?? '', /^urn:uuid:[\da-f-]{36}$/);
		const [again] = readNotes(JSON.stringify([one]), undefined, NOTE_KINDS).annotations;
		assert.deepEqual(again, first);
	});

	it('detects the format from the content', () => {
		assert.equal(readNotes(JSON.stringify(ROW), undefined, NOTE_KINDS).annotations.length, 1);
		assert.deepEqual(readHypothesis([], NOTE_KINDS), { annotations: [], faults: [] });
		assert.deepEqual(readNotes('{"total":0,"rows":[]}', undefined, NOTE_KINDS), { annotations: [], faults: [] });
	});
});

describe('exporting notes as documents', () => {
	it('writes Markdown with each quote and its note', async () => {
		const session = await noted();
		assert.equal(
			await exported(session, 'markdown'),
			[
				'# Tide',
				'<https://news.example/2021/tide/>  \nPublished 2021-12-16.',
				'> turns',
				'**Check** · Ines Okafor · 2024-06-30 · #tides · #resolved',
				'a',
				'b',
				'- **Note** · Ines Okafor · 2024-06-30\n\n  c',
				'> noon',
				'Ines Okafor · 2024-06-30',
				'> 正午',
				'**Question** · jo · 2024-01-02 · #时间',
				'几点？\n',
			].join('\n\n'),
		);
	});

	it('writes one HTML document in which all content is escaped', async () => {
		const session = annotationSession(HEAD.replace('Tide', 'Tide & <b>') + BODY);
		await session.done('add', { select: 'turns', text: '<script>alert(1)</script>\n"x"' });
		const html = await exported(session, 'html');
		assert.match(html, /<title>Notes on Tide &amp; &lt;b&gt;<\/title>/);
		assert.match(html, /<p class="said">&lt;script&gt;alert\(1\)&lt;\/script&gt;\n&quot;x&quot;<\/p>/);
		assert.match(html, /<blockquote><mark>turns<\/mark><\/blockquote>/);
		assert.match(html, /<a href="https:\/\/news\.example\/2021\/tide\/">/);
		assert.doesNotMatch(html, /<script|<b>/);
	});
});
