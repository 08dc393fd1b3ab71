import { type Readable, Transform, type Writable } from 'node:stream';
import {
	type Connection,
	createConnection,
	ErrorCodes,
	Message,
	type MessageReader,
	type MessageWriter,
	ProposedFeatures,
	StreamMessageReader,
	StreamMessageWriter,
} from 'vscode-languageserver/node';
import { lifecycle } from '../lsp/lifecycle.ts';
import { stackOf } from '../util/errors.ts';

/** How long the process waits for running requests after `exit` or the end of its input, in milliseconds. */
const LAST_ANSWERS = 1000;

/** Ends a process. The end of the input is treated like this message. */
const EXIT = '{"jsonrpc":"2.0","method":"exit"}';

/** Connects the process to its client. The process exits once all requests before `exit` have been answered, or after a timeout. */
export function connectBy(reader: MessageReader, writer: MessageWriter): Connection {
	const unanswered = new Set<unknown>();
	let writing = 0;
	let done = (): void => undefined;
	const settle = (): void => {
		if (unanswered.size === 0 && writing === 0) done();
	};
	const counting: MessageWriter = {
		onError: writer.onError,
		onClose: writer.onClose,
		async write(message) {
			writing++;
			try {
				await writer.write(message);
			} finally {
				writing--;
				if (Message.isResponse(message)) unanswered.delete(message.id);
				settle();
			}
		},
		end: () => writer.end(),
		dispose: () => writer.dispose(),
	};
	return createConnection(
		ProposedFeatures.all,
		reader,
		counting,
		lifecycle({
			asked: id => unanswered.add(id),
			answered: () =>
				new Promise(resolve => {
					done = resolve;
					setTimeout(resolve, LAST_ANSWERS);
					settle();
				}),
		}),
	);
}

/** Connects the process to a client over streams. Invalid JSON is answered with a parse error; the process exits at the end of the input. */
export function connectStreams(input: Readable, output: Writable): Connection {
	const writer = new StreamMessageWriter(output);
	const ending = new Transform({
		transform: (chunk, _encoding, passed) => passed(null, chunk),
		flush(passed) {
			// If the input ends within a message, the reader never sees this one.
			setTimeout(() => process.exit(1), 2 * LAST_ANSWERS);
			passed(null, `Content-Length: ${EXIT.length}\r\n\r\n${EXIT}`);
		},
	});
	for (const event of ['error', 'close']) input.once(event, () => ending.end());
	const reader = new StreamMessageReader(input.pipe(ending), {
		contentTypeDecoder: { name: 'application/json', decode: async bytes => parse(bytes) },
	});
	reader.onError(error => {
		if (error instanceof SyntaxError) writer.write(refusal(error)).catch(failed => console.error(stackOf(failed)));
		else console.error(`Invalid message: ${stackOf(error)}`);
	});
	return connectBy(reader, writer);
}

function parse(bytes: Uint8Array): Message {
	return JSON.parse(new TextDecoder().decode(bytes));
}

/** The response to an unreadable message, whose id is unknown. */
function refusal({ message }: SyntaxError): Message & { id: null; error: object } {
	return { jsonrpc: '2.0', id: null, error: { code: ErrorCodes.ParseError, message } };
}
