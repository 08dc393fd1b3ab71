/**
 * The parts of a script that runs the server in a web worker: the bundle of its entry, which requires that of the engine.
 * Texts and bytes will do, as in a `Blob`.
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
