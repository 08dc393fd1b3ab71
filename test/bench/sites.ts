import { type Language, phrase, sentence } from './prose.ts';
import type { Random } from './random.ts';

/** How a source writes its articles. */
export interface Site {
	readonly name: string;
	readonly language: Language;
	/** Whether the body is on many lines instead of one. */
	readonly lines: boolean;
	readonly header: 'standard' | 'dated' | 'front-matter';
	/** The attributes of the source's paragraphs and boxes. Newer sites have long generated class names. */
	readonly boxes: 'plain' | 'classes' | 'generated';
	readonly figures: 'lazy' | 'small' | 'nested' | 'proxied' | 'picture';
	readonly headings: 'h2' | 'bold' | 'none';
}

/** Six imaginary sources that together have all the shapes described in FORMAT.md. */
export const SITES: readonly [Site, ...Site[]] = [
	{
		name: 'harbour',
		language: 'zh',
		lines: false,
		header: 'standard',
		boxes: 'plain',
		figures: 'lazy',
		headings: 'bold',
	},
	{
		name: 'gazette',
		language: 'en',
		lines: false,
		header: 'standard',
		boxes: 'generated',
		figures: 'picture',
		headings: 'h2',
	},
	{
		name: 'lamplight',
		language: 'zh',
		lines: false,
		header: 'standard',
		boxes: 'classes',
		figures: 'nested',
		headings: 'h2',
	},
	{
		name: 'ferry',
		language: 'zh',
		lines: false,
		header: 'standard',
		boxes: 'generated',
		figures: 'lazy',
		headings: 'h2',
	},
	{
		name: 'mill',
		language: 'en',
		lines: true,
		header: 'front-matter',
		boxes: 'plain',
		figures: 'proxied',
		headings: 'none',
	},
	{ name: 'tides', language: 'zh', lines: true, header: 'dated', boxes: 'classes', figures: 'small', headings: 'bold' },
];

/** Creates a URL of a page or image of the site. */
export function address(random: Random, site: Site, ending: string): string {
	return `https://www.${site.name}.example/${2005 + random.below(17)}/${1 + random.below(12)}/${random.token(8)}-${random.token(12)}/${random.token(16)}${ending}`;
}

/** Generates the blocks of an article's body, endlessly. */
export function* blocks(random: Random, site: Site): Generator<string> {
	yield `<address>${random.pick(['By Mara Lindqvist', 'Ann Okafor', '陆远舟', '沈渡'])}</address>`;
	yield `<time ${random.percent(40) ? 'pudate' : 'pubdate'}="2021-12-16 03:19:18" datetime="2021-12-16 03:19:18">2021-12-16</time>`;
	for (;;) {
		const kind = random.below(100);
		if (kind < 56) yield paragraph(random, site);
		else if (kind < 66) yield figure(random, site);
		else if (kind < 78) yield heading(random, site);
		else if (kind < 82) yield `<blockquote${box(random, site)}><p>${inline(random, site, 2)}</p></blockquote>`;
		else if (kind < 87) yield list(random, site);
		else if (kind < 97) yield card(random, site);
		else if (kind < 99)
			yield `<iframe src="https://player.example/embed/${random.token(11)}" width="560" height="315"></iframe>`;
		else yield random.pick(['</span>', '<p>', '<div class="ad"data-slot="3"id="a""></div>', '</div>', '<br>']);
	}
}

function box(random: Random, site: Site): string {
	if (site.boxes === 'plain') return '';
	if (site.boxes === 'classes')
		return ` class="article-${random.pick(['text', 'body', 'block'])} text--${random.pick(['serif', 'wide'])} layout__column--${random.token(5)}" data-component="${random.pick(['paragraph', 'media', 'related'])}"`;
	return ` class="css-${random.token(6)} ${random.token(8)} evys1bk0" data-v-${random.token(8)}="" style="margin:0 auto;max-width:640px"`;
}

function paragraph(random: Random, site: Site): string {
	return `<p${box(random, site)}>${inline(random, site, 2 + random.below(4))}</p>`;
}

