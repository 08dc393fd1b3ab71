import assert from 'node:assert/strict';
import type { DocumentDiagnosticReport, SymbolInformation } from 'vscode-languageserver';
import { filesOver } from '../languageFeatures/harness.ts';
import { type Session, startSession } from './session.ts';

function article(title: string): string {
	return `<!--1639640221000-->\n[${title}](https://news.example/tide/)\n------\n\n<p>Ebb <a href="">x</a></p>\n`;
}

describe('the folders of a session', () => {
	const [ONE, TWO] = ['file:///one', 'file:///two'];
	const NAME = `${TWO}/harbour/1.md`;
	let files: Map<string, Uint8Array>;
	let session: Session;
	const write = (uri: string, text: string): unknown => files.set(uri, new TextEncoder().encode(text));
	const titles = async (): Promise<readonly string[]> => {
		const found = await session.connection.sendRequest<SymbolInformation[]>('workspace/symbol', { query: '' });
		return found.map(({ name }) => name).sort();
	};
	const rules = async (): Promise<readonly unknown[]> => {
		const params = { textDocument: { uri: NAME } };
		const report = await session.connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', params);
		return report.kind === 'full' ? report.items.map(({ code }) => code) : [];
	};

	beforeEach(async () => {
		files = new Map();
		write(`${ONE}/1.md`, article('Another'));
		write(`${TWO}/marginalia.json`, '{"rules":{"link/empty":"off"}}');
		write(`${TWO}/harbour/2.md`, article('Low tide'));
		session = await startSession(filesOver(files), ONE);
	});
	afterEach(() => session.end());

	it('include documents that were opened before', async () => {
		session.open(NAME, article('High tide'));
		assert.deepEqual(await titles(), []);
		assert.deepEqual(await rules(), ['link/empty']);
		session.folders([TWO], []);
		assert.deepEqual(await titles(), ['High tide', 'Low tide']);
		assert.deepEqual(await rules(), ['archive/duplicate-source']);
	});

	it('are read again when they are added again, since nobody reported what changed meanwhile', async () => {
		session.folders([TWO], []);
		session.open(NAME, article('High tide'));
		assert.deepEqual(await titles(), ['High tide', 'Low tide']);
		assert.deepEqual(await rules(), ['archive/duplicate-source']);
		session.folders([], [TWO]);
		assert.deepEqual(await titles(), []);
		assert.deepEqual(await rules(), ['link/empty']);
		files.delete(`${TWO}/marginalia.json`);
		write(`${TWO}/harbour/2.md`, article('Neap tide'));
		write(`${TWO}/harbour/3.md`, article('Spring tide'));
		session.change(NAME, 2, article('Slack water'));
		session.folders([TWO], []);
		assert.deepEqual(await titles(), ['Neap tide', 'Slack water', 'Spring tide']);
		assert.deepEqual(await rules(), ['archive/duplicate-source', 'link/empty']);
	});

	it('keep what is known of them when another one is added', async () => {
		session.open(`${ONE}/1.md`, article('Another'));
		assert.deepEqual(await titles(), ['Another']);
		session.close(`${ONE}/1.md`);
		session.folders([TWO], []);
		assert.deepEqual(await titles(), ['Another']);
	});

	it('are archives, whatever is in them: copies of a page and of a text are reported', async () => {
		const words = `<p>${'The water went out at noon and did not come back. '.repeat(6)}</p>`;
		files.delete(`${TWO}/marginalia.json`);
		write(`${TWO}/2.md`, article('Low tide'));
		write(`${TWO}/3.md`, `<!--1639640221000-->\n[Ebb](https://other.example/)\n------\n\n${words}\n`);
		session.folders([TWO], []);
		session.open(NAME, article('High tide').replace(/<p>.*/, words));
		assert.deepEqual(await titles(), ['Ebb', 'High tide', 'Low tide', 'Low tide']);
		const params = { textDocument: { uri: NAME } };
		const report = await session.connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', params);
		assert.deepEqual(
			report.kind === 'full' && report.items.map(({ message }) => String(message).replace(/\. .*/, '')),
			[
				'The archive contains the same text from another page: 3.md',
				'The archive contains another copy of this page: 2.md and 1 more',
			],
		);
	});
});
