import * as vscode from 'vscode';
import { withoutIcons, withoutLinks } from '../../../server/src/util/labels.ts';
import { clipLine } from '../../../server/src/util/text.ts';

/** As much of a passage, and of the names of kinds, in UTF-16 units, as is shown when a note is asked for. */
const MAX_PASSAGE_CHARS = 60;
const MAX_KINDS_CHARS = 200;

/** What a person is asked for at the top of the window. */
interface Question {
	readonly title: string;
	/** The words that are meant. */
	readonly about: string;
	/** The kinds of note that there are, the usual one first. */
	readonly kinds: readonly string[];
	readonly value?: string;
	/** Other ways to write a note: a button each, with the command that it runs. */
	readonly ways?: readonly Way[];
}

/** Another way to write a note. */
export type Way = vscode.QuickInputButton & { readonly command: string };

/**
 * Asks for what a person has to say.
 *
 * @param write writes it; what was typed stays where nothing comes of that
 * @returns what was written; `undefined` where the user thought better of it
 */
export async function askNote<T>(
	{ title, about, kinds, value = '', ways = [] }: Question,
	write: (said: string) => Promise<T | undefined>,
): Promise<T | undefined> {
	const input = vscode.window.createInputBox();
	input.title = title;
	input.prompt = promptFor(about, kinds);
	input.placeholder = 'question: Who says so? #sources';
	input.value = value;
	input.ignoreFocusOut = true;
	input.buttons = ways;
	return new Promise((resolve, reject) => {
		const close = (written?: T): void => {
			// First: VS Code tells at once that a box which is closed is hidden.
			resolve(written);
			input.dispose();
		};
		input.onDidHide(() => close());
		input.onDidTriggerButton(button => {
			const way = ways.find(one => one === button);
			close();
			if (way) void vscode.commands.executeCommand(way.command);
		});
		input.onDidAccept(async () => {
			if (input.value.trim() === '') return close();
			input.busy = true;
			input.enabled = false;
			try {
				const written = await write(input.value);
				if (written !== undefined) return close(written);
			} catch (error) {
				reject(error);
				return close();
			}
			input.busy = false;
			input.enabled = true;
		});
		input.show();
	});
}

function promptFor(about: string, kinds: readonly string[]): string {
	const words = about === '' ? [] : [`On “${clipLine(about, MAX_PASSAGE_CHARS)}”.`];
	const named = kinds.length === 0 ? [] : [`Kinds: ${clipLine(kinds.join(', '), MAX_KINDS_CHARS)}`];
	return withoutIcons(withoutLinks([...words, ...named].join(' ')));
}
