import type { RootContent } from 'mdast';
import { MarkupKind } from 'vscode-languageserver';
import { writePlain } from '../markdown/plain.ts';
import { writeMarkdown } from '../markdown/write.ts';

/** Serialises content as Markdown or plain text, as the client requires. */
export function writeMarkup(blocks: readonly RootContent[], kind: MarkupKind): { kind: MarkupKind; value: string } {
	return { kind, value: kind === MarkupKind.Markdown ? writeMarkdown(blocks) : writePlain(blocks) };
}
