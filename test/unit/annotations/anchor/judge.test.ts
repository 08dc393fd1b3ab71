import assert from 'node:assert/strict';
import type { Candidate } from '../../../../server/src/annotations/anchor/candidates.ts';
import { type AnchorJudgement, judgeCandidates, type Sought } from '../../../../server/src/annotations/anchor/judge.ts';

/** A quote of eight letters noted at 1000, with enough context to be significant. */
const SOUGHT: Sought = { noted: 1000, expected: undefined, shiftOf: () => 0, quoteWeight: 8, contextWeight: 16 };

/** Creates a place at a distance from the noted one; a perfect match unless given otherwise. */
function placeAt(shift: number, given: Partial<Candidate> = {}): Candidate {
	const start = 1000 + shift;
	const span = { start, end: start + 8 };
	return { span, verbatim: true, quote: 1, context: 1, before: 1, after: 1, score: 1, ...given };
}

function kindOf(places: readonly Candidate[], sought: Partial<Sought> = {}): AnchorJudgement['kind'] {
	return judgeCandidates(places, { ...SOUGHT, ...sought }).kind;
}

/** Another place, without any context of the quote. */
const other = (score: number): Candidate => placeAt(5000, { score, before: 0, after: 0, context: 0 });

/** A threshold: the kinds just at it and just beyond it. */
interface Row {
	readonly what: string;
	readonly enough: () => AnchorJudgement['kind'];
	readonly tooLittle: () => AnchorJudgement['kind'];
	readonly kinds: readonly [AnchorJudgement['kind'], AnchorJudgement['kind']];
}

const FAR = 1000;
const CHANGED = { verbatim: false } as const;

