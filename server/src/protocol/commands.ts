/** Commands, by name. What the server can be asked to do, any client can ask for (`workspace/executeCommand`). */

/** Bring an article into one of its two forms: the address of an open document, and how its client indents (`FormattingOptions`). */
export const FORM_COMMANDS = { expand: 'marginalia.expand', collapse: 'marginalia.collapse' } as const;

/** What is done with links. Where a document is named, by its address, it comes first. */
export const LINK_COMMANDS = {
	/** Checks the links and images of an open document. */
	check: 'marginalia.checkLinks',
	/** Does so again, whatever is known of them. */
	checkAgain: 'marginalia.checkLinksAgain',
	/** Checks all of the archive of a document, or without one all folders that are open. */
	checkArchive: 'marginalia.checkArchiveLinks',
	/** Ends the check of a document. */
	cancelCheck: 'marginalia.cancelLinkCheck',
	/** Forgets what was found out. */
	clearCache: 'marginalia.clearLinkCache',
	/** Changes all addresses in the archive of a document, or without one in all folders that are open, that are known to have moved. */
	updateMoved: 'marginalia.updateMovedLinks',
	/** Opens an address, the first argument, in a browser. */
	openAddress: 'marginalia.openAddress',
} as const;

/** What is done with notes. Each takes one object, one of `AnnotationArguments`, and is answered with an `Outcome`. */
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
export const SERVER_COMMANDS: readonly string[] = [FORM_COMMANDS, ANNOTATION_COMMANDS, LINK_COMMANDS].flatMap(group =>
	Object.values(group),
);

/** What lenses run in clients that say in their initialization options that they can. */
export const LENS_COMMANDS = {
	/** Shows places: address, position, locations. */
	showPlaces: 'marginalia.showPlaces',
	/** Shows an article to be read: its address. */
	openReader: 'marginalia.openReader',
} as const;

/** What else the extension for VS Code does. */
export const EXTENSION_COMMANDS = {
	newArticle: 'marginalia.newArticle',
	rename: 'marginalia.rename',
	exportHtml: 'marginalia.exportHtml',
	linkMenu: 'marginalia.linkMenu',
	restartServer: 'marginalia.restartServer',
	showOutput: 'marginalia.showOutput',
	annotate: 'marginalia.annotate',
	annotateArticle: 'marginalia.annotateArticle',
	highlight: 'marginalia.highlight',
	nextAnnotation: 'marginalia.nextAnnotation',
	previousAnnotation: 'marginalia.previousAnnotation',
	annotationMenu: 'marginalia.annotationMenu',
	reanchor: 'marginalia.reanchor',
	showAnnotations: 'marginalia.showAnnotations',
	showLostAnnotations: 'marginalia.showLostAnnotations',
	exportAnnotations: 'marginalia.exportAnnotations',
	importAnnotations: 'marginalia.importAnnotations',
	undoAnnotation: 'marginalia.undoAnnotation',
	redoAnnotation: 'marginalia.redoAnnotation',
} as const;

/** What it does with the reader that is active. */
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
	loadPictures: 'marginalia.reader.loadPictures',
	openSource: 'marginalia.reader.openSource',
	copyQuote: 'marginalia.reader.copyQuote',
	goToSource: 'marginalia.reader.goToSource',
	nextBlock: 'marginalia.reader.nextBlock',
	previousBlock: 'marginalia.reader.previousBlock',
	help: 'marginalia.reader.help',
} as const;

/** What it does with a thread of comments, which is a note and the replies to it. */
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

/** What it does with a comment in a thread. */
export const COMMENT_COMMANDS = {
	edit: 'marginalia.comment.edit',
	save: 'marginalia.comment.save',
	cancel: 'marginalia.comment.cancel',
	delete: 'marginalia.comment.delete',
} as const;
