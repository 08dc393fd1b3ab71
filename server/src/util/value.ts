/** Whether a value of unknown origin is an object with properties: neither `null` nor an array. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A number, or the end of a range that it is beyond. */
export function clamp(value: number, least: number, most: number): number {
	return Math.min(Math.max(value, least), most);
}
