/** Why an annotation is made: the motivations of the W3C Web Annotation Data Model, section 3.3.5. */
export const MOTIVATIONS = [
	'assessing',
	'bookmarking',
	'classifying',
	'commenting',
	'describing',
	'editing',
	'highlighting',
	'identifying',
	'linking',
	'moderating',
	'questioning',
	'replying',
	'tagging',
] as const;
export type Motivation = (typeof MOTIVATIONS)[number];
