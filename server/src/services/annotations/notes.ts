import type { Range } from 'vscode-languageserver';
import { wordDifference } from '../../annotations/anchor/difference.ts';
import type { Spans } from '../../annotations/note.ts';
import { obstacleOf } from '../../annotations/sidecar.ts';
import { toRange } from '../../languageFeatures/position.ts';
import { snapshotOf } from '../../languageFeatures/snapshot.ts';
import type { DocumentNotes } from '../../protocol/annotations.ts';
import { titlePlace } from '../../rules/annotation/place.ts';
import type { Annotated } from './context.ts';
import { noteMarkdown, replyMarkdown } from './thread.ts';

/** Converts the notes of an article to their protocol form. */
export function viewNotes({ document, article, inline, notes, sidecar: file }: Annotated): DocumentNotes {
	const { uri } = document;
	const sidecar = file && snapshotOf(file.uri, file.text);
	const ranges = (spans: Spans): Range[] => spans.map(span => toRange(document, span));
	const obstacle = file && obstacleOf(file);
	return {
		uri,
		...(file ? { sidecar: file.uri } : {}),
		kinds: [...inline.kinds.keys()],
		title: toRange(document, titlePlace(article)),
		body: toRange(document, article.body.span),
		notes: notes.map(whole => {
			const {
				anchor: { spans, candidates, ...anchor },
				span,
				...note
			} = whole;
			const difference =
				anchor.text !== undefined && note.quote ? wordDifference(note.quote.exact, anchor.text) : undefined;
			return {
				...note,
				markdown: noteMarkdown(whole, difference),
				replies: note.replies.map(reply => ({ ...reply, markdown: replyMarkdown(reply) })),
				anchor: {
					...anchor,
					ranges: ranges(spans),
					...(candidates ? { candidates: candidates.map(ranges) } : {}),
					...(difference ? { difference } : {}),
				},
				location:
					note.carrier === 'sidecar' && sidecar
						? { uri: sidecar.uri, range: toRange(sidecar, span) }
						: { uri, range: toRange(document, span) },
			};
		}),
		...(obstacle && sidecar
			? { fault: { message: obstacle.message, location: { uri: sidecar.uri, range: toRange(sidecar, obstacle.span) } } }
			: {}),
	};
}
