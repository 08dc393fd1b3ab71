import { strict as assert } from 'node:assert';
import { mkdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { RESULTS } from '../../scripts/host/paths.ts';
import type { Session, SessionOptions } from '../support/servedSession.ts';
import { type ListRow, readList } from './list.ts';
import { QuickInput } from './quickInput.ts';
import { startSession } from './session.ts';
import { repeat, waitFor } from './waitFor.ts';

/** Themes used by tests, and the class that the workbench has once each is loaded. */
const THEMES = {
	light: { name: 'Light Modern', class: 'vscode-theme-defaults-themes-light_modern-json' },
	dark: { name: 'Dark Modern', class: 'vscode-theme-defaults-themes-dark_modern-json' },
} as const;

/** A colour theme of the workbench. */
export type Theme = keyof typeof THEMES;

/** VS Code's own default. */
const TAB_SIZE = 4;

/** One row of the Outline view. */
export interface OutlineRow {
	/** 1 for a top-level symbol. */
	readonly level: number;
	readonly name: string;
	/** The grey text after the name; empty when there is none. */
	readonly detail: string;
	/** LSP symbol kind as VS Code names its icon: `file`, `string`, `module`… */
	readonly kind: string;
}

/** One problem of the Problems view. */
export interface ProblemRow {
	readonly severity: 'error' | 'warning' | 'info';
	readonly message: string;
	/** Name of the tool that reports it. */
	readonly source: string;
	/** Rule id; empty when it has none. */
	readonly code: string;
	/** One-based. */
	readonly line: number;
	/** One-based. */
	readonly column: number;
}

/** A place in a file; both one-based, as VS Code shows them. */
export interface Place {
	readonly line: number;
	readonly column: number;
}

/** How to open a workbench. */
export interface WorkbenchOptions extends SessionOptions {
	readonly theme?: Theme;
}

/**
 * Starts VS Code with the packaged extension on a copy of a folder and waits until it is ready.
 * Call `close` in an `after` hook.
 */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
	const theme = options.theme ?? 'dark';
	const settings = { 'workbench.colorTheme': THEMES[theme].name, ...options.settings };
	const session = await startSession({ ...options, settings });
	const workbench = new Workbench(session);
	try {
		await workbench.ready(theme);
		return workbench;
	} catch (error) {
		await workbench.screenshot('workbench-did-not-start');
		await workbench.close();
		throw error;
	}
}

/** The workbench, operated like a user would. Methods wait for conditions, never for a fixed time. */
export class Workbench {
	/** The page, for actions without a method here. */
	readonly page: Page;
	/** The copy of the folder that is open. */
	readonly folder: string;
	readonly #session: Session;
	readonly #quickInput: QuickInput;
	/** Path of the last opened file, relative to the folder. */
	#file = '';

	constructor(session: Session) {
		this.#session = session;
		this.page = session.page;
		this.#quickInput = new QuickInput(session.page);
		this.folder = session.folder;
	}

	/** Waits until the workbench is drawn in the theme and connected to its extension host. */
	async ready(theme: Theme): Promise<void> {
		await this.page.locator('.monaco-workbench .part.statusbar').waitFor();
		await this.#themed(theme);
		await this.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
	}

