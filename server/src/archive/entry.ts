import { notesInText } from '../annotations/articleNotes.ts';
import { subjectOf } from '../annotations/describe.ts';
import { findInlineNotes } from '../annotations/inline.ts';
import { type Kinds, NOTE_KINDS } from '../annotations/kinds.ts';
import { targetsOf } from '../annotations/model.ts';
import type { Note } from '../annotations/note.ts';
import type { Sidecar } from '../annotations/sidecar.ts';
import { readThreads } from '../annotations/threads.ts';
import type { ArchiveDocument, Article } from '../article/article.ts';
import { pushAll } from '../article/lists.ts';
import { attributeField, startTag } from '../article/node.ts';
import type { Field, Span } from '../article/span.ts';
import { resolveEntry } from '../links/archiveRoot.ts';
import { localUri } from '../links/localUri.ts';
import { pageKey } from '../links/pageKey.ts';
import { createResolver, type Resolution, type Resolver } from '../links/resolve.ts';
import { ownCopy } from '../util/ownCopy.ts';
import { onOneLine, startOf } from '../util/text.ts';
import { normalUri } from '../util/uri.ts';
import { bodyDigest } from './bodyDigest.ts';
import { keyOfSource } from './head.ts';
import type { Identity } from './identity.ts';

/** A place in a file that refers to a page, image or file. */
export interface Reference {
	/** What it may refer to: the URI of a local file, which counts if the file exists, and the key of a page. */
	readonly targets: readonly string[];
	/** The id on the page; absent if there is none. */
	readonly fragment?: string;
	readonly span: Span;
}

/** The index entry of a file. Spans count UTF-16 units of the text without a byte order mark. */
export interface IndexEntry {
	/** As returned by `normalUri`. */
	readonly uri: string;
	readonly kind: 'article' | 'list' | 'sidecar';
	readonly title: Field | undefined;
	/** The page that an article was taken from. */
	readonly source: (Field & { readonly key: string }) | undefined;
	/** In milliseconds since the Unix epoch. */
	readonly published: number | undefined;
	/** A fingerprint of the text of an article's body; absent if there is little text. */
	readonly body?: string;
	/** Links of an article, entries of a list. */
	readonly links: readonly Reference[];
	readonly images: readonly Reference[];
	/** The targets of a `#id`; the place is the value of the attribute. */
	readonly ids: readonly Field[];
	/** Links to an id of the same file. */
	readonly fragments: readonly Field[];
	/** Tags of notes. */
	readonly tags: readonly Field[];
	/** Notes in the text of an article, or in a sidecar. */
	readonly notes: readonly NoteEntry[];
	/** What a sidecar says of its article: its title, and the key of the page that it was taken from. */
	readonly about?: { readonly title?: string; readonly source?: string };
}

/** The index entry of a note: everything but its place in the article, which depends on the present text. */
export interface NoteEntry {
	readonly id: string;
	readonly kind: string;
	/** The first words of its text and of its quote, each on one line. */
	readonly text: string;
	readonly quote: string;
	readonly tags: readonly string[];
	/** Absent if unknown. */
	readonly creator?: string;
	readonly created?: string;
	readonly resolved: boolean;
	/** The number of replies. */
	readonly replies: number;
}

/** The maximum length of the text of an indexed note, in UTF-16 units. */
const MAX_TEXT_CHARS = 200;

/**
 * Creates the index entry of an article or list.
 *
 * @param root URI of the archive's root
 * @param kinds the kinds of note that the archive has
 */
export function indexDocument(
	uri: string,
	root: string,
	parsed: ArchiveDocument,
	kinds: Kinds = NOTE_KINDS,
): IndexEntry {
	const normal = normalUri(uri);
	if (parsed.kind === 'article') return indexArticle(normal, parsed, kinds);
	const links = parsed.entries.flatMap(({ url: { value, span } }): Reference[] => {
		const target = resolveEntry(normal, root, value);
		if (target === undefined) return [];
		const key = /^https?:/.test(target) ? pageKey(new URL(target)) : normalUri(target);
		return key === undefined ? [] : [{ targets: [key], span }];
	});
	return { ...empty(normal, 'list'), title: parsed.title && slim(parsed.title), links };
}

/** Creates the index entry of a sidecar. */
export function indexSidecar(uri: string, sidecar: Sidecar): IndexEntry {
	const notes = readThreads(sidecar);
	return {
		...empty(normalUri(uri), 'sidecar'),
		tags: notes.flatMap(note =>
			[note, ...note.replies].flatMap(({ tags }) => tags.map(value => ({ value: ownCopy(value), span: note.span }))),
		),
		notes: notes.map(indexNote),
		about: articleIn(sidecar),
	};
}

