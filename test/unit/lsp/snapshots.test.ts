import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LSPErrorCodes, type WorkspaceEdit } from 'vscode-languageserver';
import { difference } from '../../../server/src/article/article.ts';
import { collapseDocument, formatDocument } from '../../../server/src/languageFeatures/formatting.ts';
import { snapshotOf } from '../../../server/src/languageFeatures/snapshot.ts';
import type { FileSystem } from '../../../server/src/platform.ts';
import type { ReaderAnswer, ReaderView } from '../../../server/src/protocol/reader.ts';
import { type DocumentRequest, everyRequest } from '../../lsp/everyRequest.ts';
import { runs } from '../../support/runs.ts';
import { createFiles, FOLDER, HEAD } from '../languageFeatures/harness.ts';
import { applyPatch } from '../reader/support.ts';
import { type Session, startSession } from './session.ts';

const ROOT = 'file:///archive';
const URI = `${FOLDER}/1.md`;

/** Texts that have little in common. */
const TEXTS: readonly string[] = [
	`${HEAD}<h2 id="a">Ebb</h2><p>The tide <mark>turns</mark><!-- question: when? #tide --> at <a href="#a">noon</a>.</p>\n`,
	`${HEAD}\n\n<p>1</p><h2>潮水</h2>\n<h2 id="a">Ebb</h2>\n<p>The tide turns <a href="2.md#b">late</a> <img src="x.png"></p>\n`,
	`${HEAD}<section><p>The harbour is <b>closed</p><h3 id="b">At sea</h3><p><a href="http://else.example/">x</a></p></section>\n`,
	`<!--1639640221000-->\n[Another](https://news.example/2022/other/)\n------\n\n<ul><li>The tide turns<li><a href="/b">b</a></ul>\n`,
	'News\n------\n\n12-16 [Tide](/articles/harbour/1.md)\n\n12-17 [Other](/articles/harbour/2.md)\n',
	`${HEAD}<p>${'A long line of words, with <a href="#a">a link</a>. '.repeat(20)}</p>\n`,
];

const FILES: Readonly<Record<string, string>> = {
	[URI]: TEXTS[0] ?? '',
	[`${FOLDER}/2.md`]: `<!--1639640221000-->\n[Other](https://news.example/2021/other/)\n------\n\n<h2 id="b">B</h2><p><a href="1.md#a">a</a></p>\n`,
	[`${ROOT}/lists/news.md`]: 'News\n------\n\n12-16 [Tide](/articles/harbour/1.md)\n',
	[`${ROOT}/marginalia.json`]: '{}\n',
};

/** A file system whose operations take a varying number of turns of the event loop. */
function slow(files: FileSystem): FileSystem {
	let asked = 0;
	const late =
		<A extends unknown[], R>(run: (...given: A) => Promise<R>) =>
		async (...given: A): Promise<R> => {
			await turns((asked++ * 7) % 11);
			return run(...given);
		};
	return {
		stat: late(files.stat),
		readHead: late(files.readHead),
		readFile: late(files.readFile),
		readDirectory: late(files.readDirectory),
		update: files.update,
	};
}

async function turns(count: number): Promise<void> {
	for (let turn = 0; turn < count; turn++) await new Promise(setImmediate);
}

const POSITIONS = [
	{ line: 4, character: 6 },
	{ line: 4, character: 60 },
	{ line: 7, character: 22 },
];

/** Every request at every position, except those of the reader, which depend on earlier results. */
const REQUESTS: readonly DocumentRequest[] = POSITIONS.flatMap(everyRequest).filter(
	({ method }) => method !== 'marginalia/reader',
);

/** The result of a request as JSON, without counters of texts or results in one session. */
async function outcomeOf(answer: Promise<unknown>): Promise<string> {
	const settled = await answer.then(
		result => ({ result }),
		({ code, message }) => ({ code, message }),
	);
	return JSON.stringify(settled, (key, value) => (/^(?:version|resultId)$/.test(key) ? undefined : value));
}

function ask({ connection }: Session, { method, params }: DocumentRequest): Promise<unknown> {
	return connection.sendRequest(method, { textDocument: { uri: URI }, ...params });
}

