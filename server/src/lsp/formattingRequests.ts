import {
	type FormattingOptions,
	LSPErrorCodes,
	MessageType,
	ResponseError,
	type TextEdit,
} from 'vscode-languageserver';
import { comparisonEdits } from '../article/comparisonEdits.ts';
import { comparisonForm, originalOffset } from '../article/comparisonForm.ts';
import { applyEdits } from '../article/edits.ts';
import { documentOfLens } from '../languageFeatures/codeLens.ts';
import {
	collapseDocument,
	type ExpandOptions,
	formatDocument,
	formatRange,
	whyLeft,
} from '../languageFeatures/formatting.ts';
import type { Snapshot } from '../languageFeatures/snapshot.ts';
import { FORM_COMMANDS } from '../protocol/commands.ts';
import { ComparisonEditsRequest, ComparisonRequest } from '../protocol/comparison.ts';
import { onRequest } from '../protocol/method.ts';
import { readSetting, type SettingName } from '../protocol/settings.ts';
import type { Service } from '../service.ts';
import { isRecord } from '../util/value.ts';
import type { Answer, Perform } from './answer.ts';
import type { ClientSupport } from './capabilities.ts';
import type { RemoteClient } from './client.ts';
import type { Commands } from './commands.ts';
import type { Handlers } from './connection.ts';
import type { Settings } from './settings.ts';

/** Whether nested blocks are indented. */
const INDENT = 'marginalia.format.indent' satisfies SettingName;

/** The formatting option that is Marginalia's own: whether an article in archive form is left as it is. */
const KEEP_FORM = 'keepForm';

/** The default indentation, if the client does not specify it. */
const TABS: FormattingOptions = { tabSize: 4, insertSpaces: false };

/**
 * Registers the handlers for the forms of an article: formatting, code lenses, the layout for comparison, and the commands Expand and
 * Collapse, whose edits the client is asked to apply. `client` is called for each request, because the client is unknown before initialization.
 */
export function serveFormatting(
	connection: Handlers,
	remote: RemoteClient,
	answer: Answer,
	perform: Perform,
	service: Pick<Service, 'codeLenses' | 'resolveCodeLens'>,
	commands: Commands,
	settings: Settings,
	client: () => ClientSupport,
): void {
	const optionsFor = async (uri: string, options: FormattingOptions): Promise<ExpandOptions> => {
		const { tabSize, insertSpaces } = options;
		const indent = readSetting(INDENT, await settings.get(INDENT, uri));
		return { tabSize, insertSpaces, indent, keepForm: options[KEEP_FORM] === true };
	};

	/** Whether a document must not be converted; if so, the user is told why. */
	const isRefused = (document: Snapshot, options?: FormattingOptions): boolean => {
		const obstacle = whyLeft(document);
		// A save is no reason for a message.
		if (obstacle !== undefined && options?.[KEEP_FORM] !== true) remote.show(MessageType.Warning, obstacle);
		return obstacle !== undefined;
	};

	connection.onDocumentFormatting(({ textDocument: { uri }, options }, token) =>
		answer('textDocument/formatting', uri, token, async document =>
			isRefused(document, options) ? [] : formatDocument(document, await optionsFor(uri, options)),
		),
	);

	connection.onDocumentRangeFormatting(({ textDocument: { uri }, range, options }, token) =>
		answer('textDocument/rangeFormatting', uri, token, async document =>
			isRefused(document, options) ? [] : formatRange(document, range, await optionsFor(uri, options)),
		),
	);

	connection.onCodeLens(({ textDocument: { uri } }, token) =>
		answer('textDocument/codeLens', uri, token, document => service.codeLenses(document, client().codeLenses, token)),
	);

	connection.onCodeLensResolve(
		async (lens, token) =>
			(await answer('codeLens/resolve', documentOfLens(lens) ?? '', token, document =>
				service.resolveCodeLens(document, lens, token),
			)) ?? lens,
	);

	onRequest(connection, ComparisonRequest, ({ text, offset }) => {
		const form = comparisonForm(text, { blankLines: true });
		return {
			text: form.text,
			...(offset === undefined ? {} : { original: originalOffset(form, Math.min(offset, form.text.length)) }),
		};
	});

	onRequest(connection, ComparisonEditsRequest, ({ text, edited, shown }) => {
		const edits = comparisonEdits(text, edited, shown);
		if (!edits) return null;
		return {
			edits: edits.map(({ span: { start, end }, newText }) => ({ start, end, newText })),
			laidOut: comparisonForm(applyEdits(text, edits), { blankLines: true }).text,
		};
	});

	for (const command of Object.values(FORM_COMMANDS))
		commands.set(command, async ([uri, given], token) => {
			if (typeof uri !== 'string')
				throw new ResponseError(LSPErrorCodes.RequestFailed, `${command} requires the URI of an open document`);
			// Requested before the text is read, so that the edits are for the current text.
			const options =
				command === FORM_COMMANDS.expand
					? await perform(command, uri, token, () => optionsFor(uri, readOptions(given)))
					: undefined;
			return perform(command, uri, token, async document => {
				if (isRefused(document)) return;
				const { version } = document;
				const edits = options ? formatDocument(document, options) : collapseDocument(document);
				if (edits.length > 0) await apply(uri, version, edits, options ? 'Expand' : 'Collapse');
			});
		});

	async function apply(uri: string, version: number, edits: TextEdit[], label: string): Promise<void> {
		const edit = client().codeActions?.versionedEdits
			? { documentChanges: [{ textDocument: { uri, version }, edits }] }
			: { changes: { [uri]: edits } };
		const reason = await remote.applyEdit({ label, edit });
		if (reason !== undefined)
			throw new ResponseError(LSPErrorCodes.RequestFailed, `${label} was not applied: ${reason}`);
	}
}

function readOptions(given: unknown): FormattingOptions {
	if (!isRecord(given)) return TABS;
	const { tabSize, insertSpaces } = given;
	return typeof tabSize === 'number' && typeof insertSpaces === 'boolean' ? { tabSize, insertSpaces } : TABS;
}
