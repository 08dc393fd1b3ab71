/** The used part of punycode.js, which has no types. */
declare module 'punycode.js' {
	const punycode: {
		/** Decodes the labels of a host name that start with `xn--`. Throws a RangeError for an invalid encoding. */
		toUnicode(host: string): string;
	};
	export default punycode;
}
