import assert from 'node:assert/strict';
import { fate, find, noted, shown } from './support.ts';

const HARBOUR =
	'The keeper rose before dawn and counted the lamps. Nobody had asked him to. In the spring of that year ⟦the price of oil⟧ had doubled, and the council wrote a letter about it that was never answered. The ferry left at nine.';
const PLAIN = HARBOUR.replace(/[⟦⟧]/g, '');

const MARKET =
	'天还没亮，码头上的早市就已经开张了。挑着担子的人从江边一级一级走上来，谁也不说话。⟦卖豆腐的老陈⟧说，他在这里摆了三十年的摊，从来没有见过这么大的雾。等雾散了，大桥也就通车了。';
const MARKET_PLAIN = MARKET.replace(/[⟦⟧]/g, '');

describe('anchoring', () => {
	it('finds a quote where it was', () => {
		assert.equal(fate(HARBOUR, PLAIN), 'exact: ⟦the price of oil⟧ The same words in the same place');
		assert.equal(fate(MARKET, MARKET_PLAIN), 'exact: ⟦卖豆腐的老陈⟧ The same words in the same place');
	});

	it('finds a quote that moved with its context', () => {
		assert.equal(
			fate(HARBOUR, `It rained. ${PLAIN}`),
			'moved: ⟦the price of oil⟧ The same words, 11 characters further down',
		);
		assert.equal(
			fate(MARKET, MARKET_PLAIN.slice(10)),
			'moved: ⟦卖豆腐的老陈⟧ The same words, 10 characters further up',
		);
	});

	it('ignores differences in white space, width and typography', () => {
		assert.equal(
			fate(
				'He said “⟦wait… for me⟧” and left the ＡＢＣ hall in the rain',
				'\n\tHe said "wait... \n for\u00a0me" and left the ABC hall in\u200b the rain',
			),
			'moved: ⟦wait... \n for\u00a0me⟧ The same words, 2 characters further down',
		);
	});

	it('is case-sensitive', () => {
		assert.match(
			fate('In March we ⟦march⟧ again, whatever the weather', 'In march we March again, whatever the weather'),
			/^(orphan|changed|ambiguous)/,
		);
	});

	it('distinguishes equal words by their context', () => {
		const text =
			'The old bell rang for the dead. The new bell rang for the living. The last bell rang for nobody at all.';
		assert.equal(
			fate(
				'The old bell rang for the dead. The new ⟦bell⟧ rang for the living. The last bell rang for nobody at all.',
				`Listen: ${text}`,
			),
			'moved: ⟦bell⟧ The same words, 8 characters further down',
		);
	});

	it('widens changed words to whole words', () => {
		assert.equal(
			fate(HARBOUR, PLAIN.replace('the price of oil', 'the prices of lamp oils')),
			'changed: ⟦the prices of lamp oils⟧ 61 % of the words remain, and 98 % of the text around them',
		);
		assert.equal(
			fate(MARKET, MARKET_PLAIN.replace('卖豆腐的老陈', '卖豆腐花的老陈')),
			'changed: ⟦卖豆腐花的老陈⟧ 86 % of the words remain, and 100 % of the text around them',
		);
	});

	it('identifies a short quote by its context', () => {
		assert.equal(
			fate(
				'挑着担子的人从江边一级一级走上来，⟦港务长⟧谁也不理，只看着雾里的船。',
				'挑着担子的人从江边一级一级走上来，港长谁也不理，只看着雾里的船。',
			),
			'changed: ⟦港长⟧ 67 % of the words remain, and 100 % of the text around them',
		);
	});

	it('does not match other words in the same place', () => {
		assert.equal(
			fate(HARBOUR, PLAIN.replace('the price of oil', 'her brother’s debt')),
			'orphan: The text around it is still there, but its words are gone',
		);
		assert.equal(
			fate(HARBOUR, PLAIN.replace('the price of oil ', '')),
			'orphan: The text around it is still there, but its words are gone',
		);
	});

	it('does not match a similar sentence after the quote was deleted', () => {
		const before =
			'A year passed. ⟦The ferry to the island left at nine.⟧ Children waved from the pier, and the band went home. Years later all was otherwise. The ferry to the island left at ten. An old man slept on deck, and no one woke him.';
		assert.match(fate(before, before.replace(/⟦.*⟧ /, '')), /^(ambiguous|orphan): /);
	});

	it('does not match the same word elsewhere after the quote was changed', () => {
		const before =
			'The annual prize went to ⟦Robin⟧ for the book on tides. Nobody had expected that Robin would come to the ceremony.';
		assert.match(fate(before, before.replace('⟦Robin⟧', 'Elisa')), /^(ambiguous|orphan): /);
	});

	it('is ambiguous if two places match equally', () => {
		const verse = 'Row, row, row your boat, gently down the stream, merrily along. ';
		assert.equal(
			fate(`${verse}row ⟦your boat⟧, gently down the stream. `, verse),
			'ambiguous: ⟦your boat⟧ The same words occur in one place, but with different text around them',
		);
		const chorus = 'and all the bells of the harbour rang out for the ⟦ferry⟧ that had come home at last in the fog. ';
		const again = chorus.replace(/[⟦⟧]/g, '');
		const text = `One. ${again}Two. ${again}`;
		const found = find({ quote: noted(chorus).quote }, text);
		assert.equal(shown(text, found), 'ambiguous: ⟦ferry⟧ ⟦ferry⟧ The same words occur in 2 places');
		assert.equal(found.margin, 0);
	});

	it('is ambiguous if one place is only slightly better than another, and neither is the original one', () => {
		const noted =
			'The tide tables were printed in May, and in that week ⟦the council⟧ wrote to the pilots about the lights.';
		const plain = noted.replace(/[⟦⟧]/g, '');
		const far =
			'Nobody had thought of it before, and nobody would have said so aloud in a town of fog and long winters. ';
		const best = plain.replace('in May', 'in June');
		assert.equal(
			fate(noted, `${far}${best} ${far}${plain.replace('in that week', 'a year later')}`),
			'ambiguous: ⟦the council⟧ ⟦the council⟧ The same words occur in 2 places',
		);
		assert.equal(
			fate(noted, `${far}${best} ${far}${plain.replace(/^.*week/, 'Later').replace('pilots', 'harbour')}`),
			'changed: ⟦the council⟧ The same words, 105 characters further down, but the text around them changed',
		);
	});

	it('is ambiguous if one place has the prefix of the quote, and another the suffix', () => {
		const before = 'The council is weighing a step of the same kind for the harbour. ';
		const after = ' issued a statement, and its head Takashi welcomed it.';
		const like = ' issued a statement, and the head of that time did so. ';
		assert.equal(
			fate(`${before}⟦After that the port⟧${after}`, `${before}After that the port${like}After that the port${after}`),
			'ambiguous: ⟦After that the port⟧ ⟦After that the port⟧ The same words occur in 2 places',
		);
	});

	it('prefers the original position among equal places', () => {
		const line = 'and all the bells of the harbour rang out for the ferry that had come home at last in the fog. ';
		const text = line.repeat(3);
		const start = line.length + line.indexOf('ferry');
		const found = find(noted(`${text.slice(0, start)}⟦ferry⟧${text.slice(start + 5)}`), text);
		assert.deepEqual([found.state, 'span' in found && found.span.start], ['exact', start]);
	});

	it('prefers the expected position among equal places', () => {
		const line = 'and all the bells of the harbour rang out for the ferry that had come home at last in the fog. ';
		const quote = noted(`${line}${line.replace('ferry', '⟦ferry⟧')}`);
		const text = `Here it comes: ${line}${line}`;
		assert.equal(find(quote, text).state, 'ambiguous');
		const expected = text.lastIndexOf('ferry');
		assert.deepEqual(
			[find({ ...quote, expected }, text)].map(found => [found.state, 'span' in found && found.span.start]),
			[['moved', expected]],
		);
	});

	it('reports a long quote that moved without its context as changed', () => {
		const long =
			'In the autumn the keeper sold the lighthouse to a man who wanted to live in it, though it had no stairs any more and the lamp was at the bottom of the sea.';
		const found = fate(
			`Some say this is how it ended; but then some say many things, most of them by the sea. ⟦${long}⟧ Others tell it another way.`,
			`${long} That is all that is written in the chronicle of the town, of which the first half is missing.`,
		);
		assert.equal(
			found,
			`changed: ⟦${long}⟧ The same words, 87 characters further up, but the text around them changed`,
		);
	});

	it('finds a quote without context if it occurs once', () => {
		const quote = { exact: 'counted', prefix: '', suffix: '' };
		assert.equal(shown(PLAIN, find({ quote }, PLAIN)), 'exact: ⟦counted⟧ The same words');
		assert.equal(find({ quote: { ...quote, exact: 'the' } }, PLAIN).state, 'ambiguous');
		assert.equal(find({ quote: { ...quote, exact: 'the' }, position: { start: 40, end: 43 } }, PLAIN).state, 'exact');
		assert.equal(
			shown(PLAIN, find({ quote, position: { start: 190, end: 197 } }, PLAIN)),
			'ambiguous: ⟦counted⟧ The same words occur in one place, but they are too few to be certain without context',
		);
	});

	it('reports a quote without words as an orphan, unless its white space is in place', () => {
		const quote = { exact: ' \n', prefix: 'dawn', suffix: 'and' };
		assert.equal(shown(PLAIN, find({ quote }, PLAIN)), 'orphan: The quote contains no words');
		assert.equal(fate('One⟦ ⟧two', 'One two'), 'exact: ⟦ ⟧ The same white space in the same place');
	});

	it('reports a timeout', () => {
		let time = 0;
		const quote = { exact: 'tide', prefix: 'neap ', suffix: ' mark' };
		const found = find({ quote, position: { start: 3, end: 7 } }, 'ebb tide, '.repeat(100), {
			now: () => time++,
			budget: 0,
		});
		assert.deepEqual(found, {
			state: 'orphan',
			score: 0,
			margin: 0,
			reason: 'The search timed out',
			exhausted: true,
		});
	});

	it('examines some candidates even if the budget is used up', () => {
		let time = 0;
		const found = find(noted(HARBOUR), PLAIN.replace('price', 'prize'), { now: () => time++, budget: 0 });
		assert.equal(found.state, 'changed');
	});

	it('finds a very long quote by its ends', () => {
		const page = Array.from(
			{ length: 400 },
			(_, index) => `On day ${index} the keeper wrote ${index * 7919} into the book.`,
		).join(' ');
		const before = `Preface of the first edition. ⟦${page}⟧ The end of the book, and of all that was in it.`;
		const text = before.replace(/[⟦⟧]/g, '').replaceAll('wrote', 'had written');
		const found = find(noted(before), text);
		assert.equal(found.state, 'changed');
		assert.deepEqual('span' in found && found.span, { start: 30, end: text.indexOf(' The end') });
	});
});
