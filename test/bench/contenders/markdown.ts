import { CancellationToken, Emitter } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import type { Contender } from './contender.ts';

/**
 * The parts of `vscode-markdown-languageservice` and `markdown-it` that are used. These packages are installed only for
 * the benchmark.
 */
interface MarkdownService {
	getDocumentSymbols(document: TextDocument, options: object, token: CancellationToken): Promise<readonly unknown[]>;
	getDocumentLinks(document: TextDocument, token: CancellationToken): Promise<readonly unknown[]>;
	computeDiagnostics(document: TextDocument, options: object, token: CancellationToken): Promise<readonly unknown[]>;
}
interface ServiceModule {
	createLanguageService(init: object): MarkdownService;
	readonly githubSlugifier: unknown;
}
interface MarkdownItModule {
	readonly default: new (options: object) => { parse(text: string, env: object): unknown };
}

const [serviceName, parserName]: string[] = ['vscode-markdown-languageservice', 'markdown-it'];
const { createLanguageService, githubSlugifier } = (await import(serviceName ?? '')) as ServiceModule;
const { default: MarkdownIt } = (await import(parserName ?? '')) as MarkdownItModule;

const changed = new Emitter<TextDocument>();
const deleted = new Emitter<URI>();
const markdown = new MarkdownIt({ html: true });
/** VS Code's Markdown service, configured as in VS Code's Markdown server, with a workspace that has no other files. */
const service = createLanguageService({
	parser: {
		slugifier: githubSlugifier,
		tokenize: async (document: TextDocument) => markdown.parse(document.getText(), {}),
	},
	logger: { level: 0, log() {} },
	workspace: {
		workspaceFolders: [],
		onDidChangeMarkdownDocument: changed.event,
		onDidCreateMarkdownDocument: new Emitter<TextDocument>().event,
		onDidDeleteMarkdownDocument: deleted.event,
		getAllMarkdownDocuments: async () => [],
		hasMarkdownDocument: () => false,
		openMarkdownDocument: async () => undefined,
		stat: async () => undefined,
		readDirectory: async () => [],
	},
});
const OPTIONS = {
	validateReferences: 'warning',
	validateFragmentLinks: 'warning',
	validateFileLinks: 'warning',
	validateMarkdownFileLinkFragments: 'warning',
	validateUnusedLinkDefinitions: 'warning',
	validateDuplicateLinkDefinitions: 'warning',
	ignoreLinks: [],
};

/** Symbols, links and diagnostics. */
async function all(document: TextDocument): Promise<number> {
	const symbols = await service.getDocumentSymbols(document, {}, CancellationToken.None);
	const links = await service.getDocumentLinks(document, CancellationToken.None);
	const diagnostics = await service.computeDiagnostics(document, OPTIONS, CancellationToken.None);
	return symbols.length + links.length + diagnostics.length;
}

/** The service releases a file when it is done, and starts over after each change. */
export const contender: Contender = {
	async check({ uri, text, body }) {
		const found = await all(TextDocument.create(uri, 'markdown', 1, text.slice(body)));
		deleted.fire(URI.parse(uri));
		return found;
	},
	async open({ uri, body }) {
		let version = 1;
		return ({ text }) => {
			const document = TextDocument.create(uri, 'markdown', ++version, text.slice(body));
			changed.fire(document);
			return all(document);
		};
	},
};
