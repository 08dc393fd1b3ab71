import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseFragment } from 'parse5';
import { encodeAttribute, encodeHtml } from '../../../server/src/util/html.ts';
import { runs } from '../../support/runs.ts';

const text = fc.string({
	unit: fc.constantFrom('a', '潮', '&', '&amp', ';', '<', '>', '"', "'", '\u00a0', '#39', 'nbsp'),
});

/** The value of the only attribute of the only element, and its text. */
function read(html: string): readonly [value: string | undefined, text: string | undefined] {
	const [element, ...others] = parseFragment(html).childNodes;
	assert.ok(element && 'attrs' in element && others.length === 0 && element.childNodes.length <= 1, html);
	assert.equal(element.attrs.length, 1, html);
	const [content] = element.childNodes;
	return [element.attrs[0]?.value, content && 'value' in content ? content.value : ''];
}

describe('escaped HTML text', () => {
	it('is readable', () => {
		assert.equal(encodeAttribute('a&b "c" \'d\''), "a&amp;b &quot;c&quot; 'd'");
		assert.equal(encodeAttribute('a&b "c" \'d\'', "'"), 'a&amp;b "c" &#39;d&#39;');
		assert.equal(encodeAttribute('潮\u00a0水'), '潮&nbsp;水');
		assert.equal(encodeHtml('<b title="x">R&D\'s</b>'), '&lt;b title=&quot;x&quot;&gt;R&amp;D&#39;s&lt;/b&gt;');
	});

	it('is parsed to the original text', () => {
		fc.assert(
			fc.property(text, value => {
				assert.equal(read(`<i title="${encodeAttribute(value)}"></i>`)[0], value);
				assert.equal(read(`<i title='${encodeAttribute(value, "'")}'></i>`)[0], value);
				assert.deepEqual(read(`<i title='${encodeHtml(value)}'>${encodeHtml(value)}</i>`), [value, value]);
				assert.equal(read(`<i title="${encodeHtml(value)}"></i>`)[0], value);
			}),
			{ numRuns: runs(500) },
		);
	});
});
