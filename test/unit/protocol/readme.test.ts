import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readLinkSettings } from '../../../server/src/lsp/linkSettings.ts';
import { LENS_COMMANDS, SERVER_COMMANDS } from '../../../server/src/protocol/commands.ts';
import { MarginaliaErrorCodes } from '../../../server/src/protocol/errors.ts';
import { INITIALIZATION_OPTIONS } from '../../../server/src/protocol/lifecycle.ts';
import { readSetting, SETTINGS, type SettingName } from '../../../server/src/protocol/settings.ts';
import { METHODS } from './methods.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

const [, readme = ''] = readFileSync(join(ROOT, 'server/README.md'), 'utf8').split(/^## marginalia lsp$/m);

/** The cells of all tables in a section of the README whose first column has this title. */
function rows(heading: string, column: string): readonly (readonly string[])[] {
	const section = readme.split(/^### /m).find(part => part.startsWith(`${heading}\n`)) ?? '';
	const tables = section.split('\n\n').filter(part => part.trimStart().startsWith(`| ${column} |`));
	return tables.flatMap(table =>
		table
			.trim()
			.split('\n')
			.slice(2)
			.map(line => line.slice(2, -2).split(/ \| /)),
	);
}

/** The first cells of such tables. */
function named(heading: string, column: string): readonly string[] {
	return rows(heading, column)
		.map(([cell = '']) => cell.replaceAll('`', ''))
		.sort();
}

/** The allowed values of a setting, in words. */
function valuesOf(name: SettingName): string {
	const schema: (typeof SETTINGS)[SettingName] = SETTINGS[name];
	if ('enum' in schema) return schema.enum.map(value => `\`${JSON.stringify(value)}\``).join(', ');
	if (!('minimum' in schema)) return `a ${schema.type}`;
	const bounds = 'maximum' in schema ? `${schema.minimum} to ${schema.maximum}` : `${schema.minimum} or more`;
	return `${schema.type === 'integer' ? 'an' : 'a'} ${schema.type}, ${bounds}`;
}

describe('the server README', () => {
	for (const [direction, side] of [
		['clientToServer', 'server'],
		['serverToClient', 'client'],
	] as const)
		for (const kind of ['Request', 'Notification'])
			it(`lists every ${kind.toLowerCase()} to the ${side}`, () => {
				const methods = METHODS.filter(
					({ name, messageDirection }) => messageDirection === direction && name.endsWith(kind),
				);
				assert.ok(methods.length > 1);
				assert.deepEqual(
					named(`Requests and notifications to the ${side}`, kind.toLowerCase()),
					methods.map(({ method }) => method).sort(),
				);
			});

	it('covers all methods as requests or notifications', () => {
		assert.deepEqual(
			METHODS.filter(({ name }) => !/(?:Request|Notification)$/.test(name)),
			[],
		);
	});

	it('lists the initialization options', () => {
		assert.deepEqual(named('Initialization options', 'option'), [...INITIALIZATION_OPTIONS].sort());
	});

	it('lists the commands of the server, and those that clients provide', () => {
		assert.deepEqual(named('Commands', 'command'), [...SERVER_COMMANDS, ...Object.values(LENS_COMMANDS)].sort());
	});

	it('lists the settings that the server reads, with their values and defaults', () => {
		const sources = globSync('server/src/**/*.ts', { cwd: ROOT })
			.filter(path => !path.includes('protocol'))
			.map(path => readFileSync(join(ROOT, path), 'utf8'))
			.join('\n');
		const read = (Object.keys(SETTINGS) as SettingName[]).filter(name => sources.includes(`'${name}'`));
		const cautious = readLinkSettings(undefined, undefined, true).mode;
		const unset = (name: SettingName): unknown =>
			name === 'marginalia.links.network' ? cautious : readSetting(name, undefined);
		assert.deepEqual(
			rows('Settings', 'setting').map(cells => cells.slice(0, 3)),
			read.map(name => [`\`${name}\``, valuesOf(name), `\`${JSON.stringify(unset(name))}\``]),
		);
	});

	it('lists the errors', () => {
		assert.deepEqual(named('Errors', 'code'), Object.values(MarginaliaErrorCodes).map(String).sort());
	});
});
