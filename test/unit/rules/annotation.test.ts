import assert from 'node:assert/strict';
import { CancellationToken } from 'vscode-languageserver';
import { writeComment } from '../../../server/src/annotations/inlineComment.ts';
import { NOTE_KINDS } from '../../../server/src/annotations/kinds.ts';
import type { Annotation } from '../../../server/src/annotations/model.ts';
import { snapshotOf } from '../../../server/src/languageFeatures/snapshot.ts';
import type { FileSystem } from '../../../server/src/platform.ts';
import { createService } from '../../../server/src/service.ts';
import type { CheckedSidecar } from '../../../server/src/services/problems.ts';
import { createFiles } from '../languageFeatures/harness.ts';
import { assertFindings, assertFixed, assertQuiet, fixes, inArticle, NOW, SOURCE } from './support.ts';

const ARTICLE = 'file:///a/articles/1.md';
const SIDECAR = `${ARTICLE}.annotations.jsonld`;

/** Creates an annotation that quotes `exact`. */
function annotation(id: string, exact: string, entries: object = {}): object {
	return {
		id: `urn:uuid:${id}`,
		type: 'Annotation',
		motivation: 'commenting',
		body: { type: 'TextualBody', value: 'a' },
		target: { source: SOURCE, selector: { type: 'TextQuoteSelector', exact, prefix: '', suffix: '' } },
		...entries,
	};
}

function collection(...items: object[]): string {
	return JSON.stringify({
		'@context': 'http://www.w3.org/ns/anno.jsonld',
		id: 'urn:uuid:c',
		type: 'AnnotationCollection',
		first: { id: 'urn:uuid:p', type: 'AnnotationPage', items },
	});
}

/** Checks an article with a sidecar file, and returns the result for the sidecar file. */
async function checkSidecar(
	body: string,
	sidecar: string,
	files: Record<string, string> = {},
): Promise<CheckedSidecar> {
	const system: FileSystem = createFiles({ [SIDECAR]: sidecar, ...files });
	const service = createService({ files: system, now: () => NOW });
	const { sidecar: checked } = await service.check(snapshotOf(ARTICLE, inArticle(body)), CancellationToken.None);
	assert.ok(checked);
	return checked;
}

async function found(body: string, sidecar: string, files?: Record<string, string>): Promise<readonly string[][]> {
	const { file, problems } = await checkSidecar(body, sidecar, files);
	return problems.map(({ rule, message, span }) => [
		rule.id.replace('annotation/', ''),
		message,
		file.text.slice(span.start, span.end).slice(0, 30),
	]);
}

describe('rules: inline notes', () => {
	it('report empty notes, marks and edits', () => {
		assertFixed(
			'annotation/empty',
			inArticle('<p><mark>a</mark><!-- note: --> <!--question:--><mark>b</mark><!-- note: #tag --></p>'),
			[
				['<!-- note: -->', 'The note is empty'],
				['<!--question:-->', 'The question is empty'],
			],
			inArticle('<p><mark>a</mark> <mark>b</mark><!-- note: #tag --></p>'),
		);
		assertFixed(
			'annotation/empty',
			inArticle('<p>a<ins></ins> <mark><b></b></mark></p>'),
			[
				['<ins>', 'Empty <ins>'],
				['<mark>', 'Empty <mark>'],
			],
			inArticle('<p>a </p>'),
		);
		assertQuiet('annotation/empty', '<p><mark><img src="a.png"></mark></p>', '<p><mark>a</mark></p>', '<!-- a -->');
	});

	it('report unknown kinds', () => {
		assertFixed(
			'annotation/unknown-kind',
			inArticle('<p><mark>a</mark><!-- nota: b --><!-- Qestion: c --> d<!--translte: e--></p>'),
			[
				['nota', 'Unknown kind of note "nota". Did you mean "note"?'],
				['Qestion', 'Unknown kind of note "qestion". Did you mean "question"?'],
				['translte', 'Unknown kind of note "translte". Did you mean "translate"?'],
			],
			inArticle('<p><mark>a</mark><!-- note: b --><!-- question: c --> d<!--translate: e--></p>'),
		);
		assertFindings('annotation/unknown-kind', inArticle('<p><del>a</del><!-- 出处: b --></p>'), [
			['出处', 'Unknown kind of note "出处"'],
		]);
		assert.deepEqual(fixes('annotation/unknown-kind', inArticle('<p><del>a</del><!-- 出处: b --></p>')), []);
		assertQuiet(
			'annotation/unknown-kind',
			'<!-- todo: a -->',
			'<!-- 出处: a -->',
			'<!-- nope: a -->',
			'<mark>a</mark> <!-- todo: b -->',
		);
	});

	it('report nested marks and edits', () => {
		assertFixed(
			'annotation/nested',
			inArticle('<p><mark>a <mark>b</mark> <ins>c <del>d</del></ins></mark> <mark>e</mark></p>'),
			[
				['<mark>', '<mark> is nested in <mark>'],
				['<del>', '<del> is nested in <ins>'],
			],
			inArticle('<p><mark>a b <ins>c d</ins></mark> <mark>e</mark></p>'),
		);
	});

	it('report open questions', () => {
		assertFindings(
			'annotation/open-question',
			inArticle('<p><mark>a b</mark><!-- question: why? @ines --><!-- note: so --> c <!-- question: when? --></p>'),
			[
				['a b', 'ines asks: why? (1 answer)'],
				['a b</mark><!-- question: why? @ines --><!-- note: so --> c ', 'Open question: when?'],
			],
		);
		assertQuiet('annotation/open-question', '<p><mark>a</mark><!-- question: b #resolved --><!-- note: c --></p>');
	});

	it('report duplicate ids', () => {
		const comment = '<!-- note: a {"@of":"x","id":"urn:uuid:1"} -->';
		assertFindings('annotation/duplicate-id', inArticle(`<p><mark>a</mark>${comment} <mark>b</mark>${comment}</p>`), [
			[comment, 'The note has the same id as another note in the text'],
		]);
	});
});

