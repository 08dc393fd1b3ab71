import assert from 'node:assert/strict';
import { parseArticle } from '../../../server/src/article/article.ts';
import { detect } from '../../../server/src/article/detect.ts';
import { check, fixed } from '../rules/support.ts';

const URL = 'https://harbour.example/2021/12/16/ferry_(old)/';
const TIME = '<!--1639640221000-->';
const TITLE = `[The (last) 渡轮](${URL})`;
const DASHES = '------';
const lines = (...all: readonly string[]): string => [...all, '', '<p>It left at eleven.</p>', ''].join('\n');
const GOOD = lines(TIME, TITLE, DASHES);
const UNKNOWN = lines('<!--NaN-->', TITLE, DASHES);

/** Damaged headers and their repaired forms. */
const DAMAGED: Readonly<Record<string, readonly (readonly [damaged: string, right: string])[]>> = {
	'spaces and tabs in and around the time comment': [
		...['<!-- 1639640221000 -->', '<!-- 1639640221000-->', '<!--1639640221000 -->', '<!--\t1639640221000\t-->'],
		...[' <!--1639640221000-->', '\t<!--1639640221000-->', '< !--1639640221000-- >', '<!--  1639640221000  -->  '],
	].map(time => [lines(time, TITLE, DASHES), GOOD]),
	'a time comment with wrong or missing brackets and dashes': [
		...[
			'<!-1639640221000->',
			'<!---1639640221000--->',
			'<--1639640221000-->',
			'<!--1639640221000',
			'!--1639640221000-->',
		],
		...[
			'<!--1639640221000--!>',
			'<!—1639640221000—>',
			'<!–1639640221000–>',
			'＜！－－1639640221000－－＞',
			'《!--1639640221000--》',
		],
		...['<!--１６３９６４０２２１０００-->', '<!--1639640221000--', '<!--1639640221000->'],
	].map(time => [lines(time, TITLE, DASHES), GOOD]),
	'NaN in lower and mixed case': ['<!--nan-->', '<!--NAN-->', '<!-- NaN -->', '<!-- Nan-->'].map(time => [
		lines(time, TITLE, DASHES),
		UNKNOWN,
	]),
	'a title line with spaces': [
		...[` ${TITLE}`, `\t${TITLE}`, `[The (last) 渡轮] (${URL})`, `[The (last) 渡轮]( ${URL} )`],
		...[`[The (last) 渡轮](${URL} )`, `\u3000${TITLE}`],
	].map(title => [lines(TIME, title, DASHES), GOOD]),
	'a title line with wrong or missing brackets': [
		...[
			`【The (last) 渡轮】（${URL}）`,
			`［The (last) 渡轮］(${URL})`,
			`[The (last) 渡轮]（${URL}）`,
			`[The (last) 渡轮](<${URL}>)`,
		],
		...[`[The (last) 渡轮](${URL}`, `[The (last) 渡轮]${URL}`, `The (last) 渡轮](${URL})`, `[The (last) 渡轮(${URL})`],
	].map(title => [lines(TIME, title, DASHES), GOOD]),
	'an underline of another length or of other dashes': [
		...[
			'-',
			'--',
			'---',
			'-----',
			'-------',
			'———',
			'——————',
			'－－－－－－',
			'======',
			'______',
			'- - -',
			' ------',
			'--- ---',
		],
	].map(dashes => [lines(TIME, TITLE, dashes), GOOD]),
	'blank lines between the parts': [
		[lines(TIME, '', TITLE, DASHES), GOOD],
		[lines(TIME, '', '', TITLE, DASHES), GOOD],
		[lines(TIME, TITLE, '', DASHES), GOOD],
		[lines(TIME, ' ', TITLE, '\t', DASHES), GOOD],
		[lines('', TIME, '', TITLE, DASHES), GOOD],
	],
	'missing or misordered parts': [
		[lines(TIME, TITLE), GOOD],
		[lines('<!-- 1639640221000 -->', TITLE), GOOD],
		[lines(TITLE, TIME, DASHES), GOOD],
		[lines(TITLE, DASHES, TIME), GOOD],
		[lines(TIME, DASHES, TITLE), GOOD],
		[GOOD.replace('------\n\n', '------\n'), GOOD],
	],
	'joined lines': [
		[lines(`${TIME}${TITLE}`, DASHES), GOOD],
		[lines(`${TIME} ${TITLE}`, DASHES), GOOD],
		[lines(`<!-- 1639640221000 -->${TITLE}`, '', DASHES), GOOD],
		[lines(TIME, `${TITLE} ${DASHES}`), GOOD],
		[lines(TIME, `${TITLE}${DASHES}`), GOOD],
		[`${TIME}\n${TITLE}\n${DASHES}<p>It left at eleven.</p>\n`, GOOD],
		[`${TIME}${TITLE}${DASHES}<p>It left at eleven.</p>\n`, GOOD],
	],
	'several of these faults': [
		[lines('<!-- 1639640221000 -->', '', `【The (last) 渡轮】 (${URL})`, '', '---'), GOOD],
		[lines('', ' <!-- nan -->', `[The (last) 渡轮] （${URL}）`), UNKNOWN],
	],
};

