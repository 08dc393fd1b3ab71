import assert from 'node:assert/strict';
import { notesInText } from '../../../server/src/annotations/articleNotes.ts';
import { NOTE_KINDS } from '../../../server/src/annotations/kinds.ts';
import { type Article, parseDocument } from '../../../server/src/article/article.ts';
import type { TextEdit } from '../../../server/src/article/edits.ts';
import type { LocalFiles } from '../../../server/src/links/localFiles.ts';
import type { VerdictLookup } from '../../../server/src/links/network/requests.ts';
import { createResolver } from '../../../server/src/links/resolve.ts';
import { checkArticle, checkList, type Problem } from '../../../server/src/rules/check.ts';
import type { Fix, ListContext, RuleContext } from '../../../server/src/rules/rule.ts';

/** The current time in all tests. */
export const NOW = Date.UTC(2026, 10, 23, 12);

/** The source URL of articles created by `inArticle`. */
export const SOURCE = 'https://news.example/2021/12/16/tide/';

/** Returns an article with a valid header and the given body. */
export function inArticle(body: string): string {
	return `<!--1639640221000-->\n[潮水退去之后](${SOURCE})\n------\n\n${body}\n`;
}

/** Local files: one image, in one folder. */
const localFiles: LocalFiles = value => {
	if (!/^[\w./-]+$/.test(value) || value.startsWith('/')) return undefined;
	if (value === 'pictures/bridge.png')
		return { uri: 'file:///a/pictures/bridge.png', exists: true, meant: true, width: 640, height: 480 };
	return { uri: `file:///a/${value}`, exists: false, meant: value.startsWith('pictures/') };
};

/** The source URL of a page with another copy in the archive. */
export const ARCHIVED = 'https://news.example/2021/12/15/ebb/';

/** Resolves list entries. Only one file exists. */
const entryFile: ListContext['fileOf'] = ({ url }) => {
	if (!url.value.startsWith('/')) return undefined;
	const exists = url.value === '/articles/news/1001.md';
	return { uri: `file:///archive${url.value}`, exists, title: exists ? '潮水退去之后' : undefined };
};

/** Creates the input of the rules for an article. */
export function contextOf(article: Article): RuleContext {
	const source = article.source?.value;
	return {
		article,
		resolve: createResolver(source),
		localFile: localFiles,
		verdictOf,
		notes: notesInText({ article, source: source ?? 'urn:x:y', kinds: NOTE_KINDS }),
		copies:
			source === ARCHIVED ? [{ uri: 'file:///archive/articles/news/1001.md', path: 'articles/news/1001.md' }] : [],
		now: NOW,
	};
}

/** Network verdicts by host: `gone`, `moved`, `page` (never an image) and `picture`. */
const verdictOf: VerdictLookup = (url, use) => {
	const { hostname, pathname } = new URL(url);
	const evidence = { chain: [{ url, answer: 200 }], time: NOW };
	switch (hostname) {
		case 'gone.example':
			return { kind: 'broken', reason: 'gone', chain: [{ url, answer: 404 }], time: NOW };
		case 'moved.example':
			return { kind: 'moved', to: `https://news.example${pathname}`, ...evidence };
		case 'page.example':
			return use === 'image' ? { kind: 'broken', reason: 'not-an-image', ...evidence } : { kind: 'ok', ...evidence };
		case 'picture.example':
			return { kind: 'ok', picture: { type: 'PNG', size: { width: 640, height: 480 } }, ...evidence };
		default:
			return undefined;
	}
};

/** Checks a text with all rules. */
export function check(text: string): readonly Problem[] {
	const parsed = parseDocument(text);
	return parsed.kind === 'list' ? checkList({ list: parsed, fileOf: entryFile }) : checkArticle(contextOf(parsed));
}

/** Returns the findings of a rule, as reported text and message. */
export function findings(rule: string, text: string): readonly (readonly [at: string, message: string])[] {
	const problems = check(text).filter(problem => problem.rule.id === rule);
	return problems.map(({ span, message }) => [text.slice(span.start, span.end), message]);
}

/** Returns the fixes that a rule offers, in the order of its findings. */
export function fixes(rule: string, text: string): readonly Fix[] {
	return check(text)
		.filter(problem => problem.rule.id === rule)
		.flatMap(problem => problem.fixes?.() ?? []);
}

/** Applies edits to a text. They must not overlap. */
export function apply(text: string, edits: readonly TextEdit[]): string {
	let result = '';
	let at = 0;
	for (const { span, newText } of edits.toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)) {
		assert.ok(
			at <= span.start && span.start <= span.end && span.end <= text.length,
			'edits do not overlap, and are inside the text',
		);
		result += text.slice(at, span.start) + newText;
		at = span.end;
	}
	return result + text.slice(at);
}

/** Applies the first fix of each finding of a rule. */
export function fixed(rule: string, text: string): string {
	const chosen = check(text)
		.filter(problem => problem.rule.id === rule)
		.map(problem => problem.fixes?.()[0]);
	return apply(
		text,
		chosen.flatMap(fix => fix?.edits ?? []),
	);
}

/** Asserts the findings of a rule in a text. */
export function assertFindings(rule: string, text: string, expected: readonly (readonly [string, string])[]): void {
	assert.deepEqual(findings(rule, text), expected);
}

/** Asserts the findings of a rule, the text after its first fixes, and that it finds nothing in that text. */
export function assertFixed(
	rule: string,
	text: string,
	expected: readonly (readonly [string, string])[],
	right: string,
): void {
	assertFindings(rule, text, expected);
	assert.equal(fixed(rule, text), right);
	assertFindings(rule, right, []);
}

/** Asserts that a rule finds nothing in some bodies. */
export function assertQuiet(rule: string, ...bodies: readonly string[]): void {
	for (const body of bodies) assert.deepEqual(findings(rule, inArticle(body)), [], body);
}
