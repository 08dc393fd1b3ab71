import type { Memento } from 'vscode';

/** Where the places are kept that articles were read up to. */
const KEY = 'reader.places';

/** For how many articles, those read last. */
const MOST = 300;

/** How far articles were read, as offsets in their source; kept between windows. */
export interface Places {
	get(uri: string): number | undefined;
	set(uri: string, offset: number): void;
	/** Writes them down. */
	save(): void;
}

/** Reads the places that were kept. */
export function readPlaces(memento: Memento): Places {
	const places = new Map(Object.entries(memento.get<Record<string, number>>(KEY, {})));
	let isChanged = false;
	return {
		get: uri => places.get(uri),
		set(uri, offset) {
			if (places.get(uri) === offset) return;
			isChanged = true;
			// The last one is the one read last.
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
