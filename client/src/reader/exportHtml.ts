import type {
	Markup,
	ReaderBlock,
	ReaderHead,
	ReaderNote,
	ReaderPicture,
	ReaderRemark,
	ReaderView,
	Segment,
} from '../../../server/src/reader/protocol.ts';
import { localDay } from '../../../server/src/util/day.ts';
import { encodeHtml } from './encodeHtml.ts';

/** What goes into an exported file. */
export interface ExportOptions {
	readonly notes: boolean;
	/** The style sheet of articles. */
	readonly style: string;
	/** The address that a picture has in the file; `undefined` for one that cannot be shown. */
	readonly address: (picture: ReaderPicture) => string | undefined;
}

/** Colours and fonts of a page of its own, light and dark, and on paper. */
const PAGE_STYLE = `
:root { color-scheme: light dark; --text: light-dark(#232323, #d6d6d6); --back: light-dark(#fff, #1d1d1f);
	--faint: color-mix(in srgb, var(--text) 70%, var(--back)); --quiet: color-mix(in srgb, var(--text) 86%, var(--back));
	--rule: color-mix(in srgb, var(--text) 14%, transparent); --rule-strong: color-mix(in srgb, var(--text) 28%, transparent);
	--link: light-dark(#005fb8, #6ab7ff); --code: color-mix(in srgb, var(--text) 6%, transparent); --mark: color-mix(in srgb, #f5c518 32%, transparent);
	--added: light-dark(#587c0c, #81b88b); --removed: light-dark(#ad0707, #e07a6a);
	--sans: system-ui, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; --mono: ui-monospace, Menlo, Consolas, monospace;
	--face: "Iowan Old Style", Charter, "Source Serif 4", Palatino, Georgia, "Noto Serif", "Songti SC", "Noto Serif CJK SC", SimSun, serif; }
body { margin: 0; padding: 8vh 5vw 16vh; background: var(--back); }
.segment { background: var(--mark); }
.note { margin: -0.5em 0 1.2em; padding: 0.5em 0.9em; border-inline-start: 3px solid #d8ac10; background: var(--code); font: 0.8em/1.5 var(--sans); text-align: start; }
.note p { margin: 0; }
.note .kind, .note .by { color: var(--faint); }
.note .kind::first-letter { text-transform: uppercase; }
.note .said > :last-child { margin-bottom: 0; }
.note .reply { margin-block-start: 0.5em; padding-block-start: 0.5em; border-block-start: 1px solid var(--rule); }
.missing, .embed { display: block; padding: 1em; border: 1px solid var(--rule); border-radius: 5px; font: 0.8em/1.5 var(--sans); text-align: center; }
@media print { :root { color-scheme: light; font-size: 11pt; } body { padding: 0; } .article { max-inline-size: none; font-size: 11pt; }
	.block { break-inside: avoid-page; } h1, h2, h3, h4, h5, h6 { break-after: avoid; } img { max-block-size: 18cm; } }
`;

/** An article as one file of HTML that needs nothing else and runs nothing, to be kept, sent or printed. */
export function exportHtml(
	{ head, blocks, notes }: ReaderView,
	{ notes: withNotes, style, address }: ExportOptions,
): string {
	const cjk = /^(?:zh|ja)\b/i.test(head.language) ? ' cjk' : '';
	const ownNotes = (id: number): readonly ReaderNote[] => (withNotes ? notes.filter(({ block }) => block === id) : []);
	const body = blocks.map(block => {
		const said = ownNotes(block.id).map(writeNote).join('');
		return `<div class="block part-${block.content.part}">${writeBlock(block, head, withNotes, address)}${said}</div>`;
	});
	return `<!DOCTYPE html>
<html lang="${encodeHtml(head.language)}" dir="${head.direction}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data: https: http:">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${encodeHtml(head.title || 'Untitled')}</title>
<style>${style}${PAGE_STYLE}</style>
</head>
<body>
<article class="article${cjk}">
<header class="head">${writeHead(head)}</header>
<div class="text">
${body.join('\n')}
</div>
</article>
</body>
</html>
`;
}

function writeHead({ title, source, author, published, language }: ReaderHead): string {
	const host = source === undefined ? undefined : new URL(source).host.replace(/^www\./, '');
	const from =
		host === undefined ? '' : `<p class="source"><a href="${encodeHtml(source ?? '')}">${encodeHtml(host)}</a></p>`;
	const facts = author === undefined ? [] : [`<span>${encodeHtml(author)}</span>`];
	if (published !== undefined && !Number.isNaN(new Date(published).getTime())) {
		const locale = language.startsWith('und') ? 'en' : language;
		const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(published);
		facts.push(`<time datetime="${new Date(published).toISOString()}">${encodeHtml(day)}</time>`);
	}
	return `${from}<h1 class="title">${encodeHtml(title || 'Untitled')}</h1><p class="facts">${facts.join(' ')}</p>`;
}

