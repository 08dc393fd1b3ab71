import { baseName, splitName } from '../util/path.ts';
import { folderOf, joinUri, pathBelow, pathOf, resolveUri } from '../util/uri.ts';
import { excludesOf } from './excludes.ts';

/** Where files that are added to an archive go, as in VS Code's `markdown.copyFiles.destination`: paths with variables, by globs of the articles. */
export type CopyDestinations = Readonly<Record<string, string>>;

/** What the variables of a destination are taken from. */
export interface CopiedFile {
	/** URI of the article. */
	readonly article: string;
	/** URI of the workspace folder of the article; `undefined` if it is in none. */
	readonly workspaceFolder: string | undefined;
	/** The name of the file, with its extension. */
	readonly name: string;
	/** The current time in milliseconds since the Unix epoch. */
	readonly now: number;
}

/**
 * Returns the URI that the settings give to a file that is copied for an article; `undefined` if no glob matches the article.
 */
export function copyDestination(destinations: CopyDestinations, file: CopiedFile): string | undefined {
	const { article, workspaceFolder = folderOf(article) } = file;
	for (const [glob, destination] of Object.entries(destinations)) {
		const anywhere = glob.startsWith('/') || glob.startsWith('**') ? glob : `**/${glob}`;
		if (!excludesOf(workspaceFolder, [anywhere])(pathOf(article), false)) continue;
		const isFolder = /(?:^|\/)\.{0,2}$/.test(destination);
		const whole = isFolder ? `${destination.replace(/\.$/, './')}\${fileName}` : destination;
		const path = withVariables(whole, file);
		// As in Markdown's setting, a leading slash means the workspace folder.
		return destination.startsWith('/') ? joinUri(workspaceFolder, path) : resolveUri(folderOf(article), path);
	}
	return undefined;
}

function withVariables(destination: string, { article, workspaceFolder, name, now }: CopiedFile): string {
	const [file, folder] = [pathOf(article), pathOf(folderOf(article))];
	const relative = (uri: string): string | undefined =>
		workspaceFolder === undefined ? undefined : uri === workspaceFolder ? '' : pathBelow(workspaceFolder, uri);
	const { stem, extension } = splitName(baseName(file));
	const values: Readonly<Record<string, string>> = {
		documentDirName: folder,
		documentRelativeDirName: relative(folderOf(article)) ?? folder,
		documentFileName: baseName(file),
		documentBaseName: stem,
		documentExtName: extension.slice(1),
		documentFilePath: file,
		documentRelativeFilePath: relative(article) ?? file,
		documentWorkspaceFolder: workspaceFolder === undefined ? folder : pathOf(workspaceFolder),
		fileName: name,
		fileExtName: splitName(name).extension.slice(1),
		unixTime: String(now),
		isoTime: new Date(now).toISOString(),
	};
	return destination.replace(/\$\{(\w+)\}/g, (variable, key: string) =>
		Object.hasOwn(values, key) ? (values[key] ?? variable) : variable,
	);
}
