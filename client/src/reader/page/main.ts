import { createArticle } from './article.ts';
import { domRange, offsetIn, openAround, type RenderedBlock, toSource, toText } from './blocks.ts';
import { createContents } from './contents.ts';
import { createCurrent } from './current.ts';
import { h, setChildren } from './dom.ts';
import { createFind } from './find.ts';
import { closedFold } from './folds.ts';
import { type Binding, bindKeys, showHelp } from './keys.ts';
import {
	type HostMessage,
	type PageCommand,
	type PageMessage,
	type ReaderSettings,
	readHostMessage,
} from './messages.ts';
import { layOutNotes } from './notes.ts';
import { createPassages, selectedPassage } from './passage.ts';
import { createPictureViews } from './pictures.ts';
import { followClicks, followLinks, lightNotes } from './pointer.ts';
import { createScrolling } from './scroll.ts';
import { drawStatus } from './status.ts';
import { createTrail } from './trail.ts';

declare function acquireVsCodeApi(): { postMessage(message: PageMessage): void; setState(state: unknown): void };

const vscode = acquireVsCodeApi();
const post = (message: PageMessage): void => vscode.postMessage(message);

const pictures = createPictureViews(post);
const article = createArticle(pictures, changed);
const progress = h('div', {
	class: 'progress',
	role: 'progressbar',
	'aria-label': 'Reading progress',
	'aria-valuemin': 0,
	'aria-valuemax': 100,
	'aria-valuenow': 0,
});
const status = h('div', { class: 'status', hidden: true });
const told = h('div', { class: 'told', role: 'status' });
const scrolling = createScrolling(article, progress, post);
const current = createCurrent(article, scrolling, post);
const contents = createContents(article, id => {
	const block = article.block(id);
	if (block) current.set(block);
});
const find = createFind(article, range => {
	const { top, bottom } = range.getBoundingClientRect();
	const height = document.documentElement.clientHeight;
	if (top < 60 || bottom > height - 40) scrollBy({ top: top - height / 3 });
});
const passages = createPassages(article, post);
const trail = createTrail(article, element => {
	const block = article.blockAround(element);
	scrolling.showElement(element);
	if (block)
		post({
			type: 'place',
			version: article.version,
			offset: toSource(block, offsetIn(block, element, 0)),
			focus: false,
		});
});
const page = h(
	'div',
	{ class: 'page' },
	contents.element,
	h('main', { class: 'column' }, progress, status, article.element, passages.toolbar, trail.button),
);
document.body.append(find.element, page, told);
contents.button.classList.add('in-head');

/** The folds that were last reported, as text. */
let toggled = '[]';

function changed(): void {
	const now = JSON.stringify(article.toggled);
	if (article.version > 0 && now !== toggled) {
		toggled = now;
		post({ type: 'folds', version: article.version, toggled: article.toggled });
	}
	contents.refresh();
	find.refresh();
	const facts = article.element.querySelector('.facts');
	if (facts && contents.button.parentElement !== facts) facts.append(contents.button);
	document.title = article.head?.title ?? 'Reader';
	page.classList.toggle('with-contents', article.contents.length > 0);
	refreshScrollers();
	layOutSoon();
}

/** Makes content that is wider than the page focusable, so that the keyboard can scroll it, and names it. */
function refreshScrollers(): void {
	for (const scroller of article.element.querySelectorAll<HTMLElement>('.scroller')) {
		if (scroller.scrollWidth > scroller.clientWidth) {
			scroller.tabIndex = 0;
			scroller.setAttribute('role', 'region');
			scroller.setAttribute('aria-label', scroller.querySelector('caption')?.textContent?.trim() || 'Wide content');
		} else {
			for (const name of ['tabindex', 'role', 'aria-label']) scroller.removeAttribute(name);
		}
	}
}

let isLayoutDue = false;
function layOutSoon(): void {
	if (isLayoutDue) return;
	isLayoutDue = true;
	requestAnimationFrame(() => {
		isLayoutDue = false;
		refreshScrollers();
		layOutNotes(article.element);
	});
}
new ResizeObserver(() => {
	scrolling.hold();
	layOutSoon();
}).observe(article.element);

const isHeading = ({ content }: RenderedBlock): boolean => /^H[2-6]$/.test(content.tagName) && !closedFold(content);
const isNoted = ({ element }: RenderedBlock): boolean => element.querySelector(':scope > .notes') !== null;

function goToSource(): boolean {
	const passage = selectedPassage(article);
	const offset = passage?.start ?? current.block?.start;
	if (offset === undefined) return false;
	post({ type: 'place', version: article.version, offset, focus: true });
	return true;
}

/** The element on which the context menu was last opened, until the page is used otherwise. */
let chosen: Element | undefined;
for (const input of ['pointerdown', 'keydown'])
	addEventListener(
		input,
		() => {
			chosen = undefined;
		},
		true,
	);
addEventListener(
	'contextmenu',
	({ target }) => {
		chosen = target instanceof Element ? target : undefined;
	},
	true,
);

/** Says that a block, or the line of a fold, is part of the article, or is not: the one chosen, focused or current. */
function describe(isArticle: boolean | undefined): boolean {
	const near = chosen ?? document.activeElement;
	const fold = near?.closest('.fold > summary')?.parentElement;
	const block = (near && article.blockAround(fold?.querySelector('.block') ?? near)) ?? current.blockOrTop;
	if (!block) return false;
	const isFolded = block.element.closest('.fold') !== null;
	const offset = toSource(block, 0);
	post({ type: 'describe', version: article.version, offset, isArticle: isArticle ?? isFolded });
	return true;
}

