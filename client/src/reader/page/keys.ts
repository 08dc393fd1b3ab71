import { h, icon } from './dom.ts';

/** The action of a key. Returns `false` if it did nothing, so that the browser handles the key. */
export type Action = () => boolean;

/** A key binding: values of `KeyboardEvent.key`, and a description for the help. */
export interface Binding {
	readonly keys: readonly string[];
	readonly does: string;
	readonly run: Action;
	/** Whether it requires Ctrl or Cmd. */
	readonly withControl?: boolean;
}

/** Installs key bindings. They are inactive in text fields and while a dialog is open. */
export function bindKeys(bindings: readonly Binding[]): void {
	document.addEventListener('keydown', event => {
		if (event.defaultPrevented || event.isComposing || event.altKey || document.querySelector('dialog[open]')) return;
		const { target } = event;
		const isControl = event.ctrlKey || event.metaKey;
		if (target instanceof HTMLInputElement && event.key !== 'Escape') return;
		// Buttons and links handle Enter and Space themselves.
		const isOwn = target instanceof Element && target.closest('a[href], button, summary') !== null;
		if (isOwn && (event.key === 'Enter' || event.key === ' ')) return;
		const binding = bindings.find(
			({ keys, withControl = false }) => withControl === isControl && keys.includes(event.key),
		);
		if (binding?.run()) event.preventDefault();
	});
}

/** The label of the Ctrl or Cmd modifier. */
const CONTROL = /^Mac/.test(navigator.platform) ? '⌘' : 'Ctrl+';

/** The labels of special keys. */
const NAMES: Readonly<Record<string, string>> = { ArrowRight: '→', ArrowLeft: '←', Escape: 'Esc' };

/** Shows a dialog with the keyboard shortcuts. */
export function showHelp(bindings: readonly Binding[]): void {
	const close = h('button', { type: 'button', class: 'close', 'aria-label': 'Close' }, icon('close'));
	const rows = bindings.map(({ keys, does, withControl }) =>
		h(
			'tr',
			{},
			h(
				'td',
				{},
				...keys.flatMap((key, at) => [
					...(at > 0 ? [' '] : []),
					h('kbd', {}, withControl ? `${CONTROL}${key.toUpperCase()}` : (NAMES[key] ?? key)),
				]),
			),
			h('td', {}, does),
		),
	);
	const dialog = h(
		'dialog',
		{ class: 'help', 'aria-label': 'Keyboard Shortcuts' },
		h('h2', {}, 'Keyboard Shortcuts'),
		h('table', {}, h('tbody', {}, ...rows)),
		close,
	);
	close.addEventListener('click', () => dialog.close());
	dialog.addEventListener('close', () => dialog.remove());
	dialog.addEventListener('keydown', event => {
		if (event.key === '?') dialog.close();
	});
	document.body.append(dialog);
	dialog.showModal();
}
