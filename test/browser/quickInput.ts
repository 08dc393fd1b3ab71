import type { Locator, Page } from 'playwright-core';
import { PATIENCE_MS, repeat, waitFor } from './waitFor.ts';

/** The quick input of a workbench, in which the Command Palette, Quick Open and quick picks appear. */
export class QuickInput {
	/** The field. */
	readonly input: Locator;
	readonly #page: Page;
	readonly #widget: Locator;
	readonly #rows: Locator;

	constructor(page: Page) {
		this.#page = page;
		this.#widget = page.locator('.quick-input-widget');
		this.#rows = page.locator('.quick-input-list .monaco-list-row');
		this.input = this.#widget.locator('input').first();
	}

	/**
	 * Chooses a command in the Command Palette, which lists the commands that were enabled when it was opened.
	 * @param title its full title, such as `View: Toggle Word Wrap`
	 * @param chosen waits for what follows the choice
	 */
	async command(title: string, chosen: (timeoutMs: number) => Promise<void> = async () => {}): Promise<void> {
		await this.repeat(`“${title}” in the Command Palette`, async timeout => {
			await this.#page.keyboard.press('F1');
			await this.pick(`>${title}`, title, timeout);
			await chosen(timeout);
		});
	}

	/** Repeats an action that starts by opening the quick input, which an attempt may leave open. */
	async repeat(what: string, attempt: (timeoutMs: number) => Promise<void>): Promise<void> {
		let isFirst = true;
		await repeat(what, async timeout => {
			// Elsewhere, Escape would dismiss something else.
			if (!isFirst && (await this.input.isVisible())) {
				await this.#page.keyboard.press('Escape');
				await this.closed(timeout);
			}
			isFirst = false;
			await attempt(timeout);
		});
	}

	/** Types a text and clicks the row with a label, which may be followed by a comma and more text. */
	async pick(text: string, label: string, timeout = PATIENCE_MS): Promise<void> {
		await this.input.fill(text, { timeout });
		const whole = `[aria-label=${JSON.stringify(label)}]`;
		const start = `[aria-label^=${JSON.stringify(`${label},`)}]`;
		await this.#rows
			.and(this.#page.locator(`${whole}, ${start}`))
			.first()
			.click({ timeout });
	}

	/**
	 * Types a text and selects the row with a label, using the keyboard. Files found later would move the rows under the mouse, but
	 * VS Code keeps the focused row.
	 */
	async pickByKeys(text: string, label: string, timeout: number): Promise<void> {
		await this.input.fill(text, { timeout });
		const read = () =>
			this.#rows.evaluateAll(
				(all, wanted) =>
					all
						.map(row => ({ name: row.ariaLabel ?? '', at: Number(row.dataset.index), isHere: row.matches('.focused') }))
						.map(({ name, ...row }) => ({ ...row, isWanted: name === wanted || name.startsWith(`${wanted},`) })),
				label,
			);
		await waitFor(
			async () => {
				const all = await read();
				const here = all.find(({ isHere }) => isHere);
				const wanted = all.find(({ isWanted }) => isWanted);
				if (here?.isWanted) return true;
				if (wanted) await this.#page.keyboard.press(wanted.at > (here?.at ?? -1) ? 'ArrowDown' : 'ArrowUp');
				return false;
			},
			isHere => isHere,
			`${label} in the quick input`,
			timeout,
		);
		await this.#page.keyboard.press('Enter');
	}

	/** Waits until it is closed. A page that is late to answer counts as well, since a command that has run must not run again. */
	async closed(timeout = PATIENCE_MS): Promise<void> {
		await waitFor(
			() => this.#widget.isVisible(),
			isVisible => !isVisible,
			'the quick input to close',
			timeout,
		);
	}
}