const ROWS: readonly Row[] = [
	{
		what: 'counts an unchanged quote as in place within 60 characters of the noted place',
		enough: () => kindOf([placeAt(60, { context: 0.9 })]),
		tooLittle: () => kindOf([placeAt(61, { context: 0.9 })]),
		kinds: ['sure', 'likely'],
	},
	{
		what: 'counts an unchanged quote as in place within 60 characters of the expected place',
		enough: () => kindOf([placeAt(-60, { context: 0.9 })], { noted: undefined, expected: 1000 }),
		tooLittle: () => kindOf([placeAt(-61, { context: 0.9 })], { noted: undefined, expected: 1000 }),
		kinds: ['sure', 'likely'],
	},
	{
		what: 'requires a margin of 0.1 for an unchanged quote in place',
		enough: () => kindOf([placeAt(0, { score: 0.2 }), other(0.1)]),
		tooLittle: () => kindOf([placeAt(0, { score: 0.2 }), other(0.11)]),
		kinds: ['sure', 'unsure'],
	},
	{
		what: 'requires a margin of 0.3 for an unchanged quote elsewhere',
		enough: () => kindOf([placeAt(FAR, { score: 0.6 }), other(0.3)]),
		tooLittle: () => kindOf([placeAt(FAR, { score: 0.6 }), other(0.31)]),
		kinds: ['sure', 'unsure'],
	},
	{
		what: 'requires a margin of 0.3 to show a quote as changed',
		enough: () => kindOf([placeAt(0, { score: 0.6, context: 0.5 }), other(0.3)]),
		tooLittle: () => kindOf([placeAt(0, { score: 0.6, context: 0.5 }), other(0.31)]),
		kinds: ['likely', 'unsure'],
	},
	{
		what: 'requires 0.9 of the context for an unchanged quote in place',
		enough: () => kindOf([placeAt(0, { context: 0.9 })]),
		tooLittle: () => kindOf([placeAt(0, { context: 0.89 })]),
		kinds: ['sure', 'likely'],
	},
	{
		what: 'requires no context for an unchanged quote of 20 letters in place',
		enough: () => kindOf([placeAt(0, { context: 0 })], { quoteWeight: 20 }),
		tooLittle: () => kindOf([placeAt(0, { context: 0 })], { quoteWeight: 19 }),
		kinds: ['sure', 'gone'],
	},
	{
		what: 'requires the whole context for an unchanged quote elsewhere',
		enough: () => kindOf([placeAt(FAR)]),
		tooLittle: () => kindOf([placeAt(FAR, { context: 0.99 })]),
		kinds: ['sure', 'likely'],
	},
	{
		what: 'requires a context of 16 letters for an unchanged quote elsewhere',
		enough: () => kindOf([placeAt(FAR)], { contextWeight: 16 }),
		tooLittle: () => kindOf([placeAt(FAR)], { contextWeight: 15 }),
		kinds: ['sure', 'unsure'],
	},
	{
		what: 'requires no context for an unchanged quote of 256 letters elsewhere',
		enough: () => kindOf([placeAt(FAR, { context: 0 })], { quoteWeight: 256 }),
		tooLittle: () => kindOf([placeAt(FAR, { context: 0 })], { quoteWeight: 255 }),
		kinds: ['sure', 'likely'],
	},
	{
		what: 'shows an unchanged quote as changed with 0.5 of its context in place',
		enough: () => kindOf([placeAt(0, { context: 0.5 })]),
		tooLittle: () => kindOf([placeAt(0, { context: 0.49 })]),
		kinds: ['likely', 'unsure'],
	},
	{
		what: 'shows an unchanged quote as changed with 0.9 of its context elsewhere',
		enough: () => kindOf([placeAt(FAR, { context: 0.9 })]),
		tooLittle: () => kindOf([placeAt(FAR, { context: 0.89 })]),
		kinds: ['likely', 'unsure'],
	},
	{
		what: 'shows an unchanged quote of 64 letters as changed without its context',
		enough: () => kindOf([placeAt(FAR, { context: 0 })], { quoteWeight: 64 }),
		tooLittle: () => kindOf([placeAt(FAR, { context: 0 })], { quoteWeight: 63 }),
		kinds: ['likely', 'unsure'],
	},
	{
		what: 'requires 0.35 of a changed quote in place with its whole context',
		enough: () => kindOf([placeAt(0, { ...CHANGED, quote: 0.35, context: 0.98 })]),
		tooLittle: () => kindOf([placeAt(0, { ...CHANGED, quote: 0.34, context: 0.98 })]),
		kinds: ['likely', 'gone'],
	},
	{
		what: 'counts 0.98 of the context as whole',
		enough: () => kindOf([placeAt(0, { ...CHANGED, quote: 0.4, context: 0.98 })]),
		tooLittle: () => kindOf([placeAt(0, { ...CHANGED, quote: 0.4, context: 0.97 })]),
		kinds: ['likely', 'gone'],
	},
	{
		what: 'requires 0.5 of a changed quote otherwise',
		enough: () => kindOf([placeAt(0, { ...CHANGED, quote: 0.5, context: 0.9 })]),
		tooLittle: () => kindOf([placeAt(0, { ...CHANGED, quote: 0.49, context: 0.9 })]),
		kinds: ['likely', 'gone'],
	},
	{
		what: 'requires four remaining letters of a changed quote',
		enough: () => kindOf([placeAt(0, { ...CHANGED, quote: 0.5, context: 0.9 })], { quoteWeight: 8 }),
		tooLittle: () => kindOf([placeAt(0, { ...CHANGED, quote: 0.5, context: 0.9 })], { quoteWeight: 7 }),
		kinds: ['likely', 'gone'],
	},
	{
		what: 'requires 0.4 of the context of a changed quote',
		enough: () => kindOf([placeAt(0, { ...CHANGED, quote: 0.9, context: 0.4 })]),
		tooLittle: () => kindOf([placeAt(0, { ...CHANGED, quote: 0.9, context: 0.39 })]),
		kinds: ['likely', 'unsure'],
	},
	{
		what: 'requires an average similarity of 0.6 in place',
		enough: () => kindOf([placeAt(60, { ...CHANGED, quote: 0.7, context: 0.5 })]),
		tooLittle: () => kindOf([placeAt(60, { ...CHANGED, quote: 0.7, context: 0.49 })]),
		kinds: ['likely', 'unsure'],
	},
	{
		what: 'requires an average similarity of 0.85 nearby',
		enough: () => kindOf([placeAt(61, { ...CHANGED, quote: 0.8, context: 0.9 })]),
		tooLittle: () => kindOf([placeAt(61, { ...CHANGED, quote: 0.8, context: 0.89 })]),
		kinds: ['likely', 'unsure'],
	},
	{
		what: 'counts a changed quote as nearby within 150 characters',
		enough: () => kindOf([placeAt(150, { ...CHANGED, quote: 0.8, context: 0.9 })]),
		tooLittle: () => kindOf([placeAt(151, { ...CHANGED, quote: 0.8, context: 0.9 })]),
		kinds: ['likely', 'unsure'],
	},
	{
		what: 'requires an average similarity of 0.93 elsewhere',
		enough: () => kindOf([placeAt(FAR, { ...CHANGED, quote: 0.96, context: 0.91 })]),
		tooLittle: () => kindOf([placeAt(FAR, { ...CHANGED, quote: 0.96, context: 0.89 })]),
		kinds: ['likely', 'unsure'],
	},
	{
		what: 'offers a place of an unchanged quote with 0.4 of its context',
		enough: () => kindOf([placeAt(FAR, { context: 0.4 })]),
		tooLittle: () => kindOf([placeAt(FAR, { context: 0.39 })]),
		kinds: ['unsure', 'gone'],
	},
	{
		what: 'offers a place of a changed quote with a score of 0.5',
		enough: () => kindOf([placeAt(FAR, { ...CHANGED, quote: 0.6, context: 0.2, score: 0.5 })]),
		tooLittle: () => kindOf([placeAt(FAR, { ...CHANGED, quote: 0.6, context: 0.2, score: 0.49 })]),
		kinds: ['unsure', 'gone'],
	},
];

