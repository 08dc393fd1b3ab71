import {
	anchorToken,
	type Markup,
	type ReaderBlock,
	type ReaderHead,
	type ReaderImage,
	type ReaderNote,
	type ReaderRemark,
	type ReaderView,
	type Segment,
} from '../../../server/src/protocol/reader.ts';
import { localDay } from '../../../server/src/util/day.ts';
import { encodeHtml } from '../../../server/src/util/html.ts';
import { controlLook, placeholderWords } from './page/placeholders.ts';

/** Options of an exported file. */
export interface ExportOptions {
	readonly notes: boolean;
	/** The style sheet of articles. */
	readonly style: string;
	/** Returns the URL of an image in the file, `data:` or `http(s):`; `undefined` if it must not be loaded. */
	readonly address: (picture: ReaderImage) => string | undefined;
}

/** Colours and fonts of a standalone page: light, dark and printed. */
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
.article mark:has(.segment) { background: none; }
.note { margin: -0.5em 0 1.2em; padding: 0.5em 0.9em; border-inline-start: 3px solid #d8ac10; background: var(--code); font: 0.8em/1.5 var(--sans); text-align: start; }
.note p { margin: 0; }
.note .kind, .note .by { color: var(--faint); }
.note .kind::first-letter { text-transform: uppercase; }
.note .said > :last-child { margin-bottom: 0; }
.note .reply { margin-block-start: 0.5em; padding-block-start: 0.5em; border-block-start: 1px solid var(--rule); }
.missing { display: block; padding: 1em; border: 1px solid var(--rule); border-radius: 5px; font: 0.8em/1.5 var(--sans); text-align: center; }
@media print { :root { color-scheme: light; font-size: 11pt; } body { padding: 0; } .article { max-inline-size: none; font-size: 11pt; }
	.block { break-inside: avoid-page; } h1, h2, h3, h4, h5, h6 { break-after: avoid; } img { max-block-size: 18cm; } }
`;

/** Returns an article as a self-contained HTML file without scripts. */
export async function exportHtml(
	view: ReaderView,
	{ notes: withNotes, style, address }: ExportOptions,
): Promise<string> {
	const { head, notes } = view;
	const cjk = /^(?:zh|ja)\b/i.test(head.language) ? ' cjk' : '';
	const ownNotes = (id: number): readonly ReaderNote[] => (withNotes ? notes.filter(({ block }) => block === id) : []);
	const own = articleBlocks(view, withNotes);
	const file: File = { source: head.source, withNotes, address, places: nameAnchors(own), loaded: new Set() };
	const body = own.map(block => {
		const said = ownNotes(block.id).map(writeNote).join('');
		return `<div class="block part-${block.content.part}">${writeBlock(block, file)}${said}</div>`;
	});
	const css = style + PAGE_STYLE;
	return `<!DOCTYPE html>
<html lang="${encodeHtml(head.language)}" dir="${head.direction}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${await policy(css, file.loaded)}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${encodeHtml(head.title || 'Untitled')}</title>
<style>${css}</style>
</head>
<body>
<main>
<article class="article${cjk}">
<header class="head">${writeHead(head)}</header>
<div class="text">
${body.join('\n')}
</div>
</article>
</main>
</body>
</html>
`;
}

/** Returns the blocks of the article, without those of the page around it; with notes, also the blocks that have some. */
export function articleBlocks(
	{ blocks, folds, notes }: Pick<ReaderView, 'blocks' | 'folds' | 'notes'>,
	withNotes: boolean,
): readonly ReaderBlock[] {
	if (folds.length === 0) return blocks;
	const noted = new Set(withNotes ? notes.map(({ block }) => block) : []);
	const ends = new Map(folds.map(({ first, last }) => [first, last]));
	let last: number | undefined;
	return blocks.filter(({ id, segments }) => {
		last ??= ends.get(id);
		const isFolded = last !== undefined;
		if (id === last) last = undefined;
		return !isFolded || (withNotes && (segments.length > 0 || noted.has(id)));
	});
}

/** State shared by the parts of a file. */
interface File {
	/** The URL of the article's source. */
	readonly source: string | undefined;
	readonly withNotes: boolean;
	readonly address: ExportOptions['address'];
	/** The ids of link targets in the file, by their anchor in the protocol. */
	readonly places: ReadonlyMap<string, string>;
	/** The URL schemes of the images in the file. */
	readonly loaded: Set<string>;
}

/** Returns the content security policy of a file, which allows only its own style sheet and its images. */
async function policy(style: string, loaded: ReadonlySet<string>): Promise<string> {
	const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style)));
	const pictures = ['data:', 'https:', 'http:'].filter(scheme => loaded.has(scheme));
	// biome-ignore lint/plugin: a hash has 32 bytes
	const hash = btoa(String.fromCharCode(...digest));
	return [
		"default-src 'none'",
		`style-src 'sha256-${hash}'`,
		`img-src ${pictures.length > 0 ? pictures.join(' ') : "'none'"}`,
		"base-uri 'none'",
		"form-action 'none'",
	].join('; ');
}

/** Assigns link targets new ids, which cannot collide with names in the article. */
function nameAnchors(blocks: readonly ReaderBlock[]): ReadonlyMap<string, string> {
	const places = new Map<string, string>();
	for (const { content } of blocks) {
		const waiting: Markup[] = [content.markup];
		for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
			if (typeof next === 'string') continue;
			const [, { anchor }, children] = next;
			const id = `place-${places.size + 1}`;
			for (const name of anchor?.split(' ') ?? []) if (!places.has(name)) places.set(name, id);
			for (const child of children) waiting.push(child);
		}
	}
	return places;
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
	return `${from}<h1 class="title" dir="auto">${encodeHtml(title || 'Untitled')}</h1><p class="facts">${facts.join(' ')}</p>`;
}

function writeNote(note: ReaderNote): string {
	const { kind, resolved, replies } = note;
	const inside = [note, ...replies].map((remark, at) =>
		at === 0 ? writeRemark(remark) : `<div class="reply">${writeRemark(remark)}</div>`,
	);
	const unseen = note.unseen ? '<p class="by">The annotated text is hidden on the page</p>' : '';
	return `<aside class="note"><p class="kind">${encodeHtml(kind)}${resolved ? ', resolved' : ''}</p>${unseen}${inside.join('')}</aside>`;
}

function writeRemark({ said, tags, creator, created }: ReaderRemark): string {
	const by = [creator, created && localDay(created), ...tags.map(tag => `#${tag}`)].filter(
		part => part !== undefined && part !== '',
	);
	return `${said ? writeSaid(said) : ''}${by.length > 0 ? `<p class="by">${encodeHtml(by.join(' · '))}</p>` : ''}`;
}

