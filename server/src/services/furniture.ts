import type { CancellationToken } from 'vscode-languageserver';
import { subjectOf } from '../annotations/describe.ts';
import type { AnnotationEdit } from '../annotations/edit.ts';
import { anchorAfter, notesAt } from '../annotations/removal.ts';
import { obstacleOf } from '../annotations/sidecar.ts';
import type { Article } from '../article/article.ts';
import { formatObstacle } from '../article/format.ts';
import { labelOf } from '../article/label.ts';
import { regionName } from '../article/regions/names.ts';
import type { Region } from '../article/regions/region.ts';
import { type Removal, removeRegions } from '../article/removal.ts';
import { contains } from '../article/span.ts';
import { toRange } from '../languageFeatures/position.ts';
import type { Snapshot } from '../languageFeatures/snapshot.ts';
import type { FurnitureParts, FurnitureRemoved, WithoutFurniture } from '../protocol/furniture.ts';
import { findTruncation } from '../rules/article/truncated.ts';
import { throwIfCancelled } from '../util/cancellation.ts';
import { displayName } from '../util/uri.ts';
import { counted } from '../util/words.ts';
import type { Editor } from './annotations/editor.ts';
import { Refusal } from './annotations/outcome.ts';
import type { Annotations } from './annotations.ts';

/** How much of a part is shown, in characters. */
const LABEL = 60;

/** A part of the page around an article. */
export interface RemovablePart {
	readonly region: Region;
	/** How many characters of text it holds. */
	readonly characters: number;
	/** How many notes are in it. */
	readonly notes: number;
	/** Whether it goes if nothing else is said. */
	readonly goes: boolean;
}

/** What is done to remove furniture. */
export interface Plan extends Removal {
	/** The parts that are removed. */
	readonly parts: readonly RemovablePart[];
	/** The parts that stay only because notes are in them. */
	readonly withNotes: readonly RemovablePart[];
	/** The edits of the sidecar that keep its notes at their words. */
	readonly noteEdits: readonly AnnotationEdit[];
}

/** Removes the page around articles. Documents are read as their archive and the user's settings say. */
export interface Furniture {
	/** The furniture of a document; `undefined` if it is no article. */
	parts(document: Snapshot, token: CancellationToken): Promise<FurnitureParts | undefined>;
	/** The text of a document without some of these parts. */
	without(document: Snapshot, parts: readonly number[]): WithoutFurniture;
	/**
	 * How to remove parts of an article and keep its notes at their words.
	 *
	 * @param chosen indices of the parts; by default, those that go if nothing else is said
	 * @throws Refusal if the article or its sidecar file cannot be changed
	 */
	plan(document: Snapshot, token: CancellationToken, chosen?: readonly number[]): Promise<Plan>;
	/** Anchors the notes of a removal in the sidecar file. Returns why that was not possible, as a sentence. */
	anchor(document: Snapshot, plan: Plan): Promise<string | undefined>;
	/**
	 * Removes parts of an open article, as one edit.
	 *
	 * @throws Refusal
	 */
	remove(document: Snapshot, token: CancellationToken, chosen?: readonly number[]): Promise<FurnitureRemoved>;
}

