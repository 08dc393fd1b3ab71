import type { ReaderBlock, ReaderImage } from '../../../../server/src/protocol/reader.ts';
import { counted } from '../../../../server/src/util/words.ts';
import { h, hostOf, icon, OWN, type Replacements, setChildren } from './dom.ts';
import { closedFold } from './folds.ts';
import type { PageMessage, ReaderSettings } from './messages.ts';
import { placeholderWords } from './placeholders.ts';

/** The images of the shown article. */
export interface PictureViews {
	/** The banner with the number of images that are not loaded, and buttons to load them; hidden if there are none. */
	readonly banner: HTMLElement;
	/** Returns the replacements for images and embedded content in a block. */
	replacementsFor(block: ReaderBlock, source: string | undefined): Replacements;
	/** Releases the images in a block that is no longer shown. */
	forget(element: Element): void;
	/** Sets whether remote images may be loaded. */
	allow(allowed: ReaderSettings['pictures']): void;
	/** Handles the extension's response for an image: a `data:` URL, or the reason why there is none. */
	received(url: string, data: string | undefined, reason: string | undefined): void;
	/** Draws the images that are now in sight, outside closed folds, and updates the banner. */
	settle(): void;
	/** Enlarges an image, given its element or one that contains it. Returns `false` if there is none. */
	enlarge(near: Element): boolean;
}

/** The icons of embedded content by kind. Other kinds have a link icon. */
const SYMBOLS: ReadonlyMap<string, string> = new Map([
	['audio', 'unmute'],
	['video', 'play-circle'],
	['iframe', 'play-circle'],
	['svg', 'file-media'],
	['canvas', 'file-media'],
	['form', 'edit'],
]);

/** The maximum number of hosts named in the banner. */
const MOST_HOSTS = 3;

/** An image of the article and its element. */
interface Shown {
	readonly picture: ReaderImage;
	readonly holder: HTMLElement;
	readonly isLinked: boolean;
}

