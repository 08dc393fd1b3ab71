import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { ErrorCodes } from 'vscode-languageserver';

const [NODE, CLI] = ['node.js', 'cli.js'].map(name =>
	fileURLToPath(new URL(`../../server/dist/${name}`, import.meta.url)),
) as [string, string];

const URI = 'file:///archive/articles/1.md';
const ARTICLE =
	'<!--1639640221000-->\n[The boat](https://courier.example/boat/)\n------\n\n<h2>Fog</h2><p>It left.</p>\n';

interface Answer {
	readonly id: number | null;
	readonly result?: unknown;
	readonly error?: { readonly code: number };
}

/** A message on the wire, or the invalid bytes sent instead. */
function framed(content: object | string | Buffer): Buffer {
	const bytes = Buffer.isBuffer(content)
		? content
		: Buffer.from(typeof content === 'string' ? content : JSON.stringify({ jsonrpc: '2.0', ...content }));
	return Buffer.concat([Buffer.from(`Content-Length: ${bytes.length}\r\n\r\n`), bytes]);
}

const HELLO = [
	{ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } },
	{ method: 'initialized', params: {} },
	{
		method: 'textDocument/didOpen',
		params: { textDocument: { uri: URI, languageId: 'article', version: 1, text: ARTICLE } },
	},
].map(framed);
const OUTLINE = framed({ id: 2, method: 'textDocument/documentSymbol', params: { textDocument: { uri: URI } } });
const SHUTDOWN = framed({ id: 3, method: 'shutdown' });
const EXIT = framed({ method: 'exit' });

/** Sends all of this at once, and returns what is received until the process ends. */
async function talk(
	args: readonly string[],
	sent: readonly Buffer[],
	hangsUp = false,
): Promise<{ readonly answers: readonly Answer[]; readonly code: number | null }> {
	const server = spawn(process.execPath, [...args], { stdio: ['pipe', 'pipe', 'inherit'] });
	const [said, ended] = [text(server.stdout), once(server, 'exit')];
	server.stdin.write(Buffer.concat(sent));
	if (hangsUp) server.stdin.end();
	const [code] = await ended;
	const messages = (await said).split(/Content-Length: \d+\r\n\r\n/).slice(1);
	const answers: Answer[] = messages.map(message => JSON.parse(message)).filter(message => 'id' in message);
	return { code, answers: answers.sort((one, other) => Number(one.id) - Number(other.id)) };
}

for (const args of [
	[NODE, '--stdio'],
	[CLI, 'lsp'],
])
	describe(`the wire of ${args.slice(1).join(' ')}`, function () {
		this.timeout(60_000);

		for (const hangsUp of [false, true])
			it(`carries all responses if \`exit\` follows the requests${hangsUp ? ', and the end of the input' : ''}`, async () => {
				const { answers, code } = await talk(args, [...HELLO, OUTLINE, SHUTDOWN, EXIT], hangsUp);
				assert.deepEqual(
					answers.map(({ id, error }) => [id, error]),
					[1, 2, 3].map(id => [id, undefined]),
				);
				assert.match(JSON.stringify(answers[1]), /Fog/);
				assert.equal(answers[2]?.result, null);
				assert.equal(code, 0);
			});

		it('carries all responses if the input ends, and the exit code reports that', async () => {
			const { answers, code } = await talk(args, [...HELLO, OUTLINE], true);
			assert.deepEqual(
				answers.map(({ id }) => id),
				[1, 2],
			);
			assert.equal(code, 1);
			assert.equal((await talk(args, [...HELLO, SHUTDOWN], true)).code, 0);
			assert.equal((await talk(args, [...HELLO, EXIT])).code, 1);
		});

		it('is closed if the input ends within a message', async () => {
			const { code } = await talk(args, [...HELLO, OUTLINE.subarray(0, -5)], true);
			assert.equal(code, 1);
		});

		it('carries a parse error for invalid JSON, and responses to later requests', async () => {
			const garbage = ['{"jsonrpc":"2.0","id":5,', 'no JSON', '', '{"a":}'].map(framed);
			const { answers, code } = await talk(args, [...HELLO, ...garbage, OUTLINE, SHUTDOWN, EXIT]);
			assert.deepEqual(
				answers.flatMap(({ id, error }) => (error ? [[id, error.code]] : [])),
				garbage.map(() => [null, ErrorCodes.ParseError]),
			);
			assert.deepEqual(
				answers.flatMap(({ id }) => id ?? []),
				[1, 2, 3],
			);
			assert.equal(code, 0);
		});
	});
