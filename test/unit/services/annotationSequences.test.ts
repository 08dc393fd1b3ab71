import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { collapse, expand } from '../../../server/src/article/format.ts';
import { runs } from '../../support/runs.ts';
import { HEAD } from '../languageFeatures/harness.ts';
import { ARTICLE, type Given, type Session } from './annotationSession.ts';
import { type Change, createWorld, tokensOf, type World } from './annotationWorld.ts';

const BODIES = [
	'<p>The 😀 tide <b>turns at</b> noon &amp; the ferry leaves.</p><h2>Harbour</h2><p>A gull cried twice over the <i>old</i> quay, then a bell rang.</p><ul><li>ropes</li><li>nets and lamps</li></ul>\n',
	'<p>潮水在正午转向，渡轮十一点离岸。</p><figure><img src="a.png"><figcaption>𠀀码头的<b>灯塔</b></figcaption></figure><p>老人说：潮水从不等人，渡轮也不等。</p>\n',
	`${'<p>The tide came in at noon.</p>'.repeat(3)}<p>The tide came in at noon, and so did the ferry.</p>\n`,
];

/** One step: an action, and three numbers that determine where and how. */
const KINDS = [
	...['add', 'addInText', 'highlight', 'reply', 'edit', 'tags', 'resolve', 'delete', 'convert', 'convert', 'reanchor'],
	...['acceptChange', 'insert', 'erase', 'replace', 'addBlock', 'eraseBlock', 'copyBlock', 'moveBlock', 'expand'],
	...['collapse', 'undoText', 'undoText', 'redoText', 'undo', 'redo', 'save', 'save', 'restart', 'othersAdd'],
	...['othersEdit', 'othersDelete', 'branch', 'merge', 'exchange', 'toggleSidecar'],
] as const;
const step = fc.record({ kind: fc.constantFrom(...KINDS), a: fc.nat(999), b: fc.nat(999), c: fc.nat(999) });
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function pick<T>(all: readonly T[], number: number): T | undefined {
	return all[number % all.length];
}

interface Part {
	readonly start: number;
	readonly end: number;
}

/** The matches of a pattern in an article outside of tags and comments or, with `tags`, in the whole text. */
function partsOf(text: string, pattern: RegExp, tags = false): readonly Part[] {
	const head = text.slice(0, HEAD.length);
	const body = text.slice(HEAD.length);
	const searched = tags ? body : body.replace(/<!--[\s\S]*?-->|<[^>]*>|&\w+;/g, tag => '\0'.repeat(tag.length));
	return [...searched.matchAll(pattern)].map(({ index, 0: found }) => ({
		start: head.length + index,
		end: head.length + index + found.length,
	}));
}

const WORD = /[a-z]+|\p{Script=Han}{1,2}|😀/giu;
const BLOCK = /<(p|h2|ul|figure)>[\s\S]*?<\/\1>/g;

/** The span from one word to the same or a later one. */
function selectionIn(text: string, { a, b }: Step): Part | undefined {
	const found = partsOf(text, WORD);
	const first = a % found.length;
	const last = found[Math.min(first + (b % 4), found.length - 1)];
	return found[first] && last && { start: found[first].start, end: last.end };
}

/** The selected words. */
function wordsOf(text: string, { start, end }: Part): string {
	return text
		.slice(start, end)
		.replace(/<!--[\s\S]*?-->|<[^>]*>/g, '')
		.replaceAll('&amp;', '&');
}

function spliced(text: string, { start, end }: Part, added = ''): string {
	return text.slice(0, start) + added + text.slice(end);
}

