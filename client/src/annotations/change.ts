import type { Uri } from 'vscode';
import type { AnnotationArguments, NoteArguments } from '../../../server/src/protocol/annotations.ts';
import type { Done, Run } from './runCommand.ts';
import type { NoteStore } from './store.ts';
import type { NoteThreads } from './threads.ts';

/** The services needed to create and change notes. */
export interface Notes {
	readonly run: Run;
	readonly store: NoteStore;
	readonly threads: NoteThreads;
}

/** Runs a server command that changes notes of an article, and refreshes them. Returns `undefined` if it was refused. */
export async function change<N extends keyof NoteArguments>(
	{ run, store }: Pick<Notes, 'run' | 'store'>,
	uri: Uri,
	name: N,
	given: NoteArguments[N],
): Promise<Done | undefined> {
	const done = await run(name, { uri: uri.toString(), ...given } as AnnotationArguments[N]);
	if (done) await store.refresh(uri);
	return done;
}

/** Returns the kinds of note available in an article, the default first; none if the server is not running. */
export async function kindsOf({ store }: Pick<Notes, 'store'>, uri: Uri): Promise<readonly string[]> {
	return (store.get(uri) ?? (await store.refresh(uri)))?.kinds ?? [];
}
