/** The part of punycode.js that is used here; the package has no types of its own. */
declare module 'punycode.js' {
	const punycode: {
		/** Decodes the labels of a host name that start with `xn--`. Throws a RangeError where one is no valid encoding. */
		toUnicode(host: string): string;
	};
	export default punycode;
}
