import type { Quote, Reply } from '../protocol/annotations.ts';
import { append } from '../util/groups.ts';
import { compareText } from '../util/order.ts';
import { motivationsOf, type Target, targetsOf } from './model.ts';
import type { Note } from './note.ts';
import { readRemark } from './remark.ts';
import type { Sidecar, SidecarAnnotation } from './sidecar.ts';

/** The target of a sidecar note, to be anchored in the article. */
export interface Aim {
	readonly quote: Quote | undefined;
	/** In code points of the decoded text, if known. */
	readonly position: { readonly start: number; readonly end: number } | undefined;
	/** The id of the note that it replies to, if that is not in the file. */
	readonly replyTo: string | undefined;
	/** Whether its target has only unsupported selectors. */
	readonly isElsewhere: boolean;
}

/** A sidecar note that has not been anchored yet. */
export type Unanchored = Omit<Note, 'anchor' | 'suggestion'> & { readonly aim: Aim };

/** Reads the notes of a sidecar with their replies, sorted by creation time. */
export function readThreads(sidecar: Pick<Sidecar, 'annotations'>): readonly Unanchored[] {
	const ids = new Map(sidecar.annotations.map(one => [one.annotation.id, one]));
	const roots: SidecarAnnotation[] = [];
	const replies = new Map<string, Reply[]>();
	for (const [one, root] of findRoots(sidecar.annotations, ids)) {
		if (root === one) {
			roots.push(one);
			continue;
		}
		const { resolved: _, ...remark } = readRemark(one.annotation);
		const reply = { ...remark, replyTo: parentOf(one, ids)?.annotation.id ?? '' };
		append(replies, root.annotation.id, reply);
	}
	return roots
		.map(({ annotation, span }): Unanchored => {
			const aim = aimOf(annotation, ids);
			return {
				...readRemark(annotation),
				carrier: 'sidecar',
				replies: (replies.get(annotation.id) ?? []).sort(byTime),
				quote: aim.quote,
				aim,
				span,
			};
		})
		.sort(byTime);
}

/** Returns the annotation that another one replies to, if it is in the same file. */
function parentOf(
	{ annotation }: SidecarAnnotation,
	ids: ReadonlyMap<string, SidecarAnnotation>,
): SidecarAnnotation | undefined {
	for (const { source } of targetsOf(annotation)) {
		const parent = ids.get(source);
		if (parent && source !== annotation.id) return parent;
	}
	return undefined;
}

/** Finds the first note of each annotation's thread. Annotations that reply to each other in a cycle start one thread each. */
function findRoots(
	annotations: readonly SidecarAnnotation[],
	ids: ReadonlyMap<string, SidecarAnnotation>,
): ReadonlyMap<SidecarAnnotation, SidecarAnnotation> {
	const roots = new Map<SidecarAnnotation, SidecarAnnotation>();
	for (const one of annotations) {
		const path = new Set<SidecarAnnotation>();
		let at: SidecarAnnotation | undefined = one;
		let root: SidecarAnnotation | undefined;
		while (at && !path.has(at) && !roots.has(at)) {
			path.add(at);
			root = at;
			at = parentOf(at, ids);
		}
		const isCircle = at !== undefined && path.has(at);
		for (const member of path) roots.set(member, isCircle ? member : ((at && roots.get(at)) ?? root ?? member));
	}
	return roots;
}

function aimOf(annotation: SidecarAnnotation['annotation'], ids: ReadonlyMap<string, unknown>): Aim {
	const targets = targetsOf(annotation);
	const quoted = targets.map(aimAt).find(aim => aim.quote ?? aim.position);
	if (quoted) return quoted;
	const isReply = motivationsOf(annotation).includes('replying') && targets.every(({ source }) => !ids.has(source));
	const whole = targets.find(({ isPart }) => !isPart);
	return {
		quote: undefined,
		position: undefined,
		replyTo: isReply ? targets[0]?.source : undefined,
		isElsewhere: !isReply && !whole,
	};
}

function aimAt({ selectors }: Target): Aim {
	const quote = selectors.find(selector => selector.type === 'TextQuoteSelector');
	const position = selectors.find(selector => selector.type === 'TextPositionSelector');
	return {
		quote: quote && { exact: quote.exact, prefix: quote.prefix, suffix: quote.suffix },
		position: position && { start: position.start, end: position.end },
		replyTo: undefined,
		isElsewhere: false,
	};
}

function byTime(
	a: { readonly created: string | undefined; readonly id: string },
	b: { readonly created: string | undefined; readonly id: string },
): number {
	return compareText(a.created ?? '', b.created ?? '') || compareText(a.id, b.id);
}
