import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

/** A folder with real articles, which are not part of this repository. */
const CORPUS = resolve(import.meta.dirname, '../../../shared/corpus');

/** A real file: its path in the corpus and its text, including any byte order mark. */
export interface CorpusFile {
	readonly path: string;
	readonly text: string;
}

/** Reads all articles and lists of the corpus, sorted by path; empty if there is no corpus. */
export function corpusFiles(): readonly CorpusFile[] {
	if (!existsSync(CORPUS)) return [];
	return globSync(join(CORPUS, '{articles,lists}/**/*.{md,txt}'))
		.sort()
		.map(path => ({ path: relative(CORPUS, path), text: readFileSync(path, 'utf8') }));
}
