import { type ArticleOptions, DEFAULT_OPTIONS } from '../article/article.ts';
import type { Configuration } from './configuration.ts';

/** Everything counts as the article. */
const ALL: ArticleOptions = { furniture: false };

/** The options for configurations with rules for sources. */
const known = new WeakMap<Configuration, { readonly shown: ArticleOptions; readonly folded: ArticleOptions }>();

/**
 * Returns how the articles of an archive are read. Returns the same object for the same configuration, so that changes can be
 * detected.
 *
 * @param configuration the configuration of the archive, if it has one
 * @param showsFurniture whether the user wants to see the parts of the page around an article like the article itself
 */
export function articleOptions(configuration: Configuration | undefined, showsFurniture: boolean): ArticleOptions {
	const isShown = showsFurniture || configuration?.furniture === 'show';
	if (!configuration || configuration.sources.size === 0) return isShown ? ALL : DEFAULT_OPTIONS;
	const { sources } = configuration;
	const options = known.get(configuration) ?? { shown: { ...ALL, sources }, folded: { ...DEFAULT_OPTIONS, sources } };
	known.set(configuration, options);
	return isShown ? options.shown : options.folded;
}
