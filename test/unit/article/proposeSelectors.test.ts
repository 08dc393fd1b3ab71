import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseArticle } from '../../../server/src/article/article.ts';
import { ELEMENT_NODE } from '../../../server/src/article/node.ts';
import { proposeSelectors } from '../../../server/src/article/selectors/propose.ts';
import { span } from '../../../server/src/article/span.ts';
import { runs } from '../../support/runs.ts';

const HEAD = '<!--1577182863000-->\n[A dry title](https://courier.example/2019/story/)\n------\n\n';

/** Returns the selectors for the place of `|` in a body. */
function proposals(marked: string): readonly string[] {
	const offset = HEAD.length + marked.indexOf('|');
	const article = parseArticle(HEAD + marked.replace('|', ''));
	return proposeSelectors(article, span(offset, offset + 1)).map(({ text }) => text);
}

describe('the selectors that are proposed for a block', () => {
	for (const [title, body, expected] of [
		['its class', '<p>a</p><div class="related-box">|b</div>', ['.related-box']],
		['its id, then its classes', '<div id="promo" class="teaser box">|b</div>', ['#promo', '.teaser']],
		[
			'the blocks around it',
			'<section class="extras"><div class="related-box"><p class="lead">|b</p></div></section>',
			['.lead', '.related-box', '.extras'],
		],
		[
			'a block without a name in one with a name',
			'<div class="related-box"><ul><li>|b</li></ul></div>',
			['.related-box', '.related-box li'],
		],
		['an element that says what it is', '<aside><p>a</p>|</aside>', ['aside']],
		['no generated names', '<div class="css-1x2y3z sc-bdVaJa related">|b</div>', ['.related']],
		['no numbers of posts', '<div id="post-12345" class="wp-image-6789 teaser">|b</div>', ['.teaser']],
		['what stays of names of CSS modules', '<div class="Related_box__x7Gh2">|b</div>', ['[class*="Related_box__"]']],
		['its place if there is nothing else', '<p>a</p><p>|b</p>', ['p:nth-child(2)']],
		['words in Chinese', '<div class="相关阅读">|b</div>', ['.相关阅读']],
	] as const) {
		it(`are made of ${title}`, () => assert.deepEqual(proposals(body), expected));
	}

	it('match the block, whatever its names are', () => {
		const name = fc.string({ unit: fc.constantFrom(...'abXY19_-. :/#[中') });
		const element = fc.tuple(fc.constantFrom('div', 'p', 'span', 'aside'), name, name, fc.boolean());
		fc.assert(
			fc.property(fc.array(element, { minLength: 1, maxLength: 4 }), parts => {
				const open = parts.map(([tag, id, names, has]) => `<${tag}${has ? ` id="${id}"` : ''} class="${names}">`);
				const close = parts.map(([tag]) => `</${tag}>`).reverse();
				const text = `${HEAD}${open.join('')}words${close.join('')}`;
				const offset = text.indexOf('words');
				const article = parseArticle(text);
				const around = article.nodes.flatMap(({ nodeType, start, end }, at) =>
					nodeType === ELEMENT_NODE && start <= offset && offset < end ? at : [],
				);
				const found = proposeSelectors(article, span(offset, offset + 1));
				assert.ok(found.length <= 4);
				for (const selector of found)
					assert.ok(
						selector.select(article.body).some(at => around.includes(at)),
						selector.text,
					);
			}),
			{ numRuns: runs(500) },
		);
	});
});
