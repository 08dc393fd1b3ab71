import { remembered } from '../../util/remember.ts';
import { getAttribute, isElement, type Node } from '../node.ts';
import { type Moment, parseMoment } from '../time.ts';

/**
 * What an element says of the author or the day of an article by itself: by its name, by a property of microdata, RDFa or
 * a link, or by the words of its class.
 */
export interface FactEvidence {
	/** `account` is who published it on a platform, `page` a link to a page about an author, of this text or not. */
	readonly author?: 'standard' | 'class' | 'account' | 'page';
	/** `published` says what day it is, `day` only that it is one. */
	readonly date?: 'published' | 'day' | 'updated';
	/** The element holds such facts, among others. */
	readonly meta?: true;
}

/** Properties of schema.org, Dublin Core, Open Graph and HTML's `meta` that give the author. */
const AUTHOR_PROPERTIES = new Set(
	'author creator article:author byl parsely-author sailthru.author has_author'.split(' '),
);

/** Properties that give the day of publication. */
const PUBLISHED_PROPERTIES = new Set(
	'datepublished datecreated created date issued published article:published_time og:published_time pubdate publishdate publish-date publication_date parsely-pub-date sailthru.date dc.date dc.date.issued dcterms.created'.split(
		' ',
	),
);

const UPDATED_PROPERTIES = new Set('datemodified modified article:modified_time og:updated_time lastmod'.split(' '));

/** Returns what an element says by itself; `undefined` for most. */
export function factEvidence(node: Node): FactEvidence | undefined {
	let found: FactEvidence | undefined;
	if (node.foreign) return undefined;
	if (isElement(node, 'time')) found = { date: getAttribute(node, 'pubdate') === undefined ? 'day' : 'published' };
	else if (isElement(node, 'address')) found = { author: 'standard' };
	for (const { name, value } of node.attributes) {
		const said = value === '' ? undefined : attributeEvidence(node.nodeName, name, value);
		if (said) found = merged(found, said);
	}
	return found;
}

/** What an attribute says: microdata, RDFa, links, `meta`, or names. Told apart by the length of their names first. */
function attributeEvidence(nodeName: string, name: string, value: string): FactEvidence | undefined {
	switch (name.length) {
		case 2:
			return name === 'id' ? classEvidence(value) : undefined;
		case 3:
			return name === 'rel' ? propertyEvidence(value) : undefined;
		case 4:
			if (name === 'href') return nodeName === 'a' ? pageEvidence(value) : undefined;
			return name === 'name' && nodeName === 'meta' ? propertyEvidence(value) : undefined;
		case 5:
			return name === 'class' ? classEvidence(value) : undefined;
		case 6:
			// The name of the user who created a node, as Drupal writes it.
			return name === 'typeof' && value === 'sioc:UserAccount' ? { author: 'standard' } : undefined;
		case 8:
			return name === 'itemprop' || name === 'property' ? propertyEvidence(value) : undefined;
		default:
			return name === 'aria-labelledby' && classEvidence(value) ? { meta: true } : undefined;
	}
}

