import { type CancellationToken, LSPErrorCodes, type Range, ResponseError } from 'vscode-languageserver';
import type { Archive } from '../archive/archive.ts';
import { fragmentOf, linkTargets } from '../archive/entry.ts';
import { findUses } from '../archive/uses.ts';
import type { Article } from '../article/article.ts';
import type { TextEdit } from '../article/edits.ts';
import { attributeValueSpan, getAttribute, type Node } from '../article/node.ts';
import { contains, type Span, span } from '../article/span.ts';
import { createResolver, encodeFragment } from '../links/resolve.ts';
import { writeAttribute } from '../rules/write.ts';
import { throwIfCancelled } from '../util/cancellation.ts';
import { encodeAttribute } from '../util/html.ts';
import { normalUri } from '../util/uri.ts';
import type { TextOf } from './definition.ts';
import { toRange } from './position.ts';
import type { Snapshot } from './snapshot.ts';
import type { Subject } from './subject.ts';
import type { DocumentEdits } from './workspaceEdit.ts';

/** Attributes that reference ids of the same document, separated by white space (WAI-ARIA, WHATWG HTML). */
const ID_REFERENCES: readonly string[] = [
	'for',
	'headers',
	'aria-activedescendant',
	'aria-controls',
	'aria-describedby',
	'aria-details',
	'aria-errormessage',
	'aria-flowto',
	'aria-labelledby',
	'aria-owns',
];

/** The position of a rename request. */
export interface RenamePlace {
	readonly document: Snapshot;
	readonly offset: number;
	/** What the offset refers to. */
	readonly subject: Subject | undefined;
	readonly archive: Archive;
}

/** The id to rename, and the file that declares it. */
interface Renamed {
	readonly id: string;
	readonly file: string;
	readonly span: Span;
}

/** Rejects the request with a reason. */
function refuse(reason: string): never {
	throw new ResponseError(LSPErrorCodes.RequestFailed, reason);
}

/**
 * `textDocument/prepareRename`: the id at a position, in its declaration or in a link.
 *
 * @throws ResponseError with the reason if nothing can be renamed
 */
export function prepareRename(place: RenamePlace): { range: Range; placeholder: string } {
	const { id, span: at } = renamedAt(place);
	return { range: toRange(place.document, at), placeholder: id };
}

/**
 * `textDocument/rename`: renames an id in its declaration and in all links to it from files in the archive. URLs of web pages
 * are not changed: the original page keeps its ids.
 *
 * @throws ResponseError with the reason if it cannot be renamed, or `RequestCancelled`
 */
export async function rename(
	place: RenamePlace,
	name: string,
	textOf: TextOf,
	token: CancellationToken,
): Promise<readonly DocumentEdits[]> {
	const { id, file } = renamedAt(place);
	const { document, offset, archive } = place;
	if (name === id) return [];
	if (name === '') refuse('An id cannot be empty');
	if (/[\t\n\f\r ]/.test(name)) refuse('An id cannot contain white space');
	if (archive.entry(file)?.ids.some(({ value }) => value === name))
		refuse(`The article already has an element with the id ${name}`);
	const uses = findUses(archive, { targets: new Set([file]), fragment: id });
	const changed: DocumentEdits[] = [];
	for (const uri of new Set([file, ...uses.map(use => use.uri)])) {
		const text = await textOf(uri);
		throwIfCancelled(token);
		// Parse again: the text may be newer than the index.
		if (!text) continue;
		const { parsed } = text;
		if (parsed.kind !== 'article') continue;
		// Links point to the first element with the id; any later element is renamed alone.
		const only = uri === normalUri(document.uri) ? laterElement(parsed, id, offset) : undefined;
		if (only !== undefined) return [{ document: text, edits: idEdits(parsed, only, id, name) }];
		const edits = [
			...(uri === file ? declarationEdits(parsed, id, name) : []),
			...linkEdits(uri, parsed, { id, file }, name),
		];
		if (edits.length > 0) changed.push({ document: text, edits });
	}
	return changed;
}

