import { parseUrl } from '../../links/hostName.ts';
import type { Rule } from '../rule.ts';
import { findDamage, hostFaultIn, isSound } from '../urlDamage.ts';
import { show } from '../write.ts';

/** Reports a source, in line 2 or the front matter, that is missing or not an absolute http(s) URL. */
export const headerSource: Rule = {
	id: 'header/source',
	severity: 'error',
	check({ article }, report) {
		const { header } = article;
		const field = article.source;
		// header/structure reports a damaged line 2.
		if (header.faults.some(({ kind }) => kind === 'missing' || kind === 'title-malformed' || kind === 'title-missing'))
			return;
		if (field && isSound(field.value)) return;
		if (!field) {
			if (header.frontMatter && !header.titleLine)
				report({
					span: header.frontMatter.content,
					message: 'The front matter is missing “from”, the source URL of the article',
				});
			return;
		}
		if (field.value.trim() === '') {
			report({ span: field.span, message: 'The source URL of the article is missing' });
			return;
		}
		const damage = findDamage(field.value);
		if (!damage && isWebAddress(field.value)) return;
		const meant = damage?.meant !== undefined && isWebAddress(damage.meant) ? damage.meant : undefined;
		const fault = hostFaultIn(field.value);
		const wrong = fault === undefined ? 'is not an absolute http or https URL' : `is not valid: ${fault}`;
		report({
			span: field.span,
			message: `The source ${show(field.value)} ${wrong}${meant === undefined ? '' : `. Did you mean ${show(meant)}?`}`,
			fixes: () =>
				meant === undefined
					? []
					: [
							{
								title: `Change the source to ${show(meant)}`,
								preferred: true,
								edits: [{ span: field.span, newText: meant }],
							},
						],
		});
	},
};

function isWebAddress(value: string): boolean {
	const url = /^\s*https?:\/\//i.test(value) ? parseUrl(value) : undefined;
	return url !== undefined && url.hostname !== '';
}
