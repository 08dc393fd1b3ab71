import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { NOTE_KINDS } from '../../../server/src/annotations/kinds.ts';
import { parseArticle } from '../../../server/src/article/article.ts';
import { applyEdits } from '../../../server/src/article/edits.ts';
import { enterBlock } from '../../../server/src/article/enter.ts';
import { collapse, expand } from '../../../server/src/article/format.ts';
import { lineBreakOf } from '../../../server/src/article/lines.ts';
import { markupEdits } from '../../../server/src/languageFeatures/markupEdits/markupEdits.ts';
import { isObstacle } from '../../../server/src/languageFeatures/markupEdits/result.ts';
import { runsOf } from '../../../server/src/languageFeatures/markupEdits/runs.ts';
import { FORM_COMMANDS } from '../../../server/src/protocol/commands.ts';
import type { MarkupName } from '../../../server/src/protocol/editing.ts';
import { waitFor } from '../waitFor.ts';
import type { Random } from './random.ts';
import type { EditorState, OffsetRange, Witness } from './witness.ts';

/** What a user does at once, and the text that has to come of it. */
export interface Step {
	/** What is done, for the report. */
	readonly name: string;
	/** What is selected before. */
	readonly selections: readonly OffsetRange[];
	readonly expected: string;
	/** Whether Undo leads back. */
	readonly isUndoable: boolean;
	perform(): Promise<void>;
}

/** Where steps are made. */
export interface Desk {
	readonly page: Page;
	readonly witness: Witness;
	/** The folder that is open: a git repository. */
	readonly folder: string;
	readonly random: Random;
}

type StepMaker = (desk: Desk, state: EditorState) => Step | undefined | Promise<Step | undefined>;

const WORDS = ['tide', 'the harbour', 'low water', 'Ebbe', 'A boat, late.', 'seven'];
const HAN = ['灯塔', '潮水退了', '码头。', '渡轮在夜里'];

/** How long a step may take, in milliseconds, on a busy machine. */
export const STEP_MS = 30_000;

/** The fastest and the slowest typist: milliseconds between two keys. */
const KEY_MS: OffsetRange = [10, 90];

const MARKUP_KEYS: readonly (readonly [MarkupName, key: string])[] = [
	['bold', 'Control+B'],
	['italic', 'Control+I'],
	['heading1', 'Control+Shift+Digit1'],
	['heading2', 'Control+Shift+Digit2'],
	['heading3', 'Control+Shift+Digit3'],
	['list', 'Control+Shift+Digit8'],
	['quote', 'Control+Shift+Digit9'],
	['comment', 'Control+/'],
];

/** The steps, each as often as it stands here. */
const MAKERS: readonly StepMaker[] = [
	...[typeWords, typeWords, typeWords, typeHan, typeElement, typeElement, typeAtTwoCursors],
	...[pressEnter, pressEnter, pressShiftEnter, deleteWords, deleteWords, replaceWords],
	...[paste, cutAndPaste, toggle, toggle, toggle, toForm, toForm, save, checkOut],
];

/** Returns a random step that changes the text, or saves it. */
export async function nextStep(desk: Desk, state: EditorState): Promise<Step> {
	for (;;) {
		const step = await desk.random.of(MAKERS)(desk, state);
		if (step) return step;
	}
}

/** Returns a random place in the words of the body, between two characters. */
function placeInWords({ random }: Desk, text: string): number | undefined {
	const runs = runsOf(parseArticle(text)).filter(
		({ kind, start, end }) => kind === 'text' && text.slice(start, end).trim() !== '',
	);
	if (runs.length === 0) return undefined;
	const { start, end } = random.of(runs);
	const offset = random.between(start, end);
	// Not between the halves of a character, nor within a reference.
	const before = text.slice(start, offset);
	return /[\ud800-\udbff]$|\r$|&[^\s;]*$/.test(before) ? undefined : offset;
}

/** Returns a random range in the words of the body. */
function wordsIn(desk: Desk, text: string): OffsetRange | undefined {
	const start = placeInWords(desk, text);
	if (start === undefined) return undefined;
	const words = /^[^<&\r\n]{1,20}/.exec(text.slice(start))?.[0] ?? '';
	const length = desk.random.between(1, Math.max(1, words.length));
	return words === '' || /[\ud800-\udbff]$/.test(words.slice(0, length)) ? undefined : [start, start + length];
}

