import type { Schema } from 'hast-util-sanitize';

const names = (list: string): readonly string[] => list.split(' ');

/** Inline elements that are kept. */
export const INLINE: ReadonlySet<string> = new Set(
	names(
		'a abbr b bdi bdo cite code del dfn em i ins kbd mark q rb rp rt ruby s samp small span strong sub sup time u var',
	),
);

/** Presentation elements of MathML. */
const MATH = names(
	'math maction menclose merror mfenced mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none',
);

export const MATH_ELEMENTS: ReadonlySet<string> = new Set(MATH);

export const MATH_ATTRIBUTES: readonly string[] = names(
	'accent accentunder columnalign columnspan denomalign dir display displaystyle fence form height largeop linethickness lspace mathvariant maxsize minsize movablelimits notation rowalign rowspan rspace scriptlevel separator stretchy symmetric width',
);

/** Attributes that are kept in addition to `id`, `lang` and `dir`, by HTML name. */
export const PASTE_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
	a: ['href', 'title'],
	abbr: ['title'],
	blockquote: ['cite'],
	del: ['cite', 'datetime'],
	details: ['open'],
	dfn: ['title'],
	img: ['alt', 'title', 'width', 'height'],
	ins: ['cite', 'datetime'],
	li: ['value'],
	ol: ['start', 'reversed', 'type'],
	q: ['cite'],
	td: ['colspan', 'rowspan'],
	th: ['colspan', 'rowspan', 'scope'],
	time: ['datetime'],
};

const PROPERTIES: Readonly<Record<string, string>> = { colspan: 'colSpan', rowspan: 'rowSpan', datetime: 'dateTime' };

/** Returns the hast property name of an attribute. */
export function hastProperty(attribute: string): string {
	return PROPERTIES[attribute] ?? attribute;
}

/** The sanitiser's allowlist, applied to the converted markup as a second line of defence. */
export const PASTE_SCHEMA: Schema = {
	tagNames: [
		...INLINE,
		...MATH,
		...names(
			'address blockquote br caption dd details dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr img li ol p pre summary table tbody td tfoot th thead tr ul',
		),
	],
	attributes: {
		'*': ['id', 'lang', 'dir'],
		...Object.fromEntries(Object.entries(PASTE_ATTRIBUTES).map(([name, list]) => [name, list.map(hastProperty)])),
		img: ['src', 'alt', 'title', 'width', 'height'],
		...Object.fromEntries(MATH.map(name => [name, [...MATH_ATTRIBUTES]])),
	},
	protocols: { href: ['http', 'https', 'mailto', 'tel'], src: ['http', 'https', 'data'], cite: ['http', 'https'] },
	ancestors: {},
	clobber: [],
};
