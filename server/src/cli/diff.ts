import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { styleText } from 'node:util';
import { Command, InvalidArgumentError } from 'commander';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { MAX_TEXT_BYTES } from '../archive/readText.ts';
import { type ComparisonForm, comparisonForm, originalOffset } from '../article/comparisonForm.ts';
import { nativePath } from '../node/fileName.ts';
import type { DifferencePart } from '../protocol/annotations.ts';
import { type ComparedLine, compareLines } from './blockDifference.ts';
import { decodeText } from './encoding.ts';
import { ENCODING_HELP, parseEncoding } from './encodingOption.ts';
import { reasonOf } from './files.ts';
import { complain, ExitCode, printable, wantsColour, writeStream } from './output.ts';

type Style = Parameters<typeof styleText>[0];

/** Applies a style to a text, if there are colours. */
type Styling = (name: Style, text: string) => string;

/** Standard input as the name of a file. */
const STANDARD_INPUT = '-';

/** What notes and captions, which stand out in colour, begin with. */
const EMPHASISED = /(<!--)|<figcaption\b[^<>]*>/g;

interface DiffOptions {
	/** How many unchanged lines are shown around each change. */
	readonly unified: number;
	readonly encoding?: string;
}

/** One of the compared texts. */
interface Side extends ComparisonForm {
	/** The text of the file. */
	readonly original: TextDocument;
	/** The comparison form. */
	readonly laidOut: TextDocument;
	/** The lines of the comparison form. */
	readonly lines: readonly string[];
}

/** `marginalia diff`: shows what differs between two versions of an article, block by block. */
export function diffCommand(): Command {
	return new Command('diff')
		.description('show what differs between two versions of an article, block by block, with the changed words marked')
		.argument('<old>', 'the old version; "-" for standard input')
		.argument('<new>', 'the new version; "-" for standard input')
		.option('-U, --unified <n>', 'blocks of context around each change', parseContext, 3)
		.option('--encoding <name>', ENCODING_HELP, parseEncoding)
		.addHelpText(
			'after',
			`
Both versions are laid out with each block on a line of its own, so that it makes no difference whether a body is on one
line or expanded. Removed words are shown as [-removed-] and added ones as {+added+}, as by "git diff --word-diff"; on a
terminal they are red and green, notes magenta and captions yellow. "@@ -4:120 +4:133 @@" gives the line and column of a
change in both files, and the heading before it.

Exit code: 0 the versions do not differ, 1 they differ, 2 invalid usage or a file that cannot be read.`,
		)
		.action(async (before: string, after: string, options: DiffOptions) => {
			process.exitCode = await diff(before, after, options);
		});
}

function parseContext(value: string): number {
	if (!/^\d{1,6}$/.test(value)) throw new InvalidArgumentError('It must be a number from 0 to 999999.');
	return Number(value);
}

/** Compares and prints. Resolves to the exit code. */
async function diff(before: string, after: string, { unified, encoding }: DiffOptions): Promise<number> {
	if (before === STANDARD_INPUT && after === STANDARD_INPUT) {
		await complain(STANDARD_INPUT, 'is given twice: only one version can be read from standard input');
		return ExitCode.failure;
	}
	const [old, now] = [await readSide(before, encoding), await readSide(after, encoding)];
	if (!old || !now) return ExitCode.failure;
	if (sameLines(old, now)) {
		if (old.original.getText() !== now.original.getText())
			await complain(after, 'differs only in line breaks and indentation');
		return ExitCode.clean;
	}
	const colour = wantsColour(process.stdout, process.env);
	// The stream was checked before; older versions of Node.js do not support the option.
	const style: Styling = (name, text) => (colour ? styleText(name, text, { validateStream: false }) : text);
	const compared = compareLines(old.lines, now.lines);
	await writeStream(
		process.stdout,
		`${style('bold', `--- ${printable(before)}`)}\n${style('bold', `+++ ${printable(after)}`)}\n`,
	);
	for (const { start, end, first } of hunksOf(compared, unified)) {
		await writeStream(process.stdout, `${style('cyan', describePlace(old, now, compared, first))}\n`);
		for (const { parts } of compared.slice(start, end))
			await writeStream(process.stdout, `${colour ? colourParts(parts, style) : markParts(parts)}\n`);
	}
	return ExitCode.findings;
}

/** Whether two versions have the same lines, whatever ends them. */
function sameLines({ lines }: Side, other: Side): boolean {
	return lines.length === other.lines.length && lines.every((line, index) => line === other.lines[index]);
}

