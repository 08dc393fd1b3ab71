/**
 * The code that the launchers for Node and for the browser share: the language client library and its options. It is a
 * separate bundle that both load (see `scripts/bundles.ts`).
 */
export * from 'vscode-languageclient';
export * from './clientOptions.ts';
