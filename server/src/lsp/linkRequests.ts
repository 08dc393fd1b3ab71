import {
	type CancellationToken,
	LSPErrorCodes,
	MessageType,
	Position,
	ResponseError,
	TextDocumentSaveReason,
} from 'vscode-languageserver';
import { describeCounts, statusWords } from '../languageFeatures/linkWords.ts';
import type { Snapshot } from '../languageFeatures/snapshot.ts';
import type { FileSystem, Network } from '../platform.ts';
import { LINK_COMMANDS } from '../protocol/commands.ts';
import { CursorsRequest } from '../protocol/editing.ts';
import { type CheckProgress, LinkStatusChangedNotification, LinkStatusRequest } from '../protocol/links.ts';
import { onRequest } from '../protocol/method.ts';
import { SECTIONS } from '../protocol/settings.ts';
import type { OpenDocument, OpenDocuments } from '../services/documents.ts';
import type { LinkCheckOutcome } from '../services/linkChecks.ts';
import type { Links } from '../services/links.ts';
import { stackOf } from '../util/errors.ts';
import type { Documents } from './admission.ts';
import type { Answer, Perform } from './answer.ts';
import type { ClientSupport } from './capabilities.ts';
import type { RemoteClient } from './client.ts';
import type { Commands } from './commands.ts';
import type { Handlers } from './connection.ts';
import { type ShownCheck, showCheck } from './linkProgress.ts';
import { readLinkSettings } from './linkSettings.ts';
import type { Settings } from './settings.ts';

/** The settings that affect checks: Marginalia's own, and VS Code's network settings. */
const WATCHED = [SECTIONS.links, 'http'];

/** The minimum time between two notifications of new verdicts, in milliseconds. */
const INTERVAL = 400;

/** How long a client may take to tell its cursors, in milliseconds. */
const CURSORS_PATIENCE = 5000;

/** Dependencies of the handlers for link checks. */
export interface LinkServerOptions {
	readonly connection: Handlers;
	readonly remote: RemoteClient;
	readonly documents: Documents;
	readonly store: OpenDocuments;
	readonly answer: Answer;
	readonly perform: Perform;
	readonly links: Links;
	readonly files: FileSystem;
	/** The file system to which reports are written. */
	readonly cacheFiles: FileSystem;
	readonly network: Network | undefined;
	readonly commands: Commands;
	readonly settings: Settings;
	/** Called for each request, because the client is unknown before initialization. */
	readonly client: () => ClientSupport;
	/** URIs of the workspace folders. */
	readonly folders: () => readonly string[];
	/** Asks the client to request diagnostics and code lenses again. */
	readonly refresh: () => void;
}

/** Link checks of a connection. */
export interface LinkServer {
	/** Reads the settings, once the client is initialized. */
	start(): Promise<void>;
	/** Reads the settings again, after workspace trust has changed. */
	configure(): void;
	/** Resolves once the latest settings have been applied. */
	configured(): Promise<void>;
	/** Notifies the client of new verdicts. */
	changed(): void;
	/** Reports that the cache could not be written, if that is the outcome of a check. */
	reportUnsaved(outcome: LinkCheckOutcome): void;
}

