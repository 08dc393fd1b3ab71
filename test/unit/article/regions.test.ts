import assert from 'node:assert/strict';
import { parseArticle } from '../../../server/src/article/article.ts';
import { labelOf } from '../../../server/src/article/label.ts';

/** An article with a body, under the title *A dry title*. */
const PROSE = '<p>The water left early, and nobody in the town could say why it had gone so soon this year.</p>';

function article(body: string, title = 'A dry title'): string {
	return `<!--1577182863000-->\n[${title}](https://courier.example/2019/story/)\n------\n\n${body}\n`;
}

/** Returns the furniture of a body, each as `kind: text (reason)`. */
function furniture(body: string, title?: string): readonly string[] {
	const parsed = parseArticle(article(body, title));
	return parsed.regions.furniture.map(
		({ kind, reason, first }) => `${kind}: ${labelOf(parsed.nodes, first)} (${reason})`,
	);
}

describe('regions', () => {
	const cases: readonly (readonly [string, string, readonly string[]])[] = [
		['plain paragraphs', PROSE + PROSE, []],
		['nav', `<nav><a href="/">Home</a></nav>${PROSE}`, ['navigation: Home (element “nav”)']],
		[
			'comments, longer than the article',
			`${PROSE}${PROSE}<div id="comments"><h2>Comments</h2>${PROSE.repeat(5)}</div>`,
			[`comments: Comments ${PROSE.slice(3, -4).concat(' ').repeat(5).trim()} (id “comments”)`],
		],
		['the article in an element with a misleading name', `<div class="has-sidebar comments-open">${PROSE}</div>`, []],
		[
			'related articles',
			`${PROSE}<div class="jp-relatedposts"><h3>相关</h3><a href="/2">Another</a></div>`,
			['related: 相关 Another (class “jp-relatedposts”)'],
		],
		[
			'hidden words',
			`<h2 class="element-invisible"><a href="/f">tide.jpg</a></h2>${PROSE}`,
			['hidden: tide.jpg (hidden on the page)'],
		],
		['the title again', `<h1>A dry title</h1>${PROSE}`, ['title: A dry title (repeats the title)']],
	];
	for (const [title, body, expected] of cases) it(title, () => assert.deepEqual(furniture(body), expected));

	it('are empty when all of the body is to count as the article', () => {
		const parsed = parseArticle(article(`<h1>A dry title</h1>${PROSE}`), { furniture: false });
		assert.deepEqual(parsed.regions.furniture, []);
	});
});
