import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import {
	DEFAULTS,
	FURNITURE,
	LEVELS,
	MOST_SELECTORS,
	MOST_SOURCES,
	parseConfiguration,
} from '../../../server/src/archive/configuration.ts';
import { addEntry, movePaths } from '../../../server/src/archive/configurationEdit.ts';
import { type ConfigurationFile, createConfigurations } from '../../../server/src/archive/configurationFile.ts';
import { matchesPattern } from '../../../server/src/archive/pattern.ts';
import { policyFor } from '../../../server/src/archive/policy.ts';
import { parseArticle } from '../../../server/src/article/article.ts';
import { applyEdits } from '../../../server/src/article/edits.ts';
import { configurationDiagnostics } from '../../../server/src/languageFeatures/diagnostic.ts';
import { MOTIVATIONS } from '../../../server/src/protocol/annotations.ts';
import { SETTINGS } from '../../../server/src/protocol/settings.ts';
import { checkArticle } from '../../../server/src/rules/check.ts';
import { ALL_RULES, RULE_IDS, rules } from '../../../server/src/rules/index.ts';
import { runs } from '../../support/runs.ts';
import { createFiles } from '../languageFeatures/harness.ts';
import { contextOf, inArticle } from '../rules/support.ts';

const read = (text: string): ReturnType<typeof parseConfiguration> => parseConfiguration(text, RULE_IDS);

/** What is wrong in a configuration, as the text that is marked and the message. */
const faults = (text: string): (readonly [string, string, string])[] =>
	read(text).faults.map(({ span, severity, message }) => [severity, text.slice(span.start, span.end), message]);

/** Which rules find something in a body, with the text that they mark and their severity, under a configuration. */
function found(body: string, configuration: string, path = 'articles/harbour/1.md'): string[] {
	const { configuration: read_, faults } = read(configuration);
	assert.deepEqual(faults, []);
	const text = inArticle(body);
	return checkArticle(contextOf(parseArticle(text)), policyFor(read_, path)).map(
		({ rule, severity, span }) => `${severity} ${rule.id} ${text.slice(span.start, span.end)}`,
	);
}

