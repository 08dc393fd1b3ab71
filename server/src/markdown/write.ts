import type { Image, Link, Nodes, Parents, RootContent, Text } from 'mdast';
import { gfmToMarkdown } from 'mdast-util-gfm';
import { defaultHandlers, type Handle, type Options, toMarkdown, type Unsafe } from 'mdast-util-to-markdown';

type Rest = Parameters<Handle> extends [unknown, ...infer R] ? R : never;
type State = Parameters<Handle>[2];
type Info = Parameters<Handle>[3];

/**
 * Characters that are escaped as character references rather than with backslashes. VS Code's Markdown library, marked,
 * removes backslashes before brackets from the label of a link before it parses the label, and ignores backslashes when
 * it looks for the end of emphasis.
 */
const REFERENCED = ['[', '<', '`', '~', '@', '\\'];

/** How much text is escaped at once, in UTF-16 units. */
const PIECE = 500;

/** Characters that are not allowed in a URL, or would end one in Markdown. */
const NOT_IN_ADDRESSES = /[^!#$%&'+,\-./0-9:;=?@A-Z[\]_a-z~]/gu;

const OUTSIDE_ADDRESSES = {
	inConstruct: 'phrasing',
	notInConstruct: ['destinationLiteral', 'destinationRaw'],
} as const satisfies Partial<Unsafe>;

/** In the label of a link, a bare URL does not become a link. */
const IN_TEXT = {
	inConstruct: 'phrasing',
	notInConstruct: ['destinationLiteral', 'destinationRaw', 'label'],
} as const satisfies Partial<Unsafe>;

const OPTIONS: Options = {
	bullet: '-',
	emphasis: '*',
	fences: true,
	resourceLink: true,
	rule: '-',
	extensions: [
		gfmToMarkdown({ tablePipeAlign: false }),
		{
			unsafe: [
				...['[', '<', '`', '~', '\\'].map(character => ({ character, ...OUTSIDE_ADDRESSES })),
				{ before: "[\\w.!#$%&'*+/=?^`{|}~-]", character: '@', ...IN_TEXT },
				// Of two adjacent URLs, the library sees only the first.
				{ character: ':', after: '\\/\\/', ...IN_TEXT },
			] as Unsafe[],
		},
	],
	handlers: {
		break: () => '  \n',
		image: writeImage,
		link: writeLink,
		text: writeText,
	},
};

/** Serialises blocks as Markdown (CommonMark, and safe for GFM): texts are shown exactly as given. */
export function writeMarkdown(blocks: readonly RootContent[]): string {
	return toMarkdown(prepare({ type: 'root', children: [...blocks] }, false), OPTIONS).trimEnd();
}

/**
 * Serialises a text. Characters that conflict with adjacent emphasis marks or line endings become character references.
 */
function writeText({ value }: Text, parent: Parents | undefined, state: State, info: Info): string {
	const isMarked = parent?.type === 'strong' || parent?.type === 'emphasis' || parent?.type === 'delete';
	let safe = '';
	// The library takes quadratic time in the length of what it escapes at once.
	for (let at = 0; at < value.length; at += PIECE) {
		const before = at === 0 ? info.before : value.slice(at - 2, at);
		// The library would double a backslash if it saw the character that the backslash escapes.
		const next = value.slice(at + PIECE, at + PIECE + (value[at + PIECE] === '\\' ? 1 : 2));
		const after = next === '' ? info.after : next;
		safe += state.safe(value.slice(at, at + PIECE), { ...info, before, after, encode: REFERENCED });
	}
	return safe
		.replace(edge('^', info.before.slice(-1), isMarked), reference)
		.replace(edge('$', info.after.charAt(0), isMarked), reference);
}

/**
 * Returns a pattern for what must be escaped at one end of a text. The library splits surrogate pairs. marked strips
 * white space at line ends, and does not recognise emphasis with white space inside its marks.
 */
function edge(anchor: '^' | '$', beside: string, isMarked: boolean): RegExp {
	const isMark = beside === '*' || beside === '_' || beside === '~';
	const classes = [
		...(isMark ? ['[\\u{10000}-\\u{10ffff}]'] : []),
		...(beside === '\n' || beside === '' || (isMark && isMarked) ? ['[^\\S\\n]'] : []),
	].join('|');
	return new RegExp(anchor === '^' ? `^(?:${classes || '(?!)'})` : `(?:${classes || '(?!)'})$`, 'u');
}

/** Serialises a link; as an autolink in angle brackets if its label is its URL. */
function writeLink(node: Link, ...rest: Rest): string {
	const [label, ...others] = node.children;
	const url = encode(node.url);
	// marked would escape these characters in an autolink.
	const isBare = label?.type === 'text' && label.value === url && others.length === 0 && /^[a-z]+:[^&']*$/.test(url);
	return isBare ? `<${url}>` : defaultHandlers.link({ ...node, url }, ...rest);
}

function writeImage({ alt, url, data }: Image): string {
	const size = data?.width === undefined ? '' : `|width=${Math.max(1, Math.round(data.width))}`;
	return `![${(alt ?? '').replace(/[!-/:-@[-`{-~]/g, reference)}](${encode(url).replace(/&(?=[#a-z])/gi, '\\&')}${size})`;
}

function reference(character: string): string {
	return `&#x${character.codePointAt(0)?.toString(16).toUpperCase()};`;
}

function encode(address: string): string {
	return address.replace(NOT_IN_ADDRESSES, character => {
		// A lone surrogate has no encoding.
		const encoded = encodeURIComponent(/\p{Cs}/u.test(character) ? '\ufffd' : character);
		return encoded === character ? `%${character.charCodeAt(0).toString(16).toUpperCase()}` : encoded;
	});
}

/**
 * Prepares a node for serialisation. Adjacent texts are merged so that escaping sees them as a whole. Inline code next
 * to emphasis becomes text if marked would look for the end of the emphasis in it.
 */
function prepare(node: Nodes, emphasised: boolean): Nodes {
	if (emphasised && node.type === 'inlineCode' && /[`<>[\]]/.test(node.value))
		return { type: 'text', value: node.value };
	if (!('children' in node)) return node;
	const isEmphasised = emphasised || (['paragraph', 'heading', 'tableCell'].includes(node.type) && hasEmphasis(node));
	const children: Nodes[] = [];
	for (const child of node.children) {
		const made = prepare(child, isEmphasised);
		const last = children.at(-1);
		if (made.type !== 'text' || last?.type !== 'text') children.push(made);
		else children[children.length - 1] = { type: 'text', value: last.value + made.value };
	}
	return { ...node, children } as Nodes;
}

function hasEmphasis(node: Nodes): boolean {
	return (
		['strong', 'emphasis', 'delete'].includes(node.type) || ('children' in node && node.children.some(hasEmphasis))
	);
}
