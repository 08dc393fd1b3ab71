import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Article, parseArticle } from '../../server/src/article/article.ts';
import { NO_FURNITURE } from '../../server/src/article/regions.ts';
import { reaches } from '../corpus/truth/floors.ts';
import { digestOf, FURNITURE_KINDS, faultsOf, type Label } from '../corpus/truth/labels.ts';
import { compare, total } from '../corpus/truth/measure.ts';
import { showBody } from '../corpus/truth/view.ts';
import { labelFrom } from '../corpus/truth/write.ts';

const TEXT = `<!--1639624758000-->
[Low Tide](https://tide.example/2021/low)
------

<address>By Ada Pell</address><time datetime="2021-12-16">Thursday</time><p>The quay is dry.</p><h2>Mud &amp; Boats</h2>
<figure><img src="https://img.tide.example/quay.jpg"><figcaption>The quay at noon (Bo Lund)</figcaption></figure>
<ul class="related"><li>High Tide</li></ul>`;
const article = parseArticle(TEXT);
/** The number of the first node with this name. */
const nodeOf = (name: string): number => article.nodes.findIndex(({ nodeName }) => nodeName === name);
const label = labelFrom(article, {
	furniture: [
		[nodeOf('ul'), 'related'],
		[`${nodeOf('address')}-${nodeOf('time')}`, 'byline'],
	],
	headings: [nodeOf('h2')],
	figures: [
		{
			image: nodeOf('img'),
			caption: `${nodeOf('figcaption')}|The quay…noon`,
			credit: '|Bo Lund',
		},
	],
	byline: ['|Ada Pell'],
	day: '2021-12-16',
});
const words = ({ start, end }: { start: number; end: number }): string => TEXT.slice(start, end);

/** An article of which the product found something else. */
const saying = (changes: Readonly<Record<string, unknown>>): Article =>
	new Proxy(article, {
		get: (target, name): unknown =>
			typeof name === 'string' && name in changes ? changes[name] : Reflect.get(target, name, target),
	});

describe('labels of articles', () => {
	it('are written with the numbers of nodes and with quotes, and keep only offsets', () => {
		assert.deepEqual(
			label.furniture.map(part => [part.kind, words(part)]),
			[
				['byline', '<address>By Ada Pell</address><time datetime="2021-12-16">Thursday</time>'],
				['related', '<ul class="related"><li>High Tide</li></ul>'],
			],
		);
		assert.deepEqual(label.headings.map(words), ['Mud &amp; Boats']);
		const [figure] = label.figures;
		assert.deepEqual(figure?.caption?.map(words), ['The quay at noon']);
		assert.deepEqual(figure?.credit?.map(words), ['Bo Lund']);
		assert.equal(figure?.host, 'img.tide.example');
		assert.deepEqual(label.byline?.map(words), ['Ada Pell']);
		assert.equal(label.sha256, digestOf(TEXT));
		assert.doesNotMatch(JSON.stringify(label), /Pell|Quay|Mud|Tide /i);
	});

	it('say what is wrong with them', () => {
		const faults = (changes: Partial<Label>): string => faultsOf({ ...label, ...changes }, TEXT).join('; ');
		assert.equal(faults({}), '');
		assert.match(faults({ headings: [{ start: 5, end: TEXT.length + 1 }] }), /headings: .* outside the text/);
		assert.match(faults({ headings: [{ start: 5, end: 5 }] }), /empty/);
		const twice = [
			{ start: 90, end: 120 },
			{ start: 100, end: 110 },
		];
		assert.match(faults({ byline: twice }), /byline: 100–110 overlaps another/);
		assert.match(faults({ byline: twice.toReversed() }), /byline: 90–120 is not in text order/);
		assert.match(
			faults({
				either: label.headings,
				furniture: [{ ...twice[0], kind: 'share', start: 5, end: TEXT.length }] as Label['furniture'],
			}),
			/either: .* overlaps furniture/,
		);
		assert.match(faults({ byline: [] }), /null/);
		assert.match(faults({ day: '16 December' }), /YYYY-MM-DD/);
		assert.match(faults({ furniture: [{ start: 1, end: 2, kind: 'advert' as 'share' }] }), /advert/);
	});

	it('hold no words of an article', () => {
		const folder = join(import.meta.dirname, '../corpus/labels');
		const paths = globSync('**/*', { cwd: folder }).filter(path => path.includes('.'));
		assert.ok(paths.length > 0);
		for (const path of paths) {
			assert.match(path, /^[a-z-]+[\\/][\da-f]{12}\.json$/);
			const label = JSON.parse(readFileSync(join(folder, path), 'utf8')) as Label;
			assert.ok(label.sha256.startsWith(basename(path, '.json')), path);
			const known = [label.sha256, label.day, ...label.figures.map(({ host }) => host), ...FURNITURE_KINDS];
			JSON.stringify(label, (name, value: unknown) => {
				assert.match(
					name,
					/^(?:\d*|sha256|furniture|either|headings|figures|byline|day|start|end|kind|image|caption|credit|host)$/,
				);
				if (typeof value === 'string') assert.ok(known.includes(value), `${path}: ${value}`);
				return value;
			});
		}
	});

	it('refuse parts that are not in the article', () => {
		const spec = { byline: null, day: null };
		assert.throws(() => labelFrom(article, { ...spec, headings: [9999] }), /9999 is not the number of a node/);
		assert.throws(() => labelFrom(article, { ...spec, headings: ['|Sand'] }), /no such text/);
		assert.throws(() => labelFrom(article, { ...spec, figures: [{ image: nodeOf('h2') }] }), /no image/);
	});

	it('ask for the host of a picture whose URL contains another', () => {
		const proxied = parseArticle('<img src="https://proxy.example/?url=https://img.tide.example/a.jpg">');
		assert.throws(() => labelFrom(proxied, { figures: [{ image: 0 }], byline: null, day: null }), /host of this image/);
	});

	it('are made with a view of the tree', () => {
		const lines = showBody(article, label).split('\n');
		assert.ok(lines.some(line => /^HEAD +\d+ h2 Mud & Boats$/.test(line)));
		assert.ok(lines.some(line => /^IMG +\d+ IMG +src=https:\/\/img\.tide\.example\/quay\.jpg$/.test(line)));
		assert.ok(lines.some(line => /^relate +\d+ ul\.related$/.test(line)));
	});
});

