import type { Memento } from 'vscode';

/** The maximum number of articles for which something is stored. Those most recently read are kept. */
const MOST = 300;

/** What is remembered of the articles that were read, by URI, stored across sessions. */
export interface Remembering<T> {
	get(uri: string): T | undefined;
	/** Remembers a value; `undefined` forgets it. */
	set(uri: string, value: T | undefined): void;
	/** Stores the values. */
	save(): void;
}

/** Reading positions, as offsets in the source. */
export type Places = Remembering<number>;

/** The folds that were opened or closed, as offsets in the source. */
export type ToggledFolds = Remembering<readonly number[]>;

/** Loads the stored positions. */
export function readPlaces(memento: Memento): Places {
	const places = remember<number>(memento, 'reader.places');
	// The start is where an article is opened anyway.
	return { ...places, set: (uri, offset) => places.set(uri, offset === 0 ? undefined : offset) };
}

/** Loads the stored folds. */
export function readToggledFolds(memento: Memento): ToggledFolds {
	return remember<readonly number[]>(memento, 'reader.folds');
}

function remember<T>(memento: Memento, key: string): Remembering<T> {
	const values = new Map(Object.entries(memento.get<Record<string, T>>(key, {})));
	let isChanged = false;
	return {
		get: uri => values.get(uri),
		set(uri, value) {
			if (values.get(uri) === value) return;
			isChanged = true;
			// Keep the map ordered by most recently read.
			values.delete(uri);
			if (value !== undefined) values.set(uri, value);
		},
		save() {
			if (!isChanged) return;
			isChanged = false;
			void memento.update(key, Object.fromEntries([...values].slice(-MOST)));
		},
	};
}
