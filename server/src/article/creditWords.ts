import { type Span, span } from './span.ts';

/** What a text under a picture says: the caption and the name of who made the picture or owns it. */
export interface CaptionParts {
	readonly caption: Span | undefined;
	readonly credit: Span | undefined;
}

/** Longer names of people and agencies, in UTF-16 units, are none. */
const MAX_NAME_CHARS = 120;

/** How long the name after a mark that also begins captions, such as 图：, may be. */
const MAX_SURE_NAME_CHARS = 24;

/** Words before a name that mean nothing else, whatever stands between: only screen readers hear them, mostly. */
const SPOKEN =
	'图像来源|圖像來源|图片来源|圖片來源|照片来源|image (?:source|credit|copyright)|photo(?:graph)? credit|credit';

/** Words before a name, with a colon or slash. */
const HAN_MARKS =
	'图像来源|圖像來源|图片来源|圖片來源|照片来源|照片來源|图源|圖源|图片源自|图自|圖自|图文|图片提供|圖片提供|供图|供圖|提供|资料来源|資料來源|来源|來源|出处|图片版权|版权|图片|圖片|图|圖|照片|图片?\\s?[/／]\\s?摄|摄影师?|攝影師?|图片摄影|摄|攝|拍摄|拍攝|绘图|繪圖|插画|插畫|制图|製圖';

/** The same in languages that write a colon after them, never a slash. */
const LATIN_MARKS =
	'photo(?:s|graph|graphs|graphy|grapher)?|photo ?illustration|image|picture|pic|illustration|graphic|artwork|credit|source|courtesy|bild|foto|fotos|fotografie|crédit(?: photo)?|crédito|fuente|foto de';

/** Words before a name without a colon. */
const BY =
	'(?:photo(?:s|graph|graphs|graphy)?|photo ?illustration|image|picture|illustration|graphic|artwork)\\s+(?:courtesy\\s+(?:of|by)?|credit|by|from|via|copyright)|courtesy of|©|ⓒ|\\(c\\)|copyright(?:\\s*©)?';

/** News agencies and picture agencies. */
const AGENCY =
	'getty(?: images)?|reuters|路透社?|afp|法新社|ap(?: photo| images)?|associated press|美联社|美聯社|epa(?:-efe)?|欧新社|bloomberg|彭博社?|xinhua|新华社|新華社|中新社|视觉中国|視覺中國|vcg|东方ic|ic ?photo|alamy|shutterstock|istock(?:photo)?|magnum(?: photos)?|redux|corbis|keystone|dpa|picture alliance|zuma(?: press)?|sipa(?: usa)?|imago(?: images)?|kyodo|共同社|yonhap|韩联社|tass|wikimedia(?: commons)?|flickr|unsplash|pixabay|中央社';

const NAME = `[^\\n。！？!?:：]{1,${MAX_NAME_CHARS}}?`;
const END = '\\s*[)）\\]】」]?[\\s.。]*$';

/** What may stand before a credit at the end of a caption. */
const BEFORE = '(?<=^|[\\s。．.!！?？;；,，、|｜·—–\\-(（\\[【「”"’》])';

/** Such words with what separates them from the name. */
const MARK = `(?:(?:${HAN_MARKS})\\s*[:：/／|｜]|(?:${LATIN_MARKS})\\s*[:：|｜])`;

const flags = 'iu';
const WHOLE = new RegExp(
	`^\\s*[(（\\[【]?\\s*(?:(?:${SPOKEN})\\s*[:：,，/／|｜.…]*\\s*|(?:${MARK})\\s*|(?:${BY})\\s*[:：]?\\s*|by\\s+)(?<name>[\\s\\S]+?)${END}`,
	flags,
);

/** Credits at the end of a caption that a mark begins. */
const MARKED_END: readonly RegExp[] = [
	// `Caption. Photo: Name`, `说明。（图源：某社）`, `说明 图／某人`
	new RegExp(
		`${BEFORE}(?<mark>[(（\\[【]?\\s*(?:${MARK}|(?:${SPOKEN})\\s*(?:[:：|｜…]|\\.{2,3}))\\s*)(?<name>${NAME})${END}`,
		flags,
	),
	// `Caption. Photo by Name`, `Caption © Name`
	new RegExp(`${BEFORE}(?<mark>[(（\\[【]?\\s*(?:${BY})\\s*[:：]?\\s*)(?<name>${NAME})${END}`, flags),
];

/** What is in each text that one of them matches, and in few others. */
const MAY_BE_MARKED = /[:：/／|｜…©ⓒ]|\.\.|\(c\)|photo|image|picture|illustration|graphic|artwork|courtesy|copyright/i;

