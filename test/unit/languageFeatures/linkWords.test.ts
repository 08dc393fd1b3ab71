import assert from 'node:assert/strict';
import { statusWords } from '../../../server/src/languageFeatures/linkWords.ts';
import type { Counts, LinkStatus } from '../../../server/src/protocol/links.ts';

const counts = (some: Partial<Counts>): Counts => ({ ok: 0, moved: 0, broken: 0, unverified: 0, unknown: 0, ...some });

const status = (given: Partial<LinkStatus>): LinkStatus => ({
	link: counts({}),
	image: counts({}),
	oldest: undefined,
	offline: false,
	checking: undefined,
	refusal: undefined,
	...given,
});

describe('link status', () => {
	it('shows the number of URLs and broken ones in the status bar', () => {
		const text = (given: Partial<LinkStatus>): string => statusWords(status(given), 0).text;
		assert.equal(text({}), '0 URLs');
		assert.equal(text({ link: counts({ unknown: 1 }) }), '1 URL');
		assert.equal(text({ link: counts({ ok: 12, moved: 1, broken: 1 }) }), '14 URLs, 1 broken');
		assert.equal(text({ link: counts({ ok: 2 }), image: counts({ broken: 1 }) }), '3 URLs, 1 broken');
		assert.equal(text({ link: counts({ unverified: 14 }), offline: true }), '14 URLs, no network');
		assert.equal(text({ link: counts({ unknown: 14 }), checking: { done: 3, total: 14, broken: 1 } }), '3/14 checked');
	});

	it('shows all counts and the age of the oldest result in the tooltip', () => {
		const now = Date.UTC(2024, 5, 30);
		const given = { link: counts({ ok: 3, broken: 1 }), image: counts({ ok: 2, unknown: 1 }) };
		const tooltip = (more: Partial<LinkStatus>): string => statusWords(status({ ...given, ...more }), now).tooltip;
		assert.equal(
			tooltip({ oldest: now - 3 * 3_600_000 }),
			'| | Links | Images |\n| - | -: | -: |\n| OK | 3 | 2 |\n| Broken | 1 | 0 |\n| Not checked | 0 | 1 |\n\nOldest result: 3 hours ago. Each URL on the web is counted once.',
		);
		assert.match(tooltip({}), /\n\nNot checked yet\. Each URL on the web is counted once\.$/);
		assert.match(tooltip({ refusal: 'Checks are off' }), /\n\nChecks are off\. Each URL on the web is counted once\.$/);
	});
});
