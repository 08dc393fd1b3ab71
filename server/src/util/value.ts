/** Whether an unknown value is an object, and neither `null` nor an array. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Limits a number to a range. */
export function clamp(value: number, least: number, most: number): number {
	return Math.min(Math.max(value, least), most);
}
