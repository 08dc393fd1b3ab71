import { isRecord } from '../util/value.ts';
import { getAttribute, isElement, type Node } from './node.ts';
import { indicesOf, UNRENDERED } from './traits.ts';
import type { Tree } from './tree.ts';

/** What JSON-LD in a body says of the article (schema.org), and the `script` that says so. */
export interface LinkedData {
	readonly node: number;
	readonly authors: readonly string[];
	readonly published: string | undefined;
	readonly language: string | undefined;
}

/** Longer scripts, in UTF-16 units, are not read. */
const MAX_SCRIPT_CHARS = 200_000;

/** How many objects of a script are looked at. */
const MOST_OBJECTS = 2000;

type Thing = Readonly<Record<string, unknown>>;

/** Finds the JSON-LD of the article; `undefined` if there is none that can be read. */
export function findLinkedData(tree: Pick<Tree, 'nodes' | 'traits' | 'present'>): LinkedData | undefined {
	const { nodes } = tree;
	for (const index of indicesOf(tree, UNRENDERED)) {
		const node = nodes[index] as Node;
		if (!isElement(node, 'script') || !/^\s*application\/ld\+json\b/i.test(getAttribute(node, 'type') ?? '')) continue;
		const source = nodes[index + 1];
		const found = source && node.last > index ? articleIn(source.nodeValue) : undefined;
		if (found) return { node: index, ...found };
	}
	return undefined;
}

function articleIn(json: string): Omit<LinkedData, 'node'> | undefined {
	if (json.length > MAX_SCRIPT_CHARS) return undefined;
	const things = thingsIn(json);
	const thing = things.find(isArticle) ?? things.find(one => typeof one.datePublished === 'string');
	if (!thing) return undefined;
	const byId = new Map(things.map(one => [one['@id'], one]));
	const authors = listOf(thing.author ?? thing.creator)
		.map(author => (isRecord(author) ? (author.name ?? byId.get(author['@id'])?.name) : author))
		.filter(name => typeof name === 'string' && !/^https?:/i.test(name)) as string[];
	return { authors, published: textOf(thing.datePublished ?? thing.dateCreated), language: textOf(thing.inLanguage) };
}

/** Returns the objects of a script: itself, those of its list or graph, and what they are about. */
function thingsIn(json: string): readonly Thing[] {
	let root: unknown;
	try {
		root = JSON.parse(json);
	} catch {
		// What is not JSON says nothing.
		return [];
	}
	const things: Thing[] = [];
	const queue = [root];
	for (let at = 0; at < queue.length && things.length < MOST_OBJECTS; at++) {
		const value = queue[at];
		if (Array.isArray(value)) for (const item of value.slice(0, MOST_OBJECTS)) queue.push(item);
		else if (isRecord(value)) {
			things.push(value);
			queue.push(value['@graph'], value.mainEntity);
		}
	}
	return things;
}

function isArticle(thing: Thing): boolean {
	return listOf(thing['@type']).some(
		type => typeof type === 'string' && /(?:Article|Posting|Report|Review)$/.test(type),
	);
}

function listOf(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

function textOf(value: unknown): string | undefined {
	const [first] = listOf(value);
	return typeof first === 'string' ? first : isRecord(first) && typeof first.name === 'string' ? first.name : undefined;
}
