import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { type DefaultTreeAdapterMap, type InsertionMode, Parser, type Token } from 'parse5';
import { type PlacedAttribute, RunTokenizer } from '../../../server/src/article/tokenizer.ts';
import { runs } from '../../support/runs.ts';

const CORPUS = join(import.meta.dirname, '../../../../shared/corpus/articles');
const IN_BODY: InsertionMode = 6;

/** The tree with all its places, and all errors, as parse5 gives them, from a text that arrives in parts. */
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

/** A node as parse5 or `RunTokenizer` makes it. */
interface Made {
	readonly parentNode?: unknown;
	readonly childNodes?: readonly Made[];
	readonly content?: Made;
	readonly attrs?: readonly (Token.Attribute & Partial<PlacedAttribute>)[];
	readonly sourceCodeLocation?: Token.ElementLocation | null;
}

/** A tree as data: without the links from children to their parents, and with offsets for places. */
function plain({ parentNode: _, childNodes = [], content, attrs, sourceCodeLocation: place, ...own }: Made): unknown {
	const placed = attrs?.map(({ start, end, ...attribute }) => {
		const name = attribute.prefix ? `${attribute.prefix}:${attribute.name}` : attribute.name;
		// parse5 keeps the name that was written, in lower case.
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

function assertSame(parts: readonly string[]): void {
	assert.deepEqual(parse(parts, true), parse(parts, false), JSON.stringify(parts.join('|').slice(0, 2000)));
}

const PIECES = [
	...[
		'<p>',
		'</p>',
		'<div class="a b">',
		"<i title='x\"y z'>",
		'<a href="?a=1&amp;b=2&copy=3" b=c>',
		'</a>',
		'<b>',
		'</b>',
	],
	...[
		'<table>',
		'<tr>',
		'<td>',
		'</table>',
		'<pre>',
		'</pre>',
		'<select><option>',
		'</select>',
		'<template>',
		'</template>',
	],
	...[
		'<svg viewBox="0 0 1 1">',
		'<title>',
		'</svg>',
		'<math><mi>',
		'</math>',
		'<![CDATA[a b]]>',
		'<script>a < b</script>',
	],
	...[
		'<style>',
		'</style>',
		'<textarea>',
		'</textarea>',
		'<noscript>',
		'</noscript>',
		'<frameset>',
		'<body>',
		'<form>',
	],
	...[
		'<!-- a b -->',
		'<!--',
		'-->',
		'<!',
		'<',
		'</',
		'>',
		'"',
		"'",
		'=',
		'&',
		'&amp;',
		'&nbsp',
		'&#x0;',
		'&#10;',
		'&notit;',
	],
	...[
		'words in a row',
		' ',
		'  ',
		'\t',
		'\n',
		'\r',
		'\r\n',
		'\f',
		'\0',
		'\u0001',
		'\u007f',
		'\u0085',
		'\u00a0',
		'\u3000',
	],
	...[
		'渡轮',
		'😀',
		'\ud83d',
		'\ude00',
		'\ufdd0',
		'\ufeff',
		'\ufffe',
		'<a title="',
		"<a title='",
		'<a title=b c="d',
		'/',
		'x',
	],
] as const;

describe('reading runs of characters', () => {
	it('makes of every soup of markup what parse5 makes of it', () => {
		const soup = fc.array(fc.constantFrom(...PIECES), { maxLength: 40 });
		fc.assert(
			fc.property(soup, pieces => assertSame([pieces.join('')])),
			{ numRuns: runs(2000) },
		);
	});

	it('does so when the text arrives in parts', () => {
		const soup = fc.array(fc.constantFrom(...PIECES), { maxLength: 20 });
		fc.assert(
			fc.property(fc.array(soup, { minLength: 1, maxLength: 5 }), parts =>
				assertSame(parts.map(part => part.join(''))),
			),
			{ numRuns: runs(1000) },
		);
	});

	it('does so beyond the size after which parse5 drops what it has read', () => {
		const filler = 'The ferry left at eleven. 渡轮 '.repeat(60);
		const order = fc.shuffledSubarray([...PIECES], { minLength: PIECES.length });
		fc.assert(
			fc.property(order, pieces =>
				assertSame([pieces.map(piece => `<p title="${filler}">${piece}${filler}`).join('')]),
			),
			{ numRuns: runs(8) },
		);
	});

	it('does so for every real article', function () {
		const files = globSync('**/*.md', { cwd: CORPUS });
		if (files.length === 0) {
			console.log(`      skipped: ${CORPUS} is not there`);
			return this.skip();
		}
		for (const file of files) assertSame([readFileSync(join(CORPUS, file), 'utf8')]);
	});
});
