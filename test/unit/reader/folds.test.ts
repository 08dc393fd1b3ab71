import assert from 'node:assert/strict';
import { parseArticle } from '../../../server/src/article/article.ts';
import { createResolver } from '../../../server/src/links/resolve.ts';
import { type DrawnView, drawView } from '../../../server/src/reader/view.ts';
import { HEAD } from '../languageFeatures/harness.ts';
import { draw, textOf } from './support.ts';

const TEXT =
	'<p>The harbour master reads the gauge at seven, before the ferry leaves, and writes the number down in pencil.</p><p>At noon he reads it again, and the two numbers stand next to each other in the book until the end of the year.</p>';
const RELATED =
	'<div class="related-posts"><h3>Read next</h3><ul><li><a href="/b">A lighthouse</a></li><li><a href="/c">A buoy</a></li></ul></div>';
const COMMENTS = '<div id="comments"><h3>2 comments</h3><p>First!</p><p>Very good.</p></div>';
const SHARE = '<div class="share-buttons"><a href="/s"><img src="/icon.png" alt=""></a></div>';

/** Returns the texts of blocks, with those of each fold in a list after its line. */
function shown({ blocks, folds }: DrawnView): unknown[] {
	const lines: unknown[] = [];
	for (let at = 0; at < blocks.length; at++) {
		const fold = folds.find(({ first }) => first === at);
		const text = (index: number): string => textOf(blocks[index]?.content.markup ?? '');
		if (!fold) lines.push(text(at).slice(0, 20));
		else {
			const inside = blocks.slice(fold.first, fold.last + 1).map((_, index) => text(fold.first + index));
			lines.push([`${fold.open ? '-' : '+'} ${fold.label} (${fold.size})`, ...inside]);
			at = fold.last;
		}
	}
	return lines;
}

const MAIN = ['The harbour master r', 'At noon he reads it '];

