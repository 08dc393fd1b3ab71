import { IPCMessageReader, IPCMessageWriter } from 'vscode-languageserver/node';
import { connectBy } from './connection.ts';
import { serveProcess, serveStandardStreams } from './serve.ts';
import { settleTimeZone } from './timeZone.ts';

settleTimeZone(process.env);
/** The language server as a process: over IPC if started by VS Code, over standard input and output (`--stdio`) otherwise. */
if (process.argv.includes('--node-ipc'))
	serveProcess(connectBy(new IPCMessageReader(process), new IPCMessageWriter(process)));
else serveStandardStreams();

// VS Code has exited.
process.once('disconnect', () => process.exit(1));
