/**
 * Returns the parts of a script that runs the server in a web worker: the entry bundle, which requires the engine bundle.
 * The parts may be strings or bytes, as in a `Blob`.
 */
export function workerScript<T>(engine: T, entry: T): readonly (T | string)[] {
	return [
		'const engine = { exports: {} }; ((module, exports) => {',
		engine,
		'\n})(engine, engine.exports); (require => {',
		entry,
		'\n})(() => engine.exports);',
	];
}
