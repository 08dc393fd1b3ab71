import { BLOCK_ELEMENTS } from '../article/elements.ts';
import { textContent } from '../article/label.ts';
import { children } from '../article/node.ts';
import { span } from '../article/span.ts';
import { parseTree } from '../article/tree.ts';
import { MOTIVATIONS, type Motivation, type Remark } from '../protocol/annotations.ts';
import { compact, isObject, type Json, type JsonObject, listOf, oneOrMore, stringsOf } from './json.ts';
import { type Kinds, kindFor, motivationFor, NOTE_KINDS } from './kinds.ts';
import { type Annotation, type Body, bodiesOf, bodyOf, creatorsOf, motivationsOf } from './model.ts';

/** The tag of a resolved note. */
export const RESOLVED = 'resolved';

/** The content of a note that a person can edit. */
export interface RemarkContent {
	readonly kind: string;
	/** Markdown. */
	readonly text: string;
	/** Without `resolved`. */
	readonly tags: readonly string[];
	readonly resolved: boolean;
}

/** Reads the content of an annotation as people see it. */
export function readRemark(annotation: Annotation): Remark & { readonly resolved: boolean } {
	const bodies = bodiesOf(annotation).flatMap(preferred);
	const motivation = motivationOf(annotation);
	const tags = [...new Set(bodies.flatMap(body => tagOf(body) ?? []))];
	const creators = creatorsOf(annotation).flatMap(({ name, id }) => name ?? id ?? []);
	return {
		id: annotation.id,
		kind: bodies.map(classOf).find(kind => kind !== undefined) ?? kindFor(motivation),
		motivation,
		text: bodies.flatMap(body => textOf(body) ?? []).join('\n\n'),
		tags: tags.filter(tag => tag !== RESOLVED),
		creator: creators.length > 0 ? creators.join(', ') : undefined,
		created: stringsOf(annotation.created)[0],
		modified: stringsOf(annotation.modified)[0],
		resolved: tags.includes(RESOLVED),
	};
}

/**
 * Creates an annotation.
 *
 * @param rest its target, creator and time; a motivation in it, such as `replying`, precedes that of the kind
 */
export function composeAnnotation(
	content: RemarkContent,
	rest: JsonObject & { readonly id: string },
	kinds: Kinds,
): Annotation {
	const motivation = motivationFor(content.kind, kinds);
	const given = stringsOf(rest.motivation);
	const motivations = given.length > 0 && motivation === 'commenting' ? given : [...given, motivation];
	const empty = compact({ ...rest, type: 'Annotation', motivation: oneOrMore(motivations) }) as Annotation;
	const bodies = withKind(withTags(withText([], content.text, motivation), allTags(content)), content.kind);
	return compact({ ...empty, body: oneOrMore(bodies) }) as Annotation;
}

/** Returns an annotation with changed content. Everything else is kept as written. */
export function reviseAnnotation(annotation: Annotation, content: Partial<RemarkContent>, kinds: Kinds): Annotation {
	const now = readRemark(annotation);
	const next: RemarkContent = { ...now, ...content };
	const { bodyValue, ...rest } = annotation;
	const before: readonly Json[] =
		typeof bodyValue === 'string'
			? [{ type: 'TextualBody', format: 'text/plain', value: bodyValue }]
			: listOf(annotation.body);
	let bodies = before;
	let motivations = stringsOf(annotation.motivation);
	if (next.kind !== now.kind) {
		const motivation = motivationFor(next.kind, kinds);
		bodies = withKind(bodies, next.kind).map(body => withPurpose(body, now.motivation, motivation));
		motivations = [...motivationsOf(annotation).filter(one => one !== now.motivation), motivation];
	}
	if (next.text !== now.text) bodies = withText(bodies, next.text, motivationFor(next.kind, kinds));
	if (allTags(next).join('\n') !== allTags(now).join('\n')) bodies = withTags(bodies, allTags(next));
	if (bodies === before && next.kind === now.kind) return annotation;
	return compact({ ...rest, body: oneOrMore(bodies), motivation: oneOrMore(motivations) }) as Annotation;
}

function allTags({ tags, resolved }: Pick<RemarkContent, 'tags' | 'resolved'>): readonly string[] {
	return [...new Set([...tags.filter(tag => tag !== RESOLVED), ...(resolved ? [RESOLVED] : [])])];
}

