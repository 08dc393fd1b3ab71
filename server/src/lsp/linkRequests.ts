import {
	type CancellationToken,
	type Connection,
	LSPErrorCodes,
	NotificationType,
	NotificationType0,
	RequestType,
	ResponseError,
	type TextDocumentIdentifier,
	type TextDocuments,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { LinkStatus, Outcome } from '../features/linkChecks.ts';
import {
	CANCEL_CHECK_COMMAND,
	CHECK_AGAIN_COMMAND,
	CHECK_ARCHIVE_COMMAND,
	CHECK_COMMAND,
	CLEAR_CACHE_COMMAND,
	OPEN_ADDRESS_COMMAND,
	UPDATE_MOVED_COMMAND,
} from '../features/linkCommands.ts';
import type { LinkReport } from '../features/linkReport.ts';
import type { Links } from '../features/links.ts';
import { describeCounts, plural, type StatusWords, statusWords } from '../features/linkWords.ts';
import { toWorkspaceEdit } from '../features/workspaceEdit.ts';
import { findArchiveRoot } from '../links/archiveRoot.ts';
import { folderOf } from '../links/local.ts';
import type { Progress } from '../links/network/checker.ts';
import type { FileSystem, Network } from '../platform.ts';
import type { Answer } from './answer.ts';
import type { Client } from './capabilities.ts';
import type { Commands } from './commands.ts';
import { readLinkSettings } from './linkSettings.ts';
import { showProgress } from './progress.ts';
import type { Settings } from './settings.ts';

/** `marginalia/linkStatus`: what is known of the links and images of an open document. */
export const LinkStatusRequest = new RequestType<
	{ readonly textDocument: TextDocumentIdentifier },
	LinkStatus & StatusWords,
	void
>('marginalia/linkStatus');

/** `marginalia/linkStatusChanged`, to the client: what is known of links and images is no longer what it was. */
export const LinkStatusChanged = new NotificationType0('marginalia/linkStatusChanged');

/** `marginalia/workspaceTrust`, from the client: whether the user trusts what is open. */
export const WorkspaceTrust = new NotificationType<{ readonly trusted: boolean }>('marginalia/workspaceTrust');

/** How a user wants to be told of a check that lasts. */
interface Shown {
	readonly signal: AbortSignal;
	readonly onProgress: (progress: Progress) => void;
	done(): void;
}

/** The settings that matter. */
const SECTIONS = ['marginalia.links', 'http'];

/** Time between two messages about a check that is under way, in milliseconds. */
const INTERVAL = 400;

/** Time after which a check that a user asked for is shown, in milliseconds. */
const PATIENCE = 1000;

/** What is needed to bind checks over the network. */
export interface LinkServerOptions {
	readonly connection: Connection;
	readonly documents: TextDocuments<TextDocument>;
	readonly answer: Answer;
	readonly links: Links;
	readonly files: FileSystem;
	readonly network: Network | undefined;
	readonly commands: Commands;
	readonly settings: Settings;
	/** Asked for each request, since it is known only once initialized. */
	readonly client: () => Client;
	/** URIs of the folders that are open. */
	readonly folders: () => readonly string[];
	/** Has the client ask for diagnostics and lenses again. */
	readonly refresh: () => void;
}

/** Checks over the network as a client sees them. */
export interface LinkServer {
	/** Reads the settings, once the client is known. */
	start(): Promise<void>;
}

/** Binds checks over the network: on save, by command, their status and settings. */
export function serveLinks(options: LinkServerOptions): LinkServer {
	const { connection, documents, answer, links, files, network, commands, settings, client, folders, refresh } =
		options;
	let trusted: boolean | undefined;
	/** Tells of new verdicts, as often as it does any good. */
	const changed = throttle(INTERVAL, () => {
		refresh();
		statusChanged();
	});
	const statusChanged = throttle(INTERVAL / 4, () => void connection.sendNotification(LinkStatusChanged));

	/** Ends once the latest settings are known; commands wait for that. */
	let configured: Promise<void> = Promise.resolve();
	const configure = (): void => {
		configured = readSettings().catch(error => connection.console.error(`Settings could not be read: ${error}`));
	};
	async function readSettings(): Promise<void> {
		const [own, http] = client().configures ? await Promise.all(SECTIONS.map(section => settings.get(section))) : [];
		const before = links.checks.refusal();
		links.checks.configure(readLinkSettings(own, http, trusted ?? client().trusted));
		// What is shown of documents was found without what may be known now.
		if (links.checks.refusal() !== before && documents.all().length > 0) changed();
	}
	const logged = (what: string, work: Promise<unknown>): void => {
		work.catch(error =>
			connection.console.error(`${what} failed: ${(error instanceof Error && error.stack) || error}`),
		);
	};

	async function check(document: TextDocument, again: boolean, shown?: Shown): Promise<Outcome> {
		await configured;
		const { uri } = document;
		const cancel = (): void => links.checks.cancel(uri);
		shown?.signal.addEventListener('abort', cancel);
		const onProgress = (progress: Progress): void => {
			shown?.onProgress(progress);
			if (progress.done > 0) changed();
			else statusChanged();
		};
		try {
			const outcome = await links.check(document, { again, onProgress });
			complainIfUnsaved(outcome);
			return outcome;
		} finally {
			shown?.done();
			changed();
		}
	}

	function complainIfUnsaved(outcome: Outcome): void {
		if (outcome.kind === 'done' && outcome.unsaved !== undefined)
			connection.console.warn(`What was found out of links is not kept: ${outcome.unsaved}`);
	}

	/** Shows a check once it takes long. */
	function show(title: string, token: CancellationToken): Shown {
		const controller = new AbortController();
		const cancel = (): void => controller.abort();
		token.onCancellationRequested(cancel);
		const progress = showProgress(connection, client().showsProgress, title, PATIENCE, true);
		progress.onCancel(cancel);
		let next = 0;
		return {
			signal: controller.signal,
			onProgress({ done, total, broken }) {
				if (done < total && performance.now() < next) return;
				next = performance.now() + INTERVAL;
				const counts = `${done.toLocaleString('en')} of ${total.toLocaleString('en')}`;
				const percentage = total === 0 ? 100 : Math.floor((100 * done) / total);
				progress.report(`${counts}${broken > 0 ? `, ${broken} broken` : ''}`, percentage);
			},
			done: progress.done,
		};
	}

	async function checkByCommand(uri: string, again: boolean, token: CancellationToken): Promise<void> {
		await answer(again ? CHECK_AGAIN_COMMAND : CHECK_COMMAND, uri, token, async document => {
			const outcome = await check(document, again, show('Checking links', token));
			if (outcome.kind === 'refused') connection.window.showWarningMessage(`${outcome.reason}.`);
			else if (outcome.kind === 'done')
				connection.window.showInformationMessage(`${describeCounts(await links.status(document))}.`);
		});
	}

	/** The folder of the archive of a document, or all folders that are open. */
	async function archivesOf(uri: unknown): Promise<readonly string[]> {
		if (typeof uri !== 'string') return folders();
		return [(await findArchiveRoot(uri, files)) ?? folders().find(folder => uri.startsWith(folder)) ?? folderOf(uri)];
	}

	async function checkArchives(uri: unknown, token: CancellationToken): Promise<void> {
		const shown = show('Checking links of the archive', token);
		const reports: LinkReport[] = [];
		try {
			await configured;
			for (const folder of await archivesOf(uri)) {
				const following = { again: false, signal: shown.signal, onProgress: shown.onProgress };
				const { outcome, report } = await links.checkBelow(folder, following);
				if (outcome.kind === 'refused') {
					connection.window.showWarningMessage(`${outcome.reason}.`);
					return;
				}
				complainIfUnsaved(outcome);
				if (report) reports.push(report);
				if (outcome.kind === 'cancelled') break;
			}
		} finally {
			shown.done();
			changed();
		}
		// Nobody waits for the user to read it.
		logged('Showing the report', showReports(reports, shown.signal.aborted));
	}

	async function showReports(reports: readonly LinkReport[], isCancelled: boolean): Promise<void> {
		const summary = reports.map(report => report.summary).join('; ') || 'No articles were found';
		const message = isCancelled ? `Cancelled. ${summary}.` : `${summary}.`;
		const folder = client().opensAddresses ? await network?.cacheFolder() : undefined;
		if (folder === undefined || reports.length === 0) {
			connection.window.showInformationMessage(message);
			return;
		}
		const choice = await connection.window.showInformationMessage(message, { title: 'Show Report' });
		if (!choice) return;
		const uri = `${folder}/links.md`;
		const text = new TextEncoder().encode(reports.map(({ markdown }) => markdown).join('\n'));
		const updated = await files.update(uri, () => text);
		if (updated.kind === 'refused') connection.window.showErrorMessage(`The report ${updated.reason}: ${uri}`);
		else await connection.window.showDocument({ uri, takeFocus: true });
	}

	async function updateMoved(uri: unknown, token: CancellationToken): Promise<void> {
		const found = await Promise.all((await archivesOf(uri)).map(folder => links.movedBelow(folder, token)));
		const changes = found.flat();
		const count = changes.reduce((sum, { edits }) => sum + edits.length, 0);
		if (count === 0) {
			connection.window.showInformationMessage('No link of the archive is known to have moved.');
			return;
		}
		const question = `Update ${plural(count, 'link', 'links')} in ${plural(changes.length, 'article', 'articles')}?`;
		const yes = { title: 'Update' };
		if ((await connection.window.showInformationMessage(question, yes, { title: 'Cancel' }))?.title !== yes.title)
			return;
		const versioned = client().codeActions?.versionedEdits === true;
		const current = changes.map(({ document, edits }) => ({
			document: documents.get(document.uri) ?? document,
			edits,
		}));
		const edit = toWorkspaceEdit(current, versioned, ({ uri: target }) => documents.get(target) !== undefined);
		const { applied, failureReason } = await connection.workspace.applyEdit({
			label: 'Update moved links',
			edit,
			metadata: { isRefactoring: true },
		});
		if (!applied)
			connection.window.showErrorMessage(
				`The links were not updated: ${failureReason ?? 'the editor gave no reason'}.`,
			);
	}

	documents.onDidSave(({ document }) => {
		const checkSaved = async (): Promise<unknown> => {
			await configured;
			return links.checks.mode === 'onSave' ? check(document, false) : undefined;
		};
		logged(`Checking the links of ${document.uri}`, checkSaved());
	});
	documents.onDidClose(statusChanged);
	connection.onRequest(LinkStatusRequest, ({ textDocument: { uri } }, token) =>
		answer(LinkStatusRequest.method, uri, token, async document => {
			await configured;
			const status = await links.status(document);
			return { ...status, ...statusWords(status, Date.now()) };
		}),
	);
	connection.onNotification(WorkspaceTrust, params => {
		trusted = params.trusted;
		configure();
	});
	settings.onChange(SECTIONS, configure);

	/** Adds a command that works on an open document. */
	const onDocument = (command: string, run: (uri: string, token: CancellationToken) => Promise<void>): void => {
		commands.set(command, async ([uri], token) => {
			if (typeof uri === 'string') return run(uri, token);
			throw new ResponseError(LSPErrorCodes.RequestFailed, `${command} needs the address of an open document`);
		});
	};
	onDocument(CHECK_COMMAND, (uri, token) => checkByCommand(uri, false, token));
	onDocument(CHECK_AGAIN_COMMAND, (uri, token) => checkByCommand(uri, true, token));
	onDocument(CANCEL_CHECK_COMMAND, async uri => links.checks.cancel(uri));
	commands.set(CHECK_ARCHIVE_COMMAND, ([uri], token) => checkArchives(uri, token));
	commands.set(UPDATE_MOVED_COMMAND, ([uri], token) => updateMoved(uri, token));
	commands.set(CLEAR_CACHE_COMMAND, async () => {
		const refused = await links.checks.clear();
		changed();
		if (refused === undefined) connection.window.showInformationMessage('All that was known of links is forgotten.');
		else connection.window.showErrorMessage(`The link cache could not be emptied: ${refused}`);
	});
	commands.set(OPEN_ADDRESS_COMMAND, async ([address]) => {
		if (typeof address === 'string' && /^https?:\/\//.test(address))
			await connection.window.showDocument({ uri: address, external: true });
	});

	return {
		async start() {
			// A client without settings is known before its first document comes.
			configure();
			await configured;
		},
	};
}

/** A function that does its work at once, but not more often than every so many milliseconds: what comes between is done later. */
function throttle(milliseconds: number, work: () => void): () => void {
	let timer: ReturnType<typeof setTimeout> | undefined;
	let isWaiting = false;
	const run = (): void => {
		if (timer !== undefined) {
			isWaiting = true;
			return;
		}
		work();
		timer = setTimeout(() => {
			timer = undefined;
			if (!isWaiting) return;
			isWaiting = false;
			run();
		}, milliseconds);
	};
	return run;
}
