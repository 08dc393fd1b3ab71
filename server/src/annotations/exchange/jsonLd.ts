import { canonical, compact, isObject } from '../json.ts';
import { type Annotation, hasType, targetsOf } from '../model.ts';
import { obstacleOf, parseSidecar } from '../sidecar.ts';
import { writeSidecar } from '../sidecarWriter.ts';
import { uuidOf } from '../uuid.ts';
import { type ImportFile, withSources } from './imported.ts';

/** Reads W3C annotations in any form that a sidecar can have: a collection, a page, a list or a single one. */
export function readJsonLd(text: string): ImportFile {
	const sidecar = parseSidecar(text);
	const obstacle = obstacleOf(sidecar);
	if (obstacle) return { annotations: [], faults: [obstacle.message] };
	const faults: string[] = [];
	const found = sidecar.items.flatMap(({ value }) => {
		if (!isObject(value) || !hasType(value, 'Annotation')) {
			faults.push('One of the items is not an annotation');
			return [];
		}
		// Only standalone annotations have a context. One without an id gets a stable id derived from its content.
		const { '@context': _, ...rest } = value;
		const id = typeof rest.id === 'string' && rest.id !== '' ? rest.id : `urn:uuid:${uuidOf(canonical(rest))}`;
		const annotation = compact({ ...rest, id }) as Annotation;
		return [{ annotation, target: targetsOf(annotation)[0]?.source }];
	});
	return { annotations: withSources(found), faults };
}

/** Writes annotations as one collection, in the format of a sidecar. */
export function writeJsonLd(annotations: readonly Annotation[], name: string): string {
	const made = new Map(annotations.map(annotation => [annotation.id, annotation]));
	return writeSidecar(parseSidecar(''), made, { source: `export ${name}`, title: name });
}
