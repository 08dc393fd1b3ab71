import { remembered } from '../../util/remember.ts';
import type { Contributor } from '../bylineText.ts';
import { readByline } from '../bylineText.ts';
import { ELEMENT_NODE, getAttribute, isElement, isUnrendered, type Node } from '../node.ts';
import { isCapitalisedName, isPersonName, isPosition } from '../personName.ts';
import { factEvidence } from './evidence.ts';
import { MAX_LINE_CHARS, withoutFacts } from './line.ts';
import { linesOf } from './lines.ts';

/** How many nodes of an element that gives the author are searched for the names in it. */
const SEARCHED = 100;

/** A longer name, in UTF-16 units, is a sentence about somebody. */
const MAX_NAME_CHARS = 80;

/** How deep elements that give names are looked for in one another: a byline, an author, a name. */
const MAX_DEPTH = 4;

/** Returns whom an element names that is said to name the author. */
export function namesIn(nodes: readonly Node[], index: number, depth = 0): readonly Contributor[] {
	const node = nodes[index] as Node;
	const content = getAttribute(node, 'content');
	if (content !== undefined) return namesOf(content);
	const inner = depth < MAX_DEPTH ? innerNames(nodes, index, depth + 1) : [];
	if (inner.length > 0) return inner;
	// A word for a contribution and a name can be in elements of their own, without a space.
	const spaced = readByline(linesOf(nodes, index, MAX_LINE_CHARS + 1, -1, ' '));
	return spaced ?? namesOf(textWithoutTime(nodes, index));
}

/** Returns the names in elements inside that give a name each, such as links to the pages of authors. */
function innerNames(nodes: readonly Node[], index: number, depth: number): readonly Contributor[] {
	const contributors: Contributor[] = [];
	const outer = getAttribute(nodes[index] as Node, 'class') ?? '';
	const last = Math.min(nodes[index]?.last ?? index, index + SEARCHED);
	for (let at = index + 1; at <= last; at++) {
		const node = nodes[at] as Node;
		if (node.nodeType !== ELEMENT_NODE || node.attributes.length === 0) continue;
		const isName =
			/(?:^|\s)name(?:\s|$)/.test(getAttribute(node, 'itemprop') ?? '') ||
			/(?:^|\s)(?:fn|p-name)(?:\s|$)/.test(getAttribute(node, 'class') ?? '') ||
			factEvidence(node)?.author !== undefined;
		if (!isName) continue;
		// A byline in a byline, as some themes nest them, names something else.
		if (contributors.length > 0 && getAttribute(node, 'class') === outer) break;
		for (const one of namesIn(nodes, at, depth)) contributors.push(one);
		at = node.last;
	}
	return contributors;
}

/** Returns the text of an element without those of `time` and of pictures. */
function textWithoutTime(nodes: readonly Node[], index: number): string {
	let time = -1;
	const last = Math.min(nodes[index]?.last ?? index, index + SEARCHED);
	for (let at = index + 1; at <= last && time === -1; at++) {
		const node = nodes[at] as Node;
		if (isElement(node, 'time')) time = at;
		else if (isUnrendered(node)) at = node.last;
	}
	return linesOf(nodes, index, 10 * MAX_LINE_CHARS, time);
}

const LABEL_ALONE =
	/^(?:by|from|written by|posted by|authors?|writers?|作者|文|文字|撰文|记者|記者|编辑|編輯|(?:article|author|byline) info(?:rmation)?|(?:文章|作者)(?:信息|資訊|资讯))$/i;

/** Reads the names in a text that is said to name the author. */
const namesOf = remembered((text): readonly Contributor[] => {
	const words = withoutFacts(text);
	if (words === '' || words.length > MAX_LINE_CHARS || /^https?:/i.test(words)) return [];
	if (LABEL_ALONE.test(words)) return [];
	const byline = readByline(words);
	if (byline) return byline;
	const bare = words
		.replace(/^(?:by|from|written by|posted by|author|作者|文|撰文|由)\s*[:：/／|｜丨,，]?\s*(?=\S)/i, (label, at) =>
			at === 0 && /[\s:：/／|｜丨,，]$|^由/.test(label) ? '' : label,
		)
		.replace(/\s*(?:发布|發布|發佈|发表|發表|提交)$/, '')
		.trim();
	const pieces = bare.split(/\s*(?:[,，、;；&|｜\n]|\s(?:and|with)\s)\s*/).filter(piece => piece !== '');
	const names = pieces.filter((piece, at) => at === 0 || !isPosition(piece));
	if (names.length > 1 && names.every(name => isPersonName(name) || isCapitalisedName(name))) {
		return names.map(name => ({ name, contribution: 'author' }));
	}
	const [name = ''] = names;
	const whole = names.length === 1 ? name : bare;
	return whole !== '' &&
		whole.length <= MAX_NAME_CHARS &&
		!/[。！？!?]|\.\s/.test(whole.replace(/\b\p{L}{1,3}\.\s/gu, ''))
		? [{ name: whole, contribution: 'author' }]
		: [];
});
