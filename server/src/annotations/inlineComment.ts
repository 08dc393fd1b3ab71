import { span } from '../article/span.ts';
import { isSomewhereOn, localDay } from '../util/day.ts';
import { type NoteContent, parseNote, REST_START } from './inline.ts';
import { canonical, compact, equals, type Json, type JsonObject, listOf, stringsOf } from './json.ts';
import { HIGHLIGHT, type Kinds } from './kinds.ts';
import { type Annotation, creatorsOf } from './model.ts';
import { composeAnnotation, RESOLVED, readRemark } from './remark.ts';
import { uuidOf } from './uuid.ts';

/**
 * An inline note is an HTML comment, `<!-- kind: text #tag @person 2021-12-17 -->`. What the words cannot express of an annotation
 * follows as JSON, so that it survives the round trip: the keys that the words do not give, `@without` for keys that they give but the
 * annotation does not have, and `@of` with a digest of the words. If the words were edited since, they take precedence over the JSON.
 */

/** Annotation keys that the words of a comment can express. */
const WORD_KEYS = ['body', 'bodyValue', 'created', 'creator', 'motivation'];

/** What an annotation gets from the place of its note. */
export interface Placed {
	/** Its id, unless its JSON has one. */
	readonly id: string;
	readonly target: Json;
	/** Whether it is a reply to another note. */
	readonly isReply: boolean;
}

/** Converts a comment to an annotation. */
export function annotationOf(note: NoteContent, placed: Placed, words: string, kinds: Kinds): Annotation {
	const fromWords = annotationFromWords(note, placed, kinds);
	if (!note.rest) return fromWords;
	const { '@of': digest, '@without': without, ...rest } = note.rest.value;
	const isEdited = digest !== digestOf(words);
	const gone = isEdited ? [] : listOf(without);
	const kept = Object.entries({ ...fromWords, ...rest }).map(([key, value]): [string, Json | undefined] => {
		if (gone.includes(key)) return [key, undefined];
		return [key, isEdited && WORD_KEYS.includes(key) && !agrees(key, fromWords, rest) ? fromWords[key] : value];
	});
	return compact(Object.fromEntries(kept)) as Annotation;
}

/** Whether the words and the JSON agree on a value that the JSON gives more exactly: the day of a time, the name of a person. */
function agrees(key: string, fromWords: JsonObject, rest: JsonObject): boolean {
	if (key === 'created') {
		const [day = '', written = ''] = [fromWords, rest].map(({ created }) => stringsOf(created)[0]);
		// The day may have been written in another time zone.
		return isSomewhereOn(written, day.slice(0, 10));
	}
	if (key !== 'creator') return false;
	const [names = '', others] = [fromWords, rest].map(value =>
		creatorsOf(value)
			.map(({ name }) => name)
			.join('\n'),
	);
	return names !== '' && names === others;
}

/** Returns the words of a comment, without the trailing JSON. */
export function commentText(
	text: string,
	content: { readonly start: number; readonly end: number },
	note: NoteContent,
): string {
	return text.slice(content.start, note.rest?.span.start ?? content.end).trim();
}

function annotationFromWords(
	{ kind, text, tags, people, date }: NoteContent,
	placed: Placed,
	kinds: Kinds,
): Annotation {
	const names = people.filter(person => person.span.start >= text.span.end).map(({ value }) => value);
	const agents = names.map(name => ({ type: 'Person', name }));
	const content = {
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
	return composeAnnotation(content, rest as Annotation, kinds);
}

/** Converts an annotation to a comment. Reading it back at the same place gives the same annotation. */
export function writeComment(annotation: Annotation, placed: Placed, kinds: Kinds): string {
	const words = wordsFor(annotation, kinds);
	const note = parseNote(words, span(0, words.length), kinds);
	const fromWords = note ? annotationFromWords(note, placed, kinds) : compact({});
	const different = Object.entries(annotation).filter(([key, value]) => !equals(value, fromWords[key]));
	const without = Object.keys(fromWords).filter(key => annotation[key] === undefined);
	if (different.length + without.length === 0) return `<!-- ${words} -->`;
	const rest: JsonObject = compact({
		'@of': digestOf(words),
		'@without': without.length > 0 ? without : undefined,
		...Object.fromEntries(different),
	});
	// `@` sorts before all letters, so the JSON starts with `REST_START`. Two hyphens could end the comment.
	return `<!-- ${words} ${canonical(rest).replaceAll('--', '-\\u002d')} -->`;
}

/** Expresses an annotation in words as far as possible; the rest is left out or approximated. */
function wordsFor(annotation: Annotation, kinds: Kinds): string {
	const { kind, text, tags, resolved, created } = readRemark(annotation);
	const shown = asWords(text);
	const head = `${kinds.has(kind) && kind !== HIGHLIGHT ? kind : 'note'}:`;
	const parsed = parseNote(`${head} ${shown}`, span(0, head.length + 1 + shown.length), kinds);
	const known = new Set(parsed?.tags.map(tag => tag.value));
	const trailer = [
		...[...tags, ...(resolved ? [RESOLVED] : [])].filter(tag => !known.has(tag)).map(tag => `#${tag}`),
		...creatorsOf(annotation).flatMap(({ name = '' }) =>
			/^\p{L}[\p{L}\p{M}\p{N}_.-]*$/u.test(name) ? `@${name}` : `@"${name}"`,
		),
		...(created ? [localDay(created)] : []),
	].filter(word => parsesAsTrailer(word, kinds));
	return [head, shown, ...trailer].filter(word => word !== '').join(' ');
}

/** Whether a trailing word is parsed back as a single tag, person or date. */
function parsesAsTrailer(word: string, kinds: Kinds): boolean {
	if (asWords(word) !== word) return false;
	const line = `note: ${word}`;
	const note = parseNote(line, span(0, line.length), kinds);
	return note?.text.value === '' && note.tags.length + note.people.length + (note.date ? 1 : 0) === 1;
}

/** Puts a text on one line, and breaks up anything that would end or start a comment or look like the trailing JSON. */
function asWords(text: string): string {
	return text
		.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
		.replace(/-(?=-!?>)/g, '‐')
		.replaceAll('<!--', '<!‐-')
		.replaceAll(REST_START, '{ "@of":"')
		.trim();
}

function digestOf(words: string): string {
	return uuidOf(words).slice(0, 8);
}
