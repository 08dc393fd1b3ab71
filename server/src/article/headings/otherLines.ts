import { readByline } from '../bylineText.ts';
import { startsOf } from '../regions/starts.ts';
import { isLongerThan } from './script.ts';

/** Lines in bold, or in heading elements, that are something of their own kind: notes, credits, links to read on. */

/** Returns a test of whether a text begins with one of some patterns. Most texts have none of their first letters. */
function beginsWith(...beginnings: readonly string[]): (text: string) => boolean {
	const starts = startsOf(beginnings);
	const form = new RegExp(`^(?:${beginnings.join('|')})`, 'i');
	return text => starts.at(text, 0) && form.test(text);
}

/** Notes about the article itself: its rights, where it appeared first, words of its editor. */
const isNote = beginsWith(
	'copyright\\b',
	'all rights reserved',
	'(?:this|the|an earlier version of this)\\s+(?:article|story|piece|essay|post|interview|text|report|column|excerpt|conversation|translation|op-ed|review|commentary|speech)\\b.{0,60}\\b(?:publish|appear|post|translat|adapt|excerpt|updat|edit|correct|part of|written|reproduced|version)',
	'(?:originally|first|previously)\\s+(?:published|appeared|posted)',
	'(?:reprinted|republished|adapted|excerpted|translated)\\s+(?:from|with|by)',
	"(?:editor|translator|author)s?['’]?s?\\s+note",
	'(?:note|source|correction|updated?)\\s*[:：]',
	'disclaimer',
	'(?:本文|此文|[该該]文|本篇|文章)[^。]{0,12}(?:首[发發]|原[载載]|[转轉][载載自]|[发發][表布]|刊[登于於载載]|[编編]?[译譯]自|[编編][译譯]|[来來][源自]|[节節摘][选選]|版[权權]|授[权權]|[仅僅]代表|原[创創])',
	'本文(?:系|係|[为為])',
	'原文(?:[链連鏈]|地址|[标標][题題]|出[处處]|[发發]表|刊|[载載]|首|[来來]源)',
	'(?:首[发發]|原[载載]|[转轉][载載])(?:[于於自]|[:：])',
	'(?:[来來]源|出[处處]|[注註])\\s*[:：|｜]',
	'版[权權](?:[声聲]明|所有|[归歸])',
	'(?:免[责責]|特[别別])[声聲]明',
	'未[经經](?:授[权權]|[许許]可|允[许許])',
	'著作[权權]',
);

/** A note of whoever edited or translated the article. */
const EDITORS_NOTE = /^[\u4e00-\u9fff\w]{0,8}(?:[编編][者辑輯]?|[译譯][者]?|作者)[按注註](?:\s*[:：]|$)/;

/** Notes that begin in any way. */
const RIGHTS = /©|all rights reserved|版[权權]所有|[转轉][载載][请請]/i;

/** Lines that lead elsewhere. */
const leadsElsewhere = beginsWith(
	'(?:read|see|learn|find out|listen|watch|explore|discover|view)\\s+(?:more|also|next|here|now|this|on)\\b',
	'(?:read|watch|listen|see|more|also|related|recommended|update)\\s*[:：|]',
	'more\\s+(?:on|from|about|stories|articles|news|coverage)\\b',
	'also\\s+(?:read|on|see)\\b',
	'you\\s+(?:may|might)\\s+(?:also\\s+)?(?:like|want|be interested)',
	'(?:recommended|related)\\s*(?:$|articles?|stor(?:y|ies)|posts?|reading|content|links|news|coverage|topics|for you)',
	"(?:most (?:read|popular)|editor['’]?s['’]? picks?|further reading|in case you missed)\\b",
	'(?:sign up|subscribe|follow us|donate|support us|join us|click here|share this|download)\\b',
	'advertis|sponsored|promoted',
	'相[关關](?:[阅閱][读讀]|文章|[链連鏈][接結]|[报報][道導]|新[闻聞]|[词詞][条條]|推[荐薦]|[话話][题題]|[内內]容)',
	'(?:延伸|推[荐薦]|[参參]考|更多|[拓扩擴]展)[阅閱][读讀]',
	'[阅閱][读讀](?:更多|原文|全文)',
	'更多(?:文章|[内內]容|[报報][道導]|新[闻聞]|精彩)',
	'往期|[点點][击擊]|[长長]按|[扫掃][码碼描一]|[欢歡]迎(?:[关關]注|[订訂][阅閱])|[关關]注(?:我[们們]|公[众眾])|[订訂][阅閱](?:本|我|[电電])',
	'[广廣]告$|[赞贊]助',
	'関連記事|あわせて読みたい|おすすめ記事|관련\\s?기사',
);

