import type { Figure } from '../../article/figures.ts';
import type { Image } from '../../article/images.ts';
import { contains, span } from '../../article/span.ts';
import { type LocalFile, lookUpLocalFile } from '../../links/localFiles.ts';
import { readPicture, type Size } from '../../links/pictureFile.ts';
import { fetchCommand } from '../../links/pointerFile.ts';
import { readableHost, whyInvalid } from '../../links/readableUrl.ts';
import type { Resolution } from '../../links/resolve.ts';
import { code, dotted, emphasis, type Inline, lines, link, phrase, picture, strong } from '../../markdown/tree.ts';
import { baseName } from '../../util/path.ts';
import { clip } from '../../util/text.ts';
import { formatBytes } from './bytes.ts';
import type { HoverContext, HoverSection } from './context.ts';
import { readDataUrl } from './dataUrl.ts';
import { verdictAt, verdictLines } from './verdict.ts';

/** Maximum size of an image, in CSS pixels: VS Code's hovers scroll above a height of 250. */
const WIDEST = 400;
const TALLEST = 160;

/** Longer URLs, in UTF-16 code units, are not embedded: clients show at most 100,000 in total. */
const MAX_ADDRESS_CHARS = 40_000;

/** The description of an image, and the URL to show it from. */
interface Picture {
	/** Facts, shown on one line. */
	readonly facts: readonly Inline[];
	/** Remarks, for example why the image is not shown. */
	readonly remarks: readonly Inline[];
	/** The URL to show it from. */
	readonly address?: string | undefined;
	/** The actual size if known, otherwise the declared size. */
	readonly size?: Size | undefined;
}

/** Describes the image at a node, or the image of the figure or caption at an offset. */
export async function figureSection(
	context: HoverContext,
	index: number,
	offset: number,
): Promise<HoverSection | undefined> {
	const { article } = context;
	const pointed = article.images.find(
		image => image.node === index || image.twins.includes(index) || image.source?.node === index,
	);
	const figure = pointed
		? article.figures.find(({ images }) => images.includes(pointed))
		: article.figures.findLast(one => one.span.start <= offset && offset < one.span.end);
	const image = pointed ?? figure?.images[0];
	if (!image) return undefined;
	const known = await describePicture(context, image);
	const { caption, credit } = figure ?? {};
	const alt = image.alt?.trim() ?? '';
	const number = figure && figure.images.length > 1 ? figure.images.indexOf(image) + 1 : undefined;
	const content = lines(
		dotted(...known.facts),
		...known.remarks,
		number !== undefined && `Image ${number} of ${figure?.images.length}`,
		phrase(caption && clip(caption.label), credit && emphasis(clip(credit.label))),
		!caption && alt !== '' && `Alternative text: ${clip(alt)}`,
		show(context, known, alt || caption?.label || ''),
	);
	return { span: placeOf(context, index, offset, image, figure, pointed !== undefined), content };
}

/** Returns the span of the image, credit, caption or figure under the pointer. */
function placeOf(
	{ article }: HoverContext,
	index: number,
	offset: number,
	image: Image,
	figure: Figure | undefined,
	pointed: boolean,
): HoverSection['span'] {
	const node = article.nodes[index];
	if (pointed || !figure) return node ? span(node.start, node.end) : image.span;
	return [figure.credit?.span, figure.caption?.span].find(one => one && contains(one, offset)) ?? figure.span;
}

function show({ scalesPictures }: HoverContext, { address, size }: Picture, alt: string): Inline {
	if (address === undefined || address.length > MAX_ADDRESS_CHARS) return undefined;
	const width =
		scalesPictures && size
			? Math.min(size.width, WIDEST, (TALLEST * size.width) / Math.max(1, size.height))
			: undefined;
	return picture(clip(alt, 200), address, width);
}

async function describePicture(context: HoverContext, image: Image): Promise<Picture> {
	const { files, uri, resolve } = context;
	if (!image.source) return describeSourceless(image);
	const { value, attribute } = image.source;
	const lazy = attribute !== 'src' && image.lazy && phrase('Loaded by a script from', code(attribute));
	const local = await lookUpLocalFile(uri, value, files);
	const described = local?.meant
		? await describeFile(context, local, value)
		: describeRemote(context, resolve(value), value, image);
	const outside = local?.outside && 'As a file path, it points outside the archive and is not checked';
	return { ...described, remarks: [lazy, outside, ...described.remarks] };
}

