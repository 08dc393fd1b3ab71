import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './support.ts';

const article = (id: string, title: string, body = '<p>The last boat leaves at eleven.</p>'): string =>
	`<!--1639640221000-->\n[${title}](https://harbour.example/${id}/)\n------\n\n${body}\n`;

const LIST = 'Harbour\n------\n\n12-16 [夜渡](/articles/h/391207_夜渡.md)\n\n12-16 [Tide](/articles/h/tide.md)\n';
/** A sidecar with one note on the words "last boat". */
function notes(id: string): string {
	const selector = { type: 'TextQuoteSelector', exact: 'last boat' };
	const annotation = {
		'@context': 'http://www.w3.org/ns/anno.jsonld',
		id: `urn:x:${id}`,
		type: 'Annotation',
		motivation: 'commenting',
		body: { type: 'TextualBody', value: 'Which?' },
		target: { source: `https://harbour.example/${id}/`, selector },
	};
	return `${JSON.stringify(annotation)}\n`;
}

describe('marginalia check after git mv', () => {
	const folder = temporaryFolder();
	const read = (name: string): string => readFileSync(join(folder.path, name), 'utf8');
	const git = (...args: string[]): string =>
		execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@harbour.example', ...args], {
			cwd: folder.path,
			encoding: 'utf8',
		});

	function moved(): void {
		folder.put({
			'lists/h.md': LIST,
			'articles/h/391207_夜渡.md': article('1', '夜渡'),
			'articles/h/391207_夜渡.md.annotations.jsonld': notes('1'),
			'articles/h/tide.md': article('2', 'Tide'),
			'articles/h/note.md': article('3', 'Note', '<p><a href="391207_夜渡.md#x">see</a></p>'),
		});
		git('init', '--quiet');
		git('add', '.');
		git('commit', '--quiet', '-m', 'Keep');
		git('mv', 'articles/h/391207_夜渡.md', 'articles/h/391207_末班船.md');
		git('mv', 'articles/h/tide.md', 'articles/h/ebb.md');
	}

	it('says what entries, links and sidecars have lost is called now', async () => {
		moved();
		const { stdout, code } = await folder.check('--quiet');
		assert.equal(code, 1);
		for (const message of [
			'The article 391207_夜渡.md of this sidecar file does not exist; it is now articles/h/391207_末班船.md',
			'The file 391207_夜渡.md#x does not exist in the archive; it is now articles/h/391207_末班船.md',
			'The file /articles/h/391207_夜渡.md does not exist in the archive; it is now articles/h/391207_末班船.md',
			'The file /articles/h/tide.md does not exist in the archive; it is now articles/h/ebb.md',
		])
			assert.ok(stdout.includes(message), `${message}\n\n${stdout}`);
	});

	it('updates them with --fix, and is idempotent', async () => {
		moved();
		const { stderr } = await folder.check('--fix');
		assert.equal(
			stderr,
			[
				'marginalia: articles/h/391207_夜渡.md.annotations.jsonld: renamed to articles/h/391207_末班船.md.annotations.jsonld',
				'marginalia: 4 problems fixed in 3 files',
				'',
			].join('\n'),
		);
		assert.equal(read('lists/h.md'), LIST.replace('_夜渡.md', '_末班船.md').replace('tide.md', 'ebb.md'));
		assert.match(read('articles/h/note.md'), /href="391207_末班船\.md#x"/);
		assert.equal(read('articles/h/391207_末班船.md.annotations.jsonld'), notes('1'));
		assert.ok(!existsSync(join(folder.path, 'articles/h/391207_夜渡.md.annotations.jsonld')));
		const again = await folder.check('--fix', '--quiet');
		assert.deepEqual([again.stderr, again.code], ['', 0], again.stdout);
	});

	it('moves no sidecar to an article that has one, nor through a symbolic link', async () => {
		folder.put({
			'articles/h/new.md': article('1', 'New'),
			'articles/h/new.md.annotations.jsonld': notes('1'),
			'articles/h/old.md.annotations.jsonld': notes('1'),
			'articles/h/ebb.md': article('2', 'Ebb'),
			'kept.jsonld': notes('2'),
		});
		symlinkSync('../../kept.jsonld', join(folder.path, 'articles/h/tide.md.annotations.jsonld'));
		const { stderr } = await folder.check('--fix', 'articles');
		assert.doesNotMatch(stderr, /renamed to/);
		assert.equal(read('articles/h/old.md.annotations.jsonld'), notes('1'));
		assert.ok(!existsSync(join(folder.path, 'articles/h/ebb.md.annotations.jsonld')));
	});

	it('gives the same output with any number of threads', async () => {
		const files: Record<string, string> = {};
		const entries: string[] = [];
		for (let number = 391_000; number < 391_250; number++) {
			files[`articles/h/${number}_new.md`] = article(`${number}`, `Tide ${number}`);
			entries.push(`[Tide ${number}](/articles/h/${number}.md)`);
		}
		for (const name of ['a', 'b', 'c']) files[`lists/${name}.md`] = `H\n------\n\n${entries.join('\n\n')}\n`;
		folder.put(files);
		const [one, four] = [await folder.check('--jobs', '1'), await folder.check('--jobs', '4')];
		assert.equal(one.stdout, four.stdout);
		assert.equal([...one.stdout.matchAll(/it is now/g)].length, 750);
		await folder.check('--fix', '--jobs', '4');
		assert.deepEqual(await folder.check('--quiet'), {
			stdout: '250 articles and 3 lists checked: no problems\n',
			stderr: '',
			code: 0,
		});
	});
});
