import type { InlayHint, Range } from 'vscode-languageserver';
import { overlaps } from '../article/span.ts';
import { formatMoment, LAST_MOMENT } from './hover/time.ts';
import { toSpan } from './position.ts';
import type { Snapshot } from './snapshot.ts';

/** `textDocument/inlayHint`: the date in the time comment, after the number, in the user's time zone. */
export function inlayHints(document: Snapshot, range: Range, timeZone: string | undefined): InlayHint[] {
	const { parsed } = document;
	const time = parsed.kind === 'article' ? parsed.header.time : undefined;
	if (!time || !/^\d+$/.test(time.value) || Number(time.value) > LAST_MOMENT) return [];
	if (!overlaps(toSpan(document, range), time.comment)) return [];
	const { short, offset } = formatMoment(Number(time.value), timeZone);
	return [
		{
			// Not after the comment: VS Code draws a hint at the end of a line that wraps over the code lenses below it.
			position: document.lines.positionAt(time.span.end),
			label: offset === 'UTC+0' ? `${short} UTC` : short,
			paddingLeft: true,
			paddingRight: true,
		},
	];
}
