/** Names of people and organisations, as bylines write them. */

/** A name longer than this, in UTF-16 units, is a sentence. */
const MAX_NAME_CHARS = 60;

/** A name of more words is a sentence. */
const MAX_NAME_WORDS = 7;

/** Chinese surnames, the most frequent ones, in both scripts. */
const SURNAMES = new Set(
	'王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖萧蕭田董潘袁蔡蒋蔣余于杜叶葉程魏苏蘇吕呂丁任卢盧姚沈钟鐘鍾姜崔谭譚陆陸范汪廖石金韦韋贾賈夏付方邹鄒熊白孟秦邱侯江尹薛闫閻阎雷段龙龍黎史陶贺賀毛郝顾顧龚龔邵万萬覃武钱錢戴严嚴莫孔向汤湯康易乔喬赖賴文施洪辛柯宁寧庄莊翟欧歐倪季甄窦竇裴霍游翁梅章鲁魯葛俞聂聶焦冉安涂岳齐齊牛尤路柳邢解米关關凌靳耿舒芦蘆符童祝温溫纪紀包费費柴桂卜蓝藍闵閔单單苗隋艾池谷詹车車瞿冷项項伍饶饒盛蒲鲍鮑卓佘滕甘苟屈穆储儲宫宮祁辜古骆駱樊殷花喻簡简殷桑匡岑褚卞卫衛奚臧计計成戚席麦麥庞龐嵇宗应應郁晏查荆荊全郎仇栾欒沙楼樓晋晉巫仲伊阮冼鄺邝湛連连滿满',
);

/** Chinese surnames of two characters. */
const LONG_SURNAMES =
	/^(?:欧阳|歐陽|司马|司馬|上官|诸葛|諸葛|司徒|东方|東方|皇甫|尉迟|公孙|令狐|慕容|宇文|长孙|端木|夏侯|南宫|轩辕)/;

/** Words between the parts of a name, which begin with a small letter. */
const PARTICLES = new Set(
	"de da di do du del della des der den dos das van von vom zu zur ten ter la le les el al bin bint ibn ben abu y e i af av d' st".split(
		' ',
	),
);

/** Words that begin phrases such as *By Design*, and that are no names. */
const NO_NAMES = new Set(
	'a accident air an all and any appointment association chance choice coincidence comparison contrast day deed default definition degrees design extension far foot force gender hand her his how implication invitation its itself land law means my nature necessity night no now numbers order our popular post proxy rail region request rights road sea some that their then these this those train trial two virtue way what when which who whom why your january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday'.split(
		' ',
	),
);

/** Words of posts, organisations and departments. */
const POSITION =
	/(?:^|[^\p{L}])(?:abc|afp|agenc(?:y|ies)|analysts?|anchors?|ap|associate|authors?|bbc|bureau|cbs|center|centre|channel|chief|cnn|college|columnists?|contribut(?:ors?|ing)|correspondents?|council|critics?|daily|dean|department|dw|editor(?:ial|s)?|fellows?|foundation|founder|freelance|guardian|historian|institute|journal|journalists?|lecturer|magazine|media|nbc|network|news|newspaper|npr|online|photographer|post|press|producer|professor|radio|reporters?|researcher|reuters|review|rfa|rfi|school|scholar|senior|service|staff|student|team|television|times|tv|university|voa|weekly|writers?|xinhua)(?![\p{L}])/iu;

/** Whether a text in Latin, Cyrillic or Greek letters is a name: capitalised words, with particles. */
export function isCapitalisedName(text: string): boolean {
	if (text.length > MAX_NAME_CHARS || WIDE.test(text)) return false;
	const words = text.split(/\s+/);
	if (words.length > MAX_NAME_WORDS) return false;
	const [first = ''] = words;
	if (NO_NAMES.has(first.toLowerCase()) && !(words.length > 1 && /^(?:april|may|june|august|day)$/i.test(first)))
		return false;
	// "May 2020" and "April Fools" are no names, but "April Jones" is.
	let capitalised = 0;
	for (const [at, word] of words.entries()) {
		if (/^(?:\p{Lu}|(?:al|el|d|o|mc)[-'’]\p{Lu})[\p{L}\p{M}'’.‑-]*$/u.test(word) && !/['’]s$/i.test(word))
			capitalised++;
		else if (!PARTICLES.has(word.toLowerCase()) || at === words.length - 1) return false;
	}
	return capitalised > 0 && /\p{L}{2}/u.test(text);
}

/** Whether a text says what somebody does or for whom, as in *Staff Writer* or *The Courier*. */
export function isPosition(text: string): boolean {
	return (
		text.length <= MAX_NAME_CHARS && (POSITION.test(text) || /^the\s+\p{Lu}/iu.test(text)) && !/[.!?]\s/.test(text)
	);
}

/** Characters of answers and sentences, which names hardly have. */
const NO_NAME_CHARS = /[了是在这這那我你您他她它们們呢吗嗎吧着著过過很都就么麼啊]/;

/** Whether a text is certainly the name of a Chinese, Japanese or Korean person, or a foreign one in their script. */
export function isPersonName(text: string): boolean {
	if (/^\p{Script=Han}{2,4}$/u.test(text)) {
		if (NO_NAME_CHARS.test(text) || text[0] === text[1]) return false;
		return LONG_SURNAMES.test(text) ? text.length > 2 : text.length <= 3 && SURNAMES.has(text[0] ?? '');
	}
	return (
		/^[\p{Script=Han}\p{Script=Katakana}ー]{1,8}(?:[·•‧・．][\p{Script=Han}\p{Script=Katakana}A-Zー.]{1,8}){1,4}$/u.test(
			text,
		) ||
		/^\p{Script=Hangul}{2,4}$/u.test(text) ||
		(isCapitalisedName(text) && /\s/.test(text))
	);
}

/** Scripts whose names have no spaces. */
const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** Longer names in Han, kana or hangul, in UTF-16 units, are sentences. */
const MAX_WIDE_NAME = 16;

/** Whether a text after *作者：* can be a name, pen name or organisation. */
export function isPenName(text: string): boolean {
	if (text === '' || text.length > MAX_NAME_CHARS) return false;
	if (/[。？！?!…；;：:“”「」『』《》，,]/.test(text)) return false;
	if (WIDE.test(text)) return text.length <= MAX_WIDE_NAME && !NO_NAME_CHARS.test(text);
	return isCapitalisedName(text) || /^@?[\p{L}\p{N}][\p{L}\p{N}_.-]{1,29}$/u.test(text);
}
