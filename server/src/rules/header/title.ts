import { decodeHTMLStrict } from 'entities';
import type { Field } from '../../article/span.ts';
import type { Finding, Rule } from '../rule.ts';
import { show } from '../write.ts';

/** Tags that feeds leave in titles, and references that are not plain text. */
const TAG =
	/<\/?(?:a|abbr|b|big|br|cite|code|del|div|em|font|h[1-6]|i|img|ins|mark|p|q|s|small|span|strike|strong|sub|sup|u|wbr)(?:\s[^<>]*)?\/?>/gi;
const REFERENCE = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,30});/gi;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\0-\x1f\x7f-\x9f\u2028\u2029]+/g;

/** A title that is empty, damaged, or not that of the front matter. */
export const headerTitle: Rule = {
	id: 'header/title',
	severity: 'warning',
	check({ article }, report) {
		const field = article.title;
		if (!field) return;
		const { header } = article;
		const { value, span } = field;
		if (value.trim() === '') {
			// A line of which nothing can be read is header/structure.
			if (!header.faults.some(({ kind }) => kind === 'title-malformed'))
				report({ span: header.titleLine ?? span, message: 'The title is empty' });
			return;
		}
		// Front matter is YAML, with escapes of its own.
		if (header.title) checkCharacters(header.title, report);
		const other = header.title && header.frontMatter?.fields.get('title');
		if (other && !agree(value, other.value)) {
			report({
				span: other.span,
				message: `The title in the front matter, “${show(other.value)}”, differs from the title in line 2, “${show(value)}”`,
				related: [{ span, message: 'The title in line 2' }],
			});
		}
	},
};

function checkCharacters({ value, span }: Field, report: (finding: Finding) => void): void {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
	if (!/[\0-\x1f\x7f-\x9f\u2028\u2029\ufffd<&]/.test(value)) return;
	const references = value.match(REFERENCE)?.join('') ?? '';
	const message = value.match(CONTROL)
		? 'The title contains control characters'
		: value.match(TAG)
			? `The title contains HTML: ${show(value)}`
			: decodeHTMLStrict(references) !== references
				? `The title contains character references: ${show(value)}`
				: value.includes('\ufffd')
					? `The title contains characters that could not be decoded: ${show(value)}`
					: undefined;
	if (message === undefined) return;
	const clean = plain(value);
	const fixes = () =>
		clean && clean !== value
			? [{ title: `Change the title to “${show(clean)}”`, preferred: false, edits: [{ span, newText: clean }] }]
			: [];
	report({ span, message, fixes });
}

/** A title as plain text on one line. */
function plain(value: string): string {
	return decodeHTMLStrict(value.replace(TAG, '')).replace(CONTROL, ' ').replace(/\s+/g, ' ').trim();
}

/** Whether two titles are the same but for case, punctuation and white space, or one has more at its end. */
function agree(one: string, other: string): boolean {
	const [a, b] = [one, other].map(value =>
		plain(value)
			.normalize('NFKC')
			.toLowerCase()
			.replace(/[^\p{L}\p{N}]+/gu, ''),
	) as [string, string];
	return a.startsWith(b) || b.startsWith(a);
}
