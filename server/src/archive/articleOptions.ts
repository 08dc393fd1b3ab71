import { type ArticleOptions, DEFAULT_OPTIONS } from '../article/article.ts';
import type { Configuration } from './configuration.ts';

/** Everything counts as the article. */
const ALL: ArticleOptions = { furniture: false };

/**
 * Returns how the articles of an archive are read. Returns the same object for the same configuration, so that changes can be
 * detected.
 *
 * @param configuration the configuration of the archive, if it has one
 * @param showsFurniture whether the user wants to see the parts of the page around an article like the article itself
 */
export function articleOptions(configuration: Configuration | undefined, showsFurniture: boolean): ArticleOptions {
	return showsFurniture || configuration?.furniture === 'show' ? ALL : DEFAULT_OPTIONS;
}
