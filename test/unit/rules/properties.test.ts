import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Article, parseArticle, updateDocument } from '../../../server/src/article/article.ts';
import type { TextEdit } from '../../../server/src/article/edits.ts';
import { overlaps } from '../../../server/src/article/span.ts';
import { checkArticle } from '../../../server/src/rules/check.ts';
import { runs } from '../../support/runs.ts';
import { unicodeText } from '../../support/text.ts';
import { mangled } from './mangled.ts';
import { apply, check, contextOf, inArticle } from './support.ts';

describe('rules: properties', () => {
	it('report problems in mangled articles, with valid spans and non-overlapping edits, and never throw', () => {
		const seen = new Set<string>();
		fc.assert(
			fc.property(fc.oneof(mangled, unicodeText(200)), text => {
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
		// Make sure that many rules were exercised. rules/pages.test.ts exercises each rule.
		assert.ok(seen.size > 20, `only ${[...seen].join(', ')} reported problems`);
	});

	it('report the same text with any line endings', () => {
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

	it('report the same problems after an incremental edit as for the new text', () => {
		const plain = (article: Article): unknown[] =>
			checkArticle(contextOf(article)).map(({ fixes, ...problem }) => ({ ...problem, fixes: fixes?.() }));
		// Enough blocks surround the edited part for the parser to reparse only that part.
		const around = '<div><p>One, two, three, and a good many more words after that.</p></div>'.repeat(4);
		const body = mangled.map(text => text.slice(text.indexOf('------') + 6));
		let reparsed = 0;
		fc.assert(
			fc.property(body, body, body, (outside, before, after) => {
				const textWith = (part: string): string =>
					inArticle(`${around}<div><p>${part}</p></div>${around}<p>${outside}`);
				const article = parseArticle(textWith(before));
				plain(article);
				const updated = updateDocument(article, textWith(after));
				assert.ok(updated.kind === 'article');
				if (updated.body.answers.size > 0) reparsed++;
				assert.deepEqual(plain(updated), plain(parseArticle(textWith(after))));
			}),
			{ numRuns: runs(500) },
		);
		assert.ok(reparsed > runs(20), `only ${reparsed} edits were reparsed in part`);
	});

	it('offer preferred fixes that terminate when applied repeatedly', () => {
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
});
