import assert from 'node:assert/strict';
import { parseArticle } from '../../../server/src/article/article.ts';
import { buildOutline } from '../../../server/src/article/outline.ts';
import { HEAD } from '../languageFeatures/harness.ts';
import { blocks, draw, textOf } from './support.ts';

/** Returns the only block of a body, without the alternative text of formulas. */
function drawn(body: string): string {
	const all = blocks(body);
	assert.equal(all.length, 1, all.join('\n'));
	return all[0]?.replace(/ alttext="[^"]*"/g, '') ?? '';
}

/** Returns the label of a heading in the outline and in the reader's contents. */
function headings(body: string): readonly (string | undefined)[] {
	const text = `${HEAD}${body}\n`;
	return [buildOutline(parseArticle(text))[0]?.children[0]?.name, draw(text).contents[0]?.label];
}

const SQUARE = '<math><msup><mi>x</mi><mn>2</mn></msup></math>';

/** The same formula as written by several programs, in more than one form each. */
const TWINS: Readonly<Record<string, string>> = {
	KaTeX: `<span class="katex"><span class="katex-mathml"><math><semantics><mrow><msup><mi>x</mi><mn>2</mn></msup></mrow><annotation encoding="application/x-tex">x^2</annotation></semantics></math></span><span class="katex-html" aria-hidden="true"><span>x</span><span>2</span></span></span>`,
	'KaTeX in display mode': `<span class="katex-display"><span class="katex"><span class="katex-mathml">${SQUARE}</span><span class="katex-html"><span>x2</span></span></span></span>`,
	'MathJax 3': `<mjx-container><mjx-math aria-hidden="true"><mjx-mi>x</mjx-mi><mjx-mn>2</mjx-mn></mjx-math><mjx-assistive-mml>${SQUARE}</mjx-assistive-mml></mjx-container>`,
	'MathJax 3 in SVG': `<mjx-container jax="SVG"><svg width="400" height="90" aria-hidden="true"><text>x2</text></svg><mjx-assistive-mml>${SQUARE}</mjx-assistive-mml></mjx-container>`,
	'MathJax 2': `<span class="MathJax_Preview">x2</span><span class="MathJax" role="presentation"><nobr aria-hidden="true"><span>x</span><span>2</span></nobr><span class="MJX_Assistive_MathML">${SQUARE}</span></span><script type="math/tex">x^2</script>`,
	'MathJax 2 in display mode': `<span class="MathJax_Preview"></span><div class="MathJax_Display"><span class="MathJax"><nobr>x2</nobr><span class="MJX_Assistive_MathML">${SQUARE}</span></span></div><script type="math/tex; mode=display">x^2</script>`,
	MediaWiki: `<span class="mwe-math-element"><span class="mwe-math-mathml-inline mwe-math-mathml-a11y" style="display: none;">${SQUARE}</span><img src="https://wiki.example/x.svg" class="mwe-math-fallback-image-inline" aria-hidden="true" alt="x^2"></span>`,
	'any other program': `<span class="sr-only">${SQUARE}</span><span aria-hidden="true">x2</span>`,
};

