import { hasEndTag, isElement, type Node } from '../../article/node.ts';
import { span } from '../../article/span.ts';
import type { Rule } from '../rule.ts';
import { titlePlace } from './place.ts';

/** Motivations that need no text. */
const SILENT = new Set(['highlighting', 'bookmarking']);

/** Reports empty notes, marks and suggested edits. */
export const annotationEmpty: Rule = {
	id: 'annotation/empty',
	severity: 'warning',
	check({ article, notes: { notes, threads, sidecar } }, report) {
		for (const thread of threads.values()) {
			const node = thread.element === undefined ? undefined : article.nodes[thread.element];
			if (node && thread.part.start === thread.part.end && !showsSomething(article.nodes, thread.element ?? -1))
				report({
					span: span(node.start, node.startTagEnd),
					message: `Empty <${node.nodeName}>`,
					tag: 'unnecessary',
					fixes: () =>
						hasEndTag(node) && thread.comments.length === 0
							? [
									{
										title: `Remove the <${node.nodeName}>`,
										preferred: false,
										edits: [{ span: span(node.start, node.end), newText: '' }],
									},
								]
							: [],
				});
			for (const note of thread.comments) {
				if (note.text.value !== '' || note.tags.length > 0 || note.rest) continue;
				report({
					span: note.span,
					message: `The ${note.kind.value} is empty`,
					tag: 'unnecessary',
					fixes: () => [{ title: 'Remove the comment', preferred: false, edits: [{ span: note.span, newText: '' }] }],
				});
			}
		}
		for (const note of notes) {
			if (note.carrier === 'inline') continue;
			for (const { id, kind, motivation, text, tags } of [note, ...note.replies]) {
				if (text !== '' || tags.length > 0 || SILENT.has(motivation)) continue;
				const found = sidecar?.annotations.find(({ annotation }) => annotation.id === id);
				const message = `The ${kind} is empty`;
				report({
					span: note.anchor.spans[0] ?? titlePlace(article),
					message,
					note: id,
					sidecar: { span: found?.span ?? note.span, message },
				});
			}
		}
	},
};

/** Whether an element without text contains an image or a drawing. */
function showsSomething(nodes: readonly Node[], index: number): boolean {
	for (let at = index + 1; at <= (nodes[index]?.last ?? index); at++)
		if (isElement(nodes[at], 'img') || nodes[at]?.foreign) return true;
	return false;
}
