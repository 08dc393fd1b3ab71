import assert from 'node:assert/strict';
import { NOTE_KINDS } from '../../../server/src/annotations/kinds.ts';
import type { Annotation } from '../../../server/src/annotations/model.ts';
import { bodiesOf, targetsOf } from '../../../server/src/annotations/model.ts';
import { readRemark, reviseAnnotation } from '../../../server/src/annotations/remark.ts';
import { parseSidecar } from '../../../server/src/annotations/sidecar.ts';
import { meetsModel } from './w3c.ts';

/** A valid annotation with additional keys. */
function annotation(entries: object = {}): { readonly id: string } {
	const whole = {
		id: 'urn:uuid:1',
		type: 'Annotation',
		target: 'https://news.example/tide/',
		...entries,
	};
	return whole;
}

/** A collection of annotations, as in a file. */
function collection(items: readonly unknown[], entries: object = {}, page: object = {}): string {
	return JSON.stringify({
		'@context': 'http://www.w3.org/ns/anno.jsonld',
		id: 'urn:uuid:c',
		type: 'AnnotationCollection',
		first: { id: 'urn:uuid:p', type: 'AnnotationPage', items, ...page },
		...entries,
	});
}

/** Returns the faults of a text: the text at the place of each, and its message. */
function faults(text: string): readonly (readonly [string, string])[] {
	return parseSidecar(text).faults.map(({ span, message }) => [text.slice(span.start, span.end), message]);
}

