import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { extensions } from 'vscode';
import { createRegistry } from 'vscode-tmgrammar-test/dist/common/index.js';
import { ARCHIVE } from '../support.ts';

/** What the manifest of an extension says of a grammar. */
interface ContributedGrammar {
	readonly scopeName: string;
	readonly path: string;
	readonly injectTo?: string[];
}

/** The scopes of each piece of a file, by the grammars of this very VS Code. */
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

describe('grammar, with those that VS Code brings', () => {
	it('colours HTML in the body, and notes in that', async () => {
		const tokens = await tokensOf('articles/harbour/1001_night-ferry.md');
		assertScope(tokens, '1639640221000', 'constant.numeric.timestamp.article');
		assertScope(tokens, 'figure', 'meta.body.article', 'entity.name.tag.html');
		assertScope(tokens, 'href', 'meta.body.article', 'entity.other.attribute-name.html');
		assertScope(tokens, 'mark', 'meta.body.article', 'entity.name.tag.html');
		assertScope(tokens, 'question', 'meta.note.article', 'keyword.other.note.question.article');
		assertScope(tokens, 'mara', 'meta.note.article', 'variable.other.person.note.article');
		assertScope(tokens, 'footer', 'meta.body.article', 'entity.name.tag.html');
		// The last tag of the line still is a tag, so nothing before it ran away.
		const last = tokens.filter(token => token.text === 'footer').at(-1);
		assert.ok(last?.scopes.includes('entity.name.tag.html'));
	});

	it('embeds YAML in front matter', async () => {
		const tokens = await tokensOf('articles/harbour/2023-05-14-front-matter.md');
		assertScope(tokens, 'title', 'meta.embedded.block.frontmatter', 'entity.name.tag.yaml');
		assertScope(tokens, 'h2', 'meta.body.article', 'entity.name.tag.html');
		assertScope(tokens, 'units', 'meta.note.article', 'entity.name.tag.note.article');
	});

	it('keeps text in Chinese in its place', async () => {
		const tokens = await tokensOf('articles/harbour/1002_渡轮复航.txt');
		assertScope(tokens, 'NaN', 'constant.language.nan.article');
		assertScope(tokens, '渡轮[三号线]复航', 'entity.name.section.article');
		assertScope(tokens, 'noscript', 'meta.body.article', 'entity.name.tag.html');
	});
});
