import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { readSetting, SETTINGS, type SettingName } from '../../../server/src/protocol/settings.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

/** A setting in the manifest. */
interface Contributed {
	readonly [key: string]: unknown;
}

const NAMES = Object.keys(SETTINGS) as readonly SettingName[];

/** A value as README.md writes it. */
function shown(value: unknown): string {
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

describe('settings', () => {
	it('have the names, types, bounds and defaults of the manifest', () => {
		const manifest = JSON.parse(readFileSync(resolve(ROOT, 'package.json'), 'utf8'));
		const properties: Readonly<Record<string, Contributed>> = manifest.contributes.configuration.properties;
		assert.deepEqual(Object.keys(properties).sort(), [...NAMES].sort());
		for (const [name, schema] of Object.entries(SETTINGS)) {
			const { scope: _, order: __, ...contributed } = properties[name] ?? {};
			const own = Object.entries(contributed).filter(([key]) => !/description/i.test(key));
			assert.deepEqual(Object.fromEntries(own), schema, name);
		}
	});

	it('are listed in README.md with their defaults', () => {
		const rows = readFileSync(resolve(ROOT, 'README.md'), 'utf8').matchAll(
			/^\| `(marginalia\.[\w.]+)` \| (?:`(.+?)`)? ?\|/gm,
		);
		const listed = [...rows].map(([, name = '', value = '']) => [name, value] as const);
		const expected = Object.entries(SETTINGS).map(([name, schema]) => [name, shown(schema.default)] as const);
		assert.deepEqual(listed.sort(), expected.sort());
	});

	it('fall back to their defaults if they are missing or invalid', () => {
		for (const name of NAMES)
			for (const value of [undefined, null, {}, [], Symbol.iterator, Number.NaN])
				assert.deepEqual(readSetting(name, value), SETTINGS[name].default, name);
		assert.equal(readSetting('marginalia.paste', 'never'), 'auto');
		assert.equal(readSetting('marginalia.links.network', 'never', 'onCommand'), 'onCommand');
		assert.equal(readSetting('marginalia.format.indent', 0), true);
		assert.deepEqual(readSetting('marginalia.copyFiles.destination', { '*.md': 1 }), {});
	});

	it('are read from the editor, within their bounds', () => {
		assert.equal(readSetting('marginalia.links.network', 'off', 'onCommand'), 'off');
		assert.equal(readSetting('marginalia.annotations.author', 'Ines'), 'Ines');
		assert.equal(readSetting('marginalia.format.indent', false), false);
		assert.deepEqual(readSetting('marginalia.copyFiles.destination', { '*.md': 'img/' }), { '*.md': 'img/' });
		const proxy = new Proxy({ '*.md': 'img/' }, {});
		assert.deepEqual(structuredClone(readSetting('marginalia.copyFiles.destination', proxy)), { '*.md': 'img/' });
		assert.equal(readSetting('marginalia.reader.fontSize', 400), 40);
		assert.equal(readSetting('marginalia.reader.fontSize', -400), 10);
		assert.equal(readSetting('marginalia.server.timeout', 86_400), 86_400);
		assert.equal(readSetting('marginalia.server.timeout', -1), 0);
	});

	it('do not change when they are read twice', () => {
		fc.assert(
			fc.property(fc.constantFrom(...NAMES), fc.anything(), (name, value) => {
				const read = readSetting(name, value);
				assert.equal(typeof read, typeof SETTINGS[name].default);
				assert.deepEqual(readSetting(name, read), read);
			}),
		);
	});
});
