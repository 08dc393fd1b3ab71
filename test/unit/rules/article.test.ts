import assert from 'node:assert/strict';
import { CancellationToken } from 'vscode-languageserver';
import { DEFAULTS } from '../../../server/src/archive/configuration.ts';
import { policyFor } from '../../../server/src/archive/policy.ts';
import { parseArticle } from '../../../server/src/article/article.ts';
import { snapshotOf } from '../../../server/src/languageFeatures/snapshot.ts';
import { explained } from '../../../server/src/rules/advice.ts';
import { checkArticle } from '../../../server/src/rules/check.ts';
import { createService } from '../../../server/src/service.ts';
import { createFiles } from '../languageFeatures/harness.ts';
import { apply, assertFindings, assertQuiet, check, contextOf, findings, fixes, inArticle, NOW } from './support.ts';

const RULE = 'article/conflict';
const MESSAGE =
	'Unresolved merge conflict between HEAD and other: keep the correct text, and remove the lines <<<<<<<, ======= and >>>>>>>';
const REMAINS = 'Leftover merge conflict marker: check the text around it, then remove the line';
const conflict = (ours: string, theirs: string): string => `<<<<<<< HEAD\n${ours}=======\n${theirs}>>>>>>> other\n`;
const rulesIn = (text: string): readonly string[] => check(text).map(({ rule }) => rule.id);

