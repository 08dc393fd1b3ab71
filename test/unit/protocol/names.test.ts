import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as commands from '../../../server/src/protocol/commands.ts';
import { SECTIONS, SETTINGS } from '../../../server/src/protocol/settings.ts';
import { METHODS } from './methods.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

/** Other ids of the manifest that are not part of the protocol: views, status bar items. */
const IDS = new Set([
	'client/src/links/linkStatus.ts marginalia.links',
	'client/src/lsp/serverStatus.ts marginalia.server',
	'client/src/reader/readers.ts marginalia.reader',
]);

/** The method that replaces a request that the server rejects. */
const REFUSED = 'server/src/lsp/lifecycle.ts marginalia/refused';

function withoutComments(source: string): string {
	return source.replace(/\/\*\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
}

const sources = globSync('{client,server}/src/**/*.ts', { cwd: ROOT })
	.map(path => path.replaceAll('\\', '/'))
	.filter(path => !path.startsWith('server/src/protocol/'))
	.map(path => ({ path, text: withoutComments(readFileSync(join(ROOT, path), 'utf8')) }));

describe('names of the protocol', () => {
	it('occur in the protocol alone: those of methods, commands and settings', () => {
		const groups = Object.values(commands).filter(group => !Array.isArray(group));
		const names = new Set([
			...METHODS.map(({ method }) => method),
			...groups.flatMap(group => Object.values<string>(group)),
			...Object.values(SECTIONS),
		]);
		const written = sources.flatMap(({ path, text }) =>
			[...text.matchAll(/(['"`])(marginalia[./][\w./]*)\1/g)]
				.map(([, , name = '']) => `${path} ${name}`)
				.filter(place => names.has(place.split(' ')[1] ?? '') && !IDS.has(place)),
		);
		assert.deepEqual(written, []);
	});

	it('are not assembled from parts', () => {
		const made = sources.flatMap(({ path, text }) =>
			[
				...text.matchAll(/(?:method:|[cC]ommand(?:\(|:)|request\(|notify\()\s*`[^`]*\$\{/g),
				...text.matchAll(/getConfiguration\(\s*['"`]marginalia/g),
			].map(([match]) => `${path} ${match}`),
		);
		const methods = sources.flatMap(({ path, text }) =>
			[...text.matchAll(/['"`](marginalia\/[^'"`]*)/g)].map(([, name]) => `${path} ${name}`),
		);
		assert.deepEqual([...made, ...methods], [REFUSED]);
	});

	it('are type-checked wherever a setting is named', () => {
		const unchecked = sources.flatMap(({ path, text }) =>
			Object.keys(SETTINGS).flatMap(name =>
				text
					.split('\n')
					.filter(line => line.includes(`'${name}'`))
					.filter(line => !/settingOf\(|readSetting\(|satisfies SettingName|changeSetting\(|SettingValue</.test(line))
					.map(line => `${path} ${line.trim()}`),
			),
		);
		assert.deepEqual(unchecked, []);
	});

	it('identify errors by code, not by message', () => {
		const matched = sources
			.filter(({ text }) =>
				/(?:\/[a-z]*\.test\(|\.(?:match|includes|startsWith|endsWith)\()[^;\n]*\.message\b/.test(text),
			)
			.map(({ path }) => path);
		assert.deepEqual(matched, []);
	});
});
