import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { run } from '../../scripts/host/processes.ts';
import { type TemporaryFolder, temporaryFolder } from '../../scripts/host/temporary.ts';
import { type Random, randomOf } from './editing/random.ts';
import { type Desk, nextStep, STEP_MS, type Step } from './editing/steps.ts';
import { connectWitness, type EditorState, WITNESS, type Witness } from './editing/witness.ts';
import { waitFor } from './waitFor.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

/** How long to edit, by default half a minute. `MARGINALIA_EDITING_MINUTES=60` is what a day of editing needs to be trusted. */
const MINUTES = Number(process.env.MARGINALIA_EDITING_MINUTES ?? 0.5);
const SEED = Number(
	process.env.MARGINALIA_EDITING_SEED ?? (process.env.MARGINALIA_EDITING_MINUTES ? Date.now() % 1e9 : 7),
);

/** The most steps of Undo for what was typed at once. */
const MOST_UNDO_STEPS = 30;

const HEADER = ['<!--1639640221000-->', '[The night ferry](https://harbour.example/ferry)', '------', ''];
const ARTICLES: Readonly<Record<string, string>> = {
	'articles/harbour/1.md': [
		...HEADER,
		'<h2>Low water</h2><p>The dike held all night.</p><figure><img src="a.jpg" alt="A dike"><figcaption>The dike at low tide.</figcaption></figure><p>Two <b>boats</b> lay there.</p><!-- note: ask the pilot --><ul><li>one boat</li><li>another boat</li></ul>',
	].join('\n'),
	'articles/harbour/2.md': [
		...HEADER,
		'<section>\n\t<h2>Low water</h2>\n\t<p>The dike held all night &amp; day.</p>\n\t<blockquote>\n\t\t<p>We were afraid.</p>\n\t</blockquote>\n\t<p>Two boats lay there. 🚢</p>\n</section>\n',
	].join('\n'),
	'articles/dukou/3.md': `\ufeff${[...HEADER, '<h2>灯塔</h2><p>灯塔在夜里还亮着。</p><p>渡轮<em>早上</em>回来了。</p>', ''].join('\r\n')}`,
};

describe('an hour of editing', function () {
	this.timeout(MINUTES * 60_000 + 600_000);
	this.retries(0);
	let temporary: TemporaryFolder;
	let workbench: Workbench;
	let witness: Witness;

	before(async () => {
		temporary = await temporaryFolder('editing');
		const folder = join(temporary.path, 'archive');
		for (const [path, text] of Object.entries(ARTICLES)) {
			await mkdir(dirname(join(folder, path)), { recursive: true });
			await writeFile(join(folder, path), text);
		}
		await mkdir(join(folder, 'lists'));
		workbench = await openWorkbench({ folder, extension: WITNESS, settings: { 'files.autoSave': 'off' } });
		await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
		for (const args of [
			['init', '--quiet'],
			['config', 'user.name', 'Leonie'],
			['config', 'user.email', 'leonie@harbour.example'],
			['add', '.'],
			['commit', '--quiet', '-m', 'Begin'],
		]) {
			const { code, output } = await run('git', args, { cwd: workbench.folder, output: 'collect' });
			if (code !== 0) throw new Error(output);
		}
		witness = await connectWitness(workbench.folder);
		await witness.open('articles/harbour/1.md');
		await workbench.lenses(titles => titles.includes('Expand'), 'the lens that expands the article');
	});

	after(async () => {
		await workbench?.close();
		await temporary?.remove();
	});

	it(`leaves the text that a model of it has after each step (seed ${SEED}, ${MINUTES} minutes)`, async () => {
		const random = randomOf(SEED);
		const desk: Desk = { page: workbench.page, witness, folder: workbench.folder, random };
		const done: string[] = [];
		try {
			await edit(desk, random, done);
		} catch (error) {
			await workbench.screenshot('failed-editing');
			throw new Error(`MARGINALIA_EDITING_SEED=${SEED}, step ${done.length}: ${done.slice(-8).join('; ')}\n${error}`);
		}
		console.log(`      ${done.length} steps`);
	});

	async function edit(desk: Desk, random: Random, done: string[]): Promise<void> {
		const end = performance.now() + MINUTES * 60_000;
		let state = await open(random);
		while (performance.now() < end) {
			if (random.onceIn(15)) state = await open(random);
			if (done.length % 500 === 499) console.log(`      ${done.length + 1} steps…`);
			const step = await nextStep(desk, state);
			done.push(step.name);
			if (step.selections.length > 0) await witness.select(...step.selections);
			await step.perform();
			// The text may be as expected before the last keys: `</b>` is there before it is typed. What follows from keys is one message behind.
			await witness.settle();
			await witness.settle();
			const before = state.text;
			state = await reach(step.expected, step.name);
			if (step.isUndoable && random.onceIn(4)) {
				done.push('undo and redo');
				state = await undoAndRedo(before, step);
			}
		}
	}

	async function open(random: Random): Promise<EditorState> {
		const path = random.of(Object.keys(ARTICLES));
		await witness.open(path);
		return await waitFor(
			() => witness.state(),
			state => state.path === path && state.language === 'article',
			`${path} as an article`,
		);
	}

	async function reach(text: string, name: string): Promise<EditorState> {
		const isThere = (state: EditorState): boolean => state.text === text;
		return await waitFor(() => witness.state(), isThere, `the text ${JSON.stringify(text)} after “${name}”`, STEP_MS);
	}

	/** Presses Undo until the text is as before a step, and Redo at most as often. */
	async function undoAndRedo(before: string, { expected, name }: Step): Promise<EditorState> {
		const steps = await pressUntil('Control+Z', before, MOST_UNDO_STEPS);
		await reach(before, `undo ${name}`);
		await pressUntil('Control+Y', expected, steps);
		return await reach(expected, `redo ${name}`);
	}

	/** Presses a key until the text is what it should be, and returns how often. */
	async function pressUntil(key: string, text: string, most: number): Promise<number> {
		let times = 0;
		for (; times < most && (await witness.state()).text !== text; times++) {
			await workbench.page.keyboard.press(key);
			await witness.settle();
		}
		return times;
	}
});
