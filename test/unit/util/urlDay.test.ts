import assert from 'node:assert/strict';
import { dayInUrl, publicationInUrl } from '../../../server/src/util/urlDay.ts';

describe('the day in a URL', () => {
	it('is found in the forms that sites use', () => {
		for (const [path, written] of [
			['/2025/03/01/low-tide/', '2025/03/01'],
			['/2025/3/1/low-tide', '2025/3/1'],
			['/2025/03/01', '2025/03/01'],
			['/2025/03/01.html', '2025/03/01'],
			['/zh/20250301/潮水/', '20250301'],
			['/20250301-low-tide', '20250301'],
			['/news/2025-03-01-low-tide.html', '2025-03-01'],
			['/2025-03/01/c_1.htm', '2025-03/01'],
			['/n1/2025/0301/c1-2.html', '2025/0301'],
			['/202503/t20250301_7.html', '20250301'],
			['/2025/03/01/20250301-tide/?d=/2024/01/01/', '2025/03/01'],
		] as const) {
			const url = `https://news.example${path}`;
			const found = dayInUrl(url);
			assert.deepEqual([found?.day, url.slice(found?.start, found?.end)], ['2025-03-01', written], path);
		}
	});

	it('is nothing that only looks like one', () => {
		for (const path of [
			'/20250301',
			'/news/tide-20250301/',
			'/2025/13/01/',
			'/2025/02/29/',
			'/2025/3/1',
			'/120250301/',
			'/20250301123000/',
			'/2025/03/',
			'/2025/03/01/2025/03/02/',
			'/?day=/2025/03/01/',
			'/#/2025/03/01/',
		])
			assert.equal(dayInUrl(`https://news.example${path}`), undefined, path);
		assert.equal(dayInUrl('https://2025/03/01/'), undefined);
	});

	it('is that of publication if the web was there, and the day has begun somewhere', () => {
		const now = Date.UTC(2025, 2, 1, 13);
		const day = (path: string): string | undefined => publicationInUrl(`https://news.example${path}`, now)?.day;
		assert.equal(day('/2025/03/01/x'), '2025-03-01');
		assert.equal(day('/2025/03/02/x'), '2025-03-02');
		assert.equal(day('/2025/03/03/x'), undefined);
		assert.equal(day('/1969/07/20/x'), undefined);
	});
});
