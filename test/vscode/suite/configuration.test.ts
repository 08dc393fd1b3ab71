import { strict as assert } from 'node:assert';
import { languages, workspace } from 'vscode';

describe('settings of articles', () => {
	const get = (languageId: string, key: string): unknown =>
		workspace.getConfiguration(undefined, { languageId }).get(key);

	it('wrap, without boxes around full-width punctuation', async () => {
		assert.ok((await languages.getLanguages()).includes('article'));
		assert.equal(get('article', 'editor.wordWrap'), 'on');
		assert.equal(get('article', 'editor.unicodeHighlight.ambiguousCharacters'), false);
		assert.equal(get('article', 'editor.unicodeHighlight.invisibleCharacters'), false);
	});

	it('colour lines as long as the longest article, without a warning in hovers', () => {
		assert.equal(get('article', 'editor.maxTokenizationLineLength'), 500_000);
		assert.equal(get('article', 'editor.hover.showLongLineWarning'), false);
		assert.notEqual(get('article', 'editor.wrappingStrategy'), 'advanced');
	});

	it('are nobody else’s', () => {
		assert.equal(get('plaintext', 'editor.maxTokenizationLineLength'), 20_000);
		assert.equal(get('plaintext', 'editor.wordWrap'), 'off');
	});
});