/** Elements without content. */
const VOID: ReadonlySet<string> = new Set(['br', 'hr', 'wbr']);

/** Progress of writing a block: the length of the text written so far, and the segments to mark. */
interface Progress {
	offset: number;
	readonly segments: readonly Segment[];
}

function writeBlock({ content, segments }: ReaderBlock, file: File): string {
	const progress: Progress = { offset: 0, segments: file.withNotes ? segments : [] };
	return writeMarkup(content.markup, {
		progress,
		className: 'content',
		file,
		picture: (index, isLinked) => writePicture(content.pictures[index], file, isLinked),
	});
}

/** Context for writing markup. */
interface MarkupContext {
	readonly progress: Progress;
	/** The class of the root element. */
	readonly className: string;
	/** The file, for markup of the article; `undefined` for the text of notes. */
	readonly file: File | undefined;
	readonly picture: (index: number, isLinked: boolean) => string;
}

/** Attributes of the protocol that are interpreted, not copied to the output. */
const INTERPRETED: ReadonlySet<string> = new Set(['anchor', 'archived', 'control', 'href', 'says']);

/** Writes markup recursively. The server limits its depth. */
function writeMarkup(whole: Markup, { progress, className, file, picture }: MarkupContext): string {
	const write = (markup: Markup, isLinked: boolean, inMath: boolean): string => {
		if (typeof markup === 'string') return inMath ? writeQuietly(markup, progress) : writeText(markup, progress);
		const [tag, attributes, children] = markup;
		if (tag === 'img') return picture(Number(attributes.picture), isLinked);
		if (attributes.embed !== undefined) return writeEmbed(attributes, file?.source, isLinked);
		const from = progress.offset;
		const own = attributes.says === undefined ? '' : encodeHtml(attributes.says);
		const inside =
			own + children.map(child => write(child, isLinked || tag === 'a', inMath || tag === 'math')).join('');
		const classes: string[] = markup === whole ? [className] : [];
		const shown = Object.entries(attributes).filter(([name]) => !INTERPRETED.has(name));
		// HTML elements are not allowed inside a formula.
		if (tag === 'math' && isMarked(progress, from)) classes.push('segment');
		if (attributes.control !== undefined) {
			const { className: look, mark, label } = controlLook(attributes.control);
			classes.push(look);
			if (mark !== undefined) return `<span class="${look}" role="img" aria-label="${label}">${mark}</span>`;
		}
		if (markup === whole && attributes.dir === undefined && /\p{L}/u.test(inside.replace(/<[^>]*>/g, '')))
			shown.push(['dir', 'auto']);
		const id = attributes.anchor
			?.split(' ')
			.map(name => file?.places.get(name))
			.find(one => one !== undefined);
		if (id !== undefined) shown.push(['id', id]);
		const href = writeHref(attributes.href, file);
		if (href) shown.push(['href', href]);
		if (classes.length > 0) shown.unshift(['class', classes.join(' ')]);
		const written = shown.map(([name, value]) => ` ${name}="${encodeHtml(value)}"`).join('');
		// HTML parsers drop a line break directly after `<pre>`.
		const lead = tag === 'pre' && inside.startsWith('\n') ? '\n' : '';
		const element = `<${tag}${written}>${lead}${VOID.has(tag) ? '' : `${inside}</${tag}>`}`;
		return tag === 'table' || tag === 'pre' ? `<div class="scroller">${element}</div>` : element;
	};
	return write(whole, false, false);
}

