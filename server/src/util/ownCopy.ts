/**
 * Copies a text that is to outlive the text it was cut from: V8 keeps all of a text in memory for as long as a part of it is in
 * use.
 */
export function ownCopy(text: string): string {
	return text.length < SHORTEST_SHARED ? text : ` ${text}`.slice(1);
}

/** V8 copies shorter parts itself. */
const SHORTEST_SHARED = 13;
