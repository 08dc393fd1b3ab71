import type { Article } from '../../article/article.ts';
import type { TextEdit } from '../../article/edits.ts';
import { pushAll } from '../../article/lists.ts';
import { ancestors, attributeField, getAttribute, type Node } from '../../article/node.ts';
import { span } from '../../article/span.ts';
import { decodeEmail, emailInUrl, isEmailProtection } from '../../links/protectedEmail.ts';
import { encodeHtml } from '../../util/html.ts';
import type { Rule } from '../rule.ts';
import { oddTexts } from '../text/oddTexts.ts';
import { show, unwrap, writeAttribute } from '../write.ts';
import { queryLinks } from './queries.ts';

/** What Cloudflare shows in place of an e-mail address until a script has run, decoded and as written. */
const STAND_IN = /\[email\s+protected\]/;
const WRITTEN = /\[email[^\]]{1,20}protected\]/;

/** How far the elements with the address are around it. */
const MAX_DEPTH = 3;

/** Reports e-mail addresses that the source hides from programs, which the archive therefore has only in code. */
export const linkEmail: Rule = {
	id: 'link/email',
	severity: 'warning',
	check({ article }, report) {
		const { text, nodes } = article;
		const links = queryLinks(article).filter(index => isProtected(nodes[index] as Node));
		const done = new Set<number>();
		for (const index of standIns(article, links)) {
			const shown = nodes[index] as Node;
			const match = WRITTEN.exec(text.slice(shown.start, shown.end));
			if (!match) continue;
			const { encoded, link } = around(nodes, index);
			if (link !== -1) done.add(link);
			const email = decodeEmail(codeOf(nodes[encoded]) ?? '') ?? emailInUrl(hrefOf(nodes[link]) ?? '');
			const start = shown.start + match.index;
			const place = span(start, start + match[0].length);
			report({
				span: place,
				message: `The e-mail address ${email === undefined ? '' : `${show(email)} `}is hidden behind “[email protected]”`,
				fixes: () => {
					if (email === undefined) return [];
					const edits: TextEdit[] = [{ span: place, newText: encodeHtml(email.split('?', 1)[0] ?? email) }];
					const [element, outer] = [nodes[encoded], nodes[link]];
					if (element) pushAll(edits, unwrap(element));
					if (outer && link !== encoded) pushAll(edits, writeAttribute(text, outer, 'href', `mailto:${email}`));
					return [
						{ title: `Show ${show(email)}`, preferred: true, edits: edits.sort((a, b) => a.span.start - b.span.start) },
					];
				},
			});
		}
		for (const index of links) {
			const node = nodes[index] as Node;
			const href = attributeField(text, node, 'href');
			if (!href || done.has(index)) continue;
			const email = emailInUrl(href.value);
			report({
				span: href.span,
				message: `The e-mail address ${email === undefined ? '' : `${show(email)} `}of the link is hidden`,
				fixes: () =>
					email === undefined
						? []
						: [
								{
									title: `Change the URL to mailto:${show(email)}`,
									preferred: true,
									edits: writeAttribute(text, node, 'href', `mailto:${email}`),
								},
							],
			});
		}
	},
};

/** Returns the texts in place of an address: those in links to the protection, and those that have lost their link. */
function standIns(article: Article, links: readonly number[]): readonly number[] {
	const { nodes } = article;
	const found = new Set(oddTexts(article).filter(index => isStandIn(nodes[index] as Node)));
	for (const link of links) {
		const last = nodes[link]?.last ?? link;
		for (let at = link + 1; at <= last; at++) if (isStandIn(nodes[at] as Node)) found.add(at);
	}
	return [...found].sort((a, b) => a - b);
}

/** Returns the elements around a text that have its address: the nearest with it encoded, and the nearest link to the protection. */
function around(nodes: readonly Node[], index: number): { readonly encoded: number; readonly link: number } {
	let [encoded, link, depth] = [-1, -1, 0];
	for (const at of ancestors(nodes, index)) {
		if (depth++ === MAX_DEPTH) break;
		const node = nodes[at] as Node;
		if (encoded === -1 && codeOf(node) !== undefined) encoded = at;
		if (link === -1 && isProtected(node)) link = at;
	}
	return { encoded, link };
}

function codeOf(node: Node | undefined): string | undefined {
	return node && getAttribute(node, 'data-cfemail');
}

function hrefOf(node: Node | undefined): string | undefined {
	return node && getAttribute(node, 'href');
}

function isStandIn({ nodeValue }: Node): boolean {
	return nodeValue.includes('protected]') && STAND_IN.test(nodeValue);
}

function isProtected(node: Node): boolean {
	return isEmailProtection(hrefOf(node) ?? '');
}
