import { span } from '../article/span.ts';
import { isSomewhereOn, localDay } from '../util/day.ts';
import { type NoteContent, parseNote, REST_START } from './inline.ts';
import { canonical, compact, equals, type Json, type JsonObject, listOf, stringsOf } from './json.ts';
import { HIGHLIGHT, type Kinds } from './kinds.ts';
import { type Annotation, creatorsOf } from './model.ts';
import { composeAnnotation, RESOLVED, readRemark } from './remark.ts';
import { uuidOf } from './uuid.ts';

/**
 * A note in a text is a comment, `<!-- kind: text #tag @person 2021-12-17 -->`. What an annotation says beyond that follows as JSON, so
 * that it comes out of the text as it went in: the keys that the words do not give, `@without` those that they give too much, and `@of`
 * a mark of the words. Where somebody edited them since, the words count.
 */

/** Keys that words can give. */
const SPOKEN = ['body', 'bodyValue', 'created', 'creator', 'motivation'];

/** What the place of a note gives to its annotation. */
export interface Placed {
	/** The identity that it has as long as it names none. */
	readonly id: string;
	/** What it is about. */
	readonly target: Json;
	/** Whether it answers another note. */
	readonly isReply: boolean;
}

/** The annotation that a comment is. */
export function annotationOf(note: NoteContent, placed: Placed, words: string, kinds: Kinds): Annotation {
	const spoken = spokenAnnotation(note, placed, kinds);
	if (!note.rest) return spoken;
	const { '@of': mark, '@without': without, ...rest } = note.rest.value;
	const isEdited = mark !== markOf(words);
	const gone = isEdited ? [] : listOf(without);
	const kept = Object.entries({ ...spoken, ...rest }).map(([key, value]): [string, Json | undefined] => {
		if (gone.includes(key)) return [key, undefined];
		return [key, isEdited && SPOKEN.includes(key) && !saysTheSame(key, spoken, rest) ? spoken[key] : value];
	});
	return compact(Object.fromEntries(kept)) as Annotation;
}

/** Whether words give what is written more exactly elsewhere: the day of a time, the name of a person. */
function saysTheSame(key: string, spoken: JsonObject, rest: JsonObject): boolean {
	if (key === 'created') {
		const [day = '', written = ''] = [spoken, rest].map(({ created }) => stringsOf(created)[0]);
		// The day may have been written where the calendar shows another one.
		return isSomewhereOn(written, day.slice(0, 10));
	}
	if (key !== 'creator') return false;
	const [names = '', others] = [spoken, rest].map(value =>
		creatorsOf(value)
			.map(({ name }) => name)
			.join('\n'),
	);
	return names !== '' && names === others;
}

/** The words of a comment: all but the JSON behind them. */
export function commentText(
	text: string,
	content: { readonly start: number; readonly end: number },
	note: NoteContent,
): string {
	return text.slice(content.start, note.rest?.span.start ?? content.end).trim();
}

function spokenAnnotation({ kind, text, tags, people, date }: NoteContent, placed: Placed, kinds: Kinds): Annotation {
	const names = people.filter(person => person.span.start >= text.span.end).map(({ value }) => value);
	const agents = names.map(name => ({ type: 'Person', name }));
	const said = {
		kind: kind.value,
		text: text.value,
		tags: tags.map(tag => tag.value),
		resolved: tags.some(tag => tag.value === RESOLVED),
	};
	const rest = compact({
		id: placed.id,
		target: placed.target,
		creator: agents.length > 1 ? agents : agents[0],
		created: date && `${date.value}T00:00:00Z`,
		motivation: placed.isReply ? 'replying' : undefined,
	});
	return composeAnnotation(said, rest as Annotation, kinds);
}

/** The comment that an annotation becomes; read again at its place, it is the same annotation. */
export function writeComment(annotation: Annotation, placed: Placed, kinds: Kinds): string {
	const words = wordsFor(annotation, kinds);
	const note = parseNote(words, span(0, words.length), kinds);
	const spoken = note ? spokenAnnotation(note, placed, kinds) : compact({});
	const different = Object.entries(annotation).filter(([key, value]) => !equals(value, spoken[key]));
	const without = Object.keys(spoken).filter(key => annotation[key] === undefined);
	if (different.length + without.length === 0) return `<!-- ${words} -->`;
	const rest: JsonObject = compact({
		'@of': markOf(words),
		'@without': without.length > 0 ? without : undefined,
		...Object.fromEntries(different),
	});
	// `@` comes before all letters, so the JSON starts as it is looked for; two hyphens could end the comment.
	return `<!-- ${words} ${canonical(rest).replaceAll('--', '-\\u002d')} -->`;
}

/** An annotation in words, as far as it goes: what cannot be said so is left out or said otherwise. */
function wordsFor(annotation: Annotation, kinds: Kinds): string {
	const { kind, text, tags, resolved, created } = readRemark(annotation);
	const shown = asWords(text);
	const head = `${kinds.has(kind) && kind !== HIGHLIGHT ? kind : 'note'}:`;
	const said = parseNote(`${head} ${shown}`, span(0, head.length + 1 + shown.length), kinds);
	const known = new Set(said?.tags.map(tag => tag.value));
	const trailer = [
		...[...tags, ...(resolved ? [RESOLVED] : [])].filter(tag => !known.has(tag)).map(tag => `#${tag}`),
		...creatorsOf(annotation).flatMap(({ name = '' }) =>
			/^\p{L}[\p{L}\p{M}\p{N}_.-]*$/u.test(name) ? `@${name}` : `@"${name}"`,
		),
		...(created ? [localDay(created)] : []),
	].filter(word => parsesAsTrailer(word, kinds));
	return [head, shown, ...trailer].filter(word => word !== '').join(' ');
}

/** Whether a word behind a note is read as what it is meant for. */
function parsesAsTrailer(word: string, kinds: Kinds): boolean {
	if (asWords(word) !== word) return false;
	const line = `note: ${word}`;
	const note = parseNote(line, span(0, line.length), kinds);
	return note?.text.value === '' && note.tags.length + note.people.length + (note.date ? 1 : 0) === 1;
}

/** A text on one line that neither ends a comment nor starts one, nor is taken for the JSON behind it. */
function asWords(text: string): string {
	return text
		.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
		.replace(/-(?=-!?>)/g, '‐')
		.replaceAll('<!--', '<!‐-')
		.replaceAll(REST_START, '{ "@of":"')
		.trim();
}

function markOf(words: string): string {
	return uuidOf(words).slice(0, 8);
}
