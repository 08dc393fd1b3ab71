import { h, icon } from './dom.ts';

/** What a key does; `false` where it did nothing, so that the browser may. */
export type Action = () => boolean;

/** A key as it is bound: what `KeyboardEvent.key` says, and what it is for. */
export interface Binding {
	readonly keys: readonly string[];
	readonly does: string;
	readonly run: Action;
	/** Whether it works with Ctrl or Cmd alone. */
	readonly withControl?: boolean;
}

/** Runs bindings as keys are pressed, but not what is typed into a field or meant for a dialog. */
export function bindKeys(bindings: readonly Binding[]): void {
	document.addEventListener('keydown', event => {
		if (event.defaultPrevented || event.isComposing || event.altKey || document.querySelector('dialog[open]')) return;
		const { target } = event;
		const isControl = event.ctrlKey || event.metaKey;
		if (target instanceof HTMLInputElement && event.key !== 'Escape') return;
		// Buttons and links have their own Enter and space.
		const isOwn = target instanceof Element && target.closest('a[href], button, summary') !== null;
		if (isOwn && (event.key === 'Enter' || event.key === ' ')) return;
		const binding = bindings.find(
			({ keys, withControl = false }) => withControl === isControl && keys.includes(event.key),
		);
		if (binding?.run()) event.preventDefault();
	});
}

/** How the key is called that goes with others. */
const CONTROL = /^Mac/.test(navigator.platform) ? '⌘' : 'Ctrl+';

/** How keys are called. */
const NAMES: Readonly<Record<string, string>> = { ArrowRight: '→', ArrowLeft: '←', Escape: 'Esc' };

/** Shows what the keys do. */
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
		{ class: 'help', 'aria-label': 'Keys' },
		h('h2', {}, 'Keys'),
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
