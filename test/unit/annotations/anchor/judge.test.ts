import assert from 'node:assert/strict';
import type { Candidate } from '../../../../server/src/annotations/anchor/candidates.ts';
import { type AnchorJudgement, judgeCandidates, type Sought } from '../../../../server/src/annotations/anchor/judge.ts';

/** A quote of eight letters that was noted at 1000, with enough context to tell something. */
const SOUGHT: Sought = { noted: 1000, expected: undefined, shiftOf: () => 0, quoteWeight: 8, contextWeight: 16 };

/** A place so far from where the quote was noted, with all that is not said otherwise. */
function placeAt(shift: number, given: Partial<Candidate> = {}): Candidate {
	const start = 1000 + shift;
	const span = { start, end: start + 8 };
	return { span, verbatim: true, quote: 1, context: 1, before: 1, after: 1, score: 1, ...given };
}

function kindOf(places: readonly Candidate[], sought: Partial<Sought> = {}): AnchorJudgement['kind'] {
	return judgeCandidates(places, { ...SOUGHT, ...sought }).kind;
}

/** Another place, of which there is none of the text around the quote. */
const other = (score: number): Candidate => placeAt(5000, { score, before: 0, after: 0, context: 0 });

/** What becomes of a place as one of its values falls: the least that is enough, and what is too little. */
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
		what: 'an unchanged quote is in its place within 60 characters of it',
		enough: () => kindOf([placeAt(60, { context: 0.9 })]),
		tooLittle: () => kindOf([placeAt(61, { context: 0.9 })]),
		kinds: ['sure', 'likely'],
	},
	{
		what: 'that goes for the place where it is expected, too',
		enough: () => kindOf([placeAt(-60, { context: 0.9 })], { noted: undefined, expected: 1000 }),
		tooLittle: () => kindOf([placeAt(-61, { context: 0.9 })], { noted: undefined, expected: 1000 }),
		kinds: ['sure', 'likely'],
	},
	{
		what: 'in its place it is better by 0.1 than any other',
		enough: () => kindOf([placeAt(0, { score: 0.2 }), other(0.1)]),
		tooLittle: () => kindOf([placeAt(0, { score: 0.2 }), other(0.11)]),
		kinds: ['sure', 'unsure'],
	},
	{
		what: 'elsewhere it is better by 0.3',
		enough: () => kindOf([placeAt(FAR, { score: 0.6 }), other(0.3)]),
		tooLittle: () => kindOf([placeAt(FAR, { score: 0.6 }), other(0.31)]),
		kinds: ['sure', 'unsure'],
	},
	{
		what: 'so is one that is shown as changed, in its place too',
		enough: () => kindOf([placeAt(0, { score: 0.6, context: 0.5 }), other(0.3)]),
		tooLittle: () => kindOf([placeAt(0, { score: 0.6, context: 0.5 }), other(0.31)]),
		kinds: ['likely', 'unsure'],
	},
	{
		what: 'in its place nine tenths of its context are left',
		enough: () => kindOf([placeAt(0, { context: 0.9 })]),
		tooLittle: () => kindOf([placeAt(0, { context: 0.89 })]),
		kinds: ['sure', 'likely'],
	},
	{
		what: 'or it tells as much as 20 letters',
		enough: () => kindOf([placeAt(0, { context: 0 })], { quoteWeight: 20 }),
		tooLittle: () => kindOf([placeAt(0, { context: 0 })], { quoteWeight: 19 }),
		kinds: ['sure', 'gone'],
	},
	{
		what: 'elsewhere all of its context is left',
		enough: () => kindOf([placeAt(FAR)]),
		tooLittle: () => kindOf([placeAt(FAR, { context: 0.99 })]),
		kinds: ['sure', 'likely'],
	},
	{
		what: 'which tells as much as 16 letters',
		enough: () => kindOf([placeAt(FAR)], { contextWeight: 16 }),
		tooLittle: () => kindOf([placeAt(FAR)], { contextWeight: 15 }),
		kinds: ['sure', 'unsure'],
	},
	{
		what: 'or it tells as much as 256 letters',
		enough: () => kindOf([placeAt(FAR, { context: 0 })], { quoteWeight: 256 }),
		tooLittle: () => kindOf([placeAt(FAR, { context: 0 })], { quoteWeight: 255 }),
		kinds: ['sure', 'likely'],
	},
	{
		what: 'an unchanged quote is shown as changed with half of its context in its place',
		enough: () => kindOf([placeAt(0, { context: 0.5 })]),
		tooLittle: () => kindOf([placeAt(0, { context: 0.49 })]),
		kinds: ['likely', 'unsure'],
	},
	{
		what: 'with nine tenths elsewhere',
		enough: () => kindOf([placeAt(FAR, { context: 0.9 })]),
		tooLittle: () => kindOf([placeAt(FAR, { context: 0.89 })]),
		kinds: ['likely', 'unsure'],
	},
	{
		what: 'or where it tells as much as 64 letters',
		enough: () => kindOf([placeAt(FAR, { context: 0 })], { quoteWeight: 64 }),
		tooLittle: () => kindOf([placeAt(FAR, { context: 0 })], { quoteWeight: 63 }),
		kinds: ['likely', 'unsure'],
	},
	{
		what: 'a changed quote has 0.35 left in its place, where all of its context is',
		enough: () => kindOf([placeAt(0, { ...CHANGED, quote: 0.35, context: 0.98 })]),
		tooLittle: () => kindOf([placeAt(0, { ...CHANGED, quote: 0.34, context: 0.98 })]),
		kinds: ['likely', 'gone'],
	},
	{
		what: 'that is all but 0.02 of the context',
		enough: () => kindOf([placeAt(0, { ...CHANGED, quote: 0.4, context: 0.98 })]),
		tooLittle: () => kindOf([placeAt(0, { ...CHANGED, quote: 0.4, context: 0.97 })]),
		kinds: ['likely', 'gone'],
	},
	{
		what: 'it has half of its words left',
		enough: () => kindOf([placeAt(0, { ...CHANGED, quote: 0.5, context: 0.9 })]),
		tooLittle: () => kindOf([placeAt(0, { ...CHANGED, quote: 0.49, context: 0.9 })]),
		kinds: ['likely', 'gone'],
	},
	{
		what: 'which tell as much as four letters',
		enough: () => kindOf([placeAt(0, { ...CHANGED, quote: 0.5, context: 0.9 })], { quoteWeight: 8 }),
		tooLittle: () => kindOf([placeAt(0, { ...CHANGED, quote: 0.5, context: 0.9 })], { quoteWeight: 7 }),
		kinds: ['likely', 'gone'],
	},
	{
		what: 'and 0.4 of its context',
		enough: () => kindOf([placeAt(0, { ...CHANGED, quote: 0.9, context: 0.4 })]),
		tooLittle: () => kindOf([placeAt(0, { ...CHANGED, quote: 0.9, context: 0.39 })]),
		kinds: ['likely', 'unsure'],
	},
	{
		what: 'in its place it and its context are alike by 0.6',
		enough: () => kindOf([placeAt(60, { ...CHANGED, quote: 0.7, context: 0.5 })]),
		tooLittle: () => kindOf([placeAt(60, { ...CHANGED, quote: 0.7, context: 0.49 })]),
		kinds: ['likely', 'unsure'],
	},
	{
		what: 'nearby by 0.85',
		enough: () => kindOf([placeAt(61, { ...CHANGED, quote: 0.8, context: 0.9 })]),
		tooLittle: () => kindOf([placeAt(61, { ...CHANGED, quote: 0.8, context: 0.89 })]),
		kinds: ['likely', 'unsure'],
	},
	{
		what: 'that is within 150 characters',
		enough: () => kindOf([placeAt(150, { ...CHANGED, quote: 0.8, context: 0.9 })]),
		tooLittle: () => kindOf([placeAt(151, { ...CHANGED, quote: 0.8, context: 0.9 })]),
		kinds: ['likely', 'unsure'],
	},
	{
		what: 'elsewhere by 0.93',
		enough: () => kindOf([placeAt(FAR, { ...CHANGED, quote: 0.96, context: 0.91 })]),
		tooLittle: () => kindOf([placeAt(FAR, { ...CHANGED, quote: 0.96, context: 0.89 })]),
		kinds: ['likely', 'unsure'],
	},
	{
		what: 'a place is asked about with 0.4 of its context, where the quote is unchanged',
		enough: () => kindOf([placeAt(FAR, { context: 0.4 })]),
		tooLittle: () => kindOf([placeAt(FAR, { context: 0.39 })]),
		kinds: ['unsure', 'gone'],
	},
	{
		what: 'with half of all, where it is changed',
		enough: () => kindOf([placeAt(FAR, { ...CHANGED, quote: 0.6, context: 0.2, score: 0.5 })]),
		tooLittle: () => kindOf([placeAt(FAR, { ...CHANGED, quote: 0.6, context: 0.2, score: 0.49 })]),
		kinds: ['unsure', 'gone'],
	},
];

