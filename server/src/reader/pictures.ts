import type { Article } from '../article/article.ts';
import { MIN_PICTURE_DATA_CHARS } from '../article/imageAddress.ts';
import type { Image } from '../article/images.ts';
import { getAttribute, type Node } from '../article/node.ts';
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
}

/** Returns what the reader needs to show an image; `start` is the source offset of its block. */
export function readerImage(image: Image, context: PictureContext, start: number): ReaderImage {
	const { source, alt, width, height } = image;
	const pointer = source && context.localFile(source.value)?.pointer;
	return {
		sources: sourcesOf(image, context),
		alt: alt?.trim() ?? '',
		...(pointer
			? {
					unfetched: `This image is stored in ${pointer.keeper} and has not been fetched: run ${fetchCommand(pointer)}`,
				}
			: {}),
		...(width !== undefined && height !== undefined ? { width, height } : {}),
		at: image.span.start - start,
	};
}

/** Returns all URLs of an image without duplicates, the intended one first. */
export function sourcesOf(
	{ source, src, twins }: Image,
	{ article, resolve, localFile }: PictureContext,
): readonly PictureSource[] {
	const sources = new Map<string, PictureSource>();
	const add = (kind: PictureSource['kind'], url: string): void => {
		if (!sources.has(url)) sources.set(url, { kind, url });
	};
	const others = twins.map(twin => getAttribute(article.nodes[twin] as Node, 'src'));
	for (const value of [source?.value, ...others, src?.value]) {
		if (value === undefined) continue;
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

/** Whether an image is an invisible visit counter. */
export function isCounter({ width, height }: Image): boolean {
	return width !== undefined && height !== undefined && width <= 2 && height <= 2;
}
