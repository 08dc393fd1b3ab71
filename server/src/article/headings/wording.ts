import { trimEndOf } from '../trim.ts';
import { isLongerThan } from './script.ts';

/** Longer lines, in Latin letters, are emphasis and not headings. */
const MAX_SIZE = 120;

/** Numbered headings can be longer. */
const MAX_NUMBERED_SIZE = 240;

/** Heading elements with more text than this are paragraphs that were made large. */
const MAX_ELEMENT_SIZE = 400;

/** Quotation marks, brackets and dashes at the end of a text. */
const TAIL = /[\s"'”’»」』）)\]】〉》—–-]/;

/** Whether a line is longer than headings are. */
export function isTooLong(text: string, form: 'bold' | 'numbered' | 'element'): boolean {
	return isLongerThan(text, { bold: MAX_SIZE, numbered: MAX_NUMBERED_SIZE, element: MAX_ELEMENT_SIZE }[form]);
}

/** Whether a text is a question. */
export function isQuestion(text: string): boolean {
	return /[?？][\s"'”’»」』）)\]】]*$/u.test(text);
}

/** Whether a text reads like a sentence of running text, or a part of one, and not like a heading. */
export function isSentence(text: string): boolean {
	const line = trimEndOf(text, TAIL);
	if (/[,，、;；。｡]$/.test(line) || /。/.test(line)) return true;
	if (/[^.…]\.$/.test(line) && (line.match(/\S+/g)?.length ?? 0) > 4) return true;
	if (!isLongerThan(line, LONG_SIZE)) return false;
	if (/[\p{Ll}\d]{3}[.!?]["”’)]* +["“‘(]?\p{Lu}/u.test(line)) return true;
	const commas = line.match(/[，；]/g)?.length ?? 0;
	return commas > 1 || (commas > 0 && /[?？!！…]$/.test(line));
}

/** Longer lines, in Latin letters, are sentences if they have several clauses. */
const LONG_SIZE = 72;

const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\\.?';
const WEEKDAY = '(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\\.?,?\\s*)?';
const DAY = new RegExp(
	`^\\W{0,3}${WEEKDAY}(?:\\d{4}\\s*[-/.年]\\s*\\d{1,2}\\s*[-/.月]\\s*\\d{1,2}\\s*[日號号]?|${MONTH}\\s+\\d{1,2}(?:st|nd|rd|th)?,?\\s+\\d{4}|\\d{1,2}(?:st|nd|rd|th)?\\s+${MONTH},?\\s+\\d{4}|\\d{1,2}[-/.]\\d{1,2}[-/.]\\d{4})(?:[\\s（(]*(?:星期|周|週)[一二三四五六日天][）)]?)?(?:\\W{1,4}\\d{1,2}:\\d{2}(?::\\d{2})?\\s*(?:[ap]\\.?m\\.?|[A-Z]{2,4})?)?\\W{0,3}$`,
	'i',
);

/** Whether a line is a day, with or without a time, as in a date line. */
export function isDayLine(text: string): boolean {
	return text.length <= 60 && /\d/.test(text) && DAY.test(text);
}
