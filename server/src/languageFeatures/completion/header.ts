import { CompletionItemKind } from 'vscode-languageserver';
import { afterByteOrderMark, isUnderline, lineAt, parseTimeLine, parseTitleLine } from '../../article/lines.ts';
import { span } from '../../article/span.ts';
import type { CompletionContext, Suggestion } from './suggestion.ts';

/** The title line as a snippet. The scheme stays when the rest of the URL is typed. */
const TITLE = `[\${1:Title}](https://$2)`;
const DASHES = '------';

/** Returns lines 1 to 4 of a new article as a snippet that ends in the body. `now` is in milliseconds since the Unix epoch. */
function newHeader(now: number): string {
	return `<!--${now}-->\n${TITLE}\n${DASHES}\n\n$0`;
}

/**
 * Completes the header line at the cursor: the whole header at the start of a text without one, the current time in line 1,
 * the title in line 2, the dashes in line 3.
 */
export function headerSuggestions({ article, offset, now }: CompletionContext): Suggestion[] {
	const { text, header } = article;
	if (header.frontMatter) return [];
	const top = afterByteOrderMark(text);
	const lineStart = offset === 0 ? top : Math.max(top, text.lastIndexOf('\n', offset - 1) + 1);
	const line = lineAt(text, lineStart) ?? { ...span(lineStart, lineStart), text: '', next: lineStart };
	if (offset < lineStart || offset > line.end) return [];
	const place = span(line.start, line.end);
	const item = (label: string, detail: string, insert: string): Suggestion => ({
		label,
		kind: CompletionItemKind.Snippet,
		detail,
		insert,
		span: place,
		// Clients filter by the line up to the cursor.
		filter: text.slice(line.start, offset) || label,
	});
	if (text.slice(top, lineStart).trim() === '') {
		if (!/^\s*(?:<(?:!(?:-(?:-\s*\d*\s*(?:-->?)?)?)?)?)?\s*>?$/.test(line.text.slice(0, 100).trim())) return [];
		const rest = lineAt(text, line.next);
		if (rest && parseTitleLine(rest.text)) return [item('Current time', new Date(now).toISOString(), `<!--${now}-->`)];
		return [item('Article header', 'Time, title, source', newHeader(now))];
	}
	const above = text.slice(top, lineStart).trimEnd();
	const previous = lineAt(text, Math.max(top, above.lastIndexOf('\n') + 1));
	// Only header lines can precede the third line.
	if (!previous || above.split('\n').length > 2) return [];
	const next = lineAt(text, line.next);
	if (parseTimeLine(previous.text) && /^\s*\[?\]?$/.test(line.text))
		return [
			item('Title and source', DASHES, next && isUnderline(next.text) ? `${TITLE}$0` : `${TITLE}\n${DASHES}\n\n$0`),
		];
	if (parseTitleLine(previous.text) && /^\s*-*$/.test(line.text) && line.text.trim() !== DASHES)
		return [item(DASHES, 'Line under the title', line.next >= text.length ? `${DASHES}\n\n$0` : DASHES)];
	return [];
}