/** The results of a server that knows only this text, or of one without open documents. */
const known = new Map<string, Promise<string>>();
function fresh(text: string | undefined, request: DocumentRequest): Promise<string> {
	const key = JSON.stringify([text, request]);
	let outcome = known.get(key);
	if (!outcome) {
		outcome = (async () => {
			const session = await startSession(createFiles(FILES), ROOT);
			if (text !== undefined) session.open(URI, text);
			const said = await outcomeOf(ask(session, request));
			session.end();
			return said;
		})();
		known.set(key, outcome);
	}
	return outcome;
}

const READER: DocumentRequest = { method: 'marginalia/reader', params: { reader: 'r' } };

/** The view of a reader after a result. */
function viewAfter(answer: ReaderAnswer | null, view: ReaderView | undefined): ReaderView | undefined {
	if (answer?.kind === 'view') return answer.view;
	return answer?.kind === 'patch' && view ? applyPatch(view, answer.patch) : undefined;
}

type Step =
	| { readonly kind: 'open' | 'change' | 'type'; readonly text: number }
	| { readonly kind: 'close' | 'read' | 'leave' | 'settle' }
	| { readonly kind: 'ask'; readonly request: number }
	| { readonly kind: 'form'; readonly command: 'marginalia.expand' | 'marginalia.collapse' }
	| { readonly kind: 'wait'; readonly turns: number };

const text = fc.nat(TEXTS.length - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 3,
		arbitrary: fc.record({ kind: fc.constantFrom('open' as const, 'change' as const, 'type' as const), text }),
	},
	{ weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('close' as const, 'leave' as const, 'settle' as const) }) },
	{ weight: 5, arbitrary: fc.record({ kind: fc.constant('ask' as const), request: fc.nat(REQUESTS.length - 1) }) },
	{ weight: 1, arbitrary: fc.constant({ kind: 'read' as const }) },
	{
		weight: 1,
		arbitrary: fc.record({
			kind: fc.constant('form' as const),
			command: fc.constantFrom('marginalia.expand' as const, 'marginalia.collapse' as const),
		}),
	},
	{ weight: 3, arbitrary: fc.record({ kind: fc.constant('wait' as const), turns: fc.nat(12) }) },
);