	/** Sets the round trip between the browser and VS Code's server, in milliseconds. */
	delay(roundTrip: number): void {
		assert.ok(this.#session.connection, 'the workbench was opened without `delayed`');
		this.#session.connection.roundTrip = roundTrip;
	}

	/** Closes VS Code and the browser. */
	async close(): Promise<void> {
		await this.#session.close();
	}

	/**
	 * Opens a file by Quick Open and waits until its text is drawn.
	 * @param path path in the folder, with `/`
	 */
	async openFile(path: string): Promise<void> {
		const name = basename(path);
		const label = dirname(path) === '.' ? name : `${name} ${dirname(path)}`;
		const group = this.page.locator('.editor-group-container.active');
		await this.#quickInput.repeat(`opening ${path}`, async timeout => {
			await this.page.keyboard.press('ControlOrMeta+P');
			await this.#quickInput.pickByKeys(path, label, timeout);
			await group.locator(`.tab.active[data-resource-name=${JSON.stringify(name)}]`).waitFor({ timeout });
		});
		await group.locator('.monaco-editor .view-line').first().waitFor();
		this.#file = path;
	}

	/**
	 * Returns the titles of the code lenses in the active editor.
	 * @param accept the answer is awaited until this holds
	 * @param what what is waited for, for the message
	 */
	async lenses(accept: (titles: readonly string[]) => boolean, what: string): Promise<readonly string[]> {
		const titles = this.page.locator('.editor-group-container.active .codelens-decoration a');
		return await waitFor(() => titles.allInnerTexts(), accept, what);
	}

	/**
	 * Reads a file on disk. VS Code truncates a file before it writes it, so an empty file is read again.
	 * @param path path in the folder, with `/`
	 * @param accept the answer is awaited until this holds
	 * @throws Error when there is no such file
	 */
	async saved(path: string, accept: (text: string) => boolean = () => true): Promise<string> {
		const read = (): Promise<string> => readFile(join(this.folder, path), 'utf8');
		return await waitFor(read, text => text !== '' && accept(text), `the text of ${path}`);
	}

	/**
	 * Returns the text drawn in the active editor, with a line for each line on the screen.
	 * @param accept the answer is awaited until this holds; by default until there is text
	 */
	async visibleText(accept: (text: string) => boolean = text => text !== ''): Promise<string> {
		const lines = this.page.locator('.editor-group-container.active .monaco-editor .view-line');
		const read = async (): Promise<string> => {
			const drawn = await lines.evaluateAll(nodes =>
				nodes
					.map(node => ({ top: node.getBoundingClientRect().top, text: node.textContent ?? '' }))
					.sort((a, b) => a.top - b.top)
					.map(({ text }) => text),
			);
			// VS Code renders spaces as no-break spaces.
			return drawn.join('\n').replaceAll('\u00a0', ' ');
		};
		return await waitFor(read, accept, 'the text in the editor');
	}

	/**
	 * Runs a command of the Command Palette and waits until the palette has closed.
	 * @param title its full title, such as `View: Toggle Word Wrap`
	 */
	async runCommand(title: string): Promise<void> {
		await this.#quickInput.command(title, timeout => this.#quickInput.closed(timeout));
	}

	/** Runs a command of the Command Palette that opens another quick input. */
	async startCommand(title: string): Promise<void> {
		await this.#quickInput.command(title);
	}

	/** Runs a command that opens quick picks, and chooses an item in each by label. */
	async runAndChoose(title: string, ...labels: readonly string[]): Promise<void> {
		await this.startCommand(title);
		for (const label of labels) await this.#quickInput.pick(label, label);
		await this.#quickInput.closed();
	}

	/** Moves the cursor to a position in the active editor and scrolls there. */
	async goTo(place: Place): Promise<void> {
		const { shown, asked } = await this.#columns(place);
		const expected = `Ln ${place.line}, Col ${shown}`;
		await this.#quickInput.repeat(`going to ${expected}`, async timeout => {
			await this.page.keyboard.press('Control+G');
			await this.#quickInput.input.fill(`:${place.line}:${asked}`, { timeout });
			await this.page.keyboard.press('Enter');
			await this.#quickInput.closed(timeout);
			const isThere = (items: readonly string[]): boolean => items.includes(expected);
			await waitFor(() => this.statusBar(), isThere, `the cursor at ${expected}`, timeout);
		});
	}

	/**
	 * Returns the position of a text in the last opened file.
	 * @param text the text to find in the file on disk
	 * @param offset number of characters to add to its start
	 * @throws AssertionError if the file does not contain the text
	 */
	async placeOf(text: string, offset = 0): Promise<Place> {
		const content = (await this.saved(this.#file)).replace(/^\ufeff/, '');
		const index = content.indexOf(text);
		assert.ok(index >= 0, `${this.#file} does not hold ${text}`);
		const before = content.slice(0, index + offset).split(/\r\n|\r|\n/);
		return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
	}

	/**
	 * Moves the mouse over a position and reads the hover that appears.
	 * @param target a position, or a text in the file whose first character to hover over
	 * @param expected what the text matches, once all parts have come
	 * @returns the hover's text, its parts separated by empty lines
	 */
	async hover(target: Place | string, expected = /./): Promise<string> {
		await this.dismissHover();
		await this.goTo(typeof target === 'string' ? await this.placeOf(target) : target);
		const hover = this.page.locator('.monaco-editor .monaco-hover:not(.hidden) .monaco-hover-content');
		const read = async () => (await hover.locator('.hover-row').allInnerTexts()).join('\n\n').trim();
		let pointed = 0;
		const point = async (): Promise<string> => {
			// A pending hover, or a part of it, is dropped when the editor is redrawn. Move the mouse again, like a user would.
			if (performance.now() - pointed > ((await read()) === '' ? 2_000 : 10_000)) {
				await this.#pointAtCursor();
				pointed = performance.now();
			}
			return await read();
		};
		// Parts of a hover can come later than others.
		const loaded = (text: string): boolean => expected.test(text) && !/Loading\.\.\.$/.test(text);
		return await waitFor(point, loaded, `a hover with ${expected} at ${JSON.stringify(target)}`);
	}

	/**
	 * Clicks on the first character of a text in the file.
	 * @param modifier a key to hold during the click
	 */
	async clickAt(text: string, modifier?: 'Control' | 'Alt' | 'Shift'): Promise<void> {
		await this.goTo(await this.placeOf(text, 1));
		const { x, y } = await this.#cursor();
		if (modifier) await this.page.keyboard.down(modifier);
		await this.page.mouse.move(x + 2, y);
		await this.page.mouse.move(x + 4, y);
		await this.page.mouse.click(x + 4, y);
		if (modifier) await this.page.keyboard.up(modifier);
	}

	/** Moves the mouse away and waits until no hover is shown. */
	async dismissHover(): Promise<void> {
		let x = 0;
		await repeat('moving the mouse away from a hover', async timeout => {
			await this.page.mouse.move(x++, 0);
			await this.page.locator('.monaco-editor .monaco-hover:not(.hidden)').waitFor({ state: 'detached', timeout });
		});
	}

	/** Waits until the image in the hover is loaded and drawn. */
	async hoverPicture(): Promise<void> {
		const picture = this.page.locator('.monaco-editor .monaco-hover:not(.hidden) img').first();
		const width = () =>
			picture.evaluate(image => (image instanceof HTMLImageElement && image.complete ? image.naturalWidth : 0));
		await waitFor(width, loaded => loaded > 0, 'the picture in the hover');
	}

	/** Opens the Quick Fix menu at the cursor and reads its titles. */
	async quickFixes(): Promise<string[]> {
		const rows = this.page.locator('.action-widget .monaco-list-row.action');
		const read = async () => (await rows.allInnerTexts()).map(title => title.trim());
		return await repeat('opening the Quick Fix menu', async timeout => {
			await this.page.keyboard.press('Control+.');
			return await waitFor(read, titles => titles.length > 0, 'the quick fixes', timeout);
		});
	}

	/** Chooses an item in the open Quick Fix menu. */
	async applyQuickFix(title: string): Promise<void> {
		const menu = this.page.locator('.action-widget:has(.monaco-list)').first();
		await menu.locator('.monaco-list-row.action', { hasText: title }).first().click();
		await menu.waitFor({ state: 'hidden' });
	}

	/**
	 * Reads the Outline view, all of it, from top to bottom.
	 * @param accept the answer is awaited until this holds; by default until there is a row
	 */
	async outline(accept: (rows: readonly OutlineRow[]) => boolean = rows => rows.length > 0): Promise<OutlineRow[]> {
		await this.runCommand('Explorer: Focus on Outline View');
		await this.#collapseFolders();
		const list = this.page.locator('.outline-pane .monaco-list');
		const read = async () => (await readList(list, OUTLINE_PARTS)).map(readOutlineRow);
		return await waitFor(read, accept, 'the outline');
	}

	/**
	 * Reads the Problems view from top to bottom, for all files. VS Code does not list hints there.
	 * @param accept the answer is awaited until this holds; by default until there is a row
	 */
	async problems(accept: (rows: readonly ProblemRow[]) => boolean = rows => rows.length > 0): Promise<ProblemRow[]> {
		await this.runCommand('Problems: Focus on Problems View');
		const list = this.page.locator('.markers-panel .monaco-list');
		const read = async () => (await readList(list, PROBLEM_PARTS)).flatMap(row => readProblemRow(row) ?? []);
		return await waitFor(read, accept, 'the problems');
	}

	/** Returns the breadcrumbs above the active editor, folders first. */
	async breadcrumbs(): Promise<string[]> {
		const items = this.page.locator('.editor-group-container.active .monaco-breadcrumb-item');
		return (await items.allInnerTexts()).map(text => text.trim()).filter(text => text !== '');
	}

	/** Returns the texts in the status bar, from left to right. */
	async statusBar(): Promise<string[]> {
		const items = await this.page.locator('.part.statusbar .statusbar-item').allInnerTexts();
		return items.map(text => text.replaceAll('\u00a0', ' ').trim()).filter(text => text !== '');
	}

	/** Waits until the status bar shows a language for the active editor, such as `Article`. */
	async languageIs(name: string): Promise<void> {
		await waitFor(
			() => this.statusBar(),
			items => items.includes(name),
			`the language ${name}`,
		);
	}

	/** Returns the visible notifications. */
	async notifications(): Promise<string[]> {
		return await this.page.locator('.notifications-toasts .notification-list-item-message').allInnerTexts();
	}

	/** Changes the colour theme. */
	async setTheme(theme: Theme): Promise<void> {
		const { name } = THEMES[theme];
		await this.startCommand('Preferences: Color Theme');
		await this.page.locator('.quick-input-widget input[placeholder^="Select Color Theme"]').waitFor();
		await this.#quickInput.pick(name, name);
		await this.#quickInput.closed();
		await this.#themed(theme);
	}

	/**
	 * Saves a screenshot of the whole window as `test-results/screenshots/NAME.png`.
	 * @returns its path
	 */
	async screenshot(name: string): Promise<string> {
		const path = join(RESULTS, 'screenshots', `${name}.png`);
		await mkdir(dirname(path), { recursive: true });
		await this.page.screenshot({ path, animations: 'disabled' });
		return path;
	}

	/** Returns two columns of a position: as shown by VS Code, where a tab counts as its width, and as entered, where wide
	 * characters also count twice. */
	async #columns({ line, column }: Place): Promise<{ readonly shown: number; readonly asked: number }> {
		const content = (await this.saved(this.#file)).replace(/^\ufeff/, '');
		const before = content.split(/\r\n|\r|\n/)[line - 1]?.slice(0, column - 1) ?? '';
		let [shown, asked] = [1, 1];
		for (const unit of before.split('')) {
			const tab = TAB_SIZE - ((asked - 1) % TAB_SIZE);
			shown += unit === '\t' ? tab : 1;
			asked += unit === '\t' ? tab : /[\u2e80-\ud7af\uf900-\ufaff\uff01-\uff5e]/.test(unit) ? 2 : 1;
		}
		return { shown, asked };
	}

	/** Returns where the cursor is drawn: its vertical centre. */
	async #cursor(): Promise<{ readonly x: number; readonly y: number }> {
		const cursor = this.page.locator('.editor-group-container.active .monaco-editor .cursors-layer .cursor').first();
		const box = await waitFor(
			() => cursor.boundingBox(),
			drawn => drawn !== null,
			'the cursor to be drawn',
		);
		assert.ok(box);
		return { x: box.x, y: box.y + box.height / 2 };
	}

	async #pointAtCursor(): Promise<void> {
		const { x, y } = await this.#cursor();
		await this.page.mouse.move(x + 30, y);
		await this.page.mouse.move(x + 3, y, { steps: 3 });
	}

	/** Collapses the file tree, so that the views below it use the whole side bar. */
	async #collapseFolders(): Promise<void> {
		const header = this.page.locator('.part.sidebar .pane-header[aria-label^="Explorer Section"]');
		if ((await header.getAttribute('aria-expanded')) === 'true') await header.click();
		await header.and(this.page.locator('[aria-expanded="false"]')).waitFor();
	}

	async #themed(theme: Theme): Promise<void> {
		await this.page.locator(`.monaco-workbench.${THEMES[theme].class}`).waitFor();
	}
}

const OUTLINE_PARTS = ['.label-name', '.label-description'] as const;

function readOutlineRow({ level, texts, icons }: ListRow): OutlineRow {
	return {
		level,
		name: texts['.label-name'] ?? '',
		detail: texts['.label-description'] ?? '',
		kind: /codicon-symbol-([a-z-]+)/.exec(icons)?.[1] ?? '',
	};
}

const PROBLEM_PARTS = ['.marker-message', '.marker-source', '.marker-code', '.marker-line'] as const;

/** Returns a problem; `undefined` for the row of a file. */
function readProblemRow({ texts, icons }: ListRow): ProblemRow | undefined {
	const place = /Ln (\d+), Col (\d+)/.exec(texts['.marker-line'] ?? '');
	const severity = (['error', 'warning', 'info'] as const).find(name => icons.includes(`codicon-${name}`));
	if (place === null || severity === undefined) return undefined;
	return {
		severity,
		message: texts['.marker-message'] ?? '',
		source: texts['.marker-source'] ?? '',
		code: (texts['.marker-code'] ?? '').replace(/^\((.*)\)$/, '$1'),
		line: Number(place[1]),
		column: Number(place[2]),
	};
}
