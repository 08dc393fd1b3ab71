import type { ReaderNote, ReaderRemark } from '../../../../server/src/protocol/reader.ts';
import { localDay } from '../../../../server/src/util/day.ts';
import { capital } from '../../../../server/src/util/labels.ts';
import { buildMarkup, h, icon, OWN } from './dom.ts';
import { closedFold } from './folds.ts';

/** Labels and icons of the built-in kinds of note. Custom kinds are shown by their name, as in editors. */
const KINDS: ReadonlyMap<string, { readonly name: string; readonly icon: string }> = new Map([
	['note', { name: 'Note', icon: 'note' }],
	['question', { name: 'Question', icon: 'question' }],
	['check', { name: 'Check', icon: 'check' }],
	['edit', { name: 'Edit', icon: 'edit' }],
	['link', { name: 'Link', icon: 'link' }],
	['translate', { name: 'Translation', icon: 'globe' }],
	['highlight', { name: 'Highlight', icon: 'highlight' }],
]);

/** Renders the notes of a block, which are shown in the margin, or below the block if there is no room. */
export function drawNotes(notes: readonly ReaderNote[]): HTMLElement {
	return h('div', { class: 'notes', [OWN]: true, lang: 'en' }, notes.map(drawNote));
}

function drawNote(note: ReaderNote): HTMLElement {
	const { name, icon: symbol } = KINDS.get(note.kind) ?? { name: capital(note.kind), icon: 'note' };
	const title = note.suggestion === 'deletion' ? 'Deletion' : note.suggestion === 'insertion' ? 'Insertion' : name;
	const label = note.resolved ? `${title}, resolved` : title;
	const open = h('button', { class: 'open', type: 'button', title: 'Go to Source' }, icon(symbol), label);
	const card = h(
		'div',
		{ class: 'note', role: 'note', 'aria-label': label, 'data-note': note.id, 'data-kind': note.kind, tabindex: -1 },
		h('p', { class: 'kind' }, open),
		drawRemark(note),
		note.replies.map(reply => h('div', { class: 'reply' }, drawRemark(reply))),
	);
	if (note.resolved) card.classList.add('resolved');
	if (note.unseen) card.append(h('p', { class: 'doubt' }, icon('warning'), 'The annotated text is hidden on the page'));
	if (note.doubt !== undefined) card.append(h('p', { class: 'doubt' }, icon('warning'), note.doubt));
	return card;
}

/** Renders nothing, because notes have no images or embedded content. */
const NOTHING = (): Node => document.createDocumentFragment();

function drawRemark({ said, tags, creator, created }: ReaderRemark): HTMLElement[] {
	const parts: HTMLElement[] = [];
	if (said) {
		const words = buildMarkup(said, { picture: NOTHING, embed: NOTHING });
		parts.push(h('div', { class: 'said', dir: 'auto', lang: languageOf(words.textContent ?? '') }, words));
	}
	if (tags.length > 0)
		parts.push(
			h(
				'p',
				{ class: 'tags' },
				tags.map(tag => h('span', { class: 'tag' }, `#${tag}`)),
			),
		);
	const by = [creator, created && localDay(created)].filter(part => part !== undefined && part !== '');
	if (by.length > 0) parts.push(h('p', { class: 'by' }, by.join(' · ')));
	return parts;
}

/** Returns the language of a note's text, which may differ from the article's. */
function languageOf(text: string): string {
	if (/[\u3040-\u30ff]/.test(text)) return 'ja';
	return /[\u3400-\u9fff]/.test(text) ? 'zh' : 'en';
}

/** The space between two notes in the margin, in CSS pixels. */
const GAP = 12;

/**
 * Positions notes in the margin next to the annotated text, and moves them down where they would overlap. Without a margin,
 * notes stay below their blocks.
 */
export function layOutNotes(article: HTMLElement): void {
	const columns = [...article.querySelectorAll<HTMLElement>('.notes')].filter(column => !closedFold(column));
	const [first] = columns;
	if (!first) return;
	const inMargin = getComputedStyle(first).position === 'absolute';
	const cards = columns.flatMap(column => [...column.querySelectorAll<HTMLElement>('.note')]);
	const places = inMargin
		? cards.map(card => {
				const column = card.parentElement as HTMLElement;
				const id = CSS.escape(card.dataset.note ?? '');
				const block = column.parentElement as HTMLElement;
				const mark = block.querySelector(`.segment[data-notes~="${id}"]`) ?? block;
				return {
					// Text in a closed `details` element has no box.
					top: (mark.getClientRects()[0] ?? block.getBoundingClientRect()).top,
					base: column.getBoundingClientRect().top,
					height: card.offsetHeight,
				};
			})
		: [];
	let free = Number.NEGATIVE_INFINITY;
	for (const [at, card] of cards.entries()) {
		const place = places[at];
		if (!place) {
			card.style.removeProperty('top');
			continue;
		}
		const top = Math.max(place.top, free);
		card.style.top = `${Math.round(top - place.base)}px`;
		free = top + place.height + GAP;
	}
}
