import { CancellationToken } from 'vscode-languageserver';
import { buildOutline } from '../../../server/src/article/outline.ts';
import { type Snapshot, snapshotOf } from '../../../server/src/languageFeatures/snapshot.ts';
import { NO_FILES } from '../../../server/src/platform.ts';
import { createService } from '../../../server/src/service.ts';
import type { Contender } from './contender.ts';

/** The shipped engine with an empty file system, since the peers do not access files either. */
const service = createService({
	files: NO_FILES,
	now: () => Date.UTC(2026, 0, 1),
});

/** Everything an editor shows after a change, as sent over LSP: diagnostics, outline and links. */
async function all(document: Snapshot): Promise<number> {
	const diagnostics = await service.diagnostics(document, CancellationToken.None);
	const links = await service.documentLinks(document, false, CancellationToken.None);
	const symbols = await service.documentSymbols(document);
	return diagnostics.length + symbols.length + links.length;
}

/** The complete offline check of a file, and the part of it that an editor repeats after each change. */
export const contender: Contender = {
	async check({ uri, text }) {
		const document = snapshotOf(uri, text);
		const { parsed } = document;
		if (parsed.kind === 'list') return parsed.entries.length;
		const { content, figures, links } = parsed;
		const { problems } = await service.check(document, CancellationToken.None);
		return content.value.length + figures.length + links.length + buildOutline(parsed).length + problems.length;
	},
	async open({ uri, text }) {
		const opened = service.documents.open(uri, 'article', 1, text);
		await all(opened.snapshot);
		return ({ offset, removed, inserted }) => {
			const { version, text: before } = opened.snapshot;
			const after = before.slice(0, offset) + inserted + before.slice(offset + removed);
			service.documents.change(opened, version + 1, after);
			return all(opened.snapshot);
		};
	},
};
