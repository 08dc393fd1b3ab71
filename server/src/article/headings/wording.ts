import { sizeOf } from './script.ts';

/** Longer lines, in Latin letters, are emphasis and not headings. */
const MAX_SIZE = 120;

/** Numbered headings can be longer. */
const MAX_NUMBERED_SIZE = 240;

/** Heading elements with more text than this are paragraphs that were made large. */
const MAX_ELEMENT_SIZE = 400;

/** Quotation marks, brackets and dashes at the end of a text. */
const TAIL = /[\s"'”’»」』）)\]】〉》—–-]+$/u;

/** Whether a line is longer than headings are. */
export function isTooLong(text: string, form: 'bold' | 'numbered' | 'element'): boolean {
	return sizeOf(text) > { bold: MAX_SIZE, numbered: MAX_NUMBERED_SIZE, element: MAX_ELEMENT_SIZE }[form];
}

/** Whether a text is a question. */
export function isQuestion(text: string): boolean {
	return /[?？][\s"'”’»」』）)\]】]*$/u.test(text);
}

/** Whether a text reads like a sentence of running text, or a part of one, and not like a heading. */
export function isSentence(text: string): boolean {
	const line = text.replace(TAIL, '');
	const size = sizeOf(line);
	if (/[,，、;；。｡]$/.test(line)) return true;
	if (/[^.…]\.$/.test(line) && (line.match(/\S+/g)?.length ?? 0) > 4) return true;
	if (/。./.test(line) || (size > 70 && /[\p{Ll}\d]{3}[.!?]["”’)]* +["“‘(]?\p{Lu}/u.test(line))) return true;
	const commas = line.match(/[，；]/g)?.length ?? 0;
	if (size > 75 && commas > 0 && /[?？!！…]$/.test(line)) return true;
	return size > 75 && commas > 1;
}

const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\\.?';
const WEEKDAY = '(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\\.?,?\\s*)?';
const DAY = new RegExp(
	`^[\\s\\p{P}]*${WEEKDAY}(?:\\d{4}\\s*[-/.年]\\s*\\d{1,2}\\s*[-/.月]\\s*\\d{1,2}\\s*(?:日|號|号)?|${MONTH}\\s+\\d{1,2}(?:st|nd|rd|th)?,?\\s+\\d{4}|\\d{1,2}(?:st|nd|rd|th)?\\s+${MONTH},?\\s+\\d{4}|\\d{1,2}[-/.]\\d{1,2}[-/.]\\d{4})[\\s\\p{P}]*(?:(?:星期|周|週).)?[\\s\\p{P}]*(?:\\d{1,2}:\\d{2}(?::\\d{2})?)?\\s*(?:[ap]\\.?m\\.?|[A-Z]{2,4})?[\\s\\p{P}]*$`,
	'iu',
);

/** Whether a line is a day, with or without a time, as in a date line. */
export function isDayLine(text: string): boolean {
	return text.length <= 60 && /\d/.test(text) && DAY.test(text);
}
