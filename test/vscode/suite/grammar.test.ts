import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { extensions } from 'vscode';
import { createRegistry } from 'vscode-tmgrammar-test/dist/common/index.js';
import { ARCHIVE } from '../support.ts';

/** A grammar contribution in an extension manifest. */
interface ContributedGrammar {
	readonly scopeName: string;
	readonly path: string;
	readonly injectTo?: string[];
}

/** Returns the scopes of each token of a file, using the grammars bundled with this VS Code. */
async function tokensOf(name: string): Promise<{ text: string; scopes: string[] }[]> {
	const grammars = extensions.all.flatMap(extension =>
		((extension.packageJSON.contributes?.grammars ?? []) as ContributedGrammar[])
			.filter(grammar => grammar.injectTo === undefined)
			.map(({ scopeName, path }) => ({ scopeName, path: join(extension.extensionPath, path) })),
	);
	const grammar = await createRegistry(grammars).loadGrammar('text.html.article');
	assert.ok(grammar, 'no grammar text.html.article');
	let stack: Parameters<typeof grammar.tokenizeLine>[1] = null;
	const text = readFileSync(join(ARCHIVE, name), 'utf8');
	return text.split('\n').flatMap(line => {
		const result = grammar.tokenizeLine(line, stack);
		stack = result.ruleStack;
		return result.tokens.map(({ startIndex, endIndex, scopes }) => ({
			text: line.slice(startIndex, endIndex),
			scopes,
		}));
	});
}

function assertScope(tokens: Awaited<ReturnType<typeof tokensOf>>, text: string, ...scopes: string[]): void {
	const token = tokens.find(
		candidate => candidate.text === text && scopes.every(scope => candidate.scopes.includes(scope)),
	);
	const found = tokens.filter(candidate => candidate.text === text).map(candidate => candidate.scopes.join(' '));
	assert.ok(token, `“${text}” has not ${scopes.join(' ')}, but:\n${found.join('\n')}`);
}

describe('the grammar, together with those bundled with VS Code', () => {
	it('highlights HTML in the body, and notes in it', async () => {
		const tokens = await tokensOf('articles/harbour/1001_night-ferry.md');
		assertScope(tokens, '1639640221000', 'constant.numeric.timestamp.article');
		assertScope(tokens, 'figure', 'meta.body.article', 'entity.name.tag.html');
		assertScope(tokens, 'href', 'meta.body.article', 'entity.other.attribute-name.html');
		assertScope(tokens, 'mark', 'meta.body.article', 'entity.name.tag.html');
		assertScope(tokens, 'question', 'meta.note.article', 'keyword.other.note.question.article');
		assertScope(tokens, 'mara', 'meta.note.article', 'variable.other.person.note.article');
		assertScope(tokens, 'footer', 'meta.body.article', 'entity.name.tag.html');
		// The last tag of the line is still a tag, so no scope before it was left open.
		const last = tokens.filter(token => token.text === 'footer').at(-1);
		assert.ok(last?.scopes.includes('entity.name.tag.html'));
	});

	it('embeds YAML in front matter', async () => {
		const tokens = await tokensOf('articles/harbour/2023-05-14-front-matter.md');
		assertScope(tokens, 'title', 'meta.embedded.block.frontmatter', 'entity.name.tag.yaml');
		assertScope(tokens, 'h2', 'meta.body.article', 'entity.name.tag.html');
		assertScope(tokens, 'units', 'meta.note.article', 'entity.name.tag.note.article');
	});

	it('keeps Chinese text in place', async () => {
		const tokens = await tokensOf('articles/harbour/1002_渡轮复航.txt');
		assertScope(tokens, 'NaN', 'constant.language.nan.article');
		assertScope(tokens, '渡轮[三号线]复航', 'entity.name.section.article');
		assertScope(tokens, 'noscript', 'meta.body.article', 'entity.name.tag.html');
	});
});
