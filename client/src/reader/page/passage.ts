import { foldSpaces } from '../../../../server/src/util/text.ts';
import type { ShownArticle } from './article.ts';
import { blockText, domRange, offsetIn, type RenderedBlock, toSource } from './blocks.ts';
import { h, icon, OWN } from './dom.ts';
import { closedFold } from './folds.ts';
import type { PageMessage } from './messages.ts';

/** Actions on the selected passage. */
export interface Passages {
	/** The toolbar shown next to a selection. */
	readonly toolbar: HTMLElement;
	/** Runs an action on the selection, else on a whole block. Returns `false` if there is neither. */
	act(action: 'highlight' | 'note' | 'copyQuote', current: RenderedBlock | undefined): boolean;
	/** Selects the first sentence of a block, or the sentence after the selected one. */
	selectSentence(block: RenderedBlock): void;
	/** Swaps anchor and focus of the selection, so that Shift+arrow keys move the other end. */
	swapEnds(): void;
	/** Clears the selection. Returns whether there was one. */
	clear(): boolean;
}

/** A passage of the article. Offsets refer to the source. */
export interface Passage {
	readonly start: number;
	readonly end: number;
	readonly text: string;
}

/** The actions on a passage. */
const ACTIONS = [
	{ action: 'highlight', key: 'H', symbol: 'highlight', title: 'Highlight' },
	{ action: 'note', key: 'N', symbol: 'comment', title: 'Add Note' },
	{ action: 'copyQuote', key: 'C', symbol: 'quote', title: 'Copy as Quotation' },
] as const;

/** The distance of the toolbar from the selection and from the edges of the window, in CSS pixels. */
const GAP = 8;

/** Creates the actions on selections. */
export function createPassages(article: ShownArticle, post: (message: PageMessage) => void): Passages {
	const buttons = ACTIONS.map(({ action, key, symbol, title }) => {
		const button = h(
			'button',
			{ type: 'button', title: `${title} (${key})`, 'data-action': action },
			icon(symbol),
			h('span', {}, title),
		);
		// Keep the selection.
		button.addEventListener('mousedown', event => event.preventDefault());
		button.addEventListener('click', () => act(action, undefined));
		return button;
	});
	const toolbar = h('div', { class: 'passage', role: 'toolbar', 'aria-label': 'Selection', hidden: true }, ...buttons);

	function act(action: (typeof ACTIONS)[number]['action'], current: RenderedBlock | undefined): boolean {
		const passage = selectedPassage(article) ?? (current && wholeBlock(current));
		if (!passage) return false;
		post({ type: 'passage', action, version: article.version, ...passage });
		if (action !== 'copyQuote') getSelection()?.removeAllRanges();
		place();
		return true;
	}

	function place(): void {
		const selection = getSelection();
		const passage = selectedPassage(article);
		toolbar.hidden = !passage;
		if (!passage || !selection) return;
		const boxes = [...selection.getRangeAt(0).getClientRects()].filter(box => box.width > 0);
		const [first] = boxes;
		const last = boxes.at(-1);
		if (!first || !last) return;
		const { offsetWidth: width, offsetHeight: height } = toolbar;
		const { clientWidth, clientHeight } = document.documentElement;
		const above = first.top - height - GAP;
		const top = above >= GAP ? above : Math.min(last.bottom + GAP, clientHeight - height - GAP);
		const left = Math.min(
			Math.max(GAP, (first.left + first.right - width) / 2),
			Math.max(GAP, clientWidth - width - GAP),
		);
		toolbar.style.top = `${Math.round(top)}px`;
		toolbar.style.left = `${Math.round(left)}px`;
	}

	let isDue = false;
	const later = (): void => {
		if (isDue) return;
		isDue = true;
		requestAnimationFrame(() => {
			isDue = false;
			place();
		});
	};
	document.addEventListener('copy', event => copyFormulas(article, event));
	document.addEventListener('selectionchange', later);
	document.addEventListener('scroll', later);
	addEventListener('resize', later);

	return {
		toolbar,
		act,
		selectSentence(block) {
			const selection = getSelection();
			if (!selection) return;
			const passage = selectedPassage(article);
			const from = passage && selection.rangeCount > 0 ? selection.getRangeAt(0) : undefined;
			const isHere = from !== undefined && block.element.contains(from.endContainer);
			const start = isHere ? offsetIn(block, from.endContainer, from.endOffset) : 0;
			const sentences = [
				...new Intl.Segmenter(article.head?.language.replace(/^und.*/, 'en') ?? 'en', {
					granularity: 'sentence',
				}).segment(block.text),
			];
			const next = sentences.find(
				({ index, segment }) => index + segment.trimEnd().length > start && segment.trim() !== '',
			);
			const sentence = next ?? sentences.find(({ segment }) => segment.trim() !== '');
			if (!sentence) return;
			const lead = sentence.segment.length - sentence.segment.trimStart().length;
			const range = domRange(block, sentence.index + lead, sentence.index + sentence.segment.trimEnd().length);
			if (!range) return;
			selection.removeAllRanges();
			selection.addRange(range);
		},
		swapEnds() {
			const selection = getSelection();
			if (!selection?.anchorNode || !selection.focusNode) return;
			const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
			selection.setBaseAndExtent(focusNode, focusOffset, anchorNode, anchorOffset);
		},
		clear() {
			const selection = getSelection();
			if (!selection || selection.isCollapsed) return false;
			selection.collapseToStart();
			return true;
		},
	};
}

