import { isRecord } from '../util/value.ts';
import type { Settings } from './settings.ts';

/** The settings that say what of a folder is not shown or not searched. */
const SECTIONS = ['files.exclude', 'search.exclude'] as const;

/**
 * What an editor's settings leave out of its folders, as globs. Calls `changed` once they are others for a folder that was
 * asked about.
 */
export function excludesFrom(settings: Settings, changed: () => void): (folder: string) => Promise<readonly string[]> {
	const known = new Map<string, readonly string[]>();
	const read = async (folder: string): Promise<readonly string[]> => {
		const values = await Promise.all(SECTIONS.map(section => settings.get(section, folder)));
		// What is left out only beside another file, `{ "when": … }`, is made from that file: no article is.
		return values.flatMap(value =>
			isRecord(value) ? Object.entries(value).flatMap(([glob, isOn]) => (isOn === true ? glob : [])) : [],
		);
	};
	settings.onChange(SECTIONS, () => {
		const compare = async (): Promise<void> => {
			const others = await Promise.all(
				[...known].map(async ([folder, globs]) => (await read(folder)).join('\n') !== globs.join('\n')),
			);
			if (!others.includes(true)) return;
			known.clear();
			changed();
		};
		void compare();
	});
	return async folder => {
		const globs = await read(folder);
		known.set(folder, globs);
		return globs;
	};
}