describe('the configuration of an archive', () => {
	it('accepts JSON with comments and trailing commas', () => {
		const { configuration, faults } = read(`\ufeff{
			// 我们的档案
			"$schema": "x",
			"rules": { "link/split": "warning", "html/*": "off", },
			"ignore": {
				"urls": ["https://a.example/*"], /* behind a login */
				"hosts": ["Example.ORG", "例子.中国", "b.example."],
				"rules": { "./articles/harbour/*": ["link/*", "image/size"] },
			},
			"noteKinds": { "出处": { "motivation": "identifying", "description": "where it is from" }, "todo": {} },
			"furniture": "show",
		}`);
		assert.deepEqual(faults, []);
		assert.deepEqual(configuration, {
			levels: new Map([
				['link/split', 'warning'],
				['html/*', 'off'],
			]),
			ignoredUrls: ['https://a.example/*'],
			ignoredHosts: ['example.org', 'xn--fsqu00a.xn--fiqs8s', 'b.example'],
			ignoredRules: [{ path: 'articles/harbour/*', rules: ['link/*', 'image/size'] }],
			noteKinds: new Map([
				['出处', { motivation: 'identifying', description: 'where it is from' }],
				['todo', { motivation: 'commenting' }],
			]),
			furniture: 'show',
			sources: new Map(),
		});
	});

	it('says what is furniture in the articles of a source', () => {
		const { configuration, faults } = read(`{ "sources": {
			"WWW.例子.中国": { "furniture": [".ad", "#more > li"], "keep": ["aside.note"] },
			"a.example": { "content": ["article"] }
		} }`);
		assert.deepEqual(faults, []);
		const texts = [...configuration.sources].map(([host, { furniture, content, keep }]) => [
			host,
			...[furniture, content, keep].map(list => list.map(({ text }) => text)),
		]);
		assert.deepEqual(texts, [
			['xn--fsqu00a.xn--fiqs8s', ['.ad', '#more > li'], [], ['aside.note']],
			['a.example', [], ['article'], []],
		]);
	});

	it('says what is wrong with the selectors of a source, and uses the others', () => {
		const text = `{ "sources": { "a.example": { "furniture": [".ad", "a:hover", 1], "hide": [] }, "a b": {}, "c.example": [] } }`;
		assert.deepEqual(faults(text), [
			['warning', '"hide"', 'Unknown setting "hide" in a source'],
			['warning', '1', 'Expected a non-empty string'],
			['warning', '"a:hover"', 'This is not a CSS selector that can be used: ":hover" is not supported'],
			['warning', '"a b"', '"a b" is not a host name'],
			['warning', '[]', 'Expected an object'],
		]);
		assert.deepEqual(
			read(text)
				.configuration.sources.get('a.example')
				?.furniture.map(one => one.text),
			['.ad'],
		);
	});

	it('limits the selectors of a source, and the sources', () => {
		const list = JSON.stringify(Array.from({ length: MOST_SELECTORS + 2 }, (_, at) => `.a${at}`));
		assert.deepEqual(faults(`{ "sources": { "a.example": { "furniture": ${list} } } }`), [
			['warning', `".a${MOST_SELECTORS}"`, 'Only the first 50 selectors of a list are used'],
		]);
		const sources = Object.fromEntries(Array.from({ length: MOST_SOURCES + 2 }, (_, at) => [`a${at}.example`, {}]));
		assert.deepEqual(faults(JSON.stringify({ sources })), [
			['warning', `"a${MOST_SOURCES}.example"`, 'Only the first 1000 sources are read'],
		]);
	});

	it('uses and edits the last of several entries with one name', () => {
		const text =
			'{ "rules": { "link/split": "error" }, "ignore": { "hosts": ["a.example"] }, "rules": {}, "ignore": {} }';
		assert.deepEqual(read(text).configuration, DEFAULTS);
		const edits = addEntry(text, ['rules', 'link/split'], 'set', 'off') ?? assert.fail('no edits');
		assert.deepEqual([...read(applyEdits(text, edits)).configuration.levels], [['link/split', 'off']]);
		const paths = '{ "ignore": { "rules": { "a.md": [] } }, "ignore": { "rules": { "b.md": ["link/split"] } } }';
		const moved = applyEdits(
			paths,
			movePaths(paths, path => `moved/${path}`),
		);
		assert.deepEqual(read(moved).configuration.ignoredRules, [{ path: 'moved/b.md', rules: ['link/split'] }]);
	});

	it('is empty by default', () => {
		for (const text of ['', '\ufeff\n', '{}']) assert.deepEqual(read(text), { configuration: DEFAULTS, faults: [] });
	});

	it('is ignored as a whole if it is not valid JSON', () => {
		for (const [text, at, reason] of [
			['{ "rules": { "link/split": off } }', 'off', 'This is not valid JSON: invalid symbol'],
			['{ "rules": {', '', 'This is not valid JSON: close brace expected'],
			['[]', '[]', 'The configuration must be a JSON object'],
			['"off"', '"off"', 'The configuration must be a JSON object'],
			['// nothing', '', 'This is not valid JSON: value expected'],
		] as const) {
			assert.deepEqual(faults(text)[0], ['error', at, `${reason}; the defaults apply`], text);
			assert.deepEqual(read(text).configuration, DEFAULTS);
		}
	});

	it('is ignored if it has merge conflicts, each of which is reported', () => {
		const conflict = '<<<<<<< HEAD\n"rules": {"link/split": "off"},\n=======\n"rules": {},\n>>>>>>> other\n';
		const text = `{\n${conflict}"ignore": {},\n${conflict}}\n`;
		const said =
			'Unresolved merge conflict: keep the correct text, and remove the lines <<<<<<<, ======= and >>>>>>>; the defaults apply';
		for (const written of [text, text.replaceAll('\n', '\r\n')]) {
			assert.deepEqual(faults(written), Array(2).fill(['error', '<<<<<<< HEAD', said]));
			assert.deepEqual(read(written).configuration, DEFAULTS);
		}
		const file = { uri: 'file:///a/marginalia.json', text, ...read(text) };
		const [diagnostic] = configurationDiagnostics(file, 'file:///rules/');
		assert.deepEqual(
			[diagnostic?.code, diagnostic?.codeDescription?.href, diagnostic?.range.start.line],
			['article/conflict', 'file:///rules/article-conflict.md', 1],
		);
	});

	it('reports invalid entries, and applies the others', () => {
		const text = `{
			"rule": {}, "rules": { "link/splitt": "off", "link/split": "of", "link/nested": 1, "image/*": "hint" },
			"ignore": { "urls": "x", "hosts": ["https://a.example", "b.example:80", "", "c.example"], "rules": { "a": ["b/c"] }, "files": [] },
			"noteKinds": { "two words": {}, "why": { "motivation": "wondering", "colour": 1 }, "who": "x" }
		}`;
		assert.deepEqual(
			faults(text).map(([severity, at]) => `${severity} ${at}`),
			[
				'warning "rule"',
				'warning "files"',
				'warning "link/splitt"',
				'warning "of"',
				'warning 1',
				'warning "x"',
				'warning ""',
				'warning "https://a.example"',
				'warning "b.example:80"',
				'warning "b/c"',
				'warning "two words"',
				'warning "colour"',
				'warning "wondering"',
				'warning "x"',
			],
		);
		const { configuration } = read(text);
		assert.deepEqual([...configuration.levels], [['image/*', 'hint']]);
		assert.deepEqual(configuration.ignoredHosts, ['c.example']);
		assert.deepEqual(faults('{"furniture":"hide"}'), [['warning', '"hide"', 'Expected one of fold, show']]);
		assert.deepEqual(faults('{"rules":{"link/splitt":"off"}}'), [
			['warning', '"link/splitt"', 'Unknown rule "link/splitt"'],
		]);
	});

	it('never throws, and reports places within the text', () => {
		const scrap = fc.constantFrom(
			'{',
			'}',
			'[',
			']',
			',',
			':',
			'"rules"',
			'"ignore"',
			'"urls"',
			'"hosts"',
			'"noteKinds"',
			'"link/*"',
			'"off"',
			'1',
			'null',
			'"',
			'//',
			'/*',
			'\n',
			'🌊',
		);
		const text = fc.oneof(
			fc.array(scrap, { maxLength: 30 }).map(parts => parts.join('')),
			fc.json(),
			fc.string(),
		);
		fc.assert(
			fc.property(text, text => {
				for (const { span, message } of read(text).faults) {
					assert.ok(0 <= span.start && span.start <= span.end && span.end <= text.length, message);
				}
			}),
			{ numRuns: runs(500) },
		);
	});
});

