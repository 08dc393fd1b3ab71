import type { TextDocumentIdentifier } from 'vscode-languageserver';
import type { NotificationType, RequestType } from './method.ts';

/**
 * What the server tells a reader of an article: plain data, checked again by whoever draws it. Offsets count UTF-16 units; those of
 * a block's parts are relative to the block, so that an edit above changes nothing in it.
 */

/** What names a document and one of its readers. */
export interface ReaderParams {
	readonly textDocument: TextDocumentIdentifier;
	/** Chosen by the client; each reader is sent differences from what it has itself. */
	readonly reader: string;
}

/** An article as it is read; `has` is the version that the reader shows, where it shows one; `null` where it is none. */
export const ReaderRequest: RequestType<ReaderParams & { readonly has?: number }, ReaderAnswer | null> = {
	method: 'marginalia/reader',
	messageDirection: 'clientToServer',
};

/** Where a link leads: a place in the article, a file of the archive, or a page. */
export const ReaderLinkRequest: RequestType<
	{ readonly textDocument: TextDocumentIdentifier; readonly href: string },
	ReaderLink
> = { method: 'marginalia/readerLink', messageDirection: 'clientToServer' };

/** A picture of an article that could not be loaded, fetched with its page for a referrer. */
export const ReaderPictureRequest: RequestType<
	{ readonly textDocument: TextDocumentIdentifier; readonly url: string },
	ReaderPictureData
> = { method: 'marginalia/readerPicture', messageDirection: 'clientToServer' };

/** A passage of an article as a quotation in Markdown, with what it is from. */
export const ReaderQuoteRequest: RequestType<
	{ readonly textDocument: TextDocumentIdentifier; readonly text: string },
	{ readonly markdown: string } | null
> = { method: 'marginalia/readerQuote', messageDirection: 'clientToServer' };

/** A reader shows the document no more. */
export const ReaderClosedNotification: NotificationType<ReaderParams> = {
	method: 'marginalia/readerClosed',
	messageDirection: 'clientToServer',
};

/** Elements that the markup of a block can have. `div` stands for all that only group others. */
export const TAGS: ReadonlySet<string> = new Set(
	'a abbr b bdi bdo blockquote br caption cite code dd del details dfn div dl dt em figcaption figure h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp small span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr'.split(
		' ',
	),
);

/**
 * Attributes that all elements can have. `anchor`: links of the article lead there; the ids that they name, percent-encoded, with
 * spaces between.
 */
export const COMMON_ATTRIBUTES: ReadonlySet<string> = new Set(['lang', 'dir', 'anchor']);

/** The other attributes that elements can have, by element; several are not HTML's but say what to draw. */
export const READER_ATTRIBUTES: ReadonlyMap<string, ReadonlySet<string>> = new Map(
	Object.entries({
		// `embed`: what stood there and cannot be shown. `archived`: the archive holds the page. `says`: what a link without words is called.
		a: ['href', 'title', 'embed', 'archived', 'says'],
		abbr: ['title'],
		// `says`, here and below: words that are no text of the article.
		code: ['says'],
		details: ['open'],
		dfn: ['title'],
		// The index of the picture in the block.
		img: ['picture'],
		li: ['value'],
		ol: ['start', 'reversed', 'type'],
		// `control`: a control of a form, or the state of a check box.
		span: ['embed', 'title', 'control', 'says'],
		td: ['colspan', 'rowspan'],
		th: ['colspan', 'rowspan', 'scope'],
		time: ['datetime'],
	}).map(([tag, names]) => [tag, new Set([...names, ...COMMON_ATTRIBUTES])]),
);

