import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assertMeetsModel } from '../../unit/annotations/w3c.ts';
import { article, CLEAN, marginalia, type Outcome, temporaryFolder } from './support.ts';

const SOURCE = 'https://harbour.example/2021/12/16/ferry/';

function annotation(id: string, exact: string, entries: object = {}): object {
	return {
		id: `urn:uuid:${id}`,
		type: 'Annotation',
		motivation: 'questioning',
		body: { type: 'TextualBody', value: 'Which?' },
		target: {
			source: SOURCE,
			selector: [
				{ type: 'TextQuoteSelector', exact, prefix: '', suffix: '' },
				{ type: 'TextPositionSelector', start: 4, end: 4 + exact.length },
			],
		},
		...entries,
	};
}

function sidecar(...items: object[]): string {
	return JSON.stringify({
		'@context': 'http://www.w3.org/ns/anno.jsonld',
		id: 'urn:uuid:c',
		type: 'AnnotationCollection',
		first: { id: 'urn:uuid:p', type: 'AnnotationPage', items },
	});
}

describe('marginalia annotations', () => {
	const folder = temporaryFolder();
	const run = (...args: string[]): Promise<Outcome> => marginalia(['annotations', ...args], { cwd: folder.path });
	const read = (name: string): string => readFileSync(join(folder.path, name), 'utf8');

	it('keeps the notes of articles with the longest possible names', async () => {
		const names = ['潮'.repeat(85), `${'b'.repeat(252)}.md`, `${'c'.repeat(237)}.md`];
		for (const [index, name] of names.entries()) {
			const source = `https://harbour.example/${index}/`;
			folder.put({
				[name]: article('<p>The last boat leaves at eleven.</p>').replace(SOURCE, source),
				'notes.jsonld': sidecar(
					annotation(String(index), 'last boat', {
						target: { source, selector: { type: 'TextQuoteSelector', exact: 'last boat' } },
					}),
				),
			});
			const { stdout, stderr, code } = await run('import', 'notes.jsonld', '.');
			assert.deepEqual([stderr, code], ['', 0], stdout);
		}
		const { stdout, stderr, code } = await run('status', '.');
		assert.match(stdout, /3 notes in 3 articles\n$/);
		assert.doesNotMatch(stdout, /no article next to it/);
		assert.deepEqual([stderr, code], ['', 0]);
		const sidecars = readdirSync(folder.path).filter(name => /~[0-9a-z]+\.annotations\.jsonld$/.test(name));
		assert.equal(sidecars.length, 3);
		const checked = await folder.check('--format', 'json', ...sidecars);
		assert.equal(
			checked.stdout.match(/annotation\/open-question/g)?.length,
			3,
			'each belongs to an article that is there',
		);
	});

	it('status: reports the states of notes, and lists orphans', async () => {
		folder.put({
			'1.md': CLEAN,
			'1.md.annotations.jsonld': sidecar(annotation('1', 'last boat'), annotation('2', 'a whale')),
			'2.md': article('<p><mark>a</mark><!-- note: b --> <ins>c</ins></p>', 'Two'),
			'3.md': article('<p>no notes</p>', 'Three'),
			'gone.md.annotations.jsonld': sidecar(annotation('1', 'x')),
		});
		assert.deepEqual(await run('status'), {
			stdout:
				'1.md: 2 notes, 1 orphan, 2 open questions\n  orphan: the question on "a whale": Its words are no longer in the article\n2.md: 1 note, 1 suggested edit\ngone.md.annotations.jsonld: has no article next to it\n3 notes in 2 articles\n',
			stderr: '',
			code: 1,
		});
		const { stdout, code } = await run('status', '--format', 'json', '2.md');
		assert.deepEqual(JSON.parse(stdout), {
			version: 1,
			articles: [
				{
					path: '2.md',
					states: { exact: 1, moved: 0, changed: 0, ambiguous: 0, orphan: 0 },
					open: 0,
					suggestions: 1,
					unsure: [],
				},
			],
			withoutArticle: [],
		});
		assert.equal(code, 0);
		const [first] = JSON.parse((await run('status', '--format', 'json', '1.md')).stdout).articles;
		assert.deepEqual(first.unsure, [
			{
				id: 'urn:uuid:2',
				kind: 'question',
				state: 'orphan',
				quote: 'a whale',
				reason: 'Its words are no longer in the article',
			},
		]);
	});

	it('export and import: copy notes to another archive, and are idempotent', async () => {
		folder.put({
			'a/1.md': CLEAN,
			'a/1.md.annotations.jsonld': sidecar(annotation('1', 'last boat')),
			'b/one.txt': CLEAN,
		});
		const exported = await run('export', 'a', '--output', 'notes.jsonld');
		assert.deepEqual(exported, { stdout: '', stderr: 'marginalia: 1 note of 1 article exported\n', code: 0 });
		assertMeetsModel(read('notes.jsonld'));
		const dry = await run('import', 'notes.jsonld', 'b', '--dry-run');
		assert.deepEqual(dry, { stdout: 'b/one.txt: 1 note to be added\n1 note would be added\n', stderr: '', code: 0 });
		assert.throws(() => read('b/one.txt.annotations.jsonld'));
		const first = await run('import', 'notes.jsonld', 'b');
		assert.deepEqual(first, { stdout: 'b/one.txt: 1 note added\n1 note added\n', stderr: '', code: 0 });
		const text = read('b/one.txt.annotations.jsonld');
		assertMeetsModel(text);
		const second = await run('import', 'notes.jsonld', 'b');
		assert.deepEqual(second, {
			stdout: 'b/one.txt: 0 notes added, 1 already there\n0 notes added\n',
			stderr: '',
			code: 0,
		});
		assert.equal(read('b/one.txt.annotations.jsonld'), text);
		writeFileSync(join(folder.path, 'b/one.txt.annotations.jsonld'), text.replace('Which?', 'Which one?'));
		const third = await run('import', 'notes.jsonld', 'b');
		assert.equal(
			third.stdout,
			'b/one.txt: 0 notes added, 1 already there with a different text, not changed\n0 notes added\n',
		);
		assert.equal(third.code, 1);
		assert.match(read('b/one.txt.annotations.jsonld'), /Which one\?/);
	});

	it('export: writes Markdown, HTML and Hypothesis JSON to standard output', async () => {
		folder.put({ '1.md': article('<p><mark>a</mark><!-- note: b --></p>'), '2.md': CLEAN });
		assert.match(
			(await run('export', '--format', 'markdown')).stdout,
			/^# The night ferry\n\n<https:.*> {2}\nPublished 2021-12-16\.\n\n> a\n\n\*\*Note\*\*\n\nb\n$/,
		);
		assert.match((await run('export', '--format', 'html')).stdout, /^<!DOCTYPE html>/);
		assert.equal(JSON.parse((await run('export', '--format', 'hypothesis')).stdout).total, 1);
	});

	it('import: reports notes without an article, and files that cannot be written', async () => {
		folder.put({
			'1.md': CLEAN,
			'1.md.annotations.jsonld': '{',
			'in.jsonld': sidecar(annotation('1', 'last boat'), annotation('2', 'x', { target: 'https://other.example/' })),
		});
		const { stdout, code } = await run('import', 'in.jsonld');
		assert.equal(
			stdout,
			'1.md: 1.md.annotations.jsonld, line 1: This is not valid JSON: close brace expected. Nothing was written. Fix the file and try again\n1 note on https://other.example/, which has no article here\n0 notes added\n',
		);
		assert.equal(code, 2);
		assert.equal(read('1.md.annotations.jsonld'), '{');
		assert.match((await run('import', 'none.json')).stderr, /^marginalia: none\.json: does not exist\n$/);
		assert.deepEqual(await run('import', '1.md'), {
			stdout: '',
			stderr: 'marginalia: 1.md: This is not valid JSON: invalid symbol\n',
			code: 2,
		});
	});
});