describe('a configured check', () => {
	const SPLIT = '<p><a href="/x">潮</a><a href="/x">水</a></p>';

	it('applies severities of rules and families', () => {
		assert.deepEqual(
			found(SPLIT, '{}').map(line => line.split(' ', 2).join(' ')),
			['hint link/split', 'hint link/relative', 'hint link/relative'],
		);
		assert.deepEqual(
			found(SPLIT, '{"rules":{"link/*":"off","link/split":"error"}}').map(line => line.split(' ', 2).join(' ')),
			['error link/split'],
		);
	});

	it('does not run a rule that is off', () => {
		for (const { id } of rules) {
			const text = `{"rules":{${JSON.stringify(id)}:"off"}}`;
			assert.ok(!found(`${SPLIT}<a href="">x</a><img>`, text).some(line => line.includes(` ${id} `)), id);
		}
	});

	it('ignores URLs, as written or resolved', () => {
		const body =
			'<a href="http://a.example/1">x</a><a href="http://b.example/1">x</a><a href="/y">x</a><img src="ttps://c.example/" alt=""> <a href="">x</a>';
		const at = (ignore: object): string[] =>
			found(body, JSON.stringify({ ignore })).map(line => line.split(' ').slice(1).join(' '));
		const all = [
			'link/insecure http://a.example/1',
			'link/insecure http://b.example/1',
			'link/relative /y',
			'image/invalid-url ttps://c.example/',
			'link/empty href=""',
		];
		assert.deepEqual(at({}), all);
		assert.deepEqual(at({ urls: ['http://a.example/1'] }), all.slice(1));
		assert.deepEqual(at({ urls: ['http://*.example/*'] }), all.slice(2));
		assert.deepEqual(at({ urls: ['https://news.example/y', 'ttps:*'] }), [all[0], all[1], all[4]]);
		assert.deepEqual(at({ urls: ['*'] }), [all[4]]);
		assert.deepEqual(at({ hosts: ['example'] }).at(-1), all[4]);
		assert.deepEqual(
			at({ hosts: ['b.example'] }),
			all.filter(line => !line.includes('b.example')),
		);
		assert.deepEqual(at({ hosts: ['ample', '.example/1'].slice(0, 1) }), all);
	});

	it('applies ignored URLs to nested links and images', () => {
		const body =
			'<table><tr><td><a href="http://a.example/">x<table><tr><td><a href="http://b.example/">y</a></td></tr></table>z</a></td></tr></table><a href="http://c.example/"><img src="/p.png"></a>';
		const quiet = (host: string): string[] => found(body, JSON.stringify({ ignore: { hosts: [host] } }));
		const all = found(body, '{}');
		assert.ok(all.some(line => line.includes('link/nested')) && all.some(line => line.includes('image/missing-alt')));
		assert.deepEqual(
			quiet('b.example'),
			all.filter(line => !/b\.example/.test(line)),
		);
		assert.deepEqual(
			quiet('c.example'),
			all.filter(line => !/link\/.*c\.example/.test(line)),
		);
		assert.deepEqual(
			quiet('news.example'),
			all.filter(line => !line.includes('image/')),
		);
	});

	it('skips rules in some files', () => {
		const configuration = '{"ignore":{"rules":{"articles/harbour/*":["link/*"]}}}';
		assert.deepEqual(found(SPLIT, configuration), []);
		assert.equal(found(SPLIT, configuration, 'articles/bridge/1.md').length, 3);
	});
});

