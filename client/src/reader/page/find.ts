import type { ShownArticle } from './article.ts';
import { domRange, openAround, type RenderedBlock } from './blocks.ts';
import { h, icon } from './dom.ts';
import { closedFold } from './folds.ts';

/** A find widget, because VS Code has none for webview views. */
export interface Find {
	readonly element: HTMLElement;
	open(): void;
	/** Closes it. Returns whether it was open. */
	close(): boolean;
	next(step: 1 | -1): void;
	/** Searches again after the article changed. */
	refresh(): void;
}

/** The maximum number of matches drawn. All are counted. */
const MOST_DRAWN = 2000;

interface Match {
	readonly block: RenderedBlock;
	readonly start: number;
	readonly end: number;
}

/** Creates the widget. `show` scrolls a range into view. */
export function createFind(article: ShownArticle, show: (range: Range) => void): Find {
	const input = h('input', {
		type: 'text',
		'aria-label': 'Find in the article',
		placeholder: 'Find',
		spellcheck: 'false',
	});
	const count = h('span', { class: 'count', role: 'status' });
	const button = (name: string, title: string, run: () => void): HTMLButtonElement => {
		const made = h('button', { type: 'button', title, 'aria-label': title }, icon(name));
		made.addEventListener('click', run);
		return made;
	};
	const exact = button('case-sensitive', 'Match Case', () => {
		exact.setAttribute('aria-pressed', String(exact.getAttribute('aria-pressed') !== 'true'));
		look();
		input.focus();
	});
	exact.setAttribute('aria-pressed', 'false');
	const previous = button('arrow-up', 'Previous Match (Shift+Enter)', () => next(-1));
	const following = button('arrow-down', 'Next Match (Enter)', () => next(1));
	const shut = button('close', 'Close (Escape)', () => close());
	const element = h(
		'div',
		{ class: 'find', role: 'search', hidden: true },
		input,
		exact,
		count,
		previous,
		following,
		shut,
	);
	let matches: readonly Match[] = [];
	let current = -1;
	let before: Element | null = null;

	function look(): void {
		matches =
			input.value === '' ? [] : findAll(article.blocks, input.value, exact.getAttribute('aria-pressed') === 'true');
		// Start at the first match at or below the top of the window.
		const inSight = matches.findIndex(match => (topOf(match) ?? -1) >= 0);
		current = matches.length === 0 ? -1 : Math.max(0, inSight);
		draw(true);
	}

	function draw(moves: boolean): void {
		const none = input.value !== '' && matches.length === 0;
		count.textContent = input.value === '' ? '' : none ? 'No results' : `${current + 1} of ${matches.length}`;
		element.classList.toggle('none', none);
		previous.disabled = following.disabled = matches.length === 0;
		const near = matches.slice(Math.max(0, current - MOST_DRAWN / 2), current + MOST_DRAWN / 2);
		const ranges = near.map(rangeOfMatch).filter(range => range !== undefined);
		const found = new Highlight();
		for (const range of ranges) found.add(range);
		CSS.highlights.set('found', found);
		const match = matches[current];
		const range = match && rangeOfMatch(match);
		const here = range ? new Highlight(range) : new Highlight();
		here.priority = 1;
		CSS.highlights.set('found-here', here);
		if (range && moves) {
			openAround(range.startContainer);
			show(range);
		}
	}

	function next(step: 1 | -1): void {
		if (matches.length === 0) return;
		current = (current + step + matches.length) % matches.length;
		draw(true);
	}

	function close(): boolean {
		if (element.hidden) return false;
		element.hidden = true;
		const match = matches[current];
		const range = match && rangeOfMatch(match);
		matches = [];
		CSS.highlights.delete('found');
		CSS.highlights.delete('found-here');
		if (range) {
			// Select the match, so that it can be annotated or copied.
			getSelection()?.removeAllRanges();
			getSelection()?.addRange(range);
			match?.block.content.focus({ preventScroll: true });
		} else if (before instanceof HTMLElement) {
			before.focus({ preventScroll: true });
		}
		return true;
	}

	input.addEventListener('input', look);
	element.addEventListener('keydown', event => {
		if (event.key === 'Enter' && event.target === input) next(event.shiftKey ? -1 : 1);
		else if (event.key === 'F3') next(event.shiftKey ? -1 : 1);
		else if (event.key === 'Escape') close();
		else return;
		event.preventDefault();
		event.stopPropagation();
	});

	return {
		element,
		open() {
			if (element.hidden) before = document.activeElement;
			element.hidden = false;
			const selected = getSelection()?.toString() ?? '';
			if (selected !== '' && selected.length < 200 && !selected.includes('\n')) input.value = selected;
			input.select();
			input.focus();
			look();
		},
		close,
		next,
		refresh() {
			if (element.hidden) return;
			const at = current;
			matches =
				input.value === '' ? [] : findAll(article.blocks, input.value, exact.getAttribute('aria-pressed') === 'true');
			current = Math.min(at, matches.length - 1);
			draw(false);
		},
	};
}

/** Returns all matches of a query, each within one block. All white space is treated as equal. */
function findAll(blocks: readonly RenderedBlock[], query: string, isExact: boolean): Match[] {
	const words = query.trim() === '' ? [query] : query.split(/\s+/);
	const source = words.map(word => word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('\\s+');
	const pattern = new RegExp(source, isExact ? 'gu' : 'giu');
	const matches: Match[] = [];
	for (const block of blocks)
		for (const { index, 0: found } of block.text.matchAll(pattern))
			if (found !== '') matches.push({ block, start: index, end: index + found.length });
	return matches;
}

/** Returns the position of a match relative to the window; that of the fold if it is in a closed one. */
function topOf(match: Match): number | undefined {
	return (closedFold(match.block.element) ?? rangeOfMatch(match))?.getBoundingClientRect().top;
}

function rangeOfMatch({ block, start, end }: Match): Range | undefined {
	return domRange(block, start, end);
}