/** Describes an image without a URL, with a placeholder, or with a `data:` URL. */
function describeSourceless({ src }: Image): Picture {
	const value = src?.value.trim() ?? '';
	if (value === '') return { facts: [strong('No image')], remarks: ['The image has no URL'] };
	const data = readDataUrl(value);
	if (!data) {
		const remark = phrase(code(clip(value, 200)), 'is only a placeholder');
		return { facts: [strong('No image')], remarks: [remark] };
	}
	const { type, size } = readPicture(data.bytes) ?? { type: data.type, size: undefined };
	const isDot = size !== undefined && size.width * size.height <= 4;
	return {
		facts: [sizeFact(size), formatBytes(data.bytes.length), type, 'embedded in the article'],
		remarks: [isDot && 'Only a placeholder'],
		address: value,
		size,
	};
}

async function describeFile({ files, pictures }: HoverContext, local: LocalFile, value: string): Promise<Picture> {
	const file = local.exists ? await pictures(local.uri, await files.stat(local.uri)) : undefined;
	const path = value.trim();
	if (!file) return { facts: [strong('Missing file'), code(clip(path))], remarks: [] };
	const name = link(baseName(path) || path, local.uri);
	const { size, facts, pointer } = file;
	if (pointer) {
		const bytes = pointer.size === undefined ? '' : ` (${formatBytes(pointer.size)})`;
		const remark = phrase(
			`The image is stored in ${pointer.keeper} and has not been fetched${bytes}. To fetch it, run`,
			code(fetchCommand(pointer)),
		);
		return { facts: [strong('Not fetched'), name], remarks: [remark] };
	}
	if (!facts) return { facts: [strong('Not an image'), formatBytes(size), name], remarks: [], address: local.uri };
	return {
		facts: [sizeFact(facts.size), formatBytes(size), facts.type, name],
		remarks: [],
		address: local.uri,
		size: facts.size,
	};
}

/**
 * Describes a remote image from its URL, its declared size and the result of the last link check. Sends no request.
 */
function describeRemote(context: HoverContext, resolution: Resolution, value: string, image: Image): Picture {
	if (resolution.kind !== 'url') {
		const reason =
			resolution.kind === 'invalid'
				? `Because ${whyInvalid(value)}`
				: resolution.kind === 'baseless'
					? 'It is relative, but the article has no valid source to resolve it against'
					: 'It is not the URL of an image';
		return {
			facts: [strong('No image'), code(clip(value.trim()))],
			remarks: [clip(reason)],
		};
	}
	const { url, origin, relative } = resolution;
	const { loadsPictures } = context;
	const { width, height } = image;
	const declared = width && height ? { width, height } : undefined;
	const host = clip(readableHost((origin ?? url).hostname) || url.protocol);
	const shown = url.href.length <= MAX_ADDRESS_CHARS && url.protocol.startsWith('http');
	const verdict = verdictAt(context, url, 'image');
	const { type, size: seen } = (verdict && 'picture' in verdict && verdict.picture) || {};
	return {
		facts: [
			seen ? sizeFact(seen) : declared && phrase(sizeFact(declared), 'declared'),
			type,
			shown ? link(host, (origin ?? url).href) : host,
			origin && `via ${readableHost(url.hostname)}`,
		],
		remarks: [
			...verdictLines(context, url, 'image'),
			relative && phrase(code(clip(value.trim())), 'resolved against the source'),
			url.protocol !== 'https:'
				? 'Not shown because its URL is not HTTPS'
				: !loadsPictures && 'Not shown because the workspace is not trusted',
		],
		address: url.protocol === 'https:' && loadsPictures ? url.href : undefined,
		size: seen ?? declared ?? (width ? { width, height: 0 } : undefined),
	};
}

function sizeFact(size: Size | undefined): Inline {
	return size && strong(`${size.width} × ${size.height}`);
}
