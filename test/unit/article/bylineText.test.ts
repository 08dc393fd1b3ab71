import assert from 'node:assert/strict';
import { readByline } from '../../../server/src/article/bylineText.ts';

/** Returns the names in a text with what they did: nothing for authors, `t` for translators, `o` for others. */
function names(text: string): string | undefined {
	return readByline(text)
		?.map(({ name, contribution }) => (contribution === 'author' ? name : `${name} ${contribution[0]}`))
		.join(', ');
}

describe('readByline', () => {
	for (const [text, expected] of [
		['By Marta Hollis', 'Marta Hollis'],
		['by MARTA HOLLIS', 'MARTA HOLLIS'],
		['By Marta Hollis; translated by Ada Pell', 'Marta Hollis, Ada Pell t'],
		['By Marta Hollis, Ada Pell and José M. Ortiz-Vidal', 'Marta Hollis, Ada Pell, José M. Ortiz-Vidal'],
		['By Marta Hollis in Beijing and Ada Pell in Hong Kong', 'Marta Hollis, Ada Pell'],
		['By Marta Hollis, Staff Writer, The Courier', 'Marta Hollis'],
		['By Marta Hollis and agencies', 'Marta Hollis'],
		['By Ludwig van der Meer, Professor of Tides at the University of Harlow', 'Ludwig van der Meer'],
		['By the Editorial Board', 'the Editorial Board'],
		['— By AFP', 'AFP'],
		['Written by Marta Hollis. Photographs by Ada Pell.', 'Marta Hollis, Ada Pell o'],
		['Posted by marta_h', 'marta_h'],
		['Text: Marta Hollis', 'Marta Hollis'],
		['Reporting by Marta Hollis; Editing by Ada Pell', 'Marta Hollis, Ada Pell o'],
		['Translated from the Chinese by Ada Pell', 'Ada Pell t'],
		['Words and photos by Marta Hollis', 'Marta Hollis'],
		['By 何某', '何某'],
		['By April Jones', 'April Jones'],
		['撰稿丨何某；翻译丨潘某', '何某, 潘某 t'],
		['作者：何某', '何某'],
		['作者：[德]海因里希·何某（某大学教授）', '海因里希·何某'],
		['（作者：何某、Ada Pell）', '何某, Ada Pell'],
		['文/何某', '何某'],
		['文 / 何 某', '何某'],
		['文／Ada Pell（The Courier）', 'Ada Pell'],
		['文、图：何某', '何某'],
		['采写︱何某', '何某'],
		['採訪、撰文：何某 | 編輯：潘某', '何某, 潘某 o'],
		['责任编辑：潘某', '潘某 o'],
		['编辑 | 潘某  校对 | 何某', '潘某 o, 何某 o'],
		['记者 李明 北京报道', '李明'],
		['本报记者李明', '李明'],
		['新华社记者 李明、张华', '李明, 张华'],
		['端傳媒記者 李明 發自香港', '李明'],
		['作者：本台特约记者 李明', '李明'],
		['译者：潘某', '潘某 t'],
		['翻译：海港时报中文网', '海港时报中文网 t'],
		['李明/张华 (综合报道)', '李明, 张华'],
		['李明（法新社、路透社）', '李明'],
		['何某/文 潘某/图', undefined],
		['李明/文；张华/图', '李明, 张华 o'],
		['李明 编译', '李明 t'],
		['文・山田太郎', '山田太郎'],
		['홍길동 기자', '홍길동'],
		['글: 홍길동', '홍길동'],
	] as const) {
		if (expected !== undefined) it(`reads ${text}`, () => assert.equal(names(text), expected));
	}

	for (const text of [
		'By the river, nobody spoke.',
		'By the river nobody spoke',
		'By then, the dike had broken.',
		'By Design',
		'By Land and Sea',
		'By Any Means',
		'By December 2019',
		'By Sunday Morning',
		'By Train to Tibet',
		'By the Numbers',
		"By Marta Hollis's account, the dike was sound.",
		'By Marta Hollis, who was there when the dike broke',
		'The dike was built by Marta Hollis',
		'A bridge by Ada Pell',
		'Photo: Ada Pell',
		'图：潘某',
		'图片来源：海港时报',
		'记者：你好！',
		'记者：那里的水有多深？',
		'记者：谢谢你',
		'作者：这本书写得好，值得一读。',
		'作者在书中谈到了时间管理',
		'文化的冲突',
		'文森峰 高五千米',
		'译注：这里指旧堤。',
		'编者按：堤坝已经垮了。',
		'采访这天，她刚搬到新住处',
		'一个人（一）',
		'堤坝（二〇一九年）',
		'洪水：三个问题',
		'Q: What about the dike?',
		'Text: what it says, and what it does not',
		'Story: A Flood',
		'',
		'By',
		'作者：',
	]) {
		it(`takes ${JSON.stringify(text)} for something else`, () => assert.equal(names(text), undefined));
	}

	it('does not read long texts', () => {
		assert.equal(readByline(`By Marta Hollis${', Ada Pell'.repeat(100_000)}`), undefined);
	});
});
