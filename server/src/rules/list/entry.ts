import type { TextEdit } from '../../article/edits.ts';
import { lineAt } from '../../article/lines.ts';
import type { Entry, List } from '../../article/list.ts';
import { span } from '../../article/span.ts';

/** Returns the edit that removes the line of an entry and the empty line after it. */
export function removeEntry({ text }: List, { span: line }: Entry): TextEdit {
	let next = lineAt(text, line.start)?.next ?? line.end;
	const below = lineAt(text, next);
	if (below?.text.trim() === '') next = below.next;
	return { span: span(line.start, next), newText: '' };
}
