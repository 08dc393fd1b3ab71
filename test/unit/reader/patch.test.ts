import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ReaderPatch, ReaderView } from '../../../server/src/protocol/reader.ts';
import { answerFor, type Sent } from '../../../server/src/reader/patch.ts';
import { HEAD } from '../languageFeatures/harness.ts';
import { applyPatch, draw, textOf } from './support.ts';

/** A reader that has received some versions of a body. */
function createReader(): { read(body: string): ReaderPatch | undefined; readonly view: ReaderView } {
	let version = 0;
	let sent: Sent | undefined;
	let view: ReaderView | undefined;
	return {
		read(body) {
			version++;
			const answered = answerFor(draw(`${HEAD}${body}\n`), version, sent);
			sent = answered.sent;
			const { answer } = answered;
			if (answer.kind === 'view') view = answer.view;
			if (answer.kind !== 'patch' || !view) return undefined;
			view = applyPatch(view, answer.patch);
			return answer.patch;
		},
		get view() {
			if (!view) throw new Error('nothing was read');
			return view;
		},
	};
}

/** Returns the texts of the blocks that a patch redraws. */
function drawn(patch: ReaderPatch | undefined): string[] {
	return (patch?.insert ?? []).map(entry => ('content' in entry ? textOf(entry.content.markup) : `kept ${entry.id}`));
}

describe('patching the view', () => {
	it('sends only the edited block, which keeps its id, and moves those after it', () => {
		const reader = createReader();
		reader.read('<p>a</p><p>b</p><p>c</p>');
		const patch = reader.read('<p>a</p><p>bb</p><p>c</p>');
		assert.deepEqual(drawn(patch), ['bb']);
		assert.deepEqual(
			[patch?.at, patch?.remove, patch?.shift, patch?.contents, patch?.head],
			[1, 1, 1, undefined, undefined],
		);
		assert.deepEqual(
			reader.view.blocks.map(({ id }) => id),
			[1, 2, 3],
		);
	});

	it('gives new blocks new ids, and keeps the ids of blocks that changed places', () => {
		const reader = createReader();
		reader.read('<p>a</p><p>b</p><p>c</p>');
		reader.read('<p>a</p><p>new</p><p>b</p><p>c</p>');
		assert.deepEqual(
			reader.view.blocks.map(({ id }) => id),
			[1, 4, 2, 3],
		);
		assert.deepEqual(drawn(reader.read('<p>c</p><p>b</p><p>new</p><p>a</p>')), [
			'kept 3',
			'kept 2',
			'kept 4',
			'kept 1',
		]);
	});

	it('sends an empty patch if nothing visible changed', () => {
		const reader = createReader();
		reader.read('<p>a</p><!-- x --><p>b</p>');
		const patch = reader.read('<p>a</p><!-- xyz --><p>b</p>');
		assert.deepEqual([drawn(patch), patch?.at, patch?.shift], [[], 1, 2]);
		assert.equal(reader.view.blocks[1]?.start, HEAD.length + '<p>a</p><!-- xyz -->'.length);
	});

	it('gives the same result as a full view after any edits', () => {
		const paragraph = fc.constantFrom(
			'<p>a</p>',
			'<p>b</p>',
			'<h2>h</h2>',
			'<h3>i</h3>',
			'<p><mark>m</mark><!-- note: n --></p>',
			'<hr>',
			'<ul><li>l</li></ul>',
			'text',
		);
		fc.assert(
			fc.property(fc.array(fc.array(paragraph, { maxLength: 12 }), { minLength: 1, maxLength: 6 }), bodies => {
				const reader = createReader();
				for (const body of bodies) reader.read(body.join(''));
				const fresh = createReader();
				fresh.read(bodies.at(-1)?.join('') ?? '');
				const { view } = reader;
				assert.equal(new Set(view.blocks.map(({ id }) => id)).size, view.blocks.length);
				assert.deepEqual(unnamed(view), unnamed(fresh.view));
			}),
		);
	});
});

/** A view in which blocks are identified by their indices. */
function unnamed({ head, contents, blocks, notes }: ReaderView): unknown {
	const places = new Map(blocks.map(({ id }, at) => [id, at]));
	return {
		head,
		contents: contents.map(entry => ({ ...entry, block: places.get(entry.block) })),
		notes: notes.map(note => ({ ...note, block: places.get(note.block) })),
		blocks: blocks.map(block => ({ ...block, id: places.get(block.id) })),
	};
}
