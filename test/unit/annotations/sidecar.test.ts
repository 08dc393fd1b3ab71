import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { type AnnotationEdit, inverse } from '../../../server/src/annotations/edit.ts';
import { canonical, type JsonObject } from '../../../server/src/annotations/json.ts';
import type { Annotation } from '../../../server/src/annotations/model.ts';
import { parseSidecar } from '../../../server/src/annotations/sidecar.ts';
import { articleOf, SIDECAR_SUFFIX, sidecarOf } from '../../../server/src/annotations/sidecarName.ts';
import { repairsOf } from '../../../server/src/annotations/sidecarRepair.ts';
import { changeSidecar } from '../../../server/src/annotations/sidecarWriter.ts';
import { runs } from '../../support/runs.ts';
import { assertMeetsModel } from './w3c.ts';

const SUBJECT = { source: 'https://news.example/tide/', title: 'Tide' };

function annotation(id: string, value = 'a', entries: JsonObject = {}): Annotation {
	return {
		id: `urn:uuid:${id}`,
		type: 'Annotation',
		target: SUBJECT.source,
		body: { type: 'TextualBody', value },
		...entries,
	};
}

function add(id: string, value?: string): AnnotationEdit {
	return { before: undefined, after: annotation(id, value) };
}

/** Returns the text after edits, which must not be refused. */
function change(text: string | undefined, ...edits: AnnotationEdit[]): string {
	const changed = changeSidecar(text, edits, SUBJECT);
	assert.ok(changed.kind !== 'refused', changed.kind === 'refused' ? changed.reason : '');
	return changed.kind === 'changed' ? changed.text : (text ?? '');
}

const TWO = change(undefined, add('b0'), add('a0'));

