import type { Memento } from 'vscode';

/** The storage key for reading positions. */
const KEY = 'reader.places';

/** The maximum number of articles with a stored position. The most recently read ones are kept. */
const MOST = 300;

/** Reading positions of articles, as offsets in their source, stored across sessions. */
export interface Places {
	get(uri: string): number | undefined;
	set(uri: string, offset: number): void;
	/** Stores the positions. */
	save(): void;
}

/** Loads the stored positions. */
export function readPlaces(memento: Memento): Places {
	const places = new Map(Object.entries(memento.get<Record<string, number>>(KEY, {})));
	let isChanged = false;
	return {
		get: uri => places.get(uri),
		set(uri, offset) {
			if (places.get(uri) === offset) return;
			isChanged = true;
			// Keep the map ordered by most recently read.
			places.delete(uri);
			if (offset > 0) places.set(uri, offset);
		},
		save() {
			if (!isChanged) return;
			isChanged = false;
			void memento.update(KEY, Object.fromEntries([...places].slice(-MOST)));
		},
	};
}
