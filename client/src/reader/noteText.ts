/** The words before a colon that say what kind of note it is. */
const KIND = /^\s*(note|question|check|edit|link|translate)\s*[:：]\s*/iu;

/** Reads what was typed: `kind: text #tag`, kind and tags as one likes. */
export function readNote(said: string): {
	readonly kind: string;
	readonly text: string;
	readonly tags: readonly string[];
} {
	const kind = KIND.exec(said);
	const rest = said.slice(kind?.[0].length ?? 0).trim();
	const trailer = /(?:^|[\s\u3000]+)#[^\s#\u3000]+(?:[\s\u3000]+#[^\s#\u3000]+)*$/u.exec(rest);
	return {
		kind: kind?.[1]?.toLowerCase() ?? 'note',
		text: trailer ? rest.slice(0, trailer.index) : rest,
		tags: trailer
			? trailer[0]
					.trim()
					.split(/[\s\u3000]+/u)
					.map(tag => tag.slice(1))
			: [],
	};
}
