import { subjectOf, targetFor, withPlace } from '../../annotations/describe.ts';
import type { AnnotationEdit } from '../../annotations/edit.ts';
import { compact, equals, type JsonObject } from '../../annotations/json.ts';
import { HIGHLIGHT, NOTE_KINDS } from '../../annotations/kinds.ts';
import type { Annotation } from '../../annotations/model.ts';
import type { Note } from '../../annotations/note.ts';
import { composeAnnotation, type RemarkContent, reviseAnnotation } from '../../annotations/remark.ts';
import { type Span, span } from '../../article/span.ts';
import { toSpan } from '../../languageFeatures/position.ts';
import { type CommandOutcome, EXPORT_FORMATS, type ExportFormat, IMPORT_FORMATS } from '../../protocol/annotations.ts';
import { ANNOTATION_COMMANDS, type AnnotationCommand } from '../../protocol/commands.ts';
import { Arguments } from './arguments.ts';
import {
	type Annotated,
	annotationBeside,
	type CommandContext,
	checkContent,
	findNote,
	selectedPart,
} from './context.ts';
import { exportFromArticles, importIntoArticles } from './exchange.ts';
import {
	addInText,
	convertToSidecar,
	convertToText,
	moveInText,
	removeFromBoth,
	replyInText,
	reviseInText,
	settleSuggestion,
} from './inText.ts';
import { Refusal } from './outcome.ts';

type Run = (context: CommandContext, given: Arguments) => Promise<CommandOutcome>;

/** The implementation of each command. */
const RUNS: Readonly<Record<string, Run>> = {
	[ANNOTATION_COMMANDS.add]: add,
	[ANNOTATION_COMMANDS.highlight]: highlight,
	[ANNOTATION_COMMANDS.edit]: edit,
	[ANNOTATION_COMMANDS.reply]: reply,
	[ANNOTATION_COMMANDS.delete]: remove,
	[ANNOTATION_COMMANDS.resolve]: (context, given) => settle(context, given, true),
	[ANNOTATION_COMMANDS.unresolve]: (context, given) => settle(context, given, false),
	[ANNOTATION_COMMANDS.reanchor]: reanchor,
	[ANNOTATION_COMMANDS.acceptChange]: acceptChange,
	[ANNOTATION_COMMANDS.acceptSuggestion]: (context, given) => suggestion(context, given, true),
	[ANNOTATION_COMMANDS.rejectSuggestion]: (context, given) => suggestion(context, given, false),
	[ANNOTATION_COMMANDS.convert]: convert,
	[ANNOTATION_COMMANDS.import]: importFile,
	[ANNOTATION_COMMANDS.export]: exportFile,
	[ANNOTATION_COMMANDS.undo]: ({ changes }) => changes.undo(),
	[ANNOTATION_COMMANDS.redo]: ({ changes }) => changes.redo(),
} satisfies Record<AnnotationCommand, Run>;

/** Runs one of `ANNOTATION_COMMANDS`; returns a refusal if it cannot be done. */
export async function runCommand(context: CommandContext, command: string, given: unknown): Promise<CommandOutcome> {
	const run = Object.hasOwn(RUNS, command) ? RUNS[command] : undefined;
	try {
		if (!run) throw new Refusal('arguments', `Unknown command ${command}`);
		return await run(context, new Arguments(command, given ?? {}));
	} catch (error) {
		if (error instanceof Refusal) return error.outcome;
		throw error;
	}
}

async function add(context: CommandContext, given: Arguments): Promise<CommandOutcome> {
	const [text, kind] = [given.text('text'), given.optionalText('kind') ?? 'note'];
	return annotate(context, given, { kind, text, tags: given.texts('tags') ?? [], resolved: false });
}

async function highlight(context: CommandContext, given: Arguments): Promise<CommandOutcome> {
	return annotate(context, given, { kind: HIGHLIGHT, text: '', tags: [], resolved: false });
}

async function annotate(context: CommandContext, given: Arguments, wanted: RemarkContent): Promise<CommandOutcome> {
	const uri = given.text('uri');
	// There must be no `await` between reading an article and changing it.
	const { author, carrier } = await context.settings(uri);
	const annotated = await context.load(uri);
	const { article, inline, subject } = annotated;
	const content = checkContent(wanted, inline.kinds);
	if (isEmpty(content)) throw new Refusal('arguments', 'A note must have text or a tag');
	const range = given.optionalRange('range');
	const part = range && selectedPart(annotated, toSpan(annotated.document, range));
	const label = content.kind === HIGHLIGHT ? 'Highlight' : 'Annotate';
	// A note on the whole article has no words to mark.
	if (part && (given.carrier('carrier') ?? carrier) === 'inline')
		return { kind: 'done', id: await addInText(context, annotated, part, content, author, label), undoable: false };
	const id = context.newId();
	const target = targetFor(article.content.value, part, subject.source);
	const made = composeAnnotation(content, { ...creation(context, author), id, target }, inline.kinds);
	return {
		kind: 'done',
		id,
		undoable: await context.changes.make(uri, subject, [{ before: undefined, after: made }], label),
	};
}

