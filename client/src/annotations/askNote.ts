import * as vscode from 'vscode';
import { withoutIcons, withoutLinks } from '../../../server/src/util/labels.ts';
import { clipLine } from '../../../server/src/util/text.ts';

/** The maximum lengths of the passage and of the list of kinds in the prompt, in UTF-16 code units. */
const MAX_PASSAGE_CHARS = 60;
const MAX_KINDS_CHARS = 200;

/** The content of the input for a note. */
interface Question {
	readonly title: string;
	/** The annotated text. */
	readonly about: string;
	/** The available kinds of note, the default first. */
	readonly kinds: readonly string[];
	readonly value?: string;
	/** Alternative ways to write a note, each shown as a button. */
	readonly ways?: readonly Way[];
}

/** An alternative way to write a note: a button, and the command that it runs. */
export type Way = vscode.QuickInputButton & { readonly command: string };

/**
 * Asks the user for the text of a note in a quick input.
 *
 * @param write writes the note; the input stays open if it resolves to `undefined`
 * @returns the result of `write`; `undefined` if the user cancelled
 */
export async function askNote<T>(
	{ title, about, kinds, value = '', ways = [] }: Question,
	write: (typed: string) => Promise<T | undefined>,
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
			// Resolve first, because `dispose` fires `onDidHide` synchronously.
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