describe('comparison with labels', () => {
	it('counts furniture and the article by characters of the text, without white space', () => {
		const region = (start: string, end: string) => ({
			kind: 'related',
			reason: 'made up',
			first: 0,
			last: 0,
			span: { start: TEXT.indexOf(start), end: TEXT.indexOf(end) + end.length },
		});
		const none = compare(saying({ regions: NO_FURNITURE }), label).shares;
		assert.deepEqual(none['furniture recall'], { right: 0, all: 'ByAdaPellThursdayHighTide'.length });
		assert.deepEqual(none['article folded'], {
			right: 0,
			all: 'Thequayisdry.Mud&BoatsThequayatnoon(BoLund)'.length,
		});
		const found = saying({
			regions: { ...NO_FURNITURE, furniture: [region('<p>', 'quay</p>'), region('<h2>', '</ul>')] },
		});
		const { shares, faults } = compare(found, label);
		assert.equal(shares['furniture recall'].right, 'HighTide'.length);
		assert.equal(shares['article folded'].right, 'Mud&BoatsThequayatnoon(BoLund)'.length);
		assert.ok(faults.some(fault => fault.startsWith('furniture missed: byline, 17 characters')));
		const either = compare(found, { ...label, either: label.headings });
		assert.equal(either.shares['article folded'].right, 'ThequayatnoonBoLund()'.length);
	});

	it('compares headings, captions, credits, hosts, byline and day', () => {
		const { shares } = compare(article, label);
		assert.deepEqual(shares['headings precision'], { right: 1, all: 1 });
		assert.deepEqual(shares['headings recall'], { right: 1, all: 1 });
		assert.deepEqual(shares.hosts, { right: 1, all: 1 });
		assert.deepEqual(shares.byline, { right: 1, all: 1 });
		assert.deepEqual(shares.day, { right: 1, all: 1 });
		const [figure] = article.figures;
		const texts = { caption: { label: 'The quay at noon' }, credit: { label: 'Bo Lund' } };
		const right = compare(saying({ figures: [{ ...figure, ...texts }] }), label).shares;
		assert.deepEqual(
			[right['captions recall'], right['credits precision']],
			[
				{ right: 1, all: 1 },
				{ right: 1, all: 1 },
			],
		);
		const wrong = compare(
			saying({ figures: [{ ...figure, caption: { label: 'The quay' }, credit: undefined }] }),
			label,
		);
		assert.deepEqual(wrong.shares['captions recall'], { right: 0, all: 1 });
		assert.deepEqual(wrong.shares['captions precision'], { right: 0, all: 1 });
		assert.deepEqual(wrong.shares['credits precision'], { right: 0, all: 0 });
		assert.deepEqual(wrong.shares['credits recall'], { right: 0, all: 1 });
		assert.ok(wrong.faults.includes('caption: The quay — and not: The quay at noon'));
	});

	it('takes a wrong name, a missing one or a wrong day as wrong', () => {
		const facts = (author: string | undefined, time: number | undefined, asked = label) => {
			const byline = { author: author && { label: author }, date: { time } };
			const { shares } = compare(saying({ byline }), asked);
			return [shares.byline.right, shares.day.right];
		};
		const day = Date.UTC(2021, 11, 16, 23);
		assert.deepEqual(facts('By Ada Pell', day), [1, 1]);
		assert.deepEqual(facts('Ada Pell and Bo Lund', day), [0, 1]);
		assert.deepEqual(facts('Ada', undefined), [0, 0]);
		assert.deepEqual(facts(undefined, Date.UTC(2021, 11, 18)), [0, 0]);
		assert.deepEqual(facts(undefined, undefined, { ...label, byline: null, day: null }), [1, 1]);
		assert.deepEqual(facts('Ada Pell', day, { ...label, byline: null, day: null }), [0, 0]);
	});

	it('adds up articles and holds them to floors', () => {
		const one = compare(article, label);
		const all = total([one, one]);
		assert.deepEqual(all['headings recall'], { right: 2, all: 2 });
		assert.equal(reaches('headings recall', { right: 97, all: 100 }, 0.97), true);
		assert.equal(reaches('headings recall', { right: 96, all: 100 }, 0.97), false);
		assert.equal(reaches('article folded', { right: 1, all: 1000 }, 0.001), true);
		assert.equal(reaches('article folded', { right: 2, all: 1000 }, 0.001), false);
	});
});
