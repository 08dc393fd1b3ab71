import type { Position, TextDocumentIdentifier } from 'vscode-languageserver';
import type { NotificationType, RequestType } from './method.ts';

/**
 * What the server sends to a reader of an article: plain data, which the reader validates again. Offsets count UTF-16 code units. Offsets in
 * a block are relative to the block, so that an edit above does not change it.
 */

/** Identifies a document and one of its readers. */
export interface ReaderParams {
	readonly textDocument: TextDocumentIdentifier;
	/** Chosen by the client. Each reader is sent the differences from its own last version. */
	readonly reader: string;
}

/** The reader view of an article. The result is `null` if the document is not an article. */
export const ReaderRequest: RequestType<
	ReaderParams & {
		/** The version that the reader shows, if any. */
		readonly has?: number;
		/** Where the user is writing. New remote images whose address is there are left out, since each letter makes another one. */
		readonly cursors?: readonly Position[];
	},
	ReaderAnswer | null
> = { method: 'marginalia/reader', messageDirection: 'clientToServer' };

/** The target of a link: a place in the article, a file of the archive, or a page. */
export const ReaderLinkRequest: RequestType<
	{ readonly textDocument: TextDocumentIdentifier; readonly href: string },
	ReaderLink
> = { method: 'marginalia/readerLink', messageDirection: 'clientToServer' };

/** An image of an article that could not be loaded, fetched with the article's page as referrer. */
export const ReaderImageRequest: RequestType<
	{ readonly textDocument: TextDocumentIdentifier; readonly url: string },
	ReaderImageData
> = { method: 'marginalia/readerImage', messageDirection: 'clientToServer' };

/** A passage of an article as a Markdown quotation with its source. */
export const ReaderQuoteRequest: RequestType<
	{ readonly textDocument: TextDocumentIdentifier; readonly text: string },
	{ readonly markdown: string } | null
> = { method: 'marginalia/readerQuote', messageDirection: 'clientToServer' };

/** A reader no longer shows the document. */
export const ReaderClosedNotification: NotificationType<ReaderParams> = {
	method: 'marginalia/readerClosed',
	messageDirection: 'clientToServer',
};

/** Elements allowed in the markup of a block. `div` stands for all elements that only group others. */
export const TAGS: ReadonlySet<string> = new Set(
	'a abbr b bdi bdo blockquote br caption cite code dd del details dfn div dl dt em figcaption figure h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp small span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr'.split(
		' ',
	),
);

/**
 * Attributes allowed on all elements. `anchor`: the ids that links of the article point to, percent-encoded and
 * separated by spaces.
 */
export const COMMON_ATTRIBUTES: ReadonlySet<string> = new Set(['lang', 'dir', 'anchor']);

/** The other allowed attributes, by element. Several are not HTML attributes, but tell the reader what to draw. */
export const READER_ATTRIBUTES: ReadonlyMap<string, ReadonlySet<string>> = new Map(
	Object.entries({
		// `embed`: embedded content that cannot be shown. `archived`: the archive has a copy of the page. `says`: the label of a link without text.
		a: ['href', 'title', 'embed', 'archived', 'says'],
		abbr: ['title'],
		// `says`, here and below: text that is not part of the article.
		code: ['says'],
		details: ['open'],
		dfn: ['title'],
		// The index of the image in the block.
		img: ['picture'],
		li: ['value'],
		ol: ['start', 'reversed', 'type'],
		// `control`: a form control, or the state of a check box.
		span: ['embed', 'title', 'control', 'says'],
		td: ['colspan', 'rowspan'],
		th: ['colspan', 'rowspan', 'scope'],
		time: ['datetime'],
	}).map(([tag, names]) => [tag, new Set([...names, ...COMMON_ATTRIBUTES])]),
);

