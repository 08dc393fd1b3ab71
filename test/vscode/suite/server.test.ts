import { strict as assert } from 'node:assert';
import type { ChildProcess } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { join } from 'node:path';
import {
	ConfigurationTarget,
	commands,
	type Diagnostic,
	type DocumentSymbol,
	languages,
	type TextDocument,
	type Uri,
	WorkspaceEdit,
	workspace,
} from 'vscode';
import { ARCHIVE, ARTICLE, activate, closeAll, openArticle, temporaryFolder, until, untilServer } from '../support.ts';

const FERRY = 'articles/harbour/1001_night-ferry.md';

async function symbolsOf(uri: Uri): Promise<DocumentSymbol[]> {
	return (
		(await commands.executeCommand<DocumentSymbol[] | undefined>('vscode.executeDocumentSymbolProvider', uri)) ?? []
	);
}

function problemsOf(document: TextDocument): Diagnostic[] {
	return languages.getDiagnostics(document.uri).filter(diagnostic => diagnostic.source === 'marginalia');
}

function idOf(code: Diagnostic['code']): string {
	return String(typeof code === 'object' ? code.value : code);
}

/** Waits until the rules of a document's diagnostics are as expected. */
function untilRules(document: TextDocument, hold: (rules: string[]) => boolean): Promise<void> {
	const rules = (): string[] => problemsOf(document).map(({ code }) => idOf(code));
	return until(
		languages.onDidChangeDiagnostics,
		() => hold(rules()),
		() => `${hold}; the rules are ${rules().join(', ') || 'none'}`,
	);
}

