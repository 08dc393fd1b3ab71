import { diffArrays } from 'diff';
import { parseArticle } from './article.ts';
import { comparisonForm, createOriginalOffset } from './comparisonForm.ts';
import { applyEdits, type TextEdit } from './edits.ts';
import { restoreForm } from './format.ts';
import { applyToPieces, toEdits } from './pieces.ts';
import { span } from './span.ts';

/** How many lines or words may differ before all between the first and the last one counts as changed. */
const MAX_CHANGED_PARTS = 2_000;

/** Where lines end, after the line break. */
const LINE_END = /(?<=\n)/;

/** Where words end. The white space before a word belongs to it. */
const WORD_END = /(?<=\S)(?=\s)/;

/**
 * Returns the edits of an article that correspond to those of its comparison form, with blank lines, in text order. What was
 * not edited stays as it is, byte for byte. An article in one of the two forms keeps that form, so that line breaks that
 * were typed between blocks have no effect.
 *
 * @param edited the comparison form of the article after it was edited
 * @param shown the comparison form that was edited, if the article may have changed since
 * @returns `undefined` if the same lines were edited as have changed in the article since
 */
export function comparisonEdits(text: string, edited: string, shown?: string): readonly TextEdit[] | undefined {
	const form = comparisonForm(text, { blankLines: true });
	const since = shown === undefined || shown === form.text ? [] : changes(shown, form.text);
	const moved = moveChanges(changes(shown ?? form.text, edited), since);
	if (!moved) return undefined;
	const original = createOriginalOffset(form);
	const edits = moved.flatMap(wordEdits).map(({ span: { start, end }, newText }) => {
		// White space that the layout left out belongs to no edit of the word before it.
		const isAfterWord = (start === end ? /[^\s>]/ : /\S/).test(form.text.charAt(end - 1));
		const to = isAfterWord ? original(end - 1) + 1 : original(end);
		return { span: span(start === end ? to : original(start), to), newText };
	});
	const made = applyEdits(text, edits);
	if (made === text) return [];
	const restored = restoreForm(text, parseArticle(made));
	return toEdits(text, applyToPieces(applyToPieces([span(0, text.length)], edits), restored));
}

/** Whole lines or words of a text that were replaced. */
interface Change {
	readonly start: number;
	readonly old: string;
	readonly made: string;
}

/** Returns the changes that turn a text into another: one for each run of lines, or what else the texts are split at, that differ. */
function changes(before: string, after: string, split = LINE_END): readonly Change[] {
	const parts = diffArrays(before.split(split), after.split(split), { maxEditLength: MAX_CHANGED_PARTS });
	if (!parts) return [{ start: 0, old: before, made: after }];
	const found: Change[] = [];
	let at = 0;
	let [removed, added] = ['', ''];
	const close = (): void => {
		if (removed !== added) found.push({ start: at - removed.length, old: removed, made: added });
		[removed, added] = ['', ''];
	};
	for (const part of parts) {
		const value = part.value.join('');
		if (part.added) added += value;
		else {
			if (!part.removed) close();
			at += value.length;
			if (part.removed) removed += value;
		}
	}
	close();
	return found;
}

/**
 * Moves changes of a text to what it became by other changes. Those that both made are left out.
 *
 * @returns `undefined` if two of them concern the same lines
 */
function moveChanges(ours: readonly Change[], theirs: readonly Change[]): readonly Change[] | undefined {
	const moved: Change[] = [];
	let [next, shift] = [0, 0];
	for (const our of ours) {
		let isMade = false;
		for (let their = theirs[next]; their && their.start <= our.start + our.old.length; their = theirs[++next]) {
			isMade = their.start === our.start && their.old === our.old && their.made === our.made;
			if (!isMade && overlap(our, their)) return undefined;
			if (!isMade && their.start >= our.start + our.old.length) break;
			shift += their.made.length - their.old.length;
		}
		if (!isMade) moved.push({ ...our, start: our.start + shift });
	}
	return moved;
}

/** Whether two changes of a text concern the same lines, or add some in the same place. */
function overlap(one: Change, other: Change): boolean {
	const [end, otherEnd] = [one.start + one.old.length, other.start + other.old.length];
	const isBetween = one.old === '' || other.old === '';
	return isBetween ? one.start <= otherEnd && other.start <= end : one.start < otherEnd && other.start < end;
}

/**
 * Returns the edits of changed lines word by word, since the white space between words that were not edited may be another one in the
 * article.
 */
function wordEdits(lines: Change): readonly TextEdit[] {
	const words = oneByOne(lines, LINE_END).flatMap(({ start, old, made }) =>
		changes(old, made, WORD_END).map(change => ({ ...change, start: start + change.start })),
	);
	return words.flatMap(run => oneByOne(run, WORD_END)).map(differenceOf);
}

/** Divides a change of several lines or words, if there are as many as before. */
function oneByOne(change: Change, split: RegExp): readonly Change[] {
	const [old, made] = [change.old.split(split), change.made.split(split)];
	if (old.length !== made.length) return [change];
	let end = change.start;
	return old.map((part, index) => {
		end += part.length;
		return { start: end - part.length, old: part, made: made[index] ?? '' };
	});
}

/** Returns the edit of a change, without what the two texts share at both ends. */
function differenceOf({ start, old, made }: Change): TextEdit {
	const shorter = Math.min(old.length, made.length);
	let head = 0;
	while (head < shorter && old[head] === made[head]) head++;
	if (isHighSurrogate(old, head - 1)) head--;
	let tail = 0;
	while (tail < shorter - head && old[old.length - 1 - tail] === made[made.length - 1 - tail]) tail++;
	if (tail > 0 && isHighSurrogate(old, old.length - tail - 1)) tail--;
	return { span: span(start + head, start + old.length - tail), newText: made.slice(head, made.length - tail) };
}

function isHighSurrogate(text: string, at: number): boolean {
	return at >= 0 && (text.charCodeAt(at) & 0xfc00) === 0xd800;
}
