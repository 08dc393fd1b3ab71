import type { Node } from 'jsonc-parser';
import { CONTEXT } from './model.ts';

/** Told of each rule of the model that is broken: where, and one sentence without a full stop. */
export type Report = (node: Node, message: string) => void;

/** An IRI (RFC 3987), as far as it matters: a scheme, and nothing that no IRI can have. */
const IRI = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`\p{Cc}]*$/u;
/** An IRI, or a reference to one that is resolved where the file lies. */
const REFERENCE = /^[^\s<>"{}|\\^`\p{Cc}]+$/u;
/** `xsd:dateTime` with the time zone Z. */
const TIME =
	/^-?(?:[1-9]\d{3,}|0\d{3})-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)Z$/;

const TIMES = ['created', 'modified', 'generated'];

/** What each kind of selector and state must have, by its class (sections 4.2 and 4.3). */
const SPECIFIERS: ReadonlyMap<string, (value: Node, report: Report) => void> = new Map([
	['FragmentSelector', withText('value')],
	['CssSelector', withText('value')],
	['XPathSelector', withText('value')],
	['SvgSelector', withSvg],
	['HttpRequestState', withText('value')],
	['TextQuoteSelector', withText('exact')],
	['TextPositionSelector', withPositions],
	['DataPositionSelector', withPositions],
	['RangeSelector', withEnds],
	['TimeState', withDates],
]);

/** Reports every MUST of section 5 that a collection breaks, and of the others that what is in it does. */
export function validateCollection(collection: Node, report: Report): void {
	validateContext(collection, report, 'A collection');
	validateNamed(collection, report, 'A collection', 'AnnotationCollection');
	for (const label of each(collection, 'label')) if (label.type !== 'string') report(label, 'A label is a string');
	const total = property(collection, 'total');
	if (total && !isCount(total)) report(total, '"total" is a whole number, 0 or more');
	const first = property(collection, 'first');
	if (first) validatePageOrIri(first, report);
	else if (total && isCount(total) && total.value > 0)
		report(collection, 'A collection that is not empty has its "first" page');
	const last = property(collection, 'last');
	if (last) validatePageOrIri(last, report);
}

function validatePageOrIri(page: Node, report: Report): void {
	if (page.type === 'object') validatePage(page, report, false);
	else validateIri(page, report, 'A page', REFERENCE);
}

/**
 * Reports every MUST of section 5.2 that a page breaks, and those of its annotations.
 *
 * @param alone whether the page stands in no collection
 */
export function validatePage(page: Node, report: Report, alone: boolean): void {
	if (alone) validateContext(page, report, 'A page');
	validateNamed(page, report, 'A page', 'AnnotationPage');
	const index = property(page, 'startIndex');
	if (index && !isCount(index)) report(index, '"startIndex" is a whole number, 0 or more');
	const items = property(page, 'items');
	if (items?.type !== 'array' || items.children?.length === 0)
		report(items ?? page, 'A page has an array of one or more annotations as its "items"');
	for (const item of items?.type === 'array' ? (items.children ?? []) : []) {
		if (item.type === 'object') validateAnnotation(item, report, false);
		else validateIri(item, report, 'An annotation', IRI);
	}
	const next = property(page, 'next');
	if (next) validatePageOrIri(next, report);
}

/**
 * Reports every MUST of sections 3 and 4 that an annotation breaks.
 *
 * @param alone whether the annotation stands in no page
 */
export function validateAnnotation(annotation: Node, report: Report, alone: boolean): void {
	if (alone || property(annotation, '@context')) validateContext(annotation, report, 'An annotation');
	validateNamed(annotation, report, 'An annotation', 'Annotation');
	validateProperties(annotation, report);
	const body = property(annotation, 'body');
	const bodyValue = property(annotation, 'bodyValue');
	if (bodyValue && bodyValue.type !== 'string') report(bodyValue, '"bodyValue" is a string');
	if (bodyValue && body) report(bodyValue, 'An annotation has either "body" or "bodyValue"');
	for (const one of each(annotation, 'body')) validateResource(one, report, 'A body');
	const targets = each(annotation, 'target');
	if (targets.length === 0) report(annotation, 'An annotation has a "target"');
	for (const one of targets) validateResource(one, report, 'A target');
	for (const audience of each(annotation, 'audience')) validateAudience(audience, report);
	const stylesheet = property(annotation, 'stylesheet');
	const type = stylesheet && property(stylesheet, 'type');
	if (type && type.value !== 'CssStylesheet') report(type, 'The "type" of a stylesheet is "CssStylesheet"');
}

