import type { Range } from 'vscode-languageserver';
import type { Clipboard, Paste } from '../protocol/editing.ts';
import { encodeAttribute } from '../util/html.ts';
import { placeAt } from './completion/place.ts';
import { articleHtml } from './paste/articleHtml.ts';
import { toSpan } from './position.ts';
import type { Snapshot } from './snapshot.ts';

/** Returns the paste options besides plain text; none inside a tag, a comment or the header. */
export function pastes(document: Snapshot, range: Range, clipboard: Clipboard): Paste[] {
	const { parsed } = document;
	const { start, end } = toSpan(document, range);
	if (parsed.kind === 'list' || start < parsed.body.span.start) return [];
	if (placeAt(parsed, start)?.kind !== 'text' || placeAt(parsed, end)?.kind !== 'text') return [];
	const offers: Paste[] = [];
	const link = linkTo(clipboard.text ?? '', parsed.text.slice(start, end));
	if (link !== undefined) offers.push({ kind: 'link', title: 'Insert Link', text: link });
	const html = clipboard.html === undefined ? undefined : articleHtml(clipboard.html, parsed, start);
	if (html) offers.push({ kind: 'html', title: 'Insert Article HTML', text: html });
	return offers;
}

/** Wraps the selected text in a link to the URL in the clipboard; `undefined` if the clipboard is not a URL or the selection is not plain text. */
function linkTo(clipboard: string, selected: string): string | undefined {
	const address = clipboard.trim();
	if (!/^(?:https?:\/\/|mailto:)[^\s<>]+$/i.test(address) || !URL.canParse(address)) return undefined;
	// When a URL replaces another URL, paste it as text.
	if (selected.trim() === '' || /[<>\r\n]/.test(selected) || URL.canParse(selected.trim())) return undefined;
	return `<a href="${encodeAttribute(address)}">${selected}</a>`;
}