/** Elements of formulas, those of MathML Core and `menclose`, with the attributes that they can have. */
export const MATH_TAGS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
	Object.entries({
		// `alttext`: the formula on one line.
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

/** Elements of formulas that hold text, and nothing else does. */
export const MATH_TOKENS: ReadonlySet<string> = new Set(['mi', 'mn', 'mo', 'ms', 'mtext']);

/** An address that a link may have: a page, a mailbox, or `#id` in the article itself. */
export const SAFE_ADDRESS = /^(?:https?:\/\/|mailto:|#)/i;

/** An id as `anchor` has it: without white space, and well-formed. */
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

/** Where a picture can be had. `data` has it in the address itself. */
export interface PictureSource {
	readonly kind: 'remote' | 'file' | 'data';
	readonly url: string;
}

/** A picture of a block. */
export interface ReaderPicture {
	/** Where it can be had, the best first; empty where the article names no address, or the file is missing. */
	readonly sources: readonly PictureSource[];
	readonly alt: string;
	/** Why it is not here though its file is, and what to do, as a sentence without a full stop. */
	readonly unfetched?: string;
	/** The declared size in CSS pixels. */
	readonly width?: number;
	readonly height?: number;
	/** Where its element stands, from the start of the block. */
	readonly at: number;
}

/** What a block shows. */
export interface BlockContent {
	/** In which part of the article it lies. */
	readonly part: 'main' | 'aside' | 'footer';
	readonly markup: MarkupElement;
	/**
	 * How the text of the markup lies in the source, four numbers a run: offset in the text, offset in the source from the start of
	 * the block, length of the text, length of the source. Where the lengths differ, the run is one character reference.
	 */
	readonly runs: readonly number[];
	readonly pictures: readonly ReaderPicture[];
}

/** A part of a block's text, in its offsets, that notes are about. No two of a block overlap. */
export interface Segment {
	readonly start: number;
	readonly end: number;
	/** Ids of the notes. */
	readonly notes: readonly string[];
}

/** A piece of an article that is drawn, and drawn again after an edit, as one. */
export interface ReaderBlock {
	/** The same as long as the block is, within one reader. */
	readonly id: number;
	/** Where it starts in the source, and how long it is there. */
	readonly start: number;
	readonly length: number;
	readonly content: BlockContent;
	readonly segments: readonly Segment[];
}

/** A heading in the table of contents. */
export interface ContentsEntry {
	/** The block that it stands in. */
	readonly block: number;
	/** 0 for the outermost. */
	readonly depth: number;
	readonly label: string;
}

/** What stands above the text. */
export interface ReaderHead {
	readonly title: string;
	/** The address that the article was taken from, where it is one of a page. */
	readonly source?: string;
	readonly author?: string;
	/** When it was published, in milliseconds since the Unix epoch. */
	readonly published?: number;
	/** Time to read it, in whole minutes, at least 1. */
	readonly minutes: number;
	/** BCP 47, as far as the article or its script says it; `und` where neither does. */
	readonly language: string;
	readonly direction: 'ltr' | 'rtl';
}

/** What somebody said, for the margin. */
export interface ReaderRemark {
	/** What was said, drawn from Markdown; nothing where nothing was. */
	readonly said?: MarkupElement;
	readonly tags: readonly string[];
	readonly creator?: string;
	/** ISO 8601: a day, or a time in UTC. */
	readonly created?: string;
}

/** A note, for the margin of the block where what it is about begins. */
export interface ReaderNote extends ReaderRemark {
	readonly id: string;
	readonly block: number;
	/** `note`, `question`, …; `highlight` for a mark without a note. */
	readonly kind: string;
	readonly resolved: boolean;
	readonly suggestion?: 'insertion' | 'deletion';
	/** Whether the page, and so the reader, does not show what it is about; it stands at the block before that. */
	readonly unseen?: true;
	/** What makes its place uncertain, as one sentence without a full stop. */
	readonly doubt?: string;
	readonly replies: readonly ReaderRemark[];
}

/** All of an article, as it is read. */
export interface ReaderView {
	/** The version of the document that it shows. */
	readonly version: number;
	readonly head: ReaderHead;
	readonly contents: readonly ContentsEntry[];
	readonly blocks: readonly ReaderBlock[];
	readonly notes: readonly ReaderNote[];
}

/** What became of a block that was there before: unchanged, but for its place. */
export interface KeptBlock {
	readonly id: number;
	readonly start: number;
}

/** The difference between two views of a document. What is left out is unchanged. */
export interface ReaderPatch {
	/** The versions of the document before and after. */
	readonly from: number;
	readonly version: number;
	readonly head?: ReaderHead;
	readonly contents?: readonly ContentsEntry[];
	readonly notes?: readonly ReaderNote[];
	/** `remove` blocks from the index `at` on are replaced by `insert`; a block with the id of a former one takes its place. */
	readonly at: number;
	readonly remove: number;
	readonly insert: readonly (ReaderBlock | KeptBlock)[];
	/** How far the blocks behind have moved in the source. */
	readonly shift: number;
}

/** An article as it is read. */
export type ReaderAnswer =
	| { readonly kind: 'view'; readonly view: ReaderView }
	| { readonly kind: 'patch'; readonly patch: ReaderPatch }
	/** The document is a list, with its title. */
	| { readonly kind: 'list'; readonly title: string };

/** Where a link leads. */
export type ReaderLink =
	| { readonly kind: 'place'; readonly offset: number }
	| { readonly kind: 'file'; readonly uri: string }
	| { readonly kind: 'page'; readonly url: string }
	/** `reason` is a sentence. */
	| { readonly kind: 'nowhere'; readonly reason: string };

/** A picture as a `data:` address, or why there is none, as one sentence without a full stop. */
export type ReaderPictureData = { readonly data: string } | { readonly reason: string };
