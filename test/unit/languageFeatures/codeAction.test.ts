import assert from 'node:assert/strict';
import { CancellationToken, type CodeAction, type CodeActionContext, LSPErrorCodes } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { documentOf, type TestDocument } from '../../support/document.ts';
import { cancelled, FOLDER, HEAD, open, VSCODE_ACTIONS } from './harness.ts';

const SPLIT =
	'<p>The <a href="https://a.example/">last</a><a href="https://a.example/"> boat</a> <a href="https://a.example/">home</a>.</p>';

/** Returns the code actions at the cursor, or for the text between two cursors: fixes in `found`, the others in `ignores`. */
async function actions(
	marked: string,
	context: Partial<CodeActionContext> = {},
	options = VSCODE_ACTIONS,
): Promise<{ found: CodeAction[]; ignores: CodeAction[]; document: TestDocument }> {
	const { service, document, offset } = open(marked);
	const end = document.getText().indexOf('‸');
	const clean = documentOf(document.uri, document.text.replace('‸', ''), 7);
	const range = { start: clean.positionAt(offset), end: clean.positionAt(end === -1 ? offset : end) };
	const all = await service.codeActions(clean, range, { diagnostics: [], ...context }, options, CancellationToken.None);
	const isIgnore = ({ title }: CodeAction): boolean => /^(?:Ignore|Turn) /.test(title);
	return { found: all.filter(one => !isIgnore(one)), ignores: all.filter(isIgnore), document: clean };
}

/** Returns the text after an action. */
function applied(document: TextDocument, action: CodeAction | undefined): string {
	const [change] = action?.edit?.documentChanges ?? [];
	if (!change || !('edits' in change)) throw new Error('no edit of a document');
	assert.deepEqual(change.textDocument, { uri: document.uri, version: document.version });
	return TextDocument.applyEdits(
		document,
		change.edits.map(edit => {
			if (!('newText' in edit)) throw new Error('not a text edit');
			return edit;
		}),
	);
}