describe('judging a place', () => {
	for (const { what, enough, tooLittle, kinds } of ROWS)
		it(what, () => assert.deepEqual([enough(), tooLittle()], kinds));

	it('takes a place for nearby where nobody knows where it should be', () => {
		const place = placeAt(FAR, { ...CHANGED, quote: 0.8, context: 0.9 });
		assert.equal(kindOf([place], { noted: undefined, expected: undefined }), 'likely');
		assert.equal(kindOf([place]), 'unsure');
	});

	it('asks where one place has all of one side, and the best has not', () => {
		const best = placeAt(0, { before: 0.97, context: 0.97 });
		assert.equal(kindOf([best, placeAt(FAR, { before: 0.98, after: 0, score: 0.1, context: 0.5 })]), 'unsure');
		assert.equal(kindOf([best, placeAt(FAR, { before: 0.97, after: 0, score: 0.1, context: 0.5 })]), 'sure');
		assert.equal(
			kindOf([best, placeAt(FAR, { ...CHANGED, before: 0.98, after: 0, score: 0.1, context: 0.5 })]),
			'sure',
		);
	});

	it('asks about the ten best at most, and counts no place twice that overlaps a better one', () => {
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

	it('finds nothing where there is no place', () => {
		assert.deepEqual(judgeCandidates([], SOUGHT), {
			kind: 'gone',
			places: [],
			reason: 'Its words are no longer in the article',
			score: 0,
			margin: 0,
		});
	});
});
