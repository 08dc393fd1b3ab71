import assert from 'node:assert/strict';
import fc from 'fast-check';
import { startsOf } from '../../../server/src/article/regions/starts.ts';

describe('starts', () => {
	const patterns = [
		'comments?|(?<![_-])comment|comment-?(?:area|list)',
		'(?:user|reader)-?comment|wp?d-thread|a2a|sd-(?:like|social)|v-?card|(?<=[_-])ads?|toc-{0,2}controls',
		"(?:you )?(?:may|might) (?:also )?like|editors?['’]s? picks?|(?:\\\\d+ |no |leave a )?(?:comments?|reply)",
		'相[关關](?:文章|阅读)?|(?:延伸|推荐)(?:阅读|文章)|您?(?:可能|也许)喜欢|如果[您你]错过了?',
	].map(pattern => pattern.replaceAll('\\\\', '\\'));

	for (const pattern of patterns) {
		it(`are those of all that ${pattern} matches`, () => {
			const { at } = startsOf([pattern]);
			fc.assert(
				fc.property(fc.stringMatching(new RegExp(`^(?:${pattern.replace(/\(\?<[!=][^)]*\)/g, '')})$`)), text =>
					at(text, 0),
				),
			);
		});
	}

	it('are not those of other texts', () => {
		const { at } = startsOf(patterns);
		assert.deepEqual(
			['graf', 'Paragraph', 'image', 'cones', '相信', '延长', '可以', '您的', '如何'].filter(text => at(text, 0)),
			[],
		);
	});
});
