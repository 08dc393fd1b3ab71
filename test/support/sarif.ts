import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Ajv } from 'ajv';
import type { Log } from 'sarif';

const require = createRequire(import.meta.url);

/** The official schema of SARIF 2.1.0, from Microsoft's SARIF package for tests. */
const SCHEMA = require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');

/** The schema uses JSON Schema draft 4, which Ajv supports through a separate package. */
const { default: Ajv4 } = require('ajv-draft-04') as { default: typeof Ajv };
const { default: addFormats } = require('ajv-formats') as { default: (ajv: Ajv) => Ajv };

const validate = addFormats(new Ajv4({ strict: false, unicodeRegExp: false })).compile(
	JSON.parse(readFileSync(SCHEMA, 'utf8')),
);

/** Whether a value is a SARIF log. */
export function isSarif(value: unknown): boolean {
	return validate(value);
}

/** Parses a SARIF log, which must be valid. */
export function readSarif(text: string): Log {
	const log = JSON.parse(text) as Log;
	assert.ok(validate(log), JSON.stringify(validate.errors, undefined, 1));
	return log;
}
