import { compact, isObject, type Json, type JsonObject, listOf, stringsOf } from '../json.ts';
import { type Kinds, motivationFor } from '../kinds.ts';
import { type Annotation, creatorsOf, motivationsOf, targetsOf } from '../model.ts';
import { composeAnnotation, RESOLVED, readRemark } from '../remark.ts';
import { type ImportFile, withSources } from './imported.ts';

/** The URL prefix at which Hypothesis shows annotations; also the prefix of the ids of imported ones. */
const HOST = 'https://hypothes.is/a/';

/** The host in the user names of people without an account. */
const NO_ACCOUNT = '@localhost';

/** Keys of a row that map to an annotation. All others are kept in the annotation and exported again. */
const KNOWN = new Set([
	'id',
	'created',
	'updated',
	'uri',
	'text',
	'tags',
	'target',
	'references',
	'motivation',
	'kind',
]);

/** Whether a value is a response of the Hypothesis API, a list of its rows, or one row. */
export function isHypothesis(value: Json): boolean {
	const [row] = rowsOf(value);
	// The response to a search without results.
	if (row === undefined) return isObject(value) && value.total === 0 && Array.isArray(value.rows);
	return isObject(row) && typeof row.id === 'string' && typeof row.uri === 'string' && row.type === undefined;
}

function rowsOf(value: Json): readonly Json[] {
	if (isObject(value)) {
		if (Array.isArray(value.rows)) return value.rows;
		if (Array.isArray(value.annotations)) return value.annotations;
	}
	return listOf(value);
}

/** Reads annotations in the format of the Hypothesis API: a search response, a list of rows, or one row. */
export function readHypothesis(value: Json, kinds: Kinds): ImportFile {
	const faults: string[] = [];
	const found = rowsOf(value).flatMap((row, index) => {
		if (!isObject(row) || typeof row.id !== 'string' || row.id === '' || typeof row.uri !== 'string') {
			faults.push(`Row ${index + 1} has no "id" or "uri"`);
			return [];
		}
		const annotation = annotationOf(row as Row, kinds);
		const [parent] = stringsOf(row.references).slice(-1);
		return [{ annotation, target: parent === undefined ? row.uri : iriOf(parent), page: row.uri }];
	});
	const known = new Set(found.map(({ annotation }) => annotation.id));
	// A reply also names the page. That is used if the note that it replies to is not in the file.
	const placed = found.map(({ annotation, target, page }) => ({
		annotation,
		target: known.has(target) ? target : page,
	}));
	return { annotations: withSources(placed), faults };
}

type Row = JsonObject & { readonly id: string; readonly uri: string };

/** Converts a Hypothesis id to an IRI. */
function iriOf(id: string): string {
	return id.includes(':') ? id : HOST + id;
}

function annotationOf(row: Row, kinds: Kinds): Annotation {
	const text = typeof row.text === 'string' ? row.text : '';
	const tags = stringsOf(row.tags);
	const references = stringsOf(row.references);
	const kind = typeof row.kind === 'string' ? row.kind : text === '' && tags.length === 0 ? 'highlight' : 'note';
	const content = { kind, text, tags: tags.filter(tag => tag !== RESOLVED), resolved: tags.includes(RESOLVED) };
	const others = Object.fromEntries(Object.entries(row).filter(([key]) => !KNOWN.has(key)));
	const [created, updated] = [timeOf(row.created), timeOf(row.updated)];
	const annotation = composeAnnotation(
		content,
		compact({
			id: iriOf(row.id),
			created,
			modified: updated === created ? undefined : updated,
			creator: creatorOf(row),
			motivation: references.length > 0 ? 'replying' : undefined,
			target: references.length > 0 ? iriOf(references.at(-1) ?? '') : targetOf(row),
			hypothesis: Object.keys(others).length > 0 ? others : undefined,
		}) as Annotation,
		kinds,
	);
	// Keep the exported motivation if the archive does not have the kind.
	return typeof row.motivation === 'string' && motivationFor(kind, kinds) === 'commenting' && kind !== 'note'
		? ({ ...annotation, motivation: row.motivation } as Annotation)
		: annotation;
}

