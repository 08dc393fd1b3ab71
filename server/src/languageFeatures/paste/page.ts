import type { Article } from '../../article/article.ts';
import { MIN_PICTURE_DATA_CHARS } from '../../article/imageAddress.ts';
import { attributeOf, type Clip, type ClipElement, elementsIn } from './clip.ts';
import type { Page } from './inline.ts';

/** Resolves the URLs of a clip, and renames its ids to avoid conflicts with an article. */
export function readPage({ nodes, base, isWord }: Clip, article: Article): Page {
	const elements = elementsIn(nodes);
	/** The first element of each id. */
	const owners = new Map<string, ClipElement>();
	for (const element of elements)
		for (const id of [attributeOf(element, 'id'), element.tagName === 'a' ? attributeOf(element, 'name') : undefined])
			if (id && !owners.has(id)) owners.set(id, element);
	const hrefs = elements.flatMap(element =>
		element.tagName === 'a' && isShown(element) ? (attributeOf(element, 'href') ?? []) : [],
	);
	const own = ownPage(hrefs, owners);
	const linked = new Set(hrefs.flatMap(href => idIn(href, own) ?? []));
	const names = new Map<string, string>();
	const taken = new Set<string>();
	for (const id of owners.keys()) {
		if (!linked.has(id)) continue;
		let name = id;
		for (let count = 2; taken.has(name) || article.ids.has(name); count++) name = `${id}-${count}`;
		taken.add(name);
		names.set(id, name);
	}
	const ids = new Map<ClipElement, string>();
	for (const [id, name] of names) {
		const owner = owners.get(id);
		if (owner) ids.set(owner, name);
	}
	return {
		isWord,
		idOf: element => ids.get(element),
		address(value, kind) {
			const trimmed = value.trim();
			const id = kind === 'link' ? idIn(trimmed, own) : undefined;
			const name = id === undefined ? undefined : names.get(id);
			if (name !== undefined) return `#${encodeURI(name).replaceAll('#', '%23')}`;
			if (/^data:image\/(?:png|jpeg|gif|webp|avif|bmp)[;,]/i.test(trimmed))
				return kind === 'picture' && trimmed.length >= MIN_PICTURE_DATA_CHARS ? trimmed : undefined;
			const resolved = base && URL.canParse(trimmed, base.href) ? new URL(trimmed, base) : undefined;
			const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(trimmed.replace(/[\t\n\r]/g, ''))?.[1]?.toLowerCase();
			if (scheme === undefined) return trimmed === '' ? undefined : (resolved?.href ?? trimmed);
			const allowed = kind === 'link' ? /^(?:https?|mailto|tel)$/ : /^https?$/;
			return allowed.test(scheme) ? trimmed : undefined;
		},
	};
}

/** Whether an element has visible content. */
function isShown(element: ClipElement): boolean {
	const inside = [element, ...elementsIn(element.childNodes)];
	return inside.some(
		({ tagName, childNodes }) =>
			tagName === 'img' || tagName === 'math' || childNodes.some(node => 'value' in node && node.value.trim() !== ''),
	);
}

/** Returns the id in this clip that a URL references. */
function idIn(href: string, own: string | undefined): string | undefined {
	const hash = href.indexOf('#');
	const page = href.slice(0, Math.max(0, hash)).trim();
	if (hash === -1 || (page !== '' && page !== own)) return undefined;
	const id = href.slice(hash + 1);
	try {
		return decodeURIComponent(id);
	} catch {
		// Invalid percent-encoding: use the id as written.
		return id;
	}
}

/**
 * Returns the URL of the page that the clip was copied from, since browsers write `#note` as `https://page#note`. This is the
 * page that most links to ids in the clip refer to.
 */
function ownPage(hrefs: readonly string[], ids: ReadonlyMap<string, unknown>): string | undefined {
	const counts = new Map<string, number>();
	let best: string | undefined;
	for (const href of hrefs) {
		const page = href.split('#', 1)[0]?.trim() ?? '';
		const id = idIn(href, page);
		if (page === '' || id === undefined || !ids.has(id)) continue;
		const count = (counts.get(page) ?? 0) + 1;
		counts.set(page, count);
		if (count > (best === undefined ? 0 : (counts.get(best) ?? 0)) || best === page) best = page;
	}
	return best;
}
