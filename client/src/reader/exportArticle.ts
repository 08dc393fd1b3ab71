import * as vscode from 'vscode';
import { encodeContent } from '../../../server/src/protocol/files.ts';
import {
	type PictureSource,
	ReaderClosedNotification,
	type ReaderImage,
	ReaderImageRequest,
	ReaderRequest,
	type ReaderView,
} from '../../../server/src/protocol/reader.ts';
import { withoutLinks } from '../../../server/src/util/labels.ts';
import { createLimiter } from '../../../server/src/util/limiter.ts';
import { baseName, withoutExtension } from '../../../server/src/util/path.ts';
import type { Server } from '../lsp/server.ts';
import { writeExport } from '../util/exportFile.ts';
import { articleBlocks, exportHtml } from './exportHtml.ts';
import { readSettings } from './settings.ts';

/** The options of an export. */
const CHOICES = {
	notes: { label: 'Notes', detail: 'Annotated text is marked, and each note is shown below its paragraph' },
	pictures: {
		label: 'Embed images',
		detail: 'Remote images are fetched. Otherwise, the file loads them from their sites whenever it is opened.',
	},
} as const;

/** The media types of images, by file extension. */
const TYPES: Readonly<Record<string, string>> = {
	png: 'image/png',
	jpg: 'image/jpeg',
	jpeg: 'image/jpeg',
	gif: 'image/gif',
	webp: 'image/webp',
	avif: 'image/avif',
	bmp: 'image/bmp',
	svg: 'image/svg+xml',
};

/** The maximum number of images fetched concurrently. */
const AT_ONCE = 6;

/** `Export Article as HTML…`: asks for options and a target, and writes the article to a single file. */
export async function exportArticle(server: Server, extensionUri: vscode.Uri, uri: vscode.Uri): Promise<void> {
	const items = [CHOICES.notes, CHOICES.pictures].map(choice => ({ ...choice, picked: true }));
	const chosen = await vscode.window.showQuickPick(items, {
		canPickMany: true,
		title: 'Export as HTML',
		placeHolder: 'Select what to include',
	});
	if (!chosen) return;
	const has = (choice: { readonly label: string }): boolean => chosen.some(({ label }) => label === choice.label);
	const folder = vscode.Uri.joinPath(uri, '..');
	const name = withoutExtension(baseName(uri.path));
	const target = await vscode.window.showSaveDialog({
		title: 'Export as HTML',
		defaultUri: vscode.Uri.joinPath(folder, `${name}.html`),
		filters: { HTML: ['html'] },
	});
	if (!target) return;
	const whole = await readView(server, uri);
	if (!whole) return;
	const view = { ...whole, blocks: articleBlocks(whole, has(CHOICES.notes)), folds: [] };
	const style = vscode.Uri.joinPath(extensionUri, 'client/dist/article.css');
	const css = new TextDecoder().decode(await vscode.workspace.fs.readFile(style));
	const isInside = has(CHOICES.pictures);
	const embedded = isInside ? await embedPictures(server, uri, view) : new Map<string, string>();
	if (!embedded) return;
	// A self-contained file loads nothing: an image that could not be embedded becomes a link.
	const address = ({ sources }: ReaderImage): string | undefined =>
		isInside
			? sources.map(({ url }) => embedded.get(url)).find(data => data !== undefined)
			: sources.find(isLinkable)?.url;
	const html = await exportHtml(view, { notes: has(CHOICES.notes), style: css, address });
	if (await writeExport(target, html)) await tell(target, has(CHOICES.pictures) ? countLinked(view, embedded) : 0);
}

async function tell(target: vscode.Uri, linked: number): Promise<void> {
	const rest =
		linked === 0
			? ''
			: ` ${linked === 1 ? 'One image could not be embedded and was replaced with a link.' : `${linked} images could not be embedded and were replaced with links.`}`;
	const open = 'Open';
	const name = baseName(target.path);
	const answer = await vscode.window.showInformationMessage(`Exported ${withoutLinks(name ?? '')}.${rest}`, open);
	if (answer === open) await vscode.env.openExternal(target);
}

/** Requests the complete view of an article once, without later updates. */
async function readView(server: Server, uri: vscode.Uri): Promise<ReaderView | undefined> {
	await vscode.workspace.openTextDocument(uri);
	const params = { textDocument: { uri: uri.toString() }, reader: crypto.randomUUID() };
	const answer = await server.request(ReaderRequest, params);
	server.notify(ReaderClosedNotification, params);
	return answer?.kind === 'view' ? answer.view : undefined;
}

/**
 * Reads the images of a view as `data:` URLs, by their original URL. Images that cannot be read are omitted.
 *
 * @returns `undefined` if the user cancelled
 */
async function embedPictures(
	server: Server,
	uri: vscode.Uri,
	{ blocks }: ReaderView,
): Promise<ReadonlyMap<string, string> | undefined> {
	const pictures = blocks.flatMap(({ content }) => content.pictures);
	const mayFetch = vscode.workspace.isTrusted && readSettings(uri, true).pictures === 'shown';
	const options = { location: vscode.ProgressLocation.Notification, title: 'Collecting images', cancellable: true };
	return vscode.window.withProgress(options, async (progress, token) => {
		const found = new Map<string, string>();
		const limiter = createLimiter(AT_ONCE);
		const collect = async ({ sources }: ReaderImage): Promise<void> => {
			if (token.isCancellationRequested) return;
			for (const source of sources) {
				const data = await readPicture(server, uri, source, mayFetch);
				if (data !== undefined) found.set(source.url, data);
				if (data !== undefined) break;
			}
			progress.report({ increment: 100 / pictures.length });
		};
		await Promise.all(pictures.map(picture => limiter.run(() => collect(picture))));
		return token.isCancellationRequested ? undefined : found;
	});
}

async function readPicture(
	server: Server,
	uri: vscode.Uri,
	{ kind, url }: PictureSource,
	mayFetch: boolean,
): Promise<string | undefined> {
	if (kind === 'data') return url;
	if (kind === 'remote') {
		if (!mayFetch) return undefined;
		const textDocument = { uri: uri.toString() };
		const picture = await server.request(ReaderImageRequest, { textDocument, url });
		return picture && 'data' in picture ? picture.data : undefined;
	}
	const type = TYPES[/\.([a-z]+)$/i.exec(vscode.Uri.parse(url).path)?.[1]?.toLowerCase() ?? ''];
	if (type === undefined) return undefined;
	try {
		const bytes = await vscode.workspace.fs.readFile(vscode.Uri.parse(url));
		return `data:${type};base64,${encodeContent(bytes)}`;
	} catch {
		// It was deleted in the meantime. The exported file shows that it is missing.
		return undefined;
	}
}

function isLinkable({ kind }: PictureSource): boolean {
	return kind !== 'file';
}

function countLinked({ blocks }: ReaderView, embedded: ReadonlyMap<string, string>): number {
	const pictures = blocks.flatMap(({ content }) => content.pictures);
	return pictures.filter(({ sources }) => sources.length > 0 && !sources.some(({ url }) => embedded.has(url))).length;
}
