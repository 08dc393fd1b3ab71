import { clipLine } from '../../util/text.ts';
import { BLOCK_ELEMENTS } from '../elements.ts';
import { labelOf } from '../label.ts';
import { isElement, type Node, siblingBefore, TEXT_NODE } from '../node.ts';
import type { Tree } from '../tree.ts';
import { beginsWith, firstLetter } from './begins.ts';
import type { Measure } from './measure.ts';
import type { Part, RegionMap } from './region.ts';
import { startsOf } from './starts.ts';

/** How many blocks at the end of a body are looked at. */
const LAST_BLOCKS = 12;

/** How many texts at the end of a body are looked at. */
const LAST_TEXTS = 400;

/** Longer text, in UTF-16 units, is the article's. */
const MAX_CHARS = 500;

/** How much text outside links may be beside a notice in its block, in UTF-16 units, in addition to its own length. */
const MAX_REST_CHARS = 60;

/** How much of a notice is quoted as the reason. */
const MAX_REASON_CHARS = 40;

/**
 * How a notice of rights, of origin, or about the site begins. The article may begin a sentence with the same words, so
 * what makes a notice of them is part of each.
 */
const NOTICES = [
	'©|c\\)|copyright(?:\\s*$|\\s*[^a-z\\s]|\\s+(?:by|in|notice|of this|reserved|statement|the)\\b|\\s+\\S+\\s+(?:19|20)\\d\\d)',
	'(?:本文)?(?:版权|版權|著作权|著作權|免责|免責|特别|特別|郑重|鄭重|转载|轉載)(?:声明|聲明|说明|說明|须知|所有|归|歸|信息)',
	'(?:转载|轉載|引用|如需转载|如需轉載)[^，。；、的人]{0,12}(?:请|請|须|須|务必|務必)(?!想|看|问|問|来|來)',
	'(?:欢迎|歡迎)(?:转载|轉載|关注|關注|订阅|訂閱|扫码|分享|下载|下載)',
	'(?:未经|未經).{0,16}(?:授权|授權|许可|許可|同意|允许|允許).{0,20}(?:不得|禁止|勿|谢绝|謝絕|不可|不准|严禁|嚴禁|转载|轉載|侵权|侵權|追究)',
	'(?:责任编辑|責任編輯|责编|責編|网络编辑|本文编辑|編輯校對)\\s*[：:丨|]',
	'(?:长按|長按|扫描|扫码|掃描|掃碼|识别|識別).{0,20}(?:二维码|二維碼|QR|关注|關注)',
	'(?:微信|微博)(?:搜索|公众号|公眾號|扫)',
	'(?:点击|點擊|点此|按此)(?:查看|阅读|閱讀|下载|下載|订阅|訂閱|进入|打开)[^，。]{0,30}。?\\s*$',
	'阅读原文|閱讀原文|下载.{0,10}(?:APP|客户端|应用)|feed enhanced by',
	'the post .{0,200}\\b(?:appeared first|first appeared) (?:on|in|at)\\b',
	'(?:this (?:article|story|post|piece|essay) )(?:was )?(?:originally|first) (?:published|appeared|posted)',
	'(?:originally|first) (?:published|appeared|posted) (?:on|in|at|by|as)\\b(?![^.]{0,80},\\s(?:a|an|he|her|his|it|its|she|the|they|this)\\s)',
	'republish(?:ed (?:from|with|by|under|courtesy)|ing (?:guidelines|policy|rights)| (?:this|our)) ?|reprinted (?:with|from|by)',
	'this (?:work|article) is licensed|licensed under|permalink\\b|follow .{1,40} on (?:twitter|facebook|instagram|telegram|x\\b)',
	'download (?:our|the) app|click here to (?:subscribe|donate|read)|support (?:our|independent) (?:work|journalism|journalists|media|newsroom|reporting|writers|writing|site|project|mission|cause|team|magazine)',
];
const BEGINS = new RegExp(NOTICES.join('|'), 'iy');
const STARTS = startsOf(NOTICES);

