import type { TextDocument } from 'vscode-languageserver-textdocument';
import { partOf, subjectOf, targetFor, withPlace } from '../../annotations/describe.ts';
import type { Edit } from '../../annotations/edit.ts';
import { compact, equals, type JsonObject } from '../../annotations/json.ts';
import { HIGHLIGHT, type Kinds } from '../../annotations/kinds.ts';
import type { Annotation } from '../../annotations/model.ts';
import type { Carrier, Note, Reply } from '../../annotations/note.ts';
import { composeAnnotation, RESOLVED, reviseAnnotation, type Said } from '../../annotations/remark.ts';
import { obstacleOf } from '../../annotations/sidecar.ts';
import type { SidecarFile } from '../../annotations/sidecarFiles.ts';
import type { Article } from '../../article/article.ts';
import { type Span, span } from '../../article/span.ts';
import { toSpan } from '../position.ts';
import { Arguments } from './arguments.ts';
import { nameOf, type SidecarChanges } from './changes.ts';
import { type Outcome, Refusal } from './outcome.ts';

/** An article with its notes, as it is at the moment of a command. */
export interface Annotated {
	readonly document: TextDocument;
	readonly article: Article;
	readonly file: SidecarFile | undefined;
	readonly notes: readonly Note[];
	/** The kinds of note that its archive has. */
	readonly kinds: Kinds;
}

/** What commands work with. */
export interface CommandContext {
	/** @throws Refusal where there is no such article */
	load(uri: string): Promise<Annotated>;
	readonly changes: SidecarChanges;
	settings(uri: string): Promise<{ readonly author: string | undefined; readonly carrier: Carrier }>;
	/** The present as the W3C model writes it: `2021-12-17T09:30:00Z`. */
	now(): string;
	/** An identity that nothing has yet, without `urn:uuid:`. */
	uuid(): string;
}

type Run = (context: CommandContext, given: Arguments) => Promise<Outcome>;

/** What the server can be asked to do with notes, by name without `marginalia.annotations.`. Each takes one object. */
const RUNS: Readonly<Record<string, Run>> = {
	/** `uri`, `range` (else the article as a whole), `kind`, `text`, `tags`, `carrier`. */
	add,
	/** `uri`, `range`, `carrier`. */
	highlight,
	/** `uri`, `id` of a note or reply, and what is to be changed of `kind`, `text`, `tags`. */
	edit,
	/** `uri`, `id` of a note or reply, `text`, `kind`. */
	reply,
	/** `uri`, `id` of a note or reply. */
	delete: remove,
	/** `uri`, `id`. */
	resolve: (context, given) => settle(context, given, true),
	unresolve: (context, given) => settle(context, given, false),
	/** `uri`, `id`, `range`. */
	reanchor,
	/** `uri`, `id` of a note whose words have changed. */
	acceptChange,
	undo: ({ changes }) => changes.undo(),
	redo: ({ changes }) => changes.redo(),
};

const PREFIX = 'marginalia.annotations.';

/** The names of all commands. */
export const ANNOTATION_COMMANDS: readonly string[] = Object.keys(RUNS).map(name => PREFIX + name);

/** Runs one of `ANNOTATION_COMMANDS`; what keeps it from being done is its outcome. */
export async function runCommand(context: CommandContext, command: string, given: unknown): Promise<Outcome> {
	const run = command.startsWith(PREFIX) ? RUNS[command.slice(PREFIX.length)] : undefined;
	try {
		if (!run) throw new Refusal('arguments', `There is no command ${command}`);
		return await run(context, new Arguments(command, given ?? {}));
	} catch (error) {
		if (error instanceof Refusal) return error.outcome;
		throw error;
	}
}

async function add(context: CommandContext, given: Arguments): Promise<Outcome> {
	const [text, kind] = [given.text('text'), given.optionalText('kind') ?? 'note'];
	return annotate(context, given, { kind, text, tags: given.texts('tags') ?? [], resolved: false });
}

