import { strict as assert } from 'node:assert';
import { existsSync, readFileSync } from 'node:fs';
import {
	ConfigurationTarget,
	commands,
	Selection,
	type TextDocument,
	type TextEditor,
	window,
	workspace,
} from 'vscode';
import { closeAll, openArticle, temporaryFolder, untilServer } from '../support.ts';

const TEXT =
	'<!--1639640221000-->\n[渡轮](https://harbour.example/ferry)\n------\n\n<p>末班船十一点开。</p>\n<p>The last boat leaves at eleven.</p>\n';

/** The result of a server command. */
interface Outcome {
	readonly kind: string;
	readonly code?: string;
}

describe('annotations in VS Code', () => {
	const write = temporaryFolder();
	let count = 0;
	let path: string;
	let document: TextDocument;

	const set = (name: string, value: unknown): Thenable<void> =>
		workspace.getConfiguration('marginalia.annotations').update(name, value, ConfigurationTarget.Global);
	const sidecar = (): string => `${path}.annotations.jsonld`;
	/** Returns the quotes of the notes in the sidecar file. */
	const quotes = (): string[] =>
		existsSync(sidecar())
			? [...readFileSync(sidecar(), 'utf8').matchAll(/"exact":"([^"]*)"/g)].map(match => match[1] ?? '')
			: [];
	const editor = (): TextEditor => {
		assert.ok(window.activeTextEditor);
		return window.activeTextEditor;
	};
	function select(text: string): void {
		const start = document.getText().indexOf(text);
		assert.ok(start >= 0);
		editor().selection = new Selection(document.positionAt(start), document.positionAt(start + text.length));
	}

	before(() => set('author', 'Ines Okafor'));
	after(() => set('author', undefined));
	beforeEach(async () => {
		path = write(`notes-${++count}.md`, TEXT);
		document = await openArticle(path);
		await untilServer('running');
	});
	afterEach(async () => {
		await set('carrier', undefined);
		await closeAll();
	});

	it('are written to the sidecar file, undone and redone', async () => {
		select('末班船');
		await commands.executeCommand('marginalia.highlight');
		assert.deepEqual(quotes(), ['末班船']);
		assert.equal(document.getText(), TEXT);
		assert.equal(document.isDirty, false);
		await commands.executeCommand('marginalia.undoAnnotation');
		assert.deepEqual(quotes(), []);
		await commands.executeCommand('marginalia.redoAnnotation');
		assert.deepEqual(quotes(), ['末班船']);
	});

	it('are written to the text if set to inline, and undone by the editor', async () => {
		await set('carrier', 'inline');
		select('last boat');
		await commands.executeCommand('marginalia.highlight');
		assert.equal(document.getText(), TEXT.replace('last boat', '<mark>last boat</mark>'));
		assert.equal(existsSync(sidecar()), false);
		await commands.executeCommand('undo');
		assert.equal(document.getText(), TEXT);
	});

	it('can be navigated from the cursor, with wrap-around', async () => {
		for (const text of ['The last boat', '十一点']) {
			select(text);
			await commands.executeCommand('marginalia.highlight');
		}
		editor().selection = new Selection(0, 0, 0, 0);
		const cursor = (): string => document.getText().slice(document.offsetAt(editor().selection.active)).slice(0, 3);
		const seen: string[] = [];
		for (const name of ['next', 'next', 'next', 'previous', 'previous']) {
			await commands.executeCommand(`marginalia.${name}Annotation`);
			seen.push(cursor());
		}
		assert.deepEqual(seen, ['十一点', 'The', '十一点', 'The', '十一点']);
	});

	it('are not written to a malformed sidecar file', async () => {
		const broken = '{ "type": "AnnotationCollection", ';
		write(`notes-${count}.md.annotations.jsonld`, broken);
		const outcome = await commands.executeCommand<Outcome>('marginalia.annotations.highlight', {
			uri: document.uri.toString(),
			range: { start: { line: 4, character: 3 }, end: { line: 4, character: 6 } },
		});
		assert.deepEqual([outcome.kind, outcome.code], ['refused', 'broken-sidecar']);
		assert.equal(readFileSync(sidecar(), 'utf8'), broken);
	});
});
