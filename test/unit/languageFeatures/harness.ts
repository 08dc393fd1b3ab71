import { CancellationToken, CancellationTokenSource, MarkupKind, type Range } from 'vscode-languageserver';
import type { HoverOptions } from '../../../server/src/languageFeatures/hover.ts';
import type { FileSystem } from '../../../server/src/platform.ts';
import { createService, type Service } from '../../../server/src/service.ts';
import { documentOf, type TestDocument } from '../../support/document.ts';

export { png } from '../../support/png.ts';

/** Where the cursor stands in the text of a test. */
export const CURSOR = '‸';

/** The folder that every document of a test lies in. */
export const FOLDER = 'file:///archive/articles/harbour';

/** The present in tests: 2024-06-30, noon. */
export const NOW = Date.UTC(2024, 5, 30, 12);

/** Lines 1 to 4 of an article, published on 2021-12-16 at 07:37:01 UTC. */
export const HEAD = '<!--1639640221000-->\n[Tide](https://news.example/2021/tide/)\n------\n\n';

/** A file system in memory; folders are there as soon as something is in them. Names are URIs, contents bytes or text. */
export function createFiles(contents: Readonly<Record<string, Uint8Array | string>>): FileSystem {
	return filesOver(
		new Map(
			Object.entries(contents).map(([uri, content]) => [
				uri,
				typeof content === 'string' ? new TextEncoder().encode(content) : content,
			]),
		),
	);
}

/** A file system that holds at any time what a map holds. */
export function filesOver(files: Map<string, Uint8Array>): FileSystem {
	return {
		async stat(uri) {
			const file = files.get(uri);
			if (file) return { type: 'file', size: file.length, modified: NOW };
			const folder = uri.endsWith('/') ? uri : `${uri}/`;
			return [...files.keys()].some(name => name.startsWith(folder))
				? { type: 'directory', size: 0, modified: NOW }
				: undefined;
		},
		readHead: async (uri, length) => files.get(uri)?.slice(0, length),
		readFile: async uri => files.get(uri),
		async readDirectory(uri) {
			const found = new Map<string, 'file' | 'directory'>();
			for (const name of files.keys()) {
				if (!name.startsWith(`${uri}/`)) continue;
				const [first = '', ...more] = name.slice(uri.length + 1).split('/');
				found.set(decodeURIComponent(first), more.length > 0 ? 'directory' : 'file');
			}
			return found.size > 0 ? [...found].map(([name, type]) => ({ name, type })) : undefined;
		},
		async update(uri, change) {
			const after = change(files.get(uri));
			if (after) files.set(uri, after);
			return { kind: after ? 'written' : 'unchanged' };
		},
	};
}

/** An open document, a service that knows it, and the place of the cursor that stood in its text. */
export interface Opened {
	readonly document: TestDocument;
	readonly service: Service;
	readonly offset: number;
	/** The text at an LSP range. */
	at(range: Range): string;
}

/** Opens a text, from which the cursor is taken out. */
export function open(
	marked: string,
	{ files = createFiles({}), uri = `${FOLDER}/1.md` }: { files?: FileSystem; uri?: string } = {},
): Opened {
	const offset = marked.indexOf(CURSOR);
	const text = marked.replace(CURSOR, '');
	const document = documentOf(uri, text);
	return {
		document,
		service: createService({ files, now: () => NOW }),
		offset,
		at: range => document.getText(range),
	};
}

/** How VS Code wants hovers. */
export const VSCODE: HoverOptions = {
	kind: MarkupKind.Markdown,
	scalesPictures: true,
	loadsPictures: true,
	timeZone: 'UTC',
};

/** What a hover at the cursor says, and the text that it says it of. */
export async function hoverAt(
	marked: string,
	{ files, uri, ...options }: Partial<HoverOptions> & { files?: FileSystem; uri?: string } = {},
): Promise<{ on: string; says: string } | undefined> {
	const { document, service, offset, at } = open(marked, { ...(files && { files }), ...(uri && { uri }) });
	if (offset === -1) throw new Error('the text has no cursor');
	const hover = await service.hover(
		document,
		document.positionAt(offset),
		{ ...VSCODE, ...options },
		CancellationToken.None,
	);
	if (!hover) return undefined;
	if (!hover.range || typeof hover.contents !== 'object' || !('kind' in hover.contents))
		throw new Error('a hover has a range and markup');
	return { on: at(hover.range), says: hover.contents.value };
}

/** A token that is cancelled already. */
export function cancelled(): CancellationToken {
	const source = new CancellationTokenSource();
	source.cancel();
	return source.token;
}
