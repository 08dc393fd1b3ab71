import type { CancellationToken } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';

/** Runs one request over an open document. */
export type Answer = <T>(
	method: string,
	uri: string,
	token: CancellationToken,
	run: (document: TextDocument) => T | Promise<T>,
) => Promise<T>;
