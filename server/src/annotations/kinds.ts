import type { Motivation } from '../protocol/annotations.ts';

/** Kinds of note, in lower case as they are written before the colon, and the motivation that each stands for. */
export type Kinds = ReadonlyMap<string, Motivation>;

/** The kinds that every archive has. */
export const NOTE_KINDS: Kinds = new Map([
	['note', 'commenting'],
	['question', 'questioning'],
	['check', 'assessing'],
	['edit', 'editing'],
	['link', 'linking'],
	['translate', 'describing'],
]);

/** The kind of a passage that is marked and nothing more. */
export const HIGHLIGHT = 'highlight';

/** What kinds an archive has of its own, by name. */
export type OwnKinds = ReadonlyMap<string, { readonly motivation: Motivation }>;

const made = new WeakMap<OwnKinds, Kinds>();

/** The kinds of an archive: those that all have, and its own. The same for the same, so that it can be told whether they changed. */
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

/** The kind that stands for a motivation where nothing else says which is meant; where none does, the motivation's own name. */
export function kindFor(motivation: Motivation): string {
	if (motivation === 'highlighting') return HIGHLIGHT;
	for (const [kind, its] of NOTE_KINDS) if (its === motivation) return kind;
	return motivation;
}

/** The motivation of a kind; commenting for one that nobody knows any more. */
export function motivationFor(kind: string, kinds: Kinds): Motivation {
	return kind === HIGHLIGHT ? 'highlighting' : (kinds.get(kind) ?? 'commenting');
}