/** Creates the service that removes furniture. */
export function createFurniture(
	annotations: Pick<Annotations, 'find' | 'change'>,
	editor: Pick<Editor, 'apply'>,
): Furniture {
	const partsOf = async (
		document: Snapshot,
		article: Article,
		token: CancellationToken,
	): Promise<{
		readonly parts: readonly RemovablePart[];
		readonly notes: Awaited<ReturnType<Annotations['find']>>;
	}> => {
		const notes = await annotations.find(document, article, token);
		throwIfCancelled(token);
		// Without it, nothing would say that the article is not whole.
		const goesOn = findTruncation(article, document.resolve)?.span.start;
		const parts = article.regions.furniture.map(region => {
			const count = notesAt(region.span, notes.notes).length;
			return {
				region,
				characters: article.weights.textBetween(region.first, region.last + 1),
				notes: count,
				goes: count === 0 && !holdsByline(region, article) && !(goesOn !== undefined && contains(region.span, goesOn)),
			};
		});
		return { parts, notes };
	};
	const service: Furniture = {
		async parts(given, token) {
			const document = withFurniture(given);
			const { parsed: article } = document;
			if (article.kind === 'list') return undefined;
			const { parts } = await partsOf(document, article, token);
			return {
				version: document.version,
				parts: parts.map(({ region, characters, notes, goes }) => ({
					name: regionName(region),
					reason: region.reason,
					range: toRange(document, region.span),
					label: labelOf(article.nodes, region.first, LABEL),
					characters,
					notes,
					goes,
				})),
			};
		},
		without(document, parts) {
			const { parsed: article, text } = withFurniture(document);
			if (article.kind === 'list') return { text, left: parts };
			const { furniture } = article.regions;
			const { article: made, left } = removeRegions(article, regionsAt(furniture, parts));
			return { text: made.text, left: left.map(region => furniture.indexOf(region)) };
		},
		async plan(document, token, chosen) {
			const { parsed: article, uri } = withFurniture(document);
			if (article.kind === 'list') throw new Refusal('not-possible', `${displayName(uri)} is a list, not an article`);
			const obstacle = formatObstacle(article);
			if (obstacle)
				throw new Refusal('not-possible', `Nothing was removed from ${displayName(uri)}: it ${obstacle.reason}`);
			const { parts, notes } = await partsOf(document, article, token);
			const broken = notes.sidecar && obstacleOf(notes.sidecar);
			if (broken)
				throw new Refusal(
					'broken-sidecar',
					`Nothing was removed from ${displayName(uri)}: its notes cannot be read. ${broken.message}`,
				);
			const wanted = chosen ? chosen.flatMap(at => parts[at] ?? []) : parts.filter(({ goes }) => goes);
			const removal = removeRegions(
				article,
				wanted.map(({ region }) => region),
			);
			const removed = new Set(removal.removed);
			const { source } = subjectOf(uri, article);
			return {
				...removal,
				parts: wanted.filter(({ region }) => removed.has(region)),
				withNotes: chosen ? [] : parts.filter(({ region, notes }) => notes > 0 && !holdsByline(region, article)),
				noteEdits: anchorAfter(notes, article, removal.article, removal.edits, source),
			};
		},
		async anchor({ uri }, { article, noteEdits }) {
			try {
				await annotations.change(uri, article, noteEdits, 'Remove Page Furniture');
				return undefined;
			} catch (error) {
				// The article is changed already. Notes are found by their words, too.
				if (error instanceof Refusal) return error.outcome.message;
				throw error;
			}
		},
		async remove(document, token, chosen) {
			const plan = await service.plan(document, token, chosen);
			const { parts, edits } = plan;
			if (edits.length > 0) {
				const label = `Remove ${counted(parts.length, 'Part')} of the Page`;
				const refused = await editor.apply(label, [{ document, edits }]);
				if (refused !== undefined)
					throw new Refusal('not-written', `${displayName(document.uri)} was not changed: ${refused}`);
			}
			const warning = edits.length > 0 ? await service.anchor(document, plan) : undefined;
			return {
				kind: 'done',
				removed: parts.length,
				characters: parts.reduce((sum, { characters }) => sum + characters, 0),
				left: plan.left.length,
				withNotes: plan.withNotes.length,
				anchored: edits.length > 0 && warning === undefined ? plan.noteEdits.length : 0,
				...(warning === undefined ? {} : { warning }),
			};
		},
	};
	return service;
}

/** Returns a document whose furniture is told from the article, even if it is shown like that. */
function withFurniture(document: Snapshot): Snapshot {
	const { options } = document;
	return options.furniture ? document : document.with({ ...options, furniture: true });
}

/** Whether a part of the page is the byline of the article or holds it: its author and date may be written nowhere else. */
function holdsByline({ kind, first, last }: Region, { byline }: Article): boolean {
	if (kind === 'byline') return true;
	if (kind === 'title' || kind === 'comments' || kind === 'related') return false;
	return [byline.author, byline.date].some(part => part !== undefined && first <= part.node && part.node <= last);
}

function regionsAt(furniture: readonly Region[], parts: readonly number[]): readonly Region[] {
	return parts.toSorted((a, b) => a - b).flatMap(at => furniture[at] ?? []);
}
