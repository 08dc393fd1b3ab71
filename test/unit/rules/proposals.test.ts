import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseArticle } from '../../../server/src/article/article.ts';
import { writtenAddress } from '../../../server/src/rules/urlDamage.ts';
import { runs } from '../../support/runs.ts';
import { unicodeText, webUrl } from '../../support/text.ts';
import { apply, check, inArticle, SOURCE } from './support.ts';

/** Matches the rules whose fixes write a URL. */
const RULES = /^(?:link|image)\/(?:invalid-url|relative)$|^header\/source$/;

const pick = (...parts: readonly string[]) => fc.constantFrom(...parts);
/** Generates URLs damaged by typos, programs and spammers. */
const damaged = fc
	.tuple(
		pick('', '', ' ', '“', '[', '(', '<', '[url=', '[url]', '[甲](', '<a href=', '&lt;a href=', '%20', '\u200b', '"'),
		pick(
			'http',
			'https',
			'ttps',
			'htps',
			'ttp',
			'https%3A%2F%2F',
			'mailto',
			'http://https',
			'www.',
			'',
			'javascript',
			'file',
		),
		pick('://', '//', ':/', '：//', ': //', ':', ''),
		pick(
			'a.example',
			'pills.example',
			'www. a.example',
			'a',
			'新闻.example',
			'a b',
			'x@a.example',
			'192.0.2.1',
			'[::1]',
			'a..example',
			'-.example',
			'a.example:99999',
			'undefined',
			'',
			'u:p@a.example',
		),
		pick('', '/', '/x', '/新闻', '?q=1&w=[2]', '#n', '/x(y)', '/[url]', '/%22%3Ex', '/a b', '/{{id}}', '/x|y'),
		pick(
			'',
			'',
			'”',
			']',
			')',
			'>',
			'">',
			'>cheap',
			']cheap[/url]',
			'[/url]',
			'">text</a>',
			'</a>',
			'，见下文',
			'\u200b',
			'&gt;x',
			"'>y",
			'%3Cb%3E',
		),
	)
	.map(parts => parts.join(''));
/** Generates links through redirects, with tracking parameters, to good and bad targets, and hidden e-mail addresses. */
const wrapped = fc
	.tuple(
		pick(
			'https://www.google.com/url?q=',
			'https://l.facebook.com/l.php?h=x&u=',
			'https://link.zhihu.com/?target=',
			'https://href.li/?',
			'https://urldefense.com/v3/__',
			'https://urldefense.proofpoint.com/v2/url?u=',
			'',
		),
		fc.oneof(damaged, webUrl(), fc.constant('https://www.google.com/url?q=https://a.example/')),
		pick('', '?utm_source=x', '&fbclid=y&z', '#utm_source=x', '__;!!x', '?a=1&amp;amp;b'),
		fc.boolean(),
	)
	.map(([outer, inner, end, encoded]) => outer + (encoded ? encodeURIComponent(inner) : inner) + end);
const hidden = fc
	.tuple(fc.uint8Array({ minLength: 1, maxLength: 30 }), fc.oneof(fc.emailAddress(), unicodeText(20)), fc.nat(255))
	.map(([bytes, text, key]) => {
		const code = bytes.length % 2 === 0 ? [...bytes] : [key, ...new TextEncoder().encode(text).map(byte => byte ^ key)];
		return `/cdn-cgi/l/email-protection#${code.map(byte => byte.toString(16).padStart(2, '0')).join('')}`;
	});
const anything = fc.oneof(damaged, unicodeText(40), webUrl());
const attribute = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/** Returns the URLs that the fixes for a text write, with their rules. */
function proposals(text: string): { readonly rule: string; readonly address: string; readonly preferred: boolean }[] {
	return check(text).flatMap(({ rule, fixes }) =>
		!RULES.test(rule.id)
			? []
			: (fixes?.() ?? []).map(({ edits, preferred }) => {
					const article = parseArticle(apply(text, edits));
					const [address = ''] =
						rule.id === 'header/source'
							? [article.source?.value]
							: rule.id.startsWith('link')
								? [article.links[0]?.href?.value]
								: [article.images[0]?.source?.value];
					return { rule: rule.id, address, preferred };
				}),
	);
}

