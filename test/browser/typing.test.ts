import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../scripts/host/paths.ts';
import { connectWitness, WITNESS, type Witness } from './editing/witness.ts';
import { PATIENCE_MS, waitFor } from './waitFor.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

/** The lines above the body. */
const HEAD = ['<!--1639640221000-->', '[渡轮复航 at dawn](https://harbour.example/ferry)', '------', ''];

/** Round trips to VS Code's server and times between two keys, in milliseconds. */
const PACES: readonly (readonly [roundTrip: number, key: number])[] = [
	[0, 20],
	[80, 60],
	[300, 20],
	[0, 60],
	[150, 20],
	[300, 150],
];

/** The most steps of Undo. */
const MOST_STEPS = 12;

/** How many of them each text is typed at, in turn. */
const PACES_EACH = 2;

/** What is typed into a body (`|` is the cursor, `⇧` Shift+Enter) and what comes out. */
const TYPED: readonly (readonly [what: string, body: string, keys: string, result: string])[] = [
	['an element and its text', '<p>a|</p>', ' <b>abcdef', '<p>a <b>abcdef|</b></p>'],
	['an element with its end tag', '<p>潮水 |</p>', '<b>abc</b> def', '<p>潮水 <b>abc</b> def|</p>'],
	['elements in each other', '<p>|</p>', '<b>a<i>b</i></b> c', '<p><b>a<i>b</i></b> c|</p>'],
	['a link with its quotes', '<p>|</p>', '<a href="u">v</a> w', '<p><a href="u">v</a> w|</p>'],
	['a link without quotes', '<p>|</p>', '<a href=uvw', '<p><a href="uvw|"</p>'],
	['an end tag, begun', '<div><em>x</em>|', '</', '<div><em>x</em></div>|'],
	['an end tag, whole', '<div><em>x</em>|', '</div>', '<div><em>x</em></div>|'],
	[
		'the next paragraph',
		'<section>\n    <p>One.|</p>\n</section>',
		'\nTwo.',
		'<section>\n    <p>One.</p>\n    <p>Two.|</p>\n</section>',
	],
	['the next paragraph on one line', '<p>一。|</p><p>End.</p>', '\nTwo.', '<p>一。</p><p>Two.|</p><p>End.</p>'],
	['two list items', '<ul><li>a|</li></ul>', '\nb\nc', '<ul><li>a</li><li>b</li><li>c|</li></ul>'],
	['text below a list', '<ul><li>a|</li></ul><p>x</p>', '\n\nb', '<ul><li>a</li></ul><p>b|</p><p>x</p>'],
	[
		'text in a list',
		'<p>x</p><ol><li>a|</li><li>c</li></ol>',
		'\n\nb',
		'<p>x</p><ol><li>a</li></ol><p>b|</p><ol start="2"><li>c</li></ol>',
	],
	['an empty paragraph', '<p>一|</p><p>x</p>', '\n\n二', '<p>一</p><p></p><p>二|</p><p>x</p>'],
	['text below a heading', '<h2>Tide|</h2>', '\nLow.', '<h2>Tide</h2>\n<p>Low.|</p>'],
	['a line break', '<p>On|</p>', 'e⇧two', '<p>One<br>two|</p>'],
	['words', '<p>|</p>', 'one [two] "three" (four) <', '<p>one [two] "three" (four) <|</p>'],
];