function replaced(text: string, [start, end]: OffsetRange, by: string): string {
	return text.slice(0, start) + by + text.slice(end);
}

function typeAt({ page, random }: Desk, text: string, range: OffsetRange | undefined, typed: string): Step | undefined {
	if (range === undefined) return undefined;
	const delay = random.between(...KEY_MS);
	return {
		name: `type ${JSON.stringify(typed)} at ${delay} ms a key`,
		selections: [range],
		expected: replaced(text, range, typed),
		isUndoable: true,
		perform: () => page.keyboard.type(typed, { delay }),
	};
}

function cursorAt(offset: number | undefined): OffsetRange | undefined {
	return offset === undefined ? undefined : [offset, offset];
}

function typeWords(desk: Desk, { text }: EditorState): Step | undefined {
	const typed = `${desk.random.of(WORDS)} ${desk.random.of(WORDS)}`;
	return typeAt(desk, text, cursorAt(placeInWords(desk, text)), typed);
}

/** As an input method does: all characters at once. */
function typeHan(desk: Desk, { text }: EditorState): Step | undefined {
	const offset = placeInWords(desk, text);
	if (offset === undefined) return undefined;
	const typed = desk.random.of(HAN);
	return {
		name: `enter ${typed}`,
		selections: [[offset, offset]],
		expected: replaced(text, [offset, offset], typed),
		isUndoable: true,
		perform: () => desk.page.keyboard.insertText(typed),
	};
}

function typeElement(desk: Desk, { text }: EditorState): Step | undefined {
	const name = desk.random.of(['b', 'em', 'mark', 'q']);
	return typeAt(desk, text, cursorAt(placeInWords(desk, text)), `<${name}>${desk.random.of(WORDS)}</${name}>`);
}

function typeAtTwoCursors(desk: Desk, { text }: EditorState): Step | undefined {
	const [one, other] = [placeInWords(desk, text), placeInWords(desk, text)];
	if (one === undefined || other === undefined || one >= other) return undefined;
	const step = typeAt(desk, text, [one, one], desk.random.of(WORDS));
	if (!step) return undefined;
	const typed = step.expected.slice(one, one + step.expected.length - text.length);
	return {
		...step,
		name: `${step.name}, at two cursors`,
		selections: [
			[one, one],
			[other, other],
		],
		expected: replaced(replaced(text, [other, other], typed), [one, one], typed),
	};
}

function pressEnter({ page, random }: Desk, { text }: EditorState): Step | undefined {
	const bodyStart = parseArticle(text).body.span.start;
	const ends = Array.from(text.matchAll(/(?<=[^\s>])<\/(?:p|li|h[1-6])>/g), ({ index }) => index);
	const places = ends.filter(place => place > bodyStart);
	if (places.length === 0) return undefined;
	const start = random.of(places);
	const indent = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', start - 1) + 1, start))?.[0] ?? '';
	const lineBreak = lineBreakOf(text) + indent;
	const broken = replaced(text, [start, start], lineBreak);
	const offset = start + lineBreak.length;
	const edits = enterBlock(broken, start, offset, offset);
	return {
		name: 'press Enter',
		selections: [[start, start]],
		expected: applyEdits(
			broken,
			edits.map(({ start, end, text }) => ({ span: { start, end }, newText: text })),
		),
		isUndoable: true,
		perform: () => page.keyboard.press('Enter'),
	};
}

function pressShiftEnter(desk: Desk, { text }: EditorState): Step | undefined {
	const range = cursorAt(placeInWords(desk, text));
	if (!range) return undefined;
	return {
		name: 'press Shift+Enter',
		selections: [range],
		expected: replaced(text, range, '<br>'),
		isUndoable: true,
		perform: () => desk.page.keyboard.press('Shift+Enter'),
	};
}

function deleteWords(desk: Desk, { text }: EditorState): Step | undefined {
	const range = wordsIn(desk, text);
	if (!range) return undefined;
	return {
		name: 'delete',
		selections: [range],
		expected: replaced(text, range, ''),
		isUndoable: true,
		perform: () => desk.page.keyboard.press(desk.random.of(['Delete', 'Backspace'])),
	};
}

