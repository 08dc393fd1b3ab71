import type { CancellationToken, CodeAction, CodeActionContext, Range } from 'vscode-languageserver';
import { articleOf } from '../annotations/sidecarName.ts';
import type { Configurations } from '../archive/configurationFile.ts';
import {
	type CodeActionOptions,
	codeActions,
	fixAllAction,
	type Ignoring,
	wantsFixAll,
	wantsQuickFixes,
} from '../languageFeatures/codeAction.ts';
import { type Fixed, fixAll } from '../languageFeatures/fixAll.ts';
import { furnitureActions } from '../languageFeatures/furnitureAction.ts';
import { ignoreTarget } from '../languageFeatures/ignoreAction.ts';
import { linkActions } from '../languageFeatures/linkAction.ts';
import { movedActions } from '../languageFeatures/movedAction.ts';
import { sidecarActions } from '../languageFeatures/sidecarDiagnostics.ts';
import { type Snapshot, snapshotOf } from '../languageFeatures/snapshot.ts';
import type { FileSystem } from '../platform.ts';
import type { Problem } from '../rules/check.ts';
import { destinations, subjects } from '../rules/subject.ts';
import { throwIfCancelled } from '../util/cancellation.ts';
import type { Problems } from './problems.ts';

/** Code actions for problems. Functions that take a token throw `RequestCancelled` once it is cancelled. */
export interface CodeActions {
	/** `textDocument/codeAction` for articles, lists and sidecars. */
	of(
		document: Snapshot,
		range: Range,
		context: CodeActionContext,
		options: CodeActionOptions,
		token: CancellationToken,
	): Promise<CodeAction[]>;
	/** Applies all preferred fixes to a text with a URI. */
	fixAll(uri: string, text: string, token: CancellationToken): Promise<Fixed>;
}

/** Dependencies of `createCodeActions`. */
export interface CodeActionSources {
	readonly problems: Problems;
	readonly configurations: Configurations;
	readonly files: FileSystem;
	/** The workspace folder of a file, where a new configuration is created for a file outside any archive. */
	readonly workspaceFolder: (uri: string) => string | undefined;
}

/** Connects code actions to problems. */
export function createCodeActions({
	problems,
	configurations,
	files,
	workspaceFolder,
}: CodeActionSources): CodeActions {
	const fix = (uri: string, text: string, token: CancellationToken): Promise<Fixed> =>
		fixAll(text, current => problems.of(snapshotOf(uri, current), token));
	/** The data for "ignore" actions; `undefined` if the configuration is broken, or the document is outside any folder. */
	const ignoring = async (document: Snapshot, found: readonly Problem[]): Promise<Ignoring | undefined> => {
		const { uri, parsed, resolve } = document;
		const file = await configurations.find(uri);
		const target = await ignoreTarget(uri, file, files, workspaceFolder(uri));
		if (!target) return undefined;
		let addresses: ReadonlyMap<Problem, string> | undefined;
		return {
			target,
			subjectOf(problem) {
				if (parsed.kind === 'article') addresses ??= subjects(parsed, found);
				const address = addresses?.get(problem);
				return { address, url: address === undefined ? undefined : destinations(resolve, address)[0] };
			},
		};
	};
	return {
		async of(document, range, context, options, token) {
			const article = articleOf(document.uri);
			if (article !== undefined) {
				if (!wantsQuickFixes(context)) return [];
				const subject = { source: article, title: '' };
				const repairs = sidecarActions(document, range, context.diagnostics, subject, options.versionedEdits);
				const checked = await problems.checkSidecar(document.uri, token);
				const found = checked?.problems ?? [];
				const others = movedActions(document, found, range, context);
				return [...repairs, ...codeActions(document, found, range, context, options, undefined, others)];
			}
			if (wantsFixAll(context)) {
				const { edits } = await fix(document.uri, document.text, token);
				return fixAllAction(document, edits, options);
			}
			if (!wantsQuickFixes(context)) return [];
			const found = await problems.shown(document, token);
			const ignore = await ignoring(document, found);
			const { parsed } = document;
			const leading = parsed.kind === 'article' ? await problems.leadingOf(document, parsed) : undefined;
			throwIfCancelled(token);
			const forLinks = leading ? linkActions(document, leading, found, range, context, options) : [];
			const others = [
				...furnitureActions(document, found, range, context),
				...movedActions(document, found, range, context),
				...forLinks,
			];
			return codeActions(document, found, range, context, options, ignore, others);
		},
		fixAll: fix,
	};
}
