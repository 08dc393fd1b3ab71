import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRegistryFromGrammars } from 'vscode-tmgrammar-test/dist/common/index.js';

/**
 * A stand-in for the grammar that VS Code provides. It matches nothing, since only our own scopes are tested;
 * test/vscode uses the real one.
 */
const yaml = {
	grammar: { path: 'yaml.json', scopeName: 'source.yaml' },
	content: JSON.stringify({ scopeName: 'source.yaml', patterns: [] }),
};
const path = join(import.meta.dirname, '../../syntaxes/article.tmLanguage.json');
const own = { grammar: { path, scopeName: 'text.html.article' }, content: readFileSync(path, 'utf8') };

/** The grammar of articles, as VS Code runs it. */
export const grammars = createRegistryFromGrammars([own, yaml]);
