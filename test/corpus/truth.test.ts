import assert from 'node:assert/strict';
import { parseArticle } from '../../server/src/article/article.ts';
import { corpusFiles } from './corpus.ts';
import { FLOORS, reaches } from './truth/floors.ts';
import { readLabels } from './truth/labels.ts';
import { compare, MEASURES, total } from './truth/measure.ts';

/** Compares what is found in real articles with what people say about them; `npm run truth` prints the details. */
describe('corpus: truth', () => {
	const { found, skipped } = readLabels(corpusFiles());

	before(function () {
		if (skipped.length > 0) console.log(`    ${skipped.length} labelled articles are not in ../shared/corpus: skipped`);
		if (found.length === 0) this.skip();
	});

	it('finds at least as much as the floors say', () => {
		const shares = total(found.map(({ file, label }) => compare(parseArticle(file.text), label)));
		assert.deepEqual(
			MEASURES.filter(measure => !reaches(measure, shares[measure], FLOORS[measure].floor)).map(
				measure => `${measure}: ${shares[measure].right} of ${shares[measure].all}, not ${FLOORS[measure].floor}`,
			),
			[],
		);
	});
});
