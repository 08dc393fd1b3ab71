import { readFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Command, Option } from 'commander';
import { CancellationToken } from 'vscode-languageserver';
import { isBareSuggestion } from '../annotations/exchange/exchange.ts';
import { NOTE_KINDS } from '../annotations/kinds.ts';
import { isSidecar } from '../annotations/sidecarName.ts';
import { keyOfSource, readHead } from '../archive/head.ts';
import { pushAll } from '../article/lists.ts';
import { nativePath } from '../node/fileName.ts';
import { nodePlatform } from '../node/platform.ts';
import { updateFile } from '../node/updateFile.ts';
import {
	type AnchorState,
	EXPORT_FORMATS,
	type ExportFormat,
	IMPORT_FORMATS,
	type ImportFormat,
	type ImportSummary,
} from '../protocol/annotations.ts';
import { show } from '../rules/write.ts';
import { createService, type Service } from '../service.ts';
import { append } from '../util/groups.ts';
import { baseName } from '../util/path.ts';
import { counted } from '../util/words.ts';
import { findFiles, reasonOf } from './files.ts';
import { openedBy, reachOf } from './opened.ts';
import { complain, ExitCode, printable, writeStream } from './output.ts';
import { readArticle } from './readArticle.ts';
import { hasArticle, sidecarPathOf } from './sidecarPath.ts';

/** `marginalia annotations`: counts, exports and imports notes. */
export function annotationsCommand(): Command {
	const command = new Command('annotations').description('count, export and import the notes of articles');
	command.addCommand(
		new Command('status')
			.description('count the notes of each article, and check that their words are found')
			.argument('[paths...]', 'files and folders (default: the current folder)')
			.addOption(new Option('--format <format>', 'how to report').choices(['pretty', 'json']).default('pretty'))
			.addHelpText(
				'after',
				`
Exit code: 0 the words of all notes were found; 1 some were not, or a sidecar file is invalid or has no article; 2 invalid
usage, or a file that cannot be read.`,
			)
			.action(async (paths: string[], { format }: { readonly format: 'pretty' | 'json' }) => {
				process.exitCode = await status(paths, format);
			}),
	);
	command.addCommand(
		new Command('export')
			.description('export the notes of articles, in the text and in sidecar files, for other programs or for people')
			.argument('[paths...]', 'files and folders (default: the current folder)')
			.addOption(
				new Option('--format <format>', 'output format')
					.choices(Object.keys(EXPORT_FORMATS))
					.default('jsonld' satisfies ExportFormat),
			)
			.option('-o, --output <file>', 'output file (default: standard output)')
			.addHelpText(
				'after',
				`
jsonld: a collection of W3C Web Annotations; hypothesis: JSON of the Hypothesis API; markdown, html: each quote with its
note, and the URL and date of each article.`,
			)
			.action(async (paths: string[], options: { readonly format: ExportFormat; readonly output?: string }) => {
				process.exitCode = await exportAll(paths, options.format, options.output);
			}),
	);
	command.addCommand(
		new Command('import')
			.description('import notes from another program into the sidecar files of their articles')
			.argument('<file>', 'a file with notes, "-" for standard input')
			.argument('[paths...]', 'files and folders with the articles (default: the current folder)')
			.addOption(
				new Option('--format <format>', 'input format (default: detected from the content)').choices([
					...IMPORT_FORMATS,
				]),
			)
			.option('--dry-run', 'report what would be written without writing it')
			.addHelpText(
				'after',
				`
Imports W3C Web Annotations and JSON of the Hypothesis API. A note belongs to the article that was taken from its page.
Existing notes are not changed, even if the file has a different version.

Exit code: 0 done; 1 some notes have no article, or differ from existing ones; 2 invalid usage, or a file that cannot be
read or written.`,
			)
			.action(
				async (file: string, paths: string[], options: { readonly format?: ImportFormat; readonly dryRun?: true }) => {
					process.exitCode = await importAll(file, paths, options);
				},
			),
	);
	return command;
}

/** An article in the given paths. */
interface FoundArticle {
	readonly path: string;
	readonly uri: string;
}

/** The articles and sidecars in the given paths. */
interface FoundNotes {
	readonly articles: readonly FoundArticle[];
	/** Paths of sidecars without an article. */
	readonly lonely: readonly string[];
	readonly failures: number;
	readonly service: Service;
}