async function reply(context: CommandContext, given: Arguments): Promise<CommandOutcome> {
	const uri = given.text('uri');
	const { author } = await context.settings(uri);
	const annotated = await context.load(uri);
	const { inline, subject } = annotated;
	const { remark, thread } = findNote(annotated, given.text('id'));
	const kind = given.optionalText('kind') ?? 'note';
	const content = checkContent({ kind, text: given.text('text'), tags: [], resolved: false }, inline.kinds);
	if (isEmpty(content)) throw new Refusal('arguments', 'A reply must have text');
	if (thread)
		return { kind: 'done', id: await replyInText(context, annotated, thread, content, author), undoable: false };
	const id = context.newId();
	const rest = { ...creation(context, author), id, motivation: 'replying', target: remark.id };
	const edit: AnnotationEdit = { before: undefined, after: composeAnnotation(content, rest, inline.kinds) };
	return { kind: 'done', id, undoable: await context.changes.make(uri, subject, [edit], 'Reply') };
}

async function edit(context: CommandContext, given: Arguments): Promise<CommandOutcome> {
	const annotated = await context.load(given.text('uri'));
	const { remark } = findNote(annotated, given.text('id'));
	const { kind, text, tags } = checkContent(
		{
			kind: given.optionalText('kind') ?? remark.kind,
			text: given.optionalText('text') ?? remark.text,
			tags: given.texts('tags') ?? remark.tags,
			resolved: false,
		},
		// An existing unknown kind may be kept.
		new Map([...annotated.inline.kinds, [remark.kind, remark.motivation]]),
	);
	if (isEmpty({ kind, text, tags, resolved: false }))
		throw new Refusal('arguments', 'A note must have text or a tag. Delete the note if you no longer need it');
	return revise(context, annotated, remark.id, { kind, text, tags }, 'Edit Note');
}

function isEmpty({ kind, text, tags }: RemarkContent): boolean {
	return text === '' && tags.length === 0 && kind !== HIGHLIGHT;
}

async function settle(context: CommandContext, given: Arguments, resolved: boolean): Promise<CommandOutcome> {
	const annotated = await context.load(given.text('uri'));
	const { note } = findNote(annotated, given.text('id'));
	return revise(context, annotated, note.id, { resolved }, resolved ? 'Resolve' : 'Unresolve');
}

async function revise(
	context: CommandContext,
	annotated: Annotated,
	id: string,
	content: Partial<RemarkContent>,
	label: string,
): Promise<CommandOutcome> {
	const { thread, index } = findNote(annotated, id);
	if (thread)
		return { kind: 'done', id: await reviseInText(context, annotated, thread, index, content, label), undoable: false };
	const before = annotationBeside(annotated, id);
	return replace(context, annotated, before, reviseAnnotation(before, content, annotated.inline.kinds), label);
}

async function replace(
	context: CommandContext,
	{ document: { uri }, subject }: Annotated,
	before: Annotation,
	after: Annotation,
	label: string,
): Promise<CommandOutcome> {
	if (equals(before, after)) return { kind: 'done', id: before.id, undoable: false };
	const edit: AnnotationEdit = { before, after: { ...after, modified: context.now() } };
	return { kind: 'done', id: before.id, undoable: await context.changes.make(uri, subject, [edit], label) };
}

async function remove(context: CommandContext, given: Arguments): Promise<CommandOutcome> {
	const uri = given.text('uri');
	const annotated = await context.load(uri);
	const { note, remark, thread, index } = findNote(annotated, given.text('id'));
	if (index > 0 && note.replies.some(({ replyTo }) => replyTo === remark.id))
		throw new Refusal('not-possible', 'This reply has been answered: delete the answer first');
	const gone = index === 0 ? [note, ...note.replies] : [remark];
	if (thread) {
		await removeFromBoth(context, annotated, thread, index);
		return { kind: 'done', undoable: false };
	}
	for (const { id } of gone) context.moves(uri).forget(id);
	const edits = gone.map(({ id }): AnnotationEdit => ({ before: annotationBeside(annotated, id), after: undefined }));
	return { kind: 'done', undoable: await context.changes.make(uri, annotated.subject, edits, 'Delete Note') };
}

