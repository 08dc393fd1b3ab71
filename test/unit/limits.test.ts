import assert from 'node:assert/strict';
import { CancellationToken } from 'vscode-languageserver';
import { readNotes } from '../../server/src/annotations/exchange/exchange.ts';
import { NOTE_KINDS } from '../../server/src/annotations/kinds.ts';
import { parseSidecar } from '../../server/src/annotations/sidecar.ts';
import { changeSidecar } from '../../server/src/annotations/sidecarWriter.ts';
import { parseConfiguration } from '../../server/src/archive/configuration.ts';
import { movePaths } from '../../server/src/archive/configurationEdit.ts';
import { parseArticle } from '../../server/src/article/article.ts';
import { RULE_IDS } from '../../server/src/rules/index.ts';
import { CURSOR, createFiles, HEAD, open } from './languageFeatures/harness.ts';

/**
 * JSON nested more deeply than any parser supports. Some start with text that misleads readers with another notion of
 * strings and comments.
 */
const DEEP: readonly string[] = [
	'['.repeat(5000),
	'{"a":'.repeat(100_000),
	`{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
	`// "\n${'['.repeat(20_000)}`,
	`/* " */ ${'['.repeat(20_000)}`,
	`/*/ */${'['.repeat(20_000)}`,
	`"open\n${'['.repeat(20_000)}`,
	`["\\\\",${'['.repeat(20_000)}`,
	`["[[",${'{"[":'.repeat(20_000)}`,
	// Unmatched closing brackets, which jsonc-parser skips.
	`{"a":${']'.repeat(20_000)},"b":${'['.repeat(20_000)}`,
	'{"a":],"b":'.repeat(20_000),
	'[},'.repeat(20_000),
];

