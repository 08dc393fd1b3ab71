import type { Location, Range } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { ArticleNotes } from '../../annotations/articleNotes.ts';
import type { Anchor, Note, Spans } from '../../annotations/note.ts';
import { obstacleOf } from '../../annotations/sidecar.ts';
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

/** The notes of an article as the protocol shows them. */
export function viewNotes(document: TextDocument, { notes, sidecar: file }: ArticleNotes): DocumentNotes {
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