async function highlight(context: CommandContext, given: Arguments): Promise<Outcome> {
	return annotate(context, given, { kind: HIGHLIGHT, text: '', tags: [], resolved: false });
}

async function annotate(context: CommandContext, given: Arguments, wanted: Said): Promise<Outcome> {
	const uri = given.text('uri');
	const annotated = await context.load(uri);
	const said = checkSaid(wanted, annotated.kinds);
	if (said.text === '' && said.tags.length === 0 && said.kind !== HIGHLIGHT)
		throw new Refusal('arguments', 'A note has a text or a tag');
	const range = given.optionalRange('range');
	const { article } = annotated;
	const part = range && selectedPart(annotated, toSpan(annotated.document, range));
	const subject = subjectOf(uri, article);
	const id = `urn:uuid:${context.uuid()}`;
	const made = composeAnnotation(
		said,
		{ ...(await creation(context, uri)), id, target: targetFor(article.content.value, part, subject.source) },
		annotated.kinds,
	);
	const label = said.kind === HIGHLIGHT ? 'Highlight' : 'Annotate';
	const undoable = await context.changes.make(uri, subject, [{ before: undefined, after: made }], label);
	return { kind: 'done', id, undoable };
}

async function reply(context: CommandContext, given: Arguments): Promise<Outcome> {
	const uri = given.text('uri');
	const annotated = await context.load(uri);
	const { remark } = find(annotated, given.text('id'));
	const kind = given.optionalText('kind') ?? 'note';
	const said = checkSaid({ kind, text: given.text('text'), tags: [], resolved: false }, annotated.kinds);
	if (said.text === '') throw new Refusal('arguments', 'A reply has a text');
	const id = `urn:uuid:${context.uuid()}`;
	const made = composeAnnotation(
		said,
		{ ...(await creation(context, uri)), id, motivation: 'replying', target: remark.id },
		annotated.kinds,
	);
	const undoable = await context.changes.make(
		uri,
		subjectOf(uri, annotated.article),
		[{ before: undefined, after: made }],
		'Reply',
	);
	return { kind: 'done', id, undoable };
}

async function edit(context: CommandContext, given: Arguments): Promise<Outcome> {
	const uri = given.text('uri');
	const annotated = await context.load(uri);
	const { remark } = find(annotated, given.text('id'));
	const said = checkSaid(
		{
			kind: given.optionalText('kind') ?? remark.kind,
			text: given.optionalText('text') ?? remark.text,
			tags: given.texts('tags') ?? remark.tags,
			resolved: false,
		},
		new Map([...annotated.kinds, [remark.kind, remark.motivation]]),
	);
	if (said.text === '' && said.tags.length === 0 && said.kind !== HIGHLIGHT)
		throw new Refusal('arguments', 'A note has a text or a tag; delete it if nothing is left to say');
	const { kind, text, tags } = said;
	return revise(context, annotated, remark.id, { kind, text, tags }, 'Edit Note');
}

async function settle(context: CommandContext, given: Arguments, resolved: boolean): Promise<Outcome> {
	const annotated = await context.load(given.text('uri'));
	const { note } = find(annotated, given.text('id'));
	return revise(context, annotated, note.id, { resolved }, resolved ? 'Resolve' : 'Unresolve');
}

async function revise(
	context: CommandContext,
	annotated: Annotated,
	id: string,
	said: Partial<Said>,
	label: string,
): Promise<Outcome> {
	const before = annotationOf(annotated, id);
	return replace(context, annotated, before, reviseAnnotation(before, said, annotated.kinds), label);
}

async function replace(
	context: CommandContext,
	{ document: { uri }, article }: Annotated,
	before: Annotation,
	after: Annotation,
	label: string,
): Promise<Outcome> {
	if (equals(before, after)) return { kind: 'done', id: before.id, undoable: false };
	const edit: Edit = { before, after: { ...after, modified: context.now() } };
	const undoable = await context.changes.make(uri, subjectOf(uri, article), [edit], label);
	return { kind: 'done', id: before.id, undoable };
}

