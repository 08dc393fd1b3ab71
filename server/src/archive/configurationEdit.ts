import { type Node, parseTree } from 'jsonc-parser';
import { jsonProperty, tooDeep } from '../annotations/jsonPlaces.ts';
import { applyEdits, type TextEdit } from '../article/edits.ts';
import { afterByteOrderMark, lineBreakOf } from '../article/lines.ts';
import { span } from '../article/span.ts';

/** The text of a new configuration. */
const NEW_CONFIGURATION = '{\n}\n';

/**
 * Adds an entry to a configuration, with the objects around it if they are missing. Comments and layout are preserved, and a comment at
 * the end of a line stays with the entry before it.
 *
 * @param text a configuration without syntax errors; a blank text counts as `NEW_CONFIGURATION`
 * @param path the names of the objects around the entry, ending with the array to append to or the property to set
 * @param kind whether `value` is appended to an array or becomes the property's value
 * @returns `undefined` if another value is in the place of the entry
 */
export function addEntry(
	text: string,
	path: readonly [string, ...string[]],
	kind: 'append' | 'set',
	value: string,
): readonly TextEdit[] | undefined {
	const start = afterByteOrderMark(text);
	const root = read(text, start);
	if (!root && text.trim() === '') {
		const edits = addEntry(NEW_CONFIGURATION, path, kind, value);
		return edits && [{ span: span(start, text.length), newText: applyEdits(NEW_CONFIGURATION, edits) }];
	}
	if (root?.type !== 'object') return undefined;
	let parent = root;
	for (const [depth, name] of path.entries()) {
		const known = jsonProperty(parent, name);
		if (!known) {
			const entry = path.slice(depth);
			return append(text, start, parent, property(entry as [string, ...string[]], kind, value));
		}
		const last = depth === path.length - 1;
		if (last && kind === 'set') {
			const place = span(known.offset + start, known.offset + known.length + start);
			return [{ span: place, newText: JSON.stringify(value) }];
		}
		if (known.type !== (last ? 'array' : 'object')) return undefined;
		parent = known;
	}
	if (parent.children?.some(item => item.value === value)) return undefined;
	return append(text, start, parent, () => JSON.stringify(value));
}

/** Parses a configuration to a tree; `undefined` for one that is not read either. */
function read(text: string, start: number): Node | undefined {
	return tooDeep(text) === undefined ? parseTree(text.slice(start), [], { allowTrailingComma: true }) : undefined;
}

/**
 * Returns edits that update the paths of files for which rules are ignored.
 *
 * @param moved returns the new path of a file or folder; `undefined` if it did not move
 */
export function movePaths(text: string, moved: (path: string) => string | undefined): readonly TextEdit[] {
	const start = afterByteOrderMark(text);
	const root = read(text, start);
	const rules = jsonProperty(root, 'ignore', 'rules');
	return (rules?.children ?? []).flatMap(({ children }) => {
		const key = children?.[0];
		if (typeof key?.value !== 'string') return [];
		const star = key.value.indexOf('*');
		// In a pattern, only the folder before the first `*` is updated.
		const path = star === -1 ? key.value : key.value.slice(0, Math.max(0, key.value.lastIndexOf('/', star)));
		const target = moved(path);
		if (target === undefined) return [];
		const place = span(key.offset + start, key.offset + key.length + start);
		return [{ span: place, newText: JSON.stringify(target + key.value.slice(path.length)) }];
	});
}

/** Writes an entry that starts on a line with some indentation. */
type Write = (indentation: string, unit: string, lineBreak: string) => string;

function property([name, ...rest]: readonly [string, ...string[]], kind: 'append' | 'set', value: string): Write {
	const [inner, ...others] = rest;
	return (indentation, unit, lineBreak) => {
		const start = `${JSON.stringify(name)}: `;
		if (inner === undefined) return start + JSON.stringify(kind === 'append' ? [value] : value);
		const deeper = indentation + unit;
		const content = property([inner, ...others], kind, value)(deeper, unit, lineBreak);
		return `${start}{${lineBreak}${deeper}${content}${lineBreak}${indentation}}`;
	};
}

/** Adds an entry after the last one of an object or an array, and after its comments. */
function append(text: string, start: number, parent: Node, write: Write): readonly TextEdit[] {
	const from = parent.offset + start;
	const last = parent.children?.at(-1);
	const behind = last ? last.offset + last.length + start : from + 1;
	const { comma, end } = skipTrivia(text, behind);
	const lineBreak = lineBreakOf(text);
	const outer = indentationAt(text, from);
	const unit = /^[\t ]+(?=["/[{\]}])/m.exec(text)?.[0].replace(/^\t.*/s, '\t') ?? '\t';
	const inner =
		last && isFirstOnLine(text, last.offset + start) ? indentationAt(text, last.offset + start) : outer + unit;
	const oneLine = !text.slice(from, from + parent.length).includes('\n') && parent.type === 'array';
	const closes = text.slice(end, from + parent.length - 1).includes('\n') ? '' : lineBreak + outer;
	const content = oneLine
		? `${last ? ' ' : ''}${write(outer, unit, lineBreak)}`
		: `${lineBreak}${inner}${write(inner, unit, lineBreak)}${closes}`;
	const place = span(end, closes && !oneLine ? from + parent.length - 1 : end);
	if (!last || comma) return [{ span: place, newText: content }];
	if (end === behind) return [{ span: place, newText: `,${content}` }];
	return [
		{ span: span(behind, behind), newText: ',' },
		{ span: place, newText: content },
	];
}

/** Finds where the comma and the comments after an entry end, and whether there is a comma. */
function skipTrivia(text: string, from: number): { readonly comma: boolean; readonly end: number } {
	const part = /(\s+)|(,)|\/\/[^\n\r]*|\/\*[\s\S]*?\*\//y;
	part.lastIndex = from;
	let [comma, end] = [false, from];
	for (let found = part.exec(text); found; found = part.exec(text)) {
		if (found[2]) comma = true;
		if (!found[1]) end = part.lastIndex;
	}
	return { comma, end };
}

/** Returns the indentation of the line of a place. */
function indentationAt(text: string, offset: number): string {
	const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
	return /^[\t ]*/.exec(line)?.[0] ?? '';
}

function isFirstOnLine(text: string, offset: number): boolean {
	return /^[\ufeff\t ]*$/.test(text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset));
}