/** Returns the target of a link: inside the file if it contains the target, else on the source page. */
function writeHref(href: string | undefined, file: File | undefined): string | undefined {
	if (!href?.startsWith('#') || !file) return href;
	const place = file.places.get(anchorToken(href.slice(1)));
	if (place !== undefined) return `#${place}`;
	return file.source && URL.canParse(href, file.source) ? new URL(href, file.source).href : undefined;
}

/** Writes the text of a note, which has no images and no marked segments. */
function writeSaid(said: Markup): string {
	const progress: Progress = { offset: 0, segments: [] };
	return writeMarkup(said, { progress, className: 'said', file: undefined, picture: () => '' });
}

/** Writes a text without marking segments in it. */
function writeQuietly(text: string, progress: Progress): string {
	progress.offset += text.length;
	return encodeHtml(text);
}

/** Whether a note is about any text written since an offset. */
function isMarked({ segments, offset }: Progress, from: number): boolean {
	return segments.some(({ start, end }) => start < offset && end > from);
}

/** Writes a text with a `mark` around each annotated part. */
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

function writePicture(picture: ReaderImage | undefined, { address, loaded }: File, isLinked: boolean): string {
	const src = picture && address(picture);
	if (!picture || src === undefined) {
		const [first] = picture?.sources.filter(({ kind }) => kind === 'remote') ?? [];
		const known = [picture?.alt, picture?.unfetched].filter(Boolean).join(' – ');
		const says = encodeHtml(known || (first ? 'Image not included in this file' : 'Image not in the archive'));
		return first && !isLinked
			? `<a class="picture missing" href="${encodeHtml(first.url)}">${says}</a>`
			: `<span class="picture missing">${says}</span>`;
	}
	loaded.add(/^[a-z]+:/.exec(src)?.[0] ?? '');
	const size = picture.width && picture.height ? ` width="${picture.width}" height="${picture.height}"` : '';
	return `<span class="picture"><img src="${encodeHtml(src)}" alt="${encodeHtml(picture.alt)}"${size} referrerpolicy="no-referrer"></span>`;
}

/** Writes embedded content as a link to it or, without a URL, to the source page. */
function writeEmbed(
	{ embed = '', href, title = '' }: Readonly<Record<string, string>>,
	source: string | undefined,
	isLinked: boolean,
): string {
	const host = href !== undefined && URL.canParse(href) ? new URL(href).host.replace(/^www\./, '') : '';
	const { title: name, detail, isOwn } = placeholderWords(embed, title, host);
	const classes = `embed embed-${embed.replace(/[^a-z]/g, '')}`;
	const words = `<span class="embed-title"${isOwn ? ' lang="en"' : ' dir="auto"'}>${encodeHtml(name)}</span>${
		detail === '' ? '' : `<span class="embed-host" lang="en">${encodeHtml(detail)}</span>`
	}`;
	const target = href ?? source;
	return isLinked || target === undefined
		? `<span class="${classes}">${words}</span>`
		: `<a class="${classes}" href="${encodeHtml(target)}">${words}</a>`;
}