async function reanchor(context: CommandContext, given: Arguments): Promise<CommandOutcome> {
	const annotated = await context.load(given.text('uri'));
	const { note, thread } = findNote(annotated, given.text('id'));
	const part = selectedPart(annotated, toSpan(annotated.document, given.range('range')));
	if (thread) return { kind: 'done', id: await moveInText(context, annotated, thread, part), undoable: false };
	return place(context, annotated, note, part, 'Re-anchor');
}

async function acceptChange(context: CommandContext, given: Arguments): Promise<CommandOutcome> {
	const annotated = await context.load(given.text('uri'));
	const { note } = findNote(annotated, given.text('id'));
	if (note.carrier === 'inline')
		throw new Refusal('not-possible', 'The place of a note in the text is its mark, and cannot change');
	return place(context, annotated, note, presentPart(annotated, note), 'Accept Change');
}

/** The span of the single current place of a note. */
function presentPart(annotated: Annotated, { anchor, quote }: Note): Span {
	const [first, last] = [anchor.spans[0], anchor.spans.at(-1)];
	if (!first || !last || !quote) throw new Refusal('not-possible', 'The place of the note in the article is not known');
	return selectedPart(annotated, span(first.start, last.end));
}

async function place(
	context: CommandContext,
	annotated: Annotated,
	note: Note,
	part: Span,
	label: string,
): Promise<CommandOutcome> {
	const { article, document } = annotated;
	const before = annotationBeside(annotated, note.id);
	const { source } = subjectOf(document.uri, article);
	return replace(context, annotated, before, withPlace(before, article.content.value, part, source), label);
}

async function suggestion(context: CommandContext, given: Arguments, accept: boolean): Promise<CommandOutcome> {
	const annotated = await context.load(given.text('uri'));
	const { thread } = findNote(annotated, given.text('id'));
	if (!thread)
		throw new Refusal('not-possible', 'Only an insertion or deletion in the text can be accepted or rejected');
	await settleSuggestion(context, annotated, thread, accept);
	return { kind: 'done', undoable: false };
}

async function convert(context: CommandContext, given: Arguments): Promise<CommandOutcome> {
	const annotated = await context.load(given.text('uri'));
	const { note, thread } = findNote(annotated, given.text('id'));
	const carrier = given.carrier('carrier') ?? (note.carrier === 'inline' ? 'sidecar' : 'inline');
	if (carrier === note.carrier) return { kind: 'done', id: note.id, undoable: false };
	if (thread) return { kind: 'done', id: await convertToSidecar(context, annotated, thread), undoable: false };
	if (note.anchor.state !== 'exact' && note.anchor.state !== 'moved')
		throw new Refusal('not-possible', `The place of the note is uncertain: ${note.anchor.reason}. Re-anchor it first`);
	const annotations = [note, ...note.replies].map(({ id }) => annotationBeside(annotated, id));
	const id = await convertToText(
		context,
		annotated,
		annotations as [Annotation, ...Annotation[]],
		presentPart(annotated, note),
	);
	return { kind: 'done', id, undoable: false };
}

async function importFile(context: CommandContext, given: Arguments): Promise<CommandOutcome> {
	// Imports do not depend on an open article, so the archive is indexed first.
	await context.annotated();
	const imported = await importIntoArticles(context, {
		text: given.text('text'),
		format: given.oneOf('format', IMPORT_FORMATS),
		dryRun: given.flag('dryRun'),
		articleOf: context.articleOf,
		kinds: NOTE_KINDS,
	});
	const undoable = !given.flag('dryRun') && imported.articles.some(({ added }) => added > 0);
	return { kind: 'done', undoable, imported };
}

async function exportFile(context: CommandContext, given: Arguments): Promise<CommandOutcome> {
	const format = given.oneOf('format', Object.keys(EXPORT_FORMATS) as ExportFormat[]);
	if (!format)
		throw new Refusal(
			'arguments',
			`Unknown export format. Available formats: ${Object.keys(EXPORT_FORMATS).join(', ')}`,
		);
	const uris = given.texts('uris') ?? (await context.annotated());
	const exported = await exportFromArticles(context.load, uris, format, 'Notes');
	return { kind: 'done', undoable: false, exported };
}

function creation(context: CommandContext, author: string | undefined): JsonObject {
	return compact({ created: context.now(), creator: author ? { type: 'Person', name: author } : undefined });
}