/** A block with one of these is a notice wherever they stand in it. */
const HOLDS =
	/all rights reserved(?! (?:is|was|has)\b)|保留(?:所有|一切|全部)(?:权利|權利)|不得(?:转载|轉載|擅自)|版权所有|版權所有|著作权法|著作權法|add to\s*del\.icio\.us|\bthis .{0,40}\bwas (?:originally|first) published (?:in|on|at|by)\b|where people are continuing the conversation|republished from .{1,60}under a|passed through the full-text rss|let[’']s block ads/i;

/**
 * Finds notices of rights and the like at the end of an article, which no class name tells.
 *
 * @param apart the furniture that is known, in which nothing is looked for
 */
export function trailerParts(body: Tree, measure: Measure, apart: RegionMap<Part>): readonly Part[] {
	const { nodes, lengths } = body;
	const parts: Part[] = [];
	let seen = 0;
	let before = nodes.length;
	let left = LAST_TEXTS;
	for (let index = nodes.length - 1; index >= 0 && left > 0 && seen < LAST_BLOCKS; index--) {
		if (index >= before || (lengths[index] ?? 0) === 0) continue;
		left--;
		const node = nodes[index] as Node;
		const known = apart.regionOf(index);
		if (known) {
			before = known.first;
			index = before;
			continue;
		}
		const block = blockAround(nodes, index);
		before = block;
		if (block === -1) continue;
		seen++;
		const last = nodes[block]?.last ?? block;
		const { text, linked } = measure.amount(block, last);
		if (text > MAX_CHARS || text * 2 > measure.total) continue;
		const start = firstText(body, block);
		const words = STARTS.at(start, firstLetter(start)) ? labelOf(nodes, block, MAX_CHARS) : '';
		const notice = beginsWith(words, BEGINS) ? words : HOLDS.test(node.nodeValue) ? node.nodeValue : undefined;
		const beside = start.length;
		if (notice !== undefined && text - linked <= Math.max(beside, node.nodeValue.length) * 2 + MAX_REST_CHARS)
			parts.push({
				kind: 'trailer',
				reason: `the words “${clipLine(notice, MAX_REASON_CHARS)}”`,
				first: withRule(body, block),
				last,
			});
	}
	return parts;
}

/** Returns the first words of an element. */
function firstText({ nodes, lengths }: Tree, index: number): string {
	const last = nodes[index]?.last ?? index;
	for (let at = index; at <= last; at++) if ((lengths[at] ?? 0) > 0) return nodes[at]?.nodeValue ?? '';
	return '';
}

/** Returns the nearest block around a text; -1 if there is none, or it is a cell of a table. */
function blockAround(nodes: readonly Node[], index: number): number {
	let at = nodes[index]?.parent ?? -1;
	while (at !== -1 && !BLOCK_ELEMENTS.has(nodes[at]?.nodeName ?? '')) at = nodes[at]?.parent ?? -1;
	return isElement(nodes[at], 'td') || isElement(nodes[at], 'th') ? -1 : at;
}

/** How many siblings before a notice are looked at for the line that divides it from the article. */
const MOST_BETWEEN = 4;

/** Returns the first node of a notice: that of the line above it, `hr` or dashes, if there is one. */
function withRule(body: Tree, block: number): number {
	const { nodes } = body;
	let at = block;
	for (let passed = 0; passed < MOST_BETWEEN; ) {
		const before = siblingBefore(nodes, at);
		const node = before === undefined ? undefined : nodes[before];
		if (before === undefined || !node) break;
		if (node.nodeType !== TEXT_NODE) passed++;
		if (isElement(node, 'hr')) return before;
		const words = firstText(body, before);
		if (/^[\s\p{P}\p{S}]{2,12}$/u.test(words)) return before;
		if (words.trim() !== '') break;
		at = before;
	}
	return block;
}
