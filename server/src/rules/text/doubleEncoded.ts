import { decodeHTMLStrict } from 'entities';
import type { Article } from '../../article/article.ts';
import { attributeValueSpan, getAttribute, type Node } from '../../article/node.ts';
import { type Span, span } from '../../article/span.ts';
import { queryLinks } from '../link/queries.ts';
import type { Finding, Rule } from '../rule.ts';
import { oddTexts } from './oddTexts.ts';

/** References of ordinary text, encoded once more, as written. Those of angle brackets may well be meant. */
const TWICE =
	/&amp;(?:amp|nbsp|quot|apos|hellip|[mn]dash|[lr][sd]quo|[lr]aquo|middot|bull|copy|eacute|#\d{2,6}|#x[\da-f]{2,5});/gi;

/** An ampersand of a URL, encoded twice. */
const AMPERSAND = /&amp;amp;/gi;

/** Elements with code. Articles about code show references on purpose. */
const CODE: ReadonlySet<string> = new Set(['code', 'pre', 'kbd', 'samp', 'tt', 'xmp', 'textarea']);

/** Reports character references that were encoded twice, so that readers see them. */
export const textDoubleEncoded: Rule = {
	id: 'text/double-encoded',
	severity: 'warning',
	check({ article }, report) {
		const { text, nodes } = article;
		for (const index of queryLinks(article)) {
			const node = nodes[index] as Node;
			if (!getAttribute(node, 'href')?.includes('&amp;')) continue;
			const place = attributeValueSpan(text, node, 'href');
			const first = place && matches(text, place, AMPERSAND)[0];
			if (!first) continue;
			report({
				span: first,
				message: 'The ampersand of the URL was encoded twice',
				fixes: () => [fix(text, matches(text, place, AMPERSAND), '&')],
			});
		}
		let hasCode: boolean | undefined;
		for (const index of oddTexts(article)) {
			const { start, end } = nodes[index] as Node;
			for (const place of matches(text, span(start, end), TWICE)) {
				hasCode ??= showsCode(article);
				if (hasCode) return;
				report(findingAt(text, place));
			}
		}
	},
};

function findingAt(text: string, place: Span): Finding {
	const shown = decodeHTMLStrict(text.slice(place.start, place.end));
	return {
		span: place,
		message: `The character reference ${shown} was encoded twice, so readers see it`,
		fixes: () => [fix(text, [place], decodeHTMLStrict(shown).trim() || shown)],
	};
}

/** Takes one of the two encodings away. */
function fix(text: string, places: readonly Span[], shown: string): ReturnType<NonNullable<Finding['fixes']>>[number] {
	return {
		title: `Change it to ${shown}`,
		preferred: true,
		edits: places.map(place => ({
			span: place,
			newText: text.slice(place.start, place.end).replace(/^&amp;/i, '&'),
		})),
	};
}

function matches(text: string, place: Span, pattern: RegExp): readonly Span[] {
	return Array.from(text.slice(place.start, place.end).matchAll(pattern), ({ 0: match, index }) =>
		span(place.start + index, place.start + index + match.length),
	);
}

function showsCode({ nodes }: Article): boolean {
	return nodes.some(({ nodeName }) => CODE.has(nodeName));
}