/** Reads one of the two texts; `undefined` after a complaint. */
async function readSide(path: string, encoding: string | undefined): Promise<Side | undefined> {
	const bytes = await readBytes(path);
	if (!bytes) return undefined;
	const decoded =
		bytes.length > MAX_TEXT_BYTES ? { reason: 'is too large to be an article' } : decodeText(bytes, encoding);
	if ('reason' in decoded) {
		const hint = 'label' in decoded ? `, or read it with --encoding ${decoded.label}` : '';
		await complain(path, `${decoded.reason}${hint}`);
		return undefined;
	}
	const form = comparisonForm(decoded.text);
	return {
		...form,
		original: TextDocument.create(path, '', 0, decoded.text),
		laidOut: TextDocument.create(path, '', 0, form.text),
		lines: form.text.replace(/\r?\n$/, '').split(/\r?\n/),
	};
}

async function readBytes(path: string): Promise<Uint8Array | undefined> {
	try {
		return path === STANDARD_INPUT ? await buffer(process.stdin) : await readFile(nativePath(path));
	} catch (error) {
		await complain(path, await reasonOf(error, path));
		return undefined;
	}
}

interface Hunk {
	readonly start: number;
	readonly end: number;
	/** The first changed line. */
	readonly first: number;
}

/** Returns the changed lines with their context, as half-open ranges. */
function hunksOf(compared: readonly ComparedLine[], context: number): readonly Hunk[] {
	const hunks: Hunk[] = [];
	for (const [first, { parts }] of compared.entries()) {
		if (parts.every(({ kind }) => kind === 'same')) continue;
		const [start, end] = [Math.max(0, first - context), Math.min(compared.length, first + context + 1)];
		const last = hunks.at(-1);
		if (last && start <= last.end) hunks[hunks.length - 1] = { ...last, end };
		else hunks.push({ start, end, first });
	}
	return hunks;
}

/** Describes a place: `@@ -line:column +line:column @@`, and the heading before it. */
function describePlace(old: Side, now: Side, compared: readonly ComparedLine[], first: number): string {
	const rest = compared.slice(first);
	const oldLine = rest.find(line => line.old !== undefined)?.old ?? old.lines.length;
	const newLine = rest.find(line => line.new !== undefined)?.new ?? now.lines.length;
	const heading = now.lines.slice(0, newLine).findLast(line => /^<h[1-6]\b/i.test(line));
	const title = heading === undefined ? '' : ` ${showText(heading.replace(/<[^<>]*>/g, '').trim())}`;
	return `@@ -${placeOf(old, oldLine)} +${placeOf(now, newLine)} @@${title}`;
}

/** Returns the `line:column`, both from 1, at which a line of the comparison form is in the file. */
function placeOf({ edits, original, laidOut }: Side, line: number): string {
	const offset = originalOffset({ edits }, laidOut.offsetAt({ line, character: 0 }));
	const { line: found, character } = original.positionAt(offset);
	return `${found + 1}:${character + 1}`;
}

function markParts(parts: readonly DifferencePart[]): string {
	return parts
		.map(({ kind, text }) => {
			const shown = showText(text);
			return kind === 'same' ? shown : kind === 'removed' ? `[-${shown}-]` : `{+${shown}+}`;
		})
		.join('');
}

function colourParts(parts: readonly DifferencePart[], style: Styling): string {
	const whole = parts.map(({ text }) => text).join('');
	const emphasised = emphasisedIn(whole);
	const shown: string[] = [];
	let offset = 0;
	for (const { kind, text } of parts) {
		const [start, end] = [offset, offset + text.length];
		offset = end;
		if (kind !== 'same') {
			shown.push(style(kind === 'removed' ? 'red' : 'green', showText(text)));
			continue;
		}
		let at = start;
		for (const range of emphasised) {
			const [from, to] = [Math.max(at, range.start), Math.min(end, range.end)];
			if (from >= to) continue;
			shown.push(showText(whole.slice(at, from)), style(range.name, showText(whole.slice(from, to))));
			at = to;
		}
		shown.push(showText(whole.slice(at, end)));
	}
	return shown.join('');
}

/** Returns the notes and captions of a line that have an end, in text order. */
function emphasisedIn(line: string): readonly { start: number; end: number; name: 'magenta' | 'yellow' }[] {
	const found: { start: number; end: number; name: 'magenta' | 'yellow' }[] = [];
	const ends = { magenta: line.lastIndexOf('-->'), yellow: line.lastIndexOf('</figcaption>') };
	let next = 0;
	for (const { index, 0: opening, 1: note } of line.matchAll(EMPHASISED)) {
		const [name, mark] = note === undefined ? (['yellow', '</figcaption>'] as const) : (['magenta', '-->'] as const);
		const after = index + opening.length;
		if (index < next || ends[name] < after) continue;
		next = line.indexOf(mark, after) + mark.length;
		found.push({ start: index, end: next, name });
	}
	return found;
}

/** Escapes a text for a terminal, but for tabs. */
function showText(text: string): string {
	return text.split('\t').map(printable).join('\t');
}
