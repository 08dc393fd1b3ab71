import { h } from './dom.ts';
import type { PageMessage, Status } from './messages.ts';

/** Renders a status with its actions. */
export function drawStatus(
	{ kind, title, text, actions }: Status,
	post: (message: PageMessage) => void,
): HTMLElement[] {
	const buttons = actions.map(({ command, title: name }, at) => {
		const button = h('button', { type: 'button', class: at === 0 ? 'primary' : '' }, name);
		button.addEventListener('click', () => post({ type: 'command', command }));
		return button;
	});
	if (kind === 'loading') return [h('p', { class: 'loading', role: 'status' }, title)];
	return [
		h('h1', {}, title),
		h('p', { role: kind === 'error' ? 'alert' : 'status' }, text),
		h('p', { class: 'actions' }, ...buttons),
	];
}
