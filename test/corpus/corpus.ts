import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

/** A folder with real articles, which are not part of this repository. */
const CORPUS = resolve(import.meta.dirname, '../../../shared/corpus');

/** A real file: its path in the corpus, and its text with the byte order mark if it has one. */
export interface CorpusFile {
	readonly path: string;
	readonly text: string;
}

/** All articles and lists of the corpus, in the order of their paths; none where it is not there. */
export function corpusFiles(): readonly CorpusFile[] {
	if (!existsSync(CORPUS)) return [];
	return globSync(join(CORPUS, '{articles,lists}/**/*.{md,txt}'))
		.sort()
		.map(path => ({ path: relative(CORPUS, path), text: readFileSync(path, 'utf8') }));
}
