import type { Remark } from '../../../server/src/protocol/annotations.ts';

/** A note as the user types it: `kind: text #tag`. */
export interface NoteText {
	readonly kind: string;
	readonly text: string;
	/** Without `#`. */
	readonly tags: readonly string[];
}

/**
 * Parses a typed note: `kind: text #tag`, where kind and tags are optional.
 *
 * @param kinds the available kinds; any other word before a colon is part of the text
 */
export function readNote(typed: string, kinds: readonly string[]): NoteText {
	const [kind, rest] = splitKind(typed.trim(), kinds);
	const trailer = /(?:^|[\s\u3000]+)#[^\s#\u3000]+(?:[\s\u3000]+#[^\s#\u3000]+)*$/u.exec(rest);
	return {
		kind: kind ?? 'note',
		text: trailer ? rest.slice(0, trailer.index) : rest,
		tags: trailer
			? trailer[0]
					.trim()
					.split(/[\s\u3000]+/u)
					.map(tag => tag.slice(1))
			: [],
	};
}

/** Parses a typed reply. Replies have no tags, so a `#word` is part of the text. */
export function readReply(typed: string, kinds: readonly string[]): Omit<NoteText, 'tags'> {
	const [kind, text] = splitKind(typed.trim(), kinds);
	return { kind: kind ?? 'note', text };
}

function splitKind(typed: string, kinds: readonly string[]): [string | undefined, string] {
	const colon = /\s*[:：]\s*/u.exec(typed);
	const word = colon && typed.slice(0, colon.index).toLowerCase();
	return colon && word !== null && kinds.includes(word)
		? [word, typed.slice(colon.index + colon[0].length)]
		: [undefined, typed];
}

/** Writes a note as the user would type it. `readNote` is the inverse. */
export function writeNote(
	{ kind, text, tags }: Pick<Remark, 'kind' | 'text' | 'tags'>,
	kinds: readonly string[],
): string {
	const isPlain = kind === 'note' && splitKind(text.trim(), kinds)[0] === undefined;
	const content = isPlain || !kinds.includes(kind) ? text : `${kind}: ${text}`;
	return [content, tags.map(tag => `#${tag}`).join(' ')]
		.filter(part => part !== '')
		.join(text.includes('\n') ? '\n\n' : ' ');
}
