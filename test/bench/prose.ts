import type { Random } from './random.ts';

/** The languages of the generated articles. */
export type Language = 'en' | 'zh';

type Words = readonly [string, ...string[]];

const split = (list: string): Words => {
	const [first = '', ...rest] = list.split(' | ');
	return [first, ...rest];
};

const WORDS: Record<
	Language,
	{ readonly who: Words; readonly does: Words; readonly what: Words; readonly when: Words }
> = {
	en: {
		who: split(
			"The harbour master | A surveyor from the county | Her brother-in-law | The last of the lamplighters | One of the ferrymen | The committee, which had met twice that week, | Nobody on the eastern pier | The keeper's daughter | An engineer named Okafor | The night watch",
		),
		does: split(
			'counted | had never mentioned | wrote down | was asked to repaint | refused to sell | measured again | borrowed | could not find | remembers | paid for',
		),
		what: split(
			'the mooring lines | eleven crates of lamp oil | every gauge between the mill and the sea | the old tide tables | a map that nobody had signed | three of the four bells | the ledger with the torn cover | what was left of the jetty | the new timetable | the fog signal',
		),
		when: split(
			'before the tide turned | in the spring of that year | while the bridge was closed | as the inspectors looked on | for reasons that were never given | although the price had doubled | without telling the council | and said so in a letter | long after the mill had shut | when the wind went round to the north',
		),
	},
	zh: {
		who: split(
			'港务长 | 县里来的测量员 | 她的小叔 | 最后一位点灯人 | 渡口的一名船工 | 那一周开了两次会的委员会 | 东码头上的人 | 守塔人的女儿 | 一位姓陆的工程师 | 值夜的更夫',
		),
		does: split(
			'清点了 | 从未提起过 | 一一记下 | 被要求重新粉刷 | 不肯卖掉 | 又量了一遍 | 借走了 | 怎么也找不到 | 至今记得 | 自己出钱买下',
		),
		what: split(
			'所有的缆绳 | 十一箱灯油 | 从磨坊到海口的每一处水尺 | 旧的潮汐表 | 一张没有署名的地图 | 四口钟里的三口 | 封面撕破的账簿 | 栈桥剩下的部分 | 新的班次时刻表 | 雾号',
		),
		when: split(
			'在退潮之前 | 那一年的春天 | 大桥封闭的时候 | 当着检查人员的面 | 原因始终没有说明 | 虽然价钱翻了一倍 | 没有告诉镇议会 | 并在信里写明了这件事 | 磨坊关门很久以后 | 等到风转向北面',
		),
	},
};

/** Generates a sentence of 60 to 130 characters in English, or of 15 to 35 in Chinese. */
export function sentence(random: Random, language: Language): string {
	const { who, does, what, when } = WORDS[language];
	const [subject, verb, object, clause] = [who, does, what, when].map(words => random.pick(words));
	return language === 'en' ? `${subject} ${verb} ${object} ${clause}.` : `${clause}，${subject}${verb}${object}。`;
}

/** Generates a few words, as in a link, caption or heading. */
export function phrase(random: Random, language: Language): string {
	const { what, when } = WORDS[language];
	return language === 'en' ? `${random.pick(what)} ${random.pick(when)}` : `${random.pick(when)}的${random.pick(what)}`;
}
