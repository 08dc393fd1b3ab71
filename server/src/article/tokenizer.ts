import { Tokenizer } from 'parse5';

/** Kinds of character, as bits. */
const WORD = 1;
const SPACE = 2;
const QUOTED = 4;

/** What each ASCII character is: part of a word, a space that is no line break, or part of an attribute's quoted value. */
const KINDS = Uint8Array.from({ length: 128 }, (_, code) => {
	if (code === 9 || code === 32) return SPACE | QUOTED;
	if (code < 32 || code === 127 || code === 38) return 0;
	if (code === 34 || code === 39) return WORD;
	return code === 60 ? QUOTED : WORD | QUOTED;
});

/**
 * parse5's tokenizer, which reads text and attribute values a run at a time: once it has read one character of which
 * nothing is to be said but that it is part of a text or value, it takes all that follow and are like it. This halves the
 * time of parsing. All else, and so all that is wrong, is read by parse5, one character after another.
 */
export class RunTokenizer extends Tokenizer {
	/** Whether white space is to be read as part of the text around it: where the parser treats both alike. */
	mergesSpace: () => boolean = () => false;

	protected override _stateData(code: number): void {
		super._stateData(code);
		if (isKind(code, WORD)) this.readOn(this.mergesSpace() ? WORD | SPACE : WORD);
	}

	protected override _stateAttributeValueDoubleQuoted(code: number): void {
		super._stateAttributeValueDoubleQuoted(code);
		if (isKind(code, QUOTED)) this.readOn(QUOTED);
	}

	protected override _stateAttributeValueSingleQuoted(code: number): void {
		super._stateAttributeValueSingleQuoted(code);
		if (isKind(code, QUOTED)) this.readOn(QUOTED);
	}

	/** Extends the run that ends at the current character by all characters of the given kinds. */
	private readOn(kinds: number): void {
		const { preprocessor } = this;
		const { html } = preprocessor;
		let end = preprocessor.pos + 1;
		while (end < html.length && isKind(html.charCodeAt(end), kinds)) end++;
		preprocessor.pos = end - 1;
		this.runEnd = end;
	}
}

/** Beyond ASCII, all but control characters, surrogates and what comes after them is like a letter. */
function isKind(code: number, kinds: number): boolean {
	return code < 128 ? ((KINDS[code] ?? 0) & kinds) !== 0 : code > 0x9f && code < 0xd800;
}
