import type { CssSelector } from '../selectors/selector.ts';

/** What an archive says of the articles of a source. It goes before all signs. */
export interface SourceRules {
	/** The elements that are furniture. */
	readonly furniture: readonly CssSelector[];
	/** The elements that hold the article: if there are any, all outside them is furniture. */
	readonly content: readonly CssSelector[];
	/** Elements that are part of the article, whatever the signs say. */
	readonly keep: readonly CssSelector[];
}

/** The rules of an archive for its sources, by host without `www.`. */
export type Sources = ReadonlyMap<string, SourceRules>;

/** Returns the rules for the articles of a URL. */
export function rulesOf(sources: Sources | undefined, url: string | undefined): SourceRules | undefined {
	if (!sources || sources.size === 0 || url === undefined || !URL.canParse(url)) return undefined;
	return sources.get(sourceHost(new URL(url).hostname));
}

/** Returns the name under which an archive has the rules for a host, which is in lower case and ASCII. */
export function sourceHost(host: string): string {
	return host.replace(/^www\./, '').replace(/\.$/, '');
}
