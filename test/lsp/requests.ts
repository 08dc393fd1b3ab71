import type { Random } from '../bench/random.ts';

/** All requests of a client about a document, except commands. */
export const METHODS = [
	'textDocument/documentSymbol',
	'textDocument/diagnostic',
	'textDocument/hover',
	'textDocument/documentLink',
	'textDocument/foldingRange',
	'textDocument/selectionRange',
	'textDocument/codeAction',
	'textDocument/codeLens',
	'textDocument/completion',
	'textDocument/definition',
	'textDocument/references',
	'textDocument/documentHighlight',
	'textDocument/prepareRename',
	'textDocument/rename',
	'textDocument/formatting',
	'textDocument/rangeFormatting',
	'textDocument/linkedEditingRange',
	'textDocument/inlayHint',
	'textDocument/semanticTokens/full',
	'textDocument/semanticTokens/range',
	'workspace/symbol',
	'workspace/willRenameFiles',
	'marginalia/annotations',
	'marginalia/annotatedArticles',
	'marginalia/linkStatus',
	'marginalia/reader',
	'marginalia/readerLink',
	'marginalia/readerImage',
	'marginalia/markup',
	'marginalia/paste',
	'marginalia/insertFiles',
	'marginalia/tagClosing',
	'marginalia/newArticle',
	'marginalia/furniture',
	'marginalia/withoutFurniture',
	'marginalia/selectors',
	'marginalia/selectorReach',
] as const;

/** Valid parameters for each of these methods. */
export function paramsFor(uri: string, random: Random): object {
	const position = { line: random.below(9), character: random.below(90) };
	const end = { line: position.line + random.below(3), character: random.below(90) };
	const range = { start: position, end };
	return {
		textDocument: { uri },
		position,
		positions: [position],
		range,
		markup: random.percent(50) ? 'bold' : 'comment',
		context: { diagnostics: [], includeDeclaration: true },
		options: { tabSize: 2, insertSpaces: random.percent(50) },
		newName: random.token(4),
		query: random.percent(50) ? 'boat' : '',
		files: [
			{
				oldUri: uri,
				newUri: `${uri}.moved.md`,
				name: 'quay.png',
				type: 'image/png',
				content: { size: 3, sha256: 'ab' },
			},
		],
		reader: 'side',
		cursors: [position],
		href: 'other.md',
		url: 'http://127.0.0.1:1/quay.png',
		html: '<p>pasted</p>',
		text: 'pasted',
		folder: uri.slice(0, uri.lastIndexOf('/')),
		source: 'https://quay.example/1',
		title: 'Quay',
		ranges: [range],
		destination: {},
		overwriteBehavior: 'nameIncrementally',
		version: 1 + random.below(3),
		parts: [random.below(3)],
		selectors: ['p', '.share'],
	};
}
