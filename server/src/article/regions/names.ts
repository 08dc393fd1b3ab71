import { clipLine } from '../../util/text.ts';
import type { FurnitureKind } from './evidence.ts';
import type { Region } from './region.ts';

/** Longer reasons, in UTF-16 units, are truncated: a class name can have any length. */
const MAX_REASON_CHARS = 100;

/** What each kind of furniture is called, as it stands in a list. */
const NAMES: Readonly<Record<FurnitureKind, string>> = {
	byline: 'byline',
	comments: 'comments',
	hidden: 'hidden text',
	navigation: 'navigation',
	promotion: 'promotion',
	related: 'related articles',
	share: 'share buttons',
	site: 'site header',
	styles: 'styles and scripts',
	subscription: 'subscription',
	title: 'repeated title',
	trailer: 'notices',
};

/** What a region is called: "related articles". */
export function regionName({ kind, isSaid }: Pick<Region, 'kind' | 'isSaid'>): string {
	return isSaid ? 'other parts of the page' : NAMES[kind];
}

/** Why it is one, on one line. */
export function regionReason({ reason }: Pick<Region, 'reason'>): string {
	return clipLine(reason, MAX_REASON_CHARS);
}

/** What a region is called, and why: "related articles (class “jp-relatedposts”)". */
export function describeRegion(region: Pick<Region, 'kind' | 'isSaid' | 'reason'>): string {
	return `${regionName(region)} (${regionReason(region)})`;
}

/** The kinds of regions, each once, in their order: "comments, related articles". */
export function furnitureKinds(regions: readonly Pick<Region, 'kind' | 'isSaid'>[]): string {
	return [...new Set(regions.map(regionName))].join(', ');
}
