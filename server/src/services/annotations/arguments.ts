import { Range } from 'vscode-languageserver';
import type { Carrier } from '../../protocol/annotations.ts';
import { isRecord } from '../../util/value.ts';
import { Refusal } from './outcome.ts';

/** The argument of a command: one object. */
export class Arguments {
	readonly #command: string;
	readonly #given: Readonly<Record<string, unknown>>;

	/** @throws Refusal if it is not an object */
	constructor(command: string, given: unknown) {
		this.#command = command;
		if (!isRecord(given)) throw new Refusal('arguments', `${command} takes one argument, an object`);
		this.#given = given;
	}

	/** A required string. */
	text(name: string): string {
		const value = this.optionalText(name);
		if (value === undefined) throw this.#wrong(name, 'a string');
		return value;
	}

	optionalText(name: string): string | undefined {
		const value = this.#given[name];
		if (value === undefined || typeof value === 'string') return value;
		throw this.#wrong(name, 'a string');
	}

	/** An array of strings; `undefined` if it is missing. */
	texts(name: string): readonly string[] | undefined {
		const value = this.#given[name];
		if (value === undefined) return undefined;
		if (Array.isArray(value) && value.every(one => typeof one === 'string')) return value;
		throw this.#wrong(name, 'an array of strings');
	}

	/** A required range. */
	range(name: string): Range {
		const value = this.#given[name];
		if (Range.is(value)) return value;
		throw this.#wrong(name, 'a range');
	}

	optionalRange(name: string): Range | undefined {
		return this.#given[name] === undefined ? undefined : this.range(name);
	}

	carrier(name: string): Carrier | undefined {
		return this.oneOf(name, ['inline', 'sidecar']);
	}

	/** One of several strings; `undefined` if it is missing. */
	oneOf<T extends string>(name: string, words: readonly T[]): T | undefined {
		const value = this.#given[name];
		const known = words.find(word => word === value);
		if (value === undefined || known !== undefined) return known;
		throw this.#wrong(name, words.map(word => JSON.stringify(word)).join(' or '));
	}

	/** A boolean; `false` if it is missing. */
	flag(name: string): boolean {
		const value = this.#given[name];
		if (value === undefined || typeof value === 'boolean') return value === true;
		throw this.#wrong(name, 'true or false');
	}

	#wrong(name: string, expected: string): Refusal {
		return new Refusal('arguments', `${this.#command} takes ${expected} as "${name}"`);
	}
}
