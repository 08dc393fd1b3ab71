import type { ReaderPatch, ReaderView } from '../../../../server/src/protocol/reader.ts';
import type { SettingValue } from '../../../../server/src/protocol/settings.ts';
import { isRecord } from '../../../../server/src/util/value.ts';

/** What the extension tells the page. */
export type HostMessage =
	/** Show an article, at a place of its source where one was kept. */
	| { readonly type: 'view'; readonly view: ReaderView; readonly place?: number }
	| { readonly type: 'patch'; readonly patch: ReaderPatch }
	/** Show no article, but why there is none and what helps. */
	| { readonly type: 'status'; readonly status: Status }
	| { readonly type: 'settings'; readonly settings: ReaderSettings }
	/** Bring a place of the source into sight: at the top as an editor scrolls, or where its cursor is, or because it was asked for. */
	| { readonly type: 'reveal'; readonly offset: number; readonly why: 'scroll' | 'cursor' | 'go' }
	| { readonly type: 'run'; readonly command: PageCommand }
	/** A picture that was asked for again: a `data:` address, or why there is none. */
	| { readonly type: 'picture'; readonly url: string; readonly data?: string; readonly reason?: string }
	/** Keep this until the window is opened again: `readRemembered` reads it. */
	| { readonly type: 'remember'; readonly state: Remembered }
	/** Something was done, to be said in passing. */
	| { readonly type: 'told'; readonly text: string };

/** What a reader in an editor tab is restored from. */
export interface Remembered {
	readonly uri: string;
	readonly pinned: boolean;
}

/** Reads what a page was told to remember; `undefined` for anything else. */
export function readRemembered(state: unknown): Remembered | undefined {
	if (!isRecord(state) || typeof state.uri !== 'string') return undefined;
	return { uri: state.uri, pinned: state.pinned === true };
}

/** Why no article is shown. */
export interface Status {
	readonly kind: 'loading' | 'empty' | 'error';
	readonly title: string;
	readonly text: string;
	readonly actions: readonly { readonly command: HostCommand; readonly title: string }[];
}

/** How an article is shown: settings, and what follows from where it is. */
export interface ReaderSettings {
	/** In CSS pixels. */
	readonly fontSize: number;
	readonly lineHeight: number;
	readonly width: SettingValue<'marginalia.reader.width'>;
	readonly font: SettingValue<'marginalia.reader.font'>;
	/** What becomes of pictures from other sites: shown, or not before the user says so, or not at all. */
	readonly pictures: 'shown' | 'ask' | 'blocked';
	/** Whether editors are scrolled along. */
	readonly sync: boolean;
}

/** What the page can be asked to do by commands of the editor. */
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
] as const;
export type PageCommand = (typeof PAGE_COMMANDS)[number];

/** What the page can ask the extension to run. */
export const HOST_COMMANDS = [
	'openArticle',
	'openSource',
	'restart',
	'retry',
	'showOutput',
	'alwaysLoadPictures',
	'larger',
	'smaller',
	'resetSize',
	'pictureSettings',
] as const;
export type HostCommand = (typeof HOST_COMMANDS)[number];

/** What the page tells the extension. Offsets are those of the version that it shows. */
export type PageMessage =
	| { readonly type: 'ready' }
	/** The place at the top; `led` where the user scrolled the page, so that editors follow. */
	| { readonly type: 'scrolled'; readonly version: number; readonly offset: number; readonly led: boolean }
	/** A place was clicked or chosen; `focus` to go to it in the editor. */
	| { readonly type: 'place'; readonly version: number; readonly offset: number; readonly focus: boolean }
	/** Something is to be done with a passage; its text as it is read. */
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
	| { readonly type: 'loadPictures'; readonly always: boolean }
	/** A picture could not be loaded from any of its addresses; this is the first of them. */
	| { readonly type: 'picture'; readonly url: string }
	| { readonly type: 'command'; readonly command: HostCommand };

/** Reads what came from the page; `undefined` for anything that is no message. */
export function readPageMessage(data: unknown): PageMessage | undefined {
	if (!isRecord(data)) return undefined;
	const { type, version, offset, start, end, text, action, focus, led, href, id, url, always, command } = data;
	const isVersioned = isCount(version);
	switch (type) {
		case 'ready':
			return { type };
		case 'scrolled':
			return isVersioned && isCount(offset) && typeof led === 'boolean' ? { type, version, offset, led } : undefined;
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
		case 'loadPictures':
			return typeof always === 'boolean' ? { type, always } : undefined;
		case 'command': {
			const known = HOST_COMMANDS.find(one => one === command);
			return known ? { type, command: known } : undefined;
		}
		default:
			return undefined;
	}
}

/** Types of messages from the extension; what they carry is checked where it is drawn. */
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

/** Reads what came from the extension; `undefined` for what is none of its messages. */
export function readHostMessage(data: unknown): HostMessage | undefined {
	return isRecord(data) && typeof data.type === 'string' && Object.hasOwn(HOST_TYPES, data.type)
		? (data as unknown as HostMessage)
		: undefined;
}

function isCount(value: unknown): value is number {
	return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
