import { html, type InsertionMode, Parser, Token, type TreeAdapter, type TreeAdapterTypeMap } from 'parse5';
import { type Attribute, COMMENT_NODE, ELEMENT_NODE, findAttribute, type Kept, type Node, TEXT_NODE } from './node.ts';
import { type Span, span } from './span.ts';
import { type PlacedAttribute, RunTokenizer } from './tokenizer.ts';

/** A parse error that parse5 reports: its code (WHATWG HTML, "parse errors") and span. */
export interface ParseError {
	readonly code: string;
	readonly span: Span;
}

/** The maximum number of parse errors kept for a text: a text with more is not markup. */
export const MOST_ERRORS = 1000;

/** parse5's `InsertionMode.IN_BODY`. */
const IN_BODY: InsertionMode = 6;

/** parse5's `EntryType.Element`. */
const FORMATTING_ENTRY = 1;

/**
 * The maximum number of formatting elements that are reopened. The standard limits only identical ones, to three.
 * Without a limit, each paragraph after 10,000 different ones would contain 10,000 elements.
 */
const MOST_FORMATTING = 16;

const NO_ATTRIBUTES: readonly Attribute[] = [];
const NO_CHILDREN: TreeNode[] = [];

/** A `Node` that parse5 is building. */
export class TreeNode implements Node {
	readonly nodeType: Node['nodeType'];
	readonly nodeName: string;
	nodeValue: string;
	readonly namespace: html.NS;
	attributes: readonly Attribute[];
	parent = -1;
	last = -1;
	start = 0;
	startTagEnd = 0;
	endTagStart = -1;
	end = 0;
	implied = false;
	kept: Kept | undefined = undefined;
	/**
	 * Whether the parser was in its plain state before the start tag (`clean`) and after the end tag (`sealed`). See
	 * reparse.ts.
	 */
	clean = false;
	sealed = false;
	/** The node's start when the spans of its attributes were recorded. All moved copies share those attributes. */
	private origin = 0;
	// The rest is used only by the parser.
	childNodes: TreeNode[] = NO_CHILDREN;
	parentNode: TreeNode | null = null;
	location: Token.Location | null = null;

	constructor(
		nodeType: Node['nodeType'],
		nodeName: string,
		nodeValue: string,
		namespace: html.NS,
		attributes: readonly Attribute[],
	) {
		this.nodeType = nodeType;
		this.nodeName = nodeName;
		this.nodeValue = nodeValue;
		this.namespace = namespace;
		this.attributes = attributes;
	}

	get foreign(): boolean {
		return this.namespace !== html.NS.HTML;
	}

	attributeSpan(which: string | Attribute): Span | undefined {
		// An implied element has the attributes of one that is written elsewhere.
		if (this.implied) return undefined;
		const delta = this.start - this.origin;
		const attribute = typeof which === 'string' ? findAttribute(this, which) : which;
		if (!attribute) return undefined;
		const { start, end } = attribute as PlacedAttribute;
		return span(start + delta, end + delta);
	}

	/**
	 * Adopts the location that parse5 found, moved by `base` units.
	 *
	 * @param position used for nodes without a location
	 * @param html the parsed text
	 */
	settle(base: number, position: number, html: string): void {
		const location = this.location;
		if (!location) {
			this.implied = true;
			this.start = this.startTagEnd = this.endTagStart = this.end = position;
			return;
		}
		this.start = location.startOffset + base;
		if (this.nodeType !== ELEMENT_NODE) {
			if (this.nodeType === TEXT_NODE) this.start = textStart(html, location.startOffset, this.nodeValue) + base;
			this.startTagEnd = this.start;
			// For an unclosed comment at the end of the text, parse5's end offset is after the end of the text.
			this.endTagStart = this.end = Math.min(this.end, html.length) + base;
			return;
		}
		this.startTagEnd = location.endOffset + base;
		// For an unclosed template at the end of the text, parse5's end offset is that of the token before.
		this.end = Math.max(this.end, location.endOffset) + base;
		this.endTagStart = this.endTagStart === -1 ? this.end : this.endTagStart + base;
		this.origin = location.startOffset;
	}

	/** Releases what only the parser needed. */
	release(): void {
		this.childNodes = NO_CHILDREN;
		this.parentNode = null;
		this.location = null;
	}

	/** Returns a copy that is moved by `delta` units in the text, with its descendants' indices moved by `shift`. */
	moved(delta: number, parent: number, shift: number): TreeNode {
		const copy = new TreeNode(this.nodeType, this.nodeName, this.nodeValue, this.namespace, this.attributes);
		copy.parent = parent;
		copy.last = this.last + shift;
		copy.start = this.start + delta;
		copy.startTagEnd = this.startTagEnd + delta;
		copy.endTagStart = this.endTagStart + delta;
		copy.end = this.end + delta;
		copy.implied = this.implied;
		copy.clean = this.clean;
		copy.sealed = this.sealed;
		copy.origin = this.origin;
		copy.kept = this.kept;
		return copy;
	}
}

/**
 * Returns the start of a text node. If one starts with a character reference after a dropped character, parse5's start
 * offset is the end of the reference.
 */
