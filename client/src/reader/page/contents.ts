import type { ContentsEntry } from '../../../../server/src/protocol/reader.ts';
import type { ShownArticle } from './article.ts';
import { h, icon, setChildren } from './dom.ts';

/** The table of contents, shown next to the article if there is room, else over it on demand. */
export interface Contents {
	readonly element: HTMLElement;
	/** Button in the article's header that opens it; hidden if there are no headings. */
	readonly button: HTMLButtonElement;
	/** Closes it. Returns whether it was open. */
	close(): boolean;
	toggle(): void;
	/** Updates it after the article changed. */
	refresh(): void;
}

/** Creates the table of contents. `go` scrolls to a block and makes it current. */
export function createContents(article: ShownArticle, go: (block: number) => void): Contents {
	const list = h('ol', { class: 'entries' });
	const element = h(
		'nav',
		{ class: 'contents', 'aria-label': 'Contents' },
		h('p', { class: 'label', 'aria-hidden': 'true' }, 'Contents'),
		list,
	);
	const button = h(
		'button',
		{ type: 'button', class: 'contents-button', 'aria-expanded': 'false', hidden: true },
		icon('list-unordered'),
		'Contents',
	);
	let drawn: readonly ContentsEntry[] | undefined;

	function open(isOpen: boolean): void {
		element.classList.toggle('open', isOpen);
		button.setAttribute('aria-expanded', String(isOpen));
		if (isOpen) (list.querySelector<HTMLElement>('[aria-current]') ?? list.querySelector('a'))?.focus();
	}

	function close(): boolean {
		if (!element.classList.contains('open')) return false;
		open(false);
		return true;
	}

	/** Marks the heading of the section at the top of the window. */
	function follow(): void {
		const links = [...list.querySelectorAll('a')];
		let at = -1;
		for (const [index, { block }] of (drawn ?? []).entries()) {
			const top = article.block(block)?.element.getBoundingClientRect().top;
			if (top !== undefined && top > 100) break;
			at = index;
		}
		for (const [index, link] of links.entries()) {
			if (index === at) link.setAttribute('aria-current', 'location');
			else link.removeAttribute('aria-current');
		}
	}

	button.addEventListener('click', () => open(!element.classList.contains('open')));
	element.addEventListener('click', event => {
		const link = event.target instanceof Element ? event.target.closest('a') : null;
		if (!link) return;
		event.preventDefault();
		event.stopPropagation();
		open(false);
		go(Number(link.dataset.block));
	});
	document.addEventListener('click', event => {
		if (!(event.target instanceof Node) || element.contains(event.target) || button.contains(event.target)) return;
		close();
	});
	let isDue = false;
	document.addEventListener('scroll', () => {
		if (isDue) return;
		isDue = true;
		requestAnimationFrame(() => {
			isDue = false;
			follow();
		});
	});

	return {
		element,
		button,
		close,
		toggle() {
			if (button.hidden) return;
			open(!element.classList.contains('open'));
		},
		refresh() {
			const { contents } = article;
			if (contents === drawn) return;
			drawn = contents;
			const entries = contents.map(({ block, depth, label }) =>
				h(
					'li',
					{ class: `depth-${Math.min(depth, 4)}` },
					h('a', { href: '#', 'data-block': block, dir: 'auto' }, label),
				),
			);
			setChildren(list, entries);
			element.hidden = button.hidden = contents.length === 0;
			follow();
		},
	};
}
