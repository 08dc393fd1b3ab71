import { sideOf } from '../article/conflict.ts';
import type { Span } from '../article/span.ts';
import { obstacleOf, parseSidecar, type SidecarFault } from './sidecar.ts';
import { lineFor, type SidecarTarget, writeSidecar } from './sidecarWriter.ts';

/** A way to fix a sidecar. */
export interface Repair {
	/** In the imperative. */
	readonly title: string;
	/** The whole new text. */
	readonly text: string;
	/** Whether it loses no content. */
	readonly preferred: boolean;
}

/** Returns the ways to fix a fault in a sidecar. */
export function repairsOf(text: string, fault: SidecarFault, subject: SidecarTarget): readonly Repair[] {
	switch (fault.kind) {
		case 'comma':
			return [{ title: 'Fix the commas', text: writeSidecar(parseSidecar(text), new Map(), subject), preferred: true }];
		case 'conflict': {
			const [ours, theirs] = [parseSidecar(sideOf(text, 'ours')), parseSidecar(sideOf(text, 'theirs'))];
			if (obstacleOf(ours) || obstacleOf(theirs)) return [];
			const known = new Set(ours.items.map(item => lineFor(item, ours.text)));
			const lines = theirs.items.map(item => lineFor(item, theirs.text)).filter(line => !known.has(line));
			const merged = writeSidecar(ours, new Map(), subject, lines);
			return [{ title: 'Keep the notes of both sides', text: merged, preferred: true }];
		}
		case 'duplicate':
			return [
				{ title: 'Keep the earlier note', text: withoutItem(text, fault.span, subject, false), preferred: false },
				{ title: 'Keep this note', text: withoutItem(text, fault.span, subject, true), preferred: false },
			];
		default:
			return [];
	}
}

/** Removes one of two items with the same id: the one at a place or, if that is kept, the first one. */
function withoutItem(text: string, place: Span, subject: SidecarTarget, keepsIt: boolean): string {
	const sidecar = parseSidecar(text);
	const idAt = (value: unknown): unknown =>
		typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined;
	const index = sidecar.items.findIndex(({ span }) => span.start === place.start);
	const first = sidecar.items.findIndex(({ value }) => idAt(value) === idAt(sidecar.items[index]?.value));
	const gone = keepsIt ? first : index;
	return writeSidecar({ ...sidecar, items: sidecar.items.filter((_, at) => at !== gone) }, new Map(), subject);
}
