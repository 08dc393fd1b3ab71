import type { Schema } from 'hast-util-sanitize';
import { COMMON_ATTRIBUTES, MATH_TAGS, READER_ATTRIBUTES, TAGS } from '../protocol/reader.ts';

/** Schema for `hast-util-sanitize`: the elements and attributes of the protocol, and harmless URLs. */
export const READER_SCHEMA: Schema = {
	tagNames: [...TAGS, ...MATH_TAGS.keys()],
	attributes: {
		...Object.fromEntries([...READER_ATTRIBUTES, ...MATH_TAGS].map(([tag, names]) => [tag, [...names]])),
		'*': [...COMMON_ATTRIBUTES],
	},
	protocols: { href: ['http', 'https', 'mailto'] },
	ancestors: {},
	clobber: [],
	required: {},
	strip: ['script', 'style', 'template'],
};