function textStart(html: string, start: number, text: string): number {
	if (html.charCodeAt(start) === text.charCodeAt(0)) return start;
	const reference = /&#?\w+;?$/.exec(html.slice(Math.max(0, start - MAX_CHARACTER_REFERENCE_CHARS), start + 1));
	return reference ? start + 1 - reference[0].length : start;
}

/** The length of the longest named character reference, including its ampersand and semicolon. */
const MAX_CHARACTER_REFERENCE_CHARS = 33;

type TreeMap = TreeAdapterTypeMap<
	TreeNode,
	TreeNode,
	TreeNode,
	TreeNode,
	TreeNode,
	TreeNode,
	TreeNode,
	TreeNode,
	TreeNode,
	TreeNode
>;

function append(parent: TreeNode, child: TreeNode): void {
	if (parent.childNodes === NO_CHILDREN) parent.childNodes = [child];
	else parent.childNodes.push(child);
	child.parentNode = parent;
}

function createText(value: string): TreeNode {
	return new TreeNode(TEXT_NODE, '#text', value, html.NS.HTML, NO_ATTRIBUTES);
}

function createElement(name: string, namespace: html.NS, attributes: readonly Attribute[]): TreeNode {
	return new TreeNode(ELEMENT_NODE, name, '', namespace, attributes);
}

/** Builds `TreeNode`s for parse5. A fragment has no document type and no quirks mode. */
const adapter: TreeAdapter<TreeMap> = {
	createDocument: () => createElement('#document', html.NS.HTML, NO_ATTRIBUTES),
	createDocumentFragment: () => createElement('#document-fragment', html.NS.HTML, NO_ATTRIBUTES),
	createElement,
	createCommentNode: data => new TreeNode(COMMENT_NODE, '#comment', data, html.NS.HTML, NO_ATTRIBUTES),
	createTextNode: createText,
	appendChild: append,
	insertBefore(parent, child, reference) {
		parent.childNodes.splice(parent.childNodes.lastIndexOf(reference), 0, child);
		child.parentNode = parent;
	},
	// A template's content is not told from its children.
	setTemplateContent() {},
	getTemplateContent: template => template,
	setDocumentType() {},
	setDocumentMode() {},
	getDocumentMode: () => html.DOCUMENT_MODE.NO_QUIRKS,
	detachNode(node) {
		const siblings = node.parentNode?.childNodes;
		if (siblings) siblings.splice(siblings.lastIndexOf(node), 1);
		node.parentNode = null;
	},
	insertText(parent, value) {
		const previous = parent.childNodes.at(-1);
		if (previous?.nodeType === TEXT_NODE) previous.nodeValue += value;
		else append(parent, createText(value));
	},
	insertTextBefore(parent, value, reference) {
		const index = parent.childNodes.lastIndexOf(reference);
		const previous = parent.childNodes[index - 1];
		if (previous?.nodeType === TEXT_NODE) {
			previous.nodeValue += value;
			return;
		}
		const text = createText(value);
		parent.childNodes.splice(index, 0, text);
		text.parentNode = parent;
	},
	adoptAttributes(recipient, attributes) {
		const names = new Set(recipient.attributes.map(attribute => attribute.name));
		recipient.attributes = [...recipient.attributes, ...attributes.filter(attribute => !names.has(attribute.name))];
	},
	getFirstChild: node => node.childNodes[0] ?? null,
	getChildNodes: node => node.childNodes,
	getParentNode: node => node.parentNode,
	getAttrList: element => element.attributes as Token.Attribute[],
	getTagName: element => element.nodeName,
	getNamespaceURI: element => element.namespace,
	getTextNodeContent: node => node.nodeValue,
	getCommentNodeContent: node => node.nodeValue,
	getDocumentTypeNodeName: () => '',
	getDocumentTypeNodePublicId: () => '',
	getDocumentTypeNodeSystemId: () => '',
	isTextNode: (node): node is TreeNode => node.nodeType === TEXT_NODE,
	isCommentNode: (node): node is TreeNode => node.nodeType === COMMENT_NODE,
	isDocumentTypeNode: (node): node is TreeNode => node.nodeName === '#document-type',
	isElementNode: (node): node is TreeNode => node.nodeType === ELEMENT_NODE,
	setNodeSourceCodeLocation(node, location) {
		node.location = location;
		if (location) node.end = location.endOffset;
	},
	getNodeSourceCodeLocation: node => node.location as Token.ElementLocation | null,
	updateNodeSourceCodeLocation(node, location) {
		if (location.endOffset !== undefined) node.end = location.endOffset;
	},
};

/**
 * parse5's parser, which also records end tags that close nothing, distinguishes written elements from implied ones,
 * and marks where parsing can resume.
 */
export class BodyParser extends Parser<TreeMap> {
	errors: readonly ParseError[] = [];
	readonly strayEndTags: Span[] = [];
	private lastStartTag = -1;
	private closed = false;
	private impliedByEndTag: TreeNode | undefined;
	/** Whether an open element is, in the tree, inside a closed one. */
	private skewed = false;

