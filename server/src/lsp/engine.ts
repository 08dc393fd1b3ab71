/**
 * What the servers in Node and in the browser share, as a bundle of its own that both load: everything but the connection
 * and the machine. `scripts/bundles.ts` has them take it from there.
 */
export * from 'vscode-languageserver';
export { serve } from './server.ts';
