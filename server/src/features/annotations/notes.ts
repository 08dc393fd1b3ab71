import type { Location, Range } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { anchorNotes } from '../../annotations/anchoring.ts';
import { findInlineThreads, type Inline, type InlineThread, noteOf } from '../../annotations/inlineThreads.ts';
import type { Anchor, Note, Spans } from '../../annotations/note.ts';
import { obstacleOf } from '../../annotations/sidecar.ts';
import type { SidecarFile } from '../../annotations/sidecarFiles.ts';
import { readThreads } from '../../annotations/threads.ts';
import { toRange } from '../position.ts';

/** A note as the protocol shows it: with ranges, and with the place where it is written. */
export interface NoteView extends Omit<Note, 'anchor' | 'span'> {
	readonly anchor: Omit<Anchor, 'spans' | 'candidates'> & {
		readonly ranges: readonly Range[];
		readonly candidates?: readonly (readonly Range[])[];
	};
	readonly location: Location;
}

/** The answer to `marginalia/annotations`. */
export interface DocumentNotes {
	readonly uri: string;
	/** The sidecar, if there is one. */
	readonly sidecar?: string;
	readonly notes: readonly NoteView[];
	/** Why the notes of the sidecar cannot be read. */
	readonly fault?: { readonly message: string; readonly location: Location };
}

/** All notes of an article, in the order of the text, those without a place last; and where those in the text are written. */
export interface FoundNotes {
	readonly notes: readonly Note[];
	readonly threads: ReadonlyMap<Note, InlineThread>;
}

/** Finds the notes in the text and in the sidecar. One that is in both, as while it is moved, is shown where it is in the text. */
export function findNotes(inline: Inline, file: SidecarFile | undefined): FoundNotes {
	const threads = new Map(findInlineThreads(inline).map(thread => [noteOf(thread, inline), thread]));
	const known = new Set([...threads.keys()].map(({ id }) => id));
	const beside = file ? readThreads(file).filter(({ id }) => !known.has(id)) : [];
	const start = ({ anchor }: Note): number =>
		(anchor.spans[0] ?? anchor.candidates?.[0]?.[0])?.start ?? Number.POSITIVE_INFINITY;
	const notes = [...threads.keys(), ...anchorNotes(inline.article, beside)].sort((a, b) => {
		const [left, right] = [start(a), start(b)];
		return left === right ? 0 : left - right;
	});
	return { notes, threads };
}

/** The notes of an article as the protocol shows them. */
export function viewNotes(
	document: TextDocument,
	notes: readonly Note[],
	file: SidecarFile | undefined,
): DocumentNotes {
	const { uri } = document;
	const sidecar = file && TextDocument.create(file.uri, 'json', 0, file.text);
	const ranges = (spans: Spans): Range[] => spans.map(span => toRange(document, span));
	const obstacle = file && obstacleOf(file);
	return {
		uri,
		...(file ? { sidecar: file.uri } : {}),
		notes: notes.map(({ anchor: { spans, candidates, ...anchor }, span, ...note }) => ({
			...note,
			anchor: {
				...anchor,
				ranges: ranges(spans),
				...(candidates ? { candidates: candidates.map(ranges) } : {}),
			},
			location:
				note.carrier === 'sidecar' && sidecar
					? { uri: sidecar.uri, range: toRange(sidecar, span) }
					: { uri, range: toRange(document, span) },
		})),
		...(obstacle && sidecar
			? { fault: { message: obstacle.message, location: { uri: sidecar.uri, range: toRange(sidecar, obstacle.span) } } }
			: {}),
	};
}