function writeNote(note: ReaderNote): string {
	const { kind, resolved, replies } = note;
	const inside = [note, ...replies].map((remark, at) =>
		at === 0 ? writeRemark(remark) : `<div class="reply">${writeRemark(remark)}</div>`,
	);
	return `<aside class="note"><p class="kind">${encodeHtml(kind)}${resolved ? ', resolved' : ''}</p>${inside.join('')}</aside>`;
}

function writeRemark({ said, tags, creator, created }: ReaderRemark): string {
	const by = [creator, created && localDay(created), ...tags.map(tag => `#${tag}`)].filter(
		part => part !== undefined && part !== '',
	);
	return `${said ? writeSaid(said) : ''}${by.length > 0 ? `<p class="by">${encodeHtml(by.join(' · '))}</p>` : ''}`;
}

/** Elements without content. */
const VOID: ReadonlySet<string> = new Set(['br', 'hr', 'wbr']);

/** What the writing of a block goes on with: how much of its text is written, and what of it is marked. */
interface Progress {
	offset: number;
	readonly segments: readonly Segment[];
}

function writeBlock(
	{ content, segments }: ReaderBlock,
	head: ReaderHead,
	withNotes: boolean,
	address: ExportOptions['address'],
): string {
	const progress: Progress = { offset: 0, segments: withNotes ? segments : [] };
	return writeMarkup(content.markup, {
		progress,
		className: 'content',
		source: head.source,
		picture: index => writePicture(content.pictures[index], address),
	});
}

/** What markup is written with. */
interface MarkupContext {
	readonly progress: Progress;
	/** The class of the element itself. */
	readonly className: string;
	/** The address of the article's page. */
	readonly source: string | undefined;
	readonly picture: (index: number) => string;
}

/** The server lets markup nest no deeper than a recursion can follow. */
function writeMarkup(whole: Markup, { progress, className, source, picture }: MarkupContext): string {
	const write = (markup: Markup): string => {
		if (typeof markup === 'string') return writeText(markup, progress);
		const [tag, attributes, children] = markup;
		if (tag === 'img') return picture(Number(attributes.picture));
		if (attributes.embed !== undefined) return writeEmbed(attributes);
		const inside = children.map(write).join('');
		const shown = Object.entries(attributes)
			.filter(([name]) => name !== 'archived' && name !== 'href')
			.map(([name, value]) => ` ${name}="${encodeHtml(value)}"`);
		const href = attributes.href?.startsWith('#') ? source && `${source}${attributes.href}` : attributes.href;
		if (href) shown.push(` href="${encodeHtml(href)}"`);
		const classes = markup === whole ? ` class="${className}"` : '';
		// HTML drops a line break right behind `<pre>`.
		const lead = tag === 'pre' && inside.startsWith('\n') ? '\n' : '';
		const element = `<${tag}${classes}${shown.join('')}>${lead}${VOID.has(tag) ? '' : `${inside}</${tag}>`}`;
		return tag === 'table' || tag === 'pre' ? `<div class="scroller">${element}</div>` : element;
	};
	return write(whole);
}

/** What was said in a note, which has no pictures, and of which nothing is marked. */
function writeSaid(said: Markup): string {
	const progress: Progress = { offset: 0, segments: [] };
	return writeMarkup(said, { progress, className: 'said', source: undefined, picture: () => '' });
}

/** A text, with a `mark` around each part of it that notes are about. */
function writeText(text: string, progress: Progress): string {
	const from = progress.offset;
	progress.offset += text.length;
	let written = '';
	let at = 0;
	for (const { start, end } of progress.segments) {
		const [a, b] = [Math.max(at, start - from), Math.min(text.length, end - from)];
		if (a >= b) continue;
		written += `${encodeHtml(text.slice(at, a))}<mark class="segment">${encodeHtml(text.slice(a, b))}</mark>`;
		at = b;
	}
	return written + encodeHtml(text.slice(at));
}

function writePicture(picture: ReaderPicture | undefined, address: ExportOptions['address']): string {
	const src = picture && address(picture);
	if (!picture || src === undefined)
		return `<span class="picture missing">${encodeHtml(picture?.alt || 'A picture that is not in the archive')}</span>`;
	const size = picture.width && picture.height ? ` width="${picture.width}" height="${picture.height}"` : '';
	return `<span class="picture"><img src="${encodeHtml(src)}" alt="${encodeHtml(picture.alt)}"${size} referrerpolicy="no-referrer"></span>`;
}

function writeEmbed({ embed = '', href, title = '' }: Readonly<Record<string, string>>): string {
	const says = title || href || embed;
	return href === undefined
		? `<span class="embed">${encodeHtml(says)}</span>`
		: `<a class="embed" href="${encodeHtml(href)}">${encodeHtml(says)}</a>`;
}