function renamedAt({ document, subject, archive }: RenamePlace): Renamed {
	if (!subject || subject.kind === 'self') refuse('Only ids and links to ids can be renamed');
	const id = subject.kind === 'id' ? subject.id : subject.fragment;
	if (!id) refuse('The link has no fragment; only ids can be renamed');
	const targets = subject.kind === 'id' ? [normalUri(document.uri)] : subject.targets;
	const file = targets.find(target => archive.entry(target));
	if (file === undefined) refuse('The link points outside the archive; ids of web pages cannot be renamed');
	if (!archive.entry(file)?.ids.some(({ value }) => value === id)) refuse(`No element has the id ${id}`);
	return { id, file, span: fragmentSpan(document.text, subject.span) ?? subject.span };
}

/** Returns the span of the fragment in a URL, without `#` and text directive; `undefined` if there is no literal `#`. */
function fragmentSpan(text: string, { start, end }: Span): Span | undefined {
	const match = /(?<!&)#/.exec(text.slice(start, end));
	if (!match) return undefined;
	const from = start + match.index + 1;
	const directive = text.slice(from, end).indexOf(':~:');
	return span(from, directive === -1 ? end : from + directive);
}

/** Returns the element at an offset unless it is the first one with the id. */
function laterElement({ ids, nodes }: Article, id: string, offset: number): number | undefined {
	const [, ...later] = ids.get(id) ?? [];
	return later.find(index => {
		const node = nodes[index];
		return node && contains(span(node.start, node.startTagEnd), offset);
	});
}

function declarationEdits(article: Article, id: string, name: string): readonly TextEdit[] {
	const first = article.ids.get(id)?.[0];
	return first === undefined ? [] : [...idEdits(article, first, id, name), ...referenceEdits(article, id, name)];
}

/** Renames `id`, and a `name` with the same value. */
function idEdits({ text, nodes }: Article, index: number, id: string, name: string): readonly TextEdit[] {
	const node = nodes[index] as Node;
	return ['id', 'name']
		.filter(attribute => getAttribute(node, attribute) === id)
		.flatMap(attribute => writeAttribute(text, node, attribute, name));
}

/** Renames references to the id in other attributes than `href`. */
function* referenceEdits({ text, nodes }: Article, id: string, name: string): Generator<TextEdit> {
	for (const node of nodes) {
		if (node.attributes.length === 0 || node.implied) continue;
		for (const { name: attribute, value } of node.attributes) {
			if (!ID_REFERENCES.includes(attribute) || !value.includes(id)) continue;
			const words = value.split(/([\t\n\f\r ]+)/);
			if (!words.includes(id)) continue;
			yield* writeAttribute(text, node, attribute, words.map(word => (word === id ? name : word)).join(''));
		}
	}
}

function* linkEdits(
	uri: string,
	article: Article,
	{ id, file }: Pick<Renamed, 'id' | 'file'>,
	name: string,
): Generator<TextEdit> {
	const resolve = createResolver(article.source?.value);
	for (const { node, href } of article.links) {
		if (!href?.value.includes('#')) continue;
		const resolution = resolve(href.value);
		const isReference =
			resolution.kind === 'fragment'
				? uri === file && resolution.id === id
				: fragmentOf(href.value) === id && linkTargets(uri, href.value, resolve).includes(file);
		if (isReference) yield* fragmentEdits(article, article.nodes[node] as Node, href.value, name);
	}
}

/** Changes the fragment of a link, and preserves the rest of the URL as written. */
function fragmentEdits({ text }: Article, node: Node, value: string, name: string): readonly TextEdit[] {
	const fragment = encodeFragment(name);
	const place = attributeValueSpan(text, node, 'href');
	const quote = place && text[place.start - 1];
	const at = place && fragmentSpan(text, place);
	if (at && (quote === '"' || quote === "'")) return [{ span: at, newText: encodeAttribute(fragment, quote) }];
	const [before = '', rest = ''] = [value.slice(0, value.indexOf('#')), value.slice(value.indexOf('#') + 1)];
	const directive = rest.indexOf(':~:');
	return writeAttribute(text, node, 'href', `${before}#${fragment}${directive === -1 ? '' : rest.slice(directive)}`);
}
