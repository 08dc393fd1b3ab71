import type { InlayHint, Range } from 'vscode-languageserver';
import { overlaps } from '../article/span.ts';
import { formatMoment, LAST_MOMENT } from './hover/time.ts';
import { toSpan } from './position.ts';
import type { Snapshot } from './snapshot.ts';

/** `textDocument/inlayHint`: the date after the time comment, in the user's time zone. */
export function inlayHints(document: Snapshot, range: Range, timeZone: string | undefined): InlayHint[] {
	const { parsed } = document;
	const time = parsed.kind === 'article' ? parsed.header.time : undefined;
	if (!time || !/^\d+$/.test(time.value) || Number(time.value) > LAST_MOMENT) return [];
	if (!overlaps(toSpan(document, range), time.comment)) return [];
	const { short, offset } = formatMoment(Number(time.value), timeZone);
	const line = document.text.slice(time.comment.start, time.comment.end).trimEnd();
	return [
		{
			position: document.lines.positionAt(time.comment.start + line.length),
			// Keep the label short: VS Code draws a wrapped hint over the code lenses below it.
			label: offset === 'UTC+0' ? `${short} UTC` : short,
			paddingLeft: true,
		},
	];
}
