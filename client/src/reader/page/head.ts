import type { ReaderHead } from '../../../../server/src/protocol/reader.ts';
import { h, hostOf } from './dom.ts';

/** Renders the head of the article: source, title, author, date and reading time. */
export function drawHead({ title, source, author, published, minutes, language }: ReaderHead): HTMLElement[] {
	const parts: HTMLElement[] = [];
	if (source !== undefined && hostOf(source) !== '') {
		parts.push(
			h(
				'p',
				{ class: 'source' },
				h('a', { href: source, 'data-page': true, title: 'Open the source in the browser' }, hostOf(source)),
			),
		);
	}
	parts.push(h('h1', { class: 'title', dir: 'auto', tabindex: -1 }, title || 'Untitled'));
	const facts: (string | Node)[] = [];
	if (author !== undefined) facts.push(h('span', { class: 'author' }, author));
	if (published !== undefined && !Number.isNaN(new Date(published).getTime()))
		facts.push(h('time', { datetime: new Date(published).toISOString() }, formatDate(published, language)));
	facts.push(h('span', { lang: 'en' }, `${minutes} min read`));
	parts.push(h('p', { class: 'facts' }, ...facts));
	return parts;
}

/** Formats a date in the language of the article, in local time. */
function formatDate(time: number, language: string): string {
	const locale = language.startsWith('und') ? document.documentElement.lang || 'en' : language;
	return new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(time);
}