describe('drawing formulas', () => {
	it('draws Presentation MathML as written', () => {
		assert.equal(
			drawn(
				'<p>2×<math><msup><mn>10</mn><mn>6</mn></msup></math> litres, <math><mfrac><mn>1</mn><mn>2</mn></mfrac></math></p>',
			),
			'<p>2×<math><msup><mn>10</mn><mn>6</mn></msup></math> litres, <math><mfrac><mn>1</mn><mn>2</mn></mfrac></math></p>',
		);
	});

	for (const [name, formula] of Object.entries(TWINS)) {
		it(`draws a formula from ${name} once`, () => {
			const shown = blocks(`<p>So ${formula} is.</p>`)
				.join('')
				.replace(/ alttext="[^"]*"/g, '');
			assert.equal(shown.match(/<msup><mi>x<\/mi><mn>2<\/mn><\/msup>/g)?.length, 1, shown);
			assert.equal(
				shown
					.replace(/<[^>]*>/g, '')
					.replace(/\s+/g, ' ')
					.trim(),
				'So x2 is.',
				shown,
			);
			assert.doesNotMatch(shown, /<img|embed/);
			if (!formula.includes('<div')) assert.deepEqual(headings(`<h2>On ${formula}</h2>`), ['On x²', 'On x²']);
		});
	}

	it('draws several formulas in one paragraph', () => {
		const all = Object.values(TWINS).filter(formula => !formula.includes('<div'));
		const shown = blocks(`<p>${all.join(' and ')}</p>`).join('');
		assert.equal(shown.match(/<msup>/g)?.length, all.length);
		assert.equal(shown.replace(/<[^>]*>/g, ''), all.map(() => 'x2').join(' and '));
	});

	it('keeps the elements of a formula, or its TeX as code, if there is no MathML', () => {
		assert.equal(
			drawn(
				'<p><span class="katex"><span class="katex-mathml">E=mcE=mc</span><span class="katex-html" aria-hidden="true">E=mc</span></span></p>',
			),
			'<p>E=mc</p>',
		);
		assert.equal(
			drawn('<p><span class="katex"><span class="katex-html" aria-hidden="true">E=mc</span></span></p>'),
			'<p>E=mc</p>',
		);
		assert.equal(drawn('<p>So <script type="math/tex">x^2</script>.</p>'), '<p>So <code says="x^2"></code>.</p>');
		assert.equal(
			drawn(
				'<p><span class="MathJax_Preview">[x]</span><span class="MathJax"><nobr>x2</nobr></span><script type="math/tex">x^2</script></p>',
			),
			'<p><code says="x^2"></code></p>',
		);
		assert.equal(
			drawn('<div><script type="math/tex; mode=display">x^2</script></div>'),
			'<p><code says="x^2"></code></p>',
		);
		assert.equal(drawn('<p><span class="MathJax_Preview">x squared</span> is all</p>'), '<p>x squared is all</p>');
		assert.equal(
			drawn(
				'<p><span class="mwe-math-element"><img src="x.svg" class="mwe-math-fallback-image-inline" alt="x"></span> is</p>',
			),
			'<p><img picture="0"> is</p>',
		);
	});

	it('draws Content MathML as TeX or as its alternative text', () => {
		const meaning = '<apply><plus/><ci>x</ci><cn>1</cn></apply>';
		assert.equal(
			drawn(
				`<p>So <math><semantics>${meaning}<annotation encoding="application/x-tex">x+1</annotation></semantics></math></p>`,
			),
			'<p>So <code says="x+1"></code></p>',
		);
		assert.equal(
			drawn(`<p>So <math alttext="x plus 1">${meaning}</math></p>`),
			'<p>So <code says="x plus 1"></code></p>',
		);
	});

	it('keeps scripts in their positions if other elements are left out', () => {
		assert.equal(
			drawn(
				'<p>a<math><mfrac><malignmark/><mn>2</mn></mfrac><msup><svg></svg><mn>2</mn></msup><munknown><mi>y</mi></munknown>loose</math></p>',
			),
			'<p>a<math><mfrac><mrow></mrow><mn>2</mn></mfrac><msup><mrow></mrow><mn>2</mn></msup><mrow><mi>y</mi></mrow><mtext>loose</mtext></math></p>',
		);
	});

	it('replaces fences, letter variants, column alignment and actions, which MathML Core does not have', () => {
		assert.equal(
			drawn('<p>a<math><mfenced open="[" separators=";"><mi>x</mi><mi>y</mi></mfenced></math></p>'),
			'<p>a<math><mrow><mo says="["></mo><mi>x</mi><mo says=";"></mo><mi>y</mi><mo says=")"></mo></mrow></math></p>',
		);
		assert.equal(
			drawn(
				'<p>a<math><mi mathvariant="double-struck">R</mi><mstyle mathvariant="script"><mi>Lx</mi></mstyle></math></p>',
			),
			'<p>a<math><mi mathvariant="double-struck">ℝ</mi><mstyle mathvariant="script"><mi>ℒ𝓍</mi></mstyle></math></p>',
		);
		assert.equal(
			drawn(
				'<p>a<math><mtable columnalign="right left"><mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr></mtable></math></p>',
			),
			'<p>a<math><mtable><mtr><mtd columnalign="right"><mi>a</mi></mtd><mtd columnalign="left"><mi>b</mi></mtd></mtr></mtable></math></p>',
		);
		assert.equal(
			drawn('<p>a<math><maction actiontype="toggle" selection="2"><mi>a</mi><mi>b</mi></maction></math></p>'),
			'<p>a<math><mrow><mi>b</mi></mrow></math></p>',
		);
	});

	it('drops attributes that link, load, move or execute something', () => {
		assert.equal(
			drawn(
				'<p>a<math href="javascript:x" display="block" onclick="x" style="y" id="z"><mi xlink:href="//e.example/">x</mi><mspace width="9999em" height="1em"/><mpadded voffset="-90em"><mi>y</mi></mpadded><mo maxsize="999em" stretchy="true">(</mo><mstyle scriptlevel="-9"><mglyph src="//e.example/i" alt="g"/></mstyle><annotation-xml encoding="text/html"><p>p</p></annotation-xml></math></p>',
			),
			'<p>a<math display="block"><mi>x</mi><mspace height="1em"></mspace><mrow><mi>y</mi></mrow><mo stretchy="true">(</mo><mstyle><mtext says="g"></mtext></mstyle></math></p>',
		);
	});

	it('maps every character to the source, including those drawn as other characters', () => {
		const text = `${HEAD}<p>a &amp; <math><mi mathvariant="fraktur">Ax&lt;</mi></math>b</p>\n`;
		const [block] = draw(text).blocks;
		assert.ok(block);
		const said = textOf(block.content.markup);
		assert.equal(said, 'a & 𝔄𝔵<b');
		const { runs } = block.content;
		const parts: string[] = [];
		for (let run = 0; run < runs.length; run += 4) {
			const [at = 0, from = 0, units = 0, length = 0] = runs.slice(run, run + 4);
			parts.push(`${said.slice(at, at + units)}=${text.slice(block.start + from, block.start + from + length)}`);
		}
		assert.deepEqual(parts, ['a =a ', '&=&amp;', ' = ', '𝔄=A', '𝔵=x', '<=&lt;', 'b=b']);
	});

	it('puts a formula on one line in the label of a heading', () => {
		for (const [formula, words] of [
			['<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>', '(a+b)/2'],
			['<msqrt><mi>x</mi></msqrt>', '√x'],
			['<mroot><mi>x</mi><mn>3</mn></mroot>', '³√x'],
			['<msubsup><mi>a</mi><mn>1</mn><mrow><mi>k</mi><mo>+</mo><mi>m</mi></mrow></msubsup>', 'a₁^(k+m)'],
			['<msub><mi>H</mi><mn>2</mn></msub><mi>O</mi>', 'H₂O'],
			['<mfenced><mi>x</mi><mi>y</mi></mfenced>', '(x,y)'],
			['<mi>f</mi><mo>&#x2061;</mo><mo>(</mo><mi>x</mi><mo>)</mo>', 'f(x)'],
			['<mover><mi>x</mi><mo>¯</mo></mover>', 'x\u0304'],
			['<mfrac linethickness="0"><mi>n</mi><mi>k</mi></mfrac>', 'n k'],
		])
			assert.deepEqual(headings(`<h2>On <math>${formula}</math></h2>`), [`On ${words}`, `On ${words}`]);
	});
});
