import { URI } from 'vscode-uri';
import { findInlineNotes } from '../annotations/inline.ts';
import type { ArchiveDocument, Article } from '../article/article.ts';
import { attributeField, startTag } from '../article/node.ts';
import type { Field, Span } from '../article/span.ts';
import { resolveEntry } from '../links/archiveRoot.ts';
import { localUri } from '../links/local.ts';
import { pageKey } from '../links/pageKey.ts';
import { createResolver, type Resolution, type Resolver } from '../links/resolve.ts';
import { keyOfSource } from './head.ts';

/** A place in a file that leads to a page, picture or file. */
export interface Use {
	/** What it may lead to: the address of a local file, which counts where that file is there, and the key of a page. */
	readonly targets: readonly string[];
	/** The id on the page; absent where it names none. */
	readonly fragment?: string;
	readonly span: Span;
}

/** What the index keeps of a file. Spans count UTF-16 units of the text without a byte order mark. */
export interface IndexEntry {
	/** As `normalUri` writes it. */
	readonly uri: string;
	readonly kind: 'article' | 'list';
	readonly title: Field | undefined;
	/** The address that an article was taken from. */
	readonly source: (Field & { readonly key: string }) | undefined;
	/** In milliseconds since the Unix epoch. */
	readonly published: number | undefined;
	/** Links of an article, entries of a list. */
	readonly links: readonly Use[];
	readonly images: readonly Use[];
	/** What a `#id` can lead to; the place is the value of the attribute. */
	readonly ids: readonly Field[];
	/** Links to an id of the same file. */
	readonly fragments: readonly Field[];
	/** Tags of notes. */
	readonly tags: readonly Field[];
}

/** One way of writing each address of a file: editors and systems encode it differently. */
export function normalUri(uri: string): string {
	return URI.parse(uri).toString();
}

/**
 * What the index keeps of a text.
 *
 * @param root URI of the archive's root
 */
export function indexDocument(uri: string, root: string, parsed: ArchiveDocument): IndexEntry {
	const normal = normalUri(uri);
	if (parsed.kind === 'article') return indexArticle(normal, parsed);
	const links = parsed.entries.flatMap(({ url: { value, span } }): Use[] => {
		const target = resolveEntry(normal, root, value);
		if (target === undefined) return [];
		const key = /^https?:/.test(target) ? pageKey(new URL(target)) : normalUri(target);
		return key === undefined ? [] : [{ targets: [key], span }];
	});
	return {
		uri: normal,
		kind: 'list',
		title: parsed.title && slim(parsed.title),
		source: undefined,
		published: undefined,
		links,
		images: [],
		ids: [],
		fragments: [],
		tags: [],
	};
}

function indexArticle(uri: string, article: Article): IndexEntry {
	const { text, nodes, source } = article;
	const resolve = createResolver(source?.value);
	const sourceKey = keyOfSource(source?.value);
	const links: Use[] = [];
	const fragments: Field[] = [];
	for (const { href } of article.links) {
		if (!href) continue;
		const resolution = resolve(href.value);
		if (resolution.kind === 'fragment') fragments.push({ value: copy(resolution.id), span: href.span });
		else links.push(...useOf(uri, href, resolve));
	}
	return {
		uri,
		kind: 'article',
		title: article.title && slim(article.title),
		source: source && sourceKey !== undefined ? { ...slim(source), key: copy(sourceKey) } : undefined,
		published: article.published?.value,
		links,
		images: article.images.flatMap(image => (image.source ? useOf(uri, image.source, resolve) : [])),
		ids: [...article.ids].flatMap(([name, places]) =>
			places.flatMap(index => {
				const node = nodes[index];
				if (!node) return [];
				const field = (['id', 'name'] as const)
					.map(attribute => attributeField(text, node, attribute))
					.find(found => found?.value === name);
				return { value: copy(name), span: field?.span ?? startTag(node) };
			}),
		),
		fragments,
		tags: findInlineNotes(text, nodes).flatMap(note => note.tags.map(slim)),
	};
}

/** What an address in an article may lead to. */
export function targetsOf(uri: string, value: string, resolve: Resolver): readonly string[] {
	const local = localUri(uri, value);
	const key = keyOf(resolve(value));
	return [local === undefined ? undefined : normalUri(local), key].filter(target => target !== undefined);
}

function useOf(uri: string, { value, span }: Field, resolve: Resolver): Use[] {
	const targets = targetsOf(uri, value, resolve).map(copy);
	const fragment = fragmentOf(value);
	if (targets.length === 0) return [];
	return [{ targets, span, ...(fragment ? { fragment: copy(fragment) } : {}) }];
}

function keyOf(resolution: Resolution): string | undefined {
	return resolution.kind === 'url' ? pageKey(resolution.origin ?? resolution.url) : undefined;
}

/** The id that an address names on its page, decoded; `undefined` where it names none. */
export function fragmentOf(value: string): string | undefined {
	const at = value.indexOf('#');
	if (at === -1) return undefined;
	const fragment = createResolver(undefined)(value.slice(at));
	return fragment.kind === 'fragment' && fragment.id !== '' ? fragment.id : undefined;
}

function slim({ value, span }: Field): Field {
	return { value: copy(value), span };
}

/** The same string without the text that it was cut from, all of which it would keep in memory. */
function copy(value: string): string {
	return value.length < 13 ? value : JSON.parse(JSON.stringify(value));
}
