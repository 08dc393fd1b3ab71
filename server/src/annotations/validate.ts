import { isObject, type Json, type JsonObject } from './json.ts';
import { CONTEXT, isCount } from './model.ts';

/**
 * Called for each violated rule of the model, with the object or array, the key in it (`undefined` for all of it), and a sentence
 * without a full stop.
 */
export type Report = (owner: object, key: string | number | undefined, message: string) => void;

/** An IRI (RFC 3987), approximately: a scheme, and no character that an IRI cannot contain. */
const IRI = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`\p{Cc}]*$/u;
/** An IRI, or a reference relative to the file. */
const REFERENCE = /^[^\s<>"{}|\\^`\p{Cc}]+$/u;
/** `xsd:dateTime` with the time zone Z. */
const TIME =
	/^-?(?:[1-9]\d{3,}|0\d{3})-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)Z$/;

const TIMES = ['created', 'modified', 'generated'] as const;

/** Validators of selectors and states, by type (sections 4.2 and 4.3). */
const SPECIFIERS: ReadonlyMap<string, (value: JsonObject, type: string, report: Report) => void> = new Map([
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

/** A value and its place. */
interface Place {
	readonly owner: object;
	readonly key: string | number | undefined;
	readonly value: Json;
}

/** Reports each violated MUST of section 5 in a collection, and of other sections in its content. */
export function validateCollection(collection: JsonObject, report: Report): void {
	validateContext(collection, report, 'A collection');
	validateNamed(collection, report, 'A collection', 'AnnotationCollection');
	for (const label of each(collection, 'label'))
		if (typeof label.value !== 'string') reportAt(label, report, 'A label must be a string');
	const { total, first, last } = collection;
	if (total !== undefined && !isCount(total)) report(collection, 'total', '"total" must be a non-negative integer');
	if (first !== undefined) validatePageOrIri(collection, 'first', report);
	else if (isCount(total) && total > 0)
		report(collection, undefined, 'A non-empty collection must have a "first" page');
	if (last !== undefined) validatePageOrIri(collection, 'last', report);
}

function validatePageOrIri(owner: JsonObject, key: string, report: Report): void {
	const value = owner[key] as Json;
	if (isObject(value)) validatePage(value, report, false);
	else validateIri({ owner, key, value }, report, 'A page', REFERENCE);
}

/**
 * Reports each violated MUST of section 5.2 in a page, and those in its annotations.
 *
 * @param alone whether the page is not in a collection
 */
export function validatePage(page: JsonObject, report: Report, alone: boolean): void {
	if (alone) validateContext(page, report, 'A page');
	validateNamed(page, report, 'A page', 'AnnotationPage');
	const { startIndex, items, next } = page;
	if (startIndex !== undefined && !isCount(startIndex))
		report(page, 'startIndex', '"startIndex" must be a non-negative integer');
	if (!Array.isArray(items) || items.length === 0)
		report(
			page,
			items === undefined ? undefined : 'items',
			'The "items" of a page must be a non-empty array of annotations',
		);
	for (const item of Array.isArray(items) ? each(page, 'items') : []) {
		if (isObject(item.value)) validateAnnotation(item.value, report, false);
		else validateIri(item, report, 'An annotation', IRI);
	}
	if (next !== undefined) validatePageOrIri(page, 'next', report);
}

/**
 * Reports each violated MUST of sections 3 and 4 in an annotation.
 *
 * @param alone whether the annotation is not in a page
 */
export function validateAnnotation(annotation: JsonObject, report: Report, alone: boolean): void {
	if (alone || annotation['@context'] !== undefined) validateContext(annotation, report, 'An annotation');
	validateNamed(annotation, report, 'An annotation', 'Annotation');
	validateProperties(annotation, report);
	const { body, bodyValue, stylesheet } = annotation;
	if (bodyValue !== undefined && typeof bodyValue !== 'string')
		report(annotation, 'bodyValue', '"bodyValue" must be a string');
	if (bodyValue !== undefined && body !== undefined)
		report(annotation, 'bodyValue', 'An annotation must not have both "body" and "bodyValue"');
	for (const one of each(annotation, 'body')) validateResource(one, report, 'A body');
	const targets = each(annotation, 'target');
	if (targets.length === 0) report(annotation, undefined, 'An annotation must have a "target"');
	for (const one of targets) validateResource(one, report, 'A target');
	for (const { value } of each(annotation, 'audience')) validateAudience(value, report);
	if (isObject(stylesheet) && stylesheet.type !== undefined && stylesheet.type !== 'CssStylesheet')
		report(stylesheet, 'type', 'The "type" of a stylesheet must be "CssStylesheet"');
}

/** Sections 3.2 and 4: a body or target. */
function validateResource(place: Place, report: Report, what: string): void {
	const resource = place.value;
	if (!isObject(resource)) {
		validateIri(place, report, what, REFERENCE);
		return;
	}
	validateProperties(resource, report);
	const types = stringsIn(resource, 'type');
	const { id, value } = resource;
	if (types.includes('TextualBody')) {
		if (typeof value !== 'string')
			report(
				resource,
				value === undefined ? undefined : 'value',
				'A TextualBody must have exactly one "value", a string',
			);
	} else if (types.includes('Choice')) {
		if (typeof resource.type !== 'string') report(resource, undefined, 'A Choice must not have another "type"');
		for (const item of each(resource, 'items')) validateResource(item, report, 'A body');
	} else if (isSpecific(resource, types)) {
		validateSpecific(resource, report);
	} else if (id === undefined && value === undefined) {
		report(resource, undefined, `${what} that is a web resource must have exactly one "id", its IRI`);
	}
	if (id !== undefined) validateIri({ owner: resource, key: 'id', value: id }, report, what, REFERENCE);
}

function isSpecific(resource: JsonObject, types: readonly string[]): boolean {
	return (
		types.includes('SpecificResource') ||
		['source', 'selector', 'state', 'styleClass', 'renderedVia', 'scope'].some(name => resource[name] !== undefined)
	);
}

function validateSpecific(resource: JsonObject, report: Report): void {
	const { source } = resource;
	if (source === undefined || Array.isArray(source))
		report(resource, source && 'source', 'A SpecificResource must have exactly one "source"');
	else validateResource({ owner: resource, key: 'source', value: source }, report, 'A source');
	for (const name of ['selector', 'state'])
		for (const one of each(resource, name)) validateSpecifier(one, report, `A ${name}`);
}

function validateSpecifier(place: Place, report: Report, what: string): void {
	const specifier = place.value;
	if (!isObject(specifier)) {
		validateIri(place, report, what, REFERENCE);
		return;
	}
	const types = stringsIn(specifier, 'type');
	const known = types.find(type => SPECIFIERS.has(type));
	if (known !== undefined) {
		if (types.length > 1) report(specifier, 'type', `A ${known} must not have another "type"`);
		SPECIFIERS.get(known)?.(specifier, known, report);
	}
	if (each(specifier, 'conformsTo').length > 1)
		report(specifier, undefined, 'A FragmentSelector must conform to only one specification');
	for (const refining of each(specifier, 'refinedBy')) validateSpecifier(refining, report, what);
}

function withText(name: string): (value: JsonObject, type: string, report: Report) => void {
	return (value, type, report) => {
		const text = value[name];
		if (typeof text !== 'string')
			report(value, text === undefined ? undefined : name, `A ${type} must have exactly one "${name}", a string`);
		for (const around of name === 'exact' ? ['prefix', 'suffix'] : [])
			if (value[around] !== undefined && typeof value[around] !== 'string')
				report(value, around, `"${around}" must be a string`);
	};
}

function withSvg(value: JsonObject, _type: string, report: Report): void {
	const svg = value.value;
	if (svg !== undefined && (typeof svg !== 'string' || !/^\s*</.test(svg)))
		report(value, 'value', 'The "value" of an SvgSelector must be SVG');
}

function withPositions(value: JsonObject, type: string, report: Report): void {
	for (const name of ['start', 'end'])
		if (!isCount(value[name]))
			report(
				value,
				value[name] === undefined ? undefined : name,
				`A ${type} must have exactly one "${name}", a non-negative integer`,
			);
}

function withEnds(value: JsonObject, _type: string, report: Report): void {
	for (const key of ['startSelector', 'endSelector']) {
		const selector = value[key];
		if (selector === undefined || Array.isArray(selector))
			report(value, selector && key, `A RangeSelector must have exactly one "${key}"`);
		else validateSpecifier({ owner: value, key, value: selector }, report, 'A selector');
	}
}

function withDates(value: JsonObject, _type: string, report: Report): void {
	const { sourceDate: date, sourceDateStart: start, sourceDateEnd: end } = value;
	for (const name of ['sourceDate', 'sourceDateStart', 'sourceDateEnd'])
		for (const time of each(value, name)) validateTime(time, report, name);
	if (date !== undefined && (start !== undefined || end !== undefined))
		report(value, 'sourceDate', 'A TimeState must have either "sourceDate" or "sourceDateStart" and "sourceDateEnd"');
	if ((start === undefined) !== (end === undefined))
		report(
			value,
			start === undefined ? 'sourceDateEnd' : 'sourceDateStart',
			'"sourceDateStart" and "sourceDateEnd" must be used together',
		);
}

/** Section 3.3: properties common to annotations and resources. */
function validateProperties(owner: JsonObject, report: Report): void {
	for (const key of TIMES) {
		const value = owner[key];
		if (value !== undefined) validateTime({ owner, key, value }, report, key);
	}
	for (const rights of each(owner, 'rights')) validateIri(rights, report, 'A statement of rights', IRI);
	const { canonical, textDirection } = owner;
	if (canonical !== undefined) validateIri({ owner, key: 'canonical', value: canonical }, report, '"canonical"', IRI);
	if (textDirection !== undefined && !['ltr', 'rtl', 'auto'].some(one => one === textDirection))
		report(owner, 'textDirection', '"textDirection" must be "ltr", "rtl" or "auto"');
	for (const name of ['creator', 'generator']) {
		for (const agent of each(owner, name)) {
			if (!isObject(agent.value)) validateIri(agent, report, 'An agent', REFERENCE);
			else if (agent.value.id !== undefined)
				validateIri({ owner: agent.value, key: 'id', value: agent.value.id }, report, 'An agent', REFERENCE);
		}
	}
}

function validateAudience(audience: Json, report: Report): void {
	for (const key of isObject(audience) ? Object.keys(audience) : [])
		if (!/^(?:id|type|@id|@type|schema:.*)$/.test(key))
			report(audience as JsonObject, key, 'The keys of an audience must start with "schema:"');
}

function validateTime(place: Place, report: Report, name: string): void {
	if (typeof place.value !== 'string' || !TIME.test(place.value))
		reportAt(place, report, `"${name}" must be a single UTC time such as 2021-12-17T09:30:00Z`);
}

function validateContext(owner: JsonObject, report: Report, what: string): void {
	const context = owner['@context'];
	if (!each(owner, '@context').some(({ value }) => value === CONTEXT))
		report(owner, context === undefined ? undefined : '@context', `${what} must have the "@context" "${CONTEXT}"`);
	else if (Array.isArray(context) && context.length === 1)
		report(owner, '@context', 'A single "@context" must be a string');
}

/** Validates the id and type of an annotation, a page or a collection. */
function validateNamed(owner: JsonObject, report: Report, what: string, type: string): void {
	const { id } = owner;
	if (id === undefined) report(owner, undefined, `${what} must have exactly one "id", an IRI`);
	else validateIri({ owner, key: 'id', value: id }, report, what, IRI);
	if (!stringsIn(owner, 'type').includes(type))
		report(owner, owner.type === undefined ? undefined : 'type', `${what} must have the "type" "${type}"`);
}

function validateIri(place: Place, report: Report, what: string, pattern: RegExp): void {
	const { value } = place;
	if (typeof value !== 'string') reportAt(place, report, `${what} must have exactly one IRI, as a string`);
	else if (!pattern.test(value))
		reportAt(place, report, `${what} must have a valid IRI, not ${JSON.stringify(value.slice(0, 100))}`);
}

function reportAt({ owner, key }: Place, report: Report, message: string): void {
	report(owner, key, message);
}

/** Returns the values of a key that has one value or an array. */
function each(owner: JsonObject, key: string): readonly Place[] {
	const value = owner[key];
	if (value === undefined) return [];
	if (!Array.isArray(value)) return [{ owner, key, value: value as Json }];
	return value.map((one: Json, index) => ({ owner: value, key: index, value: one }));
}

function stringsIn(owner: JsonObject, key: string): readonly string[] {
	return each(owner, key).flatMap(({ value }) => (typeof value === 'string' ? [value] : []));
}