describe('furniture in the reader', () => {
	it('is one fold for each run of adjacent parts, which says what they are and how much they hold', () => {
		assert.deepEqual(shown(draw(`${HEAD}${SHARE}${TEXT}${RELATED}${COMMENTS}\n`)), [
			['+ Share buttons (1 image)', ''],
			...MAIN,
			[
				'+ Related articles, comments (11 words)',
				'Read next',
				'A lighthouseA buoy',
				'2 comments',
				'First!',
				'Very good.',
			],
		]);
	});

	it('counts the characters of Chinese text', () => {
		const text = '<p>他每天早上七点去看验潮仪，把数字用铅笔写在本子上，然后回办公室喝茶，等第二班渡轮靠岸。</p>'.repeat(
			2,
		);
		const related =
			'<div class="related-posts"><ul><li><a href="/b">灯塔看守人</a></li><li><a href="/c">浮标</a></li></ul></div>';
		assert.deepEqual(
			draw(`${HEAD}${text}${related}\n`).folds.map(({ label, size }) => `${label} · ${size}`),
			['Related articles · 7 characters'],
		);
	});

	it('has no headings in the contents, and no levels', () => {
		const { contents, blocks } = draw(`${HEAD}<h2>At seven</h2>${TEXT}${RELATED}\n`);
		assert.deepEqual(
			contents.map(({ label }) => label),
			['At seven'],
		);
		assert.deepEqual(blocks.find(({ content }) => textOf(content.markup) === 'Read next')?.content.markup, [
			'p',
			{},
			[['strong', {}, ['Read next']]],
		]);
	});

	it('is open if a note is in it', () => {
		const view = draw(`${HEAD}${TEXT}${COMMENTS.replace('First!', '<mark>First!</mark><!-- check: Who? -->')}\n`);
		assert.deepEqual(
			view.folds.map(({ open }) => open),
			[true],
		);
		assert.deepEqual(
			view.notes.map(({ kind, block }) => [kind, textOf(view.blocks[block]?.content.markup ?? '')]),
			[['check', 'First!']],
		);
	});

	it('does not count as text to read, and does not decide about the language', () => {
		const spam = `<div id="comments">${'<div class="comment"><p>现在就来看看这个网站，里面有很多很多的好东西，大家快来。</p></div>'.repeat(100)}</div>`;
		const english = TEXT.repeat(12);
		const { head } = draw(`${HEAD}${english}${spam}\n`);
		assert.deepEqual([head.minutes, head.language], [draw(`${HEAD}${english}\n`).head.minutes, 'en']);
	});

	it('includes words that the style sheet of the site hides only together with other parts', () => {
		const hidden = '<div class="element-hidden">Skip this</div>';
		assert.deepEqual(shown(draw(`${HEAD}${TEXT}${hidden}\n`)), MAIN);
		assert.deepEqual(shown(draw(`${HEAD}${TEXT}${hidden}${SHARE}\n`)), [
			...MAIN,
			['+ Share buttons (2 words)', 'Skip this', ''],
		]);
		assert.deepEqual(
			shown(
				draw(`${HEAD}<p>The gauge <span class="element-hidden">(new window)</span> is read at seven.</p>${TEXT}\n`),
			),
			['The gauge  is read a', ...MAIN],
		);
	});

	it('excludes words that are hidden with a note on them', () => {
		const hidden = '<div class="element-hidden"><mark>Skip</mark><!-- note: Why? --></div>';
		assert.deepEqual(shown(draw(`${HEAD}${TEXT}${hidden}\n`)), [...MAIN, ['- Hidden text (1 word)', 'Skip']]);
	});

	it('excludes what the head shows: title, author and date are not shown again', () => {
		const byline =
			'<h1>Tide</h1><div class="entry-meta">By <a rel="author" href="/a">A. Lee</a> on <time datetime="2021-12-16">16 December 2021</time></div>';
		assert.deepEqual(shown(draw(`${HEAD}${byline}${TEXT}\n`)), MAIN);
		const more = byline.replace('</div>', ' in <a href="/t">Weather</a>, <a href="/u">Harbours and ferries</a></div>');
		assert.deepEqual(shown(draw(`${HEAD}${more}${TEXT}\n`)), [
			['+ Byline (12 words)', 'By A. Lee on 16 December 2021 in Weather, Harbours and ferries'],
			...MAIN,
		]);
	});

	it('includes no bylines that name more people than the head', () => {
		const byline = (text: string): unknown[] => shown(draw(`${HEAD}<div class="byline">${text}</div>${TEXT}\n`));
		assert.deepEqual(byline('<p>文/</p><p>何清</p>'), MAIN);
		assert.deepEqual(byline('<p>作者：何清</p><p>译者：潘安</p>'), ['作者：何清', '译者：潘安', ...MAIN]);
	});

	it('is a list that holds nothing else', () => {
		const list = '<ul><li class="share-buttons"><a href="/s">Send this to somebody</a></li></ul>';
		assert.deepEqual(shown(draw(`${HEAD}${TEXT}${list}\n`)), [
			...MAIN,
			['+ Share buttons (4 words)', 'Send this to somebody'],
		]);
	});

	it('shows a title or byline that has a note', () => {
		assert.deepEqual(shown(draw(`${HEAD}<h1><mark>Tide</mark><!-- translate: 潮 --></h1>${TEXT}\n`)), [
			['- Repeated title (1 word)', 'Tide'],
			...MAIN,
		]);
	});

	it('is drawn like the article if it is not kept apart', () => {
		const article = parseArticle(`${HEAD}<h1>Tide</h1>${TEXT}${RELATED}\n`, { furniture: false });
		const resolve = createResolver(article.source?.value);
		const view = drawView(article, { resolve, localFile: () => undefined, archive: undefined, notes: [] });
		assert.deepEqual(shown(view), [...MAIN, 'Read next', 'A lighthouseA buoy']);
		assert.deepEqual(
			view.contents.map(({ label }) => label),
			['Read next'],
		);
	});
});
