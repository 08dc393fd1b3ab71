import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { textLinesOf } from '../../../server/src/languageFeatures/textLines.ts';

describe('textLines', () => {
	const text = fc
		.array(fc.constantFrom('a', '潮', '😀', '\n', '\r', '\r\n', '\u2028', '\f', 'words on a line'), { maxLength: 12 })
		.map(parts => parts.join(''));

	it('places offsets as TextDocument does', () => {
		fc.assert(
			fc.property(text, made => {
				const [lines, peer] = [textLinesOf(made), TextDocument.create('file:///a.md', '', 0, made)];
				for (let offset = -1; offset <= made.length + 1; offset++)
					assert.deepEqual(lines.positionAt(offset), peer.positionAt(offset), `${offset}`);
			}),
		);
	});

	it('finds positions as TextDocument does, also those that are none', () => {
		fc.assert(
			fc.property(text, fc.integer({ min: -1, max: 8 }), fc.integer({ min: -1, max: 20 }), (made, line, character) => {
				const peer = TextDocument.create('file:///a.md', '', 0, made);
				assert.equal(textLinesOf(made).offsetAt({ line, character }), peer.offsetAt({ line, character }));
			}),
		);
	});
});
