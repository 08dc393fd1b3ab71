import type { CancellationToken, Hover, MarkupKind, Position } from 'vscode-languageserver';
import { labelOf } from '../article/label.ts';
import { pushAll } from '../article/lists.ts';
import { ancestors, getAttribute, isElement } from '../article/node.ts';
import { contains, type Field, type Span, span } from '../article/span.ts';
import { sections } from '../markdown/tree.ts';
import { throwIfCancelled } from '../util/cancellation.ts';
import type { HoverContext, HoverSection, HoverSources } from './hover/context.ts';
import { figureSection } from './hover/figure.ts';
import { furnitureSection } from './hover/furniture.ts';
import { htmlSection } from './hover/html.ts';
import { addressSection, linkSection, titleSection } from './hover/link.ts';
import { listSection } from './hover/list.ts';
import { noteSection } from './hover/note.ts';
import { dateSection, timeCommentSection } from './hover/time.ts';
import { writeMarkup } from './markup.ts';
import { nodeAt } from './nodeAt.ts';
import { toRange } from './position.ts';
import type { Snapshot } from './snapshot.ts';

/** The client's capabilities and the user's settings for hovers. */
export interface HoverOptions extends Pick<HoverContext, 'timeZone' | 'scalesPictures' | 'loadsPictures'> {
	readonly kind: MarkupKind;
}

/**
 * `textDocument/hover`: describes everything at a position, and highlights the smallest range; `undefined` if there is nothing to describe.
 *
 * @throws ResponseError `RequestCancelled`
 */
export async function hover(
	document: Snapshot,
	position: Position,
	options: HoverOptions,
	{ files, pictures, verdictOf, archive, notes, now }: HoverSources,
	token: CancellationToken,
): Promise<Hover | undefined> {
	const { parsed, resolve } = document;
	const offset = document.lines.offsetAt(position);
	const all: HoverSection[] = [];
	if (parsed.kind === 'list') {
		pushAll(all, found(await listSection(document.uri, parsed, offset, files)));
	} else {
		const { timeZone, scalesPictures, loadsPictures } = options;
		const context: HoverContext = {
			uri: document.uri,
			article: parsed,
			resolve,
			verdictOf,
			archive,
			notes,
			files,
			pictures,
			now,
			timeZone,
			scalesPictures,
			loadsPictures,
		};
		pushAll(
			all,
			offset < parsed.body.span.start ? found(headerSection(context, offset)) : await bodySections(context, offset),
		);
	}
	throwIfCancelled(token);
	const [first, ...others] = all.map(section => section.span);
	if (!first) return undefined;
	const smallest = others.reduce((one, other) => (other.end - other.start < one.end - one.start ? other : one), first);
	return {
		contents: writeMarkup(sections(all.map(({ content }) => content)), options.kind),
		range: toRange(document, smallest),
	};
}

function found<T>(section: T | undefined): T[] {
	return section === undefined ? [] : [section];
}

/** Describes the header field at an offset. */
function headerSection(context: HoverContext, offset: number): HoverSection | undefined {
	const { time, url, title, titleLine, date, frontMatter } = context.article.header;
	const isAt = (place: Span | undefined): place is Span => place !== undefined && contains(place, offset);
	if (time && isAt(time.comment)) return timeCommentSection(context, time);
	if (url && isAt(url.span)) return addressSection(context, url);
	if (isAt(titleLine)) return titleSection(context, title, titleLine);
	if (date && isAt(date.span)) return dateSection(context, date.value, date.span);
	for (const [name, field] of frontMatter?.fields ?? [])
		if (isAt(field.span)) return fieldSection(context, name, field);
	return undefined;
}

function fieldSection(context: HoverContext, name: string, field: Field): HoverSection | undefined {
	if (name === 'title') return titleSection(context, field, field.span);
	if (/^[a-z][a-z0-9+.-]*:\/\//i.test(field.value)) return addressSection(context, field);
	return dateSection(context, field.value, field.span);
}

/** Describes an offset in the body: notes, link, date, image, HTML reference, then the part of the page. */
async function bodySections(context: HoverContext, offset: number): Promise<HoverSection[]> {
	const { nodes, text } = context.article;
	const index = nodeAt(nodes, offset);
	const node = nodes[index];
	if (!node) return [];
	return [
		...found(noteSection(context, offset)),
		...found(linkSection(context, index, offset)),
		...found(timeSection(context, index)),
		...found(await figureSection(context, index, offset)),
		...found(htmlSection(text, node, offset)),
		...found(furnitureSection(context, index)),
	];
}

/** Describes the closest `time` element that contains a node. */
function timeSection(context: HoverContext, index: number): HoverSection | undefined {
	const { nodes } = context.article;
	const at = [index, ...ancestors(nodes, index)].find(one => isElement(nodes[one], 'time'));
	const node = at === undefined ? undefined : nodes[at];
	if (at === undefined || !node || node.implied) return undefined;
	const value = getAttribute(node, 'datetime') ?? labelOf(nodes, at);
	return dateSection(context, value, span(node.start, node.end));
}
