import type { Article } from '../../article/article.ts';
import { labelOf } from '../../article/label.ts';
import { folded } from '../../article/regions/head.ts';
import { type Field, span } from '../../article/span.ts';
import { HEADING, indicesOf } from '../../article/traits.ts';
import type { Rule } from '../rule.ts';
import { show } from '../write.ts';

/** What sites put between the title of a page and their own name. */
const SEPARATOR = /\s+[-–—|·•»«]+\s+|\s*[_｜|]\s*/g;

/** Longer titles are not those of pages. */
const MAX_TITLE_CHARS = 500;

/** A cheap test that most titles fail. */
const MAY_SEPARATE = /[-–—|·•»«_｜]/;

/** The most characters of the name of a site. */
const MAX_NAME_CHARS = 60;

/** How many nodes of a body are searched for its title. */
const NODES_SEARCHED = 200;

/** A part of a series, which belongs to the title. */
const PART = /\d|^(?:part|episode|chapter|vol)\b|^[（(]?第?[一二三四五六七八九十上中下]+[部章回集篇期]?[)）]?$/i;

/** Words that names of sites have besides the one in their host name. */
const GENERIC =
	/^(?:the|a|news|new|online|magazine|blog|daily|weekly|times|journal|post|press|media|网|網|新闻|新聞|中文网|中文網|中文|org|com|net|io|co|uk|us|home|official|site|website)$/i;

/** The parts of host names that says nothing of a site. */
const COMMON = new Set(
	'www m cn en zh tw hk us uk amp news blog blogs web mobile com org net edu gov co ac html page pages site github gitlab wordpress blogspot'.split(
		' ',
	),
);

/** Reports titles that end with the name of the site. */
export const headerSiteName: Rule = {
	id: 'header/site-name',
	severity: 'hint',
	check({ article }, report) {
		const { title } = article.header;
		if (!title || title.value.length !== title.span.end - title.span.start) return;
		const found = findSiteName(article, title);
		if (!found) return;
		const { start, name } = found;
		const place = span(title.span.start + start, title.span.end);
		report({
			span: place,
			message: `The title ends with the name of the site: ${show(name)}`,
			fixes: () => [
				{ title: `Remove ${show(name)} from the title`, preferred: false, edits: [{ span: place, newText: '' }] },
			],
		});
	},
};

interface Part {
	/** Where the separator before it starts. */
	readonly start: number;
	readonly name: string;
}

/** Returns the name of the site at the end of a title; `undefined` if there is none. */
function findSiteName(article: Article, { value }: Field): Part | undefined {
	if (value.length > MAX_TITLE_CHARS || !MAY_SEPARATE.test(value)) return undefined;
	const separators = [...value.matchAll(SEPARATOR)].filter(({ index }) => index > 0);
	if (separators.length === 0) return undefined;
	const parts = separators.map(({ 0: separator, index }) => ({
		start: index,
		name: value.slice(index + separator.length).trim(),
	}));
	const last = parts.at(-1);
	if (last && namesHost(last.name, article.source?.value)) return last;
	const short = parts.filter(({ name }) => name !== '' && name.length <= MAX_NAME_CHARS && !PART.test(name));
	if (short.length === 0) return undefined;
	const titles = titlesIn(article);
	return short.find(({ start, name }) => titles.has(folded(value.slice(0, start))) && !titles.has(folded(name)));
}

/** Returns the titles that the article gives elsewhere: in front matter, and in the first headings of its body. */
function titlesIn({ header, body, nodes }: Article): ReadonlySet<string> {
	const headings = indicesOf({ traits: body.traits.subarray(0, NODES_SEARCHED), present: body.present }, HEADING).map(
		index => labelOf(nodes, index),
	);
	return new Set(
		[header.frontMatter?.fields.get('title')?.value ?? '', ...headings].map(folded).filter(title => title !== ''),
	);
}

/** The host of a URL. */
const HOST = /^https?:\/\/(?:[^/?#@]*@)?([^/?#:]+)/i;

/** Whether a name is that of a host, such as “The Courier” of `www.courier.example`. */
function namesHost(name: string, source: string | undefined): boolean {
	if (name === '' || name.length > MAX_NAME_CHARS || source === undefined) return false;
	const labels = (HOST.exec(source)?.[1]?.toLowerCase().split('.') ?? [])
		.slice(0, -1)
		.filter(label => label.length > 1 && !COMMON.has(label));
	if (labels.length === 0) return false;
	const words = name
		.normalize('NFKC')
		.toLowerCase()
		.split(/[^\p{L}\p{N}]+/u)
		.filter(word => word !== '');
	const isName = (text: string): boolean =>
		text.length > 1 && labels.some(label => label === text || label === `the${text}` || `the${label}` === text);
	const whole = words.join('');
	if (isName(whole) || isName(words.filter(word => !GENERIC.test(word)).join(''))) return true;
	// “New York Times” is nytimes, and “端傳媒 Initium Media” is theinitium.
	const latin = words.filter(word => /^[a-z\d]+$/.test(word) && word !== 'the');
	const initials =
		latin
			.slice(0, -1)
			.map(word => word[0])
			.join('') + (latin.at(-1) ?? '');
	return (
		(latin.length > 1 && isName(initials)) ||
		(latin.length > 0 && latin.length < words.length && isName(latin.filter(word => !GENERIC.test(word)).join('')))
	);
}