async function findArticles(given: readonly string[]): Promise<FoundNotes> {
	const paths = given.length === 0 ? ['.'] : given;
	const reach = reachOf(await openedBy(paths));
	const service = createService(nodePlatform, { reach: () => reach });
	const articles: FoundArticle[] = [];
	const lonely: string[] = [];
	let failures = 0;
	for await (const { path, named, failure } of findFiles(paths, true)) {
		if (failure !== undefined) {
			failures++;
			await complain(path, failure);
		} else if (isSidecar(`/${path}`)) {
			if (!(await hasArticle(path))) lonely.push(path);
		} else {
			const uri = pathToFileURL(resolve(path)).href;
			const head = await readHead(uri, nodePlatform.files);
			if (head) articles.push({ path, uri });
			else if (named) {
				failures++;
				await complain(path, 'is not an article');
			}
		}
	}
	return { articles, lonely, failures, service };
}

/** The status of the notes of one article. */
interface ArticleStatus {
	readonly path: string;
	readonly states: Readonly<Record<AnchorState, number>>;
	/** Unresolved questions. */
	readonly open: number;
	/** Suggested edits without a comment, which do not count as notes. */
	readonly suggestions: number;
	/** Notes without a certain place, which need attention. */
	readonly unsure: readonly UnsureNote[];
	/** Why the sidecar is invalid. */
	readonly fault?: string;
}

/** A note without a certain place. */
interface UnsureNote {
	readonly id: string;
	readonly kind: string;
	readonly state: AnchorState;
	/** The words that it was about. */
	readonly quote?: string;
	/** Why it is in that state. */
	readonly reason: string;
}

async function status(paths: readonly string[], format: 'pretty' | 'json'): Promise<number> {
	const { articles, lonely, failures, service } = await findArticles(paths);
	const found: ArticleStatus[] = [];
	let failed = failures;
	for (const { path, uri } of articles) {
		const content = await readArticle(path, true);
		if (content.kind === 'failure') {
			failed++;
			await complain(path, content.reason);
			continue;
		}
		const notes = await service.annotations.notes(uri, CancellationToken.None);
		service.forgetSidecars();
		if (!notes || (notes.notes.length === 0 && !notes.fault)) continue;
		const states: Record<AnchorState, number> = { exact: 0, moved: 0, changed: 0, ambiguous: 0, orphan: 0 };
		const said = notes.notes.filter(note => !isBareSuggestion(note));
		for (const { anchor } of said) states[anchor.state]++;
		const open = said.filter(({ motivation, resolved }) => motivation === 'questioning' && !resolved).length;
		const unsure = said.flatMap(({ id, kind, quote, anchor: { state, reason } }): UnsureNote[] =>
			state === 'exact' || state === 'moved'
				? []
				: [{ id, kind, state, ...(quote ? { quote: quote.exact } : {}), reason }],
		);
		const suggestions = notes.notes.length - said.length;
		found.push({ path, states, open, suggestions, unsure, ...(notes.fault ? { fault: notes.fault.message } : {}) });
	}
	await writeStream(process.stdout, format === 'json' ? statusJson(found, lonely) : statusText(found, lonely));
	if (failed > 0) return ExitCode.failure;
	const isWrong = ({ states, fault }: ArticleStatus): boolean =>
		fault !== undefined || states.orphan + states.ambiguous > 0;
	return lonely.length > 0 || found.some(isWrong) ? ExitCode.findings : ExitCode.clean;
}

function statusJson(articles: readonly ArticleStatus[], lonely: readonly string[]): string {
	return `${JSON.stringify({ version: 1, articles, withoutArticle: lonely }, undefined, '\t')}\n`;
}

function statusText(articles: readonly ArticleStatus[], lonely: readonly string[]): string {
	const lines = articles.flatMap(({ path, states, open, suggestions, unsure, fault }) => {
		const all = Object.values(states).reduce((sum, number) => sum + number, 0);
		const parts = [
			counted(all, 'note'),
			...(['moved', 'changed', 'ambiguous', 'orphan'] as const).flatMap(state =>
				states[state] > 0 ? [`${states[state]} ${state}`] : [],
			),
			...(open > 0 ? [counted(open, 'open question')] : []),
			...(suggestions > 0 ? [counted(suggestions, 'suggested edit')] : []),
			...(fault === undefined ? [] : [fault]),
		];
		return [
			`${printable(path)}: ${printable(parts.join(', '))}`,
			...unsure.map(({ kind, state, quote, reason }) => {
				const about = quote === undefined ? '' : ` on ${JSON.stringify(show(quote))}`;
				return `  ${state}: ${printable(`the ${kind}${about}: ${reason}`)}`;
			}),
		];
	});
	for (const path of lonely) lines.push(`${printable(path)}: has no article next to it`);
	const total = articles.reduce((sum, { states }) => sum + Object.values(states).reduce((a, b) => a + b, 0), 0);
	lines.push(`${counted(total, 'note')} in ${counted(articles.length, 'article')}`);
	return `${lines.join('\n')}\n`;
}