/** Sections 3.2 and 4: a body or target. */
function validateResource(resource: Node, report: Report, what: string): void {
	if (resource.type !== 'object') {
		validateIri(resource, report, what, REFERENCE);
		return;
	}
	validateProperties(resource, report);
	const types = stringsIn(resource, 'type');
	const id = property(resource, 'id');
	if (types.includes('TextualBody')) {
		const value = property(resource, 'value');
		if (value?.type !== 'string') report(value ?? resource, 'A TextualBody has exactly one "value", a string');
	} else if (types.includes('Choice')) {
		if (property(resource, 'type')?.type !== 'string') report(resource, 'A Choice has no other "type"');
		for (const item of each(resource, 'items')) validateResource(item, report, 'A body');
	} else if (isSpecific(resource, types)) {
		validateSpecific(resource, report);
	} else if (!id && !property(resource, 'value')) {
		report(resource, `${what} that is a resource of the web has exactly one "id", its IRI`);
	}
	if (id) validateIri(id, report, what, REFERENCE);
}

function isSpecific(resource: Node, types: readonly string[]): boolean {
	return (
		types.includes('SpecificResource') ||
		['source', 'selector', 'state', 'styleClass', 'renderedVia', 'scope'].some(name => property(resource, name))
	);
}

function validateSpecific(resource: Node, report: Report): void {
	const source = property(resource, 'source');
	if (!source || source.type === 'array') report(source ?? resource, 'A SpecificResource has exactly one "source"');
	else validateResource(source, report, 'A source');
	for (const name of ['selector', 'state'])
		for (const one of each(resource, name)) validateSpecifier(one, report, `A ${name}`);
}

function validateSpecifier(specifier: Node, report: Report, what: string): void {
	if (specifier.type !== 'object') {
		validateIri(specifier, report, what, REFERENCE);
		return;
	}
	const types = stringsIn(specifier, 'type');
	const known = types.find(type => SPECIFIERS.has(type));
	if (known) {
		if (types.length > 1) report(property(specifier, 'type') ?? specifier, `A ${known} has no other "type"`);
		SPECIFIERS.get(known)?.(specifier, report);
	}
	if (each(specifier, 'conformsTo').length > 1) report(specifier, 'A FragmentSelector conforms to one specification');
	for (const refining of each(specifier, 'refinedBy')) validateSpecifier(refining, report, what);
}

function withText(name: string): (value: Node, report: Report) => void {
	return (value, report) => {
		const text = property(value, name);
		const [type] = stringsIn(value, 'type');
		if (text?.type !== 'string') report(text ?? value, `A ${type} has exactly one "${name}", a string`);
		for (const around of ['prefix', 'suffix']) {
			const node = name === 'exact' ? property(value, around) : undefined;
			if (node && node.type !== 'string') report(node, `"${around}" is a string`);
		}
	};
}

function withSvg(value: Node, report: Report): void {
	const svg = property(value, 'value');
	if (svg && (svg.type !== 'string' || !/^\s*</.test(svg.value))) report(svg, 'The "value" of an SvgSelector is SVG');
}

function withPositions(value: Node, report: Report): void {
	const [type] = stringsIn(value, 'type');
	for (const name of ['start', 'end']) {
		const position = property(value, name);
		if (!position || !isCount(position))
			report(position ?? value, `A ${type} has exactly one "${name}", a whole number, 0 or more`);
	}
}

