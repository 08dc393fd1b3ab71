import type { CancellationToken, Position, WorkspaceEdit } from 'vscode-languageserver';
import type { Archive } from '../archive/archive.ts';
import { normalizeHost } from '../archive/configuration.ts';
import type { Configurations } from '../archive/configurationFile.ts';
import type { Article } from '../article/article.ts';
import { labelOf } from '../article/label.ts';
import { sourceHost } from '../article/regions/sourceRules.ts';
import { proposeSelectors } from '../article/selectors/propose.ts';
import { type CssSelector, compileSelector } from '../article/selectors/selector.ts';
import { span } from '../article/span.ts';
import { type IgnoreOptions, ignoreTarget, writeEntry } from '../languageFeatures/ignoreAction.ts';
import { toRange } from '../languageFeatures/position.ts';
import type { Snapshot } from '../languageFeatures/snapshot.ts';
import type { FileSystem } from '../platform.ts';
import type { SelectorChoices, SelectorReach, SourceList } from '../protocol/sources.ts';
import { throwIfCancelled } from '../util/cancellation.ts';
import { displayName } from '../util/uri.ts';
import { Refusal } from './annotations/outcome.ts';

/** How many articles are named as examples, and how many with most of the text in a selector. */
const MOST_EXAMPLES = 3;

/** How much of an example is shown, in characters. */
const LABEL = 60;

/** What archives say of the articles of their sources. */
export interface SourceDescriptions {
	/** Selectors for the block at a position; for a part of the page, those of that part. */
	choices(document: Snapshot, position: Position): SelectorChoices | undefined;
	/** What selectors match in the articles of the archive that have the same source as a document. */
	reach(document: Snapshot, selectors: readonly string[], token: CancellationToken): Promise<readonly SelectorReach[]>;
	/**
	 * The edit that adds a selector to the configuration of the archive, and the URI of that.
	 *
	 * @throws Refusal
	 */
	describe(
		document: Snapshot,
		list: SourceList,
		selector: string,
		options: IgnoreOptions,
	): Promise<{ readonly uri: string; readonly edit: WorkspaceEdit }>;
}

/** Dependencies of `createSources`. */
export interface SourcesNeeds {
	readonly configurations: Pick<Configurations, 'find'>;
	readonly files: FileSystem;
	readonly workspaceFolder: (uri: string) => string | undefined;
	readonly wholeArchive: (uri: string, token: CancellationToken) => Promise<Archive | undefined>;
	/** The text of a file of the archive, open or not. */
	readonly text: (uri: string) => Promise<Snapshot | undefined>;
}

/** Connects what is said of sources to archives and their configurations. */
export function createSources({
	configurations,
	files,
	workspaceFolder,
	wholeArchive,
	text,
}: SourcesNeeds): SourceDescriptions {
	return {
		choices(document, position) {
			const { parsed: article } = document;
			if (article.kind === 'list') return undefined;
			const host = hostOf(article);
			if (host === undefined) return { refused: NO_HOST };
			const offset = document.lines.offsetAt(position);
			const folded = article.regions.furniture.find(({ span: place }) => place.start <= offset && offset < place.end);
			const place = folded ? span(folded.span.start, folded.span.start + 1) : span(offset, offset + 1);
			const total = article.weights.textBetween(0, article.nodes.length);
			const choices = proposeSelectors(article, place).map(selector => {
				const found = outermost(article, selector);
				return {
					selector: selector.text,
					ranges: found.map(at => toRange(document, span(article.nodes[at]?.start ?? 0, article.nodes[at]?.end ?? 0))),
					share: total === 0 ? 0 : textIn(article, found) / total,
				};
			});
			if (choices.length === 0) return { refused: 'There is no block here: put the cursor into one' };
			return { host, choices, ...(folded ? { folded: folded.isSaid ? 'said' : 'guessed' } : {}) };
		},
		async reach(document, selectors, token) {
			const { parsed } = document;
			const host = parsed.kind === 'article' ? hostOf(parsed) : undefined;
			const compiled = selectors.map(selector => compiledOf(selector));
			const counts = compiled.map(() => ({
				matching: 0,
				characters: 0,
				most: [] as string[],
				examples: [] as { uri: string; label: string }[],
			}));
			let articles = 0;
			const archive = await wholeArchive(document.uri, token);
			const uris = [...(archive?.entries() ?? [])].flatMap(({ uri, kind, source }) =>
				kind === 'article' && source && hostOfUrl(source.value) === host ? uri : [],
			);
			for (const uri of uris.length > 0 ? uris.sort() : [document.uri]) {
				throwIfCancelled(token);
				const snapshot = uri === document.uri ? document : await text(uri);
				const article = snapshot?.parsed;
				if (article?.kind !== 'article') continue;
				articles++;
				const total = article.weights.textBetween(0, article.nodes.length);
				for (const [at, selector] of compiled.entries()) {
					const count = counts[at];
					const found = outermost(article, selector);
					const [first] = found;
					if (!count || first === undefined) continue;
					const characters = textIn(article, found);
					count.matching++;
					count.characters += characters;
					if (characters * 2 > total && count.most.length < MOST_EXAMPLES) count.most.push(uri);
					if (count.examples.length < MOST_EXAMPLES)
						count.examples.push({ uri, label: labelOf(article.nodes, first, LABEL) });
				}
			}
			return counts.map(count => ({ articles, ...count }));
		},
		async describe({ uri, parsed }, list, selector, options) {
			const host = parsed.kind === 'article' ? hostOf(parsed) : undefined;
			if (host === undefined) throw new Refusal('not-possible', NO_HOST);
			compiledOf(selector);
			const file = await configurations.find(uri);
			const target = await ignoreTarget(uri, file, files, workspaceFolder(uri));
			if (!target)
				throw new Refusal(
					'not-possible',
					file
						? `${displayName(file.uri)} has errors or is a symbolic link: it was not changed`
						: 'There is no folder for marginalia.json: save the article in one first',
				);
			const written = hostsIn(file?.text, host);
			const edit = writeEntry(target, ['sources', written, list], 'append', selector, options);
			if (!edit) throw new Refusal('not-possible', `${displayName(target.uri)} says so already, or cannot be edited`);
			return { uri: target.uri, edit };
		},
	};
}

const NO_HOST = 'The article does not say what site it is from: complete its address in line 2 first';

/** @throws Refusal if a selector cannot be used */
function compiledOf(selector: string): CssSelector {
	const compiled = compileSelector(selector);
	if ('fault' in compiled) throw new Refusal('arguments', compiled.fault);
	return compiled;
}

function hostOf({ source }: Article): string | undefined {
	return source && hostOfUrl(source.value);
}

function hostOfUrl(url: string): string | undefined {
	const host = URL.canParse(url) ? normalizeHost(new URL(url).hostname) : undefined;
	return host === undefined ? undefined : sourceHost(host);
}

/** Returns how a configuration writes a host: with `www.` if only that is there. */
function hostsIn(text: string | undefined, host: string): string {
	return text?.includes(`"www.${host}"`) ? `www.${host}` : host;
}

/** Returns what a selector matches, except what is inside of that. */
function outermost(article: Article, selector: CssSelector): readonly number[] {
	let last = -1;
	return selector.select(article.body).filter(at => {
		if (at <= last) return false;
		last = article.nodes[at]?.last ?? at;
		return true;
	});
}

function textIn({ weights }: Article, elements: readonly number[]): number {
	return elements.reduce((sum, at) => sum + weights.text(at), 0);
}
