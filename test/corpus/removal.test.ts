import assert from 'node:assert/strict';
import { type Article, parseDocument } from '../../server/src/article/article.ts';
import { applyEdits } from '../../server/src/article/edits.ts';
import { collapse, expand } from '../../server/src/article/format.ts';
import { TEXT_NODE } from '../../server/src/article/node.ts';
import { removeRegions } from '../../server/src/article/removal.ts';
import { sampled } from '../support/runs.ts';
import { corpusFiles } from './corpus.ts';

const files = sampled(corpusFiles());

/** Returns the words of an article outside its furniture. */
function words({ nodes, regions }: Article): string {
	return nodes
		.flatMap(({ nodeType, nodeValue }, at) => (nodeType === TEXT_NODE && !regions.isFurniture(at) ? nodeValue : []))
		.join('')
		.replace(/\s+/g, '');
}

describe('Remove Page Furniture on the corpus', () => {
	before(function () {
		if (files.length > 0) return;
		console.log('    ../shared/corpus is not here: its tests are skipped');
		this.skip();
	});

	it('keeps the words of the article, its form, and leaves nothing to remove', function () {
		this.timeout(300_000);
		let [removed, left, again] = [0, 0, 0];
		for (const { path, text } of files) {
			for (const x of [text, expand(text), collapse(text)]) {
				const article = parseDocument(x);
				if (article.kind === 'list') continue;
				const { furniture } = article.regions;
				const removal = removeRegions(article, furniture);
				const { article: made } = removal;
				removed += removal.removed.length;
				left += removal.left.length;
				again += made.regions.furniture.length - removal.left.length;
				assert.equal(applyEdits(x, removal.edits), made.text, path);
				if (removal.left.length === 0 && made.regions.furniture.length === 0)
					assert.equal(words(made), words(article), path);
				if (removal.removed.length === 0) continue;
				if (x === expand(text)) assert.equal(expand(made.text), made.text, path);
				if (x === collapse(text)) assert.equal(collapse(made.text), made.text, path);
			}
		}
		assert.ok(removed > files.length, `only ${removed} parts were removed`);
		assert.ok(left <= removed / 100 && again <= removed / 100, `${left} were left, ${again} found again`);
	});
});