/** Credits at the end of a caption, or alone, that their form tells. */
const FORMED_END: readonly RegExp[] = [
	// `Caption (Name/Agency)`, `说明（美联社）`, `说明（来自某社）`
	/(?<mark>[(（[【]\s*(?:图片?|圖片?)?(?:来自|來自|来源于?|轉自|转自|取自|via|from)\s*)(?<name>[^()（）[\]【】\n。，,]{2,40})[)）\]】][\s.。]*$/iu,
	new RegExp(
		`(?<mark>[(（\\[【]\\s*)(?<name>[^()（）\\[\\]\\n:：]{2,80}\\s*[/／]\\s*[^()（）\\[\\]\\n/／]{2,60}|(?:${AGENCY})(?:[\\s,，]+[^()（）\\n]{1,40})?|[^()（）\\n]{2,60}(?:—|–|,|，|\\svia|\\s-)\\s*(?:${AGENCY}))[)）\\]】][\\s.。]*$`,
		flags,
	),
	// `Caption. REUTERS/Name`, `Caption. Name/Getty Images`, `Caption. Name via Getty Images`
	new RegExp(
		`(?<=^|[.。!！?？”"]\\s*)(?<mark>)(?<name>(?<=^\\s*)(?:${AGENCY})|(?:${AGENCY})\\s*[/／]\\s*[^\\n。/／]{2,60}|[^\\n.。,，]{2,60}\\s?(?:[/／—–]|\\svia)\\s?(?:${AGENCY})(?:\\s*[/／]\\s*[^\\n。/／]{2,40})?)[\\s.。]*$`,
		flags,
	),
	// `说明（记者 李明 摄）`, `说明。李明摄`
	/(?<mark>[(（【]\s*)(?<name>[^()（）【】\n。]{2,30}?)\s*[摄攝]影?[)）】][\s.。]*$/u,
	/(?<=^|[\s。，,；;])(?<mark>)(?<name>[\p{Script=Han}·・/／]{2,16}?)\s*[摄攝]影?[\s.。]*$/u,
	// `（某社供图）`, `某社配图`
	/(?<=^\s*|[(（【]\s*|[\s。；;])(?<mark>)(?<name>[\p{L}\d·・/／]{2,20}?)\s*(?:供图|供圖|配图|配圖|制图|製圖|绘图|繪圖)[)）】]?[\s.。]*$/u,
];

/** What is in each text that one of them matches: a bracket, slash or dash, a word for making pictures, or little else. */
const MAY_BE_FORMED = /[)）\]】/／—–摄攝图圖]|\svia|^\s*\S+(?: \S+)?[\s.。]*$/i;

