import { anchorToken } from '../../../../server/src/protocol/reader.ts';
import type { ShownArticle } from './article.ts';
import { openAround } from './blocks.ts';
import { h, icon } from './dom.ts';

/** The history of links followed inside the article, such as those to footnotes. */
export interface Trail {
	/** Goes back; hidden if the history is empty. */
	readonly button: HTMLButtonElement;
	/** Follows a link to a fragment of the article. Returns `false` if the target does not exist. */
	follow(link: Element): boolean;
	/** Goes back to the last followed link. Returns `false` if there is none. */
	back(): boolean;
	/** Clears the history. */
	clear(): void;
}

/**
 * Creates the history.
 *
 * @param show scrolls an element of the article into view
 */
export function createTrail(
	article: ShownArticle & { readonly element: HTMLElement },
	show: (element: Element) => void,
): Trail {
	const followed: { readonly link: Element; readonly block: number | undefined }[] = [];
	const button = h(
		'button',
		{ type: 'button', class: 'back', title: 'Go Back to the Followed Link (B)', hidden: true },
		icon('arrow-left'),
		'Back to the text',
	);

	function go(target: Element): void {
		for (const before of article.element.querySelectorAll('.reached')) before.classList.remove('reached');
		openAround(target);
		target.classList.add('reached');
		if (target instanceof HTMLElement && target.tabIndex < 0) target.tabIndex = -1;
		if (target instanceof HTMLElement) target.focus({ preventScroll: true });
		show(target);
		button.hidden = followed.length === 0;
	}

	function back(): boolean {
		const last = followed.pop();
		if (!last) return false;
		const target = last.link.isConnected
			? last.link
			: last.block === undefined
				? undefined
				: article.block(last.block)?.content;
		if (target) go(target);
		button.hidden = followed.length === 0;
		return target !== undefined;
	}

	button.addEventListener('click', back);
	return {
		button,
		follow(link) {
			const id = link.getAttribute('href')?.slice(1) ?? '';
			const target = article.element.querySelector(`[data-anchor~="${CSS.escape(anchorToken(id))}"]`);
			if (id === '' || !target) return false;
			const last = followed.at(-1);
			// A footnote's back link.
			if (last && (target === last.link || target.contains(last.link) || last.link.contains(target))) return back();
			followed.push({ link, block: article.blockAround(link)?.id });
			go(target);
			return true;
		},
		back,
		clear() {
			followed.length = 0;
			button.hidden = true;
		},
	};
}
