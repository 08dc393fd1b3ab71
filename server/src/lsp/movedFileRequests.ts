import { type CancellationToken, MessageType } from 'vscode-languageserver';
import { toWorkspaceEdit } from '../languageFeatures/workspaceEdit.ts';
import { ARCHIVE_COMMANDS } from '../protocol/commands.ts';
import type { Service } from '../service.ts';
import { type OpenDocuments, versionIn } from '../services/documents.ts';
import type { MovedReferences } from '../services/movedFiles.ts';
import { capital } from '../util/labels.ts';
import { counted } from '../util/words.ts';
import type { Attempt } from './answer.ts';
import type { ClientSupport } from './capabilities.ts';
import type { RemoteClient } from './client.ts';
import type { Commands } from './commands.ts';

/** Registers the command that updates what refers to files that other programs moved. */
export function serveMovedFiles(
	remote: RemoteClient,
	attempt: Attempt,
	service: Pick<Service, 'movedReferences'>,
	store: OpenDocuments,
	commands: Commands,
	client: () => ClientSupport,
): void {
	async function find(
		uri: string | undefined,
		token: CancellationToken,
		warnings = new Set<string>(),
	): Promise<MovedReferences> {
		const found = await service.movedReferences(uri, warning => warnings.add(warning), token);
		for (const warning of warnings) remote.show(MessageType.Warning, warning);
		return client().movesFiles ? found : { ...found, moves: [], count: found.count - found.moves.length };
	}

	async function update(uri: string | undefined, token: CancellationToken): Promise<void> {
		if (!client().trusted) {
			remote.show(MessageType.Warning, 'References in other files can only be updated in a trusted workspace.');
			return;
		}
		const { changes, moves, count, uncertain } = await find(uri, token);
		const left = uncertain > 0 ? ` ${leftOver(uncertain)}` : '';
		if (changes.length + moves.length === 0) {
			remote.show(
				MessageType.Info,
				`Nothing in the archive refers to a file that is certain to have been moved.${left}`,
			);
			return;
		}
		const work = [
			...(changes.length > 0
				? [`update ${counted(count - moves.length, 'reference')} to moved files in ${counted(changes.length, 'file')}`]
				: []),
			...(moves.length > 0 ? [`rename ${counted(moves.length, 'sidecar file')}`] : []),
		].join(' and ');
		const yes = 'Update';
		const question = `${capital(work)}?${left}`;
		if ((await remote.choose(MessageType.Info, question, [yes, 'Cancel'])) !== yes) return;
		// Files may have changed in the meantime, so everything is looked up again.
		const now = await find(uri, token);
		const current = now.changes.filter(({ document }) => !store.isOutdated(document));
		const versioned = client().codeActions?.versionedEdits === true;
		const edit = toWorkspaceEdit(current, versioned, versionIn(store), now.moves);
		const label = 'Update references to moved files';
		const reason = await remote.applyEdit({ label, edit, metadata: { isRefactoring: true } });
		if (reason !== undefined) remote.show(MessageType.Error, `The references were not updated: ${reason}.`);
	}

	const { updateMovedFiles } = ARCHIVE_COMMANDS;
	commands.set(updateMovedFiles, ([uri], token) =>
		attempt(updateMovedFiles, 'the archive', token, () => update(typeof uri === 'string' ? uri : undefined, token)),
	);
}

function leftOver(count: number): string {
	return count === 1
		? '1 more is not certain: use the quick fixes of its problem.'
		: `${count} more are not certain: use the quick fixes of their problems.`;
}
