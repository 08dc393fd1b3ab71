import type { Remark } from '../../protocol/annotations.ts';
import { encodeHtml } from '../../util/html.ts';
import { capital } from '../../util/labels.ts';
import { onOneLine } from '../../util/text.ts';
import { HIGHLIGHT } from '../kinds.ts';
import type { Note } from '../note.ts';
import { dayOf, detailsOf, type ExportedArticle, placeRemark } from './documents.ts';

const STYLE =
	'mark{background:color-mix(in srgb,gold 40%,transparent);color:inherit}:root{color-scheme:light dark}body{font:1rem/1.6 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem}' +
	'article+article{border-top:1px solid;margin-top:3rem;padding-top:1rem}blockquote{margin:2rem 0 .5rem;padding:.25rem 1rem;border-inline-start:.25rem solid #c90}' +
	'.said{white-space:pre-wrap;margin:.25rem 0}.details,.place{opacity:.75;font-size:.9em}section section{margin-inline-start:1.5rem}ins{text-decoration:underline}';

/**
 * Writes the notes of articles as one self-contained HTML document. Markdown is shown as written, and everything is escaped.
 */
export function writeHtml(articles: readonly ExportedArticle[]): string {
	const [first, ...others] = articles;
	const title = first && others.length === 0 ? `Notes on ${onOneLine(first.title)}` : 'Notes';
	return [
		'<!DOCTYPE html>',
		'<html>',
		'<head>',
		'<meta charset="utf-8">',
		'<meta name="viewport" content="width=device-width">',
		`<title>${encodeHtml(title)}</title>`,
		`<style>${STYLE}</style>`,
		'</head>',
		'<body>',
		...articles.map(writeArticle),
		'</body>',
		'</html>',
		'',
	].join('\n');
}

function writeArticle({ article, source, title, notes }: ExportedArticle): string {
	const day = dayOf(article);
	const link = /^https?:/.test(source)
		? `<a href="${encodeHtml(source)}">${encodeHtml(source)}</a>`
		: encodeHtml(source);
	return [
		'<article>',
		`<h1>${encodeHtml(onOneLine(title))}</h1>`,
		`<p class="details">${link}${day ? `<br>Published <time>${day}</time>` : ''}</p>`,
		...notes.map(writeNote),
		'</article>',
	].join('\n');
}

function writeNote(note: Note): string {
	const place = placeRemark(note);
	const tag = note.suggestion === 'insertion' ? 'ins' : note.suggestion === 'deletion' ? 'del' : 'mark';
	return [
		`<section id="${encodeHtml(note.id)}">`,
		...(note.quote ? [`<blockquote><${tag}>${encodeHtml(onOneLine(note.quote.exact))}</${tag}></blockquote>`] : []),
		...(place ? [`<p class="place">${encodeHtml(place)}</p>`] : []),
		...writeRemark(note, note.resolved),
		...note.replies.map(reply => ['<section>', ...writeRemark(reply, false), '</section>'].join('\n')),
		'</section>',
	].join('\n');
}

function writeRemark(remark: Remark, resolved: boolean): readonly string[] {
	const kind = capital(remark.kind);
	const details = detailsOf(remark, resolved);
	const isSilent = remark.kind === HIGHLIGHT && details.length === 0;
	const head = [`<strong>${encodeHtml(kind)}</strong>`, ...details.map(encodeHtml)].join(' · ');
	return [
		...(isSilent ? [] : [`<p class="details">${head}</p>`]),
		...(remark.text === '' ? [] : [`<p class="said">${encodeHtml(remark.text)}</p>`]),
	];
}
