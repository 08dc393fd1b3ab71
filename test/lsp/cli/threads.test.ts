import assert from 'node:assert/strict';
import { article, CLEAN, LIST, MISSPELT, temporaryFolder } from './support.ts';

describe('marginalia check on several threads', () => {
	const folder = temporaryFolder();

	it('writes the same output as on one, byte for byte', async () => {
		const files: Record<string, string | Uint8Array> = {
			'lists/harbour.md': LIST,
			'marginalia.json': '{ "rules": { "html/misspelt": "warning", "no/rule": "off" } }',
			'articles/inner/marginalia.json': 'not JSON',
			'articles/harbour/2.md.annotations.jsonld': '{}',
			'articles/harbour/3.md': Uint8Array.of(...Buffer.from(CLEAN), 0xb0, 0xb0),
			'articles/harbour/page.html': '<!DOCTYPE html><title>x</title>',
		};
		for (let index = 0; index < 220; index++) {
			const body = '<p>渡轮 <a href="ttps://harbour.example/b">甲</a></p>'.repeat((index * 7919) % 20);
			files[`articles/${index % 50 === 7 ? 'inner' : 'harbour'}/1${index}.md`] =
				index % 3 === 0 ? MISSPELT : article(body, `Ferry ${index}`);
		}
		folder.put(files);
		for (const format of ['pretty', 'sarif']) {
			const args = ['--format', format, '--quiet', 'articles/harbour/page.html', '.', 'missing.md'];
			const one = await folder.check(...args, '--jobs', '1');
			const some = await folder.check(...args, '--jobs', '3');
			assert.deepEqual(some, one, format);
			assert.equal(one.code, 2);
			assert.deepEqual(one.stderr.match(/(?<=^marginalia: ).*?(?=: (?:is|does|warning|error))/gm), [
				'articles/harbour/page.html',
				'marginalia.json:1:42',
				'articles/harbour/3.md',
				'articles/inner/marginalia.json:1:1',
				'missing.md',
			]);
		}
	});

	it('applies the same fixes as on one', async () => {
		const names = Array.from({ length: 110 }, (_, index) => `${1000 + index}.md`);
		folder.put(Object.fromEntries(names.map(name => [name, MISSPELT])));
		const { stderr } = await folder.check('--fix', '--jobs', '2', '--max-warnings', '-1');
		assert.equal(stderr, 'marginalia: 110 problems fixed in 110 files\n');
		assert.deepEqual((await folder.report([])).summary.hints, 0);
	});

	it('requires a positive number of threads', async () => {
		const { code, stderr } = await folder.check('--jobs', '0');
		assert.equal(code, 2);
		assert.match(stderr, /'--jobs <n>' argument '0' is invalid/);
	});
});
