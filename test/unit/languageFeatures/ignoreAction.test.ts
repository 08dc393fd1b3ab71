import assert from 'node:assert/strict';
import { CancellationToken, type CodeAction, type TextEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { CodeActionOptions } from '../../../server/src/languageFeatures/codeAction.ts';
import { createFiles, HEAD, open, VSCODE_ACTIONS } from './harness.ts';

const CONFIGURATION = 'file:///archive/marginalia.json';
const ARTICLE = `${HEAD}<p><a href="http://www.a.exa‸mple/x?y">渡轮</a></p>`;

/** Returns the ignore actions at the cursor, given the files of the archive. */
async function ignores(
	marked: string,
	contents: Readonly<Record<string, string>> = {},
	{ options = VSCODE_ACTIONS, uri }: { options?: CodeActionOptions; uri?: string } = {},
): Promise<CodeAction[]> {
	const files = createFiles({ 'file:///archive/articles/harbour/1.md': '', ...contents });
	const { service, document, offset } = open(marked, { files, ...(uri && { uri }) });
	const start = document.positionAt(offset);
	const actions = await service.codeActions(
		document,
		{ start, end: start },
		{ diagnostics: [] },
		options,
		CancellationToken.None,
	);
	return actions.filter(({ title }) => /^(?:Ignore|Turn) /.test(title));
}

/** Returns the configuration after an action. */
function written(action: CodeAction | undefined, before: string, uri = CONFIGURATION): string {
	const changes = action?.edit?.documentChanges ?? [];
	const edits = changes.flatMap(change => {
		if (!('edits' in change)) return [];
		assert.deepEqual(change.textDocument, { uri, version: null });
		return change.edits as TextEdit[];
	});
	return TextDocument.applyEdits(TextDocument.create(uri, 'jsonc', 0, before), edits);
}

describe('ignore actions', () => {
	it('name the URL, its host and the rule', async () => {
		const actions = await ignores(ARTICLE);
		assert.deepEqual(
			actions.map(({ title, kind, isPreferred, diagnostics }) => [title, kind, isPreferred, diagnostics?.[0]?.code]),
			[
				['Ignore the URL http://www.a.example/x?y', 'quickfix', undefined, 'link/insecure'],
				['Ignore all URLs on www.a.example', 'quickfix', undefined, 'link/insecure'],
				['Ignore link/insecure in this article', 'quickfix', undefined, 'link/insecure'],
				['Turn off link/insecure in this archive', 'quickfix', undefined, 'link/insecure'],
			],
		);
	});

	it('create a configuration in the archive root', async () => {
		const actions = await ignores(ARTICLE);
		for (const { edit } of actions)
			assert.deepEqual(edit?.documentChanges?.[0], { kind: 'create', uri: CONFIGURATION });
		assert.deepEqual(
			actions.map(action => JSON.parse(written(action, ''))),
			[
				{ ignore: { urls: ['http://www.a.example/x?y'] } },
				{ ignore: { hosts: ['www.a.example'] } },
				{ ignore: { rules: { 'articles/harbour/1.md': ['link/insecure'] } } },
				{ rules: { 'link/insecure': 'off' } },
			],
		);
	});

	it('edit the existing configuration, and preserve its comments', async () => {
		const before = '{\n\t// 我们的档案\n\t"ignore": { "hosts": ["b.example"] }, // done\n}\n';
		const [, host] = await ignores(ARTICLE, { [CONFIGURATION]: before });
		assert.equal(host?.edit?.documentChanges?.length, 1);
		assert.equal(
			written(host, before),
			'{\n\t// 我们的档案\n\t"ignore": { "hosts": ["b.example", "www.a.example"] }, // done\n}\n',
		);
	});

	it('suppress the problem', async () => {
		for (const action of await ignores(ARTICLE)) {
			const files = createFiles({ [CONFIGURATION]: written(action, '') });
			const { service, document } = open(ARTICLE.replace('‸', ''), { files });
			assert.deepEqual(await service.diagnostics(document, CancellationToken.None), [], action.title);
		}
	});

	it('offer one action per URL, even with several problems', async () => {
		const titles = (await ignores(`${HEAD}<p><a href="/‸x"></a></p>`)).map(({ title }) => title);
		assert.deepEqual(new Set(titles).size, titles.length);
		assert.deepEqual(titles.slice(0, 2), ['Ignore the URL https://news.example/x', 'Ignore all URLs on news.example']);
	});

	it('are not offered if the configuration has errors, or the client cannot create files', async () => {
		assert.deepEqual(await ignores(ARTICLE, { [CONFIGURATION]: '{' }), []);
		const options = { ...VSCODE_ACTIONS, createsFiles: false, movesFiles: false, opensAddresses: false };
		assert.deepEqual(await ignores(ARTICLE, {}, { options }), []);
		assert.equal((await ignores(ARTICLE, { [CONFIGURATION]: '{}' }, { options })).length, 4);
		const plain = {
			versionedEdits: false,
			preferred: false,
			createsFiles: false,
			movesFiles: false,
			opensAddresses: false,
		};
		const [first] = await ignores(ARTICLE, { [CONFIGURATION]: '{}' }, { options: plain });
		assert.deepEqual(Object.keys(first?.edit?.changes ?? {}), [CONFIGURATION]);
	});

	it('are not offered if files cannot be read', async () => {
		assert.deepEqual(await ignores(ARTICLE, {}, { uri: 'file:///elsewhere/1.md' }), []);
	});

	it('are not offered for an unsaved document', async () => {
		assert.deepEqual(await ignores(ARTICLE, {}, { uri: 'untitled:Untitled-1' }), []);
	});
});