describe('W3C model', () => {
	it('reads single values and lists, strings and descriptions', () => {
		const target = (value: unknown): unknown => targetsOf(annotation({ target: value }) as Annotation);
		const page = 'https://news.example/';
		assert.deepEqual(target(page), [{ source: page, selectors: [], isPart: false }]);
		assert.deepEqual(target({ id: page, type: 'Text' }), [{ source: page, selectors: [], isPart: false }]);
		assert.deepEqual(
			target([
				page,
				{ source: { id: page }, selector: { type: 'TextPositionSelector', start: 1, end: 4 } },
				{
					type: 'SpecificResource',
					source: page,
					selector: [
						'https://selectors.example/1',
						{
							type: 'FragmentSelector',
							value: 'p5',
							refinedBy: { type: 'TextQuoteSelector', exact: '潮', suffix: '水' },
						},
					],
				},
			]),
			[
				{ source: page, selectors: [], isPart: false },
				{ source: page, selectors: [{ type: 'TextPositionSelector', start: 1, end: 4 }], isPart: true },
				{
					source: page,
					selectors: [{ type: 'TextQuoteSelector', exact: '潮', prefix: '', suffix: '水' }],
					isPart: true,
				},
			],
		);
		const body = (value: unknown): unknown => bodiesOf(annotation({ body: value }) as Annotation);
		const text = (value: string, entries: object = {}): object => ({
			kind: 'text',
			value,
			format: undefined,
			purposes: [],
			...entries,
		});
		assert.deepEqual(body('https://a.example/'), [{ kind: 'resource', source: 'https://a.example/', purposes: [] }]);
		assert.deepEqual(
			body([
				{ type: 'TextualBody', value: 'a' },
				{ value: 'b', purpose: ['oa:tagging', 'describing'] },
			]),
			[text('a'), text('b', { purposes: ['tagging', 'describing'] })],
		);
		assert.deepEqual(body({ type: 'Choice', items: [{ value: 'a', format: 'text/html' }, 'https://a.example/'] }), [
			{
				kind: 'choice',
				items: [text('a', { format: 'text/html' }), { kind: 'resource', source: 'https://a.example/', purposes: [] }],
			},
		]);
		assert.deepEqual(body({ type: 'SpecificResource', purpose: 'tagging', source: 'https://a.example/harbour' }), [
			{ kind: 'resource', source: 'https://a.example/harbour', purposes: ['tagging'] },
		]);
		assert.deepEqual(bodiesOf(annotation({ bodyValue: 'x' }) as Annotation), [text('x', { format: 'text/plain' })]);
	});

	it('reports each violated MUST with its place', () => {
		const broken: readonly (readonly [entries: object, at: string, message: string])[] = [
			[{ id: 'no iri' }, '"no iri"', 'An annotation must have a valid IRI, not "no iri"'],
			[{ id: ['urn:a:1', 'urn:a:2'] }, '["urn:a:1","urn:a:2"]', 'An annotation must have exactly one IRI, as a string'],
			[{ type: 'Note' }, '"Note"', 'An annotation must have the "type" "Annotation"'],
			[{ target: [] }, '', 'An annotation must have a "target"'],
			[{ bodyValue: 1 }, '1', '"bodyValue" must be a string'],
			[
				{ bodyValue: 'x', body: 'https://a.example/' },
				'"x"',
				'An annotation must not have both "body" and "bodyValue"',
			],
			[{ created: '2021-12-17' }, '"2021-12-17"', '"created" must be a single UTC time such as 2021-12-17T09:30:00Z'],
			[
				{ modified: ['2021-12-17T09:30:00Z', '2021-12-18T09:30:00Z'] },
				'["2021-12-17T09:30:00Z","2021-12-18T09:30:00Z"]',
				'"modified" must be a single UTC time such as 2021-12-17T09:30:00Z',
			],
			[
				{ generated: '2021-12-17T09:30:00+08:00' },
				'"2021-12-17T09:30:00+08:00"',
				'"generated" must be a single UTC time such as 2021-12-17T09:30:00Z',
			],
			[
				{ body: { type: 'TextualBody' } },
				'{"type":"TextualBody"}',
				'A TextualBody must have exactly one "value", a string',
			],
			[
				{ body: { type: 'Text' } },
				'{"type":"Text"}',
				'A body that is a web resource must have exactly one "id", its IRI',
			],
			[
				{ body: { type: ['Choice', 'x'], items: [] } },
				'{"type":["Choice","x"],"items":[]}',
				'A Choice must not have another "type"',
			],
			[{ body: { id: 'urn:a:1', textDirection: 'up' } }, '"up"', '"textDirection" must be "ltr", "rtl" or "auto"'],
			[{ rights: 'free' }, '"free"', 'A statement of rights must have a valid IRI, not "free"'],
			[{ creator: { id: ['a:1', 'a:2'] } }, '["a:1","a:2"]', 'An agent must have exactly one IRI, as a string'],
			[{ audience: { id: 'urn:a:1', role: 'x' } }, '"x"', 'The keys of an audience must start with "schema:"'],
			[{ stylesheet: { type: 'Css' } }, '"Css"', 'The "type" of a stylesheet must be "CssStylesheet"'],
			[
				{ target: { selector: 'urn:a:1' } },
				'{"selector":"urn:a:1"}',
				'A SpecificResource must have exactly one "source"',
			],
			...(
				[
					['TextQuoteSelector', {}, '', 'A TextQuoteSelector must have exactly one "exact", a string'],
					['TextQuoteSelector', { exact: 'a', prefix: ['b'] }, '["b"]', '"prefix" must be a string'],
					[
						'TextPositionSelector',
						{ start: -1, end: 2 },
						'-1',
						'A TextPositionSelector must have exactly one "start", a non-negative integer',
					],
					[
						'DataPositionSelector',
						{ start: 1 },
						'',
						'A DataPositionSelector must have exactly one "end", a non-negative integer',
					],
					['CssSelector', { value: 1 }, '1', 'A CssSelector must have exactly one "value", a string'],
					['RangeSelector', { startSelector: 'urn:a:1' }, '', 'A RangeSelector must have exactly one "endSelector"'],
					[
						'FragmentSelector',
						{ value: 'a', conformsTo: ['a:1', 'a:2'] },
						'',
						'A FragmentSelector must conform to only one specification',
					],
				] as const
			).map(([type, entries, at, message]) => {
				const selector = { type, ...entries };
				return [{ target: { source: 'urn:a:1', selector } }, at || JSON.stringify(selector), message] as const;
			}),
			[
				{ target: { source: 'urn:a:1', state: { type: 'TimeState', sourceDateStart: '2021-12-17T09:30:00Z' } } },
				'"2021-12-17T09:30:00Z"',
				'"sourceDateStart" and "sourceDateEnd" must be used together',
			],
		];
		for (const [entries, at, message] of broken) {
			const one = annotation(entries);
			const text = collection([one]);
			assert.deepEqual(faults(text), [[at || JSON.stringify(one), message]]);
			assert.equal(meetsModel(JSON.parse(text)), false, text);
		}
		const pages: readonly (readonly [string, string])[] = [
			[
				collection([annotation()], { '@context': 'https://a.example/' }),
				'A collection must have the "@context" "http://www.w3.org/ns/anno.jsonld"',
			],
			[collection([annotation()], { id: 1 }), 'A collection must have exactly one IRI, as a string'],
			[collection([annotation()], { total: -1 }), '"total" must be a non-negative integer'],
			[collection([annotation()], { label: 1 }), 'A label must be a string'],
			[collection([annotation()], { first: undefined, total: 3 }), 'A non-empty collection must have a "first" page'],
			[collection([]), 'The "items" of a page must be a non-empty array of annotations'],
			[collection([annotation()], {}, { startIndex: 0.5 }), '"startIndex" must be a non-negative integer'],
			[collection([annotation()], {}, { id: undefined }), 'A page must have exactly one "id", an IRI'],
		];
		for (const [text, message] of pages) {
			assert.deepEqual(
				faults(text).map(([, said]) => said),
				[message],
			);
			assert.equal(meetsModel(JSON.parse(text)), false, text);
		}
	});

	it('accepts valid annotations', () => {
		const right = collection(
			[
				annotation(),
				annotation({
					id: 'https://a.example/2',
					'@context': ['http://www.w3.org/ns/anno.jsonld', 'https://a.example/context'],
					body: [
						{ type: 'Choice', items: [{ type: 'TextualBody', value: 'a' }] },
						{ type: 'SpecificResource', purpose: 'tagging', source: 'https://a.example/' },
					],
					target: [
						{ source: { id: 'urn:a:1' }, selector: { type: 'SvgSelector', value: '<svg/>' }, styleClass: 'red' },
					],
					created: '2021-12-17T09:30:00.5Z',
					creator: [{ type: 'Person', name: 'Ines' }, 'https://a.example/ines'],
					'x:own': { deep: [1, null] },
				}),
			],
			{ total: 2, label: ['a', 'b'] },
		);
		assert.deepEqual(faults(right), []);
		assert.ok(meetsModel(JSON.parse(right)));
		for (const alone of [JSON.parse(collection([annotation()])).first, annotation()]) {
			const text = JSON.stringify({ '@context': 'http://www.w3.org/ns/anno.jsonld', ...alone });
			assert.deepEqual(faults(text), []);
			assert.equal(parseSidecar(text).annotations.length, 1);
		}
	});
});

