import type { AttributeSelector, Selector as Token } from 'css-what';
import { ELEMENT_NODE, type Node } from '../node.ts';
import type { NodeTest } from '../tree.ts';

/** Returns the test of a simple selector that concerns an element alone; `undefined` for a pseudo-class or pseudo-element. */
export function simpleTest(token: Token, isEscaped: boolean): NodeTest | undefined {
	switch (token.type) {
		case 'universal':
			checkNamespace(token.namespace);
			return node => node.nodeType === ELEMENT_NODE;
		case 'tag': {
			checkNamespace(token.namespace);
			checkName(token.name, isEscaped);
			const name = token.name.toLowerCase();
			return node => (node.foreign ? node.nodeName.toLowerCase() : node.nodeName) === name;
		}
		case 'attribute': {
			checkNamespace(token.namespace);
			checkName(token.ignoreCase === 'quirks' ? token.value : token.name, isEscaped);
			const name = token.name.toLowerCase();
			const holds = valueTest(token);
			return node => hasAttribute(node, name, holds);
		}
		default:
			return undefined;
	}
}

function hasAttribute({ attributes }: Node, name: string, holds: (value: string) => boolean): boolean {
	for (const attribute of attributes) if (attribute.name === name) return holds(attribute.value);
	return false;
}

function checkNamespace(namespace: string | null): void {
	if (namespace !== null && namespace !== '*') throw new Error('namespaces are not supported');
}

/** Rejects what the parser takes for a name but CSS does not, such as `.` in `..related`. */
function checkName(name: string, isEscaped: boolean): void {
	if (!isEscaped && !/^(?:--|-?[a-z_\u0080-\u{10ffff}])[\w\u0080-\u{10ffff}-]*$/iu.test(name))
		throw new Error(`${JSON.stringify(name)} is not a name`);
}

/** Returns the test of an attribute's value. */
function valueTest({ action, value, ignoreCase }: AttributeSelector): (value: string) => boolean {
	const wanted = ignoreCase === true ? value.toLowerCase() : value;
	const test = plainTest(action, wanted);
	return ignoreCase === true ? given => test(given.toLowerCase()) : test;
}

function plainTest(action: AttributeSelector['action'], wanted: string): (value: string) => boolean {
	const never = (): boolean => false;
	switch (action) {
		case 'exists':
			return () => true;
		case 'equals':
			return value => value === wanted;
		case 'element':
			return wanted === '' || /\s/.test(wanted) ? never : value => hasWord(value, wanted);
		case 'start':
			return wanted === '' ? never : value => value.startsWith(wanted);
		case 'end':
			return wanted === '' ? never : value => value.endsWith(wanted);
		case 'any':
			return wanted === '' ? never : value => value.includes(wanted);
		case 'hyphen':
			return value => value === wanted || value.startsWith(`${wanted}-`);
		default:
			throw new Error('"!=" is not supported');
	}
}

/** Whether a word is in a list that is separated by white space. */
function hasWord(list: string, word: string): boolean {
	for (let at = list.indexOf(word); at !== -1; at = list.indexOf(word, at + 1)) {
		const [left, right] = [list.charAt(at - 1), list.charAt(at + word.length)];
		if ((left === '' || isSpace(left)) && (right === '' || isSpace(right))) return true;
	}
	return false;
}

function isSpace(character: string): boolean {
	return ' \t\n\f\r'.includes(character);
}
