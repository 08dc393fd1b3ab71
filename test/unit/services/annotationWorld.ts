import assert from 'node:assert/strict';
import { createTextModel } from '../../../server/src/annotations/anchor/textModel.ts';
import { parseSidecar } from '../../../server/src/annotations/sidecar.ts';
import { repairsOf } from '../../../server/src/annotations/sidecarRepair.ts';
import { parseArticle } from '../../../server/src/article/article.ts';
import type { DocumentNotes, NoteView } from '../../../server/src/protocol/annotations.ts';
import { assertMeetsModel } from '../annotations/w3c.ts';
import { filesOver } from '../languageFeatures/harness.ts';
import { ARTICLE, annotationSession, type Given, type Session, SIDECAR } from './annotationSession.ts';
import { mergeByLines } from './mergeByLines.ts';

/** The text of a note in a test, by which it is identified. */
const TOKEN = /«\d+»/g;

/** Stands for the words of a token that occurs more than once. */
const COPIED = '';

/** The tokens in a text. */
function tokensIn(text: string | undefined): ReadonlySet<string> {
	return new Set(text?.match(TOKEN));
}

/** An article, the editor that has it open, changes of others to its notes, and the notes that must exist. */
export interface World {
	readonly session: Session;
	/** The current text of the article. */
	text(): string;
	/** All notes as last shown. */
	readonly shown: readonly NoteView[];
	/** The words of a new note. */
	nextToken(): string;
	/** Runs a command; its effects on tokens are recorded if it succeeds. */
	run(command: string, given: Given, change?: Change): Promise<void>;
	/** Replaces the text, as the user would. */
	edit(text: string): void;
	/** Undoes or redoes the last change of the text. */
	undoText(by: -1 | 1): void;
	undo(command: 'undo' | 'redo'): Promise<void>;
	save(): Promise<void>;
	/** Exports all notes and imports the result, which changes nothing. */
	exchange(format: 'jsonld' | 'hypothesis'): Promise<void>;
	/** Restarts with the files on disk. */
	restart(): Promise<void>;
	/** Opens the sidecar in the editor, which saves it after each change, or closes it. */
	toggleSidecar(): void;
	/** Another user, who has the files or, since `branch`, a copy of them. */
	others(act: (other: Session) => Promise<Change | undefined>): Promise<void>;
	branch(): void;
	merge(how: 'union' | 'conflict', keep: number): Promise<void>;
	/** Checks all invariants. */
	check(): Promise<void>;
}

/** The tokens that a command adds and deletes, and the words that a token is on after it. */
export interface Change {
	readonly added?: readonly string[];
	readonly deleted?: readonly string[];
	readonly words?: readonly (readonly [token: string, words: string])[];
	/** Tokens of notes edited by others, which are kept even if they are deleted in the text. */
	readonly edited?: readonly string[];
	/** The tokens whose words are expected to change. */
	readonly moved?: readonly string[];
}

function normal(text: string): string {
	return createTextModel(text).normal;
}

/** The tokens of a note: its own, and those of its replies. */
export function tokensOf({ text, replies }: NoteView): readonly string[] {
	return [text, ...replies.map(reply => reply.text)].flatMap(one => one.match(TOKEN) ?? []);
}

