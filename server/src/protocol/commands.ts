import type { MarkupName } from './editing.ts';

/** Command ids. Any client can run the server's commands (`workspace/executeCommand`). */

/** Convert an article to one of its two forms. Arguments: the URI of an open document, and the client's `FormattingOptions`. */
export const FORM_COMMANDS = { expand: 'marginalia.expand', collapse: 'marginalia.collapse' } as const;

/** Commands for links. The URI of a document, if any, is the first argument. */
export const LINK_COMMANDS = {
	/** Checks the links and images of an open document. */
	check: 'marginalia.checkLinks',
	/** Checks them again, and ignores cached verdicts. */
	checkAgain: 'marginalia.checkLinksAgain',
	/** Checks the archive of a document or, without one, all workspace folders. */
	checkArchive: 'marginalia.checkArchiveLinks',
	/** Cancels the check of a document. */
	cancelCheck: 'marginalia.cancelLinkCheck',
	/** Clears the link cache. */
	clearCache: 'marginalia.clearLinkCache',
	/** Updates all URLs that are known to have moved in the archive of a document or, without one, in all workspace folders. */
	updateMoved: 'marginalia.updateMovedLinks',
	/** Opens a URL, the first argument, in a browser. */
	openUrl: 'marginalia.openUrl',
} as const;

/** Commands for archives. */
export const ARCHIVE_COMMANDS = {
	/** Updates what refers to files that other programs moved. The URI of a document, if any, is the first argument. */
	updateMovedFiles: 'marginalia.updateMovedFiles',
} as const;

/** Commands for the page around an article. */
export const FURNITURE_COMMANDS = {
	/** Removes furniture from an open article. Takes a `RemoveFurniture`, and returns a `RemoveFurnitureOutcome`. */
	remove: 'marginalia.removeFurniture',
} as const;

/** Commands for what an archive says of its sources. */
export const SOURCE_COMMANDS = {
	/** Adds a selector to `marginalia.json`. Takes a `DescribeSource`, and returns a `DescribeSourceOutcome`. */
	describe: 'marginalia.describeSource',
} as const;

/** Commands for notes. Each takes one object, a member of `AnnotationArguments`, and returns a `CommandOutcome`. */
export const ANNOTATION_COMMANDS = {
	add: 'marginalia.annotations.add',
	highlight: 'marginalia.annotations.highlight',
	edit: 'marginalia.annotations.edit',
	reply: 'marginalia.annotations.reply',
	delete: 'marginalia.annotations.delete',
	resolve: 'marginalia.annotations.resolve',
	unresolve: 'marginalia.annotations.unresolve',
	reanchor: 'marginalia.annotations.reanchor',
	acceptChange: 'marginalia.annotations.acceptChange',
	acceptSuggestion: 'marginalia.annotations.acceptSuggestion',
	rejectSuggestion: 'marginalia.annotations.rejectSuggestion',
	convert: 'marginalia.annotations.convert',
	import: 'marginalia.annotations.import',
	export: 'marginalia.annotations.export',
	undo: 'marginalia.annotations.undo',
	redo: 'marginalia.annotations.redo',
} as const;

export type AnnotationCommand = (typeof ANNOTATION_COMMANDS)[keyof typeof ANNOTATION_COMMANDS];

/** All commands of the server. */
export const SERVER_COMMANDS: readonly string[] = [
	FORM_COMMANDS,
	ARCHIVE_COMMANDS,
	FURNITURE_COMMANDS,
	SOURCE_COMMANDS,
	ANNOTATION_COMMANDS,
	LINK_COMMANDS,
].flatMap(group => Object.values(group));

/** Commands run by code lenses, if the client declares them in its initialization options. */
export const LENS_COMMANDS = {
	/** Shows locations: URI, position, locations. */
	showPlaces: 'marginalia.showPlaces',
	/** Opens an article in the reader: URI. */
	openReader: 'marginalia.openReader',
} as const;

