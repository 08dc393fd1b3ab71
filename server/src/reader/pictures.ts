import type { Article } from '../article/article.ts';
import { MIN_PICTURE_DATA_CHARS } from '../article/imageAddress.ts';
import type { Image } from '../article/images.ts';
import { attributeField, type Node } from '../article/node.ts';
import type { Field, Span } from '../article/span.ts';
import type { LocalFiles } from '../links/localFiles.ts';
import { fetchCommand } from '../links/pointerFile.ts';
import type { Resolver } from '../links/resolve.ts';
import type { PictureSource, ReaderImage } from '../protocol/reader.ts';

/** Image types allowed in `data:` URLs. SVG in an `img` neither runs scripts nor loads anything. */
const PICTURE_DATA = /^data:image\/(?:png|jpeg|gif|webp|avif|bmp|svg\+xml)[;,]/i;

/** What is needed to find the images of an article. */
export interface PictureContext {
	readonly article: Article;
	readonly resolve: Resolver;
	readonly localFile: LocalFiles;
	readonly typing?: Typing;
}

/** Where the user is writing, as offsets, and which URLs were sent to the reader before. */
export interface Typing {
	readonly cursors: readonly number[];
	readonly known: ReadonlySet<string>;
}

const BEING_TYPED = 'Image not loaded while its address is being typed';

/** Whether an image is left out because its address is being typed. */
export function isBeingTyped({ unfetched }: ReaderImage): boolean {
	return unfetched === BEING_TYPED;
}

/** Returns what the reader needs to show an image; `start` is the source offset of its block. */
export function readerImage(image: Image, context: PictureContext, start: number): ReaderImage {
	const { source, alt, width, height } = image;
	const pointer = source && context.localFile(source.value)?.pointer;
	const all = sourcesOf(image, context);
	const sources = all.filter(({ kind, url }) => kind !== 'remote' || !isNewAndTyped(url, image, context));
	return {
		sources,
		alt: alt?.trim() ?? '',
		...(pointer
			? {
					unfetched: `This image is stored in ${pointer.keeper} and has not been fetched: run ${fetchCommand(pointer)}`,
				}
			: sources.length < all.length
				? { unfetched: BEING_TYPED }
				: {}),
		...(width !== undefined && height !== undefined ? { width, height } : {}),
		at: image.span.start - start,
	};
}

/** Returns all URLs of an image without duplicates, the intended one first. */
export function sourcesOf(image: Image, { article, resolve, localFile }: PictureContext): readonly PictureSource[] {
	const sources = new Map<string, PictureSource>();
	const add = (kind: PictureSource['kind'], url: string): void => {
		if (!sources.has(url)) sources.set(url, { kind, url });
	};
	for (const { value } of addressesOf(image, article)) {
		const trimmed = value.trim();
		if (PICTURE_DATA.test(trimmed)) {
			if (trimmed.length >= MIN_PICTURE_DATA_CHARS) add('data', trimmed);
			continue;
		}
		const file = localFile(value);
		if (file?.exists && !file.pointer) add('file', file.uri);
		if (file?.meant) continue;
		const resolution = resolve(value);
		if (resolution.kind !== 'url') continue;
		for (const url of [resolution.url, resolution.origin])
			if (url && /^https?:$/.test(url.protocol)) add('remote', url.href);
	}
	return [...sources.values()];
}

/** Returns the attributes with the addresses of an image, the intended one first. */
function addressesOf({ source, src, twins }: Image, { text, nodes }: Article): readonly Field[] {
	const others = twins.map(twin => attributeField(text, nodes[twin] as Node, 'src'));
	return [source, ...others, src].filter(field => field !== undefined);
}

/** Whether a URL was not sent before, and an address that it depends on is being typed: one of the image, or that of the page. */
function isNewAndTyped(url: string, image: Image, { article, resolve, typing }: PictureContext): boolean {
	if (!typing || typing.known.has(url)) return false;
	const isTyped = ({ start, end }: Span): boolean => typing.cursors.some(cursor => start <= cursor && cursor <= end);
	const isBaseTyped = article.source !== undefined && isTyped(article.source.span);
	return addressesOf(image, article).some(({ value, span }) => {
		const resolution = resolve(value);
		return isTyped(span) || (isBaseTyped && resolution.kind === 'url' && resolution.relative);
	});
}

/** Whether an image is an invisible visit counter. */
export function isCounter({ width, height }: Image): boolean {
	return width !== undefined && height !== undefined && width <= 2 && height <= 2;
}