describe('the file of a configuration', () => {
	const configuration = '{"rules":{"link/split":"off"}}';

	it('is the nearest one above an article, up to the root of its archive', async () => {
		const files = createFiles({
			'file:///marginalia.json': '{}',
			'file:///a/marginalia.json': configuration,
			'file:///a/articles/h/1.md': '',
			'file:///a/articles/own/marginalia.json': configuration,
			'file:///b/articles/h/1.md': '',
		});
		const { find, policy } = createConfigurations(files, RULE_IDS);
		const at = async (uri: string): Promise<string | undefined> => (await find(uri))?.uri;
		assert.equal(await at('file:///a/articles/h/1.md'), 'file:///a/marginalia.json');
		assert.equal(await at('file:///a/articles/own/1.md'), 'file:///a/articles/own/marginalia.json');
		assert.equal(await at('file:///b/articles/h/1.md'), undefined);
		assert.equal(await at('file:///c/1.md'), 'file:///marginalia.json');
		assert.equal(await at('untitled:Untitled-1'), undefined);
		assert.equal((await policy('file:///a/articles/h/%E6%B8%A1.md')).level('link/split'), 'off');
		assert.equal((await policy('file:///b/1.md')).level('link/split'), undefined);
	});

	it('is read once, and again after a change', async () => {
		const contents: Record<string, string> = { 'file:///a/marginalia.json': '{' };
		const reports: ConfigurationFile[] = [];
		let opened: string | undefined;
		const { find, forget } = createConfigurations(
			{
				...createFiles({}),
				...createFiles({}),
				stat: uri => createFiles(contents).stat(uri),
				readHead: (uri, length) => createFiles(contents).readHead(uri, length),
			},
			RULE_IDS,
			{
				onRead: file => reports.push(file),
				openText: uri => (uri === 'file:///a/marginalia.json' ? opened : undefined),
			},
		);
		const texts = async (): Promise<(string | undefined)[]> => [
			(await find('file:///a/1.md'))?.text,
			(await find('file:///a/b/2.md'))?.text,
		];
		assert.deepEqual(await texts(), ['{', '{']);
		contents['file:///a/marginalia.json'] = configuration;
		assert.deepEqual(await texts(), ['{', '{']);
		forget();
		assert.deepEqual(await texts(), [configuration, configuration]);
		opened = '{ }';
		forget();
		assert.deepEqual(await texts(), ['{ }', '{ }']);
		assert.deepEqual(
			reports.map(({ text, faults }) => [text, faults.length > 0]),
			[
				['{', true],
				[configuration, false],
				['{ }', false],
			],
		);
	});

	it('is rejected if it is too large or not UTF-8', async () => {
		const files = createFiles({
			'file:///a/marginalia.json': ' '.repeat(1024 * 1024 + 1),
			'file:///b/marginalia.json': Uint8Array.of(0x7b, 0xff, 0x7d),
		});
		const { find } = createConfigurations(files, RULE_IDS);
		const message = async (uri: string): Promise<string | undefined> => (await find(uri))?.faults[0]?.message;
		assert.match(
			(await message('file:///a/1.md')) ?? '',
			/^The configuration has 1048577 bytes, but the limit is 1048576; /,
		);
		assert.equal(await message('file:///b/1.md'), 'The configuration must be saved as UTF-8; the defaults apply');
	});
});

