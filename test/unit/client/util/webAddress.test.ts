import assert from 'node:assert/strict';
import { addressOf, schemeBefore } from '../../../../client/src/util/webAddress.ts';

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

describe('the scheme before a pasted URL', () => {
	for (const [line, inserted, length] of [
		['[Tide](https://|)', 'https://quay.example/1', 8],
		['[Tide](http://|)', ' https://quay.example/1', 7],
		['[潮 [汐]](HTTPS://|)', 'http://quay.example', 8],
		['[Tide](https://|)', 'quay.example/1', 0],
		['[Tide](https://|)', 'h', 0],
		['[Tide](https://quay.example/|)', 'https://quay.example/1', 0],
		['[https://|](https://)', 'https://quay.example/1', 0],
		['<p>[Tide](https://|)', 'https://quay.example/1', 0],
	] as const)
		it(`is ${length} long in ${line} with ${inserted}`, () => {
			const at = line.indexOf('|');
			assert.equal(schemeBefore(line.replace('|', inserted), at, inserted), length);
		});
});
