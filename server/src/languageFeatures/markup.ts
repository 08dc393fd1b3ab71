import type { RootContent } from 'mdast';
import { MarkupKind } from 'vscode-languageserver';
import { writePlain } from '../markdown/plain.ts';
import { writeMarkdown } from '../markdown/write.ts';

/** What was built, in the kind of markup that a client shows. */
export function writeMarkup(blocks: readonly RootContent[], kind: MarkupKind): { kind: MarkupKind; value: string } {
	return { kind, value: kind === MarkupKind.Markdown ? writeMarkdown(blocks) : writePlain(blocks) };
}