const always = (run: () => void) => (): boolean => {
	run();
	return true;
};
const commands: Readonly<Record<PageCommand, () => boolean>> = {
	find: always(() => find.open()),
	contents: always(() => contents.toggle()),
	help: always(() => showHelp(bindings)),
	highlight: () => passages.act('highlight', current.block),
	note: () => passages.act('note', current.block),
	copyQuote: () => passages.act('copyQuote', current.block),
	next: () => current.step(1),
	previous: () => current.step(-1),
	goToSource,
	notTheArticle: () => describe(false),
	theArticle: () => describe(true),
};
const hostCommand = (command: 'larger' | 'smaller' | 'resetSize') => always(() => post({ type: 'command', command }));
const bindings: readonly Binding[] = [
	{ keys: ['j'], does: 'Next paragraph', run: commands.next },
	{ keys: ['k'], does: 'Previous paragraph', run: commands.previous },
	{ keys: [']', '['], does: 'Next or previous heading', run: () => false },
	{ keys: ['m'], does: 'Next note', run: () => current.step(1, isNoted) },
	{ keys: ['Enter'], does: 'Go to source', run: goToSource },
	{ keys: ['v'], does: 'Select the next sentence', run: () => selectSentence() },
	{
		keys: ['o'],
		does: 'Swap the end of the selection that Shift+arrow keys move',
		run: always(() => passages.swapEnds()),
	},
	{ keys: ['h'], does: 'Highlight the selection or paragraph', run: commands.highlight },
	{ keys: ['n'], does: 'Add a note to the selection or paragraph', run: commands.note },
	{ keys: ['c'], does: 'Copy the selection or paragraph as quotation', run: commands.copyQuote },
	{
		keys: ['x'],
		does: 'Say that the paragraph is not the article, or that it is, in a folded part',
		run: () => describe(undefined),
	},
	{ keys: ['b'], does: 'Go back to the followed link', run: () => trail.back() },
	{ keys: ['t'], does: 'Show or hide contents', run: commands.contents },
	{ keys: ['/'], does: 'Find', run: commands.find },
	{ keys: ['f'], withControl: true, does: 'Find', run: commands.find },
	{ keys: ['i'], does: 'Enlarge the image', run: () => enlarge() },
	{ keys: ['+', '-', '0'], does: 'Increase, decrease or reset text size', run: () => false },
	{ keys: ['Escape'], does: 'Close the open widget or clear the selection', run: leave },
	{ keys: ['?'], does: 'Show keyboard shortcuts', run: commands.help },
];
bindKeys([
	{ keys: [']'], does: '', run: () => current.step(1, isHeading) },
	{ keys: ['['], does: '', run: () => current.step(-1, isHeading) },
	{ keys: ['+', '='], does: '', run: hostCommand('larger') },
	{ keys: ['-'], does: '', run: hostCommand('smaller') },
	{ keys: ['0'], does: '', run: hostCommand('resetSize') },
	...bindings,
]);

function selectSentence(): boolean {
	const block = current.blockOrTop;
	if (!block) return false;
	if (block !== current.block) current.set(block);
	passages.selectSentence(block);
	return true;
}

function enlarge(): boolean {
	const block = current.blockOrTop;
	return block !== undefined && pictures.enlarge(block.element);
}

function leave(): boolean {
	if (find.close() || contents.close() || passages.clear()) return true;
	current.clear();
	return false;
}

followLinks(contents.element, trail, post);
followClicks(article, pictures, post);
lightNotes(article);

function apply(settings: ReaderSettings): void {
	const { style, dataset } = document.documentElement;
	style.setProperty('--reader-size', `${settings.fontSize}px`);
	style.setProperty('--reader-line', String(settings.lineHeight));
	dataset.width = settings.width;
	dataset.font = settings.font;
	pictures.allow(settings.pictures);
	layOutSoon();
}

function receive(message: HostMessage): void {
	switch (message.type) {
		case 'view':
			status.hidden = true;
			article.element.hidden = false;
			current.clear();
			toggled = JSON.stringify(message.toggled ?? []);
			article.show(message.view, message.toggled);
			trail.clear();
			if (message.place === undefined) scrolling.restart();
			else scrolling.scrollTo(message.place);
			return;
		case 'patch':
			scrolling.keepPlace(() => {
				// The patch does not apply: request the whole article.
				if (!article.patch(message.patch)) post({ type: 'ready' });
			});
			current.refresh();
			return;
		case 'status':
			article.clear();
			trail.clear();
			article.element.hidden = true;
			status.hidden = false;
			setChildren(status, drawStatus(message.status, post));
			return;
		case 'settings':
			scrolling.keepPlace(() => apply(message.settings));
			return;
		case 'reveal': {
			const block = message.why === 'scroll' ? undefined : article.blockAt(message.offset);
			if (message.why === 'cursor') {
				const fold = block && closedFold(block.element);
				if (fold) fold.open = true;
				scrolling.showPlace(message.offset);
				return;
			}
			if (block)
				openAround(domRange(block, toText(block, message.offset), block.text.length)?.startContainer ?? block.content);
			scrolling.scrollTo(message.offset);
			if (block) current.set(block);
			return;
		}
		case 'run':
			commands[message.command]?.();
			return;
		case 'picture':
			pictures.received(message.url, message.data, message.reason);
			return;
		case 'remember':
			vscode.setState(message.state);
			return;
		case 'told':
			told.textContent = message.text;
			told.classList.remove('shown');
			requestAnimationFrame(() => told.classList.add('shown'));
			return;
	}
}

addEventListener('message', ({ data }) => {
	const message = readHostMessage(data);
	if (message) receive(message);
});
post({ type: 'ready' });