async function take(world: World, given: Step): Promise<void> {
	const { kind, a, b, c } = given;
	const text = world.text();
	const note = pick(world.shown, a);
	const remark = note && pick([note, ...note.replies], b);
	const selected = selectionIn(text, given);
	const block = pick(partsOf(text, BLOCK, true), a);
	const word = pick(partsOf(text, WORD), a);
	switch (kind) {
		case 'add':
		case 'addInText': {
			if (!selected) return;
			const token = world.nextToken();
			const carrier = kind === 'add' ? 'sidecar' : 'inline';
			const words = carrier === 'sidecar' ? [[token, wordsOf(text, selected)] as const] : [];
			return world.run('add', { ...selectRange(text, selected), text: token, carrier }, { added: [token], words });
		}
		case 'highlight':
			return selected
				? world.run('highlight', { ...selectRange(text, selected), carrier: c % 2 ? 'inline' : 'sidecar' })
				: undefined;
		case 'reply': {
			if (!remark) return;
			const token = world.nextToken();
			return world.run('reply', { id: remark.id, text: token }, { added: [token] });
		}
		case 'edit':
			return remark?.text
				? world.run('edit', { id: remark.id, text: `${remark.text} ${b}${c % 2 ? '\n\nx' : ''}` })
				: undefined;
		case 'tags':
			return remark ? world.run('edit', { id: remark.id, tags: ['tide', 'x y'].slice(c % 3) }) : undefined;
		case 'resolve':
			return note ? world.run(c % 2 ? 'resolve' : 'unresolve', { id: note.id }) : undefined;
		case 'delete': {
			if (!note || !remark || c % 3 > 0) return;
			const deleted = remark === note ? tokensOf(note) : tokensOf({ ...note, text: remark.text, replies: [] });
			return world.run('delete', { id: remark.id }, { deleted });
		}
		case 'convert': {
			if (!note) return;
			const [token] = tokensOf(note);
			const words = token && note.quote ? [[token, note.quote.exact] as const] : [];
			return world.run('convert', { id: note.id }, { words });
		}
		case 'reanchor': {
			if (!note || !selected) return;
			const [token] = tokensOf(note);
			const words = token ? [[token, wordsOf(text, selected)] as const] : [];
			const change: Change = { words, moved: tokensOf(note) };
			return world.run('reanchor', { id: note.id, ...selectRange(text, selected) }, change);
		}
		case 'acceptChange': {
			const changed = pick(
				world.shown.filter(one => one.anchor.state === 'changed'),
				a,
			);
			const [token] = changed ? tokensOf(changed) : [];
			if (!changed || !token) return;
			return world.run('acceptChange', { id: changed.id }, { words: [[token, changed.anchor.text ?? '']] });
		}
		case 'insert':
			return word && world.edit(spliced(text, { start: word.end, end: word.end }, ` ${pick(['high', '水', '😀'], b)}`));
		case 'erase':
			return word && world.edit(spliced(text, word));
		case 'replace':
			return word && world.edit(spliced(text, word, pick(['tide', '潮水', 'noon', 'new'], b)));
		case 'addBlock':
			return (
				block && world.edit(spliced(text, { start: block.start, end: block.start }, `<p>New lines, number ${b}.</p>`))
			);
		case 'eraseBlock':
			return block && c % 2 ? world.edit(spliced(text, block)) : undefined;
		case 'copyBlock':
		case 'moveBlock': {
			if (!block) return;
			const moved = text.slice(block.start, block.end);
			const rest = kind === 'moveBlock' ? spliced(text, block) : text;
			const place = pick(partsOf(rest, BLOCK, true), b)?.start ?? HEAD.length;
			return world.edit(spliced(rest, { start: place, end: place }, moved));
		}
		case 'expand':
			return world.edit(expand(text));
		case 'collapse':
			return world.edit(collapse(text));
		case 'undoText':
			return world.undoText(-1);
		case 'redoText':
			return world.undoText(1);
		case 'undo':
		case 'redo':
			return world.undo(kind);
		case 'save':
			return world.save();
		case 'restart':
			return c % 2 ? world.save().then(() => world.restart()) : world.restart();
		case 'othersAdd':
		case 'othersEdit':
		case 'othersDelete':
			return world.others(other => actOfOthers(world, other, given));
		case 'toggleSidecar':
			return world.toggleSidecar();
		case 'exchange':
			return world.exchange(c % 2 ? 'jsonld' : 'hypothesis');
		case 'branch':
			return world.branch();
		case 'merge':
			return world.merge(c % 2 ? 'union' : 'conflict', b);
	}
}

async function actOfOthers(world: World, other: Session, given: Step): Promise<Change | undefined> {
	const { kind, a } = given;
	if (kind === 'othersAdd') {
		const text = await other.text(ARTICLE);
		const selected = selectionIn(text, given);
		if (!selected) return undefined;
		const token = world.nextToken();
		await other.done('add', { ...selectRange(text, selected), text: token });
		return { added: [token], words: [[token, wordsOf(text, selected)]] };
	}
	const note = pick(
		(await other.notes()).notes.filter(({ carrier }) => carrier === 'sidecar'),
		a,
	);
	if (!note) return undefined;
	if (kind === 'othersEdit') {
		if (note.text) await other.done('edit', { id: note.id, text: `${note.text} theirs` });
		return { edited: tokensOf(note) };
	}
	await other.done('delete', { id: note.id });
	return { deleted: tokensOf(note) };
}

/** A selection as a command argument. */
function selectRange(text: string, { start, end }: Part): Given {
	const document = TextDocument.create(ARTICLE, 'article', 0, text);
	return { range: { start: document.positionAt(start), end: document.positionAt(end) } };
}

describe('notes', () => {
	it('are never lost, nor silently on other words, after any sequence of actions', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom(...BODIES),
				fc.array(step, { maxLength: 30, size: 'max' }),
				async (body, steps) => {
					const world = createWorld(HEAD + body);
					for (const one of steps) {
						await take(world, one);
						await world.check();
					}
					await world.save();
					await world.restart();
					await world.check();
				},
			),
			{ numRuns: runs(80) },
		);
	});
});
