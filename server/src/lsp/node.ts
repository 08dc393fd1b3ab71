import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { nodePlatformWith } from './nodePlatform.ts';
import { settleTimeZone } from './nodeTimeZone.ts';
import { serve } from './server.ts';

settleTimeZone(process.env);
/** The language server as a process: over IPC when VS Code starts it, `--stdio` for others. */
serve(createConnection(ProposedFeatures.all), nodePlatformWith);

// The library ends the process when standard input ends, but not when the channel that VS Code uses is cut.
process.once('disconnect', () => process.exit(1));
