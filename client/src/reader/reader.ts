import * as vscode from 'vscode';
import { AnnotationsChangedNotification } from '../../../server/src/protocol/annotations.ts';
import { type ArticlePlace, EXTENSION_COMMANDS } from '../../../server/src/protocol/commands.ts';
import {
	type ReaderAnswer,
	ReaderClosedNotification,
	type ReaderHead,
	ReaderImageRequest,
	ReaderRequest,
} from '../../../server/src/protocol/reader.ts';
import { SECTIONS } from '../../../server/src/protocol/settings.ts';
import type { Notes } from '../annotations/change.ts';
import { isArticle } from '../article/documents.ts';
import { cursorsIn } from '../lsp/cursors.ts';
import type { Server } from '../lsp/server.ts';
import { changesOf, followOffsets, type Offsets } from '../util/offsets.ts';
import { createRefresher } from '../util/refresher.ts';
import { annotatePassage, placeOfNote } from './annotate.ts';
import { copyQuotation } from './copyQuotation.ts';
import { type Editors, watchEditors } from './editors.ts';
import { followLink } from './followLink.ts';
import { withLocalPictures } from './localPictures.ts';
import {
	type HostCommand,
	type HostMessage,
	type PageCommand,
	type PageMessage,
	readPageMessage,
	type Status,
} from './page/messages.ts';
import { createPageDocument, type PageDocument } from './pageDocument.ts';
import type { Places, ToggledFolds } from './readingPlaces.ts';
import { readSettings } from './settings.ts';
import { EMPTY, failed, LOADING, listStatus, notRunning } from './statuses.ts';

/** Debounce delay for redrawing an edited article, in milliseconds. */
const QUIET_MS = 120;

/** State shared by all readers of a window. */
export interface ReaderContext {
	readonly extensionUri: vscode.Uri;
	readonly server: Server;
	readonly log: vscode.LogOutputChannel;
	/** Returns the services for notes. */
	notes(): Notes;
	readonly places: Places;
	readonly folds: ToggledFolds;
	/** Articles whose remote images the user has loaded in this session. */
	readonly loaded: Set<string>;
	/** Runs a command requested by a page. */
	run(command: HostCommand, reader: Reader): void;
}

/**
 * A webview that shows an article: the view in the side bar, or an editor tab. It keeps only the URI of the article. The
 * content is requested from the server as patches, and discarded with the page.
 */
export class Reader implements vscode.Disposable {
	readonly #context: ReaderContext;
	readonly #webview: vscode.Webview;
	readonly #document: PageDocument;
	/** Identifies this reader to the server. */
	readonly #name = crypto.randomUUID();
	readonly #listeners: vscode.Disposable[];
	readonly #changed = new vscode.EventEmitter<void>();
	#uri: vscode.Uri | undefined;
	#isPinned = false;
	/** Whether the page has loaded and listens for messages. */
	#isReady = false;
	/** The document version that the page shows. */
	#has: number | undefined;
	#head: ReaderHead | undefined;
	/** Whether images are left out until the cursor has left their address. */
	#awaits = false;
	#editors: Editors | undefined;
	#offsets: Offsets = followOffsets();
	readonly #refresher = createRefresher(() => this.#refresh().catch(error => this.#fail(error)));