describe('judging candidates', () => {
	for (const { what, enough, tooLittle, kinds } of ROWS)
		it(what, () => assert.deepEqual([enough(), tooLittle()], kinds));

	it('counts any place as nearby if no place is noted or expected', () => {
		const place = placeAt(FAR, { ...CHANGED, quote: 0.8, context: 0.9 });
		assert.equal(kindOf([place], { noted: undefined, expected: undefined }), 'likely');
		assert.equal(kindOf([place]), 'unsure');
	});

	it('is unsure if another place has the whole context on a side and the best one does not', () => {
		const best = placeAt(0, { before: 0.97, context: 0.97 });
		assert.equal(kindOf([best, placeAt(FAR, { before: 0.98, after: 0, score: 0.1, context: 0.5 })]), 'unsure');
		assert.equal(kindOf([best, placeAt(FAR, { before: 0.97, after: 0, score: 0.1, context: 0.5 })]), 'sure');
		assert.equal(
			kindOf([best, placeAt(FAR, { ...CHANGED, before: 0.98, after: 0, score: 0.1, context: 0.5 })]),
			'sure',
		);
	});

	it('offers at most ten places, without those that overlap a better one', () => {
		const places = Array.from({ length: 12 }, (_, at) => placeAt(100 * at, { score: (50 + at) / 100, context: 0.5 }));
		const judged = judgeCandidates([...places, placeAt(1104, { score: 0.55 })], SOUGHT);
		assert.deepEqual(
			[judged.kind, judged.places.map(({ score }) => score), judged.reason],
			[
				'unsure',
				[0.61, 0.6, 0.59, 0.58, 0.57, 0.56, 0.55, 0.54, 0.53, 0.52],
				'The same words occur in at least 10 places',
			],
		);
		assert.equal(judgeCandidates([placeAt(0), placeAt(7, { score: 0.95 })], SOUGHT).margin, 1);
		assert.equal(judgeCandidates([placeAt(0), placeAt(8, { score: 0.5 })], SOUGHT).margin, 0.5);
		assert.equal(judgeCandidates([placeAt(8), placeAt(0, { score: 0.5 })], SOUGHT).margin, 0.5);
	});

	it('reports a quote without candidates as gone', () => {
		assert.deepEqual(judgeCandidates([], SOUGHT), {
			kind: 'gone',
			places: [],
			reason: 'Its words are no longer in the article',
			score: 0,
			margin: 0,
		});
	});
});
