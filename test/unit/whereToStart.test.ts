import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALL_RULES } from '../../server/src/rules/index.ts';
import { everyRequest, OTHER_CAPABILITIES } from '../lsp/everyRequest.ts';
import { METHODS } from '../lsp/requests.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** Returns the files and folders that a paragraph of ARCHITECTURE.md names. */
function named(beginning: string): readonly string[] {
	const architecture = read('ARCHITECTURE.md');
	const start = architecture.indexOf(`\n- ${beginning} touches five files: `);
	assert.ok(start >= 0, beginning);
	const paragraph = architecture.slice(start, architecture.slice(start + 1).search(/\n(?:-|\n)/) + start + 1);
	return [...paragraph.matchAll(/`([^`]+)`/g)].map(([, path]) => path ?? '');
}

describe('the files to touch according to ARCHITECTURE.md', () => {
	it('cover every rule', () => {
		const paths = named('A new rule');
		assert.deepEqual(paths, [
			'server/src/rules/',
			'server/src/rules/index.ts',
			'schemas/marginalia.schema.json',
			'README.md',
			'docs/rules/',
		]);
		const sources = globSync('server/src/rules/*/*.ts', { cwd: ROOT }).map(read);
		const { properties, definitions } = JSON.parse(read('schemas/marginalia.schema.json'));
		const rows = [
			...read('README.md').matchAll(/^\| \[([\w-]+\/[\w-]+)\]\(docs\/rules\/([\w-]+)\.md\) \| (\w+) \| .+ \|$/gm),
		];
		assert.deepEqual(
			rows
				.map(([, id, page, severity]) => ({ id, page, severity }))
				.sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1)),
			ALL_RULES.map(({ id, severity }) => ({
				id: String(id),
				page: id.replace('/', '-'),
				severity: String(severity),
			})).sort((a, b) => (a.id < b.id ? -1 : 1)),
			'the table of rules in README.md',
		);
		for (const { id } of ALL_RULES) {
			assert.ok(
				sources.some(source => source.includes(`'${id}'`)),
				`${id} has no file`,
			);
			assert.ok(
				id in properties.rules.properties && definitions.ruleId.enum.includes(id),
				`${id} is not in the schema`,
			);
			assert.ok(existsSync(join(ROOT, `docs/rules/${id.replace('/', '-')}.md`)), `${id} has no documentation`);
		}
	});

	it('cover every LSP feature', () => {
		const paths = named('A new LSP feature');
		assert.deepEqual(paths, [
			'server/src/languageFeatures/',
			'server/src/lsp/capabilities.ts',
			'server/src/lsp/params.ts',
			'server/src/lsp/',
			'test/lsp/everyRequest.ts',
			'server/src/service.ts',
		]);
		for (const path of paths) assert.ok(existsSync(join(ROOT, path)), path);
		const capabilities = new Set(
			[...read('server/src/lsp/capabilities.ts').matchAll(/\b(?!resolve|prepare)(\w+Provider):/g)].map(
				([, name]) => name ?? '',
			),
		);
		assert.ok(capabilities.size > 15, [...capabilities].join(' '));
		const asked = everyRequest({ line: 0, character: 0 });
		const missing = [...capabilities].filter(
			name => !OTHER_CAPABILITIES.has(name) && !asked.some(({ capability }) => capability === name),
		);
		assert.deepEqual(missing, [], 'capabilities that test/lsp/everyRequest.ts does not ask for');
		assert.deepEqual(
			asked.map(({ method }) => method).filter(method => !(METHODS as readonly string[]).includes(method)),
			[],
			'requests that test/lsp/requests.ts does not list',
		);
		const params = read('server/src/lsp/params.ts');
		const unchecked = asked.filter(({ method, capability }) => capability && !params.includes(`'${method}'`));
		assert.deepEqual(
			unchecked.map(({ method }) => method),
			[],
			'requests whose parameters server/src/lsp/params.ts does not check',
		);
	});
});