function assertGood(address: string): void {
	assert.ok(URL.canParse(address), `${address} is not valid`);
	const { protocol, hostname } = new URL(address);
	assert.match(protocol, /^(?:https?|mailto):$/, address);
	if (protocol !== 'mailto:') assert.match(hostname, /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)+$/, address);
	assert.doesNotMatch(address, /[\s<>"[\]{}|\\^`]/, address);
}

/** Returns the URLs of links, images and the source of a text. */
function addressesIn(text: string): ReadonlySet<string> {
	const { links, images, source } = parseArticle(text);
	const fields = [...links.map(({ href }) => href), ...images.map(image => image.source), source];
	return new Set(fields.flatMap(field => (field ? [field.value] : [])));
}

describe('URLs that fixes propose', () => {
	it('are valid, have an ordinary host, and contain no surrounding markup', () => {
		const seen = new Map<string, number>();
		fc.assert(
			fc.property(anything, value => {
				const written = attribute(value);
				for (const text of [
					inArticle(`<p><a href="${written}">x</a></p>`),
					inArticle(`<p><img src="${written}" alt="x"></p>`),
					`<!--1639640221000-->\n[T](${value.replace(/[\r\n]/g, '')})\n------\n\n<p>x</p>\n`,
				])
					for (const { rule, address } of proposals(text)) {
						assertGood(address);
						seen.set(rule, (seen.get(rule) ?? 0) + 1);
					}
			}),
			{ numRuns: runs(3000) },
		);
		for (const rule of ['link/invalid-url', 'image/invalid-url', 'link/relative', 'header/source'])
			assert.ok((seen.get(rule) ?? 0) > runs(10), `${rule} proposed ${seen.get(rule)} addresses`);
	});

	it('are valid, whichever rule proposes them', () => {
		const seen = new Map<string, number>();
		fc.assert(
			fc.property(fc.oneof(damaged, wrapped, wrapped, hidden, unicodeText(40)), value => {
				const text = inArticle(`<p><a href="${attribute(value)}">x</a> <img src="${attribute(value)}" alt="x"></p>`);
				const before = addressesIn(text);
				// What html/ rules change is markup.
				for (const { rule, fixes } of check(text).filter(problem => !problem.rule.id.startsWith('html/')))
					for (const { edits } of fixes?.() ?? [])
						for (const address of addressesIn(apply(text, edits))) {
							if (before.has(address)) continue;
							// A host that is not ordinary stays as it is.
							if (rule.id === 'link/insecure') assert.ok(URL.canParse(address), address);
							else if (rule.id === 'link/tracking') assert.ok(URL.canParse(address, SOURCE), address);
							else if (rule.id !== 'text/double-encoded') assertGood(address);
							seen.set(rule.id, (seen.get(rule.id) ?? 0) + 1);
						}
			}),
			{ numRuns: runs(4000) },
		);
		for (const rule of ['link/invalid-url', 'link/wrapped', 'link/tracking', 'link/email'])
			assert.ok((seen.get(rule) ?? 0) > runs(5), `${rule} proposed ${seen.get(rule)} addresses`);
	});

	for (const [what, written] of [
		['BBCode', 'http://pills.example]cheap[/url]'],
		['BBCode after a host', 'http://pills.example[/url]'],
		['text after a tag', 'http://pills.example>cheap'],
		['a tag', 'http://pills.example">cheap</a>'],
		['a host with a space', 'http://pills example'],
		['an invalid port', 'ttps://a.example:99999/'],
		['no host', 'ttps://'],
		['a template', 'ttps://a.example/{{ id }}'],
		['a user name and password', 'ttps://u:p@a.example/'],
		['an encoded URL that is invalid', 'https%3A%2F%2Fa.example%3Cb%3E%20x'],
	] as const)
		it(`do not exist for ${what}`, () =>
			assert.deepEqual(
				proposals(inArticle(`<p><a href="${attribute(written)}">x</a></p>`)).filter(
					({ rule }) => rule === 'link/invalid-url',
				),
				[],
			));

	for (const [what, body] of [
		['a link marked as user-generated', '<p><a rel="external nofollow ugc" href="ttps://pills.example/">x</a></p>'],
		['a comment', '<ol class="comment-list"><li id="comment-9"><p><a href="www.pills.example">x</a></p></li></ol>'],
		['a misspelt attribute in a comment', '<div class="comments"><a hfer="http://pills.example/">x</a></div>'],
		['an image in a comment', '<div id="comments"><img src="ttps://pills.example/a.png" alt="x"></div>'],
	] as const)
		it(`are offered, but not applied by Fix All, in ${what}`, () => {
			const fixes = check(inArticle(body)).flatMap(problem => problem.fixes?.() ?? []);
			assert.ok(fixes.length > 0);
			assert.deepEqual(
				fixes.filter(({ preferred }) => preferred),
				[],
			);
		});

	it('are applied by Fix All in the article itself', () => {
		const body = '<article class="comments-open"><p><a rel="noopener" href="ttps://a.example/">x</a></p></article>';
		assert.deepEqual(proposals(inArticle(body)), [
			{ rule: 'link/invalid-url', address: 'https://a.example/', preferred: true },
		]);
	});

	it('percent-encode characters that the URL parser leaves', () => {
		const written = (address: string): string => writtenAddress(new URL(address));
		assert.equal(written('https://a.example/x[1]?q={a|b}#`c^'), 'https://a.example/x%5B1%5D?q=%7Ba%7Cb%7D#%60c%5E');
		assert.equal(written('http://[::1]:80/'), 'http://[::1]/');
		assert.equal(written('mailto:a@b.example'), 'mailto:a@b.example');
	});
});
