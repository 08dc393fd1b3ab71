import fc from 'fast-check';
import { Marked, type Tokens } from 'marked';
import { type DefaultTreeAdapterMap, parseFragment } from 'parse5';

type Node = DefaultTreeAdapterMap['node'];
type Element = DefaultTreeAdapterMap['element'];

/** How Markdown renders, and what an editor requests for it. */
export interface Rendered {
	/** URLs of images, which are requested as soon as they are shown. */
	readonly pictures: readonly string[];
	readonly links: readonly string[];
	/** The names of all elements. */
	readonly elements: ReadonlySet<string>;
	/** The whole text, with rendered white space. */
	readonly text: string;
	/** Returns the text of each element with the given name. */
	textsOf(name: string): readonly string[];
}

/** Renders Markdown as VS Code does: with marked, GFM, and no HTML. */
export function render(markdown: string): Rendered {
	const marked = new Marked({ gfm: true, breaks: false });
	marked.use({
		renderer: {
			// VS Code omits HTML together with its content.
			html: () => '<html-element></html-element>',
			image: ({ href, text }: Tokens.Image) => `<img src="${escaped(href.split('|')[0] ?? '')}" alt="${text}">`,
			link({ href, tokens }: Tokens.Link) {
				return `<a href="${escaped(href)}">${this.parser.parseInline(tokens)}</a>`;
			},
		},
	});
	return show(marked.parse(markdown, { async: false }));
}

/** Returns how HTML renders. */
export function show(html: string): Rendered {
	const all = [...elementsIn(parseFragment(html))];
	const attributes = (name: string, attribute: string): string[] =>
		all
			.filter(({ nodeName }) => nodeName === name)
			.flatMap(({ attrs }) => attrs.flatMap(({ name, value }) => (name === attribute ? [value] : [])));
	return {
		pictures: attributes('img', 'src'),
		links: attributes('a', 'href'),
		elements: new Set(all.map(({ nodeName }) => nodeName)),
		text: visible(textOf(parseFragment(html))),
		textsOf: name => all.filter(({ nodeName }) => nodeName === name).map(element => visible(textOf(element))),
	};
}

/** Returns a text with white space as HTML renders it. */
export function visible(text: string): string {
	return text.replace(/[\t-\r \u0085\u2028\u2029]+/g, ' ').replace(/^ | $/g, '');
}

function* elementsIn(node: Node): Generator<Element> {
	if ('tagName' in node) yield node;
	if ('childNodes' in node) for (const child of node.childNodes) yield* elementsIn(child);
}

function textOf(node: Node): string {
	if ('value' in node) return node.value;
	if (node.nodeName === 'br') return ' ';
	if (!('childNodes' in node)) return '';
	const text = node.childNodes.map(textOf).join('');
	return ['p', 'li', 'pre', 'blockquote', 'td', 'th', 'tr', 'h1', 'h2', 'h3', 'hr', 'div'].includes(node.nodeName)
		? `${text} `
		: text;
}

/** Escapes a text for HTML. */
export function escaped(value: string): string {
	return value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

const HARD = [
	...'\\`[]()<>&!|~*_#+-=:"\'{}^@/.,;'.split(''),
	...['``', '```', '~~', '**', '__', '![', '](', '&amp;', '&#33;', '&#x5B;', '&copy', '&nbsp;', '&lt;img>', '$(zap)'],
	...[
		'![i](https://evil.example/p.png)',
		'[l](https://evil.example/)',
		'[c](command:evil)',
		'\\`![i](https://evil.example/q.png)\\`',
	],
	...[
		'<https://evil.example/>',
		'<img src="https://evil.example/r.png">',
		'<b>',
		'</b>',
		'<!--',
		'-->',
		'<a@evil.example>',
	],
	...[
		'https://',
		'https://evil.example/x',
		'http://evil.example',
		'ftp://evil.example',
		'www.',
		'www.evil.example',
		'WWW.evil.example',
	],
	...[
		'mailto:',
		'a@evil.example',
		'xmpp:a@evil.example',
		'[r]: https://evil.example',
		'[r]',
		'[^1]',
		'[ ] ',
		'---',
		'===',
		'- ',
		'1. ',
		'1) ',
		'> ',
		':--',
	],
	...[
		'\u00a0',
		'\u200f',
		'\u202e',
		'\u3000',
		'“',
		'”',
		'，',
		'。',
		'（',
		'）',
		'中',
		'文字',
		'é',
		'😀',
		'𠀀',
		'a',
		'word',
		'snake_case',
		' ',
		'  ',
		'\t',
	],
];

/** Generates texts that are hard to escape in Markdown; on one line unless `breaks` is set. */
export function hardText(breaks = false): fc.Arbitrary<string> {
	const pieces = [
		...HARD,
		...(breaks ? ['\n', '\n\n', '  \n', '\\\n', '\n    ', '\n---\n', '\n===\n', '\n```\n'] : []),
	];
	return fc
		.array(fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...pieces) }, fc.string({ maxLength: 3 })), {
			minLength: 1,
			maxLength: 10,
		})
		.map(parts => parts.join(''))
		.filter(text => text.trim() !== '');
}
