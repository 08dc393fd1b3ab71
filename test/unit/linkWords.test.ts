import assert from 'node:assert/strict';
import { type Counts, describeLinks, linkTooltip } from '../../client/src/linkWords.ts';

const counts = (some: Partial<Counts>): Counts => ({ ok: 0, moved: 0, broken: 0, unverified: 0, unknown: 0, ...some });

describe('the status of links', () => {
	it('says in the status bar how many there are, and what is broken', () => {
		const none = { image: counts({}) };
		assert.equal(describeLinks({ ...none, link: counts({}) }), '0 links');
		assert.equal(describeLinks({ ...none, link: counts({ unknown: 1 }) }), '1 link');
		assert.equal(describeLinks({ ...none, link: counts({ ok: 12, moved: 1, broken: 1 }) }), '14 links, 1 broken');
		assert.equal(describeLinks({ link: counts({ ok: 2 }), image: counts({ broken: 1 }) }), '2 links, 1 picture broken');
		assert.equal(
			describeLinks({ ...none, link: counts({ unknown: 14 }), checking: { done: 3, total: 14 } }),
			'3/14 checked',
		);
	});

	it('says all in its tooltip, with the age of what is known', () => {
		const now = Date.UTC(2024, 5, 30);
		const status = { link: counts({ ok: 3, broken: 1 }), image: counts({ ok: 2, unknown: 1 }) };
		assert.equal(
			linkTooltip({ ...status, oldest: now - 3 * 3_600_000 }, now),
			'| | Links | Pictures |\n|---|--:|--:|\n| In order | 3 | 2 |\n| Broken | 1 | 0 |\n| Not checked | 0 | 1 |\n\nChecked 3 hours ago or later.',
		);
		assert.match(linkTooltip(status, now), /\n\nNothing was checked yet\.$/);
		assert.match(linkTooltip({ ...status, refusal: 'Checks are off' }, now), /\n\nChecks are off\.$/);
	});
});
