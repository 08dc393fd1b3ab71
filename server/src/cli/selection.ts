import { counted } from '../util/words.ts';
import { readFileList } from './fileList.ts';
import { type FileToCheck, findFiles, reasonOf } from './files.ts';
import { complain } from './output.ts';
import { WHAT_IS_LOOKED_FOR } from './readArticle.ts';

/** The files that a command line names. */
export interface Selection {
	/** The arguments; the current folder if the command line names nothing. */
	readonly roots: readonly string[];
	/** The paths that `--files-from` lists. */
	readonly listed: readonly string[];
}

/**
 * Reads which files a command line names.
 *
 * @param filesFrom the value of `--files-from`
 * @returns `undefined`, after a message, if that list cannot be read
 */
export async function selectFiles(
	paths: readonly string[],
	filesFrom: string | undefined,
): Promise<Selection | undefined> {
	if (filesFrom === undefined) return { roots: paths.length === 0 ? ['.'] : paths, listed: [] };
	try {
		return { roots: paths, listed: await readFileList(filesFrom) };
	} catch (error) {
		await complain(filesFrom, await reasonOf(error, filesFrom));
		return undefined;
	}
}

/** Finds the files of a selection. A listed file that is neither an article nor a list is skipped. */
export async function* selectedFiles({ roots, listed }: Selection): AsyncGenerator<FileToCheck> {
	yield* findFiles(roots, true);
	yield* findFiles(listed, false);
}

/** Says that there are no articles or lists. `passedOver` is the number of other files. */
export async function complainOfNone({ roots }: Selection, passedOver: number): Promise<void> {
	const looked = passedOver > 0 ? `${counted(passedOver, 'other file')} skipped` : 'no files';
	await complain(roots.join(', '), `no articles or lists found (${looked}); ${WHAT_IS_LOOKED_FOR}`);
}
