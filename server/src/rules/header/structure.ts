import type { Article } from '../../article/article.ts';
import type { TextEdit } from '../../article/edits.ts';
import type { Header, HeaderFault, HeaderFaultKind } from '../../article/header.ts';
import { labelOf } from '../../article/label.ts';
import { lineBreakOf } from '../../article/lines.ts';
import { greatest, smallest } from '../../article/lists.ts';
import { type Span, span } from '../../article/span.ts';
import type { Fix, Rule, RuleContext } from '../rule.ts';
import { show } from '../write.ts';
import { findDates } from './dates.ts';
import { isPlausible } from './timestamp.ts';

const MESSAGES: Readonly<Record<HeaderFaultKind, string>> = {
	missing: 'The article has no header (time comment, [title](url), dashes)',
	'front-matter-not-closed': 'The front matter is missing its closing ---',
	'front-matter-invalid': 'The front matter is not valid YAML',
	'time-malformed': 'The time comment must be written as <!--milliseconds-->',
	'title-malformed': 'The title line must be written as [title](url)',
	'title-missing': 'The title line [title](url) is missing',
	'underline-malformed': 'The line below the title must consist of dashes',
	'underline-length': 'The line below the title must be exactly six dashes',
	'underline-missing': 'The line of dashes below the title is missing',
	order: 'The header lines are out of order: expected time comment, title, dashes',
	'blank-lines': 'The header contains an empty line',
	'lines-joined': 'Two header lines are on the same line',
	'blank-line-missing': 'The empty line between header and body is missing',
	'body-missing': 'The article has no body',
};

/** What to do about faults without a fix, if it is not to write the three lines. */
const ADVICE: Partial<Readonly<Record<HeaderFaultKind, string>>> = {
	'front-matter-invalid': 'Correct it: each line is a key, a colon, a space and a value, in quotes if that has a colon',
	'body-missing': 'Paste the text of the article below the header',
};

/** Reports header lines that are malformed, missing or out of order. */
export const headerStructure: Rule = {
	id: 'header/structure',
	severity: 'error',
	check(context, report) {
		const { header, text } = context.article;
		// An empty file is about to be written.
		if (!/\S/.test(text)) return;
		for (const fault of header.faults) {
			// header/timestamp reports a comment that contains no number.
			if (fault.kind === 'time-malformed' && header.time && !/^(?:\d+|NaN)$/.test(header.time.value)) continue;
			report({
				span: fault.span,
				...(fault.kind in ADVICE ? { advice: ADVICE[fault.kind] } : {}),
				message: MESSAGES[fault.kind] + (fault.detail === undefined ? '' : `: ${show(fault.detail)}`),
				fixes: () => {
					const fix = fixOf(context, fault);
					return fix ? [fix] : [];
				},
			});
		}
		const { frontMatter } = header;
		if (!frontMatter || header.titleLine || header.time || header.underline || frontMatter.error) return;
		if (frontMatter.fields.has('title') && frontMatter.fields.has('from')) return;
		const missing = frontMatter.fields.has('title') ? 'from' : 'title';
		report({
			span: frontMatter.content,
			message: `The article has no header, and its front matter is missing “${missing}”`,
			advice: `Add “${missing}: …” with the ${missing === 'from' ? 'URL of the page that the article was taken from' : 'headline'}`,
		});
	},
};

