import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CancellationToken } from 'vscode-languageserver';
import { regionName } from '../article/regions/names.ts';
import { type Snapshot, snapshotOf } from '../languageFeatures/snapshot.ts';
import { CONFIGURATION_FILE } from '../links/archiveRoot.ts';
import { nodePlatform } from '../node/platform.ts';
import { createService } from '../service.ts';
import { Refusal } from '../services/annotations/outcome.ts';
import type { Plan } from '../services/furniture.ts';
import { counted } from '../util/words.ts';
import { foldersOf, reachOf } from './opened.ts';

/** An article without the page around it. */
export interface Cleared {
	readonly text: string;
	/** What goes, by its kinds: "related articles (120 characters), styles and scripts". */
	readonly description: string;
	/** What stays although it could go, and why, as the end of a sentence. */
	readonly notes: readonly string[];
	/** Anchors the notes of the sidecar file again, once the text is written. Returns why that was not possible. */
	anchor(): Promise<string | undefined>;
}

/** Removes the page around articles as the configurations of their archives say. */
export interface FurnitureRemover {
	/** Returns the reason, as a sentence, if an article cannot be changed. */
	clear(path: string, text: string): Promise<Cleared | { readonly refused: string }>;
}

/** Creates the remover for files in folders, given by their URIs. */
export function createFurnitureRemover(opened: readonly string[]): FurnitureRemover {
	const reach = reachOf(opened);
	const service = createService({ ...nodePlatform, files: foldersOf(reach) }, { reach: () => reach });
	return {
		async clear(path, text) {
			const uri = pathToFileURL(resolve(path)).href;
			const configuration = await service.configuration(uri);
			if (configuration?.faults.some(({ severity }) => severity === 'error'))
				return { refused: `${CONFIGURATION_FILE} cannot be read, so it is not known what belongs to the article` };
			const document: Snapshot = await service.read(snapshotOf(uri, text));
			try {
				const plan = await service.furniture.plan(document, CancellationToken.None);
				return {
					text: plan.article.text,
					description: describe(plan),
					notes: leftOver(plan),
					anchor: () => service.furniture.anchor(document, plan),
				};
			} catch (error) {
				if (error instanceof Refusal) return { refused: error.outcome.message };
				throw error;
			}
		},
	};
}

function describe({ parts }: Plan): string {
	const amounts = new Map<string, number>();
	for (const { region, characters } of parts)
		amounts.set(regionName(region), (amounts.get(regionName(region)) ?? 0) + characters);
	return [...amounts]
		.map(([name, amount]) => (amount === 0 ? name : `${name} (${counted(amount, 'character')})`))
		.join(', ');
}

function leftOver({ withNotes, left }: Plan): readonly string[] {
	const names = (regions: readonly Plan['left'][number][]): string => [...new Set(regions.map(regionName))].join(', ');
	return [
		...(withNotes.length > 0
			? [`${counted(withNotes.length, 'part')} with notes stayed: ${names(withNotes.map(({ region }) => region))}`]
			: []),
		...(left.length > 0
			? [`${counted(left.length, 'part')} stayed because the markup around depends on it: ${names(left)}`]
			: []),
	];
}
