import type { Uri } from 'vscode';
import type { AnnotationArguments, NoteArguments } from '../../../server/src/protocol/annotations.ts';
import type { Done, Run } from './run.ts';
import type { NoteStore } from './store.ts';
import type { NoteThreads } from './threads.ts';

/** What notes are written and changed with, wherever that is asked for. */
export interface Notes {
	readonly run: Run;
	readonly store: NoteStore;
	readonly threads: NoteThreads;
}

/** Runs a command of the server that changes notes of an article, and shows what came of it; nothing where it was refused. */
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

/** The kinds of note that an article can have, the usual one first; none where the server does not run. */
export async function kindsOf({ store }: Pick<Notes, 'store'>, uri: Uri): Promise<readonly string[]> {
	return (store.get(uri) ?? (await store.refresh(uri)))?.kinds ?? [];
}
