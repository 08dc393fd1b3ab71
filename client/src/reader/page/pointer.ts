import type { ShownArticle } from './article.ts';
import { offsetIn, openAround, toSource } from './blocks.ts';
import type { PageMessage } from './messages.ts';
import type { PictureViews } from './pictures.ts';
import type { Trail } from './trail.ts';

type Article = ShownArticle & { readonly element: HTMLElement };
type Post = (message: PageMessage) => void;

/**
 * Handles clicks on links instead of VS Code. The extension follows them, because it knows the archive.
 *
 * @param aside an element whose links are not handled
 */
export function followLinks(aside: HTMLElement, trail: Trail, post: Post): void {
	document.addEventListener(
		'click',
		event => {
			if (!(event.target instanceof Element)) return;
			const link = event.target.closest('a[href]');
			if (!link || aside.contains(link)) return;
			event.preventDefault();
			event.stopImmediatePropagation();
			if (link.hasAttribute('data-page')) post({ type: 'command', command: 'openSource' });
			else if (!link.getAttribute('href')?.startsWith('#') || !trail.follow(link))
				post({ type: 'open', href: link.getAttribute('href') ?? '' });
		},
		true,
	);
}

/** Handles clicks on images, notes and annotated text. Other clicks move the cursor in the source. */
export function followClicks(article: Article, pictures: PictureViews, post: Post): void {
	article.element.addEventListener('click', event => {
		const { target } = event;
		if (!(target instanceof Element)) return;
		const enlarged = target.closest('.enlarge img, .enlarge');
		if (enlarged) {
			pictures.enlarge(target.closest('.picture')?.querySelector('img') ?? target);
			return;
		}
		const note = target.closest<HTMLElement>('.note');
		if (note && target.closest('.open')) {
			post({ type: 'openNote', id: note.dataset.note ?? '' });
			return;
		}
		const mark = target.closest<HTMLElement>('.segment');
		if (mark) showNote(article.element, (mark.dataset.notes ?? '').split(' ')[0] ?? '');
		if (note || target.closest('button, summary') || getSelection()?.isCollapsed === false) return;
		const offset = offsetAt(article, event);
		if (offset !== undefined)
			post({ type: 'place', version: article.version, offset, focus: event.ctrlKey || event.metaKey });
	});
}

/** Highlights the annotated text when the pointer is over a note, and vice versa. */
export function lightNotes(article: Article): void {
	article.element.addEventListener('pointerover', event => {
		const target = event.target instanceof Element ? event.target : null;
		const ids =
			target?.closest<HTMLElement>('.note')?.dataset.note ?? target?.closest<HTMLElement>('.segment')?.dataset.notes;
		for (const lit of article.element.querySelectorAll('.lit')) lit.classList.remove('lit');
		for (const id of (ids ?? '').split(' ').filter(one => one !== '')) {
			const name = CSS.escape(id);
			for (const part of article.element.querySelectorAll(
				`.segment[data-notes~="${name}"], .note[data-note="${name}"]`,
			))
				part.classList.add('lit');
		}
	});
}

function showNote(article: HTMLElement, id: string): void {
	const note = article.querySelector<HTMLElement>(`.note[data-note="${CSS.escape(id)}"]`);
	if (note) openAround(note);
	note?.scrollIntoView({ block: 'nearest' });
	note?.focus({ preventScroll: true });
}

/** Returns the offset in the source that was clicked. */
function offsetAt(article: ShownArticle, { clientX, clientY, target }: MouseEvent): number | undefined {
	const block = target instanceof Node ? article.blockAround(target) : undefined;
	if (!block) return undefined;
	const caret = document.caretPositionFromPoint(clientX, clientY);
	if (!caret || !block.content.contains(caret.offsetNode)) return block.start;
	return toSource(block, offsetIn(block, caret.offsetNode, caret.offset));
}
