import type { RootContent } from 'mdast';
import type { Note } from '../../annotations/note.ts';
import type { Archive } from '../../archive/index.ts';
import type { Article } from '../../article/article.ts';
import type { Span } from '../../article/span.ts';
import type { VerdictLookup } from '../../links/network/requests.ts';
import type { ReadPictureFile } from '../../links/pictureFile.ts';
import type { Resolver } from '../../links/resolve.ts';
import type { FileSystem } from '../../platform.ts';

/** What the parts of a hover need to know. */
export interface HoverContext {
	/** URI of the document. */
	readonly uri: string;
	readonly article: Article;
	readonly resolve: Resolver;
	readonly files: FileSystem;
	readonly pictures: ReadPictureFile;
	/** What the last check over the network found; `undefined` where no such checks are made. */
	readonly verdictOf: VerdictLookup | undefined;
	/** The archive that the document lies in, as far as it is known. */
	readonly archive: Archive | undefined;
	/** The notes in the text and beside it. */
	readonly notes: readonly Note[];
	/** The present, in milliseconds since the Unix epoch. */
	readonly now: number;
	/** The IANA name of the user's time zone; `undefined` for that of this machine. */
	readonly timeZone: string | undefined;
	/** Whether the client understands the width of a picture, as VS Code does. */
	readonly scalesPictures: boolean;
	/** Whether pictures of other hosts may be shown: not where the user does not trust what is open. */
	readonly loadsPictures: boolean;
}

/** One part of a hover: what it says, and the characters that it says it of. */
export interface HoverSection {
	readonly span: Span;
	readonly content: readonly RootContent[];
}