/** Elements allowed in formulas, those of MathML Core and `menclose`, with their attributes. */
export const MATH_TAGS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
	Object.entries({
		// `alttext`: the formula as one line of text.
		math: ['display', 'alttext'],
		menclose: ['notation'],
		merror: [],
		mfrac: ['linethickness'],
		mi: ['mathvariant'],
		mmultiscripts: [],
		mn: ['mathvariant'],
		mo: [
			...['form', 'fence', 'separator', 'lspace', 'rspace', 'stretchy', 'symmetric', 'maxsize', 'minsize', 'largeop'],
			...['movablelimits', 'accent', 'mathvariant', 'says'],
		],
		mover: ['accent'],
		mphantom: [],
		mprescripts: [],
		mroot: [],
		mrow: [],
		ms: ['mathvariant'],
		mspace: ['width', 'height'],
		msqrt: [],
		mstyle: ['mathvariant'],
		msub: [],
		msubsup: [],
		msup: [],
		mtable: ['columnalign'],
		mtd: ['columnalign', 'columnspan', 'rowspan'],
		mtext: ['mathvariant', 'says'],
		mtr: ['columnalign'],
		munder: ['accentunder'],
		munderover: ['accent', 'accentunder'],
	}).map(([tag, names]) => [tag, new Set([...names, 'dir', 'displaystyle', 'scriptlevel'])]),
);

/** The only elements of formulas that contain text. */
export const MATH_TOKENS: ReadonlySet<string> = new Set(['mi', 'mn', 'mo', 'ms', 'mtext']);

