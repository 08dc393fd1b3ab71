import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { MAX_JSON_DEPTH } from '../annotations/json.ts';
import { jsonProperty, tooDeep } from '../annotations/jsonPlaces.ts';
import { findConflicts } from '../article/conflict.ts';
import { afterByteOrderMark } from '../article/lines.ts';
import { type Span, span } from '../article/span.ts';
import { MOTIVATIONS, type Motivation } from '../protocol/annotations.ts';
import { spacedOut } from '../util/words.ts';

/** What a rule may be set to: how much its findings matter, or that it does not run. */
export const LEVELS = ['off', 'hint', 'information', 'warning', 'error'] as const;
export type Level = (typeof LEVELS)[number];

/** A kind of note that an archive has of its own. */
export interface NoteKind {
	readonly motivation: Motivation;
	readonly description?: string;
}

/** What an archive says of its articles; everything is empty by default. */
export interface Configuration {
	/** By rule id or, for all of a family, `family/*`. */
	readonly levels: ReadonlyMap<string, Level>;
	/** Addresses whose links and images are not reported; `*` stands for any characters. */
	readonly ignoredUrls: readonly string[];
	/** Hosts whose links and images are not reported, theirs of subdomains neither; in lower case and ASCII. */
	readonly ignoredHosts: readonly string[];
	/** Rules, or families as `family/*`, that do not run in some files: a path from the archive's root, in which `*` stands for any characters, and what is ignored there. */
	readonly ignoredRules: readonly { readonly path: string; readonly rules: readonly string[] }[];
	readonly noteKinds: ReadonlyMap<string, NoteKind>;
}

/** Something wrong in a configuration. */
export interface ConfigurationFault {
	readonly span: Span;
	/** One sentence without a full stop. */
	readonly message: string;
	/** `error`: none of the file counts; `warning`: this entry does not. */
	readonly severity: 'error' | 'warning';
	/** Whether a merge left both sides there. */
	readonly conflict?: true;
}

/** What holds where there is no configuration, or none that can be read. */
export const DEFAULTS: Configuration = {
	levels: new Map(),
	ignoredUrls: [],
	ignoredHosts: [],
	ignoredRules: [],
	noteKinds: new Map(),
};

/** A configuration of more bytes, or UTF-16 units, is not read. */
export const LARGEST_CONFIGURATION = 1024 * 1024;

/** What JSON leaves out and people write: comments, and a comma after the last entry. */
const TOLERANT = { allowTrailingComma: true, disallowComments: false } as const;

/**
 * Reads a configuration. One that is not JSON is an error, and the defaults hold; an entry that means nothing is a warning,
 * and the others hold.
 *
 * @param ruleIds the ids of all rules there are
 */
export function parseConfiguration(
	text: string,
	ruleIds: readonly string[],
): { configuration: Configuration; faults: readonly ConfigurationFault[] } {
	const start = afterByteOrderMark(text);
	// As an editor makes a new file, before anybody writes into it.
	if (text.slice(start).trim() === '') return { configuration: DEFAULTS, faults: [] };
	const conflicts = findConflicts(text);
	if (conflicts.length > 0)
		return {
			configuration: DEFAULTS,
			faults: conflicts.map(({ opening }) => ({
				span: opening,
				severity: 'error',
				conflict: true,
				message:
					'A merge left both sides here: keep what is right, and remove the lines <<<<<<<, ======= and >>>>>>>; the defaults apply',
			})),
		};
	const at = ({ offset, length }: { offset: number; length: number }): Span =>
		span(offset + start, Math.min(offset + start + length, text.length));
	const broken = (place: Span, reason: string): ReturnType<typeof parseConfiguration> => ({
		configuration: DEFAULTS,
		faults: [{ span: place, severity: 'error', message: `${reason}; the defaults apply` }],
	});
	if (text.length > LARGEST_CONFIGURATION)
		return broken(
			span(0, 0),
			`A configuration has at most ${LARGEST_CONFIGURATION} characters, this one has ${text.length}`,
		);
	const deep = tooDeep(text);
	if (deep !== undefined)
		return broken(span(deep, deep + 1), `Values are nested more than ${MAX_JSON_DEPTH} levels deep`);
	const errors: ParseError[] = [];
	const root = parseTree(text.slice(start), errors, TOLERANT);
	const [error] = errors;
	if (error) return broken(at(error), `This is not valid JSON: ${spacedOut(printParseErrorCode(error.error))}`);
	if (root?.type !== 'object')
		return broken(root ? at(root) : span(0, text.length), 'A configuration is a JSON object');
	const reader = new Reader(ruleIds, at);
	return { configuration: reader.read(root), faults: reader.faults };
}

