import * as vscode from 'vscode';
import { EXTENSION_COMMANDS, LINK_COMMANDS } from '../../../server/src/protocol/commands.ts';
import { failedFor } from '../../../server/src/protocol/errors.ts';
import { WorkspaceTrustNotification } from '../../../server/src/protocol/lifecycle.ts';
import {
	type Counts,
	type LinkStatus,
	LinkStatusChangedNotification,
	LinkStatusRequest,
	type StatusWords,
} from '../../../server/src/protocol/links.ts';
import { SECTIONS } from '../../../server/src/protocol/settings.ts';
import { isArticle } from '../article/documents.ts';
import type { Server } from '../lsp/server.ts';

/** Delay after an edit before the status is refreshed, in milliseconds. */
const QUIET_MS = 500;

type Status = LinkStatus & StatusWords;

/** An item in the menu of the status bar item. */
interface Choice extends vscode.QuickPickItem {
	readonly command: string;
	readonly arguments?: readonly unknown[];
}

/**
 * Shows the link status of the active article in the status bar, with a menu of link commands. Also notifies the server when
 * the user trusts the workspace.
 */
export function showLinks(context: vscode.ExtensionContext, server: Server, output: vscode.LogOutputChannel): void {
	const item = vscode.window.createStatusBarItem('marginalia.links', vscode.StatusBarAlignment.Right, 100);
	item.name = 'Marginalia: Links';
	item.command = EXTENSION_COMMANDS.linkMenu;
	let status: Status | undefined;
	/** Counts requests, so that a late response is ignored. */
	let asked = 0;
	const refresh = async (): Promise<void> => {
		const number = ++asked;
		const document = vscode.window.activeTextEditor?.document;
		const answer =
			document && isArticle(document) && server.state === 'running' ? await ask(server, document) : undefined;
		if (number !== asked) return;
		status = answer;
		if (!answer) return item.hide();
		const busy = answer.checking !== undefined;
		item.text = `$(${busy ? 'loading~spin' : 'link'}) ${answer.text}`;
		item.accessibilityInformation = { label: `${busy ? 'Checking links: ' : ''}${answer.text}` };
		item.tooltip = new vscode.MarkdownString(answer.tooltip);
		item.show();
	};
	const update = (): void => {
		refresh().catch(error => output.warn('Cannot show the link status', error));
	};
	let timer: ReturnType<typeof setTimeout> | undefined;
	context.subscriptions.push(
		item,
		server.onNotification(LinkStatusChangedNotification, update),
		server.onDidChangeState(update),
		vscode.window.onDidChangeActiveTextEditor(update),
		vscode.workspace.onDidChangeTextDocument(({ document }) => {
			if (document !== vscode.window.activeTextEditor?.document) return;
			clearTimeout(timer);
			timer = setTimeout(update, QUIET_MS);
		}),
		{ dispose: () => clearTimeout(timer) },
		vscode.workspace.onDidGrantWorkspaceTrust(() => server.notify(WorkspaceTrustNotification, { trusted: true })),
		vscode.commands.registerCommand(EXTENSION_COMMANDS.linkMenu, async () => {
			const choice = await vscode.window.showQuickPick(choices(status), {
				title: 'Links and Images',
				placeHolder: status?.refusal ?? status?.text ?? 'No article is open',
			});
			if (choice) await vscode.commands.executeCommand(choice.command, ...(choice.arguments ?? []));
		}),
	);
	update();
}

async function ask(server: Server, document: vscode.TextDocument): Promise<Status | undefined> {
	try {
		const status = await server.request(LinkStatusRequest, { textDocument: { uri: document.uri.toString() } });
		return status ?? undefined;
	} catch (error) {
		// The document is not yet, or no longer, open on the server.
		if (failedFor(error, 'documentNotOpen')) return undefined;
		throw error;
	}
}

function choices(status: Status | undefined): Choice[] {
	const settings: Choice = {
		label: '$(gear) Settings',
		command: 'workbench.action.openSettings',
		arguments: [SECTIONS.links],
	};
	if (!status)
		return [{ label: '$(search) Check Links in the Archive', command: LINK_COMMANDS.checkArchive }, settings];
	if (status.refusal !== undefined)
		return vscode.workspace.isTrusted
			? [settings]
			: [{ label: '$(shield) Manage Workspace Trust', command: 'workbench.trust.manage' }, settings];
	const known = ({ ok, moved, broken, unverified }: Counts): number => ok + moved + broken + unverified;
	return [
		status.checking
			? { label: '$(debug-stop) Stop Checking', command: LINK_COMMANDS.cancelCheck }
			: { label: '$(link) Check Links in This Article', command: LINK_COMMANDS.check },
		...(known(status.link) + known(status.image) > 0
			? [{ label: '$(refresh) Check Links in This Article Again', command: LINK_COMMANDS.checkAgain }]
			: []),
		{ label: '$(search) Check Links in the Archive', command: LINK_COMMANDS.checkArchive },
		...(status.link.moved > 0
			? [{ label: '$(arrow-right) Update Moved Links in the Archive', command: LINK_COMMANDS.updateMoved }]
			: []),
		{ label: '$(warning) Show Problems', command: 'workbench.actions.view.problems' },
		{ label: '$(trash) Clear Link Cache', command: LINK_COMMANDS.clearCache },
		settings,
	];
}
