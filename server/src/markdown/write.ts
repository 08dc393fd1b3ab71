import type { Image, Link, Nodes, Parents, RootContent, Text } from 'mdast';
import { gfmToMarkdown } from 'mdast-util-gfm';
import { defaultHandlers, type Handle, type Options, toMarkdown, type Unsafe } from 'mdast-util-to-markdown';

type Rest = Parameters<Handle> extends [unknown, ...infer R] ? R : never;
type State = Parameters<Handle>[2];
type Info = Parameters<Handle>[3];

/**
 * Characters that are written as character references, not behind a backslash. VS Code's Markdown library, marked, takes backslashes
 * before brackets out of the label of a link before it reads that, and does not see any backslash where it looks for the end of
 * emphasis.
 */
const REFERENCED = ['[', '<', '`', '~', '@', '\\'];

/** How much of a text is made safe at once, in UTF-16 units. */
const PIECE = 500;

/** What no address holds that is written as it should be, or what ends one in Markdown. */
const NOT_IN_ADDRESSES = /[^!#$%&'+,\-./0-9:;=?@A-Z[\]_a-z~]/gu;

const OUTSIDE_ADDRESSES = {
	inConstruct: 'phrasing',
	notInConstruct: ['destinationLiteral', 'destinationRaw'],
} as const satisfies Partial<Unsafe>;

/** No address is made a link by itself in the label of one. */
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
				// Of two addresses that touch, the library sees the first.
				{ character: ':', after: '\\/\\/', ...IN_TEXT },
			] as Unsafe[],
		},
	],
	handlers: {
		break: () => '  \n',
		image: writePicture,
		link: writeLink,
		text: writeText,
	},
};

/** Writes what was built as Markdown (CommonMark, and safe for readers of GFM): texts show just themselves there. */
export function writeMarkdown(blocks: readonly RootContent[]): string {
	return toMarkdown(prepare({ type: 'root', children: [...blocks] }, false), OPTIONS).trimEnd();
}

/** A text. What marks of emphasis and ends of lines do not get on with is written as a reference where it touches them. */
function writeText({ value }: Text, parent: Parents | undefined, state: State, info: Info): string {
	const isMarked = parent?.type === 'strong' || parent?.type === 'emphasis' || parent?.type === 'delete';
	let safe = '';
	// The library takes a time that grows with the square of what it escapes at once.
	for (let at = 0; at < value.length; at += PIECE) {
		const before = at === 0 ? info.before : value.slice(at - 2, at);
		// Of a backslash and what it stands before there, the library would write one more.
		const next = value.slice(at + PIECE, at + PIECE + (value[at + PIECE] === '\\' ? 1 : 2));
		const after = next === '' ? info.after : next;
		safe += state.safe(value.slice(at, at + PIECE), { ...info, before, after, encode: REFERENCED });
	}
	return safe
		.replace(edge('^', info.before.slice(-1), isMarked), reference)
		.replace(edge('$', info.after.charAt(0), isMarked), reference);
}

/**
 * What has to be a reference at an end of a text. Of a character beyond the first plane the library looks at halves; marked takes away
 * white space at the ends of lines, and knows no emphasis with white space inside its marks.
 */
function edge(anchor: '^' | '$', beside: string, isMarked: boolean): RegExp {
	const isMark = beside === '*' || beside === '_' || beside === '~';
	const classes = [
		...(isMark ? ['[\\u{10000}-\\u{10ffff}]'] : []),
		...(beside === '\n' || beside === '' || (isMark && isMarked) ? ['[^\\S\\n]'] : []),
	].join('|');
	return new RegExp(anchor === '^' ? `^(?:${classes || '(?!)'})` : `(?:${classes || '(?!)'})$`, 'u');
}

/** A link, which is an address between angle brackets where it shows just that. */
function writeLink(node: Link, ...rest: Rest): string {
	const [label, ...others] = node.children;
	const url = encode(node.url);
	// marked puts character references into such an address.
	const isBare = label?.type === 'text' && label.value === url && others.length === 0 && /^[a-z]+:[^&']*$/.test(url);
	return isBare ? `<${url}>` : defaultHandlers.link({ ...node, url }, ...rest);
}

function writePicture({ alt, url, data }: Image): string {
	const size = data?.width === undefined ? '' : `|width=${Math.max(1, Math.round(data.width))}`;
	return `![${(alt ?? '').replace(/[!-/:-@[-`{-~]/g, reference)}](${encode(url).replace(/&(?=[#a-z])/gi, '\\&')}${size})`;
}

function reference(character: string): string {
	return `&#x${character.codePointAt(0)?.toString(16).toUpperCase()};`;
}

function encode(address: string): string {
	return address.replace(NOT_IN_ADDRESSES, character => {
		// Half of a character is none.
		const encoded = encodeURIComponent(/\p{Cs}/u.test(character) ? '\ufffd' : character);
		return encoded === character ? `%${character.charCodeAt(0).toString(16).toUpperCase()}` : encoded;
	});
}

/**
 * A node as it can be written: texts that touch are one, so that what is dangerous is seen whole, and code beside emphasis is a text where
 * marked would look for the end of that emphasis in it.
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
