import type { Range, TextDocumentIdentifier } from 'vscode-languageserver';
import type { Refused } from './annotations.ts';
import type { RequestType } from './method.ts';

/** A part of the page around an article. */
export interface FurniturePart {
	/** What it is, such as `related articles`. */
	readonly name: string;
	/** What shows that: a phrase such as `class “related-posts”`. */
	readonly reason: string;
	readonly range: Range;
	/** Its first words. */
	readonly label: string;
	/** How many characters of text it holds. */
	readonly characters: number;
	/** How many notes are in it. */
	readonly notes: number;
	/** Whether it is removed if nothing else is said: not if notes are in it, or the article's own byline. */
	readonly goes: boolean;
}

/** The furniture of an article, in its order. `version` is that of the document. */
export interface FurnitureParts {
	readonly version: number;
	readonly parts: readonly FurniturePart[];
}

/** The furniture of an article; `null` if the document is not an article. */
export const FurnitureRequest: RequestType<{ readonly textDocument: TextDocumentIdentifier }, FurnitureParts | null> = {
	method: 'marginalia/furniture',
	messageDirection: 'clientToServer',
};

/** An article without some of its furniture. */
export interface WithoutFurniture {
	readonly text: string;
	/** The parts that stay, since the markup of the article depends on them: indices in `FurnitureParts`. */
	readonly left: readonly number[];
}

/** The text of an article without some of its furniture, by indices in `FurnitureParts`; `null` if the document has another version. */
export const WithoutFurnitureRequest: RequestType<
	{
		readonly textDocument: TextDocumentIdentifier;
		readonly version: number;
		readonly parts: readonly number[];
	},
	WithoutFurniture | null
> = { method: 'marginalia/withoutFurniture', messageDirection: 'clientToServer' };

/** The argument of `FURNITURE_COMMANDS.remove`. Without `parts`, what goes by default is removed. */
export interface RemoveFurniture {
	/** An open article. */
	readonly uri: string;
	/** The version for which `parts` are. */
	readonly version?: number;
	/** Indices in `FurnitureParts`. */
	readonly parts?: readonly number[];
}

/** What was removed from an article. */
export interface FurnitureRemoved {
	readonly kind: 'done';
	readonly removed: number;
	/** How many characters of text went. */
	readonly characters: number;
	/** How many parts stay since the markup depends on them, and how many because notes are in them. */
	readonly left: number;
	readonly withNotes: number;
	/** How many notes in the sidecar file were anchored again. */
	readonly anchored: number;
	/** Why notes were not, so that they are looked for by their words: a sentence. */
	readonly warning?: string;
}

/** The result of `FURNITURE_COMMANDS.remove`. */
export type RemoveFurnitureOutcome = FurnitureRemoved | Refused;
