import { type AnnotationEdit, inverse } from '../../annotations/edit.ts';
import { decodeSidecar, type SidecarFiles } from '../../annotations/sidecarFiles.ts';
import { sidecarOf } from '../../annotations/sidecarName.ts';
import { type Changed, changeSidecar, type SidecarTarget } from '../../annotations/sidecarWriter.ts';
import { difference } from '../../article/article.ts';
import { span } from '../../article/span.ts';
import { toRange } from '../../languageFeatures/position.ts';
import { type Snapshot, snapshotOf } from '../../languageFeatures/snapshot.ts';
import type { FileSystem } from '../../platform.ts';
import type { CommandOutcome } from '../../protocol/annotations.ts';
import { displayName } from '../../util/uri.ts';
import type { OpenDocuments } from '../documents.ts';
import type { Editor } from './editor.ts';
import { Refusal } from './outcome.ts';

/** The maximum number of changes that can be undone. */
const MOST_STEPS = 100;

/** Edits made to a sidecar file that is not open in the editor. */
interface Step {
	readonly article: string;
	readonly subject: SidecarTarget;
	readonly edits: readonly AnnotationEdit[];
	readonly label: string;
}

/** Changes sidecars, and undoes changes that the editor cannot undo. */
export interface SidecarChanges {
	/**
	 * Applies edits to the sidecar of an article, all or none: in the editor if it is open there, otherwise in its file.
	 *
	 * @param label what they do, in the imperative
	 * @param forGood whether `undo` ignores them, because they are undone in another way
	 * @returns whether `undo` can undo them
	 * @throws Refusal
	 */
	make(
		article: string,
		subject: SidecarTarget,
		edits: readonly AnnotationEdit[],
		label: string,
		options?: { readonly forGood: boolean },
	): Promise<boolean>;
	/** Undoes the last change of a file that has not been undone. */
	undo(): Promise<CommandOutcome>;
	/** Redoes the last change that was undone. */
	redo(): Promise<CommandOutcome>;
}

/**
 * Creates the changes of a session.
 *
 * @param onChange called with the URI of the article for each sidecar file that was changed
 * @param onMade called with the edits that were made
 * @param onStep called with the edits that were made to undo or redo a change
 */
export function createSidecarChanges(
	files: FileSystem,
	sidecars: SidecarFiles,
	documents: Pick<OpenDocuments, 'get'>,
	editor: Editor,
	onChange: (article: string) => void,
	onMade: (article: string, edits: readonly AnnotationEdit[]) => void,
	onStep: (article: string, edits: readonly AnnotationEdit[]) => void,
): SidecarChanges {
	const done: Step[] = [];
	const undone: Step[] = [];
	const make = async (step: Step): Promise<boolean> => {
		const undoable = await write(step);
		onMade(step.article, step.edits);
		return undoable;
	};
	const write = async ({ article, subject, edits, label }: Step): Promise<boolean> => {
		const uri = sidecarOf(article);
		if (uri === undefined)
			throw new Refusal('not-possible', 'Notes are stored in a file next to the article: save the article first');
		const opened = documents.get(uri)?.snapshot;
		if (opened) {
			await makeInEditor(opened, changeSidecar(opened.text, edits, subject), label, editor);
			return false;
		}
		if (!editor.mayWriteFiles())
			throw new Refusal(
				'not-written',
				`${displayName(uri)} was not written because the workspace is not trusted: trust it, or store notes in the text`,
			);
		await makeInFile(uri, edits, subject, files);
		sidecars.forget(uri);
		onChange(article);
		return true;
	};
	const step = async (from: Step[], to: Step[], what: string): Promise<CommandOutcome> => {
		const last = from.pop();
		if (!last) throw new Refusal('not-found', `There is no change to a note to ${what}`);
		const back = { ...last, edits: last.edits.toReversed().map(inverse) };
		try {
			const undoable = await make(back);
			if (undoable) to.push(back);
			onStep(back.article, back.edits);
			return { kind: 'done', undoable };
		} catch (error) {
			// Changes that others made in the meantime are kept, and trying again would not help.
			if (!(error instanceof Refusal && error.outcome.code === 'conflict')) from.push(last);
			throw error;
		}
	};
	return {
		async make(article, subject, edits, label, { forGood } = { forGood: false }) {
			const undoable = (await make({ article, subject, edits, label })) && !forGood;
			if (undoable) {
				done.push({ article, subject, edits, label });
				if (done.length > MOST_STEPS) done.shift();
				undone.length = 0;
			}
			return undoable;
		},
		undo: () => step(done, undone, 'undo'),
		redo: () => step(undone, done, 'redo'),
	};
}

async function makeInEditor(document: Snapshot, changed: Changed, label: string, editor: Editor): Promise<void> {
	const before = document.text;
	if (changed.kind === 'refused') throw refusal(document.uri, before, changed);
	if (changed.kind === 'unchanged') return;
	const { start, oldEnd, newEnd } = difference(before, changed.text);
	const edits = [{ span: span(start, oldEnd), newText: changed.text.slice(start, newEnd) }];
	const refused = await editor.apply(label, [{ document, edits }]);
	if (refused !== undefined)
		throw new Refusal('not-written', `${displayName(document.uri)} was not changed: ${refused}`);
}

async function makeInFile(
	uri: string,
	edits: readonly AnnotationEdit[],
	subject: SidecarTarget,
	files: FileSystem,
): Promise<void> {
	let refused: Refusal | undefined;
	const updated = await files.update(uri, bytes => {
		refused = undefined;
		const text = bytes && decodeSidecar(bytes);
		if (bytes && text === undefined) {
			refused = new Refusal('broken-sidecar', `${displayName(uri)} was not written: it must be saved as UTF-8 first`);
			return undefined;
		}
		const changed = changeSidecar(text, edits, subject);
		if (changed.kind === 'refused') refused = refusal(uri, text ?? '', changed);
		return changed.kind === 'changed' ? new TextEncoder().encode(changed.text) : undefined;
	});
	if (refused) throw refused;
	if (updated.kind === 'refused') throw new Refusal('not-written', `${displayName(uri)} ${updated.reason}`);
}

function refusal(
	uri: string,
	text: string,
	{ code, reason, span: place }: Extract<Changed, { kind: 'refused' }>,
): Refusal {
	const range = toRange(snapshotOf(uri, text), place);
	const where = `${displayName(uri)}, line ${range.start.line + 1}`;
	return code === 'conflict'
		? new Refusal('conflict', `${reason} (${where})`, { uri, range })
		: new Refusal('broken-sidecar', `${where}: ${reason}. Nothing was written. Fix the file and try again`, {
				uri,
				range,
			});
}
