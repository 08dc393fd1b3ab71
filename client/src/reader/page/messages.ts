import type { ReaderPatch, ReaderView } from '../../../../server/src/protocol/reader.ts';
import type { SettingValue } from '../../../../server/src/protocol/settings.ts';
import { isRecord } from '../../../../server/src/util/value.ts';

/** A message from the extension to the page. */
export type HostMessage =
	/**
	 * Show an article, scrolled to an offset in its source if one is given. `toggled`: offsets in the folds that are not open or
	 * closed as they are by default.
	 */
	| {
			readonly type: 'view';
			readonly view: ReaderView;
			readonly place?: number;
			readonly toggled?: readonly number[];
	  }
	| { readonly type: 'patch'; readonly patch: ReaderPatch }
	/** Show a status instead of an article. */
	| { readonly type: 'status'; readonly status: Status }
	| { readonly type: 'settings'; readonly settings: ReaderSettings }
	/** Reveal an offset in the source: at the top after an editor scrolled, in view after its cursor moved, or on request. */
	| { readonly type: 'reveal'; readonly offset: number; readonly why: 'scroll' | 'cursor' | 'go' }
	| { readonly type: 'run'; readonly command: PageCommand }
	/** The response to a `picture` message: a `data:` URL, or the reason why there is none. */
	| { readonly type: 'picture'; readonly url: string; readonly data?: string; readonly reason?: string }
	/** Store this state for the next session. `readRemembered` reads it. */
	| { readonly type: 'remember'; readonly state: Remembered }
	/** Show a transient message. */
	| { readonly type: 'told'; readonly text: string };

/** The stored state from which a reader in an editor tab is restored. */
export interface Remembered {
	readonly uri: string;
	readonly pinned: boolean;
}

/** Parses stored state; returns `undefined` if it is invalid. */
export function readRemembered(state: unknown): Remembered | undefined {
	if (!isRecord(state) || typeof state.uri !== 'string') return undefined;
	return { uri: state.uri, pinned: state.pinned === true };
}

/** The status shown instead of an article. */
export interface Status {
	readonly kind: 'loading' | 'empty' | 'error';
	readonly title: string;
	readonly text: string;
	readonly actions: readonly { readonly command: HostCommand; readonly title: string }[];
}

/** Display settings for an article. */
export interface ReaderSettings {
	/** In CSS pixels. */
	readonly fontSize: number;
	readonly lineHeight: number;
	readonly width: SettingValue<'marginalia.reader.width'>;
	readonly font: SettingValue<'marginalia.reader.font'>;
	/** Whether remote images are shown, shown on request, or blocked. */
	readonly pictures: 'shown' | 'ask' | 'blocked';
	/** Whether scrolling is synchronised with editors. */
	readonly sync: boolean;
}

/** Commands that the extension can run in the page. */
export const PAGE_COMMANDS = [
	'find',
	'contents',
	'help',
	'highlight',
	'note',
	'copyQuote',
	'next',
	'previous',
	'goToSource',
	'notTheArticle',
	'theArticle',
] as const;
export type PageCommand = (typeof PAGE_COMMANDS)[number];

/** Commands that the page can run in the extension. */
export const HOST_COMMANDS = [
	'openArticle',
	'openSource',
	'restart',
	'retry',
	'showOutput',
	'alwaysLoadImages',
	'larger',
	'smaller',
	'resetSize',
	'pictureSettings',
] as const;
export type HostCommand = (typeof HOST_COMMANDS)[number];

/** A message from the page to the extension. Offsets refer to the version shown. */
export type PageMessage =
	| { readonly type: 'ready' }
	/** The offset at the top of the page. `led` means that the user scrolled the page, so editors follow. */
	| { readonly type: 'scrolled'; readonly version: number; readonly offset: number; readonly led: boolean }
	/** The user says that the block at an offset is, or is not, part of the article. */
	| { readonly type: 'describe'; readonly version: number; readonly offset: number; readonly isArticle: boolean }
	/** Folds were opened or closed: offsets in those that are not as they are by default. */
	| { readonly type: 'folds'; readonly version: number; readonly toggled: readonly number[] }
	/** The user clicked or chose an offset. `focus` opens it in an editor. */
	| { readonly type: 'place'; readonly version: number; readonly offset: number; readonly focus: boolean }
	/** Run an action on a passage. `text` is its text without markup. */
	| {
			readonly type: 'passage';
			readonly action: 'highlight' | 'note' | 'copyQuote';
			readonly version: number;
			readonly start: number;
			readonly end: number;
			readonly text: string;
	  }
	| { readonly type: 'open'; readonly href: string }
	| { readonly type: 'openNote'; readonly id: string }
	| { readonly type: 'loadImages'; readonly always: boolean }
	/** An image could not be loaded from any of its URLs. This is the first one. */
	| { readonly type: 'picture'; readonly url: string }
	| { readonly type: 'command'; readonly command: HostCommand };

/** Validates a message from the page; returns `undefined` if it is invalid. */
export function readPageMessage(data: unknown): PageMessage | undefined {
	if (!isRecord(data)) return undefined;
	const {
		type,
		version,
		offset,
		start,
		end,
		text,
		action,
		focus,
		led,
		href,
		id,
		url,
		always,
		command,
		toggled,
		isArticle,
	} = data;
	const isVersioned = isCount(version);
	switch (type) {
		case 'ready':
			return { type };
		case 'scrolled':
			return isVersioned && isCount(offset) && typeof led === 'boolean' ? { type, version, offset, led } : undefined;
		case 'describe':
			return isVersioned && isCount(offset) && typeof isArticle === 'boolean'
				? { type, version, offset, isArticle }
				: undefined;
		case 'folds':
			return isVersioned && Array.isArray(toggled) && toggled.every(isCount) ? { type, version, toggled } : undefined;
		case 'place':
			return isVersioned && isCount(offset) && typeof focus === 'boolean'
				? { type, version, offset, focus }
				: undefined;
		case 'passage': {
			const isKnown = action === 'highlight' || action === 'note' || action === 'copyQuote';
			const isPlace = isVersioned && isCount(start) && isCount(end) && start < end;
			return isKnown && isPlace && typeof text === 'string' ? { type, action, version, start, end, text } : undefined;
		}
		case 'open':
			return typeof href === 'string' ? { type, href } : undefined;
		case 'openNote':
			return typeof id === 'string' ? { type, id } : undefined;
		case 'picture':
			return typeof url === 'string' ? { type, url } : undefined;
		case 'loadImages':
			return typeof always === 'boolean' ? { type, always } : undefined;
		case 'command': {
			const known = HOST_COMMANDS.find(one => one === command);
			return known ? { type, command: known } : undefined;
		}
		default:
			return undefined;
	}
}

/** Types of messages from the extension. Their content is validated when it is rendered. */
const HOST_TYPES: Readonly<Record<HostMessage['type'], true>> = {
	view: true,
	patch: true,
	status: true,
	settings: true,
	reveal: true,
	run: true,
	picture: true,
	remember: true,
	told: true,
};

/** Validates a message from the extension; returns `undefined` if it is invalid. */
export function readHostMessage(data: unknown): HostMessage | undefined {
	return isRecord(data) && typeof data.type === 'string' && Object.hasOwn(HOST_TYPES, data.type)
		? (data as unknown as HostMessage)
		: undefined;
}

function isCount(value: unknown): value is number {
	return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
