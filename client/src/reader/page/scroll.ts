import { firstIndex } from '../../../../server/src/util/order.ts';
import { clamp } from '../../../../server/src/util/value.ts';
import type { ShownArticle } from './article.ts';
import { domRange, offsetIn, toSource, toText } from './blocks.ts';
import type { PageMessage } from './messages.ts';

/** Where the page stands in the article. */
export interface Scrolling {
	/** Goes to the start of another article. */
	restart(): void;
	/** Brings a place of the source to the top, as an editor that is scrolled. */
	scrollTo(offset: number): void;
	/** Brings a place of the source into sight, if it is not, with some room around it. */
	showPlace(offset: number): void;
	/** Brings an element into sight that the user asked for, with some room above it, and so leads. */
	showElement(element: Element): void;
	/** Keeps what is at the top of the window there while `change` changes what is above. */
	keepPlace(change: () => void): void;
	/** Keeps the place that was scrolled to last after the page was laid out anew, as with a picture above that came late. */
	hold(): void;
}

/** Room above what is brought to the top, in CSS pixels; below the bar that stays there. */
const MARGIN = 24;

/** Positions that differ less, in CSS pixels, are the same. */
const SLACK = 2;

/** What people scroll with. */
const INPUTS = ['wheel', 'touchmove', 'pointerdown', 'mousedown', 'keydown'] as const;

/** Time after which the place is kept that was scrolled to, in milliseconds. */
const QUIET = 150;

/**
 * Tells the extension where the page stands, and lets it say so. Whoever is scrolled by the user leads: a scroll that this page was
 * told to make, or that the browser makes when pictures arrive, is never told back.
 */
export function createScrolling(
	article: ShownArticle,
	progress: HTMLElement,
	post: (message: PageMessage) => void,
): Scrolling {
	/** Whether what is scrolled now is scrolled by the user: the page was touched since it was last told to scroll. */
	let leads = false;
	/** The place of the source that the page was told to scroll to, while it is there. */
	let held: number | undefined;
	/** The place that the editor was last led to. */
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

	/** The place of the source at the top of the window. */
	function placeAtTop(): number {
		const block = blockAtTop();
		if (!block || root().scrollTop <= SLACK) return 0;
		const box = block.content.getBoundingClientRect();
		if (box.top >= 0) return block.start;
		const x = box.left + (getComputedStyle(block.content).direction === 'rtl' ? box.width - 1 : 1);
		const caret = document.caretPositionFromPoint(x, MARGIN);
		if (caret && block.content.contains(caret.offsetNode))
			return toSource(block, offsetIn(block, caret.offsetNode, caret.offset));
		// A picture or a gap is there: as far into the source as into the block.
		return block.start + Math.round(block.length * Math.min(1, -box.top / Math.max(1, box.height)) || 0);
	}

	function blockAtTop(): ShownArticle['blocks'][number] | undefined {
		const { blocks } = article;
		const isBelow = (index: number): boolean => (blocks[index]?.element.getBoundingClientRect().bottom ?? 0) > MARGIN;
		return blocks[firstIndex(blocks.length, isBelow)];
	}

	/** Where a place of the source is drawn, from the top of the window. */
	function boxOf(offset: number): { readonly top: number; readonly bottom: number } | undefined {
		const block = article.blockAt(offset);
		if (!block) return undefined;
		const text = toText(block, offset);
		const line = block.text === '' ? undefined : domRange(block, text, Math.min(text + 1, block.text.length));
		const [box] = line?.getClientRects() ?? [];
		const whole = block.content.getBoundingClientRect();
		// Before the first character of a block, as inside a picture, it is the block.
		return box && text > 0 ? { top: box.top, bottom: box.bottom } : { top: whole.top, bottom: whole.bottom };
	}

	function tell(led: boolean): void {
		const offset = placeAtTop();
		if (led && offset === told) return;
		// A place that the page only says where it stands, as it does at rest, leads nobody there yet.
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
			const top = block?.element.getBoundingClientRect().top ?? 0;
			const start = block?.start ?? 0;
			change();
			const after = block && (block.element.isConnected ? block : article.block(block.id));
			if (held !== undefined) held = after ? held + after.start - start : undefined;
			const moved = after ? after.element.getBoundingClientRect().top - top : 0;
			if (Math.abs(moved) >= 1 && root().scrollTop > 0) jump(root().scrollTop + moved);
		},
	};
}