/** Returns the target of a row. Positions refer to the page, not to the article, so they are dropped unless we exported the row. */
function targetOf({ uri, target, motivation }: Row): Json {
	for (const one of listOf(target)) {
		const selectors = isObject(one) ? listOf(one.selector).filter(isObject) : [];
		const quote = selectors.find(({ type, exact }) => type === 'TextQuoteSelector' && typeof exact === 'string');
		if (!quote) continue;
		const position = selectors.find(({ type }) => type === 'TextPositionSelector');
		const ours = motivation !== undefined && position ? [position] : [];
		return { type: 'SpecificResource', source: uri, selector: [quote, ...ours] };
	}
	return uri;
}

function creatorOf({ user, user_info: info }: Row): Json | undefined {
	const id = typeof user === 'string' && user !== '' ? user : undefined;
	const display = isObject(info) && typeof info.display_name === 'string' ? info.display_name : undefined;
	const name = display ?? id?.replace(/^acct:/, '').replace(/@[^@]*$/, '');
	if (id === undefined && name === undefined) return undefined;
	return compact({
		type: 'Person',
		name,
		id: id !== undefined && /^[a-z][a-z0-9+.-]*:\S+$/i.test(id) && !id.endsWith(NO_ACCOUNT) ? id : undefined,
	});
}

/** Converts a time to the form of the W3C model. Hypothesis writes microseconds and a UTC offset. */
function timeOf(value: Json | undefined): string | undefined {
	if (typeof value !== 'string') return undefined;
	const utc = value.replace(/(?:\+00:00|Z)?$/, 'Z');
	if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(utc)) return utc;
	const time = Date.parse(value);
	return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/** Writes annotations in the format of a search response of the Hypothesis API. */
export function writeHypothesis(
	annotations: readonly { readonly annotation: Annotation; readonly source: string; readonly title: string }[],
): string {
	const known = new Map(annotations.map(({ annotation }) => [annotation.id, annotation]));
	const rows = annotations.map(({ annotation, source, title }) => rowOf(annotation, source, title, known));
	return `${JSON.stringify({ total: rows.length, rows }, undefined, '\t')}\n`;
}

function rowOf(
	annotation: Annotation,
	source: string,
	title: string,
	known: ReadonlyMap<string, Annotation>,
): JsonObject {
	const { kind, motivation, text, tags, resolved, created, modified } = readRemark(annotation);
	const others = isObject(annotation.hypothesis) ? annotation.hypothesis : {};
	const [creator] = creatorsOf(annotation);
	const references = ancestorsOf(annotation, known).map(shortId);
	const [target] = targetsOf(annotation);
	return compact({
		group: '__world__',
		permissions: { read: ['group:__world__'] },
		document: { title: [title] },
		...(creator
			? {
					user: creator.id ?? `acct:${(creator.name ?? '').replace(/\s+/g, '_')}${NO_ACCOUNT}`,
					user_info: { display_name: creator.name ?? null },
				}
			: {}),
		...others,
		id: shortId(annotation.id),
		created,
		updated: modified ?? created,
		uri: source,
		text,
		tags: [...tags, ...(resolved ? [RESOLVED] : [])],
		target: [
			compact({
				source,
				selector: target && target.selectors.length > 0 ? target.selectors.map(one => ({ ...one })) : undefined,
			}),
		],
		references: references.length > 0 ? references : undefined,
		// Not part of the Hypothesis format.
		motivation,
		kind,
	});
}

/** Maximum number of references of a reply; a long chain of replies would otherwise need quadratic space. */
const MOST_REFERENCES = 1000;

/** Returns the ids of the notes that a reply is below, the first note of the thread first. */
function ancestorsOf(annotation: Annotation, known: ReadonlyMap<string, Annotation>): readonly string[] {
	if (!motivationsOf(annotation).includes('replying')) return [];
	const path = new Set<string>();
	let at: Annotation | undefined = annotation;
	while (at && path.size < MOST_REFERENCES) {
		const parent: string | undefined = targetsOf(at)[0]?.source;
		if (parent === undefined || path.has(parent) || parent === annotation.id) break;
		if (!known.has(parent) && at !== annotation) break;
		path.add(parent);
		at = known.get(parent);
	}
	return [...path].reverse();
}

function shortId(id: string): string {
	return id.startsWith(HOST) ? id.slice(HOST.length) : id;
}
