import { parseSrcset } from 'srcset';
import { type Attribute, attributeField, type Node } from '../../article/node.ts';
import { IMAGE, SOURCE } from '../../article/traits.ts';
import { nodesThat } from '../../article/tree.ts';
import { messageOf } from '../../util/errors.ts';
import type { Rule } from '../rule.ts';
import { show } from '../write.ts';

/** Reports `srcset` attributes that do not tell browsers which image to choose. */
export const imageSrcset: Rule = {
	id: 'image/srcset',
	severity: 'warning',
	check({ article }, report) {
		for (const index of nodesThat(article.body, IMAGE | SOURCE, isFaulty)) {
			const node = article.nodes[index] as Node;
			for (const attribute of node.attributes) {
				const { name } = attribute;
				const fault = faultOf(attribute);
				const field = fault === undefined ? undefined : attributeField(article.text, node, name);
				if (field) report({ span: field.span, message: `Invalid ${name}: ${fault}` });
			}
		}
	},
};

function isFaulty({ attributes }: Node): boolean {
	return attributes.some(attribute => faultOf(attribute) !== undefined);
}

const TWICE = 'two images have the descriptor 1x or none';

/** Returns what is wrong with the candidates in an attribute, for the end of a sentence. */
function faultOf({ name, value }: Attribute): string | undefined {
	if (!name.endsWith('srcset') || (name !== 'srcset' && !name.startsWith('data-'))) return undefined;
	if (isPlain(value) || value.trim() === '') return undefined;
	try {
		// HTML only splits at ASCII white space, the library at all Unicode white space.
		const candidates = parseSrcset(value.replace(/[^\S \t\n\f\r]/g, '_'), { strict: true });
		if (candidates.length === 0) return 'it lists no images';
		const widths = candidates.filter(({ width }) => width !== undefined).length;
		if (widths > 0) return widths < candidates.length ? 'only some of its images have a width' : undefined;
		return candidates.filter(({ density = 1 }) => density === 1).length > 1 ? TWICE : undefined;
	} catch (error) {
		return inPlainWords(messageOf(error));
	}
}

/** Whether a list has the usual form, `url 640w, url 1280w`, without duplicate widths, so that it need not be parsed. */
function isPlain(value: string): boolean {
	if (/[\t\n\f\r]/.test(value)) return false;
	const words = value.split(' ');
	const widths = new Set<string>();
	for (let at = 1; at < words.length; at += 2) {
		const [address = '', word = ''] = [words[at - 1], words[at]];
		const last = at === words.length - 1;
		if (!last && !word.endsWith(',')) return false;
		const width = last ? word : word.slice(0, -1);
		if (!/^[1-9]\d*w$/.test(width) || address === '' || address.startsWith(',') || address.endsWith(',')) return false;
		widths.add(width);
	}
	return words.length % 2 === 0 && widths.size === words.length / 2;
}

/** Rephrases the library's message for the end of a sentence. */
function inPlainWords(message: string): string {
	const duplicate = /for a given descriptor: (.*)$/.exec(message)?.[1];
	if (duplicate !== undefined) return `two images have the descriptor ${show(duplicate)}`;
	if (/fallback image/.test(message)) return TWICE;
	if (/greater than zero/.test(message)) return 'an image has a width or density of zero';
	const several = /more than one descriptor, found \d+: (.*)$/.exec(message)?.[1];
	if (several !== undefined) return `an image has several descriptors, or a space in its URL: ${show(several)}`;
	const descriptor = /: (\S+)$|^(\S+) is not a valid number/.exec(message);
	const written = descriptor?.[1] ?? descriptor?.[2];
	return written === undefined ? message : `${show(written)} is not a descriptor`;
}
