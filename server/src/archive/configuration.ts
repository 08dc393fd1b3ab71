import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { MAX_JSON_DEPTH } from '../annotations/json.ts';
import { jsonProperty, tooDeep } from '../annotations/jsonPlaces.ts';
import { findConflicts } from '../article/conflict.ts';
import { afterByteOrderMark } from '../article/lines.ts';
import { type SourceRules, type Sources, sourceHost } from '../article/regions/sourceRules.ts';
import { type CssSelector, compileSelector } from '../article/selectors/selector.ts';
import { type Span, span } from '../article/span.ts';
import { MOTIVATIONS, type Motivation } from '../protocol/annotations.ts';
import { spacedOut } from '../util/words.ts';

/** The levels of a rule: a severity, or `off`. */
export const LEVELS = ['off', 'hint', 'information', 'warning', 'error'] as const;
export type Level = (typeof LEVELS)[number];

/** What becomes of the parts of the page around an article: kept apart from it, or shown and checked like the article. */
export const FURNITURE = ['fold', 'show'] as const;

/** A custom kind of note of an archive. */
export interface NoteKind {
	readonly motivation: Motivation;
	readonly description?: string;
}

/** The configuration of an archive; everything is empty by default. */
export interface Configuration {
	/** By rule id, or `family/*` for a family. */
	readonly levels: ReadonlyMap<string, Level>;
	/** URLs whose links and images are not reported; `*` matches any characters. */
	readonly ignoredUrls: readonly string[];
	/** Hosts whose links and images are not reported, including subdomains; in lower case and ASCII. */
	readonly ignoredHosts: readonly string[];
	/** Rules, or families as `family/*`, that do not run in some files: a path relative to the root, in which `*` matches any characters. */
	readonly ignoredRules: readonly { readonly path: string; readonly rules: readonly string[] }[];
	readonly noteKinds: ReadonlyMap<string, NoteKind>;
	readonly furniture: (typeof FURNITURE)[number];
	/** What is furniture in the articles of a source. */
	readonly sources: Sources;
}

/** Something wrong in a configuration. */
export interface ConfigurationFault {
	readonly span: Span;
	/** One sentence without a full stop. */
	readonly message: string;
	/** `error`: the whole file is ignored; `warning`: this entry is ignored. */
	readonly severity: 'error' | 'warning';
	/** Set for a merge conflict. */
	readonly conflict?: true;
}

/** The configuration if there is none, or none that can be read. */
export const DEFAULTS: Configuration = {
	levels: new Map(),
	ignoredUrls: [],
	ignoredHosts: [],
	ignoredRules: [],
	noteKinds: new Map(),
	furniture: 'fold',
	sources: new Map(),
};

/** How many sources a configuration may have rules for, and how many selectors each list of them. */
export const MOST_SOURCES = 1000;
export const MOST_SELECTORS = 50;

/** The size limit of a configuration, in bytes or UTF-16 units. */
export const LARGEST_CONFIGURATION = 1024 * 1024;

/** Extensions of JSON that are accepted: comments, and a comma after the last entry. */
const TOLERANT = { allowTrailingComma: true, disallowComments: false } as const;

/**
 * Parses a configuration. Invalid JSON is an error, and the defaults apply. An invalid entry is a warning, and the others apply.
 *
 * @param ruleIds the ids of all rules
 */
export function parseConfiguration(
	text: string,
	ruleIds: readonly string[],
): { configuration: Configuration; faults: readonly ConfigurationFault[] } {
	const start = afterByteOrderMark(text);
	// A new, empty file.
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
					'Unresolved merge conflict: keep the correct text, and remove the lines <<<<<<<, ======= and >>>>>>>; the defaults apply',
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
			`The configuration has ${text.length} characters, but the limit is ${LARGEST_CONFIGURATION}`,
		);
	const deep = tooDeep(text);
	if (deep !== undefined)
		return broken(span(deep, deep + 1), `Values are nested more than ${MAX_JSON_DEPTH} levels deep`);
	const errors: ParseError[] = [];
	const root = parseTree(text.slice(start), errors, TOLERANT);
	const [error] = errors;
	if (error) return broken(at(error), `This is not valid JSON: ${spacedOut(printParseErrorCode(error.error))}`);
	if (root?.type !== 'object')
		return broken(root ? at(root) : span(0, text.length), 'The configuration must be a JSON object');
	const reader = new Reader(ruleIds, at);
	return { configuration: reader.read(root), faults: reader.faults };
}

