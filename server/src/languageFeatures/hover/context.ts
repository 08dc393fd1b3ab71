import type { RootContent } from 'mdast';
import type { Note } from '../../annotations/note.ts';
import type { Archive } from '../../archive/archive.ts';
import type { Article } from '../../article/article.ts';
import type { Span } from '../../article/span.ts';
import type { VerdictLookup } from '../../links/network/requests.ts';
import type { ReadPictureFile } from '../../links/pictureFile.ts';
import type { Resolver } from '../../links/resolve.ts';
import type { FileSystem } from '../../platform.ts';

/** What hovers need in addition to the document. */
export interface HoverSources {
	readonly files: FileSystem;
	readonly pictures: ReadPictureFile;
	/** Returns the cached result of the last link check; `undefined` if links are not checked. */
	readonly verdictOf: VerdictLookup | undefined;
	/** The archive that contains the document, if it has been indexed. */
	readonly archive: Archive | undefined;
	/** Inline notes and notes from the sidecar file. */
	readonly notes: readonly Note[];
	/** Current time, in milliseconds since the Unix epoch. */
	readonly now: number;
}

/** The shared input of all hover sections. */
export interface HoverContext extends HoverSources {
	/** URI of the document. */
	readonly uri: string;
	readonly article: Article;
	readonly resolve: Resolver;
	/** IANA name of the user's time zone; `undefined` for the time zone of this machine. */
	readonly timeZone: string | undefined;
	/** Whether the client supports image widths in Markdown, as VS Code does. */
	readonly scalesPictures: boolean;
	/** Whether remote images may be shown; false in an untrusted workspace. */
	readonly loadsPictures: boolean;
}

/** One section of a hover: its content, and the span that it describes. */
export interface HoverSection {
	readonly span: Span;
	readonly content: readonly RootContent[];
}
