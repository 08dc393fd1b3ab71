import { type ArticleOptions, DEFAULT_OPTIONS } from '../article/article.ts';
import type { Configuration } from './configuration.ts';

/** Everything counts as the article. */
const ALL: ArticleOptions = { furniture: false };

/** The options for configurations with rules for sources. */
const known = new WeakMap<Configuration, ArticleOptions>();

/**
 * Returns how the articles of an archive are read. Returns the same object for the same configuration, so that changes can be
 * detected.
 *
 * @param configuration the configuration of the archive, if it has one
 * @param showsFurniture whether the user wants to see the parts of the page around an article like the article itself
 */
export function articleOptions(configuration: Configuration | undefined, showsFurniture: boolean): ArticleOptions {
	if (showsFurniture || configuration?.furniture === 'show') return ALL;
	if (!configuration || configuration.sources.size === 0) return DEFAULT_OPTIONS;
	const options = known.get(configuration) ?? { ...DEFAULT_OPTIONS, sources: configuration.sources };
	known.set(configuration, options);
	return options;
}