/** Credits and captions that no markup tells from text. */
const isCredit = beginsWith(
	'(?:photo(?:graph|grapher)?|image|picture|video|graphic|illustration|credit|chart|cover)s?(?:\\s+(?:by|credit|courtesy(?:\\s+of)?|source))?\\s*[:：/|｜丨]\\s*\\S',
	'photos?\\s+by\\s',
	'(?:[图圖][片源说說]?|照片|[题題配][图圖]|[摄攝]影|[视視][频頻]|影片|供[图圖]|[资資]料[图圖]片?)(?:[来來]源)?\\s*[:：/／|｜丨]\\s*\\S',
);
const CREDIT_END = /(?:[摄攝]|供[图圖]|[资資]料[图圖]片?)\s*[）)]?\s*$/;
const POINTS_AT_PICTURE = /^\s*[▲△▼↑↓⬆⬇]/;

/** Addresses, hashtags, names of files, and marks of the end. */
const NO_PROSE =
	/https?:\/\/|\bwww\.|\S@\S+\.\S|^#\w|^\*\s|^\S+\.(?:jpe?g|png|gif|webp|pdf|mp[34])$|^[\s（(—-]*(?:完|全文完|未完待[续續]|待[续續]|the end|fin|ad)[\s）).—-]*$/i;

/** Lines that introduce what follows: a list, a quotation. */
const INTRODUCTION =
	/(?:以下|如下|下列|下面|底下)[^。]{0,30}[:：]\s*$|\b(?:following|as follows|below|here are|here is)\b[^.]{0,40}:\s*$|[是有为為在到成括说說道问問]\s*[:：]\s*$/i;

/** A line with a colon at its end that is longer, in Latin letters, introduces what follows. */
const MAX_LABEL_SIZE = 35;

/** Who asks or answers, alone; and a line that says whom a letter stands for. */
const SPEAKER =
	/^(?:[qa]|问|問|答|记者|記者|主持人?|采访者|採訪者|interviewer|host)\s*[:：]?$|^(\S)\S{0,7}\s*[=＝]\s*\1/i;

/** Whether a paragraph leads elsewhere, introduces what follows, or is no prose. */
export function isOtherLine(text: string): boolean {
	const endsInColon = text.endsWith(':') || text.endsWith('：');
	return (
		NO_PROSE.test(text) ||
		(endsInColon && (INTRODUCTION.test(text) || isLongerThan(text, MAX_LABEL_SIZE))) ||
		leadsElsewhere(bare(text)) ||
		SPEAKER.test(text)
	);
}

/** Whether a line says who made the article, or where it comes from; heading elements do so as well. */
export function isAboutArticle(text: string): boolean {
	const line = bare(text);
	return (
		isNote(line) ||
		EDITORS_NOTE.test(line) ||
		isCredit(line) ||
		RIGHTS.test(text) ||
		CREDIT_END.test(text) ||
		POINTS_AT_PICTURE.test(text) ||
		readByline(text) !== undefined
	);
}

/** Removes brackets, quotation marks and the like at the beginning of a text. */
function bare(text: string): string {
	return /^[A-Za-z\d\u3040-\u30ff\u4e00-\u9fff]/.test(text) ? text : text.replace(/^[\s\p{P}\p{S}]+/u, '');
}
