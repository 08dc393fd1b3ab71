import type { ReaderFold } from '../../../../server/src/protocol/reader.ts';
import type { RenderedBlock } from './blocks.ts';
import { h, icon, setChildren } from './dom.ts';

/** The furniture of the page around the article: each run of blocks in one line that opens and closes. */
export interface Folds {
	/** Puts blocks and folds into their order. Folds stay open or closed as long as one of their blocks exists. */
	arrange(blocks: readonly RenderedBlock[], folds: readonly ReaderFold[]): void;
	/** Opens or closes folds that are not as they are by default, given the offsets of some of their blocks in the source. */
	restore(toggled: readonly number[]): void;
	/** The offsets from which `restore` restores the folds. */
	toggled(): readonly number[];
}

/** Returns the fold around a node of the page, if it is closed. */
export function closedFold(node: Element): HTMLDetailsElement | undefined {
	return node.closest<HTMLDetailsElement>('details.fold:not([open])') ?? undefined;
}

/** Returns the element that takes up the space of a block: the closed fold that it is in, else its own. */
export function frameOf({ element }: RenderedBlock): HTMLElement {
	return closedFold(element) ?? element;
}

/** A fold in the page. */
interface Fold {
	readonly element: HTMLDetailsElement;
	readonly summary: HTMLElement;
	state: ReaderFold;
	blocks: readonly RenderedBlock[];
}

/** Creates the folds of a text. `toggled` is called after one was opened or closed. */
export function createFolds(text: HTMLElement, toggled: () => void): Folds {
	let shown: readonly Fold[] = [];

	function create(state: ReaderFold): Fold {
		const summary = h('summary', { lang: 'en' });
		const element = h(
			'details',
			{ class: 'fold', open: state.open, 'data-vscode-context': JSON.stringify({ webviewSection: 'fold' }) },
			summary,
		);
		element.addEventListener('toggle', toggled);
		return { element, summary, state: { ...state, label: '' }, blocks: [] };
	}

	function update(fold: Fold, state: ReaderFold, blocks: readonly RenderedBlock[]): void {
		const before = fold.state;
		if (before.label !== state.label || before.size !== state.size)
			setChildren(fold.summary, [
				icon('chevron-right'),
				h(
					'span',
					{ class: 'fold-label' },
					state.label,
					...(state.size === '' ? [] : [' · ', h('span', { class: 'fold-size' }, state.size)]),
				),
			]);
		// A note in it was added.
		if (state.open && !before.open) fold.element.open = true;
		fold.state = state;
		fold.blocks = blocks;
	}

	return {
		arrange(blocks, folds) {
			const known = new Map(shown.map(fold => [fold.element as Element | null, fold]));
			const at = new Map(folds.map(fold => [fold.first, fold]));
			const next: Fold[] = [];
			const top: Element[] = [];
			for (let index = 0; index < blocks.length; index++) {
				const block = blocks[index] as RenderedBlock;
				const state = at.get(block.id);
				if (!state) {
					top.push(block.element);
					continue;
				}
				let last = index;
				while (last + 1 < blocks.length && blocks[last]?.id !== state.last) last++;
				const inside = blocks.slice(index, last + 1);
				index = last;
				const same = inside.map(({ element }) => element.parentElement).find(parent => known.has(parent)) ?? null;
				const fold = known.get(same) ?? create(state);
				known.delete(same);
				update(fold, state, inside);
				next.push(fold);
				top.push(fold.element);
			}
			place(text, top);
			for (const { element, summary, blocks: inside } of next)
				place(element, [summary, ...inside.map(block => block.element)]);
			for (const { element } of known.values()) element.remove();
			shown = next;
		},
		restore(offsets) {
			for (const { element, state, blocks } of shown)
				if (offsets.some(offset => blocks.some(({ start, length }) => start <= offset && offset < start + length)))
					element.open = !state.open;
		},
		toggled: () =>
			shown.flatMap(({ element, state, blocks }) => {
				const [first] = blocks;
				return first && element.open !== state.open ? [first.start] : [];
			}),
	};
}

/** Puts elements into a parent in their order. Those that are in place already are not moved. */
function place(parent: Element, elements: readonly Element[]): void {
	let next: Element | null = null;
	for (const element of elements.toReversed()) {
		if (element.parentElement !== parent || element.nextElementSibling !== next) parent.insertBefore(element, next);
		next = element;
	}
}
