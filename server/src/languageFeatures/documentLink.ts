import type { CancellationToken, DocumentLink, LocationLink } from 'vscode-languageserver';
import type { Article } from '../article/article.ts';
import type { Image } from '../article/images.ts';
import type { List } from '../article/list.ts';
import { attributeField, type Node } from '../article/node.ts';
import type { Field } from '../article/span.ts';
import { EMBED, indicesOf } from '../article/traits.ts';
import { findArchiveRoot, resolveEntry } from '../links/archiveRoot.ts';
import { type LocalFiles, lookUpLocalFiles } from '../links/localFiles.ts';
import { readableAddress } from '../links/readableUrl.ts';
import type { Resolution } from '../links/resolve.ts';
import type { FileSystem } from '../platform.ts';
import { throwIfCancelled } from '../util/cancellation.ts';
import { isRecord } from '../util/value.ts';
import { toRange } from './position.ts';
import type { Snapshot } from './snapshot.ts';

/** The target and tooltip of a document link. */
interface Target {
	readonly uri: string;
	/** Omitted if it equals the URI. */
	readonly tooltip?: string;
}

/**
 * `textDocument/documentLink`: every URL that can be opened; the range is the attribute value. Fragments link to their element
 * in the document, images to the local file if it exists, list entries to their file.
 *
 * @param isLazy whether the client resolves links; then targets are omitted until they are resolved. The archive may have a
 * copy of a page by that time. Also, VS Code renders target and tooltip together as Markdown without escaping them, but a
 * tooltip alone as text
 * @throws ResponseError `RequestCancelled`
 */
export async function documentLinks(
	document: Snapshot,
	files: FileSystem,
	isLazy: boolean,
	token: CancellationToken,
): Promise<DocumentLink[]> {
	const { parsed } = document;
	const links: DocumentLink[] = [];
	const add = ({ span }: Field, target: Target | undefined, mayBeArchived = false): void => {
		if (!target) return;
		const { uri, tooltip } = target;
		const isPage = mayBeArchived && /^https?:/.test(uri);
		const targetOrData = isLazy
			? { data: { uri: document.uri, target: uri, isPage } satisfies LinkData }
			: { target: uri };
		links.push({ range: toRange(document, span), ...targetOrData, ...(tooltip === undefined ? {} : { tooltip }) });
	};
	if (parsed.kind === 'list') {
		for (const [field, target] of await listTargets(document.uri, parsed, files, token)) add(field, target);
	} else {
		const localFile = await lookUpLocalFiles(document.uri, parsed, files);
		throwIfCancelled(token);
		if (parsed.source) add(parsed.source, targetOf(document, parsed, parsed.source.value));
		for (const { href } of parsed.links) if (href) add(href, targetOf(document, parsed, href.value), true);
		for (const image of parsed.images)
			for (const field of sourcesOf(parsed, image))
				add(field, fileTarget(localFile(field.value)) ?? targetOf(document, parsed, field.value));
		for (const field of embeds(parsed)) add(field, targetOf(document, parsed, field.value));
	}
	return links.sort(
		(a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character,
	);
}

/** The data of an unresolved link. */
interface LinkData {
	/** URI of the document that contains the link. */
	readonly uri: string;
	readonly target: string;
	/** Whether the target is a web page, of which the archive may have a copy. */
	readonly isPage: boolean;
}

/** Returns the URI of the document that contains a link. */
export function documentOfLink({ data }: DocumentLink): string | undefined {
	return isLinkData(data) ? data.uri : undefined;
}

/** `documentLink/resolve`: adds the target, which for a web page is its archived copy if there is one. */
export async function resolveDocumentLink(
	link: DocumentLink,
	findCopy: () => Promise<LocationLink | undefined>,
): Promise<DocumentLink> {
	const { data, ...rest } = link;
	if (!isLinkData(data)) return link;
	const archived = data.isPage ? await findCopy() : undefined;
	if (!archived) return { ...rest, target: data.target };
	const { line, character } = archived.targetSelectionRange.start;
	return { ...rest, target: `${archived.targetUri}#L${line + 1},${character + 1}` };
}

function isLinkData(data: unknown): data is LinkData {
	return isRecord(data) && typeof data.uri === 'string' && typeof data.target === 'string' && 'isPage' in data;
}

/** Returns the target of a URL; `undefined` if it cannot or must not be opened. */
function targetOf(document: Snapshot, article: Article, url: string): Target | undefined {
	const resolution = document.resolve(url);
	if (resolution.kind !== 'fragment') return webTarget(resolution);
	const { id } = resolution;
	const index = article.ids.get(id)?.[0];
	const node = index === undefined ? undefined : article.nodes[index];
	if (!node) return undefined;
	const { line, character } = document.lines.positionAt(node.start);
	return { uri: `${document.uri}#L${line + 1},${character + 1}`, tooltip: `Go to #${id}` };
}

/** The targets of URLs on the web, which a resolver resolves once for all versions of a document. */
const webTargets = new WeakMap<Resolution, { readonly target: Target | undefined }>();

function webTarget(resolution: Resolution): Target | undefined {
	let known = webTargets.get(resolution);
	if (!known) {
		known = { target: readWebTarget(resolution) };
		webTargets.set(resolution, known);
	}
	return known.target;
}

function readWebTarget(resolution: Resolution): Target | undefined {
	if (resolution.kind !== 'url' || !/^(?:https?|mailto):$/.test(resolution.url.protocol)) return undefined;
	const { url, origin } = resolution;
	return withTooltip(url.href, readableAddress(origin ?? url));
}

function fileTarget(file: ReturnType<LocalFiles>): Target | undefined {
	return file?.exists ? withTooltip(file.uri, readableAddress(new URL(file.uri))) : undefined;
}

function withTooltip(uri: string, tooltip: string): Target {
	return tooltip === uri ? { uri } : { uri, tooltip };
}

/** Returns the URL of an image, and of its copies in `noscript`. */
function sourcesOf({ text, nodes }: Article, { source, twins }: Image): Field[] {
	const fields = twins.map(twin => {
		const node = source?.node === twin ? undefined : nodes[twin];
		return node && attributeField(text, node, 'src');
	});
	return [source, ...fields].filter(field => field !== undefined);
}

/** Yields the URLs of embedded content other than images. */
function* embeds({ text, body, nodes }: Article): Generator<Field> {
	for (const index of indicesOf(body, EMBED)) {
		const node = nodes[index] as Node;
		const field = attributeField(text, node, node.nodeName === 'object' ? 'data' : 'src');
		if (field) yield field;
	}
}

async function listTargets(
	uri: string,
	list: List,
	files: FileSystem,
	token: CancellationToken,
): Promise<[Field, Target | undefined][]> {
	const root = await findArchiveRoot(uri, files);
	throwIfCancelled(token);
	return Promise.all(
		list.entries.map(async ({ url }): Promise<[Field, Target | undefined]> => {
			const target = resolveEntry(uri, root, url.value);
			if (target === undefined) return [url, undefined];
			// Omit folders, which an editor cannot open; skip `stat` for files with an extension, for speed.
			// Omit files outside the archive: a click could access another machine.
			const isInside = root !== undefined && target.startsWith(`${root}/`);
			const isPlain = /^(?:https?|mailto):/.test(target) || (isInside && /\.[^/]*$/.test(target));
			const type = isPlain ? undefined : (await files.stat(target))?.type;
			return [
				url,
				type === 'directory' || type === 'outside' ? undefined : withTooltip(target, readableAddress(new URL(target))),
			];
		}),
	);
}
