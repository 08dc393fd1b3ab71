import type { CancellationToken } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';

/** Runs one request; whatever goes wrong is the answer to this request alone. `about` is what it is about, for the log. */
export type Attempt = <T>(
	method: string,
	about: string,
	token: CancellationToken,
	run: () => T | Promise<T>,
) => Promise<T>;

/** Runs one request over an open document; `null` for a document of which nothing is said (`admission.ts`). */
export type Answer = <T>(
	method: string,
	uri: string,
	token: CancellationToken,
	run: (document: TextDocument) => T | Promise<T>,
) => Promise<T | null>;

/** Runs one command over an open document; one with which nothing is done is an error that says why. */
export type Perform = <T>(
	command: string,
	uri: string,
	token: CancellationToken,
	run: (document: TextDocument) => T | Promise<T>,
) => Promise<T>;
