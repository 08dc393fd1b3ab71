import type { HeadingLine } from './headingLines.ts';
import { isOtherLine } from './otherLines.ts';
import { isQuestion } from './wording.ts';

/** The lines of an interview that ask, and those that answer. */
export interface Interview {
	readonly questions: ReadonlySet<HeadingLine>;
	readonly answers: ReadonlySet<HeadingLine>;
}

const NONE: Interview = { questions: new Set(), answers: new Set() };

/** A name or word at the beginning of a line, with the colon behind it. */
const SPEAKER = /^[\s【［[]*([^\s:：。，,.?？!！、；;（(][^:：。，?？!！；;\n]{0,29}?)[】\]］]?\s*[:：]\s*(?=\S)/u;

/** Words before a question, also one that is none in grammar. */
const ASKS = /^(?:q(?:uestion)?|问|問|提问|提問|질문|문|interviewer|采访者|採訪者)\s*\d*$/iu;

/** Questions longer than this, in UTF-16 units, are paragraphs. */
const MAX_QUESTION = 900;

/** What one speaker says. */
interface Turns {
	readonly name: string;
	readonly lines: readonly HeadingLine[];
	/** Whether the name stands before questions. */
	readonly asks: boolean;
	readonly answers: boolean;
}

/** Finds the questions of an interview: all, or none. */
export function findInterview(lines: readonly HeadingLine[]): Interview {
	return bySpeaker(lines) ?? byBold(lines) ?? NONE;
}

/** The name of the speaker before each question, and before each answer. */
function bySpeaker(lines: readonly HeadingLine[]): Interview | undefined {
	const spoken = new Map<string, HeadingLine[]>();
	for (const line of lines) {
		if (line.kind === 'element') continue;
		const { opening } = line;
		const name = opening.includes(':') || opening.includes('：') ? SPEAKER.exec(opening)?.[1] : undefined;
		if (name === undefined) continue;
		const own = spoken.get(name);
		if (own) own.push(line);
		else spoken.set(name, [line]);
	}
	const turns: Turns[] = [];
	for (const [name, own] of spoken) if (own.length > 1) turns.push(turnsOf(name, own));
	if (turns.length === 0) return undefined;
	const asking = turns.filter(({ asks }) => asks);
	const answering = turns.filter(({ answers }) => answers);
	const isSure = asking.some(({ name, lines: own }) => ASKS.test(name) || own.every(({ bold }) => bold > 0));
	if (asking.length === 0 || (answering.length === 0 && !isSure)) return undefined;
	const all = (some: readonly Turns[]): ReadonlySet<HeadingLine> => new Set(some.flatMap(({ lines: own }) => own));
	return { questions: all(asking), answers: all(answering) };
}

function turnsOf(name: string, lines: readonly HeadingLine[]): Turns {
	const asked = lines.filter(({ text }) => isQuestion(text)).length;
	const isShort = lines.every(({ length }) => length <= MAX_QUESTION);
	const isOften = lines.length >= (lines.every(({ bold }) => bold > 0) ? 2 : 3) && asked * 5 >= lines.length * 3;
	const asks = isShort && (ASKS.test(name) || isOften);
	return { name, lines, asks, answers: !asks && asked * 2 < lines.length };
}

/** The questions in bold, the answers not. */
function byBold(lines: readonly HeadingLine[]): Interview | undefined {
	const all = lines.filter(isMostlyBold);
	const asked = all.filter(({ text }) => isQuestion(text));
	if (asked.length < 3) return undefined;
	const bold = all.filter(({ text }) => !isOtherLine(text));
	// Whoever asks is often named before the first question only.
	const share = SPEAKER.test(bold[0]?.opening ?? '') ? 3 : 2;
	if (asked.length * share < bold.length) return undefined;
	return { questions: new Set(bold), answers: new Set() };
}

/** Whether a line is in bold but for a few words, such as the number of a page. */
function isMostlyBold(line: HeadingLine): boolean {
	const { kind, bold, length } = line;
	if (length > MAX_QUESTION) return false;
	return kind === 'bold' || (kind === 'begins-bold' && bold * 3 > length * 2 && isQuestion(line.text));
}
