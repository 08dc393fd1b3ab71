import type { Position, Range, TextDocumentIdentifier } from 'vscode-languageserver';
import type { Refused } from './annotations.ts';
import type { RequestType } from './method.ts';

/** What the archive says of elements: they are furniture, the article, or no furniture although it seems so. */
export const SOURCE_LISTS = ['furniture', 'content', 'keep'] as const;
export type SourceList = (typeof SOURCE_LISTS)[number];

/** A CSS selector for a block and others like it. */
export interface SelectorChoice {
	readonly selector: string;
	/** The elements of the article that it matches. */
	readonly ranges: readonly Range[];
	/** How much of the text of the article it matches, from 0 to 1. */
	readonly share: number;
}

/** Selectors for the block at a position; why there are none: a sentence that says what to do, without a full stop. */
export type SelectorChoices =
	| {
			readonly host: string;
			readonly choices: readonly SelectorChoice[];
			/** Whether the position is in furniture now: because the archive says so, or by signs. */
			readonly folded?: 'said' | 'guessed';
	  }
	| { readonly refused: string };

/** Selectors for the block at a position, the most general first; `null` if the document is not an article. */
export const SelectorsRequest: RequestType<
	{ readonly textDocument: TextDocumentIdentifier; readonly position: Position },
	SelectorChoices | null
> = { method: 'marginalia/selectors', messageDirection: 'clientToServer' };

/** What a selector matches in the articles of a source. */
export interface SelectorReach {
	/** The articles of the source that were read, and those where the selector matches something. */
	readonly articles: number;
	readonly matching: number;
	/** How many characters of text it matches. */
	readonly characters: number;
	/** Articles in which it matches more than half of the text. */
	readonly most: readonly string[];
	/** Some articles with the first words that it matches. */
	readonly examples: readonly { readonly uri: string; readonly label: string }[];
}

/** What some selectors match in all articles of the archive that are from the same source as an open one. */
export const SelectorReachRequest: RequestType<
	{ readonly textDocument: TextDocumentIdentifier; readonly selectors: readonly string[] },
	readonly SelectorReach[] | null
> = { method: 'marginalia/selectorReach', messageDirection: 'clientToServer' };

/** The argument of `SOURCE_COMMANDS.describe`. */
export interface DescribeSource {
	/** An open article of the source. */
	readonly uri: string;
	readonly list: SourceList;
	readonly selector: string;
}

/** The result of `SOURCE_COMMANDS.describe`: the configuration that was edited, which is not saved. */
export type DescribeSourceOutcome = { readonly kind: 'done'; readonly uri: string } | Refused;