/** An editor with one document that checks each result. */
class Editor {
	readonly #session: Session;
	/** All previous texts; `undefined` while the document was closed. */
	readonly #states: { readonly text: string | undefined; readonly version: number }[] = [
		{ text: undefined, version: 0 },
	];
	readonly #waiting: Promise<void>[] = [];
	#view: ReaderView | undefined;
	#readers = 0;
	answered = 0;
	outdated = 0;

	constructor(session: Session) {
		this.#session = session;
		session.connection.onRequest('workspace/applyEdit', ({ edit }) => this.#apply(edit));
	}

	get #now() {
		const state = this.#states.at(-1);
		assert.ok(state);
		return state;
	}

	async do(one: Step): Promise<void> {
		const { text, version } = this.#now;
		switch (one.kind) {
			case 'open':
				if (text !== undefined) return;
				this.#states.push({ text: TEXTS[one.text], version: 1 });
				this.#session.open(URI, TEXTS[one.text] ?? '');
				return;
			case 'change':
			case 'type':
				if (text !== undefined) this.#change(TEXTS[one.text] ?? '', one.kind === 'type');
				return;
			case 'close':
				if (text === undefined) return;
				this.#states.push({ text: undefined, version });
				this.#session.close(URI);
				return;
			case 'ask': {
				const request = REQUESTS[one.request];
				if (request) this.#waiting.push(this.#check(request));
				return;
			}
			case 'read':
				this.#waiting.push(this.#read());
				return;
			case 'leave':
				this.#view = undefined;
				await this.#session.connection.sendNotification('marginalia/readerClosed', {
					textDocument: { uri: URI },
					reader: `r${this.#readers++}`,
				});
				return;
			case 'form':
				if (text !== undefined) this.#waiting.push(this.#form(one.command));
				return;
			case 'settle':
				return this.settled();
			case 'wait':
				return turns(one.turns);
		}
	}

	async settled(): Promise<void> {
		await Promise.all(this.#waiting.splice(0));
	}

	#change(after: string, isTyped: boolean): void {
		const { text: before = '', version } = this.#now;
		this.#states.push({ text: after, version: version + 1 });
		if (!isTyped) {
			this.#session.change(URI, version + 1, after);
			return;
		}
		const { start, oldEnd, newEnd } = difference(before, after);
		const { lines } = snapshotOf(URI, before);
		const range = { start: lines.positionAt(start), end: lines.positionAt(oldEnd) };
		void this.#session.connection.sendNotification('textDocument/didChange', {
			textDocument: { uri: URI, version: version + 1 },
			contentChanges: [{ range, text: after.slice(start, newEnd) }],
		});
	}

	/** Whether an error means that a result was outdated, which is only allowed if something happened in the meantime. */
	#isOutdated(outcome: string, asked: number): boolean {
		const { code } = JSON.parse(outcome);
		if (code !== LSPErrorCodes.ContentModified && code !== LSPErrorCodes.ServerCancelled) return false;
		assert.ok(this.#states.length > asked + 1, `${outcome} although nothing happened`);
		this.outdated++;
		return true;
	}

	async #check(request: DocumentRequest): Promise<void> {
		const asked = this.#states.length - 1;
		const outcome = await outcomeOf(ask(this.#session, request));
		if (this.#isOutdated(outcome, asked)) return;
		this.answered++;
		// Notes are those of the text at the time when they were found.
		const isLate = request.method === 'marginalia/annotations';
		const texts = this.#states.slice(asked, isLate ? undefined : asked + 1).map(state => state.text);
		const allowed = await Promise.all([...new Set(texts)].map(one => fresh(one, request)));
		assert.ok(allowed.includes(outcome), `${request.method}: ${outcome}\ninstead of\n${allowed.join('\nor\n')}`);
	}

	async #read(): Promise<void> {
		const asked = this.#states.length - 1;
		const { text, version } = this.#now;
		const reader = `r${this.#readers}`;
		const has = this.#view?.version;
		const before = this.#view;
		const answer = ask(this.#session, { ...READER, params: { reader, ...(has === undefined ? {} : { has }) } });
		const outcome = await outcomeOf(answer);
		if (this.#isOutdated(outcome, asked)) return;
		if (text === undefined) {
			assert.equal(outcome, await fresh(undefined, READER));
			return;
		}
		const view = viewAfter((await answer) as ReaderAnswer | null, before);
		assert.equal(view?.version, text === TEXTS[4] ? undefined : version);
		if (view) {
			const { result } = JSON.parse(await fresh(text, READER));
			assert.deepEqual(withoutIds(view), withoutIds(result.view));
		}
		if (reader === `r${this.#readers}`) this.#view = view;
		this.answered++;
	}

	async #form(command: string): Promise<void> {
		const options = { tabSize: 2, insertSpaces: true };
		// A rejected edit changes nothing.
		await this.#session.connection
			.sendRequest('workspace/executeCommand', { command, arguments: [URI, options] })
			.catch(() => undefined);
	}

	/** Applies edits as VS Code does, to the version that they are for; they must fit its text. */
	#apply({ documentChanges = [] }: WorkspaceEdit): { applied: boolean } {
		const { text, version } = this.#now;
		for (const change of documentChanges) {
			assert.ok('textDocument' in change);
			if (text === undefined || change.textDocument.version !== version) return { applied: false };
			const snapshot = snapshotOf(URI, text);
			const forms = [
				formatDocument(snapshot, { tabSize: 2, insertSpaces: true, indent: true }),
				collapseDocument(snapshot),
			].map(edits => JSON.stringify(edits));
			assert.ok(forms.includes(JSON.stringify(change.edits)), 'edits of another text');
		}
		return { applied: true };
	}
}

/** A view without its version and block ids, which depend on earlier views. */
function withoutIds({ version: _, ...view }: ReaderView): unknown {
	const order = new Map(view.blocks.map(({ id }, index) => [id, index]));
	return JSON.parse(
		JSON.stringify({ ...view, blocks: view.blocks.map(({ id: _, ...block }) => block) }, (key, value) =>
			key === 'block' && typeof value === 'number' ? (order.get(value) ?? -1) : value,
		),
	);
}

