/** Bodies with fewer characters of text may be alike by chance: a notice, a login page. */
const MIN_CHARS = 200;

const [LESS_THAN, GREATER_THAN] = [60, 62];

/**
 * Returns a short fingerprint of the text of a body, without tags and white space, so that it does not depend on the form of the article.
 * It is computed from the text as written, since the tree is not needed otherwise.
 *
 * @param start where the body starts
 * @returns `undefined` if there is too little text
 */
export function bodyDigest(text: string, start: number): string | undefined {
	let [one, other, chars] = [0x811c9dc5, 0x01000193, 0];
	let isInTag = false;
	for (let at = start; at < text.length; at++) {
		const unit = text.charCodeAt(at);
		if (isInTag) {
			isInTag = unit !== GREATER_THAN;
		} else if (unit === LESS_THAN) {
			isInTag = true;
		} else if (unit > 32) {
			one = Math.imul(one ^ unit, 0x01000193);
			other = Math.imul(other ^ unit, 0x85ebca6b);
			chars++;
		}
	}
	return chars < MIN_CHARS ? undefined : [one >>> 0, other >>> 0, chars].map(part => part.toString(36)).join('.');
}