describe('marginalia check with notes', () => {
	const folder = temporaryFolder();

	it('reports problems of sidecars in the sidecar', async () => {
		folder.put({
			'1.md': article('<p>The <mark>last</mark><!-- note: --> boat.</p>'),
			'1.md.annotations.jsonld': sidecar(annotation('1', 'a whale')),
			'gone.md.annotations.jsonld': sidecar(annotation('1', 'x')),
		});
		const { stdout, code } = await folder.check();
		assert.match(stdout, /^1\.md\n {2}5:25 {2}warning {2}annotation\/empty {2}The note is empty\n/);
		assert.match(stdout, /\n1\.md\.annotations\.jsonld\n/);
		assert.match(stdout, /\n {2}1:\d+ {2}warning {6}annotation\/orphan {9}Orphaned question on "a whale": /);
		assert.match(
			stdout,
			/\ngone\.md\.annotations\.jsonld\n {2}1:1 {2}warning {2}annotation\/orphan {2}The article gone\.md of this sidecar file does not exist\. Restore or rename the article, or delete this file\n/,
		);
		assert.match(stdout, /1 article checked: 3 warnings, 1 information in 3 files\n$/);
		assert.equal(code, 1);
		const report = JSON.parse((await folder.check('--format', 'json')).stdout);
		assert.deepEqual(
			report.files.map(({ path, kind }: { path: string; kind: string }) => [path, kind]),
			[
				['1.md', 'article'],
				['1.md.annotations.jsonld', 'sidecar'],
				['gone.md.annotations.jsonld', 'sidecar'],
			],
		);
	});
});
