import { CancellationToken } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parseDocument } from '../../../server/src/article/article.ts';
import { buildOutline } from '../../../server/src/article/outline.ts';
import { NO_FILES } from '../../../server/src/platform.ts';
import { createService } from '../../../server/src/service.ts';
import type { Contender } from './contender.ts';

/** The engine as it is shipped, over a file system without files: the peers look at none either. */
const service = createService({
	files: NO_FILES,
	now: () => Date.UTC(2026, 0, 1),
});

/** Everything that an editor shows after a change: diagnostics, outline and links, as it is sent. */
async function all(document: TextDocument): Promise<number> {
	const diagnostics = await service.diagnostics(document, CancellationToken.None);
	const links = await service.documentLinks(document, false, CancellationToken.None);
	const symbols = await service.documentSymbols(document);
	return diagnostics.length + symbols.length + links.length;
}

/** The whole offline check of a file; in the editor, what is left of it after a change. */
export const contender: Contender = {
	async check({ uri, text }) {
		const parsed = parseDocument(text);
		if (parsed.kind === 'list') return parsed.entries.length;
		const { content, figures, links } = parsed;
		const { problems } = await service.check(uri, parsed, CancellationToken.None);
		return content.value.length + figures.length + links.length + buildOutline(parsed).length + problems.length;
	},
	async open({ uri, text }) {
		let document = TextDocument.create(uri, 'article', 1, text);
		await all(document);
		return ({ offset, removed, inserted }) => {
			const range = { start: document.positionAt(offset), end: document.positionAt(offset + removed) };
			document = TextDocument.update(document, [{ range, text: inserted }], document.version + 1);
			return all(document);
		};
	},
};