/** Returns what a sidecar says of its article. */
export function articleIn({ collection, annotations }: Sidecar): NonNullable<IndexEntry['about']> {
	const title = typeof collection.label === 'string' ? ownCopy(collection.label) : undefined;
	let source: string | undefined;
	for (const { annotation } of annotations) {
		for (const target of targetsOf(annotation)) source ??= keyOfSource(target.source);
		if (source !== undefined) break;
	}
	return { ...(title === undefined ? {} : { title }), ...(source === undefined ? {} : { source: ownCopy(source) }) };
}

/** Creates the index entry of an article from its first lines, without what is in its body. */
export function indexHead(uri: string, { title, source, published }: Identity): IndexEntry {
	const nowhere = { start: 0, end: 0 };
	return {
		...empty(normalUri(uri), 'article'),
		title: title === undefined ? undefined : { value: ownCopy(title), span: nowhere },
		source: source === undefined ? undefined : { value: '', key: ownCopy(source), span: nowhere },
		published,
	};
}

function empty(uri: string, kind: IndexEntry['kind']): IndexEntry {
	return {
		uri,
		kind,
		title: undefined,
		source: undefined,
		published: undefined,
		links: [],
		images: [],
		ids: [],
		fragments: [],
		tags: [],
		notes: [],
	};
}

function indexNote({
	id,
	kind,
	text,
	quote,
	tags,
	creator,
	created,
	resolved,
	replies,
}: Omit<Note, 'anchor' | 'suggestion'>): NoteEntry {
	return {
		id: ownCopy(id),
		kind: ownCopy(kind),
		text: firstWords(text),
		quote: firstWords(quote?.exact ?? ''),
		tags: tags.map(ownCopy),
		...(creator === undefined ? {} : { creator: ownCopy(creator) }),
		...(created === undefined ? {} : { created: ownCopy(created) }),
		resolved,
		replies: replies.length,
	};
}

function firstWords(text: string): string {
	return ownCopy(onOneLine(startOf(text, MAX_TEXT_CHARS)));
}

function indexArticle(uri: string, article: Article, kinds: Kinds): IndexEntry {
	const { text, nodes, source } = article;
	const resolve = createResolver(source?.value);
	const sourceKey = keyOfSource(source?.value);
	const links: Reference[] = [];
	const fragments: Field[] = [];
	const digest = bodyDigest(text, article.body.span.start);
	for (const { href } of article.links) {
		if (!href) continue;
		const resolution = resolve(href.value);
		if (resolution.kind === 'fragment') fragments.push({ value: ownCopy(resolution.id), span: href.span });
		else pushAll(links, useOf(uri, href, resolve));
	}
	return {
		uri,
		kind: 'article',
		title: article.title && slim(article.title),
		source: source && sourceKey !== undefined ? { ...slim(source), key: ownCopy(sourceKey) } : undefined,
		published: article.published?.value,
		...(digest === undefined ? {} : { body: digest }),
		links,
		images: article.images.flatMap(image => (image.source ? useOf(uri, image.source, resolve) : [])),
		ids: [...article.ids].flatMap(([name, places]) =>
			places.flatMap(index => {
				const node = nodes[index];
				if (!node) return [];
				const field = (['id', 'name'] as const)
					.map(attribute => attributeField(text, node, attribute))
					.find(found => found?.value === name);
				return { value: ownCopy(name), span: field?.span ?? startTag(node) };
			}),
		),
		fragments,
		tags: findInlineNotes(article, kinds).flatMap(note => note.tags.map(slim)),
		notes: notesInText({ article, source: subjectOf(uri, article).source, kinds })
			.notes.filter(note => note.text !== '' || note.tags.length > 0)
			.map(indexNote),
	};
}

/** Returns what a URL in an article may refer to. */
export function linkTargets(uri: string, value: string, resolve: Resolver): readonly string[] {
	const local = localUri(uri, value);
	const key = keyOf(resolve(value));
	return [local === undefined ? undefined : normalUri(local), key].filter(target => target !== undefined);
}

function useOf(uri: string, { value, span }: Field, resolve: Resolver): Reference[] {
	const targets = linkTargets(uri, value, resolve).map(ownCopy);
	const fragment = fragmentOf(value);
	if (targets.length === 0) return [];
	return [{ targets, span, ...(fragment ? { fragment: ownCopy(fragment) } : {}) }];
}

function keyOf(resolution: Resolution): string | undefined {
	return resolution.kind === 'url' ? pageKey(resolution.origin ?? resolution.url) : undefined;
}

/** Returns the id in the fragment of a URL, decoded; `undefined` if there is none. */
export function fragmentOf(value: string): string | undefined {
	const at = value.indexOf('#');
	if (at === -1) return undefined;
	const fragment = createResolver(undefined)(value.slice(at));
	return fragment.kind === 'fragment' && fragment.id !== '' ? fragment.id : undefined;
}

function slim({ value, span }: Field): Field {
	return { value: ownCopy(value), span };
}
