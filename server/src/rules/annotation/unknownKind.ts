import { commentContent, isMark, kindOf, previousSibling } from '../../annotations/inline.ts';
import { HIGHLIGHT, type Kinds } from '../../annotations/kinds.ts';
import type { Node } from '../../article/node.ts';
import { COMMENT, indicesOf } from '../../article/traits.ts';
import { MOTIVATIONS } from '../../protocol/annotations.ts';
import type { Rule } from '../rule.ts';
import { isOneSlipAway } from '../typo.ts';
import { titlePlace } from './place.ts';

/** The minimum length of a word that counts as a misspelt kind anywhere. Shorter words are one typo away from too many others. */
const SHORTEST = 5;

/** Reports comments that are meant as notes, but start with a word that is not a kind of note. */
export const annotationUnknownKind: Rule = {
	id: 'annotation/unknown-kind',
	severity: 'warning',
	check({ article, notes: { inline, notes } }, report) {
		const { nodes, text } = article;
		const { kinds } = inline;
		for (const index of indicesOf(article.body, COMMENT)) {
			const node = nodes[index] as Node;
			const content = commentContent(text, node);
			const kind = content && kindOf(text, content);
			if (!kind || kinds.has(kind.value)) continue;
			const before = previousSibling(nodes, index);
			const isBehindMark = before !== undefined && isMark(nodes[before]);
			const meant = meantKind(kind.value, kinds);
			if (!isBehindMark && (meant === undefined || kind.value.length < SHORTEST)) continue;
			report({
				span: kind.span,
				message: meant
					? `Unknown kind of note ${JSON.stringify(kind.value)}. Did you mean ${JSON.stringify(meant)}?`
					: `Unknown kind of note ${JSON.stringify(kind.value)}`,
				fixes: () =>
					meant
						? [{ title: `Change to ${meant}`, preferred: false, edits: [{ span: kind.span, newText: meant }] }]
						: [],
			});
		}
		for (const note of notes) {
			for (const { id, kind } of note.carrier === 'sidecar' ? [note, ...note.replies] : []) {
				if (kinds.has(kind) || kind === HIGHLIGHT || MOTIVATIONS.some(name => name === kind)) continue;
				const message = `Unknown kind of note ${JSON.stringify(kind)}`;
				const [place] = note.anchor.spans;
				report({ span: place ?? titlePlace(article), message, note: id, sidecar: { span: note.span, message } });
			}
		}
	},
};

/** Returns the kind that a word differs from by at most one typo. */
function meantKind(word: string, kinds: Kinds): string | undefined {
	return [...kinds.keys()].find(kind => isOneSlipAway(word, kind));
}
