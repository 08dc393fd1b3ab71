import type { Article } from '../../article/article.ts';
import type { TextEdit } from '../../article/edits.ts';
import { type Node, startTag } from '../../article/node.ts';
import { type Span, span } from '../../article/span.ts';
import { ATTRIBUTED, indicesOf, TEXT } from '../../article/traits.ts';
import { nodesThat } from '../../article/tree.ts';
import type { ParseError } from '../../article/treeBuilder.ts';
import { firstIndex } from '../../util/order.ts';
import type { Finding } from '../rule.ts';
import { show } from '../write.ts';

type Report = (finding: Finding) => void;

/**
 * Reports parse5 errors that matter to readers: content is lost, or is shown unintentionally. Other parse errors of the HTML standard
 * are ignored because they have no visible effect (`<br/>`, `&amp` without a semicolon, attributes without a space between them), or
 * because the tree has better information (unmatched tags).
 */
export function findParseErrors(article: Article, report: Report): void {
	const { text, body } = article;
	let inTag = false;
	let controlEnd = -1;
	let quoteEnd = body.span.start;
	let texts: readonly Node[] | undefined;
	for (const error of body.errors) {
		const at = error.span.start;
		switch (error.code) {
			case 'unexpected-character-in-attribute-name':
			case 'unexpected-equals-sign-before-attribute-name':
				inTag = true;
				break;
			case 'duplicate-attribute':
				reportDuplicate(text, at, report);
				break;
			case 'unexpected-character-in-unquoted-attribute-value':
				// Report once per tag. An equals sign is harmless.
				if (text[at] === '=' || (quoteEnd > body.span.start && !text.slice(quoteEnd, at).includes('>'))) break;
				quoteEnd = at;
				report({
					span: span(at, at + 1),
					message: `An attribute value without quotes contains ${text[at]}`,
				});
				break;
			case 'control-character-in-input-stream':
			case 'unexpected-null-character': {
				if (at < controlEnd) break;
				// biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern searches for control characters
				const run = /^[\0-\x08\x0b\x0e-\x1f\x7f-\x9f]+/.exec(text.slice(at, at + 1024))?.[0];
				if (run === undefined) break;
				controlEnd = at + run.length;
				const code = run.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
				const place = span(at, controlEnd);
				report({
					span: place,
					message:
						run.length === 1
							? `Control character U+${code}`
							: `${run.length} control characters, starting with U+${code}`,
					fixes: () => [removal(run.length === 1 ? 'Remove the character' : 'Remove the characters', place)],
				});
				break;
			}
			case 'unknown-named-character-reference':
				texts ??= textNodes(article);
				reportReference(text, texts, at, name => `Unknown character reference ${name}`, report);
				break;
			case 'null-character-reference':
			case 'surrogate-character-reference':
			case 'noncharacter-character-reference':
			case 'character-reference-outside-unicode-range':
				texts ??= textNodes(article);
				reportReference(text, texts, at, name => `Invalid character reference ${name}`, report);
				break;
			default:
				reportLoss(text, error, report);
		}
	}
	if (inTag) reportBrokenTags(article, report);
}