/** Creates the images of an article. */
export function createPictureViews(post: (message: PageMessage) => void): PictureViews {
	const shown = new Map<HTMLElement, Shown>();
	/** Images that are not drawn yet: new ones, and those in closed folds, which are not loaded. */
	const pending = new Map<HTMLElement, Shown>();
	const banner = h('div', { class: 'banner', role: 'region', 'aria-label': 'Images', hidden: true });
	let allowed: ReaderSettings['pictures'] = 'blocked';

	function draw(entry: Shown): void {
		const { picture, holder, isLinked } = entry;
		const sources = picture.sources.filter(({ kind }) => kind !== 'remote' || allowed === 'shown');
		holder.className = 'picture';
		if (sources.length > 0) {
			load(entry, 0);
			return;
		}
		holder.replaceChildren(
			picture.sources.length > 0
				? placeholder('file-media', 'Image not loaded', picture)
				: placeholder('warning', picture.unfetched ?? 'Image not in the archive', picture),
		);
		holder.classList.add(picture.sources.length > 0 ? 'waiting' : 'broken');
		if (isLinked) holder.classList.add('linked');
	}

	/** Tries the URLs of an image in turn. */
	function load(entry: Shown, at: number): void {
		const sources = entry.picture.sources.filter(({ kind }) => kind !== 'remote' || allowed === 'shown');
		const source = sources[at];
		if (!source) {
			retry(entry);
			return;
		}
		showImage(entry, source.url, () => load(entry, at + 1));
	}

	/** Lets the extension fetch an image, because some hosts require a referrer, which the page does not send. */
	function retry(entry: Shown): void {
		const { picture, holder } = entry;
		const first = picture.sources.find(({ kind }) => kind === 'remote');
		if (!first || allowed !== 'shown') {
			showBroken(entry, undefined);
			return;
		}
		holder.className = 'picture waiting';
		holder.replaceChildren(placeholder('file-media', 'Loading…', picture));
		post({ type: 'picture', url: first.url });
	}

	function showBroken({ picture, holder }: Shown, reason: string | undefined): void {
		const why = reason === undefined ? 'Image could not be loaded' : `Image could not be loaded. ${reason}`;
		holder.className = 'picture broken';
		holder.replaceChildren(placeholder('warning', why, picture));
	}

	function showImage({ picture, holder, isLinked }: Shown, url: string, failed: () => void): void {
		holder.className = 'picture';
		const image = h('img', { alt: picture.alt, loading: 'lazy', decoding: 'async', referrerpolicy: 'no-referrer' });
		if (picture.width && picture.height) {
			image.width = picture.width;
			image.height = picture.height;
		}
		image.addEventListener('error', failed, { once: true });
		image.src = url;
		const name = picture.alt === '' ? 'Enlarge image' : `Enlarge: ${picture.alt}`;
		holder.replaceChildren(
			isLinked ? image : h('button', { type: 'button', class: 'enlarge', 'aria-label': name }, image),
		);
	}

	function showBanner(): void {
		const waiting = [...shown.values()].filter(
			({ picture }) =>
				allowed !== 'shown' && picture.sources.length > 0 && picture.sources.every(({ kind }) => kind === 'remote'),
		);
		if (banner.hidden && waiting.length === 0) return;
		banner.hidden = waiting.length === 0;
		const hosts = [...new Set(waiting.map(({ picture }) => hostOf(picture.sources[0]?.url ?? '')))];
		const named = hosts.slice(0, MOST_HOSTS).join(', ');
		const from = hosts.length > MOST_HOSTS ? `${named} and ${hosts.length - MOST_HOSTS} more` : named;
		const count = counted(waiting.length, 'image');
		const button = (title: string, message: PageMessage, kind = ''): HTMLElement => {
			const made = h('button', { type: 'button', class: kind }, title);
			made.addEventListener('click', () => post(message));
			return made;
		};
		setChildren(banner, [
			icon('file-media'),
			h('p', {}, `${count} from ${from} ${allowed === 'ask' ? 'not loaded.' : 'blocked.'}`),
			...(allowed === 'ask'
				? [
						button(waiting.length === 1 ? 'Load' : 'Load all', { type: 'loadImages', always: false }, 'primary'),
						button('Always load', { type: 'loadImages', always: true }),
					]
				: [button('Change…', { type: 'command', command: 'pictureSettings' })]),
		]);
	}

	return {
		banner,
		replacementsFor: (block, source) => ({
			picture(index, isLinked) {
				const picture = block.content.pictures[index];
				if (!picture) return document.createDocumentFragment();
				const holder = h('span', { class: 'picture', [OWN]: true });
				const entry = { picture, holder, isLinked };
				pending.set(holder, entry);
				return holder;
			},
			embed(kind, href, title, isLinked) {
				const { title: name, detail, isOwn } = placeholderWords(kind, title, href === undefined ? '' : hostOf(href));
				const symbol = SYMBOLS.get(kind) ?? 'link-external';
				const inside = [
					icon(href === undefined && !SYMBOLS.has(kind) ? 'warning' : symbol),
					h('span', { class: 'embed-title', ...(isOwn ? { lang: 'en' } : { dir: 'auto' }) }, name),
					...(detail === '' ? [] : [h('span', { class: 'embed-host', lang: 'en' }, detail)]),
				];
				const properties = { class: `embed embed-${kind.replace(/[^a-z]/g, '')}`, [OWN]: true };
				if (isLinked) return h('span', properties, ...inside);
				// Embedded content without its own URL is visible on the source page.
				if (href === undefined && source !== undefined)
					return h(
						'a',
						{ ...properties, href: source, 'data-page': true, title: 'Open the page in the browser' },
						...inside,
					);
				return href === undefined ? h('span', properties, ...inside) : h('a', { ...properties, href }, ...inside);
			},
		}),
		forget(element) {
			for (const holder of element.querySelectorAll<HTMLElement>('.picture')) {
				shown.delete(holder);
				pending.delete(holder);
			}
		},
		allow(next) {
			if (next === allowed) return;
			allowed = next;
			for (const entry of shown.values()) if (entry.picture.sources.some(({ kind }) => kind === 'remote')) draw(entry);
			showBanner();
		},
		received(url, data, reason) {
			for (const entry of shown.values()) {
				if (
					!entry.holder.classList.contains('waiting') ||
					entry.picture.sources.find(({ kind }) => kind === 'remote')?.url !== url
				)
					continue;
				if (data?.startsWith('data:image/')) showImage(entry, data, () => showBroken(entry, undefined));
				else showBroken(entry, reason);
			}
		},
		settle() {
			for (const [holder, entry] of pending) {
				if (closedFold(holder)) continue;
				pending.delete(holder);
				shown.set(holder, entry);
				draw(entry);
			}
			showBanner();
		},
		enlarge(near) {
			const image = near.matches('img') ? near : near.querySelector('.picture img');
			if (!(image instanceof HTMLImageElement) || !image.complete || image.naturalWidth === 0) return false;
			showLarge(image);
			return true;
		},
	};
}

/** Renders a placeholder for an image: the reason, its host and its alternative text. */
function placeholder(symbol: string, why: string, picture: ReaderImage): HTMLElement {
	const where = picture.sources.length > 0 ? hostOf(picture.sources[0]?.url ?? '') : '';
	return h(
		'span',
		{ class: 'placeholder' },
		icon(symbol),
		h('span', { class: 'why', lang: 'en' }, where === '' ? why : `${why} · ${where}`),
		...(picture.alt === '' ? [] : [h('span', { class: 'alt' }, picture.alt)]),
	);
}

/** Shows an enlarged image in a dialog. A click or Escape closes it. */
function showLarge(image: HTMLImageElement): void {
	const large = h('img', { alt: image.alt, src: image.currentSrc || image.src, referrerpolicy: 'no-referrer' });
	const caption = image.closest('figure')?.querySelector('figcaption')?.textContent?.trim() ?? '';
	const close = h('button', { type: 'button', class: 'close', 'aria-label': 'Close' }, icon('close'));
	const dialog = h(
		'dialog',
		{ class: 'large', 'aria-label': image.alt || 'Image' },
		large,
		...(caption === '' ? [] : [h('p', {}, caption)]),
		close,
	);
	dialog.addEventListener('click', () => dialog.close());
	dialog.addEventListener('close', () => dialog.remove());
	document.body.append(dialog);
	dialog.showModal();
}