/** Words that name a part of a picture, not its maker, after an ambiguous mark. */
const IS_SENTENCE = /[#。！？!?；;，,]|的|了|在|[.]\s+\p{Lu}\p{Ll}+\s+\p{Ll}/u;

/** Divides a text under a picture into caption and credit. */
export function divideCaption(text: string): CaptionParts {
	const whole = trimmedPart(text, 0, text.length);
	if (!whole) return { caption: undefined, credit: undefined };
	const alone = creditName(text);
	const first = alone && creditFirst(text, alone);
	if (first) return first;
	if (alone && isName(text, alone) && isSureMark(text, alone) && !hasMark(text, alone))
		return { caption: undefined, credit: alone };
	const marked = markedEnding(text);
	const found = marked ?? (MAY_BE_FORMED.test(text) ? ending(text, FORMED_END) : undefined);
	const caption = found && trimmedPart(text, whole.start, found.from);
	if (!found || (!caption && marked)) return { caption: whole, credit: undefined };
	return { caption: caption && withoutSeparator(text, caption), credit: found.credit };
}

const FIRST = new RegExp(`^\\s*(?:${BY})`, flags);

/** Divides a text whose credit comes first, as in `Photo by Name on Unsplash，说明`; `undefined` if it is another. */
function creditFirst(text: string, { start, end }: Span): CaptionParts | undefined {
	if (!FIRST.test(text.slice(0, start))) return undefined;
	const comma = /[，。；]/.exec(text.slice(start, end));
	if (!comma) return undefined;
	const credit = trimmedPart(text, start, start + comma.index);
	const caption = trimmedPart(text, start + comma.index + 1, text.length);
	return credit && caption && isName(text, credit) ? { caption, credit } : undefined;
}

/** A credit at the end of a text, and where its mark begins. */
interface Ending {
	readonly from: number;
	readonly credit: Span;
}

/** Returns the credit at the end of a text that a mark begins. */
function markedEnding(text: string): Ending | undefined {
	return MAY_BE_MARKED.test(text) ? ending(text, MARKED_END) : undefined;
}

/** Returns the credit at the end of a text that one of some patterns matches. */
function ending(text: string, patterns: readonly RegExp[]): Ending | undefined {
	for (const pattern of patterns) {
		const found = pattern.exec(text);
		const { mark = '', name } = found?.groups ?? {};
		// `in the photo: two boats` is a sentence.
		if (!found || !name || /^[(（[【]?\s*\p{Ll}/u.test(mark)) continue;
		const start = found.index + mark.length;
		const credit = trimmedPart(text, start, start + name.length);
		if (credit && isName(text, credit)) return { from: found.index, credit };
	}
	return undefined;
}

/** Returns the name in a text that is all credit: `Photo: Name`, `（某社）`, `某人摄`; the whole text if nothing stands around it. */
export function creditName(text: string): Span | undefined {
	const found = WHOLE.exec(text);
	const name = found?.groups?.name;
	if (found && name) {
		const start = found[0].lastIndexOf(name);
		const part = trimmedPart(text, start, start + name.length);
		// `Illustration by One. Photo: Another` is said as a whole.
		return part && hasMark(text, part) ? trimmedPart(text, 0, text.length) : part;
	}
	const bracketed = /^\s*[(（[【]\s*([^()（）[\]【】]+?)\s*[)）\]】]\s*$/u.exec(text);
	const inner = bracketed?.[1] ? { start: text.indexOf(bracketed[1]), text: bracketed[1] } : { start: 0, text };
	const taken = /^(\s*[^\n。，]{2,30}?)\s*[摄攝]影?\s*$/u.exec(inner.text);
	return trimmedPart(text, inner.start, inner.start + (taken?.[1] ?? inner.text).length);
}

/** Whether there is another mark in a name. */
function hasMark(text: string, { start, end }: Span): boolean {
	const inner = markedEnding(text.slice(start, end));
	return inner !== undefined && inner.from > 0;
}

/** Whether a text begins with words that stand before the credit or the caption of a picture, or with an arrow to it. */
export function isMarked(text: string): boolean {
	return MARKED.test(text);
}

const MARKED = new RegExp(
	`^\\s*(?:[▲△↑▴☝⬆]\\s*\\S|[(（\\[【]?\\s*(?:(?:图|圖)\\s*[\\d一二三四五六七八九十]{0,3}\\s*[:：/／|｜]|(?:图片?|圖片?)(?:说明|說明|注|為|为)|${MARK}|caption\\s*[:：]|(?:${SPOKEN})\\s*[:：]|(?:photo(?:s|graph|graphs)?|image|picture|illustration)\\s+(?:courtesy|credit|by)\\b|©))`,
	flags,
);

/** Whether hidden words before a text say that it is the credit or the caption of a picture. */
export function spokenRole(hidden: string): 'caption' | 'credit' | undefined {
	if (
		/^\s*(?:图像加注文字|圖像加註文字|图片说明|圖片說明|图说|(?:image|picture|photo) caption|caption)[\s,，:：.…]*$/iu.test(
			hidden,
		)
	)
		return 'caption';
	return SPOKEN_ALONE.test(hidden) ? 'credit' : undefined;
}

const SPOKEN_ALONE = new RegExp(`^\\s*(?:${SPOKEN})[\\s,，:：.…]*$`, flags);

/** Whether a part of a text can be the name of people or agencies. */
function isName(text: string, { start, end }: Span): boolean {
	const name = text.slice(start, end);
	return (
		name.length <= MAX_NAME_CHARS && /\p{L}/u.test(name) && !/https?:|www\./i.test(name) && !/[。！？!?]./u.test(name)
	);
}

/** Whether a text that begins with a mark is a credit: 图： also begins captions. */
function isSureMark(text: string, name: Span): boolean {
	const mark = text.slice(0, name.start);
	if (mark.trim() === '') return false;
	const said = text.slice(name.start, name.end);
	if (/^\s*by\s*$/i.test(mark)) return false;
	if (/[摄攝]|源|credit|court|©|copyright|\bby\b|photo|版权|供|foto/iu.test(mark))
		return !/[.。]\s+\S+\s+\S+\s+\S+/u.test(said);
	return said.length <= MAX_SURE_NAME_CHARS && !IS_SENTENCE.test(said);
}

/** Returns a part of a text without white space at both ends; `undefined` if nothing is left. */
export function trimmedPart(text: string, start: number, end: number): Span | undefined {
	let [from, to] = [start, end];
	while (from < to && /\s/u.test(text[from] ?? '')) from++;
	while (to > from && /\s/u.test(text[to - 1] ?? '')) to--;
	return from < to ? span(from, to) : undefined;
}

/** Leaves out a bar, dash or comma between caption and credit. */
function withoutSeparator(text: string, { start, end }: Span): Span | undefined {
	let to = end;
	while (to > start && /[\s|｜·—–,，、;；/／(（[【-]/u.test(text[to - 1] ?? '')) to--;
	return to > start ? span(start, to) : undefined;
}