describe('rules: article', () => {
	describe(RULE, () => {
		it('reports a leftover marker, with a fix that removes its line', () => {
			const text = inArticle('<p>a</p>\n<p>b</p>\n=======\n<p>c</p>\n>>>>>>> other\n<p>d</p>\n');
			assertFindings(RULE, text, [['>>>>>>> other', REMAINS]]);
			assert.deepEqual(
				fixes(RULE, text).map(({ preferred, edits }) => [preferred, apply(text, edits)]),
				[[false, text.replace('>>>>>>> other\n', '')]],
			);
		});

		it('reports each conflict at its first marker, with the other markers as related places', () => {
			const text = inArticle(
				`<p>a</p>\n${conflict('<p>b</p>\n', '<p>c</p>\n')}<p>d</p>\n${conflict('', '<p>e</p>\n')}`,
			);
			assertFindings(RULE, text, [
				['<<<<<<< HEAD', MESSAGE],
				['<<<<<<< HEAD', MESSAGE],
			]);
			const [first] = check(text);
			assert.deepEqual(
				first?.related?.map(({ span, message }) => [text.slice(span.start, span.end), message]),
				[
					['=======', 'The other side starts below this line'],
					['>>>>>>> other', 'The conflict ends here'],
				],
			);
			const unnamed = inArticle('<<<<<<<\n<p>a</p>\n=======\n<p>b</p>\n>>>>>>>\n');
			assert.match(
				findings(RULE, unnamed)[0]?.[1] ?? '',
				/^Unresolved merge conflict between the upper side and the lower side: /,
			);
		});

		it('offers to keep either side or both, none of them preferred', () => {
			const text = inArticle(`<p>a</p>\n${conflict('<p>b</p>\n', '<p>c</p>\n')}<p>d</p>`);
			const kept = (body: string): string => inArticle(`<p>a</p>\n${body}<p>d</p>`);
			assert.deepEqual(
				fixes(RULE, text).map(({ title, preferred, edits }) => [title, preferred, apply(text, edits)]),
				[
					['Keep the upper side (HEAD)', false, kept('<p>b</p>\n')],
					['Keep the lower side (other)', false, kept('<p>c</p>\n')],
					['Keep both sides', false, kept('<p>b</p>\n<p>c</p>\n')],
				],
			);
			const windows = text.replaceAll('\n', '\r\n');
			const [, , both] = fixes(RULE, windows);
			assert.equal(both && apply(windows, both.edits), kept('<p>b</p>\n<p>c</p>\n').replaceAll('\n', '\r\n'));
		});

		it('ignores quoted and incomplete markers', () => {
			assertQuiet(
				RULE,
				'<pre>\n=======\n</pre>',
				'<p>Git writes <<<<<<< HEAD, then ======= and >>>>>>> other.</p>',
				'<pre>\n<<<<<<< HEAD\n</pre>',
				'<pre>\n&lt;&lt;&lt;&lt;&lt;&lt;&lt; HEAD\n=======\n>>>>>>> other\n</pre>',
			);
		});

		it('reports a conflict in the header, and no other header problems', () => {
			const time = '<!--1639640221000-->\n';
			const title = '[Boats](https://h.example/2021/boats)\n';
			const rest = '------\n\n<p>x</p>\n';
			for (const text of [
				conflict(time + title, `<!--1639640222000-->\n${title}`) + rest,
				time + conflict(title, '[Boats B](https://h.example/2021/b)\n') + rest,
				conflict(`<!-- nan -->\n${title}`, '# Boats\n') + rest,
				conflict(`${time}${title}${rest}`, `${time}[Boats B](ttps://h.example)\n${rest}`),
				`${time + title + conflict('------\n\n', '---\n')}<p>x</p>\n`,
				`---\ntitle: Boats\n${conflict('date: 2021-12-16\n', 'date: 2021-12-17\n')}---\n\n${time}${title}${rest}`,
				conflict('---\ntitle: Boats\n---\n', '') + time + title + rest,
			])
				for (const written of [text, text.replaceAll('\n', '\r\n')]) assert.deepEqual(rulesIn(written), [RULE], text);
		});

		it('suppresses HTML problems caused by the two sides', () => {
			for (const text of [
				inArticle(`<section>\n${conflict('<section id="a">\n<p>b\n', '<section id="a">\n<div><p>c</p>\n')}</section>`),
				inArticle(conflict('<p>a</section>\n', '<script>x()</script>\n')),
				inArticle(conflict('<a href="https://a.example/"><p>a</p>\n', '<a href=""><p>b</p>\n').concat('</a>')),
				inArticle(conflict('**a**\n\n- b\n- c\n', '## d\n')),
			])
				assert.deepEqual(rulesIn(text), [RULE], text);
		});

		it('keeps problems outside the conflict', () => {
			const text = inArticle(`<p><a href="">x</a></p>\n${conflict('<p>b</p>\n', '<p>c</p>\n')}<script>x()</script>`);
			assert.deepEqual(rulesIn(text), ['link/empty', RULE, 'html/unsafe']);
		});

		it('reports a conflict in a list, but not the entries duplicated by it', () => {
			const text = `Harbour\n------\n\n${conflict('1-1 [潮水退去之后](/articles/news/1001.md)\n', '1-2 [潮水退去之后](/articles/news/1001.md)\n')}`;
			assertFindings(RULE, text, [['<<<<<<< HEAD', MESSAGE]]);
			assert.deepEqual(rulesIn(text), [RULE]);
			assert.deepEqual(rulesIn(`${text}\n1-3 [x](/articles/news/1001.md)\n1-4 [x](/articles/news/gone.md)\n`), [
				RULE,
				'list/title-mismatch',
				'list/missing-file',
			]);
		});

		it('reports a conflict in a sidecar file, both there and on the title of the article', async () => {
			const uri = 'file:///a/1.md';
			const sidecar = `${uri}.annotations.jsonld`;
			const text = inArticle('<p>Boats.</p>');
			const notes = `[\n${conflict('1\n', '2\n')}]\n`;
			const of = (files: Record<string, string>) => createService({ files: createFiles(files), now: () => NOW });
			const service = of({ [uri]: text, [sidecar]: notes });
			const { problems, sidecar: checked } = await service.check(snapshotOf(uri, text), CancellationToken.None);
			const said =
				'Unresolved Git merge conflict: keep the notes of both sides and remove the conflict markers; its notes are not shown, and the file is not changed';
			assert.deepEqual(problems, []);
			assert.deepEqual(
				checked?.problems.map(({ rule, message, span }) => [rule.id, message, notes.slice(span.start, span.end)]),
				[[RULE, said, '<<<<<<< HEAD']],
			);
			const both = conflict('<!--1639640221000-->\n', '<!--1639640222000-->\n') + text.slice(text.indexOf('\n') + 1);
			const twice = await service.check(snapshotOf(uri, both), CancellationToken.None);
			assert.deepEqual([twice.problems.length, twice.sidecar?.problems.length], [1, 1]);
			const lonely = await of({ [sidecar]: notes }).checkSidecar(sidecar, CancellationToken.None);
			assert.deepEqual(
				lonely?.problems.map(({ rule }) => rule.id),
				['annotation/orphan', RULE],
			);
		});
	});

	describe('article/markdown', () => {
		const MARKDOWN = 'The body is Markdown, not HTML, so it is neither formatted nor checked';

		it('reports the first Markdown construct once', () => {
			for (const [body, at] of [
				['First words, **bold**.\n\n## Head\n\nMore.', 'First words, **bold**.'],
				['潮水退去。\n\n## 码头\n\n船还在。', '## 码头'],
				['```html\n<script>x()</script>\n<p>\n```\n', '```html'],
				['One.\n\nTwo.', 'One.'],
			] as const)
				assertFindings('article/markdown', inArticle(body), [[at, MARKDOWN]]);
		});

		it('suppresses other problems in the body, but not in the header', () => {
			const body =
				'## Code\n\n```html\n<p>\n<script>x()</script>\n<img>\n<a href="">\n```\n\n<time pudate="x">**a**</time>';
			assert.deepEqual(rulesIn(inArticle(body)), ['article/markdown']);
			const damaged = inArticle(body).replace('<!--1639640221000-->', '<!-- 1639640221000 -->');
			assert.deepEqual(rulesIn(damaged), ['header/structure', 'article/markdown']);
		});
	});

	describe('article/furniture', () => {
		const FURNITURE = 'article/furniture';
		const WORDS =
			'<p>The water left early, and three boats lay on the mud until noon. Nobody could remember it so low.</p>';
		const COMMENTS =
			'<div id="comments"><p><a href="http://[url=spam]x[/url]/">x</a> Nice <font>post</p><p><img src="https://[b/"> 好</p></div>';
		const RELATED = '<ul class="related-posts"><li><a href="ttps://news.example/a">A</a></li></ul>';
		const hidden = (text: string): string =>
			/; (?:it|they) holds? (.*) not reported/.exec(findings(FURNITURE, text)[0]?.[1] ?? '')?.[1] ?? '';

		it('says once what of the page is left, and lists the places', () => {
			const text = inArticle(`${WORDS}${RELATED}${COMMENTS}`);
			assertFindings(FURNITURE, text, [
				[
					'<ul class="related-posts">',
					`Parts of the page are left in this article: related articles, comments; they hold ${hidden(text)} not reported`,
				],
			]);
			const problem = check(text).find(({ rule }) => rule.id === FURNITURE);
			assert.deepEqual(
				problem?.related?.map(({ span, message }) => [text.slice(span.start, span.end), message]),
				[
					['<ul class="related-posts">', 'Related articles (class “related-posts”)'],
					['<div id="comments">', 'Comments (id “comments”)'],
				],
			);
		});

		it('takes the place of the problems there, which it counts', () => {
			const text = inArticle(`${WORDS}${RELATED}${COMMENTS}`);
			assert.deepEqual(rulesIn(text), [FURNITURE]);
			const all = checkArticle(contextOf(parseArticle(text, { furniture: false }))).length;
			assert.ok(all > 2);
			assert.equal(hidden(text), `${all} problems that are`);
			assert.equal(
				hidden(inArticle(`${WORDS}<div class="related-posts"><a href="/a">A tide</a></div>`)),
				'1 problem that is',
			);
		});

		it('does not advise the command line where only bylines are left, which it keeps', () => {
			const box = '<div class="author-box"><p>The Courier writes about tides.</p></div>';
			const adviceFor = (body: string): string | undefined =>
				check(inArticle(body)).flatMap(problem => (problem.rule.id === FURNITURE ? [explained(problem)] : []))[0];
			assert.match(adviceFor(`${WORDS}${box}`) ?? '', /: byline\. If .* and tick the byline$/);
			assert.match(adviceFor(`${WORDS}${box}${RELATED}`) ?? '', /marginalia format --remove-furniture$/);
		});

		it('leaves scripts to html/unsafe', () => {
			assert.deepEqual(rulesIn(inArticle(`${WORDS}<script>x()</script>`)), ['html/unsafe']);
		});

		it('says nothing of problems where there are none', () => {
			assertFindings(FURNITURE, inArticle(`${WORDS}<nav><a href="https://news.example/">News</a></nav>`), [
				['<nav>', 'A part of the page is left in this article: navigation'],
			]);
		});

		it('is silent where all of the body is the article, which then has all its problems', () => {
			const text = inArticle(`${WORDS}${COMMENTS}`);
			const all = checkArticle(contextOf(parseArticle(text, { furniture: false })));
			assert.ok(!all.some(({ rule }) => rule.id === FURNITURE));
			assert.ok(all.some(({ rule }) => rule.id === 'link/invalid-url'));
			assertQuiet(FURNITURE, inArticle(WORDS));
		});

		it('does not hide what is unsafe, notes, and problems of the article around it', () => {
			const text = inArticle(
				`${WORDS}<p><a href="">a</a></p><div id="comments"><p onclick="x()">Nice.<!-- qeustion: who? --></p><p><mark>So</mark><!-- question: is it? --></p></div><p><a href="">b</a></p>`,
			);
			assert.deepEqual(rulesIn(text), [
				'link/empty',
				FURNITURE,
				'html/unsafe',
				'annotation/unknown-kind',
				'annotation/open-question',
				'link/empty',
			]);
		});

		it('takes a problem for that of the part where it starts', () => {
			// The link begins in the article and ends in the list.
			const text = inArticle(`${WORDS}<p><a href="http://[x/">a<ul class="related-posts"><li>b</a></li></ul>`);
			assert.ok(rulesIn(text).includes('link/invalid-url'));
		});

		it('does not count what the archive ignores', () => {
			const text = inArticle(`${WORDS}${RELATED}`);
			const policy = policyFor({ ...DEFAULTS, ignoredUrls: ['ttps://*'] }, undefined);
			const [only] = checkArticle(contextOf(parseArticle(text)), policy);
			assert.equal(only?.message, 'A part of the page is left in this article: related articles');
		});

		it('is silent in a body that is Markdown', () => {
			const markdown =
				'The tide turns at noon.\n\n## Ebb\n\n* the ferry\n* three boats on the mud\n\nThe water left early, and three boats lay on the mud until noon.\n\n';
			assertQuiet(FURNITURE, inArticle(`${markdown}<nav>Share</nav>\n`));
			assertFindings('article/markdown', inArticle(`${markdown}<nav>Share</nav>\n`), [
				['## Ebb', 'The body is Markdown, not HTML, so it is neither formatted nor checked'],
			]);
		});
	});
});
