import { encodeAttribute } from '../../util/html.ts';
import { literal } from '../completion/suggestion.ts';
import type { InsertedFile } from './insertedFile.ts';

/** Returns the snippet of a figure with its caption selected. HTML allows a caption in place of an alternative text. */
export function figureSnippet({ address, alt }: InsertedFile, stop: number, caption = 'Caption'): string {
	const description = alt ? ` alt="${encodeAttribute(alt)}"` : '';
	const image = `<img src="${encodeAttribute(address)}"${description}>`;
	return `${literal(`<figure>${image}<figcaption>`)}\${${stop}:${literal(caption)}}</figcaption></figure>`;
}

/** Returns the snippet of a link with its text selected. */
export function linkSnippet({ address, title }: InsertedFile, stop: number, text = encodeText(title)): string {
	return `${literal(`<a href="${encodeAttribute(address)}">`)}\${${stop}:${literal(text)}}</a>`;
}

/** Escapes text for an element. */
function encodeText(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\u00a0', '&nbsp;');
}
