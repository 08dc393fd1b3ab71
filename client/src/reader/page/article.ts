import type {
	ContentsEntry,
	ReaderBlock,
	ReaderHead,
	ReaderNote,
	ReaderPatch,
	ReaderView,
} from '../../../../server/src/protocol/reader.ts';
import { groupBy } from '../../../../server/src/util/groups.ts';
import { firstIndex } from '../../../../server/src/util/order.ts';
import { drawBlock, type RenderedBlock } from './blocks.ts';
import { h, setChildren } from './dom.ts';
import { createFolds } from './folds.ts';
import { drawHead } from './head.ts';
import { drawNotes } from './notes.ts';
import type { PictureViews } from './pictures.ts';

/** The article shown in the page. The elements of unchanged blocks are kept when other blocks are edited. */
export interface ShownArticle {
	/** The document version; 0 if nothing is shown. */
	readonly version: number;
	readonly head: ReaderHead | undefined;
	readonly contents: readonly ContentsEntry[];
	readonly notes: readonly ReaderNote[];
	/** In document order. */
	readonly blocks: readonly RenderedBlock[];
	/** Offsets in the source, one in each fold that is not open or closed as it is by default. */
	readonly toggled: readonly number[];
	/** Shows an article. `toggled` are folds to open or close. */
	show(view: ReaderView, toggled?: readonly number[]): void;
	/** Applies a patch. Returns `false` if it is not based on the shown version. */
	patch(patch: ReaderPatch): boolean;
	clear(): void;
	block(id: number): RenderedBlock | undefined;
	/** Returns the block that contains a node of the page. */
	blockAround(node: Node): RenderedBlock | undefined;
	/** Returns the block at an offset in the source, else the last one before it; `undefined` before the first block. */
	blockAt(source: number): RenderedBlock | undefined;
}

