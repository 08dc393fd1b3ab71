import fc from 'fast-check';
import { runs } from '../../support/runs.ts';
import { assertSame } from '../../support/tokenizer.ts';

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

describe('the run tokenizer', () => {
	it('produces the same tree as parse5 for any markup', () => {
		const soup = fc.array(fc.constantFrom(...PIECES), { maxLength: 40 });
		fc.assert(
			fc.property(soup, pieces => assertSame([pieces.join('')])),
			{ numRuns: runs(2000) },
		);
	});

	it('does so if the text arrives in chunks', () => {
		const soup = fc.array(fc.constantFrom(...PIECES), { maxLength: 20 });
		fc.assert(
			fc.property(fc.array(soup, { minLength: 1, maxLength: 5 }), parts =>
				assertSame(parts.map(part => part.join(''))),
			),
			{ numRuns: runs(1000) },
		);
	});

	it('does so beyond the size at which parse5 drops its buffer', () => {
		const filler = 'The ferry left at eleven. 渡轮 '.repeat(60);
		const order = fc.shuffledSubarray([...PIECES], { minLength: PIECES.length });
		fc.assert(
			fc.property(order, pieces =>
				assertSame([pieces.map(piece => `<p title="${filler}">${piece}${filler}`).join('')]),
			),
			{ numRuns: runs(8) },
		);
	});
});
