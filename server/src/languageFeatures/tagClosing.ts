import type { Position } from 'vscode-languageserver';
import { closeTag } from '../article/typing.ts';
import { literal } from './completion/suggestion.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * Returns the snippet to insert after a typed `>` or `</`; `undefined` for none, and where more than an insertion is needed. For
 * editors that do not decide this themselves.
 */
export function tagClosing(document: Snapshot, position: Position): string | undefined {
	if (document.parsed.kind === 'list') return undefined;
	const offset = document.lines.offsetAt(position);
	const [edit, ...others] = closeTag(document.parsed.text, offset);
	if (!edit || others.length > 0 || edit.start !== offset || edit.end !== offset) return undefined;
	return edit.first === 'typed' ? `$0${literal(edit.text)}` : `${literal(edit.text)}$0`;
}
