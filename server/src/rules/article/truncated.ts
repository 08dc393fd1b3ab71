import type { Article } from '../../article/article.ts';
import { getAttribute, type Node } from '../../article/node.ts';
import type { FurnitureKind } from '../../article/regions/evidence.ts';
import type { Region } from '../../article/regions/region.ts';
import { span } from '../../article/span.ts';
import { pageKey } from '../../links/pageKey.ts';
import type { Resolver } from '../../links/resolve.ts';
import type { Finding, Rule } from '../rule.ts';
import { show } from '../write.ts';
import { lastWords, type Words } from './words.ts';

/** Words that only stand where a text was cut off, by themselves or before what they lead to. */
const GOES_ON_ELSEWHERE: readonly RegExp[] = [
	/^continue reading (?:on|at) \S.{0,60}$/i,
	/^(?:to )?(?:continue|keep) reading(?: this (?:article|story|post))?,? (?:please |you must |you need to )?(?:subscribe|sign in|sign up|log in|register|become a (?:member|subscriber)).{0,80}$/i,
	/^(?:please )?(?:subscribe|sign in|sign up|log in|register|become a (?:paid )?(?:member|subscriber))\b.{0,40}\bto (?:continue|keep|finish) reading\b.{0,60}$/i,
	/^(?:please )?(?:subscribe|sign in|sign up|log in|register|become a (?:paid )?(?:member|subscriber))\b.{0,40}\bto (?:read|unlock|access|view) the (?:rest|full|whole|complete|entire)\b.{0,60}$/i,
	/^to read the (?:rest|full|remainder|complete|entire)\b.{0,100}$/i,
	/^(?:read|view|see) the (?:rest|full|remainder|complete|entire) (?:of (?:this|the) )?(?:article|story|post|entry|report|text|piece|interview)\b.{0,60}$/i,
	/^the (?:rest|remainder) of (?:this|the) (?:article|story|post) is (?:only )?(?:available|for)\b.{0,80}$/i,
	/^this (?:article|story|post|content) is (?:only )?(?:available )?(?:for|to|reserved for) (?:our )?(?:paid |paying )?(?:subscribers|members)\b.{0,80}$/i,
	/^(?:you(?:’|'| ha)ve reached (?:your|the) .{0,30}(?:limit|articles?)|you have .{0,20}free (?:articles?|stories) (?:left|remaining))\b.{0,80}$/i,
	/^(?:点击|點擊|点此|點此|请|請|前往.{0,12})?(?:阅读|閱讀|查看|浏览|瀏覽|展开|展開|继续阅读|繼續閱讀)(?:余下|剩余|剩餘|餘下)(?:全文|内容|內容|部分|正文).{0,20}$/,
	/^(?:剩余|剩餘|余下|餘下|以下|后续|後續)(?:全文|内容|內容|部分|正文|文章).{0,6}(?:付费|付費|订阅|訂閱|登录|登錄|登入|会员|會員|购买|購買|解锁|解鎖|下载|下載|隐藏|隱藏).{0,40}$/,
	/^(?:还有|還有|剩余|剩餘|余下|餘下)\s*\d{1,3}\s*%.{0,20}(?:内容|內容|全文|未读|未讀).{0,20}$/,
	/^(?:本文|此文|该文|該文|本篇|此篇)?(?:文章)?(?:为|為|是)?(?:付费|付費|收费|收費|订阅者|訂閱者|会员|會員)(?:专属|專屬|独享|獨享|限定)?(?:内容|內容|文章|阅读|閱讀)(?:[，,。！!：:].{0,40})?$/,
	/^(?:登录|登錄|登入|注册|註冊|订阅|訂閱|付费|付費|购买|購買|开通会员|開通會員|加入会员|加入會員)(?:后|後|即可|以|并|並|才能|可)?(?:继续|繼續)?(?:阅读|閱讀|查看|观看|觀看|解锁|解鎖)(?:全文|全部|完整|剩余|剩餘|余下|餘下|更多).{0,30}$/,
];

/** Words that a page shows where it shortens a text, and also where it recommends another. */
const MAY_GO_ON: readonly RegExp[] = [
	/^[[(【（]?(?:read|learn|see|show|view) (?:more|full (?:article|story|post))(?: (?:on|at) .{1,40})?(?:[….\s»›→>\])】）]|\.\.\.)*$/i,
	/^[[(【（]?(?:continue|keep) reading(?: .{1,120})?$/i,
	/^[[(【（]?(?:more|full (?:story|article|text))(?:[….\s»›→>\])】）]|\.\.\.)+$/i,
	/^(?:the post .{1,160} )?first published (?:on|at) .{1,60}read more$/i,
	/^[[(【（《]?(?:(?:点击|點擊|点此|點此|请|請|继续|繼續|前往)(?:这里|這裡|此处|此處)?)?(?:阅读|閱讀|查看|浏览|瀏覽|展开|展開)(?:全文|更多|原文|完整(?:内容|內容|文章|版)?|详情|詳情|正文)(?:[….。!！\s»›→>\])】）》]|\.\.\.|>>)*$/,
	/^(?:继续|繼續)(?:阅读|閱讀)(?:[….。!！\s»›→>\])】）》]|\.\.\.|>>)*$/,
];

/** A cheap test of words, which most fail. */
const MAY_LEAD_ON =
	/read|more|full|subscri|member|limit|free|sign|log in|全文|[阅閱][读讀]|[内內]容|原文|更多|付[费費]|收[费費]|[订訂][阅閱]|[会會][员員]|正文|[详詳]情|余下|剩[余餘]|全部/i;

/** The end of an excerpt that was cut off. */
const CUT = /(?:\[\s*(?:…|\.{3})\s*\]|【…+】|（…+）|\[\+\d+ chars\])$/;

/** Sentences that feeds add behind an article. */
const TRAILER =
	/^(?:the post .{1,300} (?:appeared first on|first appeared on) .{1,100}|.{0,40}(?:via|source|来源|來源)\s*[:：].{0,80})$/i;

/** Furniture in which pages say that an article goes on. */
const NOTICES: ReadonlySet<FurnitureKind> = new Set(['promotion', 'subscription', 'trailer', 'site']);

/** The most characters of a link that is not a list of links. */
const MOST_LINK = 120;

/** The most characters of words that lead on, of a sentence that a feed adds, and of what else pages add. */
const MOST_NOTICE = 160;
const MOST_TRAILER = 400;
const MOST_ADDED = 80;

/** How much of the end is read, in characters, and how many blocks of it may be what a page adds to an article. */
const MOST_READ = 500;
const MOST_BLOCKS = 4;

/** The most characters of an excerpt. */
const MOST_EXCERPT = 1200;

/** Reports articles whose text goes on elsewhere. */
export const articleTruncated: Rule = {
	id: 'article/truncated',
	severity: 'warning',
	check({ article, resolve }, report) {
		const found = findTruncation(article, resolve);
		if (found) report(found);
	},
};

/** Finds where an article says that it goes on elsewhere, or is cut off; also in its furniture. */
export function findTruncation(article: Article, resolve: Resolver): Finding | undefined {
	const blocks = endOf(article);
	const last = blocks.next().value;
	let words = last;
	for (let count = 0; words && count < MOST_BLOCKS; count++) {
		const { value } = words;
		const mayLeadOn = value.length <= MOST_NOTICE && MAY_LEAD_ON.test(value);
		// Only what a page adds is shorter than a sentence.
		const isLong = value.length > MOST_ADDED;
		if (isLong && !mayLeadOn) break;
		const before = blocks.next().value;
		if (mayLeadOn && leadsOn(article, resolve, words, before))
			return { span: words.span, message: `The text goes on elsewhere: ${show(value)}` };
		if (isLong) break;
		words = before;
	}
	if (!last || !CUT.test(last.value) || textLength(article) > MOST_EXCERPT) return undefined;
	const written = article.text.slice(last.span.start, last.span.end);
	const start = last.span.start + Math.max(0, written.search(/[[【（][^[【（]*$/));
	return { span: span(start, last.span.end), message: 'The text is cut off at its end' };
}

/** Yields the words at the end of an article, last first, without what feeds add. */
function* endOf(article: Article): Generator<Words, undefined> {
	for (const words of lastWords(article, MOST_READ, region => isNotice(article, region)))
		if (words.value.length > MOST_TRAILER || !TRAILER.test(words.value)) yield words;
}

/** Whether words say that the text before them goes on elsewhere. */
function leadsOn(article: Article, resolve: Resolver, words: Words, before: Words | undefined): boolean {
	const says = (pattern: RegExp): boolean => pattern.test(words.value);
	return GOES_ON_ELSEWHERE.some(says) || (MAY_GO_ON.some(says) && isCut(article, resolve, words, before));
}

/** Whether a part of the page may say that the article goes on: what asks for a subscription, or a single link. */
function isNotice({ weights }: Article, { kind, first }: Region): boolean {
	return NOTICES.has(kind) || (kind === 'related' && weights.text(first) <= MOST_LINK);
}

/** Whether a text was cut off before words such as “Read more”: they lead to its own page, or it ends with an ellipsis. */
function isCut(
	article: Article,
	resolve: Resolver,
	{ nodes: [first = -1] }: Words,
	before: Words | undefined,
): boolean {
	if (before && /(?:…|\.{3}|\])$/.test(before.value)) return true;
	const own = article.source && keyOf(resolve, article.source.value);
	for (let at = article.nodes[first]?.parent ?? -1; at !== -1; at = article.nodes[at]?.parent ?? -1) {
		const href = getAttribute(article.nodes[at] as Node, 'href');
		if (href !== undefined)
			return own !== undefined && keyOf(resolve, href) === own && textLength(article) <= MOST_EXCERPT;
	}
	return before === undefined;
}

function keyOf(resolve: Resolver, address: string): string | undefined {
	const resolution = resolve(address);
	return resolution.kind === 'url' ? pageKey(resolution.url) : undefined;
}

/** Returns the number of characters of an article, without furniture. */
function textLength({ nodes, weights, regions }: Article): number {
	return regions.furniture.reduce((sum, { first }) => sum - weights.text(first), weights.textBetween(0, nodes.length));
}