describe('content of an annotation', () => {
	const said = (entries: object): unknown => {
		const { kind, motivation, text, tags, resolved, creator } = readRemark(annotation(entries) as Annotation);
		return [kind, motivation, text, tags.join(), resolved, creator];
	};

	it('is read from any form of body', () => {
		assert.deepEqual(said({}), ['highlight', 'highlighting', '', '', false, undefined]);
		assert.deepEqual(said({ bodyValue: 'why?', motivation: 'questioning', creator: 'acct:ines@a.example' }), [
			'question',
			'questioning',
			'why?',
			'',
			false,
			'acct:ines@a.example',
		]);
		assert.deepEqual(
			said({
				motivation: ['replying', 'oa:identifying'],
				creator: [{ name: 'Ines' }, { nickname: 'jo' }],
				body: [
					{ type: 'TextualBody', value: 'tide', purpose: 'tagging' },
					{ type: 'TextualBody', format: 'text/html', value: '<p>a <b>b</b></p><p>c</p>' },
					{ type: 'TextualBody', purpose: 'classifying', value: 'source' },
					{ type: 'TextualBody', purpose: 'tagging', value: 'resolved' },
					'https://a.example/',
				],
			}),
			['source', 'identifying', 'a b\n\nc\n\n<https://a.example/>', 'tide', true, 'Ines, jo'],
		);
	});

	it('is changed without changing anything else', () => {
		const before = annotation({
			motivation: 'commenting',
			body: [
				{ type: 'TextualBody', value: 'tide', purpose: 'tagging', 'x:own': 1 },
				{ type: 'TextualBody', value: 'a', format: 'text/plain', language: 'en', purpose: 'commenting' },
			],
			rights: 'https://a.example/',
		}) as Annotation;
		const revise = (change: object): object => reviseAnnotation(before, change, NOTE_KINDS);
		assert.equal(revise({ text: 'a', tags: ['tide'], kind: 'note', resolved: false }), before);
		assert.deepEqual(revise({ text: 'b' }), {
			...before,
			body: [
				{ type: 'TextualBody', value: 'tide', purpose: 'tagging', 'x:own': 1 },
				{ type: 'TextualBody', value: 'b', format: 'text/markdown', language: 'en', purpose: 'commenting' },
			],
		});
		assert.deepEqual(revise({ kind: 'question', tags: [], resolved: true }), {
			...before,
			motivation: 'questioning',
			body: [
				{ type: 'TextualBody', value: 'a', format: 'text/plain', language: 'en', purpose: 'questioning' },
				{ type: 'TextualBody', value: 'resolved', purpose: 'tagging' },
			],
		});
		const kinds = new Map([...NOTE_KINDS, ['source', 'identifying'] as const]);
		const own = reviseAnnotation(before, { kind: 'source' }, kinds);
		assert.equal(readRemark(own).kind, 'source');
		assert.deepEqual(own.motivation, 'identifying');
		assert.deepEqual(reviseAnnotation(own, { kind: 'note' }, kinds), before);
	});
});