function replaceWords(desk: Desk, { text }: EditorState): Step | undefined {
	return typeAt(desk, text, wordsIn(desk, text), desk.random.of(WORDS));
}

function paste(desk: Desk, { text }: EditorState): Step | undefined {
	const range = wordsIn(desk, text);
	if (!range) return undefined;
	const pasted = `${desk.random.of(WORDS)} ${desk.random.of(HAN)}`;
	return {
		name: `paste ${pasted}`,
		selections: [range],
		expected: replaced(text, range, pasted),
		isUndoable: true,
		async perform() {
			await desk.page.evaluate(words => navigator.clipboard.writeText(words), pasted);
			await desk.page.keyboard.press('Control+V');
		},
	};
}

function cutAndPaste(desk: Desk, { text }: EditorState): Step | undefined {
	const range = wordsIn(desk, text);
	if (!range) return undefined;
	const cut = text.slice(...range);
	const rest = replaced(text, range, '');
	const target = placeInWords(desk, rest);
	if (target === undefined) return undefined;
	return {
		name: `cut ${cut} and paste it`,
		selections: [range],
		expected: replaced(rest, [target, target], cut),
		isUndoable: false,
		async perform() {
			await desk.page.keyboard.press('Control+X');
			await waitFor(
				() => desk.witness.state(),
				state => state.text === rest,
				'the text without what was cut',
				STEP_MS,
			);
			await desk.witness.select([target, target]);
			await desk.page.keyboard.press('Control+V');
		},
	};
}

function toggle(desk: Desk, { text }: EditorState): Step | undefined {
	const [markup, key] = desk.random.of(MARKUP_KEYS);
	const range = desk.random.of([wordsIn(desk, text), cursorAt(placeInWords(desk, text))]);
	if (!range) return undefined;
	const selection = { start: range[0], end: range[1] };
	const marked = markupEdits(parseArticle(text), [selection], markup, undefined, NOTE_KINDS);
	if (isObstacle(marked)) return undefined;
	const expected = applyEdits(text, marked.edits);
	if (expected === text) return undefined;
	return {
		name: `toggle ${markup}`,
		selections: [range],
		expected,
		isUndoable: true,
		perform: () => desk.page.keyboard.press(key),
	};
}

function toForm({ witness, random }: Desk, { text, indent }: EditorState): Step | undefined {
	const command = random.of([FORM_COMMANDS.expand, FORM_COMMANDS.collapse]);
	const expected = command === FORM_COMMANDS.expand ? expand(text, indent) : collapse(text);
	if (expected === text) return undefined;
	return { name: command, selections: [], expected, isUndoable: true, perform: () => witness.command(command) };
}

function save({ page, witness, folder }: Desk, { text, path, isDirty }: EditorState): Step | undefined {
	if (!isDirty) return undefined;
	return {
		name: 'save',
		selections: [],
		expected: text,
		isUndoable: false,
		async perform() {
			await page.keyboard.press('Control+S');
			await waitFor(
				() => witness.state(),
				state => !state.isDirty,
				'the article to be saved',
				STEP_MS,
			);
			const saved = await readFile(join(folder, path), 'utf8');
			if (saved.replace(/^\ufeff/, '') !== text) throw new Error(`${path} was saved with another text: ${saved}`);
		},
	};
}

/** Commits the article and checks out an earlier version of it, as a user does in a terminal. */
async function checkOut(desk: Desk, { text, path, isDirty }: EditorState): Promise<Step | undefined> {
	if (isDirty) return undefined;
	const git = async (...args: readonly string[]): Promise<string> =>
		(await promisify(execFile)('git', ['-C', desk.folder, ...args])).stdout;
	await git('commit', '-q', '-am', 'Edit', '--allow-empty');
	const versions = (await git('log', '--format=%h', '-n', '10', '--', path)).trim().split('\n');
	const version = desk.random.of(versions);
	const expected = (await git('show', `${version}:${path}`)).replace(/^\ufeff/, '');
	if (expected === text) return undefined;
	return {
		name: `check out version ${versions.indexOf(version)} of ${path}`,
		selections: [],
		expected,
		isUndoable: false,
		perform: async () => void (await git('checkout', '-q', version, '--', path)),
	};
}