describe('code actions', () => {
	it('fix the problem at the cursor', async () => {
		const { found, document } = await actions(`${HEAD}${SPLIT.replace('boat', 'bo‸at')}`);
		assert.deepEqual(
			found.map(({ title, kind, isPreferred, diagnostics }) => [
				title,
				kind,
				isPreferred,
				diagnostics?.map(one => one.code),
			]),
			[['Merge 3 links into one', 'quickfix', true, ['link/split']]],
		);
		assert.equal(applied(document, found[0]), `${HEAD}<p>The <a href="https://a.example/">last boat home</a>.</p>`);
	});

	it('remove the page around an article, by a command', async () => {
		const text = '<p>The tide turns at noon, and the ferry leaves an hour later than it did.</p>';
		const { found, document } = await actions(`${HEAD}${text}<di‸v class="share"><a href="/s">Share</a></div>${text}`);
		assert.deepEqual(
			found.map(({ title, command, diagnostics }) => [title, command?.arguments, diagnostics?.map(one => one.code)]),
			[['Remove page furniture…', [{ uri: document.uri }], ['article/furniture']]],
		);
	});

	it('fix all problems of the kind at the cursor, and no others', async () => {
		const split = (word: string): string =>
			`<p><a href="https://a.example/${word}">${word}</a><a href="https://a.example/${word}"> 潮位</a></p>`;
		const { found, document } = await actions(
			`${HEAD}${split('one').replace('one</a>', 'o‸ne</a>')}${split('two')}<time pudate="2021-12-16">x</time>${split('three')}`,
		);
		assert.deepEqual(
			found.map(({ title, isPreferred, diagnostics }) => [title, isPreferred, diagnostics?.map(({ code }) => code)]),
			[
				['Merge 2 links into one', true, ['link/split']],
				['Fix all 3 problems of this kind in this article (link/split)', undefined, ['link/split']],
			],
		);
		const fixed = (word: string): string => `<p><a href="https://a.example/${word}">${word} 潮位</a></p>`;
		assert.equal(
			applied(document, found[1]),
			`${HEAD}${fixed('one')}${fixed('two')}<time pudate="2021-12-16">x</time>${fixed('three')}`,
		);
	});

	it('apply the same fix to all problems of a kind, also if it is not safe enough for "fix all"', async () => {
		const text = `${HEAD}<p><a href="/o‸ne">one</a> <a href="/two">two</a> <a href="three">三</a></p>`;
		const { found, document } = await actions(text);
		const all = found.find(({ title }) => title.startsWith('Fix all'));
		assert.equal(all?.title, 'Fix all 3 problems of this kind in this article (link/relative)');
		assert.match(
			applied(document, all),
			/<a href="https:.*?one">one<.*<a href="https:.*?two">two<.*<a href="https:.*?three">三</,
		);
	});

	it('fix all problems in a selection', async () => {
		const { found } = await actions(`${HEAD}‸<time pudate="2021-12-16">x</time>${SPLIT}‸`);
		assert.deepEqual(found.map(action => action.diagnostics?.[0]?.code).toSorted(), ['html/misspelt', 'link/split']);
		assert.deepEqual((await actions(`${HEAD}<time pudate="2021-12-16">x</time><p>‸y</p>`)).found, []);
	});

	it('reference the diagnostics that the client shows', async () => {
		const { service, document } = open(HEAD + SPLIT);
		const shown = (await service.diagnostics(document, CancellationToken.None)).filter(
			one => one.code === 'link/split',
		);
		const [diagnostic] = shown;
		assert.ok(diagnostic);
		const mine = { ...diagnostic, data: 'the client’s own' };
		const [action] = await service.codeActions(
			document,
			diagnostic.range,
			{ diagnostics: [mine] },
			VSCODE_ACTIONS,
			CancellationToken.None,
		);
		assert.deepEqual(action?.diagnostics, [mine]);
	});

	it('are quick fixes only', async () => {
		const text = `${HEAD}${SPLIT.replace('boat', 'bo‸at')}`;
		const count = async (...only: string[]): Promise<number> => (await actions(text, { only })).found.length;
		assert.equal(await count('quickfix'), 1);
		assert.equal(await count('refactor', 'quickfix'), 1);
		assert.equal(await count(''), 1);
		assert.equal(await count('refactor', 'source.organizeImports', 'source.fixAll.other', 'quickfix.other'), 0);
		assert.equal(await count(), 0);
	});

	it('are unversioned and not preferred if the client supports neither', async () => {
		const { found } = await actions(
			`${HEAD}<time pu‸date="x">y</time>`,
			{},
			{ versionedEdits: false, preferred: false, createsFiles: false, movesFiles: false, opensAddresses: false },
		);
		assert.deepEqual(
			found.map(({ isPreferred, edit }) => ({ isPreferred, edit })),
			[
				{
					isPreferred: undefined,
					edit: {
						changes: {
							[`${FOLDER}/1.md`]: [
								{ range: { start: { line: 4, character: 6 }, end: { line: 4, character: 12 } }, newText: 'pubdate' },
							],
						},
					},
				},
			],
		);
	});

	it('include "fix all" only if it is requested', async () => {
		const text = `${HEAD}${SPLIT}‸<time pudate="2021-12-16">x</time><a href="ttps://b.example/">b</a>`;
		for (const only of ['source', 'source.fixAll', 'source.fixAll.marginalia']) {
			const { found, document } = await actions(text, { only: [only] });
			assert.deepEqual(
				found.map(({ kind, title }) => [kind, title]),
				[['source.fixAll.marginalia', 'Fix all auto-fixable problems']],
			);
			assert.equal(
				applied(document, found[0]),
				`${HEAD}<p>The <a href="https://a.example/">last boat home</a>.</p><time pubdate="2021-12-16">x</time><a href="https://b.example/">b</a>`,
			);
		}
		assert.deepEqual((await actions(`${HEAD}<p>‸x</p>`, { only: ['source.fixAll'] })).found, []);
	});

	it('do not exist for a list', async () => {
		assert.deepEqual((await actions('BBC\n------\n\n9-1 [A](/art‸icles/a.md)\n')).found, []);
	});

	it('throw when they are cancelled', async () => {
		const { service, document } = open(HEAD + SPLIT);
		const start = { line: 4, character: 0 };
		await assert.rejects(
			service.codeActions(document, { start, end: start }, { diagnostics: [] }, VSCODE_ACTIONS, cancelled()),
			{
				code: LSPErrorCodes.RequestCancelled,
			},
		);
	});
});
