import { CancellationToken, CancellationTokenSource, MarkupKind, type Range } from 'vscode-languageserver';
import type { CodeActionOptions } from '../../../server/src/languageFeatures/codeAction.ts';
import type { HoverOptions } from '../../../server/src/languageFeatures/hover.ts';
import type { FileSystem } from '../../../server/src/platform.ts';
import { createService, type Service } from '../../../server/src/service.ts';
import { documentOf, type TestDocument } from '../../support/document.ts';

/** What VS Code's client can do with code actions. */
export const VSCODE_ACTIONS: CodeActionOptions = {
	versionedEdits: true,
	preferred: true,
	createsFiles: true,
	movesFiles: true,
	opensAddresses: true,
};

export { png } from '../../support/png.ts';

/** Marks the cursor in the text of a test. */
export const CURSOR = '‸';

/** The folder that contains the documents of the tests. */
export const FOLDER = 'file:///archive/articles/harbour';

/** The current time in tests: 2024-06-30, noon. */
export const NOW = Date.UTC(2024, 5, 30, 12);

/** Lines 1 to 4 of an article, published on 2021-12-16 at 07:37:01 UTC. */
export const HEAD = '<!--1639640221000-->\n[Tide](https://news.example/2021/tide/)\n------\n\n';

/** Creates an in-memory file system from URIs and contents; folders exist implicitly. */
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

/** Creates a file system that reflects the current content of a map. */
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

/** An open document, its service, and the offset of the cursor. */
export interface Opened {
	readonly document: TestDocument;
	readonly service: Service;
	readonly offset: number;
	/** Returns the text in an LSP range. */
	at(range: Range): string;
}

/** Opens a document, and removes the cursor mark from its text. */
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

/** The hover options of VS Code. */
export const VSCODE: HoverOptions = {
	kind: MarkupKind.Markdown,
	scalesPictures: true,
	loadsPictures: true,
	timeZone: 'UTC',
};

/** Returns the content of the hover at the cursor, and the text in its range. */
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

/** A cancelled token. */
export function cancelled(): CancellationToken {
	const source = new CancellationTokenSource();
	source.cancel();
	return source.token;
}