describe('typing over a slow connection', () => {
	let workbench: Workbench;
	let witness: Witness;
	let files = 0;

	before(async () => {
		workbench = await openWorkbench({
			folder: join(ROOT, 'test/fixtures/archive'),
			settings: {
				'editor.wordWrap': 'off',
				'[article]': { 'editor.wordWrap': 'off', 'editor.minimap.enabled': false },
			},
			delayed: true,
			extension: WITNESS,
		});
		witness = await connectWitness(workbench.folder);
		await mkdir(join(workbench.folder, 'typing'));
	});

	afterEach(async () => {
		workbench.delay(0);
		await workbench.runCommand('File: Revert File');
	});

	after(() => workbench?.close());

	/** Opens an article with a body, with the cursor at `|`. */
	async function open(body: string, lineBreak = '\n', start = ''): Promise<void> {
		const path = `typing/${++files}.md`;
		await writeFile(join(workbench.folder, path), start + [...HEAD, body.replace('|', '')].join(lineBreak));
		await workbench.openFile(path);
		await workbench.languageIs('Article');
		const before = body.slice(0, body.indexOf('|')).split('\n');
		await workbench.goTo({ line: HEAD.length + before.length, column: (before.at(-1)?.length ?? 0) + 1 });
	}

	/** Returns the body, with `|` at the cursor. */
	async function shown(): Promise<string> {
		const lines = (await workbench.visibleText(() => true)).split('\n').slice(HEAD.length);
		const place = (await workbench.statusBar()).flatMap(item => /^Ln (\d+), Col (\d+)$/.exec(item) ?? []);
		const [line, column] = [Number(place[1]) - HEAD.length - 1, Number(place[2]) - 1];
		const text = lines[line] ?? '';
		lines[line] = `${text.slice(0, column)}|${text.slice(column)}`;
		return lines.join('\n');
	}

	async function type(keys: string, delay: number): Promise<void> {
		for (const [index, part] of keys.split('⇧').entries()) {
			if (index > 0) await workbench.page.keyboard.press('Shift+Enter', { delay });
			await workbench.page.keyboard.type(part, { delay });
		}
	}

	/** Waits until the body is as expected; the error says what it is instead. */
	async function bodyIs(expected: string, pace: string, timeout = PATIENCE_MS): Promise<void> {
		await waitFor(shown, text => text === expected, `${expected} (${pace})`, timeout);
	}

	/** Presses Undo until the body is as it was when the file was opened, and returns how often. */
	async function undo(body: string, pace: string): Promise<number> {
		let steps = 0;
		for (; steps < MOST_STEPS && (await shown()) !== body; steps++) {
			await workbench.page.keyboard.press('Control+Z');
			await witness.settle();
		}
		await bodyIs(body, pace);
		return steps;
	}

	for (const [index, [what, body, keys, result]] of TYPED.entries())
		it(`writes ${what}`, async () => {
			await open(body);
			for (let turn = 0; turn < PACES_EACH; turn++) {
				const [roundTrip, key] = PACES[(index + turn) % PACES.length] ?? [0, 0];
				const pace = `${roundTrip} ms of connection, ${key} ms a key`;
				workbench.delay(roundTrip);
				await type(keys, key);
				await bodyIs(result, pace);
				await undo(body, pace);
			}
		});

	for (const [body, keys, key, result] of [
		['<p>a|</p>', '\nTwo.', 'Control+Shift+8', '<p>a</p>\n<ul><li>Two.|</li></ul>'],
		['<p>a</p><h2>b|</h2>', '\n二', 'Control+Shift+9', '<p>a</p><h2>b</h2><blockquote><p>二|</p></blockquote>'],
		['<ul><li>a|</li><li>c</li></ul>', '\nb', 'Control+/', '<ul><li>a</li><!-- <li>b|</li> --><li>c</li></ul>'],
	] as const)
		it(`toggles markup of the block that Enter began: ${key}`, async () => {
			for (const roundTrip of [0, 300]) {
				await open(body);
				workbench.delay(roundTrip);
				await type(keys, 0);
				await workbench.page.keyboard.press(key);
				await bodyIs(result, `${roundTrip} ms`);
				workbench.delay(0);
				await workbench.runCommand('File: Revert File');
			}
		});

	it('says that markup cannot be toggled in an editor that is read-only', async () => {
		await open('<p>a|</p>');
		await witness.command('workbench.action.files.setActiveEditorReadonlyInSession');
		await witness.command('marginalia.toggleQuote');
		await witness.command('notifications.showList');
		const messages = workbench.page.locator('.notifications-center .notification-list-item-message');
		await messages.filter({ hasText: `typing/${files}.md is read-only.` }).waitFor();
		await witness.command('notifications.clearAll');
	});

	for (const [keys, body, result] of [
		['>', '<p>a <b|</p>', '<p>a <b>|</b></p>'],
		['</', '<p>a|', '<p>a</p>|'],
		['=', '<p><a href|>b</a></p>', '<p><a href="|">b</a></p>'],
		['\n', '<ul><li>a <b>b|</b></li></ul>', '<ul><li>a <b>b</b></li><li>|</li></ul>'],
	] as const)
		it(`undoes ${JSON.stringify(keys)} and what came with it in one step`, async () => {
			await open(body);
			for (const roundTrip of [0, 300]) {
				workbench.delay(roundTrip);
				await type(keys, 20);
				await bodyIs(result, `${roundTrip} ms`);
				await workbench.page.keyboard.press('Control+Z');
				await bodyIs(body, `${roundTrip} ms, undone`);
			}
		});

	for (const [body, ...parts] of [
		[
			'<p>a |</p>',
			['<b>', '<p>a <b>|</b></p>'],
			['x</', '<p>a <b>x</b>|</p>'],
			['b>', '<p>a <b>x</b>|</p>'],
			[' y', '<p>a <b>x</b> y|</p>'],
		],
		[
			'<p>a |</p>',
			['<a href=', '<p>a <a href="|"</p>'],
			['"', '<p>a <a href="|"</p>'],
			['u"', '<p>a <a href="u"|</p>'],
			['>', '<p>a <a href="u">|</a></p>'],
			['v</', '<p>a <a href="u">v</a>|</p>'],
			['a>', '<p>a <a href="u">v</a>|</p>'],
		],
	] as const)
		it(`undoes and redoes all of ${parts.map(([keys]) => keys).join(' ')}`, async () => {
			await open(body);
			let result: string = body;
			for (const [keys, expected] of parts) {
				await type(keys, 20);
				await witness.settle();
				await bodyIs(expected, keys);
				result = expected;
			}
			const steps = await undo(body, 'typed slowly');
			for (let step = 0; step < steps; step++) {
				await workbench.page.keyboard.press('Control+Y');
				await witness.settle();
			}
			// Redo leaves the cursor before what an extension has inserted.
			const text = (marked: string): string => marked.replace('|', '');
			await waitFor(shown, marked => text(marked) === text(result), `${result}, redone`);
		});

	for (const [body, keys] of [
		['<p>The|</p>', ' time'],
		['<p>The <a|></a></p>', ' '],
		['<p>See |</p>', '<a href='],
		['<p>See |</p>', '<a href="../'],
	] as const)
		it(`suggests something for ${JSON.stringify(keys)} that is typed at once in ${body}`, async () => {
			await open(body);
			await type(keys, 0);
			await workbench.page.locator('.suggest-widget.visible').waitFor();
			await workbench.page.keyboard.press('Escape');
		});

	it('leaves the cursor where the user has moved it meanwhile', async () => {
		await open('<p>a|</p>');
		workbench.delay(300);
		await type('<b>', 20);
		for (const _ of '<b>') await workbench.page.keyboard.press('ArrowLeft');
		await bodyIs('<p>a|<b></b></p>', 'after three arrows');
	});

	it('completes what several cursors type', async () => {
		await open('<p>a|</p>\n<p>b</p>');
		await workbench.runCommand('Add Cursor Below');
		workbench.delay(80);
		await type('<i>x', 20);
		await waitFor(
			() => workbench.visibleText(() => true),
			text => text.endsWith('<p>a<i>x</i></p>\n<p>b<i>x</i></p>'),
			'both elements',
		);
	});

	it('keeps line endings and the byte order mark', async () => {
		await open('<section>\r\n  <p>One.|</p>\r\n</section>', '\r\n', '\ufeff');
		workbench.delay(80);
		await type('\n<b>Two', 20);
		await bodyIs('<section>\n  <p>One.</p>\n  <p><b>Two|</b></p>\n</section>', 'CRLF');
		workbench.delay(0);
		await workbench.runCommand('File: Save');
		await workbench.saved(`typing/${files}.md`, text =>
			text.endsWith('\r\n  <p>One.</p>\r\n  <p><b>Two</b></p>\r\n</section>'),
		);
	});

	it('pastes where the cursor was when one types on', async () => {
		await open('<p>a| [[潮水]]</p>');
		await workbench.goTo({ line: HEAD.length + 1, column: 8 });
		for (const _ of '潮水') await workbench.page.keyboard.press('Shift+ArrowRight');
		await workbench.page.keyboard.press('Control+C');
		for (const roundTrip of [0, 150, 300]) {
			await workbench.goTo({ line: HEAD.length + 1, column: 5 });
			workbench.delay(roundTrip);
			// VS Code itself needs some milliseconds before it asks extensions.
			await workbench.page.keyboard.press('Control+V', { delay: 120 });
			await type('xyz', 60);
			await bodyIs('<p>a潮水xyz| [[潮水]]</p>', `${roundTrip} ms`, 20_000);
			await undo('<p>a| [[潮水]]</p>', `${roundTrip} ms`);
			workbench.delay(0);
		}
	});

	it('renames both tags of an element', async () => {
		await open('<p><b|>x</b></p>');
		workbench.delay(150);
		await workbench.page.locator('.linked-editing-decoration').first().waitFor();
		await type('ig', 20);
		await bodyIs('<p><big|>x</big></p>', 'linked editing');
	});
});
