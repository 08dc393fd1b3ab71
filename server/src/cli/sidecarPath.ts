import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isShortened, SIDECAR_SUFFIX, sidecarNameOf, sidecarOf } from '../annotations/sidecarName.ts';
import { nativePath, readEntries } from '../node/fileName.ts';

/** Returns the path of the sidecar of an article, in the form of the article's path. */
export function sidecarPathOf(article: string): string {
	const name = basename(article);
	return article.slice(0, article.length - name.length) + sidecarNameOf(name);
}

/** Whether the article of a sidecar exists. For a shortened name this also registers which article it belongs to. */
export async function hasArticle(sidecar: string): Promise<boolean> {
	if (existsSync(nativePath(sidecar.slice(0, -SIDECAR_SUFFIX.length)))) return true;
	const name = basename(sidecar);
	if (!isShortened(name)) return false;
	const folder = dirname(resolve(sidecar));
	const article = (await readEntries(folder)).find(entry => sidecarNameOf(entry.name) === name);
	if (article) sidecarOf(pathToFileURL(resolve(folder, article.name)).href);
	return article !== undefined;
}
