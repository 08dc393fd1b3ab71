import assert from 'node:assert/strict';
import { parseArticle } from '../../../server/src/article/article.ts';
import { githubReporter } from '../../../server/src/cli/reporters/github.ts';
import type { CheckedFile, Reporter, Summary } from '../../../server/src/cli/reporters/reporter.ts';
import { sarifReporter } from '../../../server/src/cli/reporters/sarif.ts';
import { RULE_IDS } from '../../../server/src/rules/index.ts';
import { documentOf } from '../../support/document.ts';
import { isSarif, readSarif } from '../../support/sarif.ts';
import { check, inArticle } from '../rules/support.ts';

const SUMMARY: Summary = {
	articles: 1,
	lists: 0,
	problems: { error: 0, warning: 0, information: 0, hint: 0 },
	filesWithProblems: 1,
	failures: [],
};

function checked(path: string, body: string): CheckedFile {
	const text = inArticle(body);
	const document = documentOf('file:///1.md', text, 0);
	return { path, kind: 'article', document, problems: check(text) };
}

function report(reporter: Reporter, files: readonly CheckedFile[], summary: Partial<Summary> = {}): string {
	const [first, others] = reporter.separators;
	const entries = files.flatMap(file => reporter.file(file)).map((entry, at) => (at === 0 ? first : others) + entry);
	return reporter.begin + entries.join('') + reporter.end({ ...SUMMARY, ...summary });
}

const FILE = 'articles/港口/100% a, b: c.md';
const BODY =
	'<p>😀<a href="ttps://harbour.example/b">甲</a></p>\n<p><b>x<p>y</p></b><a href="https://gone.example/">z</a><a href="/x"><a href="/y">q</a></a>';

describe('SARIF', () => {
	it('is valid for all kinds of results', () => {
		readSarif(report(sarifReporter(), []));
		readSarif(report(sarifReporter(), [checked('1.md', '<p>x</p>')]));
		readSarif(
			report(sarifReporter(), [checked(FILE, BODY), checked('/absolute/1.md', BODY), checked('../up.md', BODY)], {
				failures: [{ path: FILE, reason: 'is not UTF-8' }],
				network: {
					addresses: 2,
					ok: 1,
					moved: 0,
					broken: 0,
					unverified: [{ url: 'https://a.example/', reason: 'a.example returns 403 Forbidden', paths: [FILE] }],
				},
			}),
		);
	});

	it('has a schema that rejects invalid logs', () => {
		assert.equal(isSarif({ version: '2.1.0', runs: [{ tool: {} }] }), false);
	});

	it('lists all rules, with places in UTF-16 units', () => {
		const log = readSarif(report(sarifReporter(), [checked(FILE, BODY)]));
		const [run] = log.runs;
		assert.deepEqual(
			run?.tool.driver.rules?.map(({ id }) => id),
			RULE_IDS,
		);
		const result = run?.results?.find(({ ruleId }) => ruleId === 'link/invalid-url');
		assert.deepEqual(result, {
			ruleId: 'link/invalid-url',
			level: 'error',
			message: { text: 'The URL ttps://harbour.example/b is not valid. Did you mean https://harbour.example/b?' },
			locations: [
				{
					physicalLocation: {
						artifactLocation: { uri: 'articles/%E6%B8%AF%E5%8F%A3/100%25%20a%2C%20b%3A%20c.md' },
						region: { startLine: 5, startColumn: 15, endLine: 5, endColumn: 39 },
					},
				},
			],
			fixes: [
				{
					description: { text: 'Change the URL to https://harbour.example/b' },
					artifactChanges: [
						{
							artifactLocation: { uri: 'articles/%E6%B8%AF%E5%8F%A3/100%25%20a%2C%20b%3A%20c.md' },
							replacements: [
								{
									deletedRegion: { startLine: 5, startColumn: 15, endLine: 5, endColumn: 39 },
									insertedContent: { text: 'https://harbour.example/b' },
								},
							],
						},
					],
				},
			],
		});
	});

	it('contains the same fixes as the editor', () => {
		const file = checked('1.md', BODY);
		const lines = file.document.text.split('\n');
		const offsetOf = (line = 1, column = 1): number =>
			lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
		const log = readSarif(report(sarifReporter(), [file]));
		const results = log.runs[0]?.results ?? [];
		assert.equal(results.length, file.problems.length);
		for (const [index, problem] of file.problems.entries()) {
			const made = results[index]?.fixes?.map(({ description, artifactChanges: [change] }) => ({
				title: description?.text,
				edits: change?.replacements.map(({ deletedRegion: region, insertedContent }) => ({
					span: {
						start: offsetOf(region.startLine, region.startColumn),
						end: offsetOf(region.endLine, region.endColumn),
					},
					newText: insertedContent?.text,
				})),
			}));
			const expected = problem.fixes?.().map(({ title, edits }) => ({ title, edits }));
			assert.deepEqual(made ?? [], expected ?? []);
		}
		assert.ok(parseArticle(file.document.text).kind === 'article');
	});
});

describe('workflow commands of GitHub', () => {
	it('annotate each problem, with special characters escaped', () => {
		const text = report(githubReporter(), [checked(FILE, BODY)]);
		const lines = text.trimEnd().split('\n');
		assert.ok(
			lines.includes(
				'::error file=articles/港口/100%25 a%2C b%3A c.md,line=5,endLine=5,col=15,endColumn=39,title=link/invalid-url::The URL ttps://harbour.example/b is not valid. Did you mean https://harbour.example/b?',
			),
			text,
		);
		assert.ok(
			lines.some(line =>
				/^::warning .*title=link\/broken::The page https:\/\/gone\.example\/ is gone: 404 Not Found$/.test(line),
			),
			text,
		);
		assert.equal(lines.at(-1), '1 article checked: no problems');
	});
});
