import type { Figure } from '../../article/figures.ts';
import type { Image } from '../../article/images.ts';
import { contains, span } from '../../article/span.ts';
import { type LocalFile, lookUpLocalFile } from '../../links/localFiles.ts';
import { readPicture, type Size } from '../../links/pictureFile.ts';
import { readableHost, whyInvalid } from '../../links/readable.ts';
import type { Resolution } from '../../links/resolve.ts';
import { clip, type HoverContext, type HoverSection } from './context.ts';
import { readDataUrl } from './dataUrl.ts';
import { formatBytes, type Markup } from './markup.ts';
import { verdictAt, verdictLines } from './verdict.ts';

/** A picture is shown no larger than this, in CSS pixels: VS Code's hovers are 250 high before they scroll. */
const WIDEST = 400;
const TALLEST = 160;

/** Addresses longer than this, in UTF-16 units, are not embedded: a client shows no more than 100,000 in all. */
const LONGEST_ADDRESS = 40_000;

/** What is known of a picture, and where it can be had. */
interface Picture {
	/** Facts for one line, in the client's markup. */
	readonly facts: readonly (string | undefined)[];
	/** Why it cannot be shown, or what is odd about it. */
	readonly remarks: readonly (string | false | undefined)[];
	/** An address to show it from. */
	readonly address?: string | undefined;
	/** Its true size, or the declared one. */
	readonly size?: Size | undefined;
}

/** The picture that is at a node, or belongs to the caption or figure there, with what is known of it. */
export async function figureSection(
	context: HoverContext,
	index: number,
	offset: number,
): Promise<HoverSection | undefined> {
	const { article, markup } = context;
	const pointed = article.images.find(
		image => image.node === index || image.twins.includes(index) || image.source?.node === index,
	);
	const figure = pointed
		? article.figures.find(({ images }) => images.includes(pointed))
		: article.figures.findLast(one => one.span.start <= offset && offset < one.span.end);
	const image = pointed ?? figure?.images[0];
	if (!image) return undefined;
	const picture = await describePicture(context, image);
	const { caption, credit } = figure ?? {};
	const alt = image.alt?.trim() ?? '';
	const number = figure && figure.images.length > 1 ? figure.images.indexOf(image) + 1 : undefined;
	const content = markup.lines([
		picture.facts.filter(Boolean).join(' · '),
		...picture.remarks,
		number !== undefined && markup.text(`Picture ${number} of ${figure?.images.length}`),
		[caption && markup.text(clip(caption.label)), credit && markup.emphasis(clip(credit.label))]
			.filter(Boolean)
			.join(' '),
		!caption && alt ? `${markup.text('Alternative text:')} ${markup.text(clip(alt))}` : '',
		show(context, picture, alt || caption?.label || ''),
	]);
	return { span: placeOf(context, index, offset, image, figure, pointed !== undefined), content };
}

/** What the pointer is on: the image, the credit, the caption, or the figure as a whole. */
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

function show({ markup }: HoverContext, { address, size }: Picture, alt: string): string {
	if (address === undefined || address.length > LONGEST_ADDRESS) return '';
	const width = size && Math.min(size.width, WIDEST, (TALLEST * size.width) / Math.max(1, size.height));
	return markup.picture(clip(alt, 200), address, width);
}

async function describePicture(context: HoverContext, image: Image): Promise<Picture> {
	const { markup, files, uri, resolve } = context;
	if (!image.source) return describeSourceless(context, image);
	const { value, attribute } = image.source;
	const lazy =
		!image.lazy || attribute === 'src'
			? undefined
			: `${markup.text('Loaded by a script from')} ${markup.code(attribute)}`;
	const local = await lookUpLocalFile(uri, value, files);
	const picture = local?.meant
		? await describeFile(context, local, value)
		: describeRemote(context, resolve(value), value, image);
	return { ...picture, remarks: [lazy, ...picture.remarks] };
}

/** An image for which the text names no picture: nothing, a placeholder, or a picture that is in the text itself. */
function describeSourceless({ markup }: HoverContext, { src }: Image): Picture {
	const value = src?.value.trim() ?? '';
	if (value === '') return { facts: [markup.strong('No picture')], remarks: [markup.text('The image has no address')] };
	const data = readDataUrl(value);
	if (!data) {
		const remark = `${markup.code(clip(value, 200))} ${markup.text('only holds the place of a picture')}`;
		return { facts: [markup.strong('No picture')], remarks: [remark] };
	}
	const { type, size } = readPicture(data.bytes) ?? { type: data.type, size: undefined };
	const isDot = size !== undefined && size.width * size.height <= 4;
	return {
		facts: [sizeFact(markup, size), formatBytes(data.bytes.length), markup.text(type), 'inside the article'],
		remarks: [isDot && markup.text('Only holds the place of a picture')],
		address: value,
		size,
	};
}

async function describeFile(
	{ markup, files, pictures }: HoverContext,
	local: LocalFile,
	value: string,
): Promise<Picture> {
	const file = local.exists ? await pictures(local.uri, await files.stat(local.uri)) : undefined;
	const path = value.trim();
	if (!file) return { facts: [markup.strong('Missing file'), markup.code(clip(path))], remarks: [] };
	const name = markup.link(path.slice(path.lastIndexOf('/') + 1) || path, local.uri);
	const { size, facts } = file;
	if (!facts)
		return { facts: [markup.strong('Not a picture'), formatBytes(size), name], remarks: [], address: local.uri };
	return {
		facts: [sizeFact(markup, facts.size), formatBytes(size), markup.text(facts.type), name],
		remarks: [],
		address: local.uri,
		size: facts.size,
	};
}

/**
 * A picture that is somewhere else. Nothing is requested: its address, the declared size and what the last check over the
 * network found are all there is.
 */
function describeRemote(context: HoverContext, resolution: Resolution, value: string, image: Image): Picture {
	const { markup } = context;
	if (resolution.kind !== 'url') {
		const reason =
			resolution.kind === 'invalid'
				? `Because ${whyInvalid(value)}`
				: resolution.kind === 'baseless'
					? 'It is relative, and the article has no valid source to be relative to'
					: 'It is no address of a picture';
		return {
			facts: [markup.strong('No picture'), markup.code(clip(value.trim()))],
			remarks: [markup.text(clip(reason))],
		};
	}
	const { url, origin, relative } = resolution;
	const { width, height } = image;
	const declared = width && height ? { width, height } : undefined;
	const host = clip(readableHost((origin ?? url).hostname) || url.protocol);
	const shown = url.href.length <= LONGEST_ADDRESS && url.protocol.startsWith('http');
	const verdict = verdictAt(context, url, 'image');
	const { type, size: seen } = (verdict && 'picture' in verdict && verdict.picture) || {};
	return {
		facts: [
			seen ? sizeFact(markup, seen) : declared && `${sizeFact(markup, declared)} ${markup.text('declared')}`,
			type && markup.text(type),
			shown ? markup.link(host, (origin ?? url).href) : markup.text(host),
			origin && markup.text(`via ${readableHost(url.hostname)}`),
		],
		remarks: [
			...verdictLines(context, url, 'image'),
			relative && `${markup.code(clip(value.trim()))} ${markup.text('resolved against the source')}`,
			url.protocol !== 'https:' && markup.text('Not shown, since its address is not https'),
		],
		address: url.protocol === 'https:' ? url.href : undefined,
		size: seen ?? declared ?? (width ? { width, height: 0 } : undefined),
	};
}

function sizeFact(markup: Markup, size: Size | undefined): string | undefined {
	return size && markup.strong(`${size.width} × ${size.height}`);
}