/** Pages about an author, and the accounts of platforms: `/author/ada-pell/`, `/@ada`. */
const AUTHOR_PAGE = /^(?:https?:)?(?:\/\/[^/]+)?\/(?:[a-z]{2}(?:-[a-z]+)?\/)?(?:authors?\/|@)[^/?#]+\/?(?:[?#]|$)/i;

function pageEvidence(href: string): FactEvidence | undefined {
	return (href.includes('author') || href.includes('/@')) && AUTHOR_PAGE.test(href) ? { author: 'page' } : undefined;
}

/** Adds what one sign says to what others say. That something is an update is believed unless it is said to be published. */
function merged(one: FactEvidence | undefined, other: FactEvidence | undefined): FactEvidence | undefined {
	if (!one || !other) return one ?? other;
	const dates = [one.date, other.date];
	const date = (['published', 'updated', 'day'] as const).find(kind => dates.includes(kind));
	const authors = [one.author, other.author];
	const author = (['standard', 'class', 'account', 'page'] as const).find(kind => authors.includes(kind));
	return {
		...(author ? { author } : {}),
		...(date ? { date } : {}),
		...(one.meta || other.meta ? { meta: true } : {}),
	};
}

const MAY_BE_PROPERTY = /auth|creat|date|publish|issued|modified|byl|time|lastmod/i;

function propertyEvidence(value: string): FactEvidence | undefined {
	if (!MAY_BE_PROPERTY.test(value)) return undefined;
	for (const property of value.trim().toLowerCase().split(/\s+/)) {
		const local = property.replace(
			/^(?:dc|dct|dcterms|schema|sioc|https?:\/\/(?:schema\.org|purl\.org\/dc\/(?:terms|elements\/1\.1)))[:/]/,
			'',
		);
		if (AUTHOR_PROPERTIES.has(local)) return { author: 'standard' };
		if (PUBLISHED_PROPERTIES.has(local)) return { date: 'published' };
		if (UPDATED_PROPERTIES.has(local)) return { date: 'updated' };
	}
	return undefined;
}

const classEvidence = remembered(value => {
	let made: FactEvidence | undefined;
	if (MAY_SAY.test(value) && value.length <= MAX_CLASS_CHARS)
		for (const name of value.split(/\s+/)) made = merged(made, nameEvidence(name));
	return made;
});

/** Longer values, in UTF-16 units, are generated. */
const MAX_CLASS_CHARS = 400;

const MAY_SAY =
	/by-?_?line|author|writer|contributor|creator|reporter|journalist|byname|nickname|p-name|date|time|publish|posted|created|meta|submitted|infos?\b|updated|modified|published|vcard/i;

/** Words of class names that speak of something else, whatever else they say. */
const OTHER =
	/\b(?:comments?|replies|reply|respond|bios?|biography|avatars?|image|images|img|photo|photos|picture|pictures|pic|thumb|thumbnail|icon|icons|about|desc|description|social|follow|following|related|recommend(?:ed)?|events?|read|reading|reader|duration|lifetime|timeline|times|countdown|realtime|data|metadata-json|picker|link-?list|caption|credit|copyright|subscribe|newsletter|box|card|more|archive|archives|widget|sidebar|category|cat|tag|tags|has|no|is|status|type|format|hentry|title|job|role|position|affiliation)\b/;

/** Judges one class name by the words between its hyphens, underscores and changes of case. */
function nameEvidence(name: string): FactEvidence | undefined {
	const words = name
		.replace(/([a-z\d])([A-Z])/g, '$1-$2')
		.toLowerCase()
		.split(/[^a-z]+/)
		.filter(Boolean)
		.join(' ');
	if (words === '' || OTHER.test(words)) return undefined;
	if (/^(?:.* )?(?:update|updated|modified|last ?mod)(?: .*)?$/.test(words)) return { date: 'updated' };
	if (
		/\b(?:published|publish date|publish time|publishdate|publishtime|publishedtime|pubdate|pubtime|posted on|post date|entry date|article date|story date|created)\b/.test(
			words,
		) &&
		!/\b(?:by|author)\b/.test(words)
	)
		return { date: 'published', meta: true };
	if (
		/\b(?:by ?line|authors?|writers?|contributors?|creators?|reporters?|journalists?|by ?author|posted by|written by|rich media meta text)\b/.test(
			words,
		)
	)
		return { author: 'class', meta: true };
	if (/\bnickname\b/.test(words)) return { author: 'account', meta: true };
	if (
		/\b(?:date|date ?time|time ?stamp|date ?line|time ago|post time|entry time|article time|pub time|news time)\b|^time$/.test(
			words,
		) &&
		words.split(' ').length <= 5
	)
		return { date: 'day', meta: true };
	return /\b(?:meta|submitted|vcard)\b|^(?:post|article|entry|news|story|art) infos?$/.test(words)
		? { meta: true }
		: undefined;
}

/** Whether an element without attributes says nothing by its name either. */
export function isPlain({ nodeName, attributes }: Node): boolean {
	return attributes.length === 0 && nodeName !== 'time' && nodeName !== 'address';
}

/** Attributes that give a date in a form for programs. */
const DATE_ATTRIBUTES = ['datetime', 'content', 'title'];

export function dateFromAttribute(node: Node): { readonly moment: Moment; readonly attribute: string } | undefined {
	for (const attribute of DATE_ATTRIBUTES) {
		const value = getAttribute(node, attribute);
		const moment = value === undefined ? undefined : parseMoment(value);
		if (moment) return { moment, attribute };
	}
	return undefined;
}
