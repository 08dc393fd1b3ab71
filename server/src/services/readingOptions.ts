import { articleOptions } from '../archive/articleOptions.ts';
import type { Configurations } from '../archive/configurationFile.ts';
import type { ArticleOptions } from '../article/article.ts';
import type { Snapshot } from '../languageFeatures/snapshot.ts';
import type { OpenDocuments } from './documents.ts';

/** How articles are read, as the configurations of archives and the settings of the editor say. */
export interface ReadingOptions {
	/** The present options for a file. */
	of(uri: string): Promise<ArticleOptions>;
	/** Returns a snapshot that is read with the present options. An open document keeps them for its later versions. */
	apply(document: Snapshot): Promise<Snapshot>;
}

/**
 * Connects the options to configurations and settings.
 *
 * @param isFile whether a URI is that of a file; the configuration of a version of a file is not looked up
 * @param showsFurniture the setting `marginalia.furniture` for a file
 */
export function createReadingOptions(
	documents: Pick<OpenDocuments, 'configure'>,
	configurations: Pick<Configurations, 'find'>,
	isFile: (uri: string) => boolean,
	showsFurniture: (uri: string) => Promise<boolean>,
): ReadingOptions {
	const of = async (uri: string): Promise<ArticleOptions> => {
		const file = isFile(uri) ? await configurations.find(uri) : undefined;
		return articleOptions(file?.configuration, await showsFurniture(uri));
	};
	return {
		of,
		apply: async document => documents.configure(document, await of(document.uri)),
	};
}
