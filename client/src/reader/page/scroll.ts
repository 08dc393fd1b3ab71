import { firstIndex } from '../../../../server/src/util/order.ts';
import { clamp } from '../../../../server/src/util/value.ts';
import type { ShownArticle } from './article.ts';
import { domRange, offsetIn, toSource, toText } from './blocks.ts';
import { closedFold, frameOf } from './folds.ts';
import type { PageMessage } from './messages.ts';

/** The scroll position of the page. */
export interface Scrolling {
	/** Scrolls to the start of a new article. */
	restart(): void;
	/** Scrolls an offset in the source to the top, following an editor. */
	scrollTo(offset: number): void;
	/** Scrolls an offset in the source into view, with some margin, unless it is visible. */
	showPlace(offset: number): void;
	/** Scrolls to an element on the user's request, with some margin. Editors follow. */
	showElement(element: Element): void;
	/** Keeps the content at the top of the window in place while `change` modifies the page. */
	keepPlace(change: () => void): void;
	/** Restores the last scroll target after a layout change, as when an image above it loads. */
	hold(): void;
}

/** The margin above scroll targets, in CSS pixels, which leaves room for the bar. */
const MARGIN = 24;

/** Tolerance when comparing positions, in CSS pixels. */
const SLACK = 2;

/** Events of user input that may scroll. */
const INPUTS = ['wheel', 'touchmove', 'pointerdown', 'mousedown', 'keydown'] as const;

/** Time without scrolling after which the position is reported as final, in milliseconds. */
const QUIET = 150;

/**
 * Reports the scroll position to the extension, and scrolls on its behalf. Only scrolling by the user makes editors follow, never
 * a scroll that the extension requested or that results from a layout change.
 */
export function createScrolling(
	article: ShownArticle,
	progress: HTMLElement,
	post: (message: PageMessage) => void,
): Scrolling {
	/** Whether the user is scrolling: there was input since the last requested scroll. */
	let leads = false;
	/** The offset that the page was requested to scroll to, until the user scrolls. */
	let held: number | undefined;
	/** The offset that editors last followed. */
	let told = -1;
	let isDue = false;
	let timer: ReturnType<typeof setTimeout> | undefined;

	const root = (): Element => document.scrollingElement ?? document.documentElement;
	const limit = (): number => root().scrollHeight - root().clientHeight;

	function jump(top: number): void {
		leads = false;
		root().scrollTop = clamp(top, 0, limit());
	}

	function goTo(offset: number): void {
		const box = boxOf(offset);
		jump(box ? root().scrollTop + box.top - MARGIN : 0);
	}

	/** Returns the source offset at the top of the window. */
	function placeAtTop(): number {
		const block = blockAtTop();
		if (!block || root().scrollTop <= SLACK) return 0;
		const fold = closedFold(block.element);
		const box = (fold ?? block.content).getBoundingClientRect();
		if (fold || box.top >= 0) return block.start;
		const x = box.left + (getComputedStyle(block.content).direction === 'rtl' ? box.width - 1 : 1);
		const caret = document.caretPositionFromPoint(x, MARGIN);
		if (caret && block.content.contains(caret.offsetNode))
			return toSource(block, offsetIn(block, caret.offsetNode, caret.offset));
		// There is no text at the top, only an image or a gap: interpolate within the block.
		return block.start + Math.round(block.length * Math.min(1, -box.top / Math.max(1, box.height)) || 0);
	}

	const boxAt = (block: ShownArticle['blocks'][number] | undefined): DOMRect | undefined =>
		block && frameOf(block).getBoundingClientRect();

	function blockAtTop(): ShownArticle['blocks'][number] | undefined {
		const { blocks } = article;
		const isBelow = (index: number): boolean => (boxAt(blocks[index])?.bottom ?? 0) > MARGIN;
		return blocks[firstIndex(blocks.length, isBelow)];
	}

	/** Returns the position of a source offset relative to the window. */
	function boxOf(offset: number): { readonly top: number; readonly bottom: number } | undefined {
		const block = article.blockAt(offset);
		if (!block) return undefined;
		const fold = closedFold(block.element);
		if (fold) return fold.getBoundingClientRect();
		const text = toText(block, offset);
		const line = block.text === '' ? undefined : domRange(block, text, Math.min(text + 1, block.text.length));
		const [box] = line?.getClientRects() ?? [];
		const whole = block.content.getBoundingClientRect();
		// Before the first character of a block, as inside an image, use the whole block.
		return box && text > 0 ? { top: box.top, bottom: box.bottom } : { top: whole.top, bottom: whole.bottom };
	}

	function tell(led: boolean): void {
		const offset = placeAtTop();
		if (led && offset === told) return;
		// A position reported at rest does not make editors follow.
		if (led) told = offset;
		if (article.version > 0) post({ type: 'scrolled', version: article.version, offset, led });
	}

	function scrolled(): void {
		isDue = false;
		const { scrollTop } = root();
		const ratio = limit() > 0 ? scrollTop / limit() : 0;
		progress.style.setProperty('--read', String(ratio));
		progress.setAttribute('aria-valuenow', String(Math.round(ratio * 100)));
		if (leads) tell(true);
		clearTimeout(timer);
		timer = setTimeout(() => tell(false), QUIET);
	}

	for (const input of INPUTS)
		addEventListener(
			input,
			() => {
				leads = true;
				held = undefined;
			},
			{ capture: true, passive: true },
		);
	document.addEventListener('scroll', () => {
		if (isDue) return;
		isDue = true;
		requestAnimationFrame(scrolled);
	});

	return {
		restart() {
			held = undefined;
			jump(0);
		},
		scrollTo(offset) {
			told = -1;
			held = offset;
			goTo(offset);
		},
		showPlace(offset) {
			const box = boxOf(offset);
			if (!box || (box.top >= MARGIN && box.bottom <= root().clientHeight - MARGIN)) return;
			told = -1;
			held = undefined;
			jump(root().scrollTop + box.top - root().clientHeight / 3);
		},
		showElement(element) {
			leads = true;
			held = undefined;
			const { top } = element.getBoundingClientRect();
			root().scrollTop += top - MARGIN * 2;
		},
		hold() {
			if (held !== undefined) goTo(held);
		},
		keepPlace(change) {
			const block = blockAtTop();
			const top = boxAt(block)?.top ?? 0;
			const start = block?.start ?? 0;
			change();
			const after = block && (block.element.isConnected ? block : article.block(block.id));
			if (held !== undefined) held = after ? held + after.start - start : undefined;
			const moved = after ? (boxAt(after)?.top ?? 0) - top : 0;
			if (Math.abs(moved) >= 1 && root().scrollTop > 0) jump(root().scrollTop + moved);
		},
	};
}
