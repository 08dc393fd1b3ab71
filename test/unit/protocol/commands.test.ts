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
			commands.FURNITURE_COMMANDS.remove,
			commands.SOURCE_COMMANDS.describe,
			commands.LENS_COMMANDS.showPlaces,
		]);
		assert.deepEqual(contributed.toSorted(), all.filter(command => !others.has(command)).sort());
	});

	it('that change markup are in a submenu of the editor, and so are the ways to compare an article', () => {
		const { menus, submenus } = JSON.parse(readFileSync(resolve(ROOT, 'package.json'), 'utf8')).contributes;
		const { compareFiles, compareWithClipboard, compareWithCommit, compareWithSaved } = commands.EXTENSION_COMMANDS;
		const contents = {
			'marginalia.markup': Object.values<string>(commands.MARKUP_COMMANDS),
			'marginalia.compare': [compareFiles, compareWithClipboard, compareWithCommit, compareWithSaved],
		};
		assert.deepEqual(submenus?.map(({ id }: { readonly id: string }) => id).sort(), Object.keys(contents).sort());
		for (const [id, expected] of Object.entries(contents)) {
			const items: readonly { readonly command: string }[] = menus[id];
			assert.deepEqual(items.map(({ command }) => command).sort(), expected.toSorted(), id);
			assert.ok(JSON.stringify(menus).includes(`"submenu":"${id}"`), `${id} is in no menu`);
		}
	});

	it('have the key that people know last in the manifest, which VS Code shows in menus', () => {
		const { keybindings } = JSON.parse(readFileSync(resolve(ROOT, 'package.json'), 'utf8')).contributes;
		const keysOf = (name: string): readonly string[] =>
			keybindings.flatMap(({ command, key }: { readonly command: string; readonly key: string }) =>
				command === name ? [key] : [],
			);
		assert.equal(keysOf(commands.MARKUP_COMMANDS.comment).at(-1), 'ctrl+/');
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
