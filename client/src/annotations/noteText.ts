import type { Remark } from '../../../server/src/protocol/annotations.ts';

/** What a person types as a note: `kind: text #tag`. */
export interface NoteText {
	readonly kind: string;
	readonly text: string;
	/** Without `#`. */
	readonly tags: readonly string[];
}

/**
 * Reads what was typed: `kind: text #tag`, kind and tags as one likes.
 *
 * @param kinds those that there are; any other word before a colon is part of the text
 */
export function readNote(said: string, kinds: readonly string[]): NoteText {
	const [kind, rest] = splitKind(said.trim(), kinds);
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

/** Reads what was typed as an answer. That has no tags: what looks like one is a part of the text. */
export function readReply(said: string, kinds: readonly string[]): Omit<NoteText, 'tags'> {
	const [kind, text] = splitKind(said.trim(), kinds);
	return { kind: kind ?? 'note', text };
}

function splitKind(said: string, kinds: readonly string[]): [string | undefined, string] {
	const colon = /\s*[:：]\s*/u.exec(said);
	const word = colon && said.slice(0, colon.index).toLowerCase();
	return colon && word !== null && kinds.includes(word)
		? [word, said.slice(colon.index + colon[0].length)]
		: [undefined, said];
}

/** A note as it is typed, so that `readNote` reads the same from it. */
export function writeNote(
	{ kind, text, tags }: Pick<Remark, 'kind' | 'text' | 'tags'>,
	kinds: readonly string[],
): string {
	const isPlain = kind === 'note' && splitKind(text.trim(), kinds)[0] === undefined;
	const said = isPlain || !kinds.includes(kind) ? text : `${kind}: ${text}`;
	return [said, tags.map(tag => `#${tag}`).join(' ')]
		.filter(part => part !== '')
		.join(text.includes('\n') ? '\n\n' : ' ');
}
