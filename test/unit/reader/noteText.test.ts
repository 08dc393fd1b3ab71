import assert from 'node:assert/strict';
import type { Markup } from '../../../server/src/protocol/reader.ts';
import { drawNoteText } from '../../../server/src/reader/noteText.ts';

/** Serialises markup as HTML for comparison. */
function write(markup: Markup): string {
	if (typeof markup === 'string') return markup.replace(/\n/g, '');
	const [tag, attributes, children] = markup;
	const shown = Object.entries(attributes).map(([name, value]) => ` ${name}="${value}"`);
	return `<${tag}${shown.join('')}>${children.map(write).join('')}</${tag}>`;
}

const html = (text: string): string => write(drawNoteText(text)).replace(/^<div>|<\/div>$/g, '');

describe('text of a note', () => {
	it('is Markdown', () => {
		assert.equal(html('A **b** *c* `d`'), '<p>A <strong>b</strong> <em>c</em> <code>d</code></p>');
		assert.equal(html('- a\n- b'), '<ul><li>a</li><li>b</li></ul>');
		assert.equal(html('One\ntwo\n\nthree'), '<p>One<br></br>two</p><p>three</p>');
		assert.equal(html('潮水**退**了'), '<p>潮水<strong>退</strong>了</p>');
	});

	it('links to web pages only', () => {
		assert.equal(
			html('[a](https://a.example/ "t") <https://b.example/>'),
			'<p><a href="https://a.example/">a</a> <a href="https://b.example/">https://b.example/</a></p>',
		);
		for (const address of ['javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'data:text/html,x', 'command:x', 'file:///x'])
			assert.equal(html(`[a](${address})`), `<p>a (${address})</p>`);
	});

	it('has no images, and shows HTML as text', () => {
		assert.equal(html('![a](https://a.example/a.png) b'), '<p><a href="https://a.example/a.png">a</a> b</p>');
		const text = (markup: Markup): string => (typeof markup === 'string' ? markup : markup[2].map(text).join(''));
		for (const html of ['<img src=x onerror=alert(1)>', 'a <script>alert(1)</script> b', '<!-- a -->', '- a <b>'])
			assert.equal(text(drawNoteText(html)).trim(), html.replace(/^- /, ''));
		assert.equal(html('# a\n\n| b |'), '<p><strong>a</strong></p><p>| b |</p>');
	});

	it('is shown as typed if it is too long or too deeply nested', () => {
		for (const text of ['> '.repeat(3000), `${'*a '.repeat(1000)}${'b* '.repeat(1000)}`, 'a'.repeat(9000)])
			assert.equal(html(text), `<pre><code>${text}</code></pre>`);
		for (const text of ['*'.repeat(7000), '['.repeat(7000), '`'.repeat(7000), '<'.repeat(7000)])
			assert.ok(html(text).length < 20_000);
	});
});
