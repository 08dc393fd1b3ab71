import assert from 'node:assert/strict';
import { addressOf } from '../../../../client/src/util/webAddress.ts';

describe('a web address that is typed', () => {
	for (const [typed, address] of [
		['', ''],
		['  ', ''],
		[' https://news.example/潮?a=1#b ', 'https://news.example/%E6%BD%AE?a=1#b'],
		['news.example/2021', 'https://news.example/2021'],
		['江湖报.example', 'https://xn--4ru89serb.example/'],
		['http://localhost:8080/a', 'http://localhost:8080/a'],
		['The tide gauge', undefined],
		['tide', undefined],
		['https://', undefined],
		['mailto:a@b.example', undefined],
		['javascript:alert(1)', undefined],
		['https://a b.example/', undefined],
	] as const)
		it(`${JSON.stringify(typed)} is ${address ?? 'none'}`, () => assert.equal(addressOf(typed), address));
});
