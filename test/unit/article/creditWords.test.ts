import assert from 'node:assert/strict';
import { creditName, divideCaption, isMarked } from '../../../server/src/article/creditWords.ts';

type Part = { readonly start: number; readonly end: number } | undefined;

const said = (text: string, part: Part): string => (part ? text.slice(part.start, part.end) : '');

describe('words of credits', () => {
	for (const [text, caption, credit] of [
		['The quay at noon. Photo: Lu Wei', 'The quay at noon.', 'Lu Wei'],
		['The quay at noon. Photograph: Lu Wei/The Ferry', 'The quay at noon.', 'Lu Wei/The Ferry'],
		['The quay Photo: Lu Wei', 'The quay', 'Lu Wei'],
		['The quay at noon. Photo by Lu Wei', 'The quay at noon.', 'Lu Wei'],
		['The quay at noon. Courtesy of the harbour', 'The quay at noon.', 'the harbour'],
		['The quay at noon. Credit...Lu Wei for The Ferry', 'The quay at noon.', 'Lu Wei for The Ferry'],
		['The quay at noon (Lu Wei/The Ferry)', 'The quay at noon', 'Lu Wei/The Ferry'],
		['The quay at noon. (AP Photo/Lu Wei)', 'The quay at noon.', 'AP Photo/Lu Wei'],
		['The quay at noon, 2020. REUTERS/Lu Wei', 'The quay at noon, 2020.', 'REUTERS/Lu Wei'],
		['The quay at noon. Lu Wei—Getty Images', 'The quay at noon.', 'Lu Wei—Getty Images'],
		['The quay at noon. © Lu Wei', 'The quay at noon.', 'Lu Wei'],
		['The quay at noon | © Lu Wei / AFP', 'The quay at noon', 'Lu Wei / AFP'],
		['正午的码头。（图源：渡口报）', '正午的码头。', '渡口报'],
		['正午的码头 图／渡口报', '正午的码头', '渡口报'],
		['正午的码头。摄影：陆伟', '正午的码头。', '陆伟'],
		['正午的码头。图源/美联社', '正午的码头。', '美联社'],
		['正午的码头（记者 陆伟 摄）', '正午的码头', '记者 陆伟'],
		['正午的码头。陆伟摄', '正午的码头。', '陆伟'],
		['《渡口》（1971年） 来源：影片资料馆', '《渡口》（1971年）', '影片资料馆'],
		['正午的码头。（来自渡口报）', '正午的码头。', '渡口报'],
		['正午的码头（渡口报供图）', '正午的码头', '渡口报'],
		['编辑部配图', '', '编辑部'],
		['Photo by Lu Wei on Unsplash，码头的早晨', '码头的早晨', 'Lu Wei on Unsplash'],
		['The quay at noon [Lu Wei/The Ferry]', 'The quay at noon', 'Lu Wei/The Ferry'],
		['Photo: Lu Wei', '', 'Lu Wei'],
		['Photograph by Lu Wei via Getty Images', '', 'Lu Wei via Getty Images'],
		['图：陆伟', '', '陆伟'],
		['图/陆伟', '', '陆伟'],
		['摄：陆伟/渡口报', '', '陆伟/渡口报'],
		['图片来源：渡口报', '', '渡口报'],
		['Getty Images', '', 'Getty Images'],
		['路透社', '', '路透社'],
	] as const)
		it(`end or make a caption: ${text}`, () => {
			const parts = divideCaption(text);
			assert.deepEqual([said(text, parts.caption), said(text, parts.credit)], [caption, credit]);
		});

	for (const text of [
		'A photo by the sea shows the tide.',
		'In the photo: two boats and a buoy',
		'By the sea',
		'The tide, source of all life',
		'Voters in Ohio/Indiana in 2020',
		'The mayor (left) and half of the council (1/2)',
		'Left: ferry.example; right: quay.example/boats',
		'图：码头上的灯还亮着。',
		'图一：码头',
		'资料图片',
		'某某',
		'摄于2010年的码头',
		'码头（2021年6月数据）',
		'Source: https://ferry.example/photo',
		'The photographer',
	])
		it(`are not in: ${text}`, () =>
			assert.deepEqual(divideCaption(text), { caption: { start: 0, end: text.length }, credit: undefined }));

	it('are taken away around a name', () => {
		for (const [text, name] of [
			['图像来源，TIDE PICTURES', 'TIDE PICTURES'],
			['Image source, Lu Wei', 'Lu Wei'],
			['By Lu Wei', 'Lu Wei'],
			['(Lu Wei/The Ferry)', 'Lu Wei/The Ferry'],
			['陆伟 摄', '陆伟'],
			['  Lu Wei ', 'Lu Wei'],
			['Illustration by Lu Wei. Photograph: Ada Pell', 'Illustration by Lu Wei. Photograph: Ada Pell'],
		] as const)
			assert.equal(said(text, creditName(text)), name);
	});

	it('mark a paragraph as a caption or credit', () => {
		for (const text of [
			'▲ 码头',
			'图1：码头',
			'图/陆伟',
			'图片说明 码头',
			'Photo: Lu Wei',
			'Photo courtesy of Lu Wei',
			'© Lu Wei',
			'（图源：渡口报）',
		])
			assert.ok(isMarked(text), text);
		for (const text of ['码头上的灯', 'Photos of the quay are rare.', '图书馆', '图一乐', 'The quay', '来源不明的船'])
			assert.ok(!isMarked(text), text);
	});

	it('are found in linear time', () => {
		for (const text of ['(Photo: ', '图：', '/', '摄', '. Lu Wei', '— Getty ', '（', 'by ']) {
			const start = performance.now();
			divideCaption(text.repeat(1500 / text.length));
			assert.ok(performance.now() - start < 500, text);
		}
	});
});
