import type { Schema } from 'hast-util-sanitize';
import { ATTRIBUTES, COMMON_ATTRIBUTES, TAGS } from './protocol.ts';

/** What `hast-util-sanitize` lets through: the elements and attributes of the protocol, and addresses that do nothing. */
export const SCHEMA: Schema = {
	tagNames: [...TAGS],
	attributes: {
		...Object.fromEntries([...ATTRIBUTES].map(([tag, names]) => [tag, [...names]])),
		'*': [...COMMON_ATTRIBUTES],
	},
	protocols: { href: ['http', 'https', 'mailto'] },
	ancestors: {},
	clobber: [],
	required: {},
	strip: ['script', 'style', 'template'],
};
