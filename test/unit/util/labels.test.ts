import assert from 'node:assert/strict';
import { withoutIcons, withoutLinks } from '../../../server/src/util/labels.ts';

/** What VS Code 1.139 makes a link of in a message or prompt, and an icon in a label, unless a backslash stands before that. */
const LINK = /\[[^\]]+\]\((?:https?:\/\/|command:|file:)[^)\s]+(?: (["']).+?\1)?\)/i;
const ICON = /(?<!\\)\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/;

describe('article text in messages and labels', () => {
	it('does not become a link', () => {
		for (const message of [
			'There is no article [x](command:workbench.action.quit).md',
			'[a](https://a.example/ "t") [b](FILE:///b)',
			'[[a](command:b)](command:c)',
		]) {
			assert.match(message, LINK);
			assert.doesNotMatch(withoutLinks(message), LINK);
			assert.equal(withoutLinks(message).replaceAll('\u2060', ''), message);
		}
		assert.equal(withoutLinks('as it is (so) [there]'), 'as it is (so) [there]');
	});

	it('does not become an icon', () => {
		for (const label of ['$(zap)', 'a $(loading~spin) b', '$($(zap)', '$(zap)$(zap)']) {
			assert.match(label, ICON);
			assert.doesNotMatch(withoutIcons(label), ICON);
			assert.equal(withoutIcons(label).replaceAll('\\', ''), label);
		}
		assert.equal(withoutIcons('$(five dollars) $5'), '$(five dollars) $5');
	});
});