describe('the configuration parser', () => {
	it('reports one finding and uses the defaults if values nest too deeply', () => {
		for (const text of DEEP) {
			const { configuration, faults } = parseConfiguration(text, RULE_IDS);
			assert.equal(configuration.levels.size, 0);
			assert.deepEqual(
				faults.map(({ message, severity }) => [message, severity]),
				[['Values are nested more than 200 levels deep; the defaults apply', 'error']],
				text.slice(0, 20),
			);
			const [fault] = faults;
			assert.match(text.slice(fault?.span.start, fault?.span.end), /^[[{]$/);
			assert.deepEqual(
				movePaths(text, path => `${path}x`),
				[],
			);
		}
	});

	it('allows 200 levels of nesting', () => {
		const nested = (depth: number): string => `{"ignore":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;
		const messages = (depth: number): string[] =>
			parseConfiguration(nested(depth), RULE_IDS).faults.map(({ message }) => message);
		assert.deepEqual(messages(201), ['Values are nested more than 200 levels deep; the defaults apply']);
		assert.doesNotMatch(messages(200).join(), /nested/);
	});

	it('reports one finding if the open document is too long', () => {
		const text = `{"ignore":{"urls":["${'x'.repeat(1024 * 1024)}"]}}`;
		const { configuration, faults } = parseConfiguration(text, RULE_IDS);
		assert.deepEqual(configuration.ignoredUrls, []);
		assert.deepEqual(
			faults.map(({ message }) => message),
			[`The configuration has ${text.length} characters, but the limit is 1048576; the defaults apply`],
		);
	});

	it('ignores brackets in strings and comments', () => {
		const text = `{ // ${'['.repeat(500)}\n"ignore": { "urls": ["${'[{'.repeat(500)}", "\\"${'['.repeat(500)}"] } /* ${'{'.repeat(500)} */ }`;
		assert.deepEqual(parseConfiguration(text, RULE_IDS).faults, []);
	});

	it('keeps all features of an article working', async () => {
		const files = createFiles({
			'file:///archive/marginalia.json': '['.repeat(5000),
			'file:///archive/lists/a.md': '',
		});
		const { document, service } = open(`${HEAD}<p><a href="ttps://a.example/">x</a></p>${CURSOR}`, { files });
		const token = CancellationToken.None;
		assert.deepEqual(
			(await service.diagnostics(document, token)).map(({ code }) => code),
			['link/invalid-url'],
		);
		assert.equal((await service.documentSymbols(document)).length, 1);
		assert.equal((await service.fixAll(document.uri, document.getText(), token)).count, 1);
		assert.match((await service.configuration(document.uri))?.faults[0]?.message ?? '', /^Values are nested/);
	});
});

describe('the note parsers', () => {
	it('reports one finding in a sidecar file, and never writes it', () => {
		for (const text of DEEP) {
			assert.deepEqual(
				parseSidecar(text).faults.map(({ kind, message }) => [kind, message]),
				[['unreadable', 'Values are nested more than 200 levels deep']],
				text.slice(0, 20),
			);
			assert.equal(changeSidecar(text, [], { source: 'urn:x:y', title: '' }).kind, 'refused');
		}
	});

	it('reports one fault in an import', () => {
		for (const text of DEEP)
			for (const format of ['hypothesis', 'jsonld', undefined] as const)
				assert.deepEqual(readNotes(text, format, NOTE_KINDS), {
					annotations: [],
					faults: ['Values are nested more than 200 levels deep'],
				});
	});

	it('treats deeply nested JSON after an inline note as part of its text', async () => {
		const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
		const { document, service } = open(`${HEAD}<p><mark>x</mark><!-- note: y {"@of":"z","a":${deep}} --></p>${CURSOR}`);
		const { notes = [] } = (await service.annotations.find(document, parseArticle(document.text))) satisfies object;
		assert.equal(notes.length, 1);
		assert.match(notes[0]?.text ?? '', /^y \{"@of":"z","a":\[\[/);
	});
});

describe('the front matter parser', () => {
	const faultsOf = (yaml: string): readonly string[] =>
		parseArticle(`---\n${yaml}\n---\n${HEAD}<p>x</p>`).header.faults.map(({ kind, detail }) => `${kind}: ${detail}`);

	it('reports one finding if values nest too deeply, in any YAML syntax', () => {
		for (const yaml of [
			`a: ${'['.repeat(8000)}`,
			`a: ${'['.repeat(8000)}${']'.repeat(8000)}`,
			'{a: '.repeat(3000),
			`a:\n${'- '.repeat(8000)}x`,
			`${'? '.repeat(8000)}x`,
		])
			assert.deepEqual(
				faultsOf(yaml).filter(fault => fault.startsWith('front-matter')),
				['front-matter-invalid: Values are nested more than 50 levels deep'],
				yaml.slice(0, 10),
			);
	});

	it('reports one finding if it is too long', () => {
		const yaml = `title: Tide\n${'a: b\n'.repeat(4000)}`;
		assert.deepEqual(faultsOf(yaml), ['front-matter-invalid: The front matter is longer than 16384 characters']);
	});

	it('does not expand aliases', async () => {
		const bomb = `a: &a [x, x, x]\n${Array.from({ length: 20 }, (_, index) => {
			const name = String.fromCharCode(98 + index);
			const before = `*${String.fromCharCode(97 + index)}`;
			return `${name}: &${name} [${Array.from({ length: 9 }, () => before).join(', ')}]`;
		}).join('\n')}`;
		const article = parseArticle(`---\ntitle: Tide\n${bomb}\n---\n${HEAD}<p>x</p>`);
		assert.deepEqual(article.header.faults, []);
		assert.equal(article.header.frontMatter?.fields.get('title')?.value, 'Tide');
		assert.equal(article.header.frontMatter?.lists.get('u')?.length, 0);
	});
});

describe('the header parser', () => {
	it('takes linear time on a line of a megabyte', () => {
		const long = 500_000;
		for (const [line, kind] of [
			[`<${' '.repeat(long)}1639640221000`, 'time-malformed'],
			[`1639640221000`.padStart(20, '<!--') + ' '.repeat(long), undefined],
			[`<!--1639640221000${' '.repeat(long)}x`, undefined],
			[`<!--${' '.repeat(long)}x${' '.repeat(long)}-->`, 'time-malformed'],
			[`<!--x${' '.repeat(long)}y-->`, 'time-malformed'],
		] as const) {
			const { header } = parseArticle(`${line}\n[Tide](https://news.example/)\n------\n\n<p>x</p>`);
			if (kind)
				assert.ok(
					header.faults.some(fault => fault.kind === kind),
					line.slice(0, 20),
				);
		}
		for (const line of [
			`[${'x'.repeat(long)}`,
			`[x ${'['.repeat(long)}y https://a.example/ z`,
			`${'a.'.repeat(long)}`,
		]) {
			const { header } = parseArticle(`<!--1639640221000-->\n${line}\n------\n\n<p>x</p>`);
			assert.ok(
				header.faults.some(fault => fault.kind === 'title-malformed'),
				line.slice(0, 20),
			);
		}
		const dated = parseArticle(
			`[x](https://a.example/)\n------\n日期：x${' '.repeat(long)}y${' '.repeat(long)}\n\n<p>x</p>`,
		);
		assert.equal(dated.header.date?.value.length, long + 2);
	});
});
