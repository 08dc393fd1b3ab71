import type { ShownArticle } from './article.ts';
import { openAround, type RenderedBlock } from './blocks.ts';
import { closedFold, frameOf } from './folds.ts';
import type { PageMessage } from './messages.ts';
import type { Scrolling } from './scroll.ts';

/** The current block, which keyboard commands act on. */
export interface Current {
	/** The current block, if any. */
	readonly block: RenderedBlock | undefined;
	/** The current block, else the one at the top of the window. */
	readonly blockOrTop: RenderedBlock | undefined;
	/** Makes a block current and scrolls it into view. */
	set(block: RenderedBlock): void;
	/** Moves to the next or previous block that passes the filter (by default, that is not in a closed fold), starting at the top of the window if no block is current. */
	step(by: 1 | -1, passes?: (block: RenderedBlock) => boolean): boolean;
	/** Marks the block again after it was redrawn. */
	refresh(): void;
	/** Unsets the current block. */
	clear(): void;
}

/** The height of the bar that covers the top of the window, in CSS pixels. */
const BAR = 48;

export function createCurrent(
	article: ShownArticle,
	scrolling: Scrolling,
	post: (message: PageMessage) => void,
): Current {
	let current: number | undefined;
	const block = (): RenderedBlock | undefined => (current === undefined ? undefined : article.block(current));
	const isUnfolded = ({ element }: RenderedBlock): boolean => closedFold(element) === undefined;
	const isInSight = (block: RenderedBlock): boolean => frameOf(block).getBoundingClientRect().bottom > BAR;

	function clear(): void {
		block()?.element.classList.remove('current');
		current = undefined;
	}

	function set(next: RenderedBlock): void {
		clear();
		openAround(next.content);
		current = next.id;
		next.element.classList.add('current');
		next.content.focus({ preventScroll: true });
		const { top, bottom } = next.content.getBoundingClientRect();
		const height = document.documentElement.clientHeight;
		if (top < BAR || (bottom > height - BAR / 2 && top > height / 3)) scrolling.showElement(next.content);
		post({ type: 'place', version: article.version, offset: next.start, focus: false });
	}

	return {
		get block() {
			return block();
		},
		get blockOrTop() {
			return block() ?? article.blocks.find(block => isInSight(block) && isUnfolded(block));
		},
		set,
		step(by, passes = isUnfolded) {
			const { blocks } = article;
			const here = block();
			const top = blocks.findIndex(isInSight);
			let at = here ? blocks.indexOf(here) + by : by === 1 ? top : top - 1;
			while (at >= 0 && at < blocks.length) {
				const next = blocks[at] as RenderedBlock;
				if (passes(next)) {
					set(next);
					return true;
				}
				at += by;
			}
			return false;
		},
		refresh() {
			block()?.element.classList.add('current');
		},
		clear,
	};
}