/** Creates a world with one article. */
export function createWorld(article: string): World {
	const disk = new Map<string, Uint8Array>([[ARTICLE, new TextEncoder().encode(article)]]);
	const decode = (files: ReadonlyMap<string, Uint8Array>, uri: string): string | undefined =>
		files.has(uri) ? new TextDecoder().decode(files.get(uri)) : undefined;
	let count = 0;
	const uuid = (): string =>
		`${(Math.imul(++count, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0')}-0000-4000-8000-${String(count).padStart(12, '0')}`;
	const start = (text: string, files = disk): Session => annotationSession(text, { files: filesOver(files), uuid });
	let session = start(article);
	let history = [article];
	let at = 0;
	let tokens = 0;
	let shown: readonly NoteView[] = [];
	let copy: { base: string; files: Map<string, Uint8Array> } | undefined;
	/** Tokens that must be shown, those that are only shown after the next save, and those that have been in the sidecar. */
	const must = new Set<string>();
	const pending = new Set<string>();
	/** Tokens that may exist in another version, which is kept if the shown one is deleted. */
	const theirs = new Set<string>();
	const beside = new Set<string>();
	/** The words that each token may be on in the sidecar. */
	const words = new Map<string, Set<string>>();
	let [done, undone]: [Change[], Change[]] = [[], []];

	let isOpen = false;
	const toggleSidecar = (): void => {
		const saved = decode(disk, SIDECAR);
		if (isOpen) session.close(SIDECAR);
		else if (saved !== undefined) session.open(SIDECAR, saved);
		isOpen = !isOpen && saved !== undefined;
	};
	const closeSidecar = (): void => {
		if (isOpen) toggleSidecar();
	};
	const autoSave = async (): Promise<void> => {
		if (!isOpen) return;
		disk.set(SIDECAR, new TextEncoder().encode(await session.text(SIDECAR)));
		session.service.forgetSidecars();
	};

	const text = (): string => history[at] as string;
	const onDisk = (): ReadonlySet<string> => tokensIn(`${decode(disk, ARTICLE)}${decode(disk, SIDECAR)}`);
	const take = ({ added = [], deleted = [], words: its = [] }: Change): void => {
		for (const token of added) must.add(token);
		for (const token of deleted) must.delete(token);
		for (const [token, value] of its) words.set(token, (words.get(token) ?? new Set()).add(normal(value)));
	};
	const reversed = ({ added, deleted }: Change): Change => ({ added: deleted ?? [], deleted: added ?? [] });
	/** Tokens lost with an older or newer text: those that were never anywhere else are gone, the others may be back after the next save. */
	const takeText = (before: string, after: string): void => {
		const [had, has] = [tokensIn(before), tokensIn(after)];
		for (const token of has) if (!had.has(token)) must.add(token);
		const inFile = tokensIn(decode(disk, SIDECAR));
		for (const token of had) {
			if (has.has(token) || inFile.has(token)) continue;
			if (beside.has(token) && must.has(token)) pending.add(token);
			else must.delete(token);
		}
		for (const token of has) pending.delete(token);
	};
	const follow = async (): Promise<void> => {
		const now = await session.text(ARTICLE);
		if (now === text()) return;
		history = [...history.slice(0, at + 1), now];
		at++;
	};
	/** Fixes the problems that a merge caused, as a user would. */
	const repair = (keep: number): void => {
		for (let round = 0; ; round++) {
			const found = decode(disk, SIDECAR) ?? '';
			const [fault] = parseSidecar(found).faults;
			if (!fault) return;
			assert.ok(round < 50, fault.message);
			const repairs = repairsOf(found, fault, { source: 'https://news.example/2021/tide/', title: 'Tide' });
			const chosen = repairs[keep % repairs.length];
			assert.ok(chosen, `${fault.kind}: ${fault.message}`);
			disk.set(SIDECAR, new TextEncoder().encode(chosen.text));
		}
	};
	const show = async (): Promise<DocumentNotes> => {
		const view = await session.notes();
		assert.equal(view.fault, undefined);
		const seen = new Set(view.notes.flatMap(tokensOf));
		for (const token of must) assert.ok(seen.has(token) || pending.has(token), `${token} is lost`);
		for (const token of tokensIn(decode(disk, SIDECAR))) beside.add(token);
		return view;
	};
	/** The words under each note in the text; a copied token is on several. */
	const wordsInText = (notes: readonly NoteView[]): ReadonlyMap<string, string> => {
		const found = new Map<string, string>();
		for (const note of notes.filter(({ carrier }) => carrier === 'inline'))
			for (const token of tokensOf(note)) found.set(token, found.has(token) ? COPIED : normal(note.quote?.exact ?? ''));
		return found;
	};
	let stored = onDisk();

	return {
		get session() {
			return session;
		},
		text,
		get shown() {
			return shown;
		},
		nextToken: () => `«${++tokens}»`,
		async run(command, given, change = {}) {
			const before = wordsInText(shown);
			const all = shown.flatMap(tokensOf);
			const isCopied = (token: string): boolean => all.indexOf(token) !== all.lastIndexOf(token);
			const outcome = await session.run(command, given);
			if (outcome.kind === 'refused') {
				assert.match(outcome.code, /^(not-possible|not-found|arguments|conflict)$/, outcome.message);
				return;
			}
			await follow();
			await autoSave();
			take(change);
			if (outcome.undoable) {
				done.push(change);
				undone = [];
			}
			const { notes } = await show();
			const seen = new Set(notes.flatMap(tokensOf));
			for (const token of change.deleted ?? [])
				assert.ok(!seen.has(token) || isCopied(token) || theirs.has(token), `${token} is there again`);
			for (const [token, value] of wordsInText(notes)) {
				const was = before.get(token);
				if (was !== undefined && was !== COPIED && value !== COPIED && !change.moved?.includes(token))
					assert.equal(value, was, `${token} moved`);
			}
		},
		edit(after) {
			const [had, has] = [tokensIn(text()), tokensIn(after)];
			for (const token of had) if (!has.has(token)) must.delete(token);
			history = [...history.slice(0, at + 1), after];
			at++;
			session.open(ARTICLE, after);
		},
		undoText(by) {
			const next = history[at + by];
			if (next === undefined) return;
			takeText(text(), next);
			at += by;
			session.open(ARTICLE, next);
		},
		async undo(command) {
			const [from, to] = command === 'undo' ? [done, undone] : [undone, done];
			const outcome = await session.run(command);
			if (outcome.kind === 'refused') {
				if (outcome.code === 'conflict') from.pop();
				else assert.equal(outcome.code, 'not-found', outcome.message);
				return;
			}
			const last = from.pop();
			assert.ok(last);
			const back = reversed(last);
			if (outcome.undoable) to.push(back);
			take(back);
			await autoSave();
		},
		async save() {
			await session.save();
			await autoSave();
			pending.clear();
		},
		async exchange(format) {
			const before = [text(), decode(disk, SIDECAR)];
			const outcome = await session.run('export', { format, uris: [ARTICLE] });
			assert.ok(outcome.kind === 'done' && outcome.exported);
			if (format === 'jsonld') assertMeetsModel(outcome.exported.text);
			const { kind, imported } = {
				imported: undefined,
				...(await session.run('import', { text: outcome.exported.text })),
			};
			assert.deepEqual([kind, imported?.faults], ['done', []]);
			// A reply to a note that others deleted does not name a page.
			assert.ok(imported?.missing.every(({ source }) => source.startsWith('urn:uuid:')));
			assert.deepEqual([await session.text(ARTICLE), decode(disk, SIDECAR)], before);
		},
		async restart() {
			closeSidecar();
			const kept = onDisk();
			for (const token of must) if (!kept.has(token)) must.delete(token);
			for (const token of tokensIn(decode(disk, ARTICLE))) must.add(token);
			// A note may be in both files, and newer in the sidecar; a user who deletes the shown one has not seen the other.
			const inFile = tokensIn(decode(disk, SIDECAR));
			for (const token of tokensIn(decode(disk, ARTICLE))) if (inFile.has(token)) theirs.add(token);
			pending.clear();
			[done, undone] = [[], []];
			history = [decode(disk, ARTICLE) ?? ''];
			at = 0;
			session = start(text());
		},
		toggleSidecar,
		async others(act) {
			closeSidecar();
			const files = copy?.files ?? disk;
			const change = await act(start(decode(files, ARTICLE) ?? '', files));
			if (!change) return;
			for (const token of change.edited ?? []) theirs.add(token);
			if (copy) take({ words: change.words ?? [] });
			else {
				take(change);
				session.service.forgetSidecars();
			}
		},
		branch() {
			copy = { base: decode(disk, SIDECAR) ?? '', files: new Map(disk) };
		},
		async merge(how, keep) {
			if (!copy) return;
			closeSidecar();
			const [base, ours, theirs] = [copy.base, decode(disk, SIDECAR) ?? '', decode(copy.files, SIDECAR) ?? ''];
			copy = undefined;
			if (ours === theirs) return;
			const union = how === 'union' ? mergeByLines(base, ours, theirs) : undefined;
			const merged = union ?? `<<<<<<< ours\n${ours}=======\n${theirs}>>>>>>> theirs\n`;
			disk.set(SIDECAR, new TextEncoder().encode(merged));
			session.service.forgetSidecars();
			// Notes deleted by others are not lost while they are in the unsaved text.
			stored = onDisk();
			const there = tokensIn(merged);
			const inText = tokensIn(text());
			for (const token of tokensIn(ours)) if (!there.has(token) && !inText.has(token)) must.delete(token);
			for (const token of tokensIn(theirs)) if (!tokensIn(base).has(token)) must.add(token);
			if (union !== undefined) await show();
			repair(keep);
			session.service.forgetSidecars();
		},
		async check() {
			const now = onDisk();
			for (const token of stored) assert.ok(now.has(token) || !must.has(token), `${token} is on the disk no more`);
			stored = now;
			const file = decode(disk, SIDECAR);
			if (file !== undefined) {
				assertMeetsModel(file);
				assert.deepEqual(parseSidecar(file).faults, []);
			}
			({ notes: shown } = await show());
			const source = text();
			const { content } = parseArticle(source);
			for (const note of shown) {
				const { state, ranges } = note.anchor;
				const [token = ''] = note.text.match(TOKEN) ?? [];
				const expected = words.get(token);
				if (note.carrier === 'inline' || !expected || !(state === 'exact' || state === 'moved')) continue;
				const found = normal(
					session
						.at(ranges)
						.map(part => parseArticle(`<!--0-->\n[a](https://a.example/)\n------\n\n${part}`).content.value)
						.join(''),
				);
				assert.ok(content.value.length > 0 && expected.has(found), `${token} is on ${found}, not ${[...expected]}`);
			}
		},
	};
}
