import assert from 'node:assert/strict';
import { join } from 'node:path';
import { ROOT } from '../../scripts/host/paths.ts';
import { run } from '../../scripts/host/processes.ts';

describe('npm run bench', () => {
	const bench = (...args: string[]): Promise<{ code: number; output: string }> =>
		run(process.execPath, [join(ROOT, 'test/bench/main.ts'), ...args], { cwd: ROOT });

	it('measures one quick round of everything, compared to bare parse5', async () => {
		const { code, output } = await bench('--quick', '--only', 'marginalia');
		assert.equal(code, 0, output);
		const titles = ['Whole offline check of 13 articles', 'after one edit, 2', 'after one edit, 100 kB'];
		const tables = output.split('\n\n').slice(1);
		assert.equal(tables.length, titles.length, output);
		for (const [index, table] of tables.entries()) {
			const [title = '', header = '', parse5 = '', marginalia = ''] = table.split('\n');
			assert.ok(title.includes(titles[index] ?? ''), title);
			assert.match(header, /CPU ms .* × parse5 .* target .* found$/);
			assert.match(parse5, /^parse5, with locations( +\d+(\.\d+)?){7,8}$/);
			assert.match(marginalia, /^Marginalia( +\d+(\.\d+)?){5} +≤ \d\.\d\d( +\d+){2}$/);
		}
	});

	it('measures how hostile texts of every kind scale', async () => {
		const { code, output } = await bench('--quick', '--hostile', '--only', 'nested');
		assert.equal(code, 0, output);
		assert.match(output, /^CPU time in ms of each step with 2 and 4 kB, median of 1;/);
		assert.match(output, /\nnested front matter( +\d+(\.\d+)?){20}/);
		assert.match(output, /\n\n(?:All ratios are at most 2\.3|Ratios above 2\.3:)/);
	});

	it('measures how well notes are anchored', async () => {
		const { code, output } = await bench('--quick', '--anchoring');
		assert.equal(code, 0, output);
		const [count, damages, groups, costs] = output.split('\n\n');
		assert.equal(count, '13 articles');
		assert.match(damages ?? '', /\nnothing +3 +3 +0 +0 +0 +0 +0 \+ 0 +100\.0 % /);
		assert.match(groups ?? '', /\nall +\d+ +\d+\.\d % +0 of \d+ +\d+ of \d+( +\d+(\.\d+)?){4}$/);
		assert.match(costs ?? '', /^ +ms\n1,000 notes/);
	});

	it('checks links on slow and fast hosts, and counts the correct verdicts', async function () {
		// Other systems have only one loopback address.
		if (process.platform !== 'linux') return this.skip();
		const { code, output } = await bench('--network', '--quick', '--only', 'marginalia');
		assert.equal(code, 0, output);
		const tables = output.split('\n\n').slice(1);
		assert.equal(tables.length, 2, output);
		for (const table of tables) {
			const [title = '', header = '', bare = '', gentle = '', marginalia = ''] = table.split('\n');
			assert.match(title, /^200 links over 4 hosts/);
			assert.match(header, /links\/s +× bare +target +requests +connections +concurrent +per host +correct$/);
			assert.match(bare, /^bare HEAD, keep-alive .* 200 .* 19\d\/200$/);
			assert.match(gentle, /^bare HEAD, 4 connections per host .* 200 .* 16 .* 4 .* 19\d\/200$/);
			assert.match(marginalia, /^Marginalia .* ≤ 2\.00 +22\d +16 +16 +4 +200\/200$/);
		}
	});

	it('reports invalid arguments', async () => {
		for (const args of [['--only', 'lynx'], ['--rounds', '0'], ['--seed', 'x'], ['--fast']]) {
			const { code, output } = await bench(...args);
			assert.equal(code, 2);
			assert.match(output, /\n\nUsage: npm run bench/);
		}
	});
});
