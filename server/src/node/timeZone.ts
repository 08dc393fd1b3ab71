import { realpathSync } from 'node:fs';

/**
 * Makes a time zone known that `TZ` names by a file, as `:/etc/localtime` does: the C library shows the time by that file, but
 * `Intl` and `Date` know zones by name alone. Called once, as the process starts.
 */
export function settleTimeZone(env: NodeJS.ProcessEnv): void {
	const file = /^:?(\/.*)$/.exec(env.TZ ?? '')?.[1];
	if (file === undefined) return;
	const name = zoneOf(file) ?? zoneOf(pathBehind(file));
	if (name !== undefined) env.TZ = name;
	// Where nothing is set, the machine's own zone is looked for, by the content of that file too.
	else if (file === '/etc/localtime') delete env.TZ;
}

/** The zone that a file of the time zone database is for, by its path. */
function zoneOf(path: string): string | undefined {
	return /\/zoneinfo\/(?:(?:posix|right)\/)?([A-Za-z][\w+-]*(?:\/[\w+-]+)*)$/.exec(path)?.[1];
}

/** Where a path leads through symbolic links; the path itself where it leads nowhere. */
function pathBehind(path: string): string {
	try {
		return realpathSync(path);
	} catch {
		return path;
	}
}