/** Returns the most specific motivation. `replying` is skipped, since the target already shows it. */
function motivationOf(annotation: Annotation): Motivation {
	const known = motivationsOf(annotation).flatMap(name => MOTIVATIONS.find(one => one === name) ?? []);
	const specific = known.find(one => one !== 'replying');
	if (specific) return specific;
	const isEmpty = annotation.bodyValue === undefined && listOf(annotation.body).length === 0;
	return isEmpty && known.length === 0 ? 'highlighting' : 'commenting';
}

/** Returns a body, or the first alternative of a choice (section 3.2.7). */
function preferred(body: Body): readonly Body[] {
	return body.kind === 'choice' ? body.items.slice(0, 1).flatMap(preferred) : [body];
}

function tagOf(body: Body): string | undefined {
	if (body.kind === 'choice' || !body.purposes.includes('tagging')) return undefined;
	return (body.kind === 'text' ? body.value : body.source).trim() || undefined;
}

/** Returns the kind that a body names, if any. */
function classOf(body: Body): string | undefined {
	const named = body.kind === 'text' && body.purposes.includes('classifying') ? body.value : '';
	return /^[\p{L}\p{N}_-]+$/u.test(named) ? named : undefined;
}

/** Returns the text of a body as Markdown; `undefined` if it is a tag or names the kind. */
function textOf(body: Body): string | undefined {
	if (body.kind === 'choice' || tagOf(body) !== undefined || classOf(body) !== undefined) return undefined;
	if (body.kind === 'resource') return `<${body.source}>`;
	return body.format === 'text/html' ? plainText(body.value) : body.value;
}

function plainText(html: string): string {
	const { nodes } = parseTree(html, span(0, html.length));
	const parts = [...children(nodes, -1)].map(index => {
		const text = textContent(nodes, index);
		return BLOCK_ELEMENTS.has(nodes[index]?.nodeName ?? '') ? `\n${text}\n` : text;
	});
	return parts
		.join('')
		.replace(/\s+/g, run => (run.includes('\n') ? '\n\n' : run))
		.trim();
}

/** Whether a body has text, possibly in one of several alternatives. */
function saysText(body: Json): boolean {
	return bodyOf(body)
		.flatMap(preferred)
		.some(one => textOf(one) !== undefined);
}

/** Replaces the text. Several text bodies, which are shown as one, are merged into one. */
function withText(bodies: readonly Json[], text: string, motivation: Motivation): readonly Json[] {
	const place = bodies.findIndex(saysText);
	const others = bodies.filter(body => !saysText(body));
	if (text === '') return others;
	const old = bodies[place];
	const kept = isObject(old) && typeof old.value === 'string' ? old : { purpose: motivation };
	const body = { ...kept, type: 'TextualBody', format: 'text/markdown', value: text };
	return place === -1
		? [body, ...others]
		: others.toSpliced(bodies.slice(0, place).filter(one => !saysText(one)).length, 0, body);
}

/** Removes old tags and adds new ones. */
function withTags(bodies: readonly Json[], tags: readonly string[]): readonly Json[] {
	const tagIn = (body: Json): string | undefined => bodyOf(body).map(tagOf)[0];
	const kept = bodies.filter(body => {
		const tag = tagIn(body);
		return tag === undefined || tags.includes(tag);
	});
	const known = new Set(kept.map(tagIn));
	const added = tags.filter(tag => !known.has(tag)).map(value => ({ type: 'TextualBody', purpose: 'tagging', value }));
	return [...kept, ...added];
}

/** Adds a body that names the kind, unless its motivation already identifies it. */
function withKind(bodies: readonly Json[], kind: string): readonly Json[] {
	const others = bodies.filter(body => bodyOf(body).map(classOf)[0] === undefined);
	const isOwn = kindFor(motivationFor(kind, NOTE_KINDS)) !== kind;
	return isOwn ? [...others, { type: 'TextualBody', purpose: 'classifying', value: kind }] : others;
}

/** Replaces the purpose of a body. */
function withPurpose(body: Json, from: Motivation, to: Motivation): Json {
	return isObject(body) && body.purpose === from ? { ...body, purpose: to } : body;
}
