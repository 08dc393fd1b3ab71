import type { Article } from '../article/article.ts';
import { inLetters, type MathLetters } from '../article/mathLetters.ts';
import type { Node } from '../article/node.ts';
import { readRuns } from '../article/text.ts';

/** Collects the runs that map the text of a block to the source, while the block is drawn. */
export interface Runs {
	/** The runs in the form of the protocol. */
	readonly all: readonly number[];
	/** Adds a text node and returns its text as drawn, optionally in mathematical letters. */
	add(node: Node, letters?: MathLetters): string;
}

/** Creates the runs of a block; `start` is the source offset of the block. */
export function createRuns({ text, nodes }: Article, start: number): Runs {
	const all: number[] = [];
	let length = 0;

	/** Adds a run, or extends the last one if both are literal and adjacent. */
	function addRun(offset: number, source: number, units: number, written: number): void {
		const last = all.length - 4;
		const [lastSource = 0, lastUnits = 0, lastWritten = 0] = all.slice(last + 1);
		if (last >= 0 && units === written && lastUnits === lastWritten && lastSource + lastWritten === source) {
			all[last + 2] = lastUnits + units;
			all[last + 3] = lastWritten + written;
		} else if (units > 0) {
			all.push(offset, source, units, written);
		}
	}

	return {
		all,
		add(node, letters) {
			const { nodeValue: value } = node;
			const base = length;
			const foreign = nodes[node.parent]?.foreign ?? false;
			if (!letters) {
				length += value.length;
				readRuns(text, node, foreign, (offset, source, units, written) =>
					addRun(base + offset, source - start, units, written),
				);
				return value;
			}
			/** The offset of each unit of the text in the drawn text, and its end. */
			const places = [0];
			let drawn = '';
			for (let at = 0; at < value.length; at++) {
				drawn += inLetters(value[at] ?? '', letters);
				places.push(drawn.length);
			}
			const place = (offset: number): number => places[offset] ?? drawn.length;
			length += drawn.length;
			readRuns(text, node, foreign, (offset, source, units, written) => {
				if (units !== written) {
					addRun(base + place(offset), source - start, place(offset + units) - place(offset), written);
					return;
				}
				for (let at = 0; at < units; at++)
					addRun(base + place(offset + at), source - start + at, place(offset + at + 1) - place(offset + at), 1);
			});
			return drawn;
		},
	};
}