/** Reports errors that hide part of the text. */
function reportLoss(text: string, { code, span: { start: at } }: ParseError, report: Report): void {
	switch (code) {
		case 'eof-in-tag':
		case 'eof-before-tag-name': {
			const start = text.lastIndexOf('<');
			report({ span: span(start, text.length), message: 'The article ends inside a tag, which is not shown' });
			break;
		}
		case 'eof-in-comment': {
			const start = text.lastIndexOf('<!--', at);
			report({
				span: span(start, start + 4),
				message: 'The comment is missing its closing -->, so the rest of the article is not shown',
			});
			break;
		}
		case 'nested-comment':
			report({ span: span(at - 4, at), message: 'Nested comment: the first --> closes both comments' });
			break;
		case 'cdata-in-html-content': {
			const start = text.lastIndexOf('<![CDATA[', at);
			report({
				span: span(start, start + 9),
				message: '<![CDATA[ starts a comment in HTML, so the text up to the next > is not shown',
				fixes: () => [{ title: 'Remove the CDATA markers', preferred: false, edits: cdataMarks(text, start) }],
			});
			break;
		}
		case 'incorrectly-opened-comment':
		case 'unexpected-question-mark-instead-of-tag-name': {
			const start = text.lastIndexOf('<', at);
			const tag = markupAt(text, start);
			// Leftovers of word processors contain no text.
			if (/^<!\[(?:if|endif)\b|^<\?(?:xml|import)\b/i.test(text.slice(tag.start, tag.start + 12))) break;
			report({
				span: tag,
				message: `${show(text.slice(tag.start, tag.end))} is parsed as a comment and is not shown`,
			});
			break;
		}
		case 'invalid-first-character-of-tag-name': {
			// A < before anything but a letter is shown literally; </ is not.
			const start = text.lastIndexOf('<', at);
			if (text[start + 1] !== '/') break;
			const tag = markupAt(text, start);
			report({
				span: tag,
				message: `${show(text.slice(tag.start, tag.end))} is not an end tag: the name must directly follow </`,
			});
			break;
		}
		case 'missing-end-tag-name': {
			const start = text.lastIndexOf('</', at);
			const tag = span(start, start + 3);
			report({
				span: tag,
				message: '</> is not an end tag: it has no name',
				fixes: () => [removal('Remove </>', tag)],
			});
			break;
		}
	}
}

/** Returns the edits that remove `<![CDATA[` and the matching `]]>`, if that is close enough. */
function cdataMarks(text: string, start: number): readonly TextEdit[] {
	const edits = [{ span: span(start, start + 9), newText: '' }];
	const inside = text.slice(start + 9, start + 65_536);
	const end = inside.indexOf(']]>');
	const next = inside.indexOf('<![CDATA[');
	if (end !== -1 && (next === -1 || end < next)) {
		edits.push({ span: span(start + 9 + end, start + 12 + end), newText: '' });
	}
	return edits;
}

/** Returns the span from a `<` to the next `>`, within 1,000 code units. */
function markupAt(text: string, start: number): Span {
	const end = text.slice(start, start + 1000).indexOf('>');
	return span(start, end === -1 ? Math.min(text.length, start + 2) : start + end + 1);
}

function reportDuplicate(text: string, at: number, report: Report): void {
	const name = /[^\s"'<>/=]+$/.exec(text.slice(Math.max(0, at - 64), at))?.[0];
	if (!name) return;
	const start = at - name.length;
	const value = /^\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"']+)/.exec(text.slice(at, at + 8192))?.[0] ?? '';
	const before = /\s*$/.exec(text.slice(Math.max(0, start - 64), start))?.[0] ?? '';
	const place = span(start, at);
	report({
		span: place,
		message: `Duplicate attribute ${name.toLowerCase()}, which browsers ignore`,
		fixes: () => [removal(`Remove the duplicate ${name}`, span(start - before.length, at + value.length))],
	});
}

function reportReference(
	text: string,
	texts: readonly Node[],
	at: number,
	message: (name: string) => string,
	report: Report,
): void {
	const start = text.lastIndexOf('&', at);
	// Ampersands are common in URLs, so only text is checked.
	if (start === -1 || at - start > 40 || !isInText(texts, start)) return;
	const name = /^&[^\s;<&]*;?/.exec(text.slice(start, start + 42))?.[0] ?? '&';
	report({ span: span(start, start + name.length), message: message(name) });
}

/** Returns the text nodes in document order. */
function textNodes({ body, nodes }: Article): readonly Node[] {
	return indicesOf(body, TEXT)
		.map(index => nodes[index] as Node)
		.sort((a, b) => a.start - b.start);
}

function isInText(texts: readonly Node[], offset: number): boolean {
	const next = firstIndex(texts.length, index => (texts[index]?.start ?? 0) > offset);
	return (texts[next - 1]?.end ?? 0) > offset;
}

/** Attributes that only programs read, in which a surplus quote is harmless. */
const UNREAD = /^(?:data-|on|style$|class$)/;

/** Characters that are in an attribute name only if the tag is malformed. */
const BROKEN = /["'<=]/;

function isBroken({ attributes }: Node): boolean {
	return attributes.some(({ name }) => BROKEN.test(name));
}

/** Reports start tags with malformed attributes, once each. */
function reportBrokenTags({ text, body, nodes }: Article, report: Report): void {
	for (const index of nodesThat(body, ATTRIBUTED, isBroken)) {
		const node = nodes[index] as Node;
		const broken = node.attributes.findIndex(({ name }) => BROKEN.test(name));
		const name = node.attributes[broken]?.name;
		if (name === undefined) continue;
		const tag = startTag(node);
		if (name.includes('<')) {
			report({ span: tag, message: `The tag <${node.nodeName}> is missing its closing >` });
			continue;
		}
		const before = node.attributes[broken - 1]?.name;
		if (before !== undefined && UNREAD.test(before)) continue;
		const place = node.attributeSpan(name);
		if (/^["']+$/.test(name) && place) {
			report({
				span: place,
				message: `Stray ${name} in the tag <${node.nodeName}>`,
				fixes: () => [removal(`Remove the ${name}`, place)],
			});
			continue;
		}
		report({
			span: place ? span(place.start, Math.min(place.end, place.start + name.length)) : tag,
			message:
				before === undefined
					? `Malformed tag ${show(text.slice(tag.start, tag.end))}`
					: `A quote closes the value of ${before} too early, so the rest is parsed as attributes`,
		});
	}
}

function removal(title: string, place: Span): { title: string; preferred: boolean; edits: readonly TextEdit[] } {
	return { title, preferred: true, edits: [{ span: place, newText: '' }] };
}
