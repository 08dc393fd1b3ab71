import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Article, parseArticle, updateDocument } from '../../../server/src/article/article.ts';
import type { TextEdit } from '../../../server/src/article/edits.ts';
import { overlaps } from '../../../server/src/article/span.ts';
import { checkArticle } from '../../../server/src/rules/check.ts';
import { runs } from '../../support/runs.ts';
import { mangled } from './mangled.ts';
import { apply, check, contextOf, inArticle } from './support.ts';

describe('rules: properties', () => {
	it('find something in mangled articles, and never fail, leave the text or make edits that overlap', () => {
		const seen = new Set<string>();
		fc.assert(
			fc.property(fc.oneof(mangled, fc.string({ unit: 'binary', maxLength: 200 })), text => {
				for (const { rule, span, message, fixes, related } of check(text)) {
					seen.add(rule.id);
					for (const place of [span, ...(related ?? []).map(other => other.span)])
						assert.ok(0 <= place.start && place.start <= place.end && place.end <= text.length, rule.id);
					assert.ok(
						message.length > 0 && message.length < 400 && !/[\n\r]/.test(message) && !message.endsWith('.'),
						message,
					);
					for (const { title, edits } of fixes?.() ?? []) {
						assert.ok(edits.length > 0 && title.length > 0 && title.length < 300, title);
						assert.notEqual(apply(text, edits), text, `${rule.id}: ${title}`);
					}
				}
			}),
			{ numRuns: runs(1000) },
		);
		// Most of them were put to the test; pages.test.ts has each of them find something.
		assert.ok(seen.size > 20, `only ${[...seen].join(', ')} found anything`);
	});

	it('mark the same characters whatever the line breaks', () => {
		fc.assert(
			fc.property(mangled, text => {
				const unix = text.replaceAll('\r\n', '\n');
				const read = (source: string): readonly string[] =>
					check(source).map(
						({ rule, span, message }) =>
							`${rule.id} ${source.slice(span.start, span.end).replaceAll('\r\n', '\n')} ${message}`,
					);
				assert.deepEqual(read(unix.replaceAll('\n', '\r\n')), read(unix));
			}),
			{ numRuns: runs(300) },
		);
	});

	it('find after an edit what they find in the new text', () => {
		const plain = (article: Article): unknown[] =>
			checkArticle(contextOf(article)).map(({ fixes, ...problem }) => ({ ...problem, fixes: fixes?.() }));
		// Around the part that is edited there are blocks enough that it is read by itself.
		const around = '<div><p>One, two, three, and a good many more words after that.</p></div>'.repeat(4);
		const body = mangled.map(text => text.slice(text.indexOf('------') + 6));
		let renewed = 0;
		fc.assert(
			fc.property(body, body, body, (outside, before, after) => {
				const textWith = (part: string): string =>
					inArticle(`${around}<div><p>${part}</p></div>${around}<p>${outside}`);
				const article = parseArticle(textWith(before));
				plain(article);
				const updated = updateDocument(article, textWith(after));
				assert.ok(updated.kind === 'article');
				if (updated.body.answers.size > 0) renewed++;
				assert.deepEqual(plain(updated), plain(parseArticle(textWith(after))));
			}),
			{ numRuns: runs(500) },
		);
		assert.ok(renewed > 20, `only ${renewed} edits renewed a part`);
	});

	it('offer sure fixes that, made again and again, come to an end', () => {
		fc.assert(
			fc.property(mangled, text => {
				let result = text;
				for (let round = 0; ; round++) {
					assert.ok(round < 25, result);
					const edits: TextEdit[] = [];
					for (const { fixes } of check(result)) {
						const sure = fixes?.().find(({ preferred }) => preferred);
						const apart = sure?.edits.every(edit => !edits.some(other => overlaps(edit.span, other.span)));
						if (sure && apart) edits.push(...sure.edits);
					}
					if (edits.length === 0) return;
					result = apply(result, edits);
				}
			}),
			{ numRuns: runs(300) },
		);
	});

	it('take time in proportion to the text, whatever is in it', () => {
		const units = [
			'<p>',
			'<div>',
			'<b>',
			'</p>',
			'<a href="x">',
			'<a href="#x">y</a>',
			'<a href="">',
			'<a>',
			'<table><tr><td><a href="x">',
			'<figure>',
			'<p id="a">',
			'<i><b></i>',
			'<p><b>',
			'<img>',
			'<img src="data:,">',
			'<a href="ttps://a.example">',
			'&nbps;',
			'<p a"b>',
			'<p <b>',
			'\b',
			'</>',
			'<![CDATA[>',
			'<!x>',
			'<p a a>',
			'<img srcset="a 1x, b 1x">',
			'<a href="x"></a>',
		];
		for (const unit of units) {
			const text = inArticle(unit.repeat(Math.ceil(20_000 / unit.length)));
			const context = contextOf(parseArticle(text));
			// More than linear work would run into the time limit of the test.
			for (const { span } of checkArticle(context)) assert.ok(span.end <= text.length, unit);
		}
	});

	it('are not slow for one long value', () => {
		for (const value of [
			' '.repeat(400_000),
			'a'.repeat(400_000),
			'\u200b'.repeat(400_000),
			', '.repeat(200_000),
			'a.'.repeat(200_000),
			'%20'.repeat(100_000),
			'https:'.repeat(60_000),
			'javascript'.repeat(40_000),
		]) {
			// As above: work that is more than linear in the value would never end in time.
			check(
				inArticle(
					`<a href="${value}" title="x">x</a><img src="${value}" srcset="${value}" alt="x"><p style="${value}">`,
				),
			);
			check(`<!--1639640221000-->\n[${value}](${value})\n------\n\n<p>x</p>\n`);
		}
	});
});