/** Other commands of the VS Code extension. */
export const EXTENSION_COMMANDS = {
	newArticle: 'marginalia.newArticle',
	rename: 'marginalia.rename',
	exportHtml: 'marginalia.exportHtml',
	linkMenu: 'marginalia.linkMenu',
	nextProblem: 'marginalia.nextProblem',
	previousProblem: 'marginalia.previousProblem',
	restartServer: 'marginalia.restartServer',
	showOutput: 'marginalia.showOutput',
	notTheArticle: 'marginalia.notTheArticle',
	theArticle: 'marginalia.theArticle',
	removePageFurniture: 'marginalia.removePageFurniture',
	compareChanges: 'marginalia.compareChanges',
	compareWithCommit: 'marginalia.compareWithCommit',
	compareFiles: 'marginalia.compareFiles',
	compareSelected: 'marginalia.compareSelected',
	compareWithClipboard: 'marginalia.compareWithClipboard',
	compareWithSaved: 'marginalia.compareWithSaved',
	openCompared: 'marginalia.openCompared',
	annotate: 'marginalia.annotate',
	annotateArticle: 'marginalia.annotateArticle',
	highlight: 'marginalia.highlight',
	nextAnnotation: 'marginalia.nextAnnotation',
	previousAnnotation: 'marginalia.previousAnnotation',
	annotationMenu: 'marginalia.annotationMenu',
	reanchor: 'marginalia.reanchor',
	showAnnotations: 'marginalia.showAnnotations',
	showOrphanedAnnotations: 'marginalia.showOrphanedAnnotations',
	exportAnnotations: 'marginalia.exportAnnotations',
	importAnnotations: 'marginalia.importAnnotations',
	undoAnnotation: 'marginalia.undoAnnotation',
	redoAnnotation: 'marginalia.redoAnnotation',
} as const;

/** Commands of the VS Code extension for each `MarkupName`. */
export const MARKUP_COMMANDS = {
	bold: 'marginalia.toggleBold',
	italic: 'marginalia.toggleItalic',
	link: 'marginalia.toggleLink',
	heading1: 'marginalia.toggleHeading1',
	heading2: 'marginalia.toggleHeading2',
	heading3: 'marginalia.toggleHeading3',
	quote: 'marginalia.toggleQuote',
	list: 'marginalia.toggleList',
	orderedList: 'marginalia.toggleNumberedList',
	comment: 'marginalia.toggleComment',
	wrap: 'marginalia.wrapInTag',
} as const satisfies Readonly<Record<MarkupName, string>>;

/** A place of an article, which `EXTENSION_COMMANDS.notTheArticle` and `theArticle` take; without one, they act at the cursor. */
export interface ArticlePlace {
	readonly uri: string;
	/** The offset in the text. */
	readonly offset: number;
}

/** Commands of the VS Code extension for the active reader. */
export const READER_COMMANDS = {
	find: 'marginalia.reader.find',
	contents: 'marginalia.reader.contents',
	pin: 'marginalia.reader.pin',
	unpin: 'marginalia.reader.unpin',
	enableSync: 'marginalia.reader.enableSync',
	disableSync: 'marginalia.reader.disableSync',
	larger: 'marginalia.reader.larger',
	smaller: 'marginalia.reader.smaller',
	resetSize: 'marginalia.reader.resetSize',
	toggleFont: 'marginalia.reader.toggleFont',
	loadImages: 'marginalia.reader.loadImages',
	openSource: 'marginalia.reader.openSource',
	copyQuote: 'marginalia.reader.copyQuote',
	goToSource: 'marginalia.reader.goToSource',
	nextBlock: 'marginalia.reader.nextBlock',
	previousBlock: 'marginalia.reader.previousBlock',
	notTheArticle: 'marginalia.reader.notTheArticle',
	theArticle: 'marginalia.reader.theArticle',
	help: 'marginalia.reader.help',
} as const;

/** Commands of the VS Code extension for a comment thread: a note and its replies. */
export const THREAD_COMMANDS = {
	create: 'marginalia.thread.create',
	send: 'marginalia.thread.send',
	resolve: 'marginalia.thread.resolve',
	unresolve: 'marginalia.thread.unresolve',
	acceptSuggestion: 'marginalia.thread.acceptSuggestion',
	rejectSuggestion: 'marginalia.thread.rejectSuggestion',
	acceptChange: 'marginalia.thread.acceptChange',
	choosePlace: 'marginalia.thread.choosePlace',
	reanchor: 'marginalia.thread.reanchor',
	more: 'marginalia.thread.more',
} as const;

/** Commands of the VS Code extension for a comment in a thread. */
export const COMMENT_COMMANDS = {
	edit: 'marginalia.comment.edit',
	save: 'marginalia.comment.save',
	cancel: 'marginalia.comment.cancel',
	delete: 'marginalia.comment.delete',
} as const;
