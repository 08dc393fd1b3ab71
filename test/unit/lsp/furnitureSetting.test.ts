import assert from 'node:assert/strict';
import { type Diagnostic, DiagnosticRefreshRequest, type DocumentSymbol } from 'vscode-languageserver';
import { AnnotationsChangedNotification } from '../../../server/src/protocol/annotations.ts';
import { OutlinesChangedNotification } from '../../../server/src/protocol/lifecycle.ts';
import { createFiles, FOLDER, HEAD } from '../languageFeatures/harness.ts';
import { type Session, startSession } from './session.ts';

const ROOT = 'file:///archive';
const URI = `${FOLDER}/1.md`;
const TEXT = `${HEAD}<h2>Ebb</h2><p>The water left early, and three boats lay on the mud until noon.</p><div id="comments"><h2>2 comments</h2><p><a href="http://[url=spam]x[/url]/">Nice</a></p></div>\n`;
const FILES = { [URI]: TEXT };
const SUPPORT = {
	configuration: true,
	didChangeConfiguration: { dynamicRegistration: true },
	diagnostics: { refreshSupport: true },
};

async function outline({ connection }: Session): Promise<readonly string[]> {
	const found = await connection.sendRequest<DocumentSymbol[]>('textDocument/documentSymbol', {
		textDocument: { uri: URI },
	});
	return found[0]?.children?.map(({ name }) => name) ?? [];
}

async function codes({ connection }: Session): Promise<readonly unknown[]> {
	const found = await connection.sendRequest<{ items: Diagnostic[] }>('textDocument/diagnostic', {
		textDocument: { uri: URI },
	});
	return found.items.map(({ code }) => code);
}

const refreshed = ({ connection }: Session): Promise<void> =>
	new Promise(resolve => connection.onRequest(DiagnosticRefreshRequest.type, () => resolve()));

describe('the setting marginalia.furniture', () => {
	it('takes effect in the first answer, and in open documents when it changes', async () => {
		const session = await startSession(createFiles(FILES), ROOT, SUPPORT);
		try {
			session.set('marginalia.furniture', 'show');
			session.open(URI, TEXT);
			assert.deepEqual(await outline(session), ['Ebb', '2 comments']);
			assert.ok((await codes(session)).includes('link/invalid-url'));
			await session.connection.sendRequest('marginalia/annotations', { textDocument: { uri: URI } });

			const changed = refreshed(session);
			const told = new Promise<{ readonly uri: string }>(resolve =>
				session.connection.onNotification(AnnotationsChangedNotification.method, resolve),
			);
			const outlines = new Promise(resolve =>
				session.connection.onNotification(OutlinesChangedNotification.method, resolve),
			);
			session.set('marginalia.furniture', 'fold');
			await changed;
			await outlines;
			assert.deepEqual(await outline(session), ['Ebb', 'Page furniture']);
			assert.deepEqual(await codes(session), ['article/furniture']);
			// Readers draw the article again.
			assert.deepEqual(await told, { uri: URI });
		} finally {
			session.end();
		}
	});

	it('is that of the configuration of the archive as well, when it changes', async () => {
		const session = await startSession(createFiles(FILES), ROOT, SUPPORT);
		try {
			session.open(URI, TEXT);
			assert.deepEqual(await outline(session), ['Ebb', 'Page furniture']);
			const changed = refreshed(session);
			session.open(`${ROOT}/marginalia.json`, '{ "furniture": "show" }');
			await changed;
			assert.deepEqual(await outline(session), ['Ebb', '2 comments']);
		} finally {
			session.end();
		}
	});

	it('hides no note on a part of the page', async () => {
		const text = TEXT.replace('</p></div>', ' <mark>spam</mark><!-- question: who? --></p></div>');
		const session = await startSession(createFiles({ [URI]: text }), ROOT, SUPPORT);
		try {
			session.open(URI, text);
			const notes = await session.connection.sendRequest('marginalia/annotations', { textDocument: { uri: URI } });
			assert.match(JSON.stringify(notes), /who\?/);
			assert.deepEqual(await outline(session), ['Ebb', 'Page furniture']);
			assert.deepEqual(await codes(session), ['annotation/open-question', 'article/furniture']);
			const found = await session.connection.sendRequest('textDocument/documentSymbol', { textDocument: { uri: URI } });
			assert.match(JSON.stringify(found), /question: who\?/);
		} finally {
			session.end();
		}
	});

	it('is the default for a client without settings', async () => {
		const session = await startSession(createFiles(FILES), ROOT);
		try {
			session.open(URI, TEXT);
			assert.deepEqual(await outline(session), ['Ebb', 'Page furniture']);
		} finally {
			session.end();
		}
	});
});
