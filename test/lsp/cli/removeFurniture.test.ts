import assert from 'node:assert/strict';
import { lstatSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { article, marginalia, type Outcome, temporaryFolder } from './support.ts';

const FIRST = '<p>The last boat leaves at eleven, and nobody on the quay had been told about it.</p>';
const SHARE = '<div class="share"><a href="/s">Share this article</a></div>';
const RELATED = '<div class="related-posts"><h3>Related</h3><ul><li><a href="/a">A quay</a></li></ul></div>';
const FULL = article(FIRST + SHARE + FIRST + RELATED);
const CLEARED = article(FIRST + FIRST);

describe('marginalia format --remove-furniture', () => {
	const folder = temporaryFolder();
	const format = (...args: string[]): Promise<Outcome> =>
		marginalia(['format', '--remove-furniture', ...args], { cwd: folder.path });
	const read = (name: string): string => readFileSync(join(folder.path, name), 'utf8');
	const WHAT = 'share buttons (18 characters), related articles (13 characters)';

	it('says what would go with --check, and writes it without', async () => {
		folder.put({ '1.md': FULL, '2.md': CLEARED });
		const checked = await format('--check');
		assert.deepEqual(checked, {
			stdout: `1.md: ${WHAT}\n`,
			stderr: 'marginalia: 1 of 2 articles would change\n',
			code: 1,
		});
		assert.equal(read('1.md'), FULL);
		const done = await format();
		assert.deepEqual(done, {
			stdout: `1.md: ${WHAT}\n`,
			stderr: 'marginalia: 1 of 2 articles changed\n',
			code: 0,
		});
		assert.equal(read('1.md'), CLEARED);
		assert.deepEqual((await format('--check')).code, 0);
	});

	it('keeps the form of an article, and its byte order mark', async () => {
		const expanded = (body: string): string => `\uFEFF${article(body)}`.replaceAll('\n', '\r\n');
		folder.put({ '1.md': expanded(`<section>\n\t${FIRST}\n\t${SHARE}\n\t${FIRST}\n</section>`) });
		assert.equal((await format()).code, 0);
		assert.equal(read('1.md'), expanded(`<section>\n\t${FIRST}\n\t${FIRST}\n</section>`));
		assert.equal((await format('--collapse')).code, 0);
		assert.equal(read('1.md'), expanded(`<section>${FIRST}${FIRST}</section>`));
	});

	it('does what the archive says of its sources, and nothing if that cannot be read', async () => {
		const box = '<div class="box">Read this as well.</div>';
		folder.put({
			'articles/1.md': article(FIRST + box + SHARE),
			'marginalia.json': '{ "sources": { "harbour.example": { "furniture": [".box"], "keep": [".share"] } } }',
		});
		assert.equal((await format()).stdout, 'articles/1.md: other parts of the page (18 characters)\n');
		assert.equal(read('articles/1.md'), article(FIRST + SHARE));
		folder.put({ 'marginalia.json': '{' });
		const { stderr, code } = await format();
		assert.match(stderr, /1\.md: was not changed: marginalia\.json cannot be read/);
		assert.equal(code, 2);
		assert.equal(read('articles/1.md'), article(FIRST + SHARE));
	});

	it('leaves parts with notes, and anchors the notes of the sidecar file again', async () => {
		const noted = RELATED.replace('A quay', '<mark>A quay</mark><!-- note: read it -->');
		const text = article(SHARE + FIRST + noted);
		const start = text
			.slice(text.indexOf(SHARE))
			.replace(/<[^>]*>/g, '')
			.indexOf('nobody');
		const selector = (position: number, prefix: string): object[] => [
			{ type: 'TextQuoteSelector', exact: 'nobody on the quay', prefix, suffix: ' had been told about it.' },
			{ type: 'TextPositionSelector', start: position, end: position + 18 },
		];
		const source = 'https://harbour.example/2021/12/16/ferry/';
		const target = { source, selector: selector(start, 'boat leaves at eleven, and ') };
		const note = { id: 'urn:uuid:a', type: 'Annotation', body: { type: 'TextualBody', value: 'Who?' }, target };
		folder.put({
			'1.md': text,
			'1.md.annotations.jsonld': JSON.stringify({
				'@context': 'http://www.w3.org/ns/anno.jsonld',
				id: 'urn:uuid:c',
				type: 'AnnotationCollection',
				first: { id: 'urn:uuid:p', type: 'AnnotationPage', items: [note] },
			}),
		});
		const { stdout, stderr, code } = await format();
		assert.equal(stdout, '1.md: share buttons (18 characters)\n');
		assert.match(stderr, /1\.md: 1 part with notes stayed: related articles\n/);
		assert.equal(code, 0);
		assert.equal(read('1.md'), article(FIRST + noted));
		const [{ target: after }] = JSON.parse(read('1.md.annotations.jsonld')).first.items;
		assert.equal(after.selector[1].start, start - 'Share this article'.length);
		const status = await marginalia(['annotations', 'status'], { cwd: folder.path });
		assert.equal(status.stdout, '1.md: 2 notes\n2 notes in 1 article\n');
	});

	it('does not change what the notes of a broken sidecar file may be about, symbolic links, and conflicts', async () => {
		const conflict = article(`<<<<<<< a\n${SHARE}\n=======\n>>>>>>> b\n${FIRST}`);
		folder.put({ '1.md': FULL, '1.md.annotations.jsonld': '{', '2.md': conflict, 'real/3.md': FULL });
		symlinkSync(join(folder.path, 'real/3.md'), join(folder.path, '4.md'));
		const { stderr, code } = await format('1.md', '2.md', '4.md');
		assert.match(stderr, /1\.md: was not changed: .* its notes cannot be read/);
		assert.match(stderr, /2\.md: was not formatted: it has a merge conflict/);
		assert.match(stderr, /4\.md: could not be formatted: it /);
		assert.equal(code, 2);
		assert.deepEqual([read('1.md'), read('2.md'), read('real/3.md')], [FULL, conflict, FULL]);
		assert.ok(lstatSync(join(folder.path, '4.md')).isSymbolicLink());
	});
});