	/**
	 * An instance that is never released. V8 discards the code it optimised for a class if a full garbage collection
	 * finds no instance, and parsers are short-lived: the next texts then took twice as long.
	 */
	static readonly kept: BodyParser = BodyParser.forFragment();

	/**
	 * Creates a parser for a body, equivalent to `parse5.parseFragment(html, { scriptingEnabled: false })`.
	 *
	 * @param kind a subclass that records more than the tree
	 */
	static forFragment(kind: typeof BodyParser = BodyParser): BodyParser {
		const errors: ParseError[] = [];
		const parser = kind.getFragmentParser<TreeMap>(null, {
			treeAdapter: adapter,
			sourceCodeLocationInfo: true,
			scriptingEnabled: false,
			onParseError(error) {
				if (errors.length < MOST_ERRORS)
					errors.push({ code: error.code, span: span(error.startOffset, error.endOffset) });
			},
		}) as BodyParser;
		parser.errors = errors;
		const tokenizer = new RunTokenizer(parser.options, parser);
		// "In body", white space differs from other text only in its effect on framesets.
		tokenizer.mergesSpace = () => parser.insertionMode === IN_BODY;
		parser.tokenizer = tokenizer;
		return parser;
	}

	/**
	 * Creates a parser that continues inside open elements.
	 *
	 * @param open names and namespaces of the open elements, outermost first
	 */
	static inside(open: readonly TreeNode[]): BodyParser {
		const parser = BodyParser.forFragment();
		parser.insertionMode = IN_BODY;
		parser.tmplInsertionModeStack = [IN_BODY];
		for (const element of open) {
			const standIn = createElement(element.nodeName, element.namespace, element.attributes);
			append(parser.openElements.current as TreeNode, standIn);
			parser.openElements.push(standIn, html.getTagID(standIn.nodeName));
		}
		return parser;
	}

	/** parse5's root element, the parent of a fragment's top-level nodes. */
	get root(): TreeNode {
		const root = this.document.childNodes[0];
		if (!root) throw new Error('parse5 made no root element');
		return root;
	}

	/**
	 * Whether the parser is in the state in which `inside` created it with `depth` open elements, with no tag partly
	 * read.
	 */
	isBackAt(depth: number): boolean {
		return this.isPlain() && this.openElements.stackTop === depth && this.tokenizer.state === 0;
	}

	private isPlain(): boolean {
		return (
			this.insertionMode === IN_BODY &&
			this.activeFormattingElements.newest === null &&
			this.formElement === null &&
			!this.skewed &&
			this.openElements.tmplCount === 0
		);
	}

	/** Reopens unclosed formatting elements, as before text; only the newest `MOST_FORMATTING` of them. */
	override _reconstructActiveFormattingElements(): void {
		const list = this.activeFormattingElements;
		let count = 0;
		for (let entry = list.newest; entry?.type === FORMATTING_ENTRY; entry = entry.older) {
			if (++count > MOST_FORMATTING) list.removeEntry(entry);
		}
		super._reconstructActiveFormattingElements();
	}

	override onItemPush(node: TreeNode, tagId: number, isTop: boolean): void {
		super.onItemPush(node, tagId, isTop);
		node.clean = node.location !== null && this.isPlain();
		// `</p>` and `</br>` that close nothing create an element.
		if (this.currentToken?.type === Token.TokenType.END_TAG) this.impliedByEndTag = node;
	}

	override onItemPop(node: TreeNode, isTop: boolean): void {
		super.onItemPop(node, isTop);
		if (!isTop && node.nodeName === 'form') this.skewed = true;
		const token = this.currentToken;
		if (token?.type !== Token.TokenType.END_TAG || node === this.impliedByEndTag) return;
		if (node.nodeName !== token.tagName && node.nodeName.toLowerCase() !== token.tagName) return;
		this.closed = true;
		node.sealed = node.location !== null && this.activeFormattingElements.newest === null && this.formElement === null;
	}

	override onEndTag(token: Token.TagToken): void {
		this.closed = false;
		super.onEndTag(token);
		if (this.closed || !token.location) return;
		// An end tag can be processed twice, as in "in select", but is recorded once.
		if (this.strayEndTags.at(-1)?.start === token.location.startOffset) return;
		this.strayEndTags.push(span(token.location.startOffset, token.location.endOffset));
	}

	override _attachElementToTree(
		...[element, location, { parent, beforeElement }]: Parameters<Parser<TreeMap>['_attachElementToTree']>
	): void {
		// An element that is recreated from an earlier start tag ("reconstruct the active formatting elements") is not
		// written.
		if (location !== null && location.startOffset > this.lastStartTag) {
			this.lastStartTag = location.startOffset;
			element.location = location;
			element.end = location.endOffset;
		}
		if (beforeElement) adapter.insertBefore(parent, element, beforeElement);
		else append(parent, element);
	}

	override _setEndLocation(element: TreeNode, closing: Token.Token): void {
		if (!element.location || !closing.location) return;
		const { startOffset, endOffset } = closing.location;
		const own = closing.type === Token.TokenType.END_TAG && closing.tagName === element.nodeName;
		element.endTagStart = own ? startOffset : -1;
		element.end = own ? endOffset : startOffset;
	}
}
