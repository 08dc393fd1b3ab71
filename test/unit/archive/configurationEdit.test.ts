import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type ParseError, parse } from 'jsonc-parser';
import { addEntry } from '../../../server/src/archive/configurationEdit.ts';
import { applyEdits } from '../../../server/src/article/edits.ts';
import { runs } from '../../support/runs.ts';

const url = (text: string, value = 'https://b.example/'): string | undefined => {
	const edits = addEntry(text, ['ignore', 'urls'], 'append', value);
	return edits && applyEdits(text, edits);
};

describe('entries added to a configuration', () => {
	it('create missing objects around them', () => {
		const made = '{\n\t"ignore": {\n\t\t"urls": ["https://b.example/"]\n\t}\n}\n';
		for (const text of ['', '\n', '{\n}\n']) assert.equal(url(text), made, JSON.stringify(text));
		assert.equal(url('{}'), made.trimEnd());
		assert.equal(url('\ufeff{\r\n}'), `\ufeff${made.trimEnd().replaceAll('\n', '\r\n')}`);
		assert.equal(
			url('{ // 我们的档案\n}'),
			'{ // 我们的档案\n\t"ignore": {\n\t\t"urls": ["https://b.example/"]\n\t}\n}',
		);
	});

	it('follow the existing layout', () => {
		assert.equal(
			url('{\n  "ignore": {\n    "urls": ["https://a.example/"]\n  }\n}\n'),
			'{\n  "ignore": {\n    "urls": ["https://a.example/", "https://b.example/"]\n  }\n}\n',
		);
		assert.equal(
			url('{\n  "ignore": {\n    "hosts": []\n  },\n}\n'),
			'{\n  "ignore": {\n    "hosts": [],\n    "urls": ["https://b.example/"]\n  },\n}\n',
		);
		assert.equal(url('{"ignore":{"urls":[]}}'), '{"ignore":{"urls":["https://b.example/"]}}');
	});

	it('leave each comment with its entry', () => {
		assert.equal(
			url(
				'{\n\t"ignore": {\n\t\t"urls": [\n\t\t\t"https://a.example/" // 登录后才能看\n\t\t] /* that is all */\n\t}\n}\n',
			),
			'{\n\t"ignore": {\n\t\t"urls": [\n\t\t\t"https://a.example/", // 登录后才能看\n\t\t\t"https://b.example/"\n\t\t] /* that is all */\n\t}\n}\n',
		);
		assert.equal(
			url('{\n\t"ignore": {\n\t\t"urls": [\n\t\t\t"https://a.example/", // one, more\n\t\t]\n\t}\n}\n'),
			'{\n\t"ignore": {\n\t\t"urls": [\n\t\t\t"https://a.example/", // one, more\n\t\t\t"https://b.example/"\n\t\t]\n\t}\n}\n',
		);
	});

	it('set or change the level of a rule', () => {
		const off = (text: string): string =>
			applyEdits(text, addEntry(text, ['rules', 'link/split'], 'set', 'off') ?? assert.fail('no edits'));
		assert.equal(
			off('{ "rules": { "link/split": "hint" /* why */ } }'),
			'{ "rules": { "link/split": "off" /* why */ } }',
		);
		assert.equal(
			off('{\n\t"rules": {\n\t\t"html/*": "error" // strict\n\t}\n}'),
			'{\n\t"rules": {\n\t\t"html/*": "error", // strict\n\t\t"link/split": "off"\n\t}\n}',
		);
	});

	it('are not added twice, and replace no other value', () => {
		assert.equal(url('{"ignore":{"urls":["https://b.example/"]}}'), undefined);
		assert.equal(url('{"ignore":{"urls":"https://b.example/"}}'), undefined);
		assert.equal(url('{"ignore":[]}'), undefined);
		assert.equal(url('[]'), undefined);
	});

	it('change nothing else in any configuration', () => {
		const trivia = fc.constantFrom('', ' ', '\n', '\n\t', ' // 注\n', ' /* , ] */ ', '\r\n  ');
		const list = fc
			.tuple(
				fc.array(fc.constantFrom('"a"', '"b,"', '"]"'), { maxLength: 3 }),
				fc.array(trivia, { minLength: 9, maxLength: 9 }),
				fc.boolean(),
			)
			.map(([items, space, comma]) => {
				const inside = items.map((item, at) => space[2 * at] + item + space[2 * at + 1]).join(',');
				return `[${inside}${comma && items.length > 0 ? `,${space[6]}` : ''}${space[7]}]`;
			});
		const text = fc
			.tuple(trivia, trivia, trivia, trivia, fc.option(list), fc.boolean())
			.map(([a, b, c, d, urls, comma]) =>
				urls === null
					? `{${a}"rules":${b}{${c}}${comma ? ',' : ''}${d}}`
					: `${a}{${b}"ignore"${c}:{${d}"urls":${urls}${comma ? ',' : ''}${a}}${b}}${c}`,
			);
		fc.assert(
			fc.property(text, before => {
				const errors: ParseError[] = [];
				const options = { allowTrailingComma: true };
				const old = parse(before, errors, options) as { ignore?: { urls: string[] }; rules?: object };
				assert.deepEqual(errors, []);
				const after = url(before) ?? assert.fail('no edits');
				const made: unknown = parse(after, errors, options);
				assert.deepEqual(errors, [], after);
				assert.deepEqual(made, { ...old, ignore: { urls: [...(old.ignore?.urls ?? []), 'https://b.example/'] } });
				for (const comment of [' // 注\n', ' /* , ] */ '])
					assert.equal(after.split(comment.trim()).length, before.split(comment.trim()).length);
			}),
			{ numRuns: runs(500) },
		);
	});
});