/** Generates the given number of sentences, with typical inline content. */
function inline(random: Random, site: Site, sentences: number): string {
	const { language } = site;
	let text = '';
	for (let index = 0; index < sentences; index++) {
		const kind = random.below(100);
		if (kind < 22) text += link(random, site);
		else if (kind < 30) text += `<strong>${phrase(random, language)}</strong>${language === 'en' ? ' ' : '，'}`;
		else if (kind < 36) text += `<em>${phrase(random, language)}</em>&nbsp;`;
		else if (kind < 56) text += `<span${box(random, site)}>${phrase(random, language)}</span>`;
		else if (kind < 76) text += random.pick(['&ldquo;', '&mdash;&nbsp;', '&amp;', '&#8217;&nbsp;', '<br>']);
		text += sentence(random, language) + (language === 'en' ? ' ' : '');
	}
	return text;
}

function link(random: Random, site: Site): string {
	const words = phrase(random, site.language);
	const href = address(random, site, '.html');
	const kind = random.below(200);
	if (kind < 14) return `<a title="Link: null">${words}</a>`;
	if (kind < 20) return `<a href="http://old.${site.name}.example/?a=1&amp;b=${random.token(4)}">${words}</a>`;
	if (kind < 44) return `<a href="/${random.token(6)}/${random.token(10)}">${words}</a>`;
	if (kind < 46) return `<a href="${href}">${words.slice(0, 3)}</a><a href="${href}">${words.slice(3)}</a>`;
	if (kind < 47) return random.pick(['<a href=""></a>', `<a href="ttps://${site.name}.example/">${words}</a>`]);
	return `<a href="${href}" target="_blank" rel="noopener noreferrer">${words}</a>`;
}

function heading(random: Random, site: Site): string {
	const words = phrase(random, site.language);
	if (site.headings === 'none') return paragraph(random, site);
	return site.headings === 'bold'
		? `<p><strong>${words}</strong></p>`
		: `<h2${box(random, site)} id="${random.token(8)}">${words}</h2>`;
}

function list(random: Random, site: Site): string {
	const items = Array.from({ length: 3 + random.below(4) }, () => `<li>${inline(random, site, 1)}</li>`);
	return `<ul${box(random, site)}>${items.join('')}</ul>`;
}

/** Generates what pages put between paragraphs: nested boxes around an image, a link and a line of text. */
function card(random: Random, site: Site): string {
	const inner = `<div${box(random, site)}><a href="${address(random, site, '')}" class="card-link"><span>${phrase(random, site.language)}</span></a></div>`;
	const note = `<div${box(random, site)}><span>${random.below(60)}</span><span${box(random, site)}>${random.pick(['min', '分钟'])}</span></div>`;
	return `<div${box(random, site)}><div><section>${inner}${note}</section></div></div>`;
}

const GREY_PIXEL = 'data:image/gif;base64,R0lGODlhAQABAIAAAMLCwgAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==';

function figure(random: Random, site: Site): string {
	const caption = sentence(random, site.language);
	const source = address(random, site, `.jpg?w=${600 + random.below(1400)}`);
	const alt = random.percent(60) ? ` alt="${phrase(random, site.language)}"` : '';
	switch (site.figures) {
		case 'lazy':
			return `<figure${box(random, site)}><img class="lazyload" src="${GREY_PIXEL}" data-src="${source}"${alt}><noscript><img src="${source}"${alt}></noscript><figcaption>${caption} <cite>${random.pick(['Mara Lindqvist', '沈渡'])}</cite></figcaption></figure>`;
		case 'small':
			return `<p><img src="${source}"${alt}><small style="color: #999;">${caption}</small></p>`;
		case 'nested':
			return `<div class="Figure_root__${random.token(5)}"><div class="Figure_media"><img src="${source}"${alt} loading="lazy"></div><div class="Figure_caption">${caption}<span class="Copyright">© Gazette</span></div></div>`;
		case 'proxied':
			return `<p><img src="https://images.weserv.nl/?url=${source.slice(8).replace('?', '%3F')}"></p>`;
		case 'picture': {
			const widths = [400, 800, 1600].map(width => `${source.replace(/w=\d+/, `w=${width}`)} ${width}w`).join(', ');
			return `<figure><picture><source srcset="${widths}" sizes="100vw"><img src="${source}"${alt}></picture><figcaption${box(random, site)}>${caption}</figcaption></figure>`;
		}
	}
}
