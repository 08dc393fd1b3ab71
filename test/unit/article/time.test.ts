import assert from 'node:assert/strict';
import { findMoment, parseMoment } from '../../../server/src/article/time.ts';

/** Returns the moment in ISO 8601: the day alone, or with the time, and `Z` if a zone is given. */
function moment(text: string): string | undefined {
	const found = parseMoment(text);
	if (!found) return undefined;
	const written = new Date(found.time).toISOString();
	return found.dayOnly ? written.slice(0, 10) : written.slice(0, 16) + (found.zoned ? 'Z' : '');
}

describe('parseMoment', () => {
	for (const [text, expected] of [
		['2019-08-22', '2019-08-22'],
		['2019/8/22', '2019-08-22'],
		['2019.08.22', '2019-08-22'],
		['2019-08-22T10:30:00Z', '2019-08-22T10:30Z'],
		['2019-08-22T10:30:00.123+08:00', '2019-08-22T02:30Z'],
		['2019-08-22 10:30:59', '2019-08-22T10:30'],
		['2019-08-22 10:30 +0800', '2019-08-22T02:30Z'],
		['Thu, 22 Aug 2019 10:30:00 GMT', '2019-08-22T10:30Z'],
		['Thu, 22 Aug 2019 10:30:00 +0200', '2019-08-22T08:30Z'],
		['22 Aug 2019 10:30:00 EST', '2019-08-22T15:30Z'],
		['Thu Aug 22 2019 10:30:00 GMT+0800 (China Standard Time)', '2019-08-22T02:30Z'],
		['22 August 2019', '2019-08-22'],
		['22nd of August 2019', '2019-08-22'],
		['22-Aug-2019', '2019-08-22'],
		['August 22, 2019', '2019-08-22'],
		['AUGUST 22, 2019', '2019-08-22'],
		['Aug. 22, 2019', '2019-08-22'],
		['Aug 22nd 2019', '2019-08-22'],
		['Sept. 3, 2019', '2019-09-03'],
		['Thursday, August 22, 2019', '2019-08-22'],
		['Thursday 22 August 2019 10.30 BST', '2019-08-22T09:30Z'],
		['August 22, 2019 at 3:05 PM', '2019-08-22T15:05'],
		['August 22, 2019, 12:05 a.m. EDT', '2019-08-22T04:05Z'],
		['August 22, 2019 | 9 am', '2019-08-22T09:00'],
		['3:05 PM, August 22, 2019', '2019-08-22T15:05'],
		['10:30, 22 August 2019', '2019-08-22T10:30'],
		['08/22/2019', '2019-08-22'],
		['22/08/2019', '2019-08-22'],
		['22.08.2019', '2019-08-22'],
		['Thursday, 08/22/2019 - 10:30', '2019-08-22T10:30'],
		['星期四, 08/22/2019 - 10:30', '2019-08-22T10:30'],
		['2019年8月22日', '2019-08-22'],
		['2019 年 8 月 22 日', '2019-08-22'],
		['２０１９年８月２２日', '2019-08-22'],
		['2019年8月22号', '2019-08-22'],
		['2019年8月22日 星期四 10:30', '2019-08-22T10:30'],
		['2019年8月22日（星期四）', '2019-08-22'],
		['2019年8月22日 下午3:05', '2019-08-22T15:05'],
		['2019年8月22日 上午12时05分', '2019-08-22T00:05'],
		['2019年8月22日10点30分', '2019-08-22T10:30'],
		['2019-08-22 周四 10:30', '2019-08-22T10:30'],
		['二〇一九年八月二十二日', '2019-08-22'],
		['二零一九年十一月三十日', '2019-11-30'],
		['民國108年8月22日', '2019-08-22'],
		['2019年8月22日(木)', '2019-08-22'],
		['2019年8月22日 木曜日 午後3時05分', '2019-08-22T15:05'],
		['令和元年8月22日', '2019-08-22'],
		['令和5年8月22日', '2023-08-22'],
		['2019. 8. 22.', '2019-08-22'],
		['2019.08.22 (목)', '2019-08-22'],
		['2019년 8월 22일', '2019-08-22'],
		['2019년 8월 22일 오후 3:05', '2019-08-22T15:05'],
		[' 2019-08-22\n', '2019-08-22'],
	] as const) {
		it(`reads ${text.trim()}`, () => assert.equal(moment(text), expected));
	}

	for (const text of [
		'',
		'2019',
		'August 2019',
		'2019年8月',
		'22 August',
		'8月22日',
		'2019-02-30',
		'2019-13-01',
		'31 June 2019',
		'02/03/2019',
		'53 minutes ago',
		'53 分钟前',
		'gestern',
		'12019-08-22',
		'2019-08-221',
		'192.168.10.12',
		'May 4, 1619',
		'In a post of 4 March 2019',
		'4 March 2019 was a day',
		'2019年3月4日写的文章',
		'Chapter 3, 2019-08-22',
		'the year 2019-08-22',
	]) {
		it(`takes ${JSON.stringify(text)} for something else`, () => assert.equal(moment(text), undefined));
	}

	it('takes linear time', () => {
		for (const text of ['2019-08-22', '22 Aug 2019 ', '10:30 ', '星期四', ' ']) {
			assert.equal(parseMoment(text.repeat(100_000)), undefined);
			parseMoment(text.repeat(Math.floor(200 / text.length)));
		}
	});
});

describe('findMoment', () => {
	it('finds the first date in a text, and where it is', () => {
		const at = (text: string): string | undefined => {
			const found = findMoment(text);
			return found && text.slice(found.start, found.end);
		};
		assert.equal(at('By Marta Hollis | August 22, 2019 | 5 comments'), 'August 22, 2019');
		assert.equal(at('发表于 2019年8月22日 10:30 更新于 2019年8月24日'), '2019年8月22日 10:30');
		assert.equal(at('在 星期四, 08/22/2019 - 10:30 提交'), '星期四, 08/22/2019 - 10:30');
		assert.equal(at('作者：何某　２０１９年８月２２日'), '２０１９年８月２２日');
		assert.equal(at('Chapter 22'), undefined);
	});
});
