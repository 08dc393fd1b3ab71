import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../../scripts/host/paths.ts';
import { waitFor } from '../waitFor.ts';

/** The extension that tells what the active editor contains, and does what has no key. */
export const WITNESS = join(ROOT, 'test/browser/editing/witness');

/** A range, in UTF-16 code units. */
export type OffsetRange = readonly [start: number, end: number];

/** What the active editor shows. */
export interface EditorState {
	/** Path in the folder. */
	readonly path: string;
	/** With the line endings of the file. */
	readonly text: string;
	readonly language: string;
	readonly isDirty: boolean;
	readonly selections: readonly OffsetRange[];
	/** One level of indentation. */
	readonly indent: string;
}

/** Asks the extension. */
export interface Witness {
	state(): Promise<EditorState>;
	/** Opens a file by its path in the folder. */
	open(path: string): Promise<EditorState>;
	select(...ranges: readonly OffsetRange[]): Promise<void>;
	/** Waits until the window has done what it was told, also by key, and the extension host knows. */
	settle(): Promise<void>;
	/** Executes a command and awaits it. */
	command(id: string): Promise<void>;
}

/** Waits until the extension listens. `folder` is the one that is open. */
export async function connectWitness(folder: string): Promise<Witness> {
	const read = () => readFile(join(folder, '..', 'witness.port'), 'utf8').catch(() => '');
	const port = await waitFor(read, content => content !== '', 'the extension that observes the editor');
	async function ask<T>(question: string, parameter?: unknown): Promise<T> {
		const response = await fetch(`http://127.0.0.1:${port}/`, {
			method: 'POST',
			body: JSON.stringify({ question, parameter }),
		});
		const { answer, failure } = (await response.json()) as { readonly answer: T; readonly failure?: string };
		if (failure !== undefined) throw new Error(failure);
		return answer;
	}
	return {
		state: () => ask('state'),
		open: path => ask('open', path),
		select: (...ranges) => ask('select', ranges),
		settle: () => ask('settle'),
		command: id => ask('command', id),
	};
}
