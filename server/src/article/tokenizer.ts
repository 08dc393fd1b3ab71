import { Token, Tokenizer } from 'parse5';

/** Character classes, as bits: words in text, white space except line breaks, quoted values, names. */
const WORD = 1;
const SPACE = 2;
const VALUE = 4;
const NAME = 8;

/** The classes of each ASCII character. */
const KINDS = Uint8Array.from({ length: 128 }, (_, code) => {
	const character = String.fromCharCode(code);
	if (/[a-z0-9:_-]/.test(character)) return WORD | VALUE | NAME;
	if (/[ \t]/.test(character)) return SPACE | VALUE;
	if (/["']/.test(character)) return WORD;
	if (character === '<') return VALUE;
	return character === '&' || code < 32 || code === 127 ? 0 : WORD | VALUE;
});

/** An attribute with its span in the parsed text: name, equals sign, quotes and value. */
export interface PlacedAttribute extends Token.Attribute {
	readonly start: number;
	end: number;
}

/**
 * parse5's tokenizer, optimised to read text, attribute values and names in runs: after an ordinary character, it takes
 * all that follow and are of the same class. This halves the parsing time. Everything else, including all errors, is
 * still handled by parse5, character by character.
 */
export class RunTokenizer extends Tokenizer {
	/** Whether white space is read as part of the surrounding text, where the parser treats both alike. */
	mergesSpace: () => boolean = () => false;

	protected override _stateData(code: number): void {
		super._stateData(code);
		if (isKind(code, WORD)) this.extendRun(this.mergesSpace() ? WORD | SPACE : WORD);
	}

	protected override _stateAttributeValueDoubleQuoted(code: number): void {
		super._stateAttributeValueDoubleQuoted(code);
		if (isKind(code, VALUE)) this.extendRun(VALUE);
	}

	protected override _stateAttributeValueSingleQuoted(code: number): void {
		super._stateAttributeValueSingleQuoted(code);
		if (isKind(code, VALUE)) this.extendRun(VALUE);
	}

	protected override _stateTagName(code: number): void {
		super._stateTagName(code);
		const token = this.currentToken;
		if (!isKind(code, NAME) || (token?.type !== Token.TokenType.START_TAG && token?.type !== Token.TokenType.END_TAG))
			return;
		token.tagName += this.readOn(NAME);
	}

	protected override _stateAttributeName(code: number): void {
		super._stateAttributeName(code);
		if (isKind(code, NAME)) this.currentAttr.name += this.readOn(NAME);
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
		this.currentAttr = { name: first, value: '', start: this.preprocessor.offset, end: 0 } as PlacedAttribute;
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

	/** Reads all following characters of the given classes. */
	private readOn(kinds: number): string {
		const { html, pos } = this.preprocessor;
		return html.slice(pos + 1, this.skip(kinds));
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

/**
 * Whether a character is in one of the given classes. Outside ASCII no character is in a name; the other classes
 * include all but control characters, and nothing from the surrogates on.
 */
function isKind(code: number, kinds: number): boolean {
	if (code < 128) return ((KINDS[code] ?? 0) & kinds) !== 0;
	return kinds !== NAME && code > 0x9f && code < 0xd800;
}
