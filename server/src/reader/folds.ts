import { isHiddenByItself } from '../article/hidden.ts';
import type { Node } from '../article/node.ts';
import { furnitureKinds } from '../article/regions/names.ts';
import type { Region } from '../article/regions/region.ts';
import type { BlockContent, Markup, ReaderFold } from '../protocol/reader.ts';
import { capital } from '../util/labels.ts';
import { counted } from '../util/words.ts';
import { countScripts } from './language.ts';

/** A block of the view, and the furniture that it is in. */
export interface FoldableBlock {
	readonly region: Region | undefined;
	readonly content: BlockContent;
}

/** Adjacent blocks of furniture, by the indices of the first and the last. */
export interface FoldedBlocks {
	readonly first: number;
	readonly last: number;
}

/** Kinds that are named only where there are no others. */
const UNNAMED: ReadonlySet<string> = new Set(['hidden', 'styles']);

/** Hidden words alone, up to this many characters, get no line of their own. */
const MOST_UNSEEN = 80;

/** Finds the runs of adjacent blocks of furniture. */
export function findFolds(blocks: readonly FoldableBlock[]): readonly FoldedBlocks[] {
	const folds: FoldedBlocks[] = [];
	for (let first = 0; first < blocks.length; first++) {
		if (!blocks[first]?.region) continue;
		let last = first;
		while (blocks[last + 1]?.region) last++;
		folds.push({ first, last });
		first = last;
	}
	return folds;
}

/** Whether blocks of furniture hold only a few words that the style sheet of their site hides. */
export function isUnseen(blocks: readonly FoldableBlock[], nodes: readonly Node[]): boolean {
	let length = 0;
	for (const { region, content } of blocks) {
		if (region?.kind !== 'hidden' || isHiddenByItself(nodes[region.first] as Node)) return false;
		if (content.pictures.length > 0) return false;
		length += textOf(content.markup).trim().length;
	}
	return length <= MOST_UNSEEN;
}

/** Says what the blocks of a fold are, and how much they hold. */
export function describeFold(blocks: readonly FoldableBlock[]): Pick<ReaderFold, 'label' | 'size'> {
	const regions = blocks.flatMap(({ region }) => (region ? [region] : []));
	const named = regions.filter(({ kind }) => !UNNAMED.has(kind));
	return { label: capital(furnitureKinds(named.length > 0 ? named : regions)), size: sizeOf(blocks) };
}

function sizeOf(blocks: readonly FoldableBlock[]): string {
	const { han, kana, words } = countScripts(blocks.map(({ content }) => textOf(content.markup)).join('\n'));
	if (han + kana > words) return counted(han + kana, 'character');
	if (words > 0) return counted(words, 'word');
	const pictures = blocks.reduce((sum, { content }) => sum + content.pictures.length, 0);
	return pictures > 0 ? counted(pictures, 'image') : '';
}

/** Returns the text of a markup, whose depth the server limits. */
function textOf(markup: Markup): string {
	return typeof markup === 'string' ? markup : markup[2].map(textOf).join(' ');
}
