import { html, Token, Tokenizer } from 'parse5';
import type { Span } from './span.ts';

/**
 * Character classes, as bits: words in text, white space except line breaks, quoted values, names, and characters that are rare
 * in good text: invisible ones (U+200B to U+200D, U+2060, U+FEFF), those that stand for lost ones (C1 controls, U+FFFD), and those
 * with which text begins that was decoded wrongly (`â`, `Ã` and their like; `鈥`, `銆`, `锛`, `锟`).
 */
const WORD = 1;
const SPACE = 2;
const VALUE = 4;
const NAME = 8;
const RARE = 16;

/** Characters that often follow a run. */
const QUOTATION_MARK = 0x22;
const LESS_THAN = 0x3c;
const EQUALS = 0x3d;
const GREATER_THAN = 0x3e;

/** The classes of each UTF-16 unit. Outside ASCII no character is in a name; rare ones, and surrogates, are in no run. */
const KINDS = Uint8Array.from({ length: 0x10000 }, (_, code) => {
	const character = String.fromCharCode(code);
	if (
		/[\u0080-\u009f\u00c2\u00c3\u00e2\u00e3\u00ef\u200b-\u200d\u2060\ufeff\ufffd\u9225\u9286\u951b\u951f]/.test(
			character,
		)
	)
		return RARE;
	if (code >= 0x80) return code < 0xd800 ? WORD | SPACE | VALUE : 0;
	if (/[a-z0-9:_-]/.test(character)) return WORD | VALUE | NAME;
	if (/[ \t]/.test(character)) return SPACE | VALUE;
	if (/["']/.test(character)) return WORD;
	if (character === '<') return VALUE;
	return character === '&' || code < 32 || code === 127 ? 0 : WORD | VALUE;
});

/** Characters that are rare only before some text: `&` of a reference that was encoded twice, and the space in “[email protected]”. */
const RESTS: ReadonlyMap<number, RegExp> = new Map([
	[0x26, /(?:[a-z]{2,8}\d?|#\d{2,6}|#x[\da-f]{2,5});/iy],
	[0xa0, /protected\]/y],
]);

/** An attribute with its span in the parsed text: name, equals sign, quotes and value. */
export interface PlacedAttribute extends Token.Attribute {
	readonly start: number;
	end: number;
	place: Span | undefined;
}

/**
 * parse5's tokenizer, optimised to read text, attribute values and names in runs: after an ordinary character, it takes
 * all that follow and are of the same class. This halves the parsing time. Everything else, including all errors, is
 * still handled by parse5, character by character.
 */
export class RunTokenizer extends Tokenizer {
	/** The offsets of characters in text that are rare in good text, and of ampersands that begin a character reference. */
	readonly rare: number[] = [];
	/** Whether white space is read as part of the surrounding text, where the parser treats both alike. */
	mergesSpace: () => boolean = () => false;
	private readonly endTag = {
		type: Token.TokenType.END_TAG as const,
		tagName: '',
		tagID: html.TAG_ID.UNKNOWN,
		selfClosing: false,
		ackSelfClosing: false,
		attrs: [] as Token.Attribute[],
		location: { startOffset: 0, endOffset: -1 } as Token.ElementLocation,
	};

	protected override _stateData(code: number): void {
		super._stateData(code);
		if (isKind(code, WORD)) {
			this.extendRun(this.mergesSpace() ? WORD | SPACE : WORD);
			if (this.takes(LESS_THAN)) super._stateData(LESS_THAN);
		} else if (isKind(code, RARE)) this.rare.push(this.preprocessor.offset);
	}

	/** Adds characters that are not in the text as they are, such as those of character references. */
	protected override _extendRunWith(characters: string, offset: number): void {
		super._extendRunWith(characters, offset);
		const code = characters.charCodeAt(0);
		const rest = RESTS.get(code);
		if (!rest && !isKind(code, RARE)) return;
		const { html: text, pos, offset: place } = this.preprocessor;
		if (rest) {
			rest.lastIndex = pos + 1;
			if (!rest.test(text)) return;
		}
		if (!this._isCharacterReferenceInAttribute()) this.rare.push(place);
	}

	protected override _stateAttributeValueDoubleQuoted(code: number): void {
		super._stateAttributeValueDoubleQuoted(code);
		if (!isKind(code, VALUE)) return;
		this.extendRun(VALUE);
		if (this.takes(QUOTATION_MARK)) super._stateAttributeValueDoubleQuoted(QUOTATION_MARK);
	}

	protected override _stateAttributeValueSingleQuoted(code: number): void {
		super._stateAttributeValueSingleQuoted(code);
		if (isKind(code, VALUE)) this.extendRun(VALUE);
	}

	protected override _stateTagName(code: number): void {
		const token = this.currentToken;
		if (!isKind(code, NAME) || (token?.type !== Token.TokenType.START_TAG && token?.type !== Token.TokenType.END_TAG)) {
			super._stateTagName(code);
			return;
		}
		token.tagName += this.readName();
		if (this.takes(GREATER_THAN)) super._stateTagName(GREATER_THAN);
	}

	protected override _stateAttributeName(code: number): void {
		if (!isKind(code, NAME)) {
			super._stateAttributeName(code);
			return;
		}
		this.currentAttr.name += this.readName();
		if (!this.takes(EQUALS)) return;
		super._stateAttributeName(EQUALS);
		if (this.takes(QUOTATION_MARK)) this._stateBeforeAttributeValue(QUOTATION_MARK);
	}

	/** Cuts the current run from the text, which an article keeps anyway: parse5 would copy it. */
	protected override _flushRun(text: string): void {
		if (this.runEnd === this.runStart && text.length === 0) return;
		const run = this.preprocessor.html.slice(this.runStart, this.runEnd) + text;
		const token = this.currentToken;
		this.runStart = this.runEnd;
		if (token === null) (this.currentCharacterToken as Token.CharacterToken).chars += run;
		else if (token.type === Token.TokenType.COMMENT) token.data += run;
		else this.currentAttr.value += run;
	}

	/** Reuses the token of the last end tag, which no one keeps. */
	protected override _createEndTagToken(): void {
		this._flushRun('');
		const token = this.endTag;
		token.tagName = '';
		token.selfClosing = token.ackSelfClosing = false;
		if (token.attrs.length > 0) token.attrs = [];
		token.location.startOffset = this.preprocessor.offset - 2;
		token.location.endOffset = -1;
		this.currentToken = token;
	}

	/** Returns a location without line and column, which are not used. */
	protected override getCurrentLocation(offset: number): Token.Location {
		return { startOffset: this.preprocessor.offset - offset, endOffset: -1 } as Token.Location;
	}

	protected override prepareToken(token: Token.Token): void {
		this._emitCurrentCharacterToken(token.location);
		this.currentToken = null;
		if (token.location) token.location.endOffset = this.preprocessor.offset + 1;
		this.currentLocation = this.getCurrentLocation(-1);
	}

	protected override _emitCurrentCharacterToken(next: Token.Location | null): void {
		this._flushRun('');
		const token = this.currentCharacterToken;
		if (!token) return;
		if (next && token.location) token.location.endOffset = next.startOffset;
		if (token.type === Token.TokenType.CHARACTER) this.handler.onCharacter(token);
		else if (token.type === Token.TokenType.WHITESPACE_CHARACTER) this.handler.onWhitespaceCharacter(token);
		else this.handler.onNullCharacter(token);
		this.currentCharacterToken = null;
	}

	protected override _createAttr(first: string): void {
		this._flushRun('');
		const { offset: start } = this.preprocessor;
		const attribute: PlacedAttribute = { name: first, value: '', start, end: 0, place: undefined };
		this.currentAttr = attribute;
	}

	protected override _leaveAttrName(): void {
		super._leaveAttrName();
		this._leaveAttrValue();
	}

	protected override _leaveAttrValue(): void {
		(this.currentAttr as PlacedAttribute).end = this.preprocessor.offset;
	}

	/** Extends the current run by all following characters of the given classes. */
	private extendRun(kinds: number): void {
		this.runEnd = this.skip(kinds);
	}

	/** Reads the current character and all following ones that can be in a name. */
	private readName(): string {
		const { html, pos } = this.preprocessor;
		return html.slice(pos, this.skip(NAME));
	}

	/** Goes on to the next character if it is the given one, without a turn of parse5's loop. */
	private takes(code: number): boolean {
		const { preprocessor } = this;
		if (preprocessor.html.charCodeAt(preprocessor.pos + 1) !== code) return false;
		preprocessor.pos++;
		return true;
	}

	private skip(kinds: number): number {
		const { preprocessor } = this;
		const { html } = preprocessor;
		let end = preprocessor.pos + 1;
		while (end < html.length && isKind(html.charCodeAt(end), kinds)) end++;
		preprocessor.pos = end - 1;
		return end;
	}
}

/** Whether a character is in one of the given classes. */
function isKind(code: number, kinds: number): boolean {
	return ((KINDS[code] ?? 0) & kinds) !== 0;
}