function fixOf(context: RuleContext, fault: HeaderFault): Fix | undefined {
	const { article } = context;
	const { text, header } = article;
	const line = lineBreakOf(text);
	const edit = (place: Span, newText: string, title: string, preferred = true): Fix => ({
		title,
		preferred,
		edits: [{ span: place, newText }],
	});
	switch (fault.kind) {
		case 'front-matter-invalid':
		case 'body-missing':
			return undefined;
		case 'front-matter-not-closed': {
			const end = endOfEntries(text, fault.span);
			const before = text[end - 1] === '\n' ? '' : line;
			return edit(span(end, end), `${before}---${line}`, 'Close the front matter');
		}
		case 'time-malformed':
			return edit(fault.span, timeLine(header), 'Correct the time comment');
		case 'title-malformed':
			return edit(fault.span, titleLine(header), 'Rewrite the line as [title](url)', header.url !== undefined);
		case 'underline-malformed':
		case 'underline-length':
			return edit(fault.span, '------', 'Replace with six dashes');
		case 'underline-missing':
			return edit(span(fault.span.end, fault.span.end), `${line}------`, 'Insert six dashes');
		case 'title-missing': {
			const written = titleFromElsewhere(article);
			const after = header.time?.comment.end;
			if (!written) return undefined;
			return after === undefined
				? edit(
						span(fault.span.start, fault.span.start),
						written.line + line,
						`Insert ${show(written.line)}`,
						written.sure,
					)
				: edit(span(after, after), line + written.line, `Insert ${show(written.line)}`, written.sure);
		}
		case 'blank-lines':
			return edit(fault.span, '', 'Remove the empty line');
		case 'blank-line-missing':
			return edit(fault.span, text[fault.span.start - 1] === '\n' ? line : line + line, 'Insert an empty line');
		case 'lines-joined':
			return edit(fault.span, line, 'Insert a line break');
		case 'order':
			return { title: 'Reorder the header lines', preferred: true, edits: reorder(text, header, line) };
		case 'missing': {
			const written = titleFromElsewhere(article);
			if (!written) return undefined;
			const date = findDates(article).find(({ time }) => isPlausible(String(time), context.now));
			const { start } = header.span;
			const whole = [`<!--${date?.time ?? 'NaN'}-->`, written.line, '------', '', ''].join(line);
			return edit(span(start, start), whole, 'Insert a header', false);
		}
	}
}

function timeLine({ time }: Header): string {
	return `<!--${time?.value ?? 'NaN'}-->`;
}

function titleLine({ title, url }: Header): string {
	return `[${title?.value.trim() ?? ''}](${url?.value ?? ''})`;
}

/** Builds the title line from front matter and body. It is `sure` if the source URL is known. */
function titleFromElsewhere({
	header,
	headings,
	nodes,
}: Article): { readonly line: string; readonly sure: boolean } | undefined {
	const fields = header.frontMatter?.fields;
	const heading = headings.find(({ level }) => level === 1);
	const title = fields?.get('title')?.value.trim() || (heading && labelOf(nodes, heading.node));
	if (!title) return undefined;
	const from = fields?.get('from')?.value.trim() ?? '';
	return { line: `[${title}](${from})`, sure: from !== '' };
}

/** Rewrites the header lines in the expected order and form. */
function reorder(text: string, header: Header, line: string): readonly TextEdit[] {
	const { time, titleLine: written, underline, date } = header;
	const dateLine = date && lineAround(text, date.span.start);
	const parts = [time?.comment, written, underline, dateLine].filter(part => part !== undefined);
	const whole = span(smallest(parts.map(({ start }) => start)), greatest(parts.map(({ end }) => end)));
	const lines: string[] = [];
	if (time) lines.push(timeLine(header));
	if (written) lines.push(titleLine(header));
	if (written || underline) lines.push('------');
	if (dateLine) lines.push(text.slice(dateLine.start, dateLine.end));
	return [{ span: whole, newText: lines.join(line) }];
}

function lineAround(text: string, offset: number): Span {
	const start = text.lastIndexOf('\n', offset - 1) + 1;
	const next = text.indexOf('\n', offset);
	const end = next === -1 ? text.length : next;
	return span(start, text[end - 1] === '\r' ? end - 1 : end);
}

/** Returns the end of the `key: value` lines after an opening `---`. */
function endOfEntries(text: string, fence: Span): number {
	const below = /^[^\n]*\n(?:(?:[\w-]+[ \t]*:|[ \t]+[^\s<]|- )[^\n]*(?:\n|$))*/.exec(
		text.slice(fence.start, fence.start + 65_536),
	);
	return fence.start + (below?.[0].length ?? fence.end - fence.start);
}
