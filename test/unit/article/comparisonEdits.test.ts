import assert from 'node:assert/strict';
import fc from 'fast-check';
import { comparisonEdits } from '../../../server/src/article/comparisonEdits.ts';
import { comparisonForm } from '../../../server/src/article/comparisonForm.ts';
import { applyEdits, type TextEdit } from '../../../server/src/article/edits.ts';
import { collapse, expand } from '../../../server/src/article/format.ts';
import { runs } from '../../support/runs.ts';
import { HEAD } from '../languageFeatures/harness.ts';
import { text } from './anyText.ts';

const laidOut = (version: string): string => comparisonForm(version, { blankLines: true }).text;

/** Edits the comparison form of an article, and returns the article with those edits. */
function edited(article: string, edit: (form: string) => string): string {
	const form = laidOut(article);
	const made = edit(form);
	assert.notEqual(made, form);
	return applyEdits(article, editsOf(article, made));
}

/** Returns the edits of an article that has not changed since it was laid out. */
function editsOf(article: string, made: string): readonly TextEdit[] {
	const edits = comparisonEdits(article, made);
	assert.ok(edits);
	return edits;
}

const ARTICLE = `${HEAD}<div><p>one</p> <p>two</p><p>潮水😀涨上来了</p></div><ul><li>a</li><li>b</li></ul>\n`;

