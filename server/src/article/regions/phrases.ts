import { foldSpaces } from '../../util/text.ts';
import { firstLetter } from './begins.ts';
import type { FurnitureKind } from './evidence.ts';
import { startsOf } from './starts.ts';

/** The words with which pages announce furniture, in English and Chinese: the whole text of a heading or label. */
const PHRASES: readonly (readonly [FurnitureKind, string])[] = [
	[
		'related',
		"related(?: (?:articles?|stor(?:y|ies)|posts?|content|news|reading|topics?|links|coverage|items))?|(?:you )?(?:may|might) (?:also )?(?:like|be interested in)|read (?:more|next|also|on)|see also|also read|more (?:stories|articles|news|posts|from .{1,30}|on this (?:story|topic)|in .{1,30})|most (?:read|popular|viewed|shared|recent)|recommended(?: (?:for you|reading|stories|articles))?|editors?['’]s? picks?|trending(?: now)?|top stories|latest (?:news|stories|articles|posts)|up next|next (?:article|story|post)|popular (?:posts|articles|stories)|don['’]t miss|continue reading(?: .{1,40})?|(?:参考|參考)(?:阅读|閱讀)|(?:延伸|相关|相關|参考|參考)(?:阅读|閱讀)[:：].{1,50}|关联|關聯|如果[您你](?:错过|錯過)了?|相[关關](?:文章|阅读|閱讀|新闻|新聞|报道|報道|報導|链接|連結|内容|內容|推荐|推薦|专题|專題|话题|話題|图集|圖集)?|(?:延伸|推荐|推薦|更多|精彩|热门|熱門|往期|扩展|擴展)(?:阅读|閱讀|文章|新闻|新聞|报道|報道|内容|內容|推荐|推薦|回顾|回顧|资讯|資訊)|您?(?:可能|也许|或许)(?:还|還)?(?:感兴趣|感興趣|喜欢|喜歡)的?(?:文章|内容|內容)?|猜你喜欢|猜你喜歡|热点新闻|最新文章|最新(?:消息|新闻|新聞)|编辑推荐|編輯推薦|看更多|閱讀更多|阅读更多|関連記事|おすすめ記事|관련 ?기사",
	],
	[
		'share',
		'share(?: (?:this|on|via|the) ?(?:.{1,20})?)?|share (?:article|story)|tweet|like this|(?:分享|轉發|转发)(?:到|至|此文|本文|文章|这篇文章|這篇文章)?.{0,8}|(?:共享|分享)此文章|赞过|讚好|print(?: this)?(?: (?:page|article))?|email this(?: .{1,10})?',
	],
	[
		'navigation',
		'tags?|tagged(?: with)?|post tags|topics?|filed under|posted in|categor(?:y|ies)|in this (?:article|story|series)|previous(?: (?:post|article))?|next(?: (?:post|article))?|back to (?:top|home)|标签|標籤|分类|分類|关键[词字]|關鍵[詞字]|上一篇.{0,40}|下一篇.{0,40}|返回(?:顶部|首页|目录)',
	],
	[
		'subscription',
		'(?:subscribe|sign up)(?: (?:now|today|here|to .{1,40}|for .{1,40}))?|get (?:the|our) newsletter.{0,30}|newsletters?|follow us(?: on .{1,20})?|(?:订阅|訂閱)(?:我们|我們|电子报|電子報|本站)?',
	],
	[
		'promotion',
		'advertisement|advertising|sponsored(?: content| by .{1,30})?|ad|广告|廣告|story continues below advertisement|廣告請繼續往下閱讀|推广',
	],
	[
		'comments',
		'(?:\\d+ |no |leave a |post a |add a |join the )?(?:comments?|reply|replies|responses?|discussion|conversation)(?: ?\\(\\d+\\))?|leave a (?:comment|reply)|\\d+ (?:thoughts?|comments?|responses?) on .{1,60}|(?:网友|網友|读者|讀者|最新|热门|全部|发表|發表|我要)?(?:评论|評論|留言|回应|回應|跟帖)(?: ?[（(]?\\d+(?:条|則)?[）)]?)?',
	],
];

const TESTS = PHRASES.map(([kind, words]) => [kind, new RegExp(`^(?:${words})$`, 'i')] as const);

/** The longest text that may be such a phrase, in UTF-16 units. */
const MAX_PHRASE_CHARS = 60;

/** How such a phrase begins, behind punctuation; most texts begin otherwise. */
const STARTS = startsOf(PHRASES.map(([, words]) => words));

const BEGINS = new RegExp(PHRASES.map(([, words]) => words).join('|'), 'iy');

/** Whether a text may announce something; `announces` says what. Every text is asked while it is parsed. */
export function isAnnouncement(text: string): boolean {
	if (text.length > MAX_PHRASE_CHARS) return false;
	const start = firstLetter(text);
	if (!STARTS.at(text, start)) return false;
	BEGINS.lastIndex = start;
	return BEGINS.test(text);
}

/** Returns what a short text announces, with or without a colon behind it; `undefined` if it is words of the article. */
export function announces(text: string): FurnitureKind | undefined {
	const phrase = foldSpaces(text)
		.replace(/^[\s\p{P}\p{S}]+|[\s\p{P}\p{S}]+$/gu, '')
		.trim();
	return TESTS.find(([, pattern]) => pattern.test(phrase))?.[0];
}