/** What a host is in an address: in lower case, in ASCII; `undefined` for what cannot be one. */
export function normalizeHost(host: string): string | undefined {
	if (!/^[^\s/?#@\\:*]+$/.test(host)) return undefined;
	try {
		return new URL(`http://${host}/`).hostname.replace(/\.$/, '') || undefined;
	} catch {
		return undefined;
	}
}

/** Reads the entries of one configuration, and keeps what is wrong with them. */
class Reader {
	readonly faults: ConfigurationFault[] = [];
	readonly #ruleIds: ReadonlySet<string>;
	readonly #place: (node: Node) => Span;

	constructor(ruleIds: readonly string[], place: (node: Node) => Span) {
		this.#ruleIds = new Set([...ruleIds, ...ruleIds.map(familyOf)]);
		this.#place = place;
	}

	read(root: Node): Configuration {
		this.#allow(root, ['$schema', 'rules', 'ignore', 'noteKinds'], 'A configuration');
		const ignore = jsonProperty(root, 'ignore');
		if (ignore) this.#allow(ignore, ['urls', 'hosts', 'rules'], '"ignore"');
		return {
			levels: this.#levels(jsonProperty(root, 'rules')),
			ignoredUrls: this.#strings(jsonProperty(root, 'ignore', 'urls')).map(({ value }) => value),
			ignoredHosts: this.#hosts(jsonProperty(root, 'ignore', 'hosts')),
			ignoredRules: this.#entries(jsonProperty(root, 'ignore', 'rules')).map(([key, node]) => ({
				path: key.value.replace(/^\.?\//, ''),
				rules: this.#strings(node)
					.filter(rule => this.#isRule(rule))
					.map(({ value }) => value),
			})),
			noteKinds: this.#noteKinds(jsonProperty(root, 'noteKinds')),
		};
	}

	#warn(node: Node, message: string): void {
		this.faults.push({ span: this.#place(node), severity: 'warning', message });
	}

	/** Names and values of an object; a warning for anything else. */
	#entries(node: Node | undefined): [key: Node & { readonly value: string }, value: Node][] {
		if (!node) return [];
		if (node.type !== 'object') {
			this.#warn(node, 'An object is expected here');
			return [];
		}
		return (node.children ?? []).flatMap(({ children }) => {
			const [key, value] = children ?? [];
			return key && value && isString(key) ? [[key, value]] : [];
		});
	}

	#strings(node: Node | undefined): (Node & { readonly value: string })[] {
		if (!node) return [];
		if (node.type !== 'array') {
			this.#warn(node, 'An array of strings is expected here');
			return [];
		}
		return (node.children ?? []).filter(item => {
			if (isString(item) && item.value.trim() !== '') return true;
			this.#warn(item, 'A string that is not empty is expected here');
			return false;
		}) as (Node & { readonly value: string })[];
	}

	#allow(node: Node, names: readonly string[], where: string): void {
		for (const [key] of this.#entries(node)) {
			if (!names.includes(key.value)) this.#warn(key, `${where} has no setting ${JSON.stringify(key.value)}`);
		}
	}

	#isRule(node: Node & { readonly value: string }): boolean {
		const known = this.#ruleIds.has(node.value);
		if (!known) this.#warn(node, `There is no rule ${JSON.stringify(node.value)}`);
		return known;
	}

	#levels(node: Node | undefined): ReadonlyMap<string, Level> {
		const levels = new Map<string, Level>();
		for (const [key, value] of this.#entries(node)) {
			if (!this.#isRule(key)) continue;
			const level = LEVELS.find(name => name === value.value);
			if (level) levels.set(key.value, level);
			else this.#warn(value, `A rule is set to one of ${LEVELS.join(', ')}`);
		}
		return levels;
	}

	#hosts(node: Node | undefined): readonly string[] {
		return this.#strings(node).flatMap(item => {
			const host = normalizeHost(item.value);
			if (host === undefined) this.#warn(item, `${JSON.stringify(item.value)} is not the name of a host`);
			return host ?? [];
		});
	}

	#noteKinds(node: Node | undefined): ReadonlyMap<string, NoteKind> {
		const kinds = new Map<string, NoteKind>();
		for (const [key, value] of this.#entries(node)) {
			if (!/^[\p{L}\p{N}_-]+$/u.test(key.value)) {
				this.#warn(key, 'The name of a kind of note is one word');
				continue;
			}
			this.#allow(value, ['motivation', 'description'], 'A kind of note');
			if (value.type !== 'object') continue;
			const given = jsonProperty(value, 'motivation');
			const motivation = given ? MOTIVATIONS.find(name => name === given.value) : 'commenting';
			if (!motivation) this.#warn(given ?? value, `A motivation is one of ${MOTIVATIONS.join(', ')}`);
			const description = jsonProperty(value, 'description');
			if (description && !isString(description)) this.#warn(description, 'A string is expected here');
			kinds.set(key.value, {
				motivation: motivation ?? 'commenting',
				...(description && isString(description) ? { description: description.value } : {}),
			});
		}
		return kinds;
	}
}

function isString(node: Node): node is Node & { readonly value: string } {
	return node.type === 'string';
}

/** What stands for all rules of the family of one: `family/*`. */
export function familyOf(ruleId: string): string {
	return `${ruleId.slice(0, ruleId.indexOf('/'))}/*`;
}