/** Allowed link targets: web pages, mail addresses, or `#id` in the article itself. */
export const SAFE_ADDRESS = /^(?:https?:\/\/|mailto:|#)/i;

/** An id as it is written in `anchor`: without white space, and well-formed. */
export function anchorToken(id: string): string {
	return encodeURIComponent(id.replace(/\p{Surrogate}/gu, '\ufffd'));
}

/** Markup as data: a text, or an element with its attributes and children. */
export type Markup = string | MarkupElement;
export type MarkupElement = readonly [
	tag: string,
	attributes: Readonly<Record<string, string>>,
	children: readonly Markup[],
];

/** A source of an image. For `data`, the URL contains the image. */
export interface PictureSource {
	readonly kind: 'remote' | 'file' | 'data';
	readonly url: string;
}

/** An image of a block. */
export interface ReaderImage {
	/** The sources to try, the best first; empty if the article has no URL for it, or the file is missing. */
	readonly sources: readonly PictureSource[];
	readonly alt: string;
	/** Why the image is not shown although the article has an address for it, as a sentence without a full stop. */
	readonly unfetched?: string;
	/** The declared size in CSS pixels. */
	readonly width?: number;
	readonly height?: number;
	/** The offset of its element in the block. */
	readonly at: number;
}

/** The content of a block. */
export interface BlockContent {
	/** The part of the article that contains it. */
	readonly part: 'main' | 'aside' | 'footer';
	readonly markup: MarkupElement;
	/**
	 * Maps the text of the markup to the source, four numbers for each run: offset in the text, offset in the source from the start of
	 * the block, length of the text, length of the source. If the lengths differ, the run is one character reference.
	 */
	readonly runs: readonly number[];
	readonly pictures: readonly ReaderImage[];
}

/** A part of a block's text that has notes, as offsets in that text. Segments of a block do not overlap. */
export interface Segment {
	readonly start: number;
	readonly end: number;
	/** Ids of the notes. */
	readonly notes: readonly string[];
}

/** A part of an article that is rendered, and rendered again after an edit, as a whole. */
export interface ReaderBlock {
	/** Stable within one reader for as long as the block exists. */
	readonly id: number;
	/** The offset of the block in the source, and its length. */
	readonly start: number;
	readonly length: number;
	readonly content: BlockContent;
	readonly segments: readonly Segment[];
}

/** A heading in the table of contents. */
export interface ContentsEntry {
	/** The block that contains it. */
	readonly block: number;
	/** 0 for the outermost. */
	readonly depth: number;
	readonly label: string;
}

/** Adjacent blocks that belong to the page around the article, shown as one line that opens. */
export interface ReaderFold {
	/** The first and the last block. */
	readonly first: number;
	readonly last: number;
	/** What they are: `Comments, related articles`. */
	readonly label: string;
	/** How much they hold: `1,240 words`. May be empty. */
	readonly size: string;
	/** Whether the reader opens it by itself: a note is in it. */
	readonly open: boolean;
}

/** The header of the reader view. */
export interface ReaderHead {
	readonly title: string;
	/** The URL of the page that the article was taken from, if any. */
	readonly source?: string;
	readonly author?: string;
	/** The publication time, in milliseconds since the Unix epoch. */
	readonly published?: number;
	/** The reading time in whole minutes, at least 1. */
	readonly minutes: number;
	/** A BCP 47 tag, from the article or detected from its script; `und` if unknown. */
	readonly language: string;
	readonly direction: 'ltr' | 'rtl';
}

/** The content of a note or reply in the margin. */
export interface ReaderRemark {
	/** The text, rendered from Markdown; absent if there is none. */
	readonly said?: MarkupElement;
	readonly tags: readonly string[];
	readonly creator?: string;
	/** ISO 8601: a day, or a time in UTC. */
	readonly created?: string;
}

/** A note, shown in the margin of the block where its quote begins. */
export interface ReaderNote extends ReaderRemark {
	readonly id: string;
	readonly block: number;
	/** `note`, `question`, …; `highlight` for a mark without a note. */
	readonly kind: string;
	readonly resolved: boolean;
	readonly suggestion?: 'insertion' | 'deletion';
	/** Whether the reader does not show the annotated words; the note is then shown at the preceding block. */
	readonly unseen?: true;
	/** Why its place is uncertain, as one sentence without a full stop. */
	readonly doubt?: string;
	readonly replies: readonly ReaderRemark[];
}

/** The complete reader view of an article. */
export interface ReaderView {
	/** The version of the document that it shows. */
	readonly version: number;
	readonly head: ReaderHead;
	readonly contents: readonly ContentsEntry[];
	readonly blocks: readonly ReaderBlock[];
	/** In the order of the blocks. None overlap. */
	readonly folds: readonly ReaderFold[];
	readonly notes: readonly ReaderNote[];
}

/** An existing block that has only moved. */
export interface KeptBlock {
	readonly id: number;
	readonly start: number;
}

/** The difference between two views of a document. Absent members are unchanged. */
export interface ReaderPatch {
	/** The versions of the document before and after. */
	readonly from: number;
	readonly version: number;
	readonly head?: ReaderHead;
	readonly contents?: readonly ContentsEntry[];
	readonly folds?: readonly ReaderFold[];
	readonly notes?: readonly ReaderNote[];
	/** `remove` blocks from index `at` on are replaced by `insert`. A block with an existing id replaces that block. */
	readonly at: number;
	readonly remove: number;
	readonly insert: readonly (ReaderBlock | KeptBlock)[];
	/** How far the blocks after the change have moved in the source. */
	readonly shift: number;
}

/** Set if images were left out because their address is being typed: to be requested again once the cursor has moved. */
export interface Awaiting {
	readonly awaits?: true;
}

/** The result of `ReaderRequest`. */
export type ReaderAnswer =
	| ({ readonly kind: 'view'; readonly view: ReaderView } & Awaiting)
	| ({ readonly kind: 'patch'; readonly patch: ReaderPatch } & Awaiting)
	/** The document is a list, with this title. */
	| { readonly kind: 'list'; readonly title: string };

/** The target of a link. */
export type ReaderLink =
	| { readonly kind: 'place'; readonly offset: number }
	| { readonly kind: 'file'; readonly uri: string }
	| { readonly kind: 'page'; readonly url: string }
	/** `reason` is a sentence. */
	| { readonly kind: 'nowhere'; readonly reason: string };

/** An image as a `data:` URL, or the reason why it cannot be loaded, as one sentence without a full stop. */
export type ReaderImageData = { readonly data: string } | { readonly reason: string };
