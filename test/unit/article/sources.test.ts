import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseConfiguration } from '../../../server/src/archive/configuration.ts';
import { type Article, parseArticle, updateDocument } from '../../../server/src/article/article.ts';
import { runs } from '../../support/runs.ts';

const PROSE = '<p>The water left early, and nobody in the town could say why it had gone so soon this year.</p>';

/** Parses an article whose archive says something of its source. */
function parse(body: string, rules: object, source = 'https://www.courier.example/2019/story/'): Article {
	const { configuration, faults } = parseConfiguration(JSON.stringify({ sources: { 'courier.example': rules } }), []);
	assert.deepEqual(faults, []);
	const text = `<!--1577182863000-->\n[A dry title](${source})\n------\n\n${body}`;
	return parseArticle(text, { furniture: true, sources: configuration.sources });
}

const SAID = 'marginalia.json';
const BY_SIGNS = 'by its signs';

/** Returns the furniture of a body, each as it is written, and whether the archive says so. */
function furniture({ text, regions }: Article): readonly (readonly [string, string])[] {
	return regions.furniture.map(({ span, reason }) => [
		text.slice(span.start, span.end),
		reason === SAID ? SAID : BY_SIGNS,
	]);
}

describe('what an archive says of a source', () => {
	const box = '<div class="box">Read this as well</div>';
	const share = '<div class="share">Share</div>';

	it('is furniture, whatever the signs say', () => {
		assert.deepEqual(furniture(parse(PROSE + box, { furniture: ['.box'] })), [[box, SAID]]);
		assert.deepEqual(furniture(parse(PROSE + box, {})), []);
	});

	it('goes for the host with and without www., and no other', () => {
		for (const [source, count] of [
			['http://courier.example/1', 1],
			['https://WWW.Courier.example./1', 1],
			['https://blog.courier.example/1', 0],
			['/local/1', 0],
		] as const)
			assert.equal(furniture(parse(PROSE + box, { furniture: ['.box'] }, source)).length, count, source);
	});

	it('goes before the signs of what is inside and around', () => {
		const inner = `<div class="box">${share}<p>Words</p></div>`;
		assert.deepEqual(furniture(parse(PROSE + inner, { furniture: ['.box'] })), [[inner, SAID]]);
		assert.deepEqual(furniture(parse(PROSE + inner, {})), [[share, BY_SIGNS]]);
	});

	it('is never all of the text', () => {
		const body = `<div class="box">${PROSE}</div>`;
		assert.deepEqual(furniture(parse(body, { furniture: ['.box'] })), []);
		assert.deepEqual(furniture(parse(body, { furniture: ['p', '.box'] })), []);
		assert.deepEqual(furniture(parse(PROSE + PROSE, { furniture: ['p:first-child', 'p + p'] })), []);
	});

	it('is most of the text if that is so', () => {
		const most = `<div class="box">${PROSE.repeat(9)}</div>`;
		assert.deepEqual(furniture(parse(PROSE + most, { furniture: ['.box'] })), [[most, SAID]]);
	});

	it('says where the article is: all outside is furniture, as runs of siblings', () => {
		const body = `<h2>Site</h2>\n<p>Menu</p> <main><p>Before</p><div class="body">${PROSE}${share}</div>After<!--c--></main>${box}`;
		assert.deepEqual(furniture(parse(body, { content: ['.body'] })), [
			['<h2>Site</h2>\n<p>Menu</p>', SAID],
			['<p>Before</p>', SAID],
			[share, BY_SIGNS],
			['After', SAID],
			[box, SAID],
		]);
	});

	it('says nothing if no element is there, or none with words', () => {
		assert.deepEqual(furniture(parse(PROSE + box, { content: ['.body'] })), []);
		assert.deepEqual(furniture(parse(`${PROSE}<div class="body"> </div>${box}`, { content: ['.body'] })), []);
	});

	it('keeps the article where the signs are mistaken', () => {
		const body = `${PROSE}<div class="sidebar"><div class="share">Share</div><p class="note">A note</p></div>`;
		const sidebar = body.slice(PROSE.length);
		assert.deepEqual(furniture(parse(body, {})), [[sidebar, BY_SIGNS]]);
		assert.deepEqual(furniture(parse(body, { keep: ['.sidebar'] })), []);
		assert.deepEqual(furniture(parse(body, { keep: ['.note'] })), [['<div class="share">Share</div>', BY_SIGNS]]);
		assert.deepEqual(furniture(parse(body, { keep: ['.sidebar'], furniture: ['.share'] })), [
			['<div class="share">Share</div>', SAID],
		]);
	});

	it('holds after an edit as in a text that was always so', () => {
		const block = fc.constantFrom(
			PROSE,
			box,
			share,
			`<div class="box"><p>x</p>${share}</div>`,
			'<section><p>y</p></section>',
		);
		const rules = fc.constantFrom(
			{ furniture: ['.box > p', 'p + .box'] },
			{ content: ['section'], keep: ['.share'] },
			{ furniture: ['div:has(.share)', ':nth-child(2n)'] },
		);
		fc.assert(
			fc.property(fc.array(block, { minLength: 2, maxLength: 8 }), rules, fc.nat(), (blocks, said, at) => {
				const before = parse(blocks.join(''), said);
				furniture(before);
				const place = before.text.length - 1 - (at % (before.text.length - before.body.span.start));
				const text = `${before.text.slice(0, place)}z${before.text.slice(place)}`;
				const after = updateDocument(before, text);
				assert.ok(after.kind === 'article');
				assert.deepEqual(furniture(after), furniture(parseArticle(text, before.options)));
			}),
			{ numRuns: runs(300) },
		);
	});

	it('takes time linear in the body', () => {
		const rules = { furniture: ['.a ~ .b', '.b:has(~ .a)', '.a .a .b'], content: ['.a > .b'], keep: ['.c + .a'] };
		for (const unit of ['<p class="a">x</p><p class="b">x</p>', '<div class="a">x<div class="b">x']) {
			const time = (size: number): number => {
				const article = parse(unit.repeat(size), rules);
				const start = performance.now();
				furniture(article);
				return performance.now() - start;
			};
			time(1000);
			const [small, large] = [time(5000), time(50_000)];
			assert.ok(large < 50 * (small + 5), `${unit}: ${small} ms, then ${large} ms`);
		}
	});
});
