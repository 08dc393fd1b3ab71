import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { lifecycle } from './lifecycle.ts';
import { serveProcess } from './nodeServer.ts';
import { settleTimeZone } from './nodeTimeZone.ts';

settleTimeZone(process.env);
/** The language server as a process: over IPC when VS Code starts it, `--stdio` for others. */
serveProcess(createConnection(ProposedFeatures.all, lifecycle()));

// The library ends the process when standard input ends, but not when the channel that VS Code uses is cut.
process.once('disconnect', () => process.exit(1));