async function exportAll(paths: readonly string[], format: ExportFormat, output: string | undefined): Promise<number> {
	const { articles, failures, service } = await findArticles(paths);
	const { text, faults, ...exported } = await service.annotations.export(
		articles.map(({ uri }) => uri),
		format,
		'Notes',
	);
	for (const { uri, message } of faults) await complain(sidecarPathOf(relative('.', fileURLToPath(uri))), message);
	if (output === undefined) await writeStream(process.stdout, text);
	else {
		const updated = await updateFile(resolve(output), () => new TextEncoder().encode(text));
		if (updated.kind === 'refused') {
			await complain(output, updated.reason);
			return ExitCode.failure;
		}
	}
	await writeStream(
		process.stderr,
		`marginalia: ${counted(exported.notes, 'note')} of ${counted(exported.articles, 'article')} exported\n`,
	);
	return failures + faults.length > 0 ? ExitCode.failure : ExitCode.clean;
}

async function importAll(
	file: string,
	paths: readonly string[],
	{ format, dryRun = false }: { readonly format?: ImportFormat; readonly dryRun?: boolean },
): Promise<number> {
	let text: string;
	try {
		const bytes = file === '-' ? await buffer(process.stdin) : await readFile(nativePath(file));
		text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch (error) {
		await complain(file, error instanceof TypeError ? 'must be saved as UTF-8' : await reasonOf(error, file));
		return ExitCode.failure;
	}
	const { articles, failures, service } = await findArticles(paths);
	const byPage = new Map<string, string>();
	const byName = new Map<string, string[]>();
	for (const { uri } of articles) {
		const key = (await readHead(uri, nodePlatform.files))?.source;
		if (key !== undefined && !byPage.has(key)) byPage.set(key, uri);
		const name = `./${baseName(uri)}`;
		append(byName, name, uri);
	}
	const summary = await service.annotations.import({
		text,
		format,
		dryRun,
		kinds: NOTE_KINDS,
		articleOf(source) {
			const key = keyOfSource(source);
			if (key !== undefined) return byPage.get(key);
			const named = byName.get(source) ?? [];
			return named.length === 1 ? named[0] : undefined;
		},
	});
	const isNothing = summary.faults.length > 0 && summary.articles.length + summary.missing.length === 0;
	if (!isNothing) await writeStream(process.stdout, importText(summary, dryRun));
	for (const fault of summary.faults) await complain(file, fault);
	if (failures + summary.faults.length > 0 || summary.articles.some(({ refused }) => refused !== undefined))
		return ExitCode.failure;
	const isOpen = summary.missing.length > 0 || summary.articles.some(({ kept }) => kept.length > 0);
	return isOpen ? ExitCode.findings : ExitCode.clean;
}

function importText({ articles, missing }: ImportSummary, dryRun: boolean): string {
	const lines = articles.map(({ uri, added, same, kept, refused }) => {
		const parts = [
			`${counted(added, 'note')} ${dryRun ? 'to be added' : 'added'}`,
			...(same > 0 ? [`${same} already there`] : []),
			...(kept.length > 0 ? [`${kept.length} already there with a different text, not changed`] : []),
		];
		return `${printable(relative('.', fileURLToPath(uri)))}: ${printable(refused ?? parts.join(', '))}`;
	});
	pushAll(
		lines,
		missing.map(({ source, count: number }) =>
			source === ''
				? `${counted(number, 'note')} without a page`
				: source.startsWith('urn:')
					? `${counted(number, 'note')} on ${printable(source)}, which is not in the file`
					: `${counted(number, 'note')} on ${printable(source)}, which has no article here`,
		),
	);
	const added = articles.reduce((sum, one) => sum + one.added, 0);
	lines.push(`${counted(added, 'note')} ${dryRun ? 'would be added' : 'added'}`);
	return `${lines.join('\n')}\n`;
}