/** Creates the element that shows an article. `changed` is called after every change. */
export function createArticle(
	pictures: PictureViews,
	changed: () => void,
): ShownArticle & { readonly element: HTMLElement } {
	const head = h('header', { class: 'head' });
	const text = h('div', { class: 'text', 'data-vscode-context': JSON.stringify({ webviewSection: 'article' }) });
	const element = h('article', { class: 'article' }, head, pictures.banner, text);
	const folds = createFolds(text, finish);
	const byElement = new Map<Element, RenderedBlock>();
	const byId = new Map<number, RenderedBlock>();
	let state: Omit<ReaderView, 'blocks' | 'head'> & { head: ReaderHead | undefined } = nothing();
	let blocks: readonly RenderedBlock[] = [];
	let bySource: readonly RenderedBlock[] | undefined;
	/** The notes drawn for each block, with a key of their content, to redraw only those that differ. */
	const drawnNotes = new Map<number, { readonly key: string; readonly element: HTMLElement }>();

	function draw(block: ReaderBlock): RenderedBlock {
		const drawn = drawBlock(block, pictures.replacementsFor(block, state.head?.source));
		byElement.set(drawn.element, drawn);
		byId.set(drawn.id, drawn);
		return drawn;
	}

	function forget(block: RenderedBlock): void {
		byElement.delete(block.element);
		if (byId.get(block.id) === block) {
			byId.delete(block.id);
			drawnNotes.delete(block.id);
		}
		pictures.forget(block.element);
	}

	function showHead(next: ReaderHead): void {
		setChildren(head, drawHead(next));
		element.lang = next.language;
		element.dir = next.direction;
		element.classList.toggle('cjk', /^(?:zh|ja)\b/i.test(next.language));
	}

	function showNotes(notes: readonly ReaderNote[]): void {
		const perBlock = groupBy(notes, ({ block }) => block);
		for (const { id, element: holder } of blocks) {
			const own = perBlock.get(id);
			const drawn = drawnNotes.get(id);
			const key = own ? JSON.stringify(own) : '';
			if (drawn && drawn.key === key && drawn.element.parentElement === holder) continue;
			drawn?.element.remove();
			drawnNotes.delete(id);
			if (!own) continue;
			const column = drawNotes(own);
			holder.append(column);
			drawnNotes.set(id, { key, element: column });
		}
		element.classList.toggle('annotated', notes.length > 0);
	}

	function finish(): void {
		bySource = undefined;
		pictures.settle();
		changed();
	}

	return {
		element,
		get version() {
			return state.version;
		},
		get head() {
			return state.head;
		},
		get contents() {
			return state.contents;
		},
		get notes() {
			return state.notes;
		},
		get blocks() {
			return blocks;
		},
		get toggled() {
			return folds.toggled();
		},
		show(view, toggled = []) {
			for (const block of blocks) forget(block);
			drawnNotes.clear();
			state = view;
			blocks = view.blocks.map(draw);
			text.replaceChildren();
			folds.arrange(blocks, view.folds);
			folds.restore(toggled);
			showHead(view.head);
			showNotes(view.notes);
			finish();
		},
		patch(patch) {
			if (patch.from !== state.version || state.head === undefined) return false;
			const removed = blocks.slice(patch.at, patch.at + patch.remove);
			const inserted: RenderedBlock[] = [];
			for (const entry of patch.insert) {
				const kept = 'content' in entry ? undefined : byId.get(entry.id);
				if (!('content' in entry) && !kept) return false;
				if (kept) kept.start = entry.start;
				const block = kept ?? draw(entry as ReaderBlock);
				inserted.push(block);
			}
			const tail = blocks.slice(patch.at + patch.remove);
			for (const block of tail) block.start += patch.shift;
			const kept = new Set(inserted);
			const fresh = new Map(inserted.map(block => [block.id, block]));
			for (const block of removed) {
				if (kept.has(block)) continue;
				const successor = fresh.get(block.id);
				const hadFocus = block.content === document.activeElement;
				if (successor) {
					keepOpen(block.content, successor.content);
					block.element.replaceWith(successor.element);
				} else block.element.remove();
				if (hadFocus) successor?.content.focus({ preventScroll: true });
				forget(block);
			}
			blocks = [...blocks.slice(0, patch.at), ...inserted, ...tail];
			const { version, contents = state.contents, notes = state.notes, head: newHead = state.head } = patch;
			if (patch.head) showHead(patch.head);
			state = { version, contents, folds: patch.folds ?? state.folds, notes, head: newHead };
			folds.arrange(blocks, state.folds);
			showNotes(notes);
			finish();
			return true;
		},
		clear() {
			for (const block of blocks) forget(block);
			drawnNotes.clear();
			blocks = [];
			state = nothing();
			folds.arrange([], []);
			head.replaceChildren();
			finish();
		},
		block: id => byId.get(id),
		blockAround(node) {
			const near = node instanceof Element ? node : node.parentElement;
			const around = near?.closest('.block');
			return around ? byElement.get(around) : undefined;
		},
		blockAt(source) {
			bySource ??= blocks.toSorted((a, b) => a.start - b.start);
			const inSource = bySource;
			return inSource[firstIndex(inSource.length, index => (inSource[index]?.start ?? 0) > source) - 1];
		},
	};
}

/** Copies the open state of `details` elements to a redrawn block. */
function keepOpen(before: HTMLElement, after: HTMLElement): void {
	const details = (content: HTMLElement): readonly HTMLDetailsElement[] => [
		...(content instanceof HTMLDetailsElement ? [content] : []),
		...content.querySelectorAll('details'),
	];
	const wereOpen = details(before).map(({ open }) => open);
	for (const [at, element] of details(after).entries()) element.open = wereOpen[at] ?? element.open;
}

function nothing(): { version: number; head: undefined; contents: []; folds: []; notes: [] } {
	return { version: 0, head: undefined, contents: [], folds: [], notes: [] };
}
