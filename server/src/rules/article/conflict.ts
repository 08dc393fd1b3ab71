import type { ArchiveDocument } from '../../article/article.ts';
import type { Conflict } from '../../article/conflict.ts';
import { remainsIn } from '../../article/conflictMarkers.ts';
import { lineBreakOf } from '../../article/lines.ts';
import type { Span } from '../../article/span.ts';
import { displayName } from '../../util/uri.ts';
import { titlePlace } from '../annotation/place.ts';
import type { Finding, Fix, ListRule, Rule } from '../rule.ts';
import { show } from '../write.ts';

/** Reports unresolved merge conflicts in an article and its sidecar. */
export const articleConflict: Rule = {
	id: 'article/conflict',
	severity: 'error',
	check({ article, notes: { sidecar } }, report) {
		for (const one of findingsIn(article)) report(one);
		for (const fault of sidecar?.faults ?? []) {
			if (fault.kind !== 'conflict') continue;
			const message = `${fault.message}; its notes are not shown, and the file is not changed`;
			report({
				span: titlePlace(article),
				message: `${show(displayName(sidecar?.uri ?? ''))}: ${message}`,
				sidecar: { span: fault.span, message },
			});
		}
	},
};

/** Reports unresolved merge conflicts in a list. */
export const articleConflictInList: ListRule = {
	id: articleConflict.id,
	severity: articleConflict.severity,
	check({ list }, report) {
		for (const one of findingsIn(list)) report(one);
	},
};

function findingsIn(document: ArchiveDocument): readonly Finding[] {
	const { text, conflicts } = document;
	return [...conflicts.map(one => findingOf(text, one)), ...remainsIn(document).map(line => remainOf(text, line))];
}

function remainOf(text: string, line: Span): Finding {
	const next = text.indexOf('\n', line.end);
	const whole = { start: line.start, end: next === -1 ? text.length : next + 1 };
	return {
		span: line,
		message: 'Leftover merge conflict marker: check the text around it, then remove the line',
		fixes: () => [{ title: 'Remove the line', preferred: false, edits: [{ span: whole, newText: '' }] }],
	};
}

function findingOf(text: string, { span, opening, middle, closing, names, ours, theirs }: Conflict): Finding {
	const line = lineBreakOf(text);
	const [mine, other] = [text.slice(ours.start, ours.end), text.slice(theirs.start, theirs.end)];
	const keep = (what: string, newText: string): Fix => ({
		title: `Keep ${what}`,
		preferred: false,
		edits: [{ span, newText }],
	});
	// The last line of a file may have no line ending.
	const both = mine === '' || mine.endsWith('\n') || other === '' ? mine + other : mine + line + other;
	return {
		span: opening,
		message: `Unresolved merge conflict between ${sideName(names.ours, 'the upper side')} and ${sideName(names.theirs, 'the lower side')}: keep the correct text, and remove the lines <<<<<<<, ======= and >>>>>>>`,
		related: [
			{ span: middle, message: 'The other side starts below this line' },
			{ span: closing, message: 'The conflict ends here' },
		],
		fixes: () => [
			keep(`the upper side${inParentheses(names.ours)}`, mine),
			keep(`the lower side${inParentheses(names.theirs)}`, other),
			keep('both sides', both),
		],
	};
}

function sideName(name: string, fallback: string): string {
	return name === '' ? fallback : show(name);
}

function inParentheses(name: string): string {
	return name === '' ? '' : ` (${show(name)})`;
}
