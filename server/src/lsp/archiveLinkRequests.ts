import { type CancellationToken, MessageType } from 'vscode-languageserver';
import type { LinkReport } from '../languageFeatures/linkReport.ts';
import { type DocumentEdits, toWorkspaceEdit } from '../languageFeatures/workspaceEdit.ts';
import { findArchiveRoot } from '../links/archiveRoot.ts';
import { LINK_COMMANDS } from '../protocol/commands.ts';
import { versionIn } from '../services/documents.ts';
import { stackOf } from '../util/errors.ts';
import { folderAround, folderOf, joinUri } from '../util/uri.ts';
import { counted } from '../util/words.ts';
import { showCheck } from './linkProgress.ts';
import type { LinkServer, LinkServerOptions } from './linkRequests.ts';

/** Registers the commands for the links of whole archives: checking them, and updating those that have moved. */
export function serveArchiveLinks(
	options: LinkServerOptions,
	{ configured, changed, reportUnsaved }: LinkServer,
): void {
	const { remote, store, links, files, cacheFiles, network, commands, client, folders } = options;

	/** The folder of the archive of a document, or all workspace folders. */
	async function archivesOf(uri: unknown): Promise<readonly string[]> {
		if (typeof uri !== 'string') return folders();
		return [(await findArchiveRoot(uri, files)) ?? folderAround(uri, folders()) ?? folderOf(uri)];
	}

	async function checkArchives(uri: unknown, token: CancellationToken): Promise<void> {
		const shown = showCheck(remote, client(), 'Checking links in the archive', token);
		const reports: LinkReport[] = [];
		try {
			await configured();
			for (const folder of await archivesOf(uri)) {
				const following = { again: false, signal: shown.signal, onProgress: shown.onProgress };
				const { outcome, report } = await links.checkBelow(folder, following);
				if (outcome.kind === 'refused') {
					remote.show(MessageType.Warning, `${outcome.reason}.`);
					return;
				}
				reportUnsaved(outcome);
				if (report) reports.push(report);
				if (outcome.kind === 'cancelled') break;
			}
		} finally {
			shown.done();
			changed();
		}
		// Not awaited, because it depends on the user.
		showReports(reports, shown.signal.aborted).catch(error =>
			remote.log.error(`Showing the report failed: ${stackOf(error)}`),
		);
	}

	async function showReports(reports: readonly LinkReport[], isCancelled: boolean): Promise<void> {
		const summary = reports.map(report => report.summary).join('; ') || 'No articles were found';
		const message = isCancelled ? `Cancelled. ${summary}.` : `${summary}.`;
		const folder = client().opensAddresses ? await network?.cacheFolder() : undefined;
		if (folder === undefined || reports.length === 0) {
			remote.show(MessageType.Info, message);
			return;
		}
		const show = 'Show Report';
		if ((await remote.choose(MessageType.Info, message, [show])) !== show) return;
		const uri = joinUri(folder, 'links.md');
		const text = new TextEncoder().encode(reports.map(({ markdown }) => markdown).join('\n'));
		const updated = await cacheFiles.update(uri, () => text);
		if (updated.kind === 'refused') remote.show(MessageType.Error, `The report ${updated.reason}: ${uri}`);
		else if (!(await remote.showDocument({ uri, takeFocus: true })))
			remote.show(MessageType.Info, `The report is in ${uri}.`);
	}

	async function updateMoved(uri: unknown, token: CancellationToken): Promise<void> {
		const archives = await archivesOf(uri);
		const find = async (): Promise<readonly DocumentEdits[]> =>
			(await Promise.all(archives.map(folder => links.movedBelow(folder, token)))).flat();
		const found = await find();
		const count = found.reduce((sum, { edits }) => sum + edits.length, 0);
		if (count === 0) {
			remote.show(MessageType.Info, 'No link in the archive is known to have moved.');
			return;
		}
		const question = `Update ${counted(count, 'link', 'links')} in ${counted(found.length, 'article', 'articles')}?`;
		const yes = 'Update';
		if ((await remote.choose(MessageType.Info, question, [yes, 'Cancel'])) !== yes) return;
		// Texts may have changed in the meantime, so the edits are computed again.
		const changes = (await find()).flatMap(({ document, edits }): readonly DocumentEdits[] => {
			return store.isOutdated(document) ? [] : [{ document, edits }];
		});
		const versioned = client().codeActions?.versionedEdits === true;
		const edit = toWorkspaceEdit(changes, versioned, versionIn(store));
		const reason = await remote.applyEdit({ label: 'Update moved links', edit, metadata: { isRefactoring: true } });
		if (reason !== undefined) remote.show(MessageType.Error, `The links were not updated: ${reason}.`);
	}

	commands.set(LINK_COMMANDS.checkArchive, ([uri], token) => checkArchives(uri, token));
	commands.set(LINK_COMMANDS.updateMoved, ([uri], token) => updateMoved(uri, token));
}
