import { readSetting, type SettingName } from '../protocol/settings.ts';
import type { Settings } from './settings.ts';

/** Whether the parts of the page around an article are folded away, or shown like the article. */
const FURNITURE = 'marginalia.furniture' satisfies SettingName;

/** The setting `marginalia.furniture`. */
export interface FurnitureSetting {
	/** Whether the page around an article is shown, for a file. The editor is asked once a folder. */
	isShown(uri: string): Promise<boolean>;
	/** Forgets what the editor said, since the open folders have changed. */
	forget(): void;
}

/**
 * Reads the setting.
 *
 * @param scopeOf what the setting of a file belongs to: its workspace folder, or the file itself; `undefined` for what is no file
 * @param changed called when the setting has changed
 */
export function furnitureSetting(
	settings: Settings,
	scopeOf: (uri: string) => string | undefined,
	changed: () => void,
): FurnitureSetting {
	const known = new Map<string | undefined, Promise<boolean>>();
	const read = async (scope: string | undefined): Promise<boolean> =>
		readSetting(FURNITURE, await settings.get(FURNITURE, scope)) === 'show';
	settings.onChange([FURNITURE], async () => {
		const before = [...known];
		known.clear();
		const isOther = before.map(async ([scope, was]) => {
			const now = read(scope);
			known.set(scope, now);
			return (await was) !== (await now);
		});
		if ((await Promise.all(isOther)).includes(true)) changed();
	});
	return {
		isShown(uri) {
			const scope = scopeOf(uri);
			let value = known.get(scope);
			if (!value) {
				value = read(scope);
				known.set(scope, value);
			}
			return value;
		},
		forget: () => known.clear(),
	};
}
