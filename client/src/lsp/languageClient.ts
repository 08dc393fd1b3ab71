/**
 * What the launchers for Node and for the browser share, as a bundle of its own that both load: the language client library
 * and its options. `scripts/bundles.ts` has them take it from there.
 */
export * from 'vscode-languageclient';
export * from './clientOptions.ts';
