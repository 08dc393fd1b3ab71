import { type Range, type SemanticTokens, SemanticTokensBuilder, type TextDocument, window } from 'vscode';
import type { SemanticTokensMiddleware, StaticFeature } from 'vscode-languageclient';

/**
 * Requests semantic tokens only for what is visible. VS Code draws a line again with all of its tokens for each row that it is
 * wrapped into, so typing in a long line would take longer with each token that the line has.
 */
export const requestVisibleTokens: StaticFeature = {
	fillClientCapabilities({ textDocument }) {
		if (textDocument?.semanticTokens) textDocument.semanticTokens.requests.full = false;
	},
	initialize() {},
	getState: () => ({ kind: 'static' }),
	clear() {},
};

/** Provides the tokens of a range, and those of what other editors show of its lines, since they would lose theirs. */
export const visibleTokens: SemanticTokensMiddleware = {
	async provideDocumentRangeSemanticTokens(document, range, token, next) {
		const ranges = [range, ...shownElsewhere(document, range)];
		const answers = await Promise.all(ranges.map(async part => await next(document, part, token)));
		const [first] = answers;
		return first && answers.length > 1 ? merge(answers.flatMap(answer => answer ?? [])) : first;
	},
};

/** Returns the other visible ranges with a line in which the range starts or ends. */
function shownElsewhere(document: TextDocument, range: Range): Range[] {
	return window.visibleTextEditors
		.filter(editor => editor.document === document)
		.flatMap(editor => editor.visibleRanges)
		.filter(
			other => !range.contains(other) && other.start.line <= range.end.line && other.end.line >= range.start.line,
		);
}

/** Merges answers, which have some tokens in common. */
function merge(answers: readonly SemanticTokens[]): SemanticTokens {
	const builder = new SemanticTokensBuilder();
	const seen = new Set<string>();
	for (const { data } of answers) {
		let [line, character] = [0, 0];
		for (let at = 0; at < data.length; at += 5) {
			const [lines = 0, characters = 0, length = 0, type = 0, modifiers = 0] = data.subarray(at, at + 5);
			line += lines;
			character = lines === 0 ? character + characters : characters;
			const place = `${line}:${character}`;
			if (seen.has(place)) continue;
			seen.add(place);
			builder.push(line, character, length, type, modifiers);
		}
	}
	return builder.build();
}