describe('rules: sidecar files', () => {
	it('report problems at the annotation in the sidecar file', async () => {
		const text = collection(
			annotation('1', 'gone'),
			annotation('2', 'a', { body: [], motivation: 'questioning' }),
			annotation('3', 'b', { body: { type: 'TextualBody', purpose: 'classifying', value: 'todo' } }),
			annotation('4', 'c', { created: 'now' }),
			annotation('4', 'd'),
		);
		assert.deepEqual(await found('<p>a b c d</p>', text), [
			[
				'orphan',
				`Orphaned note on "gone": ${(await checkSidecar('<p>a b c d</p>', text)).problems.find(({ rule }) => rule.id === 'annotation/orphan')?.message.split(': ')[1]}`,
				'{"id":"urn:uuid:1","type":"Ann',
			],
			['empty', 'The question is empty', '{"id":"urn:uuid:2","type":"Ann'],
			['open-question', 'Open question: ', '{"id":"urn:uuid:2","type":"Ann'],
			['empty', 'The todo is empty', '{"id":"urn:uuid:3","type":"Ann'],
			['unknown-kind', 'Unknown kind of note "todo"', '{"id":"urn:uuid:3","type":"Ann'],
			['malformed', '"created" must be a single UTC time such as 2021-12-17T09:30:00Z', '"now"'],
			[
				'duplicate-id',
				'Duplicate annotation id "urn:uuid:4": only the first annotation with this id is shown',
				'{"id":"urn:uuid:4","type":"Ann',
			],
		]);
	});

	it('report a file that is not valid JSON', async () => {
		assert.deepEqual(await found('<p>a</p>', '{'), [
			[
				'malformed',
				'This is not valid JSON: close brace expected; its notes are not shown, and the file is not changed',
				'',
			],
		]);
	});

	it('report a note that differs from its copy in the text', async () => {
		const placed = { id: '', target: '', isReply: false };
		const inText = (text: string): string => {
			const one = annotation('1', 'a', { body: { type: 'TextualBody', value: text } }) as Annotation;
			return `<p><mark>a</mark>${writeComment(one, placed, NOTE_KINDS)}</p>`;
		};
		assert.deepEqual(await found(inText('a'), collection(annotation('1', 'a'))), []);
		assert.deepEqual(await found(inText('b'), collection(annotation('1', 'a'))), [
			[
				'duplicate-id',
				'The note has different text in the article, which is shown instead',
				'{"id":"urn:uuid:1","type":"Ann',
			],
		]);
	});

	it("apply the archive's configuration", async () => {
		const configuration = { 'file:///a/marginalia.json': '{"rules":{"annotation/*":"off"}}' };
		assert.deepEqual(await found('<p>a</p>', collection(annotation('1', 'gone')), configuration), []);
	});

	it('report a missing article', async () => {
		const files = createFiles({ [SIDECAR]: collection(annotation('1', 'a')) });
		const service = createService({ files, now: () => NOW });
		const checked = await service.checkSidecar(SIDECAR, CancellationToken.None);
		assert.deepEqual(
			checked?.problems.map(({ rule, message }) => [rule.id, message]),
			[['annotation/orphan', 'The article 1.md of this sidecar file does not exist']],
		);
	});
});
