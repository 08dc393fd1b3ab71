import type { Nodes, RootContent } from 'mdast';

/**
 * Serialises blocks as plain text for clients without Markdown support: one line per paragraph, URLs after their
 * labels, no images.
 */
export function writePlain(blocks: readonly RootContent[]): string {
	return blocks
		.map(block => (block.type === 'thematicBreak' ? '' : plain(block)))
		.join('\n')
		.trimEnd();
}

function plain(node: Nodes): string {
	switch (node.type) {
		case 'image':
			return '';
		case 'break':
			return '\n';
		case 'link': {
			const label = inline(node.children);
			return label === node.url ? label : `${label} (${node.url})`;
		}
		case 'list':
			return node.children
				.map((item, index) => `${node.ordered ? `${(node.start ?? 1) + index}.` : '-'} ${plain(item)}`)
				.join('\n');
		case 'root':
		case 'blockquote':
		case 'listItem':
			return node.children.map(plain).join('\n');
		default:
			if ('children' in node) return inline(node.children);
			return 'value' in node ? node.value : '';
	}
}

function inline(nodes: readonly Nodes[]): string {
	return nodes.map(plain).join('');
}
