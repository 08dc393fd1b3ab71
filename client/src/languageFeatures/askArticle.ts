import * as vscode from 'vscode';
import { publicationInUrl } from '../../../server/src/util/urlDay.ts';
import { addressOf } from '../util/webAddress.ts';

const TITLE = 'New Article';

const INVALID = 'This is not the address of a web page. Example: https://news.example/2021/tide/';

/**
 * Asks for the address of a new article. An address in the clipboard is offered.
 *
 * @param copyOf returns the URI of an article that was taken from an address before
 * @returns the URL, empty if the user left it out; `undefined` if the user cancelled
 */
export function askAddress(
	last: string,
	copyOf: (address: string) => Promise<string | undefined>,
): Promise<string | undefined> {
	const input = vscode.window.createInputBox();
	input.title = TITLE;
	[input.step, input.totalSteps] = [1, 2];
	input.prompt = 'Address of the page that the article is taken from; may be left empty.';
	input.placeholder = 'https://…';
	input.value = last;
	input.valueSelection = [0, last.length];
	let isChecking = false;
	const check = async (): Promise<void> => {
		input.validationMessage = addressOf(input.value) === undefined ? INVALID : undefined;
		if (isChecking) return;
		isChecking = true;
		for (let checked = ''; checked !== input.value; ) {
			checked = input.value;
			const address = addressOf(checked);
			// Without the answer of the server, nothing is said.
			const copy = address ? await copyOf(address).catch(() => undefined) : undefined;
			if (copy === undefined || input.value !== checked) continue;
			const path = vscode.workspace.asRelativePath(vscode.Uri.parse(copy, true));
			const message = `There is an article from this page already: ${path}.`;
			input.validationMessage = { message, severity: vscode.InputBoxValidationSeverity.Warning };
		}
		isChecking = false;
	};
	input.onDidChangeValue(check);
	// Without permission to read the clipboard, nothing is offered.
	void readClipboard().then(address => {
		if (address === undefined || input.value !== '') return;
		input.value = address;
		input.valueSelection = [0, address.length];
		return check();
	});
	return answerOf(input, () => addressOf(input.value));
}

/**
 * Asks for the title of a new article; empty if the user left it out, `undefined` if the user cancelled. Says by which day in its address
 * the article will be dated.
 */
export async function askTitle(address: string): Promise<{ readonly text: string } | 'back' | undefined> {
	const input = vscode.window.createInputBox();
	input.title = TITLE;
	[input.step, input.totalSteps] = [2, 2];
	const day = publicationInUrl(address, Date.now());
	const dated = day ? ` It is dated ${longDay(day.noon)}, the day in its address.` : '';
	input.prompt = `Title of the article; may be left empty.${dated}`;
	input.buttons = [vscode.QuickInputButtons.Back];
	let isBack = false;
	input.onDidTriggerButton(() => {
		isBack = true;
		input.hide();
	});
	const text = await answerOf(input, () => input.value.trim());
	return isBack ? 'back' : text === undefined ? undefined : { text };
}

function longDay(time: number): string {
	return new Intl.DateTimeFormat(vscode.env.language, { dateStyle: 'long', timeZone: 'UTC' }).format(time);
}

/** Shows an input until it has an answer; `undefined` if the user cancelled. */
function answerOf(input: vscode.InputBox, read: () => string | undefined): Promise<string | undefined> {
	input.ignoreFocusOut = true;
	return new Promise(resolve => {
		input.onDidAccept(() => {
			const answer = read();
			if (answer === undefined) return;
			resolve(answer);
			input.hide();
		});
		input.onDidHide(() => {
			resolve(undefined);
			input.dispose();
		});
		input.show();
	});
}

/** The address in the clipboard; `undefined` if it holds none, or may not be read. */
async function readClipboard(): Promise<string | undefined> {
	try {
		const text = (await vscode.env.clipboard.readText()).trim();
		return /^https?:\/\/\S+$/i.test(text) && text.length < 2000 ? addressOf(text) : undefined;
	} catch {
		return undefined;
	}
}