/** Normalises a host as in a URL, in lower case and ASCII; `undefined` for an invalid host. */
export function normalizeHost(host: string): string | undefined {
	if (!/^[^\s/?#@\\:*]+$/.test(host)) return undefined;
	try {
		return new URL(`http://${host}/`).hostname.replace(/\.$/, '') || undefined;
	} catch {
		return undefined;
	}
}

/** Reads the entries of a configuration, and collects their faults. */
class Reader {
	readonly faults: ConfigurationFault[] = [];
	readonly #ruleIds: ReadonlySet<string>;
	readonly #place: (node: Node) => Span;

	constructor(ruleIds: readonly string[], place: (node: Node) => Span) {
		this.#ruleIds = new Set([...ruleIds, ...ruleIds.map(familyOf)]);
		this.#place = place;
	}

	read(root: Node): Configuration {
		this.#allow(root, ['$schema', 'rules', 'ignore', 'noteKinds', 'furniture', 'sources'], 'the configuration');
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
			furniture: this.#furniture(jsonProperty(root, 'furniture')),
			sources: this.#sources(jsonProperty(root, 'sources')),
		};
	}

	#warn(node: Node, message: string): void {
		this.faults.push({ span: this.#place(node), severity: 'warning', message });
	}

	/** Returns the names and values of an object; warns about anything else. */
	#entries(node: Node | undefined): [key: Node & { readonly value: string }, value: Node][] {
		if (!node) return [];
		if (node.type !== 'object') {
			this.#warn(node, 'Expected an object');
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
			this.#warn(node, 'Expected an array of strings');
			return [];
		}
		return (node.children ?? []).filter(item => {
			if (isString(item) && item.value.trim() !== '') return true;
			this.#warn(item, 'Expected a non-empty string');
			return false;
		}) as (Node & { readonly value: string })[];
	}

	#allow(node: Node, names: readonly string[], where: string): void {
		for (const [key] of this.#entries(node)) {
			if (!names.includes(key.value)) this.#warn(key, `Unknown setting ${JSON.stringify(key.value)} in ${where}`);
		}
	}

	#isRule(node: Node & { readonly value: string }): boolean {
		const known = this.#ruleIds.has(node.value);
		if (!known) this.#warn(node, `Unknown rule ${JSON.stringify(node.value)}`);
		return known;
	}

	#levels(node: Node | undefined): ReadonlyMap<string, Level> {
		const levels = new Map<string, Level>();
		for (const [key, value] of this.#entries(node)) {
			if (!this.#isRule(key)) continue;
			const level = LEVELS.find(name => name === value.value);
			if (level) levels.set(key.value, level);
			else this.#warn(value, `Expected one of ${LEVELS.join(', ')}`);
		}
		return levels;
	}

	#hosts(node: Node | undefined): readonly string[] {
		return this.#strings(node).flatMap(item => {
			const host = normalizeHost(item.value);
			if (host === undefined) this.#warn(item, `${JSON.stringify(item.value)} is not a host name`);
			return host ?? [];
		});
	}

	#furniture(node: Node | undefined): Configuration['furniture'] {
		if (!node) return DEFAULTS.furniture;
		const value = FURNITURE.find(name => name === node.value);
		if (value === undefined) this.#warn(node, `Expected one of ${FURNITURE.join(', ')}`);
		return value ?? DEFAULTS.furniture;
	}

	#sources(node: Node | undefined): Sources {
		const sources = new Map<string, SourceRules>();
		for (const [at, [key, value]] of this.#entries(node).entries()) {
			if (at === MOST_SOURCES) this.#warn(key, `Only the first ${MOST_SOURCES} sources are read`);
			if (at >= MOST_SOURCES) break;
			const host = normalizeHost(key.value);
			if (host === undefined) {
				this.#warn(key, `${JSON.stringify(key.value)} is not a host name`);
				continue;
			}
			this.#allow(value, ['furniture', 'content', 'keep'], 'a source');
			if (value.type !== 'object') continue;
			sources.set(sourceHost(host), {
				furniture: this.#selectors(jsonProperty(value, 'furniture')),
				content: this.#selectors(jsonProperty(value, 'content')),
				keep: this.#selectors(jsonProperty(value, 'keep')),
			});
		}
		return sources;
	}

	#selectors(node: Node | undefined): readonly CssSelector[] {
		return this.#strings(node).flatMap((item, at) => {
			if (at === MOST_SELECTORS) this.#warn(item, `Only the first ${MOST_SELECTORS} selectors of a list are used`);
			if (at >= MOST_SELECTORS) return [];
			const compiled = compileSelector(item.value);
			if (!('fault' in compiled)) return compiled;
			this.#warn(item, compiled.fault);
			return [];
		});
	}

	#noteKinds(node: Node | undefined): ReadonlyMap<string, NoteKind> {
		const kinds = new Map<string, NoteKind>();
		for (const [key, value] of this.#entries(node)) {
			if (!/^[\p{L}\p{N}_-]+$/u.test(key.value)) {
				this.#warn(key, 'The name of a kind of note must be one word');
				continue;
			}
			this.#allow(value, ['motivation', 'description'], 'a kind of note');
			if (value.type !== 'object') continue;
			const given = jsonProperty(value, 'motivation');
			const motivation = given ? MOTIVATIONS.find(name => name === given.value) : 'commenting';
			if (!motivation) this.#warn(given ?? value, `Expected one of ${MOTIVATIONS.join(', ')}`);
			const description = jsonProperty(value, 'description');
			if (description && !isString(description)) this.#warn(description, 'Expected a string');
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

/** Returns the family of a rule, as `family/*`. */
export function familyOf(ruleId: string): string {
	return `${ruleId.slice(0, ruleId.indexOf('/'))}/*`;
}
