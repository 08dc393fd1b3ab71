import { parseFragment } from 'parse5';
import type { Contender } from './contender.ts';

/** The baseline: parse5 alone, with the locations that every editor tool needs. */
function parse(body: string): number {
	return parseFragment(body, { sourceCodeLocationInfo: true, scriptingEnabled: false }).childNodes.length;
}

/** Parses, and reports nothing. */
export const contender: Contender = {
	check: ({ text, body }) => parse(text.slice(body)),
	open:
		async ({ body }) =>
		({ text }) =>
			parse(text.slice(body)),
};
