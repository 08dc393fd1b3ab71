import { onOneLine } from '../util/text.ts';
import { inLetters, mathLetters } from './mathLetters.ts';
import { children, getAttribute, isUnrendered, type Node, TEXT_NODE } from './node.ts';

/** Larger formulas are rendered as their letters alone. */
const MOST_NODES = 1000;

/** Characters that have superscript or subscript forms. */
const HIGH = new Map(zip('0123456789+-−=()ni', '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ'));
const LOW = new Map(zip('0123456789+-−=()aehijklmnoprstuvx', '₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ'));

/** Accents over a letter, and the corresponding combining characters. */
const OVER = new Map(zip('^ˆ~˜¯‾˙¨→⃗', '\u0302\u0302\u0303\u0303\u0304\u0304\u0307\u0308\u20d7\u20d7'));

function zip(from: string, to: string): [string, string][] {
	const results = [...to];
	return [...from].map((character, at) => [character, results[at] ?? character]);
}

/**
 * Renders a MathML formula on one line, in plain text without superscript or subscript markup: `10⁶`, `1/2`, `√(x+1)`.
 * Annotations, such as the TeX source, are omitted.
 */
export function mathText(nodes: readonly Node[], index: number): string {
	const math = nodes[index];
	if (!math) return '';
	/** The rendering of each element, from the last to the first, so that children come before their parents. */
	const written = new Map<number, string>();
	const isLong = math.last - index > MOST_NODES;
	for (let at = math.last; at >= index; at--) {
		const node = nodes[at] as Node;
		if (node.nodeType === TEXT_NODE) continue;
		const parts: string[] = [];
		for (const child of children(nodes, at)) {
			const inner = nodes[child] as Node;
			if (inner.nodeType === TEXT_NODE) {
				const text = onOneLine(inner.nodeValue);
				if (text !== '') parts.push(lettersOf(node, text));
			} else if (!isUnrendered(inner) && !/^annotation/.test(inner.nodeName)) parts.push(written.get(child) ?? '');
		}
		written.set(at, isLong ? parts.join('') : write(node, parts));
	}
	return written.get(index) ?? '';
}

function lettersOf(node: Node, text: string): string {
	const letters = mathLetters(getAttribute(node, 'mathvariant'));
	return letters ? [...text].map(character => inLetters(character, letters)).join('') : text;
}

function write(node: Node, parts: readonly string[]): string {
	const [first = '', second = '', third = ''] = parts;
	switch (node.nodeName) {
		case 'mfrac':
			// Without a fraction bar, as in a binomial coefficient, this is not a division.
			return /^\s*0/.test(getAttribute(node, 'linethickness') ?? '')
				? `${first} ${second}`
				: `${group(first)}/${group(second)}`;
		case 'msqrt':
			return `√${group(parts.join(''))}`;
		case 'mroot':
			return `${second === '2' ? '' : raise(second)}√${group(first)}`;
		case 'msup':
			return first + raise(second);
		case 'msub':
			return first + lower(second);
		case 'msubsup':
		case 'munderover':
			return first + lower(second) + raise(third);
		case 'mover':
			return /^\p{L}$/u.test(first) && OVER.has(second) ? first + OVER.get(second) : first + raise(second);
		case 'munder':
			return first + lower(second);
		case 'mfenced': {
			const separators = [...(getAttribute(node, 'separators') ?? ',').replace(/\s/g, '')];
			const inside = parts.map((part, at) => (at === 0 ? '' : (separators[at - 1] ?? separators.at(-1) ?? '')) + part);
			return `${getAttribute(node, 'open') ?? '('}${inside.join('')}${getAttribute(node, 'close') ?? ')'}`;
		}
		case 'mtable':
			return parts.join('; ');
		case 'mtr':
		case 'mlabeledtr':
			return parts.join(' ');
		case 'mphantom':
			return '';
		case 'mspace':
			return ' ';
		case 'mo':
			// Invisible operators: function application, times, separator, plus.
			return first.replace(/[\u2061-\u2064]/g, '');
		default:
			return parts.join('');
	}
}

/** Adds parentheses around a text unless it is a single operand. */
function group(text: string): string {
	return /^(?:[\p{N}.,]+|\p{L}[\p{M}\u2070-\u209f¹²³]*|\([^()]*\))$/u.test(text) ? text : `(${text})`;
}

function raise(text: string): string {
	if (/^[′″‴'*†‡°]+$/.test(text)) return text;
	const high = [...text].map(character => HIGH.get(character));
	return high.includes(undefined) ? `^${group(text)}` : high.join('');
}

function lower(text: string): string {
	const low = [...text].map(character => LOW.get(character));
	return low.includes(undefined) ? `_${group(text)}` : low.join('');
}