describe('the language server in VS Code', () => {
	const write = temporaryFolder();

	before(async () => {
		await openArticle(ARCHIVE, FERRY);
		await untilServer('running');
	});

	after(closeAll);

	it('provides the outline', async () => {
		const document = await openArticle(ARCHIVE, FERRY);
		const symbols = await symbolsOf(document.uri);
		const names = new Set<string>();
		for (const queue = [...symbols]; queue.length > 0; ) {
			const symbol = queue.pop();
			if (!symbol) break;
			names.add(symbol.name);
			assert.ok(symbol.range.contains(symbol.selectionRange), symbol.name);
			queue.push(...symbol.children);
		}
		assert.ok(names.has('The night ferry [Line 3] returns'), [...names].join(' | '));
		assert.ok(names.has('A quiet departure'), [...names].join(' | '));
	});

	it('provides the outline of untitled articles', async () => {
		const document = await workspace.openTextDocument({ language: 'article', content: ARTICLE });
		assert.deepEqual(
			(await symbolsOf(document.uri)).map(symbol => symbol.name),
			['渡轮复航'],
		);
	});

	it('reports problems at the right positions, and clears them when they are fixed', async () => {
		const text = ARTICLE.replace('<h2>', '<time pudate="2021-12-16">🐕</time><h2>');
		const document = await openArticle(write('misspelt.md', text));
		await untilRules(document, rules => rules.includes('html/misspelt'));
		const problem = problemsOf(document).find(({ code }) => idOf(code) === 'html/misspelt');
		assert.ok(problem);
		assert.equal(document.getText(problem.range), 'pudate');

		const edit = new WorkspaceEdit();
		edit.replace(document.uri, problem.range, 'datetime');
		assert.ok(await workspace.applyEdit(edit));
		await untilRules(document, rules => !rules.includes('html/misspelt'));
	});

	it('ignores Markdown', async () => {
		const document = await workspace.openTextDocument(`${ARCHIVE}/notes/plain.md`);
		assert.deepEqual(problemsOf(document), []);
	});

	it('restarts on command', async () => {
		const marginalia = await activate();
		const states: string[] = [];
		const listener = marginalia.onDidChangeServerState(state => states.push(state));
		await commands.executeCommand('marginalia.restartServer');
		listener.dispose();
		assert.deepEqual(states, ['stopped', 'starting', 'running']);
		const document = await openArticle(ARCHIVE, FERRY);
		assert.ok((await symbolsOf(document.uri)).length > 0);
	});

	it('logs messages to the output channel if tracing is enabled', async () => {
		const marginalia = workspace.getConfiguration('marginalia');
		await marginalia.update('trace.server', 'messages', ConfigurationTarget.Global);
		try {
			await commands.executeCommand('marginalia.showOutput');
			const output = (): string | undefined =>
				workspace.textDocuments
					.find(({ uri }) => uri.scheme === 'output' && uri.path.includes('Marginalia'))
					?.getText();
			// A new document, because VS Code caches the symbols of the same text.
			const document = await workspace.openTextDocument({ language: 'article', content: ARTICLE });
			await symbolsOf(document.uri);
			const traced = /Sending request 'textDocument\/documentSymbol/;
			await until(
				workspace.onDidChangeTextDocument,
				() => traced.test(output() ?? ''),
				() => `the output has ${traced}; it is ${output()}`,
			);
		} finally {
			await marginalia.update('trace.server', undefined, ConfigurationTarget.Global);
			await commands.executeCommand('workbench.action.closePanel');
		}
	});

	describe('when it crashes or hangs', () => {
		const processes: ChildProcess[] = [];
		const notice = (message: unknown): void => {
			processes.push((message as { process: ChildProcess }).process);
		};

		before(async () => {
			subscribe('child_process', notice);
			await commands.executeCommand('marginalia.restartServer');
		});

		after(() => unsubscribe('child_process', notice));

		/** Returns the server process that was started last. The extension host starts other processes as well. */
		function serverProcess(): ChildProcess {
			const module = join('server', 'dist', 'node.js');
			const found = processes.findLast(({ spawnargs }) => spawnargs?.some(argument => argument.endsWith(module)));
			assert.ok(found, `no process runs ${module}`);
			return found;
		}

		/** Sends a signal to the server process and waits for a state of the server. Returns the messages shown to the user. */
		async function fail(signal: 'SIGKILL' | 'SIGSTOP', end: 'running' | 'stopped'): Promise<string> {
			const marginalia = await activate();
			const states: string[] = [];
			const told: string[] = [];
			const listeners = [
				marginalia.onDidChangeServerState(state => states.push(state)),
				marginalia.onDidTellOfServer(message => told.push(message)),
			];
			assert.ok(serverProcess().kill(signal));
			// A hang is detected only while a request is pending.
			const asked = signal === 'SIGSTOP' ? openArticle(ARCHIVE, FERRY).then(({ uri }) => symbolsOf(uri)) : undefined;
			await until(
				marginalia.onDidChangeServerState,
				() => states.includes('stopped') && states.at(-1) === end,
				() => `the server is ${end}; it went through ${states.join(', ')}`,
			);
			await asked;
			for (const listener of listeners) listener.dispose();
			return told.join('\n');
		}

		it('is restarted four times with a message, then stays stopped with advice until a manual restart', async () => {
			for (let crash = 1; crash <= 4; crash++)
				assert.equal(
					await fail('SIGKILL', 'running'),
					'The Marginalia language server ended unexpectedly and is being restarted.',
				);
			const document = await openArticle(ARCHIVE, FERRY);
			assert.ok((await symbolsOf(document.uri)).length > 0);
			assert.match(
				await fail('SIGKILL', 'stopped'),
				/It failed 5 times in 15 minutes and will not be restarted\. Close the last edited article/,
			);
			assert.deepEqual(await symbolsOf(document.uri), []);
			await commands.executeCommand('marginalia.restartServer');
			assert.ok((await symbolsOf(document.uri)).length > 0);
		});

		it('is restarted with a message when it hangs', async function () {
			if (process.platform === 'win32') this.skip();
			const marginalia = workspace.getConfiguration('marginalia');
			await marginalia.update('server.timeout', 8, ConfigurationTarget.Global);
			try {
				await closeAll();
				const stopped = serverProcess();
				assert.equal(
					await fail('SIGSTOP', 'running'),
					'The Marginalia language server did not respond for 8 seconds and is being restarted.',
				);
				if (stopped.exitCode === null && stopped.signalCode === null) await once(stopped, 'exit');
				assert.notEqual(serverProcess().pid, stopped.pid);
				const document = await openArticle(ARCHIVE, FERRY);
				assert.ok((await symbolsOf(document.uri)).length > 0);
			} finally {
				await marginalia.update('server.timeout', undefined, ConfigurationTarget.Global);
			}
		});
	});
});