function withEnds(value: Node, report: Report): void {
	for (const name of ['startSelector', 'endSelector']) {
		const selector = property(value, name);
		if (!selector || selector.type === 'array') report(selector ?? value, `A RangeSelector has exactly one "${name}"`);
		else validateSpecifier(selector, report, 'A selector');
	}
}

function withDates(value: Node, report: Report): void {
	for (const name of ['sourceDate', 'sourceDateStart', 'sourceDateEnd'])
		for (const time of each(value, name)) validateTime(time, report, name);
	const [date, start, end] = ['sourceDate', 'sourceDateStart', 'sourceDateEnd'].map(name => property(value, name));
	if (date && (start || end)) report(date, 'A TimeState has either "sourceDate" or a start and an end');
	if (!start !== !end) report(start ?? end ?? value, '"sourceDateStart" and "sourceDateEnd" go together');
}

/** Section 3.3: what annotations and resources alike can have. */
function validateProperties(node: Node, report: Report): void {
	for (const name of TIMES) {
		const time = property(node, name);
		if (time) validateTime(time, report, name);
	}
	for (const rights of each(node, 'rights')) validateIri(rights, report, 'A statement of rights', IRI);
	const canonical = property(node, 'canonical');
	if (canonical) validateIri(canonical, report, '"canonical"', IRI);
	const direction = property(node, 'textDirection');
	if (direction && !['ltr', 'rtl', 'auto'].includes(direction.value))
		report(direction, '"textDirection" is "ltr", "rtl" or "auto"');
	for (const name of ['creator', 'generator']) {
		for (const agent of each(node, name)) {
			const id = agent.type === 'object' ? property(agent, 'id') : agent;
			if (id) validateIri(id, report, 'An agent', REFERENCE);
		}
	}
}

function validateAudience(audience: Node, report: Report): void {
	if (audience.type !== 'object') return;
	for (const { children } of audience.children ?? []) {
		const [key] = children ?? [];
		if (key && !/^(?:id|type|@id|@type|schema:.*)$/.test(key.value))
			report(key, 'What describes an audience has a name that starts with "schema:"');
	}
}

function validateTime(time: Node, report: Report, name: string): void {
	if (time.type !== 'string' || !TIME.test(time.value))
		report(time, `"${name}" is one time as 2021-12-17T09:30:00Z, in UTC`);
}

function validateContext(node: Node, report: Report, what: string): void {
	const context = property(node, '@context');
	if (!context || !each(node, '@context').some(({ value }) => value === CONTEXT))
		report(context ?? node, `${what} has the "@context" "${CONTEXT}"`);
	else if (context.type === 'array' && context.children?.length === 1)
		report(context, 'A "@context" that is the only one is a string');
}

/** Identity and class of an annotation, a page or a collection. */
function validateNamed(node: Node, report: Report, what: string, type: string): void {
	const id = property(node, 'id');
	if (!id) report(node, `${what} has exactly one "id", an IRI`);
	else validateIri(id, report, what, IRI);
	if (!stringsIn(node, 'type').includes(type))
		report(property(node, 'type') ?? node, `${what} has the "type" "${type}"`);
}

function validateIri(node: Node, report: Report, what: string, pattern: RegExp): void {
	if (node.type !== 'string') report(node, `${what} has exactly one IRI, as a string`);
	else if (!pattern.test(node.value))
		report(node, `${what} has an IRI, which ${JSON.stringify(node.value.slice(0, 100))} is not`);
}

function isCount({ type, value }: Node): boolean {
	return type === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** The value of a key; the last one, which counts for readers of JSON. */
function property(node: Node, name: string): Node | undefined {
	if (node.type !== 'object') return undefined;
	return node.children?.findLast(({ children }) => children?.[0]?.value === name)?.children?.[1];
}

/** The values of a key that has one or an array of them. */
function each(node: Node, name: string): readonly Node[] {
	const value = property(node, name);
	if (!value) return [];
	return value.type === 'array' ? (value.children ?? []) : [value];
}

function stringsIn(node: Node, name: string): readonly string[] {
	return each(node, name).flatMap(({ type, value }) => (type === 'string' ? [value] : []));
}