async function remove(context: CommandContext, given: Arguments): Promise<Outcome> {
	const uri = given.text('uri');
	const annotated = await context.load(uri);
	const { note, remark } = find(annotated, given.text('id'));
	if (remark !== note && note.replies.some(({ replyTo }) => replyTo === remark.id))
		throw new Refusal('not-possible', 'Somebody answered this reply; delete the answer first');
	const gone = remark === note ? [note, ...note.replies] : [remark];
	const edits = gone.map(({ id }): Edit => ({ before: annotationOf(annotated, id), after: undefined }));
	const undoable = await context.changes.make(uri, subjectOf(uri, annotated.article), edits, 'Delete Note');
	return { kind: 'done', undoable };
}

async function reanchor(context: CommandContext, given: Arguments): Promise<Outcome> {
	const annotated = await context.load(given.text('uri'));
	const { note } = find(annotated, given.text('id'));
	const part = selectedPart(annotated, toSpan(annotated.document, given.range('range')));
	return place(context, annotated, note, part, 'Re-anchor');
}

async function acceptChange(context: CommandContext, given: Arguments): Promise<Outcome> {
	const annotated = await context.load(given.text('uri'));
	const { note } = find(annotated, given.text('id'));
	const [first, last] = [note.anchor.spans[0], note.anchor.spans.at(-1)];
	if (!first || !last || !note.quote)
		throw new Refusal('not-possible', 'There is no one place in the article that can be accepted for this note');
	return place(context, annotated, note, selectedPart(annotated, span(first.start, last.end)), 'Accept Change');
}

async function place(
	context: CommandContext,
	annotated: Annotated,
	note: Note,
	part: Span,
	label: string,
): Promise<Outcome> {
	const { article, document } = annotated;
	const before = annotationOf(annotated, note.id);
	const { source } = subjectOf(document.uri, article);
	return replace(context, annotated, before, withPlace(before, article.content.value, part, source), label);
}

/** The text that is selected. */
function selectedPart({ article }: Annotated, selection: Span): Span {
	const part = partOf(article, selection);
	if (!part)
		throw new Refusal(
			'not-possible',
			selection.end <= article.body.span.start
				? 'Only the body of an article can be annotated: select some of its text, or nothing for a note on all of it'
				: 'There is no text in the selection: select some words of the body',
		);
	return part;
}

/** A note or a reply by its identity, and the note at the start of its thread. */
function find(
	{ document, file, notes }: Annotated,
	id: string,
): { readonly note: Note; readonly remark: Note | Reply } {
	for (const note of notes) {
		if (note.id === id) return { note, remark: note };
		const remark = note.replies.find(one => one.id === id);
		if (remark) return { note, remark };
	}
	const obstacle = file && obstacleOf(file);
	if (obstacle) throw new Refusal('broken-sidecar', `${nameOf(file.uri)} cannot be read: ${obstacle.message}`);
	throw new Refusal('not-found', `There is no note ${id} in or beside ${nameOf(document.uri)}`);
}

function annotationOf({ file }: Annotated, id: string): Annotation {
	const found = file?.annotations.find(({ annotation }) => annotation.id === id);
	if (!found) throw new Refusal('not-found', `There is no note ${id}`);
	return found.annotation;
}

async function creation(context: CommandContext, uri: string): Promise<JsonObject> {
	const { author } = await context.settings(uri);
	return compact({ created: context.now(), creator: author ? { type: 'Person', name: author } : undefined });
}

/** What is said in the form in which it is kept. */
function checkSaid({ kind, text, tags, resolved }: Said, kinds: Kinds): Said {
	const known = kind.trim().toLowerCase();
	if (known !== HIGHLIGHT && !kinds.has(known))
		throw new Refusal(
			'arguments',
			`There is no kind of note ${JSON.stringify(kind)}: there are ${[...kinds.keys()].join(', ')}`,
		);
	const words = tags
		.map(tag => tag.trim().replace(/^#/, '').replace(/\s+/g, '-'))
		.filter(tag => tag !== '' && tag !== RESOLVED);
	return { kind: known, text: text.trim(), tags: [...new Set(words)], resolved };
}