	constructor(context: ReaderContext, webview: vscode.Webview) {
		this.#context = context;
		this.#webview = webview;
		this.#document = createPageDocument(webview, context.extensionUri);
		this.#listeners = [
			webview.onDidReceiveMessage(data => {
				const message = readPageMessage(data);
				if (message) this.#receive(message).catch(error => this.#fail(error));
				else context.log.warn('Invalid message from the reader');
			}),
			vscode.workspace.onDidChangeTextDocument(event => {
				if (!this.#isShown(event.document) || event.contentChanges.length === 0) return;
				this.#offsets.changed(event.document.version, changesOf(event));
				this.#refreshSoon(QUIET_MS);
			}),
			vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
				if (this.#awaits && this.#isShown(textEditor.document)) this.#refreshSoon(QUIET_MS);
			}),
			vscode.window.onDidChangeVisibleTextEditors(() => {
				if (this.#awaits) this.#refreshSoon(QUIET_MS);
			}),
			vscode.workspace.onDidOpenTextDocument(document => {
				if (this.#isShown(document)) this.#refreshSoon(0);
			}),
			vscode.workspace.onDidChangeConfiguration(change => {
				if (change.affectsConfiguration(SECTIONS.reader)) this.#settingsChanged();
			}),
			vscode.workspace.onDidGrantWorkspaceTrust(() => this.#settingsChanged()),
			context.server.onNotification(AnnotationsChangedNotification, ({ uri }) => {
				if (uri === this.#uri?.toString()) this.#refreshSoon(0);
			}),
			context.server.onDidChangeState(state => {
				this.#has = undefined;
				if (state === 'running' || state === 'failed') this.#refreshSoon(0);
			}),
		];
		this.#load();
	}

	/** The article that is shown. */
	get uri(): vscode.Uri | undefined {
		return this.#uri;
	}

	/** The head of the article, shown above its text. */
	get head(): ReaderHead | undefined {
		return this.#head;
	}

	/** Whether it keeps showing its article when another editor becomes active. */
	get isPinned(): boolean {
		return this.#isPinned;
	}

	set isPinned(isPinned: boolean) {
		this.#isPinned = isPinned;
		this.#remember();
		this.#changed.fire();
	}

	/** Fires when the article, its title, or the pinned state changes. */
	get onDidChange(): vscode.Event<void> {
		return this.#changed.event;
	}

	/** Shows an article. */
	show(uri: vscode.Uri): void {
		if (this.#uri?.toString() === uri.toString()) return;
		this.#forget();
		this.#uri = uri;
		this.#head = undefined;
		this.#offsets = followOffsets();
		this.#editors?.dispose();
		this.#editors = watchEditors(
			uri,
			() => this.#settings().sync,
			(offset, why) => {
				if (this.#isReady) this.#post({ type: 'reveal', offset, why });
				else if (why === 'scroll') this.#context.places.set(uri.toString(), offset);
			},
		);
		this.#remember();
		this.#changed.fire();
		if (!this.#load()) this.#refreshSoon(0);
	}

	/** Runs a command in the page. */
	command(command: PageCommand): void {
		this.#post({ type: 'run', command });
	}

	/** Loads the remote images of the article. */
	loadImages(): void {
		if (!this.#uri) return;
		this.#context.loaded.add(this.#uri.toString());
		this.#settingsChanged();
	}

	/** Called when the webview is hidden. VS Code then discards the page. */
	hidden(): void {
		this.#isReady = false;
		this.#forget();
		this.#context.places.save();
	}

	/** Requests the whole article again. */
	refresh(): void {
		this.#has = undefined;
		this.#refreshSoon(0);
	}

	dispose(): void {
		this.hidden();
		this.#refresher.dispose();
		this.#editors?.dispose();
		for (const listener of this.#listeners) listener.dispose();
		this.#changed.dispose();
	}

	#isShown(document: vscode.TextDocument): boolean {
		return document.uri.toString() === this.#uri?.toString();
	}

	#settings(): ReturnType<typeof readSettings> {
		return readSettings(this.#uri, this.#context.loaded.has(this.#uri?.toString() ?? ''));
	}

	/** Replaces the page's document if it no longer fits. Returns whether it did. */
	#load(): boolean {
		if (!this.#document.load(this.#uri, this.#settings().pictures === 'shown')) return false;
		this.#isReady = false;
		return true;
	}

	#settingsChanged(): void {
		if (!this.#load()) this.#post({ type: 'settings', settings: this.#settings() });
	}

	#post(message: HostMessage): void {
		if (this.#isReady) void this.#webview.postMessage(message);
	}

	#status(status: Status): void {
		this.#has = undefined;
		this.#post({ type: 'status', status });
	}

	#remember(): void {
		if (this.#uri) this.#post({ type: 'remember', state: { uri: this.#uri.toString(), pinned: this.#isPinned } });
	}

	#fail(error: unknown): void {
		this.#context.log.error('The reader failed', error instanceof Error ? error : String(error));
		this.#status(failed(error));
	}

	/** Tells the server that its last response is no longer shown. */
	#forget(): void {
		if (this.#has === undefined || !this.#uri) return;
		this.#has = undefined;
		this.#closed(this.#uri);
	}

	#closed(uri: vscode.Uri): void {
		const params = { textDocument: { uri: uri.toString() }, reader: this.#name };
		this.#context.server.notify(ReaderClosedNotification, params);
	}

	#refreshSoon(delay: number): void {
		if (this.#isReady) this.#refresher.schedule(delay);
	}

	/** Updates the page to the current version of the article. */
	async #refresh(): Promise<void> {
		if (!this.#isReady) return;
		const uri = this.#uri;
		if (!uri) return this.#status(EMPTY);
		const { server } = this.#context;
		if (this.#has === undefined) this.#status(LOADING);
		const document = await vscode.workspace.openTextDocument(uri);
		// Once recognised, it is reopened as an article and shown then.
		if (!isArticle(document)) return this.#status(EMPTY);
		if (server.state === 'failed' || server.state === 'stopped') return this.#status(notRunning());
		const has = this.#has;
		const answer = await server.request(ReaderRequest, {
			textDocument: { uri: uri.toString() },
			reader: this.#name,
			// Whoever opens the reader is not typing.
			...(has === undefined ? {} : { has, cursors: cursorsIn(uri.toString()) }),
		});
		if (!answer) return;
		// The page no longer needs this response.
		if (this.#uri !== uri || !this.#isReady) return this.#closed(uri);
		this.#draw(withLocalPictures(answer, this.#webview, uri));
	}

	#draw(answer: ReaderAnswer): void {
		this.#awaits = answer.kind !== 'list' && answer.awaits === true;
		switch (answer.kind) {
			case 'list':
				this.#head = undefined;
				this.#status(listStatus(answer.title));
				break;
			case 'patch':
				this.#has = answer.patch.version;
				this.#head = answer.patch.head ?? this.#head;
				this.#post({ type: 'patch', patch: answer.patch });
				break;
			case 'view': {
				const { view } = answer;
				this.#has = view.version;
				this.#head = view.head;
				this.#editors?.settle();
				const kept = this.#context.places.get(this.#uri?.toString() ?? '');
				const place = kept ?? (this.#settings().sync ? this.#editors?.top() : undefined);
				const toggled = this.#context.folds.get(this.#uri?.toString() ?? '');
				this.#post({ type: 'view', view, ...(place === undefined ? {} : { place }), ...(toggled ? { toggled } : {}) });
			}
		}
		this.#changed.fire();
	}

	async #receive(message: PageMessage): Promise<void> {
		switch (message.type) {
			case 'ready':
				this.#isReady = true;
				this.#has = undefined;
				this.#post({ type: 'settings', settings: this.#settings() });
				this.#remember();
				this.#refreshSoon(0);
				return;
			case 'scrolled': {
				const offset = this.#offsets.toPresent(message.version, message.offset);
				if (this.#uri) this.#context.places.set(this.#uri.toString(), offset);
				if (message.led) this.#editors?.follow(offset);
				// Save when scrolling stops, because there is no time for it when the window closes.
				else this.#context.places.save();
				return;
			}
			case 'describe': {
				const { notTheArticle, theArticle } = EXTENSION_COMMANDS;
				const offset = this.#offsets.toPresent(message.version, message.offset);
				if (!this.#uri) return;
				const place: ArticlePlace = { uri: this.#uri.toString(), offset };
				await vscode.commands.executeCommand(message.isArticle ? theArticle : notTheArticle, place);
				return;
			}
			case 'folds': {
				const toggled = message.toggled.map(offset => this.#offsets.toPresent(message.version, offset));
				if (this.#uri) this.#context.folds.set(this.#uri.toString(), toggled.length > 0 ? toggled : undefined);
				this.#context.folds.save();
				return;
			}
			case 'place':
				await this.#editors?.place(this.#offsets.toPresent(message.version, message.offset), message.focus);
				return;
			case 'passage':
				await this.#act(message);
				return;
			case 'open':
				await this.#open(message.href);
				return;
			case 'openNote': {
				const uri = this.#uri;
				const place = uri && (await placeOfNote(this.#context.notes(), uri, message.id));
				if (!uri || !place) return;
				const document = await vscode.workspace.openTextDocument(uri);
				await this.#editors?.place(document.offsetAt(place), true);
				return;
			}
			case 'picture':
				await this.#fetchPicture(message.url);
				return;
			case 'loadImages':
				if (message.always) this.#context.run('alwaysLoadImages', this);
				else this.loadImages();
				return;
			case 'command':
				this.#context.run(message.command, this);
		}
	}

	/** Fetches an image that the page could not load, if remote images are enabled. */
	async #fetchPicture(url: string): Promise<void> {
		if (!this.#uri || this.#settings().pictures !== 'shown') return;
		const textDocument = { uri: this.#uri.toString() };
		const answer = await this.#context.server.request(ReaderImageRequest, { textDocument, url });
		this.#post({ type: 'picture', url, ...answer });
	}

	/** Runs an action on a passage. */
	async #act({ action, version, start, end, text }: PageMessage & { type: 'passage' }): Promise<void> {
		if (!this.#uri) return;
		if (action === 'copyQuote') {
			const isCopied = await copyQuotation(this.#context.server, this.#uri, text);
			if (isCopied) this.#post({ type: 'told', text: 'Copied as quotation' });
			return;
		}
		await annotatePassage(action, this.#context.notes(), this.#uri, {
			start: this.#offsets.toPresent(version, start),
			end: this.#offsets.toPresent(version, end),
			text,
		});
	}

	/** Follows a link. */
	async #open(href: string): Promise<void> {
		if (!this.#uri) return;
		await followLink(this.#context.server, this.#uri, href, {
			place: offset => this.#post({ type: 'reveal', offset, why: 'go' }),
			file: file => this.show(file),
			tell: text => this.#post({ type: 'told', text }),
		});
	}
}
