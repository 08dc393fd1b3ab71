import type { Token } from 'parse5';
import { FORMATTING_ELEMENTS } from './elements.ts';
import { isBlockElement, keepsSpace } from './space.ts';
import type { PlacedAttribute } from './tokenizer.ts';
import { BodyParser, type TreeNode } from './treeBuilder.ts';

/**
 * How white space affects a part of a body.
 *
 * - `text`: text whose white space collapses
 * - `kept`: text whose white space is preserved
 * - `raw`: text in which character references are not recognised
 * - `break`: a tag that ends a line
 * - `tag`: any other tag
 * - `unseen`: a comment or anything else that is not rendered
 */
export type PartKind = 'text' | 'kept' | 'raw' | 'break' | 'tag' | 'unseen';

/** A token of a body. Offsets are relative to the body. */
export interface BodyToken {
	readonly kind: PartKind;
	readonly start: number;
	readonly end: number;
	readonly isTag: boolean;
	/** The attributes of a tag; empty for other tokens. */
	readonly attributes: readonly PlacedAttribute[];
	/** Whether the token is text in a place where a table allows only its own parts, so that it is foster-parented. */
	readonly misplaced: boolean;
	/** Whether the token is inside an element that is foster-parented (moved in front of its table). */
	readonly movedOut: boolean;
}

/** The tokens of a body, in source order. The parser ignores anything between two tokens. */
export interface Parts {
	readonly parts: readonly BodyToken[];
	/** The kind of text at the end of the body. */
	readonly end: PartKind;
	/** Whether any element is foster-parented. */
	readonly movesOut: boolean;
}

/** Tokenises a body. */
export function readParts(body: string): Parts {
	const parser = BodyParser.forFragment(PartParser) as PartParser;
	parser.tokenizer.write(body, true);
	return { parts: parser.parts, end: parser.end ?? 'text', movesOut: parser.movedOut.size > 0 };
}

/** Elements whose text is not parsed for character references. */
const RAW = new Set(['script', 'style', 'xmp', 'plaintext']);

/** Elements whose text browsers do not render. */
const HIDDEN_TEXT = new Set(['iframe', 'noembed', 'noframes']);

/** Elements that render nothing, so that their neighbours touch. */
const UNSEEN = new Set(['script', 'style', 'link', 'meta']);

/** Void elements that end a line. */
const BREAKS = new Set(['br', 'hr']);

/** Elements that contain only rows, cells or columns, and no text. */
const TABLE_PARTS = new Set(['table', 'tbody', 'tfoot', 'thead', 'tr', 'colgroup']);

const NO_ATTRIBUTES: readonly PlacedAttribute[] = [];

/** Records the tokens that the parser reads, and what the parser did with them. */
class PartParser extends BodyParser {
	readonly parts: BodyToken[] = [];
	end: PartKind | undefined;
	/** Foster-parented elements, and how many of them are open. */
	readonly movedOut = new Set<TreeNode>();
	private movedAndOpen = 0;
	/** How many open elements preserve white space. */
	private keeping = 0;
	/** Whether the current tag began or ended a line. */
	private breaksLine = false;

	override onCharacter(token: Token.CharacterToken): void {
		this.noteText(token);
		super.onCharacter(token);
	}

	override onWhitespaceCharacter(token: Token.CharacterToken): void {
		this.noteText(token);
		super.onWhitespaceCharacter(token);
	}

	override onNullCharacter(token: Token.CharacterToken): void {
		this.noteText(token);
		super.onNullCharacter(token);
	}

	override onComment(token: Token.CommentToken): void {
		this.note(token.location, { kind: 'unseen', isTag: false, misplaced: false });
		super.onComment(token);
	}

	override onStartTag(token: Token.TagToken): void {
		this.breaksLine = false;
		super.onStartTag(token);
		this.noteTag(token);
	}

	override onEndTag(token: Token.TagToken): void {
		this.breaksLine = false;
		super.onEndTag(token);
		this.noteTag(token);
	}

	override onEof(token: Token.EOFToken): void {
		// The parser processes the end of the file again after an unclosed text area or script.
		this.end ??= this.textKind();
		super.onEof(token);
	}

	override onItemPush(node: TreeNode, tagId: number, isTop: boolean): void {
		super.onItemPush(node, tagId, isTop);
		this.count(node, 1);
	}

	override onItemPop(node: TreeNode, isTop: boolean): void {
		super.onItemPop(node, isTop);
		this.count(node, -1);
	}

	override _attachElementToTree(...parameters: Parameters<BodyParser['_attachElementToTree']>): void {
		super._attachElementToTree(...parameters);
		const [element, , { beforeElement }] = parameters;
		if (beforeElement) this.movedOut.add(element);
		if (!element.foreign && BREAKS.has(element.nodeName)) this.breaksLine = true;
	}

	override _fosterParentElement(element: TreeNode): void {
		super._fosterParentElement(element);
		if (this.movedOut.has(element)) return;
		this.movedOut.add(element);
		this.movedAndOpen++;
	}

	private count(node: TreeNode, step: 1 | -1): void {
		if (this.movedOut.has(node)) this.movedAndOpen += step;
		if (isBlockElement(node)) this.breaksLine = true;
		if (keepsSpace(node) || node.nodeName === 'textarea') this.keeping += step;
	}

	private noteText({ location }: Token.CharacterToken): void {
		const around = this.openElements.current;
		const misplaced = around?.foreign === false && TABLE_PARTS.has(around.nodeName);
		this.note(location, { kind: this.textKind(), isTag: false, misplaced });
	}

	/** Returns the kind of text at the current position. */
	private textKind(): PartKind {
		const around = this.openElements.current;
		const name = around?.nodeName ?? '';
		if (HIDDEN_TEXT.has(name)) return 'unseen';
		const isRaw = around?.foreign ? this.keeping > 0 || UNSEEN.has(name) : RAW.has(name);
		return isRaw ? 'raw' : this.keeping > 0 ? 'kept' : 'text';
	}

	private noteTag({ location, attrs, tagName }: Token.TagToken): void {
		// A misnested formatting tag moves blocks around, but ends none.
		const breaksLine = this.breaksLine && !FORMATTING_ELEMENTS.has(tagName);
		const kind = breaksLine ? 'break' : UNSEEN.has(tagName) ? 'unseen' : 'tag';
		// The tokenizer uses the array of an end tag without attributes again.
		const attributes = attrs.length > 0 ? (attrs as Token.Attribute[] as PlacedAttribute[]) : NO_ATTRIBUTES;
		this.note(location, { kind, isTag: true, misplaced: false }, attributes);
	}

	private note(
		location: Token.Location | null,
		what: Pick<BodyToken, 'kind' | 'isTag' | 'misplaced'>,
		attributes: readonly PlacedAttribute[] = NO_ATTRIBUTES,
	): void {
		if (!location) return;
		const { startOffset: start, endOffset: end } = location;
		// A tag can be processed twice, as an end tag "in select".
		const last = this.parts.at(-1);
		if (!last || last.end <= start)
			this.parts.push({ ...what, start, end, attributes, movedOut: this.movedAndOpen > 0 });
	}
}
