import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as commands from '../../../server/src/protocol/commands.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

describe('commands', () => {
	const groups = Object.values(commands).filter(group => !Array.isArray(group));
	const all = groups.flatMap(group => Object.values<string>(group));

	it('have unique names', () => {
		assert.ok(all.length > 50, `only ${all.length}`);
		assert.deepEqual([...new Set(all)], all);
	});

	it('are those of the manifest, except those run only by lenses, code actions and other clients', () => {
		const manifest = JSON.parse(readFileSync(resolve(ROOT, 'package.json'), 'utf8'));
		const contributed: readonly string[] = manifest.contributes.commands.map(
			({ command }: { readonly command: string }) => command,
		);
		const others = new Set<string>([
			...Object.values(commands.ANNOTATION_COMMANDS),
			commands.LINK_COMMANDS.openUrl,
			commands.LENS_COMMANDS.showPlaces,
		]);
		assert.deepEqual(contributed.toSorted(), all.filter(command => !others.has(command)).sort());
	});

	it('are referred to by valid names in menus, key bindings and snippets of the manifest', () => {
		const { menus, keybindings, walkthroughs } = JSON.parse(
			readFileSync(resolve(ROOT, 'package.json'), 'utf8'),
		).contributes;
		const named = JSON.stringify({ menus, keybindings, walkthroughs }).matchAll(/"command":"(marginalia\.[^"]+)"/g);
		const unknown = [...named].map(([, name = '']) => name).filter(name => !all.includes(name));
		assert.deepEqual(unknown, []);
	});
});