describe('sidecar file', () => {
	it('is named after its article', () => {
		assert.equal(sidecarOf('file:///a/1_%E6%BD%AE.md'), 'file:///a/1_%E6%BD%AE.md.annotations.jsonld');
		assert.equal(articleOf('file:///a/1.txt.annotations.jsonld'), 'file:///a/1.txt');
		for (const none of ['untitled:Untitled-1', 'file:///a/1.md.annotations.jsonld', 'file:///a/'])
			assert.equal(sidecarOf(none), undefined, none);
		assert.equal(articleOf('file:///a/.annotations.jsonld'), undefined);
	});

	it('has one annotation per line with sorted keys, sorted by id in 64 blocks, and no count', () => {
		assert.equal(
			TWO.replace(/\n+/g, '\n'),
			[
				'{',
				'\t"@context": "http://www.w3.org/ns/anno.jsonld",',
				'\t"first": {',
				'\t\t"id": "urn:uuid:e63f257e-711d-87a6-b694-2e45f91bb91f",',
				'\t\t"items": [',
				'{"body":{"type":"TextualBody","value":"a"},"id":"urn:uuid:a0","target":"https://news.example/tide/","type":"Annotation"},',
				'{"body":{"type":"TextualBody","value":"a"},"id":"urn:uuid:b0","target":"https://news.example/tide/","type":"Annotation"}',
				'\t\t],',
				'\t\t"partOf": "urn:uuid:4f131c06-7d60-8468-9954-c250b88775fe",',
				'\t\t"startIndex": 0,',
				'\t\t"type": "AnnotationPage"',
				'\t},',
				'\t"id": "urn:uuid:4f131c06-7d60-8468-9954-c250b88775fe",',
				'\t"label": "Tide",',
				'\t"type": "AnnotationCollection"',
				'}',
				'',
			].join('\n'),
		);
		const blocks = TWO.slice(TWO.indexOf('[\n') + 2, TWO.indexOf('\t\t],')).split(/^\n/m);
		assert.deepEqual(
			[blocks.length, blocks[0xa0 >> 2]?.includes(':a0"'), blocks[0xb0 >> 2]?.includes(':b0"')],
			[64, true, true],
		);
		assertMeetsModel(TWO);
	});

	it('is created by the first note, and stays valid after the last one is deleted', () => {
		assert.deepEqual(changeSidecar(undefined, [], SUBJECT), { kind: 'unchanged' });
		const none = change(
			TWO,
			...['a0', 'b0'].map((id): AnnotationEdit => ({ before: annotation(id), after: undefined })),
		);
		assertMeetsModel(none);
		assert.doesNotMatch(none, /items/);
		assert.equal(change(none, add('a0'), add('b0')), TWO);
	});

	it('keeps unknown keys at every level, and the digits of numbers', () => {
		const foreign = `{"x":{"y":12345678901234567890},"type":["AnnotationCollection","Own"],"@context":["http://www.w3.org/ns/anno.jsonld","https://a.example/"],"id":"https://a.example/c","total":1,"creator":"https://a.example/me","first":{"own":[1.0],"id":"https://a.example/p","type":"AnnotationPage","items":[{"id":"https://a.example/1","type":"Annotation","target":{"source":"https://a.example/","own":1.50e2,"selector":{"type":"XPathSelector","value":"/p"}},"z":{"b":[],"a":null}}]}}`;
		const text = change(foreign, add('a'));
		assertMeetsModel(text);
		const kept = JSON.parse(text);
		const before = JSON.parse(foreign);
		assert.deepEqual(
			kept.first.items.find((item: JsonObject) => item.id === 'https://a.example/1'),
			before.first.items[0],
		);
		assert.deepEqual(
			[kept.x, kept.type, kept['@context'], kept.id, kept.creator],
			[before.x, before.type, before['@context'], before.id, before.creator],
		);
		assert.deepEqual([kept.total, kept.first.own, kept.first.id], [2, [1], 'https://a.example/p']);
		for (const digits of ['1.50e2']) assert.ok(text.includes(digits), digits);
	});

	it('can be a collection, a page, a list or one annotation, and is written as a collection', () => {
		const one = { '@context': 'http://www.w3.org/ns/anno.jsonld', ...annotation('b0') };
		for (const shape of [one, [one], { ...JSON.parse(TWO).first, items: [one], '@context': one['@context'] }]) {
			const text = change(JSON.stringify(shape), add('a0'));
			assertMeetsModel(text);
			assert.deepEqual(
				parseSidecar(text).annotations.map(found => found.annotation.id),
				['urn:uuid:a0', 'urn:uuid:b0'],
			);
		}
		const nested = JSON.parse(TWO);
		nested.first.next = { id: 'urn:uuid:q', type: 'AnnotationPage', items: [annotation('c')] };
		assert.equal(parseSidecar(JSON.stringify(nested)).annotations.length, 3);
		assert.equal(change(JSON.stringify(nested)), change(TWO, add('c')));
	});

	it('keeps its line endings, and loses a byte order mark', () => {
		assert.equal(change(TWO.replaceAll('\n', '\r\n'), add('c')), change(TWO, add('c')).replaceAll('\n', '\r\n'));
		assert.equal(change(`\ufeff${TWO}`, add('c')), change(TWO, add('c')));
	});

	it('is never written if it cannot be read', () => {
		const unreadable: readonly (readonly [text: string, at: string, message: string])[] = [
			['{"a":tru}', 't', 'This is not valid JSON: invalid symbol'],
			[`${TWO} x`, 'x', 'This is not valid JSON: invalid symbol'],
			[`// notes\n${TWO}`, '// notes', 'This is not valid JSON: invalid comment token'],
			['{"a":[1]}', '{"a":[1]}', 'This JSON is not a W3C annotation or annotation collection'],
			['[1]', '[1]', 'This JSON is not a W3C annotation or annotation collection'],
			[
				'{"type":"AnnotationCollection","first":"https://a.example/p"}',
				'{"type":"AnnotationCollection","first":"https://a.example/p"}',
				'The first page of this collection is in another file, which is not read',
			],
			['['.repeat(100_000), '[', 'Values are nested more than 200 levels deep'],
			[
				TWO.replace(/^(\{"body.*)$/m, '<<<<<<< HEAD\n$1\n=======\n$1\n>>>>>>> other'),
				'<<<<<<< HEAD',
				'Unresolved Git merge conflict: keep the notes of both sides and remove the conflict markers',
			],
		];
		for (const [text, at, message] of unreadable) {
			const [fault] = parseSidecar(text).faults;
			assert.equal(fault?.message, message);
			assert.ok(
				text.slice(fault.span.start, fault.span.end).startsWith(at),
				text.slice(fault.span.start, fault.span.end),
			);
			const changed = changeSidecar(text, [add('c')], SUBJECT);
			assert.deepEqual([changed.kind, changed.kind === 'refused' && changed.reason], ['refused', message]);
		}
	});

	it('is read despite missing and extra commas from a merge by lines, and written with correct ones', () => {
		const missing = TWO.replace(/\},(\n+)\{"body/, '}$1{"body');
		const surplus = TWO.replace(/\}(\n+\t\t\],)/, '},$1');
		for (const text of [missing, surplus]) {
			assert.deepEqual(
				parseSidecar(text).faults.map(({ kind }) => kind),
				['comma'],
			);
			assert.equal(change(text), TWO);
		}
	});

	it('shows the first of several annotations with the same id, and keeps them all', () => {
		const line = /^.*urn:uuid:a0.*$/m.exec(TWO)?.[0] ?? '';
		const twice = TWO.replace(line, `${line}\n${line.replace('"a"}', '"other"}')}`);
		const { faults, annotations, items } = parseSidecar(twice);
		assert.deepEqual([faults.map(({ kind }) => kind), annotations.length, items.length], [['duplicate'], 2, 3]);
		const text = change(twice, { before: annotation('a0'), after: annotation('a0', 'b') });
		assert.deepEqual(text.match(/"value":"\w+"/g), ['"value":"b"', '"value":"other"', '"value":"a"']);
	});
});

describe('repairing a sidecar file after a merge', () => {
	const repaired = (text: string): readonly (readonly [string, string])[] => {
		const [fault] = parseSidecar(text).faults;
		assert.ok(fault);
		return repairsOf(text, fault, SUBJECT).map(({ title, text: right }) => [title, right]);
	};
	const line = (text: string, id: string): string => new RegExp(`^.*urn:uuid:${id}.*$`, 'm').exec(text)?.[0] ?? '';

	it('fixes the commas', () => {
		assert.deepEqual(repaired(TWO.replace(/\},(\n+)\{"body/, '}$1{"body')), [['Fix the commas', TWO]]);
	});

	it('keeps the notes of both sides', () => {
		const [base, ours, theirs] = [
			change(undefined, add('a0')),
			change(undefined, add('a0'), add('b0')),
			change(undefined, add('a0'), add('b1')),
		];
		const both = change(undefined, add('a0'), add('b0'), add('b1'));
		for (const before of ['', `||||||| base\n${line(base, 'a0')}\n`]) {
			const conflict = `<<<<<<< ours\n${line(ours, 'b0')}\n${before}=======\n${line(theirs, 'b1')}\n>>>>>>> theirs`;
			assert.deepEqual(repaired(ours.replace(line(ours, 'b0'), conflict)), [['Keep the notes of both sides', both]]);
		}
		// A conflict in the whole file, as if both sides had created it.
		const whole = `<<<<<<< ours\n${ours}=======\n${theirs}>>>>>>> theirs\n`;
		assert.deepEqual(repaired(whole), [['Keep the notes of both sides', both]]);
	});

	it('keeps both versions of a note that both sides changed, until the user chooses one', () => {
		const changed = (said: string): string => change(undefined, { before: undefined, after: annotation('a0', said) });
		const conflict = `<<<<<<< ours\n${line(changed('ours'), 'a0')}\n=======\n${line(changed('theirs'), 'a0')}\n>>>>>>> theirs`;
		const [[, both] = ['', '']] = repaired(changed('a').replace(line(changed('a'), 'a0'), conflict));
		assert.equal(parseSidecar(both).items.length, 2);
		assert.deepEqual(repaired(both), [
			['Keep the earlier note', changed('ours')],
			['Keep this note', changed('theirs')],
		]);
	});
});

describe('changing a sidecar file', () => {
	it('merges concurrent changes unless they conflict', () => {
		const before = annotation('a', 'a', {
			body: [{ type: 'TextualBody', value: 'a' }],
			modified: '2024-01-01T00:00:00Z',
		});
		const bodies = (...values: string[]): JsonObject => ({
			body: values.map(value => ({ type: 'TextualBody', value })),
		});
		const start = change(undefined, { before: undefined, after: before });
		const mine: AnnotationEdit = {
			before,
			after: { ...before, ...bodies('a', 'mine'), modified: '2024-01-02T00:00:00Z' },
		};
		const theirs: AnnotationEdit = {
			before,
			after: { ...before, ...bodies('b'), rights: 'x:y', modified: '2024-01-03T00:00:00Z' },
		};
		assert.equal(
			change(change(start, theirs), mine),
			change(undefined, {
				before: undefined,
				after: { ...before, ...bodies('b', 'mine'), rights: 'x:y', modified: '2024-01-03T00:00:00Z' },
			}),
		);
		for (const other of [{ ...before, ...bodies('c') }, undefined]) {
			const changed = changeSidecar(change(start, theirs), [{ before, after: other }], SUBJECT);
			assert.deepEqual([changed.kind, changed.kind === 'refused' && changed.code], ['refused', 'conflict']);
		}
	});

	it('applies all edits or none', () => {
		const changed = changeSidecar(TWO, [add('c'), { before: annotation('a0', 'x'), after: undefined }], SUBJECT);
		assert.equal(changed.kind, 'refused');
	});

	it('undoes an edit with its inverse, and keeps the changes of others', () => {
		const id = fc.constantFrom('a0', 'b0', 'c0', 'd0');
		const value = fc.string({ unit: 'grapheme' });
		const step = fc.record({ id, value, kind: fc.constantFrom('put', 'delete') });
		fc.assert(
			fc.property(fc.array(step, { maxLength: 20 }), fc.array(step, { maxLength: 5 }), (mine, theirs) => {
				let text = TWO;
				const steps: AnnotationEdit[] = [];
				const make = ({ id: name, value: said, kind }: { id: string; value: string; kind: string }): void => {
					const before = parseSidecar(text).annotations.find(
						one => one.annotation.id === `urn:uuid:${name}`,
					)?.annotation;
					if (kind === 'delete' && !before) return;
					const edit = { before, after: kind === 'delete' ? undefined : annotation(name, said) } as AnnotationEdit;
					text = change(text, edit);
					steps.push(edit);
					if (parseSidecar(text).items.length > 0) assertMeetsModel(text);
				};
				for (const one of mine) make(one);
				for (const edit of steps.toReversed()) text = change(text, inverse(edit));
				assert.equal(text, TWO);
				// Other annotations are unchanged.
				for (const one of theirs) make({ ...one, id: `other-${one.id}` });
				const others = parseSidecar(text).items.filter(item => canonical(item.value).includes('urn:uuid:other-'));
				for (const one of mine) make(one);
				assert.deepEqual(
					parseSidecar(text)
						.items.filter(item => canonical(item.value).includes('urn:uuid:other-'))
						.map(item => canonical(item.value)),
					others.map(item => canonical(item.value)),
				);
			}),
			{ numRuns: runs(50) },
		);
	});
});

describe('schema of sidecar files', () => {
	const ROOT = join(import.meta.dirname, '../../..');
	const schema = JSON.parse(readFileSync(join(ROOT, 'schemas/annotations.schema.json'), 'utf8'));
	const isValid = new Ajv({ strict: false }).compile(schema);

	it('accepts sidecars written by Marginalia and by other programs', () => {
		for (const text of [
			TWO,
			change(undefined, { before: undefined, after: annotation('a', 'b', { body: 'https://a.example/' }) }),
		])
			assert.ok(isValid(JSON.parse(text)), JSON.stringify(isValid.errors));
		assert.equal(isValid({ first: { items: 1 } }), false);
	});

	it('is contributed for sidecar file names', () => {
		const { contributes } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
		assert.deepEqual(
			contributes.jsonValidation.find(({ fileMatch }: { fileMatch: string }) =>
				`1.md${SIDECAR_SUFFIX}`.endsWith(fileMatch.slice(1)),
			),
			{ fileMatch: `*${SIDECAR_SUFFIX}`, url: './schemas/annotations.schema.json' },
		);
	});
});
