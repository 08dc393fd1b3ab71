/** A JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
	readonly [key: string]: Json;
}

/** Whether a value is an object, not an array. */
export function isObject(value: Json | undefined): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns a value or an array of values as an array, as JSON-LD allows both; empty for `undefined`. */
export function listOf(value: Json | undefined): readonly Json[] {
	if (value === undefined) return [];
	return Array.isArray(value) ? value : [value as Json];
}

/** Returns the strings of a value or an array of values. */
export function stringsOf(value: Json | undefined): readonly string[] {
	return listOf(value).filter(one => typeof one === 'string');
}

/** Compacts an array as JSON-LD does: one value alone, several as an array, none as `undefined`. */
export function oneOrMore<T extends Json>(values: readonly T[]): T | readonly T[] | undefined {
	return values.length > 1 ? values : values[0];
}

/** Returns an object without the keys whose value is `undefined`. */
export function compact(entries: Readonly<Record<string, Json | undefined>>): JsonObject {
	const result: Record<string, Json> = {};
	for (const [key, value] of Object.entries(entries)) if (value !== undefined) set(result, key, value);
	return result;
}

/** Sets a key of an object, including `__proto__`. */
function set(object: Record<string, Json>, key: string, value: Json): void {
	Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}

/** Serialises a value on one line: keys sorted, no white space, and no character that any program takes for a line ending. */
export function canonical(value: Json): string {
	return JSON.stringify(sorted(value)).replace(/[\u2028\u2029\u0085]/g, escapeUnit);
}

/** Whether two values are equal, regardless of key order. */
export function equals(a: Json | undefined, b: Json | undefined): boolean {
	if (a === undefined || b === undefined) return a === b;
	return a === b || canonical(a) === canonical(b);
}

function escapeUnit(unit: string): string {
	return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Maximum nesting depth of JSON values. Files may be hostile, and both the parsers and the functions here are recursive. */
export const MAX_JSON_DEPTH = 200;

function sorted(value: Json): Json {
	if (Array.isArray(value)) return value.map(sorted);
	if (!isObject(value)) return value;
	const result: Record<string, Json> = {};
	for (const key of Object.keys(value).sort()) set(result, key, sorted(value[key] as Json));
	return result;
}
