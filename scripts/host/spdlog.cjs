// Replaces the native module @vscode/spdlog in the served VS Code, which an installation without a compiler lacks. Without it, output
// channels of extensions stay empty and nothing is logged.
const { appendFileSync, mkdirSync, renameSync, statSync } = require('node:fs');
const { EOL } = require('node:os');
const { dirname } = require('node:path');

const LEVELS = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];
const OFF = LEVELS.length;

/** Level of loggers that have none of their own; an index into LEVELS, or OFF. */
let globalLevel = 2;

/** Local time as `2026-11-23 22:04:05.678`. */
function timestamp() {
	const now = new Date();
	return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, -1).replace('T', ' ');
}

/** Appends to a file synchronously; a file that is too large becomes `FILE.1`, and a new one is started. */
class Logger {
	#file;
	#maxSize;
	#size;
	#level;
	#formatted = true;

	constructor(_type, _name, file, maxSize) {
		mkdirSync(dirname(file), { recursive: true });
		this.#file = file;
		this.#maxSize = maxSize;
		this.#size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
	}

	trace(message) {
		this.#write(0, message);
	}

	debug(message) {
		this.#write(1, message);
	}

	info(message) {
		this.#write(2, message);
	}

	warn(message) {
		this.#write(3, message);
	}

	error(message) {
		this.#write(4, message);
	}

	critical(message) {
		this.#write(5, message);
	}

	getLevel() {
		return this.#level ?? globalLevel;
	}

	setLevel(level) {
		this.#level = level;
	}

	/** From now on messages are written as they are, without time, level and line end. */
	clearFormatters() {
		this.#formatted = false;
	}

	/** VS Code sets one pattern only, the one that is written here. */
	setPattern() {
		this.#formatted = true;
	}

	/** Everything is written at once. */
	flush() {}

	drop() {
		this.#level = OFF;
	}

	#write(level, message) {
		if (level < this.getLevel()) return;
		const text = this.#formatted ? `${timestamp()} [${LEVELS[level]}] ${message}${EOL}` : message;
		if (this.#size > this.#maxSize) {
			renameSync(this.#file, `${this.#file}.1`);
			this.#size = 0;
		}
		appendFileSync(this.#file, text);
		this.#size += Buffer.byteLength(text);
	}
}

async function createLogger(name, file, maxSize, maxFiles) {
	return new Logger('rotating', name, file, maxSize, maxFiles);
}

exports.version = 0;
exports.Logger = Logger;
exports.createRotatingLogger = createLogger;
exports.createAsyncRotatingLogger = createLogger;
exports.setFlushOn = () => undefined;
exports.setLevel = level => {
	globalLevel = level;
};