/** Registers the handlers for link checks: on save, by command, status and settings. */
export function serveLinks(options: LinkServerOptions): LinkServer {
	const { connection, remote, documents, answer, perform, links, commands, settings, client, refresh } = options;
	/** Notifies the client of new verdicts, throttled. */
	const changed = throttle(INTERVAL, () => {
		refresh();
		statusChanged();
	});
	const statusChanged = throttle(INTERVAL / 4, () => remote.notify(LinkStatusChangedNotification, {}));

	/** Resolves once the latest settings have been applied; commands wait for it. */
	let configured: Promise<void> = Promise.resolve();
	const configure = (): void => {
		configured = readSettings().catch(error => remote.log.error(`Settings could not be read: ${error}`));
	};
	async function readSettings(): Promise<void> {
		const [own, http] = client().configures ? await Promise.all(WATCHED.map(section => settings.get(section))) : [];
		const before = [links.checks.refusal(), links.checks.furniture].join();
		links.checks.configure(readLinkSettings(own, http, client().trusted));
		// Verdicts may have become visible or hidden.
		if ([links.checks.refusal(), links.checks.furniture].join() !== before && documents.all().length > 0) changed();
	}
	const logged = (what: string, work: Promise<unknown>): void => {
		work.catch(error => remote.log.error(`${what} failed: ${stackOf(error)}`));
	};

	interface Check {
		readonly again: boolean;
		readonly shown?: ShownCheck;
		/** Offsets at which the user is writing. */
		readonly cursors?: readonly number[];
	}

	async function check(document: Snapshot, { again, shown, cursors }: Check): Promise<LinkCheckOutcome> {
		await configured;
		const { uri } = document;
		const cancel = (): void => links.checks.cancel(uri);
		shown?.signal.addEventListener('abort', cancel);
		const onProgress = (progress: CheckProgress): void => {
			shown?.onProgress(progress);
			if (progress.done > 0) changed();
			else statusChanged();
		};
		try {
			const outcome = await links.check(document, { again, onProgress }, cursors);
			reportUnsaved(outcome);
			return outcome;
		} finally {
			shown?.done();
			changed();
		}
	}

	let complaint: string | undefined;
	/** Reports, once, that the cache could not be written. */
	function reportUnsaved(outcome: LinkCheckOutcome): void {
		const unsaved = outcome.kind === 'done' ? outcome.unsaved : undefined;
		if (unsaved !== undefined && unsaved !== complaint)
			remote.log.warn(`The link cache could not be written: ${unsaved}`);
		complaint = unsaved;
	}

	async function checkByCommand(uri: string, again: boolean, token: CancellationToken): Promise<void> {
		await perform(again ? LINK_COMMANDS.checkAgain : LINK_COMMANDS.check, uri, token, async document => {
			const shown = showCheck(remote, client(), 'Checking links', token);
			const outcome = await check(document, { again, shown });
			if (outcome.kind === 'refused') remote.show(MessageType.Warning, `${outcome.reason}.`);
			else if (outcome.kind === 'done')
				remote.show(MessageType.Info, `${describeCounts(await links.status(document))}.`);
		});
	}

	/** The documents whose pending save is automatic: after a delay, or because the editor lost the focus. */
	const automatic = new WeakSet<OpenDocument>();
	documents.onWillSave(({ document, reason }) => {
		if (reason === TextDocumentSaveReason.Manual) automatic.delete(document);
		else automatic.add(document);
	});
	/** Checks after a save by the user. An automatic save can happen in the middle of a URL. */
	async function checkSaved(document: OpenDocument): Promise<void> {
		await configured;
		if (links.checks.mode !== 'onSave' || links.checks.refusal() !== undefined) return;
		const cursors = client().tellsCursors ? await cursorsIn(document.uri) : [];
		// The text of now: the cursors are in it.
		const { snapshot } = document;
		await check(snapshot, { again: false, cursors: cursors.map(cursor => snapshot.lines.offsetAt(cursor)) });
	}
	async function cursorsIn(uri: string): Promise<readonly Position[]> {
		const cursors: unknown = await remote.request(CursorsRequest, { textDocument: { uri } }, CURSORS_PATIENCE);
		return Array.isArray(cursors) ? cursors.filter(cursor => Position.is(cursor)) : [];
	}
	documents.onDidSave(({ document }) => {
		const isAutomatic = automatic.delete(document);
		if (!isAutomatic) logged(`Checking the links of ${document.uri}`, checkSaved(document));
	});
	documents.onDidClose(statusChanged);
	onRequest(connection, LinkStatusRequest, ({ textDocument: { uri } }, token) =>
		answer(LinkStatusRequest.method, uri, token, async document => {
			await configured;
			const status = await links.status(document);
			return { ...status, ...statusWords(status, Date.now()) };
		}),
	);
	settings.onChange(WATCHED, configure);

	/** Registers a command for an open document. */
	const onDocument = (command: string, run: (uri: string, token: CancellationToken) => Promise<void>): void => {
		commands.set(command, async ([uri], token) => {
			if (typeof uri === 'string') return run(uri, token);
			throw new ResponseError(LSPErrorCodes.RequestFailed, `${command} requires the URI of an open document`);
		});
	};
	onDocument(LINK_COMMANDS.check, (uri, token) => checkByCommand(uri, false, token));
	onDocument(LINK_COMMANDS.checkAgain, (uri, token) => checkByCommand(uri, true, token));
	onDocument(LINK_COMMANDS.cancelCheck, async uri => links.checks.cancel(uri));
	commands.set(LINK_COMMANDS.clearCache, async () => {
		const refused = await links.checks.clear();
		changed();
		if (refused === undefined) remote.show(MessageType.Info, 'Link cache cleared.');
		else remote.show(MessageType.Error, `The link cache could not be cleared: ${refused}`);
	});
	commands.set(LINK_COMMANDS.openUrl, async ([address]) => {
		if (typeof address !== 'string' || !/^https?:\/\//.test(address)) return;
		if (!(await remote.showDocument({ uri: address, external: true })))
			remote.show(MessageType.Warning, `The editor did not open ${address}.`);
	});

	return {
		async start() {
			// A client without settings is configured before it opens its first document.
			configure();
			await configured;
		},
		configure,
		configured: () => configured,
		changed,
		reportUnsaved,
	};
}

/** Throttles a function: it runs immediately, but at most once per interval; further calls are delayed. */
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