/** Returns the selected part of the article; `undefined` if no text is selected. */
export function selectedPassage(article: ShownArticle): Passage | undefined {
	const selection = getSelection();
	if (!selection || selection.isCollapsed || selection.rangeCount === 0) return undefined;
	const range = selection.getRangeAt(0);
	const parts = article.blocks
		.filter(({ content }) => range.intersectsNode(content) && !closedFold(content))
		.flatMap(block => {
			const start = block.content.contains(range.startContainer)
				? offsetIn(block, range.startContainer, range.startOffset)
				: 0;
			const end = block.content.contains(range.endContainer)
				? offsetIn(block, range.endContainer, range.endOffset)
				: block.text.length;
			const text = block.text.slice(start, end);
			// Exclude white space at the ends.
			const lead = text.length - text.trimStart().length;
			return text.trim() === '' ? [] : [{ block, start: start + lead, end: start + text.trimEnd().length }];
		});
	const first = parts[0];
	const last = parts.at(-1);
	if (!first || !last) return undefined;
	return {
		start: toSource(first.block, first.start),
		end: toSource(last.block, last.end, 'end'),
		text: parts.map(({ block, start, end }) => foldSpaces(blockText(block, start, end))).join('\n\n'),
	};
}

/** Copies a selection with formulas as their alternative text. Browsers would put each part of a formula on its own line. */
function copyFormulas(article: ShownArticle, event: ClipboardEvent): void {
	const selection = getSelection();
	const passage = selectedPassage(article);
	if (!passage || !selection || !event.clipboardData) return;
	const copy = h('div', {}, selection.getRangeAt(0).cloneContents());
	if (!copy.querySelector('math')) return;
	for (const own of copy.querySelectorAll(`:not(math *)[${OWN}]`)) own.remove();
	for (const mark of copy.querySelectorAll('mark.segment')) {
		for (let child = mark.firstChild; child; child = mark.firstChild) mark.before(child);
		mark.remove();
	}
	for (const element of copy.querySelectorAll('*'))
		for (const name of ['class', 'data-notes', 'data-anchor', 'tabindex']) element.removeAttribute(name);
	event.clipboardData.setData('text/plain', passage.text);
	event.clipboardData.setData('text/html', copy.innerHTML);
	event.preventDefault();
}

function wholeBlock(block: RenderedBlock): Passage | undefined {
	const text = block.text.trim();
	if (text === '') return undefined;
	const start = block.text.indexOf(text);
	return {
		start: toSource(block, start),
		end: toSource(block, start + text.length, 'end'),
		text: foldSpaces(blockText(block, start, start + text.length)),
	};
}