describe('an article with a damaged header', () => {
	for (const [what, cases] of Object.entries(DAMAGED)) {
		it(`is recognised, reported and repaired: ${what}`, () => {
			for (const [damaged, right] of cases) {
				for (const [written, wanted] of [
					[damaged, right],
					[damaged.replaceAll('\n', '\r\n'), right.replaceAll('\n', '\r\n')],
					[`\ufeff${damaged}`, `\ufeff${right}`],
				] as const) {
					assert.equal(detect(written), 'article', written);
					assert.ok(
						check(written).some(({ rule }) => rule.id === 'header/structure'),
						written,
					);
					let text = written;
					for (let round = 0; round < 5; round++) text = fixed('header/structure', text);
					assert.equal(text, wanted, written);
				}
			}
		});
	}

	it('is parsed as far as possible', () => {
		const { title, source, published } = parseArticle(lines('<!-- 1639640221000 -->', '', `【船】 (${URL} )`)) ?? {};
		assert.deepEqual([title?.value, source?.value, published?.value], ['船', URL, 1639640221000]);
	});

	it('is recognised with a date in words as its time, and with unclosed front matter', () => {
		for (const text of [
			lines('<!--2021-12-16-->', TITLE, DASHES),
			lines('<!-- Thu, 16 Dec 2021 07:37:01 +0000 -->', '', TITLE, DASHES),
			lines('---', 'title: Boats', 'tags: [ a ]', TIME, TITLE, DASHES),
			lines('---', 'title: Boats', '---', '', '<!-- 1639640221000 -->', '', TITLE, DASHES),
		]) {
			assert.equal(detect(text), 'article', text);
			assert.ok(
				check(text).some(({ rule }) => rule.id.startsWith('header/')),
				text,
			);
		}
	});
});

describe('texts that resemble articles', () => {
	const page = (...all: readonly string[]): string => [...all, ''].join('\n');

	it('are ignored: changelogs whose versions are links', () => {
		for (const text of [
			page(
				'[2.0.0](https://git.example/boats/compare/v1...v2)',
				'------',
				'',
				'<a name="2.0.0"></a>',
				'### Fixed',
				'',
				'* a leak',
			),
			page('[2.0.0](https://git.example/boats/compare/v1...v2)', '---', '', '<a id="2"></a>', '', '- a leak'),
			page('[2.0.0](https://git.example/boats/v2) (2021-12-16)', '------', '', '<p>A leak.</p>'),
			page('[2.0.0](./v2.md)', '------', '', '<p>A leak.</p>'),
		])
			assert.equal(detect(text), undefined, text);
	});

	it('are ignored: READMEs that start with a linked name and an image', () => {
		for (const rest of [
			['<p align="center"><img src="boat.svg"></p>', '', '## Use', '', 'Row.'],
			['<img src="boat.svg" align="right">', '', 'Rows **boats**.', '', '```sh', 'row', '```'],
			['<div align="center">', '', '# Boats', '', '[English](en.md)', '', '</div>'],
			['<p align="center">', '  <img src="boat.svg">', '</p>', '', 'A library that rows.'],
			['<p align="center"><img src="boat.svg"></p>', '', '| a | b |', '|---|---|', '| 1 | 2 |'],
			['<!-- badges -->', '[![build](https://ci.example/b.svg)](https://ci.example/)', '', '划船的库。'],
		])
			assert.equal(detect(page('[Boats](https://git.example/boats/boats)', '------', '', ...rest)), undefined);
		assert.equal(detect(page('[Boats](https://boats.example)', '------', '', '<p>Rows.</p>')), undefined);
		assert.equal(detect(page('[Boats](https://boats.example/)', '------', '', '<p>Rows.</p>')), undefined);
	});

	it('are ignored: pages that start with a row of links', () => {
		for (const row of [
			'[Home](https://docs.example/) | [Next](https://docs.example/2.html)',
			'[中文](./zh.md) · [English](https://docs.example/en/)',
		])
			assert.equal(detect(page(row, '------', '', '<p>Row.</p>')), undefined, row);
	});

	it('are ignored: texts that start with a comment', () => {
		for (const text of [
			page('<!-- markdownlint-disable -->', '[Boats](https://git.example/boats/boats)', '------', '', 'Row.'),
			page('<!-- 20211216 -->', '', 'Boats', '-----', '', 'Row.'),
			page('<!-- 42 -->', '', '[Boats](https://git.example/boats/boats)', '', 'Row.'),
			page('<!-- 1639640221000 -->', '', '# Boats', '', 'Row.'),
			page('<!-- 2021-12-16 -->', '', '[Boats](https://git.example/boats/boats) row.'),
		])
			assert.equal(detect(text), undefined, text);
	});

	it('are ignored: plain lists of links', () => {
		for (const entries of [
			['[Guide](/docs/guide.md)', '', '[API](/docs/api.md)'],
			['[指南](/zh/guide.md)'],
			['[Home](/)'],
			['[a](https://a.example/)', '', '[b](/b.md)'],
		])
			assert.equal(detect(page('Links', '-----', '', ...entries)), undefined);
		assert.equal(detect(page('Harbour', '------', '', '12-16 [Boats](/news/1.md)', '', '[More](/news)')), 'list');
		assert.equal(detect(page('Harbour', '------', '', '[Boats](/articles/harbour/1.md)')), 'list');
	});

	it('do not include those of older archives, which have no time comment', () => {
		for (const body of [
			['<p>It left at eleven.</p>'],
			['<section>', '\t<p>It left.</p>', '', '\t<p>It came.</p>', '</section>'],
			['<p>It left,', '**they** say, at - or near - eleven.</p>'],
			['<a href="/x">It left</a> at eleven.<br>', '<br>', 'It came back at noon.<br>'],
			['<pre>', '# no heading', '', '* no list', '</pre>'],
		])
			assert.equal(detect(page(TITLE, DASHES, '', ...body)), 'article', body.join('\n'));
		assert.equal(detect(page(TITLE, DASHES, '日期：2020-06-28', '', 'It left.', '', '* at eleven')), 'article');
	});
});
