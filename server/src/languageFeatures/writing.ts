import type {
	CompletionItem,
	CompletionList,
	InlayHint,
	LinkedEditingRanges,
	Position,
	Range,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ArchiveDocument } from '../article/article.ts';
import type { Clock } from '../platform.ts';
import type { Clipboard, Paste } from '../protocol/writing.ts';
import type { CompletionSources } from './completion/suggestion.ts';
import { type CompletionOptions, completion, resolveCompletion } from './completion.ts';
import { inlayHints } from './inlayHint.ts';
import { linkedEditingRanges } from './linkedEditingRange.ts';
import { pastes } from './paste.ts';
import { tagClosing } from './tagClosing.ts';

/** What helps while one writes. */
export interface Writing {
	completion(document: TextDocument, position: Position, options: CompletionOptions): Promise<CompletionList>;
	resolveCompletion(item: CompletionItem, options: CompletionOptions): CompletionItem;
	/** A snippet to insert behind a `>` or `</` that was just typed. */
	tagClosing(document: TextDocument, position: Position): string | undefined;
	linkedEditingRanges(document: TextDocument, position: Position): LinkedEditingRanges | undefined;
	/** `timeZone` is an IANA name; `undefined` for the zone of this machine. */
	inlayHints(document: TextDocument, range: Range, timeZone: string | undefined): InlayHint[];
	pastes(document: TextDocument, range: Range, clipboard: Clipboard): Paste[];
}

/**
 * Wires what helps while one writes.
 *
 * @param parsedOf the parsed form of an open document, as it is now
 * @param around what lies around a document
 */
export function createWriting(
	parsedOf: (document: TextDocument) => ArchiveDocument,
	now: Clock,
	around: (uri: string) => CompletionSources,
): Writing {
	return {
		completion: (document, position, options) =>
			completion(document, parsedOf(document), position, options, now(), around(document.uri)),
		resolveCompletion,
		tagClosing: (document, position) => tagClosing(document, parsedOf(document), position),
		linkedEditingRanges: (document, position) => linkedEditingRanges(document, parsedOf(document), position),
		inlayHints: (document, range, timeZone) => inlayHints(document, parsedOf(document), range, timeZone),
		pastes: (document, range, clipboard) => pastes(document, parsedOf(document), range, clipboard),
	};
}
