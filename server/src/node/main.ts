import { IPCMessageReader, IPCMessageWriter } from 'vscode-languageserver/node';
import { connectBy } from './connection.ts';
import { serveProcess, serveStandardStreams } from './serve.ts';
import { settleTimeZone } from './timeZone.ts';

settleTimeZone(process.env);
/** The language server as a process: over IPC when VS Code starts it, over standard input and output (`--stdio`) for others. */
if (process.argv.includes('--node-ipc'))
	serveProcess(connectBy(new IPCMessageReader(process), new IPCMessageWriter(process)));
else serveStandardStreams();

// VS Code is gone.
process.once('disconnect', () => process.exit(1));
