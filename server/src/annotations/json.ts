/** A value of JSON. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/** An object of JSON. */
export interface JsonObject {
	readonly [key: string]: Json;
}

/** Whether a value is an object, and no array. */
export function isObject(value: Json | undefined): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Values that may be given alone or in an array, as JSON-LD allows; none for one that is not there. */
export function listOf(value: Json | undefined): readonly Json[] {
	if (value === undefined) return [];
	return Array.isArray(value) ? value : [value as Json];
}

/** The strings among values that may be given alone or in an array. */
export function stringsOf(value: Json | undefined): readonly string[] {
	return listOf(value).filter(one => typeof one === 'string');
}

/** Values as JSON-LD writes them: one alone, several in an array, none not at all. */
export function oneOrMore<T extends Json>(values: readonly T[]): T | readonly T[] | undefined {
	return values.length > 1 ? values : values[0];
}

/** An object without the keys whose value is `undefined`. */
export function compact(entries: Readonly<Record<string, Json | undefined>>): JsonObject {
	const result: Record<string, Json> = {};
	for (const [key, value] of Object.entries(entries)) if (value !== undefined) set(result, key, value);
	return result;
}

/** Sets a key of an object, `__proto__` too. */
function set(object: Record<string, Json>, key: string, value: Json): void {
	Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}

/** A value on one line: keys sorted, no white space, and nothing in it that any program takes for the end of a line. */
export function canonical(value: Json): string {
	return JSON.stringify(sorted(value)).replace(/[\u2028\u2029\u0085]/g, escapeUnit);
}

/** Whether two values are the same, in whatever order their keys are. */
export function equals(a: Json | undefined, b: Json | undefined): boolean {
	if (a === undefined || b === undefined) return a === b;
	return a === b || canonical(a) === canonical(b);
}

function escapeUnit(unit: string): string {
	return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** How deep values are nested at most: files are hostile too, and both parsers and what is done with values here go down by recursion. */
export const MAX_JSON_DEPTH = 200;

function sorted(value: Json): Json {
	if (Array.isArray(value)) return value.map(sorted);
	if (!isObject(value)) return value;
	const result: Record<string, Json> = {};
	for (const key of Object.keys(value).sort()) set(result, key, sorted(value[key] as Json));
	return result;
}
