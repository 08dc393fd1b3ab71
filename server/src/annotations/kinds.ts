import type { Motivation } from '../protocol/annotations.ts';

/** Maps kinds of note, in lower case as written before the colon, to their motivations. */
export type Kinds = ReadonlyMap<string, Motivation>;

/** The built-in kinds. */
export const NOTE_KINDS: Kinds = new Map([
	['note', 'commenting'],
	['question', 'questioning'],
	['check', 'assessing'],
	['edit', 'editing'],
	['link', 'linking'],
	['translate', 'describing'],
]);

/** The kind of a passage that is only marked. */
export const HIGHLIGHT = 'highlight';

/** The custom kinds of an archive, by name. */
export type OwnKinds = ReadonlyMap<string, { readonly motivation: Motivation }>;

const made = new WeakMap<OwnKinds, Kinds>();

/** Returns the built-in kinds and the custom ones. Returns the same object for the same custom kinds, so that changes can be detected. */
export function kindsWith(own: OwnKinds): Kinds {
	if (own.size === 0) return NOTE_KINDS;
	let kinds = made.get(own);
	if (!kinds) {
		const added = [...own].map(([kind, { motivation }]) => [kind.toLowerCase(), motivation] as const);
		kinds = new Map([...NOTE_KINDS, ...added]);
		made.set(own, kinds);
	}
	return kinds;
}

/** Returns the default kind for a motivation: the built-in kind, else the name of the motivation. */
export function kindFor(motivation: Motivation): string {
	if (motivation === 'highlighting') return HIGHLIGHT;
	for (const [kind, its] of NOTE_KINDS) if (its === motivation) return kind;
	return motivation;
}

/** Returns the motivation of a kind; `commenting` if the kind is unknown. */
export function motivationFor(kind: string, kinds: Kinds): Motivation {
	return kind === HIGHLIGHT ? 'highlighting' : (kinds.get(kind) ?? 'commenting');
}
