import { realpathSync } from 'node:fs';

/**
 * Handles a `TZ` that names a file, such as `:/etc/localtime`: the C library uses the rules in the file, but
 * `Intl` and `Date` only know zones by name. Called once, when the process starts.
 */
export function settleTimeZone(env: NodeJS.ProcessEnv): void {
	const file = /^:?(\/.*)$/.exec(env.TZ ?? '')?.[1];
	if (file === undefined) return;
	const name = zoneOf(file) ?? zoneOf(pathBehind(file));
	if (name !== undefined) env.TZ = name;
	// Without `TZ`, the system's own zone is detected, from the content of this file if necessary.
	else if (file === '/etc/localtime') delete env.TZ;
}

/** The zone of a file in the time zone database, from its path. */
function zoneOf(path: string): string | undefined {
	return /\/zoneinfo\/(?:(?:posix|right)\/)?([A-Za-z][\w+-]*(?:\/[\w+-]+)*)$/.exec(path)?.[1];
}

/** Resolves symbolic links; returns the path unchanged if that fails. */
function pathBehind(path: string): string {
	try {
		return realpathSync(path);
	} catch {
		return path;
	}
}
