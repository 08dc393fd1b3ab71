import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { normalForm } from '../../server/src/annotations/anchor/normalForm.ts';
import { type Article, parseArticle, parseDocument } from '../../server/src/article/article.ts';
import { expand } from '../../server/src/article/format.ts';
import type { NoteView } from '../../server/src/protocol/annotations.ts';
import { createRandom, type Random } from '../bench/random.ts';
import { sampled } from '../support/runs.ts';
import { assertMeetsModel } from '../unit/annotations/w3c.ts';
import { filesOver } from '../unit/languageFeatures/harness.ts';
import { ARTICLE, annotationSession, type Given, type Session, SIDECAR } from '../unit/services/annotationSession.ts';
import { corpusFiles } from './corpus.ts';

const files = sampled(corpusFiles()).filter(({ text }) => parseDocument(text).kind === 'article');

/** The number of notes to add to each article in each way. */
const NOTES = 4;

/**
 * Selects up to 60 characters of the text from a random offset; `undefined` if they contain nothing to select.
 */
function selectionIn(random: Random, { content, text }: Article): Given | undefined {
	if (content.value.trim() === '') return undefined;
	const start = random.below(content.value.length);
	const spans = content.toSpans({ start, end: Math.min(content.value.length, start + 1 + random.below(60)) });
	const [first, last] = [spans[0], spans.at(-1)];
	if (!first || !last) return undefined;
	const document = TextDocument.create(ARTICLE, 'article', 0, text);
	return { range: { start: document.positionAt(first.start), end: document.positionAt(last.end) } };
}

/** Returns the notes that this test added. */
async function ours(session: Session): Promise<readonly NoteView[]> {
	return (await session.notes()).notes.filter(({ text }) => text.startsWith('«'));
}

const seen = (text: string): string => normalForm(text).normal;

describe('notes on the corpus', () => {
	before(function () {
		if (files.length === 0) this.skip();
	});

	it('are added, moved, exported, imported and deleted, which restores every byte of the article', async () => {
		const counts = { added: 0, refused: 0, moved: 0, stayed: 0 };
		for (const [index, { path, text }] of files.entries()) {
			const random = createRandom(index + 1);
			const article = parseArticle(text);
			const disk = new Map([[ARTICLE, new TextEncoder().encode(text)]]);
			const session = annotationSession(text, { files: filesOver(disk) });
			let count = 0;
			for (const carrier of ['sidecar', 'inline'] as const) {
				for (let number = 0; number < NOTES; number++) {
					const selection = selectionIn(random, parseArticle(await session.text(ARTICLE)));
					if (!selection) continue;
					const outcome = await session.run('add', { ...selection, text: `«${++count}»`, carrier });
					if (outcome.kind === 'refused') {
						assert.equal(outcome.code, 'not-possible', `${path}: ${outcome.message}`);
						counts.refused++;
						continue;
					}
					counts.added++;
					await session.done('reply', { id: outcome.id, text: '是' });
				}
			}
			const added = await ours(session);
			assert.ok(
				added.every(({ anchor }) => anchor.state === 'exact'),
				path,
			);
			/** Moves all notes, except those that cannot be moved. */
			const moveAll = async (carrier: 'inline' | 'sidecar'): Promise<void> => {
				for (const { id, carrier: now } of await ours(session)) {
					if (now === carrier) continue;
					const outcome = await session.run('convert', { id, carrier });
					assert.ok(outcome.kind === 'done' || outcome.code === 'not-possible', path);
					counts[outcome.kind === 'done' ? 'moved' : 'stayed']++;
				}
				await session.save();
				assert.equal((await ours(session)).length, added.length, path);
			};
			await moveAll('sidecar');
			assert.ok((await session.text(ARTICLE)) === text, `${path} is another text`);
			await moveAll('inline');
			assert.equal(seen(parseArticle(await session.text(ARTICLE)).content.value), seen(article.content.value), path);
			for (const format of ['jsonld', 'hypothesis']) {
				const before = [await session.text(ARTICLE), disk.get(SIDECAR)];
				const outcome = await session.run('export', { format, uris: [ARTICLE] });
				assert.ok(outcome.kind === 'done' && outcome.exported, path);
				if (format === 'jsonld') assertMeetsModel(outcome.exported.text);
				const imported = await session.run('import', { text: outcome.exported.text });
				assert.ok(imported.kind === 'done' && imported.imported?.faults.length === 0, path);
				assert.deepEqual([await session.text(ARTICLE), disk.get(SIDECAR)], before, path);
			}
			await moveAll('sidecar');
			assert.ok((await session.text(ARTICLE)) === text, `${path} is another text`);
			session.open(ARTICLE, expand(text));
			for (const { anchor } of await ours(session))
				assert.ok(anchor.state === 'exact' || anchor.state === 'moved', `${path}: ${anchor.state}, ${anchor.reason}`);
			session.open(ARTICLE, text);
			for (const { id } of await ours(session)) await session.done('delete', { id });
			assert.doesNotMatch(await session.text(SIDECAR), /"items"/, path);
			assert.ok((await session.text(ARTICLE)) === text, `${path} is another text`);
		}
		assert.ok(counts.added > files.length * NOTES && counts.moved > counts.added, JSON.stringify(counts));
		console.log(`    ${files.length} articles: ${JSON.stringify(counts)}`);
	});
});