describe('edits of a comparison', () => {
	it('change what was edited, and nothing else', () => {
		for (const [old, made] of [
			['one', 'first'],
			['涨上', '😁退'],
			['😀', '😁'],
			['<li>b</li>', '<li>B</li>'],
			['Tide', 'Tides'],
		] as const) {
			const expected = ARTICLE.replace(old, made);
			assert.equal(
				edited(ARTICLE, form => form.replace(old, made)),
				expected,
			);
		}
		const several = (version: string): string => version.replace('one', '1').replace('two', '2').replace('>b<', '>B<');
		assert.equal(edited(ARTICLE, several), several(ARTICLE));
	});

	it('keep an article on one line when blocks are added, moved and removed', () => {
		const added = '<p>two</p>\n<p>new</p>\n\n<p>newer</p>';
		assert.equal(
			edited(ARTICLE, form => form.replace('<p>two</p>', added)),
			ARTICLE.replace('<p>two</p>', added.replaceAll('\n', '')),
		);
		assert.equal(
			edited(ARTICLE, form => form.replace('<p>two</p>\n\n', '')),
			ARTICLE.replace('<p>two</p>', ''),
		);
		assert.equal(
			edited(ARTICLE, form => form.replace('<li>a</li>\n<li>b</li>', '<li>b</li>\n<li>a</li>')),
			ARTICLE.replace('<li>a</li><li>b</li>', '<li>b</li><li>a</li>'),
		);
		assert.equal(
			edited(ARTICLE, form => `${form.trimEnd()}\n<footer>end</footer>\n`),
			`${ARTICLE.trimEnd()}<footer>end</footer>\n`,
		);
	});

	it('have no effect if they only add or remove line breaks between blocks', () => {
		assert.equal(
			edited(ARTICLE, form => form.replaceAll('\n\n<p>', '\n<p>').replace('<li>b', '\n\n<li>b')),
			ARTICLE,
		);
	});

	it('turn a line break in a sentence into a space', () => {
		assert.equal(
			edited(ARTICLE, form => form.replace('two', 'two\nthree')),
			ARTICLE.replace('two', 'two three'),
		);
	});

	it('keep an article expanded, with its indentation, line endings and byte order mark', () => {
		for (const indent of ['\t', '  ']) {
			const article = `\uFEFF${expand(ARTICLE.replace(' <p>', '<p>'), indent).replaceAll('\n', '\r\n')}`;
			assert.equal(
				edited(article, form => form.replace('<p>two</p>', '<p>two</p>\r\n<p>new</p>')),
				article.replace('<p>two</p>', `<p>two</p>\r\n${indent}<p>new</p>`),
			);
		}
	});

	it('leave other line breaks of an article as they are', () => {
		const article = `${HEAD}<p>one\n  two</p>\n\n\n<p>three</p>   <p>four</p>\n`;
		assert.equal(
			edited(article, form => form.replace('three', '3')),
			article.replace('three', '3'),
		);
	});

	it('leave white space between edited words and lines as it is', () => {
		const article = `${HEAD}<div class="left">   <p class="big">\n    <b>\n     one\n    </b>\n    two\n   </p>\n\n\n<p>three<br/>four</p></div>\n`;
		const change = (version: string): string =>
			version.replace('left', 'right').replace('big', 'small').replace('one', 'first').replace('two', 'second, 2');
		assert.equal(edited(article, change), change(article));
		const lines = (version: string): string => version.replace('three', '3').replace('four', '4');
		assert.equal(edited(article, lines), lines(article));
	});

	it('are none for any text that was not edited, and one word for one word', () => {
		fc.assert(
			fc.property(text, fc.boolean(), (x, isArchived) => {
				const article = isArchived ? collapse(x) : x;
				const form = laidOut(article);
				assert.deepEqual(editsOf(article, form), []);
				// The words stand in the same order in both.
				if (!form.includes('text')) return;
				const change = (version: string): string => {
					const at = version.lastIndexOf('text');
					return `${version.slice(0, at)}TEXT${version.slice(at + 4)}`;
				};
				assert.equal(applyEdits(article, editsOf(article, change(form))), change(article));
			}),
			{ numRuns: runs(300) },
		);
	});

	it('leave what has changed in the article since it was laid out', () => {
		const blocks = fc.array(fc.constantFrom('<p>a</p>', '<h2>a</h2>', '<ul><li>a</li></ul>', '<p>a<br>a</p>'), {
			minLength: 1,
			maxLength: 8,
		});
		/** What becomes of a block: it stays, changes, goes, or has another one before it. */
		const change = fc.constantFrom('', '', 'b', 'c', '-', '<p>d</p>', '<h2>e</h2>');
		const made = (block: string, change: string): string =>
			change === '-' ? '' : change.startsWith('<') ? `${change}${block}` : block.replace('a', change || 'a');
		fc.assert(
			fc.property(blocks, fc.array(fc.tuple(change, change), { minLength: 8, maxLength: 8 }), (all, changes) => {
				// Each block can be recognised, and none but one version changes it.
				const parts = all.map((block, at) => block.replaceAll('a', `a${at}`));
				const version = (pick: (at: number) => string): string =>
					`${HEAD}<h1>x</h1>${parts.map((block, at) => `${made(block, pick(at))}<h3>${at}</h3>`).join('')}\n`;
				const ours = (at: number): string => changes[at]?.[0] ?? '';
				const theirs = (at: number): string => (ours(at) === '' ? (changes[at]?.[1] ?? '') : '');
				const now = version(theirs);
				const edits = comparisonEdits(now, laidOut(version(ours)), laidOut(version(() => '')));
				assert.ok(edits);
				assert.equal(
					applyEdits(now, edits),
					version(at => ours(at) || theirs(at)),
				);
			}),
			{ numRuns: runs(300) },
		);
	});

	it('are none where the article has changed alike, and refused where it has changed otherwise', () => {
		const since = ARTICLE.replace('one', '1');
		const edit = (...pairs: readonly (readonly [string, string])[]): readonly TextEdit[] | undefined =>
			comparisonEdits(
				since,
				pairs.reduce((text, [old, made]) => text.replace(old, made), laidOut(ARTICLE)),
				laidOut(ARTICLE),
			);
		assert.deepEqual(edit(['one', '1']), []);
		assert.deepEqual(applyEdits(since, edit(['one', '1'], ['two', '2']) ?? []), since.replace('two', '2'));
		assert.equal(edit(['one', 'first']), undefined);
		assert.equal(edit(['<p>one</p>\n', '']), undefined);
		assert.equal(edit(['<p>one</p>\n', '<p>one</p>\n<p>new</p>\n']), undefined);
		assert.equal(edit(['two', '2'], ['one', 'first']), undefined);
	});
});
