/**
 * The code shared by the servers in Node and in the browser, as a separate bundle that both load: everything except the connection
 * and the platform. `scripts/bundles.ts` redirects their imports to it.
 */
export * from 'vscode-languageserver';
export { serve } from './server.ts';
