import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';

const SCHEMA = join(import.meta.dirname, '../../fixtures/annotation-model.schema.json');

const isValid = new Ajv({ allErrors: true, strict: false }).compile(JSON.parse(readFileSync(SCHEMA, 'utf8')));

/** Whether a document satisfies all MUSTs of the W3C model, checked with a JSON Schema. */
export function meetsModel(document: unknown): boolean {
	return isValid(document);
}

/** Asserts that the text of a file satisfies all MUSTs of the W3C model. */
export function assertMeetsModel(text: string): void {
	assert.ok(isValid(JSON.parse(text)), `${JSON.stringify(isValid.errors?.slice(0, 3))}\n${text}`);
}
