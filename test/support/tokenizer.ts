import assert from 'node:assert/strict';
import { type DefaultTreeAdapterMap, type InsertionMode, Parser, type Token } from 'parse5';
import { type PlacedAttribute, RunTokenizer } from '../../server/src/article/tokenizer.ts';

const IN_BODY: InsertionMode = 6;

/** Parses a text that arrives in chunks. Returns the tree with all locations, and all errors. */
function parse(parts: readonly string[], runs: boolean): unknown {
	const errors: unknown[] = [];
	const parser = Parser.getFragmentParser<DefaultTreeAdapterMap>(null, {
		sourceCodeLocationInfo: true,
		scriptingEnabled: false,
		onParseError: ({ code, startOffset, endOffset }) => errors.push({ code, startOffset, endOffset }),
	});
	if (runs) {
		const tokenizer = new RunTokenizer(parser.options, parser);
		tokenizer.mergesSpace = () => parser.insertionMode === IN_BODY;
		parser.tokenizer = tokenizer;
	}
	for (const [index, part] of parts.entries()) parser.tokenizer.write(part, index === parts.length - 1);
	return { errors, tree: plain(parser.getFragment() as Made) };
}

/** A node as parse5 or `RunTokenizer` creates it. */
interface Made {
	readonly parentNode?: unknown;
	readonly childNodes?: readonly Made[];
	readonly content?: Made;
	readonly attrs?: readonly (Token.Attribute & Partial<PlacedAttribute>)[];
	readonly sourceCodeLocation?: Token.ElementLocation | null;
}

/** Converts a tree to plain data: without parent references, and with offsets for locations. */
function plain({ parentNode: _, childNodes = [], content, attrs, sourceCodeLocation: place, ...own }: Made): unknown {
	const placed = attrs?.map(({ start, end, ...attribute }) => {
		const name = attribute.prefix ? `${attribute.prefix}:${attribute.name}` : attribute.name;
		// parse5 uses the name as written, in lower case.
		const known = place?.attrs?.[name] ?? place?.attrs?.[name.toLowerCase()];
		return { ...attribute, place: known ? offsets(known) : place && start !== undefined ? [start, end] : undefined };
	});
	return {
		...own,
		attrs: placed,
		place: place && [offsets(place), place.startTag && offsets(place.startTag), place.endTag && offsets(place.endTag)],
		children: childNodes.map(plain),
		content: content && plain(content),
	};
}

function offsets({ startOffset, endOffset }: Token.Location): readonly number[] {
	return [startOffset, endOffset];
}

/**
 * Asserts that `RunTokenizer` produces the same tree, locations and errors as parse5's own tokenizer for a text that
 * arrives in chunks.
 */
export function assertSame(parts: readonly string[]): void {
	assert.deepEqual(parse(parts, true), parse(parts, false), JSON.stringify(parts.join('|').slice(0, 2000)));
}