describe('results for a document that is edited, closed and opened again', () => {
	it('equal those of a new server for the same text, or are outdated', async function () {
		this.timeout(600_000);
		const seen = { answered: 0, outdated: 0, steps: 0 };
		await fc.assert(
			fc.asyncProperty(fc.array(step, { minLength: 50, maxLength: 50 }), async steps => {
				const session = await startSession(slow(createFiles(FILES)), ROOT);
				const editor = new Editor(session);
				for (const one of steps) await editor.do(one);
				await editor.settled();
				await editor.do({ kind: 'close' });
				await session.settled();
				assert.deepEqual([session.store.all().length, session.store.kept], [0, 0]);
				session.end();
				seen.answered += editor.answered;
				seen.outdated += editor.outdated;
				seen.steps += steps.length;
			}),
			{ numRuns: runs(4) },
		);
		assert.ok(seen.answered > runs(10) && seen.outdated > runs(5), JSON.stringify(seen));
		if (process.env.MARGINALIA_PROPERTY_RUNS !== undefined) console.log(`      ${JSON.stringify(seen)}`);
	});
});

/** Notifications sent to the server right after a request, by their effect. */
const BEHIND: Readonly<Record<string, (session: Session, text: string) => void>> = {
	'a change': (session, after) => session.change(URI, 2, after),
	'closing and opening it again': (session, after) => {
		session.close(URI);
		session.open(URI, after);
	},
};

/** Requests that are answered for a previous text: Marginalia's own, whose results name the version, and completion, which editors filter. */
const LATE = /^(?:marginalia\/|textDocument\/completion$)/;

describe('a request with a notification right after it', () => {
	for (const [what, follow] of Object.entries(BEHIND)) {
		for (const [speed, files] of Object.entries({ fast: createFiles(FILES), slow: slow(createFiles(FILES)) })) {
			it(`is outdated by ${what}, over ${speed} files`, async () => {
				const session = await startSession(files, ROOT);
				for (const request of everyRequest({ line: 4, character: 6 })) {
					if (what === 'a change' && LATE.test(request.method)) continue;
					for (let round = 0; round < runs(1); round++) {
						session.open(URI, TEXTS[0] ?? '');
						const answer = outcomeOf(ask(session, request));
						follow(session, TEXTS[2] ?? '');
						const { code } = JSON.parse(await answer);
						const expected =
							request.method === 'textDocument/diagnostic'
								? LSPErrorCodes.ServerCancelled
								: LSPErrorCodes.ContentModified;
						if (request.method === 'marginalia/annotations') continue;
						assert.equal(code, expected, `${request.method}, ${await answer}`);
						session.close(URI);
					}
				}
				session.end();
			});
		}
	}
});

describe('the data kept for a document', () => {
	it('is dropped when it is closed, whatever requests are pending', async () => {
		const session = await startSession(slow(createFiles(FILES)), ROOT);
		const uris = ['1.md', '2.md', '1.md.annotations.jsonld'].map(name => `${FOLDER}/${name}`);
		for (const uri of uris) session.open(uri, uri.endsWith('.md') ? (TEXTS[0] ?? '') : '{}');
		const all = [...REQUESTS, READER];
		await Promise.all(all.map(request => outcomeOf(ask(session, request))));
		assert.ok(session.store.kept > uris.length);
		const late = all.map(request => outcomeOf(ask(session, request)));
		for (const uri of uris) session.close(uri);
		await Promise.all(late);
		assert.deepEqual([session.store.all().length, session.store.kept], [0, 0]);
		session.end();
	});

	it('does not include that of another text with the same version', async () => {
		const session = await startSession(slow(createFiles(FILES)), ROOT);
		session.open(URI, TEXTS[0] ?? '');
		const read = (has?: number) =>
			ask(session, { ...READER, params: { reader: 'r', ...(has === undefined ? {} : { has }) } });
		await read();
		session.close(URI);
		session.open(URI, TEXTS[2] ?? '');
		const answer = (await read(1)) as ReaderAnswer;
		assert.equal(answer.kind, 'view', 'no difference from the view of another text');
		session.end();
	});
});