describe('the example in the README', () => {
	it('is valid', () => {
		const readme = readFileSync(join(import.meta.dirname, '../../../README.md'), 'utf8');
		const example = /\n## marginalia\.json\n[\s\S]*?\n( {4}\{\n(?: {4}.*\n)+)/.exec(readme)?.[1] ?? '';
		const { configuration, faults } = read(example);
		assert.deepEqual(faults, []);
		assert.deepEqual(
			[...configuration.levels],
			[
				['link/*', 'off'],
				['link/invalid-url', 'error'],
			],
		);
		assert.deepEqual(configuration.ignoredHosts, ['example.com']);
		assert.equal(
			configuration.ignoredRules.length + configuration.noteKinds.size + configuration.ignoredUrls.length,
			3,
		);
		assert.deepEqual([...configuration.sources.keys()], ['example.com']);
	});
});

describe('patterns', () => {
	it('match as regular expressions with .* would', () => {
		const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
		fc.assert(
			fc.property(letters, letters, (text, pattern) => {
				assert.equal(matchesPattern(text, pattern), new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(text));
			}),
			{ numRuns: runs(1000) },
		);
	});
});

describe('the schema of configurations', () => {
	interface Schema {
		readonly description?: string;
		readonly $ref?: string;
		readonly enum?: readonly string[];
		readonly properties?: Readonly<Record<string, Schema>>;
		readonly items?: Schema;
		readonly additionalProperties?: Schema | boolean;
		readonly definitions?: Readonly<Record<string, Schema>>;
	}
	const schema = JSON.parse(
		readFileSync(join(import.meta.dirname, '../../../schemas/marginalia.schema.json'), 'utf8'),
	) as Schema;

	it('contains all rules, their families and their defaults', () => {
		const families = [...new Set(RULE_IDS.map(id => `${id.split('/')[0]}/*`))];
		const expected = [...RULE_IDS, ...families].sort();
		const described = schema.properties?.rules?.properties ?? {};
		assert.deepEqual(Object.keys(described).sort(), expected);
		assert.deepEqual([...(schema.definitions?.ruleId?.enum ?? [])].sort(), expected);
		for (const { id, severity } of ALL_RULES)
			assert.ok(described[id]?.description?.endsWith(`Default: ${severity}.`), id);
	});

	it('contains all levels, motivations and ways to treat furniture', () => {
		assert.deepEqual(schema.properties?.furniture?.enum, FURNITURE);
		assert.deepEqual(SETTINGS['marginalia.furniture'].enum, FURNITURE);
		assert.deepEqual(schema.definitions?.level?.enum, LEVELS);
		const kind = schema.properties?.noteKinds?.additionalProperties;
		assert.deepEqual(typeof kind === 'object' ? kind.properties?.motivation?.enum : undefined, MOTIVATIONS);
	});

	it('describes every setting', () => {
		const undescribed: string[] = [];
		const queue = Object.entries(schema.properties ?? {});
		for (let next = queue.pop(); next; next = queue.pop()) {
			const [name, { description, properties }] = next;
			if (!description) undescribed.push(name);
			queue.push(...Object.entries(properties ?? {}));
		}
		assert.deepEqual(undescribed, []);
	});
});
