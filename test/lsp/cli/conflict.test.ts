import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { article, fromPage, LIST, marginalia, temporaryFolder } from './support.ts';

const FILES = {
	'articles/harbour/1001.md': article('<section><p>The last boat leaves at eleven.</p><p>船。</p></section>'),
	'articles/harbour/1002.md': fromPage(article('<section>\n\t<p>One.</p>\n\t<p>Two.</p>\n</section>'), 'quay'),
	'lists/harbour.md': LIST,
};
type Name = keyof typeof FILES;

/** What one side makes of the files. */
const changedBy = (who: string, day: number): Readonly<Record<Name, string>> => ({
	'articles/harbour/1001.md': FILES['articles/harbour/1001.md']
		.replace('1639640221000', `163964${day}221000`)
		.replace('The night ferry', `The night ferry, ${who}`)
		.replace('eleven', who),
	'articles/harbour/1002.md': FILES['articles/harbour/1002.md'].replace('Two.', `Two, ${who}.`),
	'lists/harbour.md': FILES['lists/harbour.md'].replace('12-16', `12-${day}`),
});

describe('files that git could not merge', () => {
	const folder = temporaryFolder();
	const git = (...given: string[]): string =>
		execFileSync('git', ['-C', folder.path, '-c', 'user.name=Ada', '-c', 'user.email=ada@a.example', ...given], {
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore'],
			env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
		});
	const read = (name: string): string => readFileSync(join(folder.path, name), 'utf8');
	const commit = (files: Readonly<Record<string, string>>): void => {
		folder.put(files);
		git('add', '.');
		git('commit', '-qm', 'x');
	};

	for (const style of ['merge', 'diff3']) {
		for (const line of ['\n', '\r\n']) {
			it(`are found, named and left as they are: ${style}, ${JSON.stringify(line)}`, async () => {
				const written = (files: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
					Object.fromEntries(Object.entries(files).map(([name, text]) => [name, text.replaceAll('\n', line)]));
				git('init', '-q', '-b', 'main');
				git('config', 'core.autocrlf', 'false');
				commit(written(FILES));
				git('checkout', '-q', '-b', 'theirs');
				commit(written(changedBy('Bo', 18)));
				git('checkout', '-q', 'main');
				commit(written(changedBy('Ada', 17)));
				assert.throws(() => git('-c', `merge.conflictStyle=${style}`, 'merge', '-q', 'theirs'));

				const broken = Object.keys(FILES).map(read);
				const { stdout, code } = await folder.check('--format', 'json');
				const { files } = JSON.parse(stdout) as { files: { path: string; problems: { rule: string }[] }[] };
				const rules = files.map(({ path, problems }) => [path, [...new Set(problems.map(({ rule }) => rule))]]);
				assert.deepEqual(
					Object.fromEntries(rules),
					Object.fromEntries(Object.keys(FILES).map(name => [name, ['article/conflict']])),
				);
				assert.equal(code, 1);
				for (const args of [['check', '--fix'], ['format'], ['format', '--collapse']])
					assert.notEqual((await marginalia(args, { cwd: folder.path })).code, 0);
				assert.deepEqual(Object.keys(FILES).map(read), broken);

				git('checkout', '-q', '--theirs', '.');
				assert.deepEqual(Object.keys(FILES).map(read), Object.values(written(changedBy('Bo', 18))));
			});
		}
	}
});
