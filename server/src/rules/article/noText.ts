import type { Article } from '../../article/article.ts';
import type { Image } from '../../article/images.ts';
import { folded } from '../../article/regions/head.ts';
import { parseMoment } from '../../article/time.ts';
import { EMBED, indicesOf } from '../../article/traits.ts';
import { titlePlace } from '../annotation/place.ts';
import type { Rule } from '../rule.ts';
import { lastWords } from './words.ts';

/** The most characters that a body without an article has besides the title: a byline, a date, categories. */
const MOST_OTHERS = 120;

/** The most characters of furniture. Where there are more, the article may be among them. */
const MOST_FURNITURE = 2000;

/** Reports articles whose body has no text but the title. */
export const articleNoText: Rule = {
	id: 'article/no-text',
	severity: 'warning',
	check({ article }, report) {
		const { title, nodes, weights } = article;
		const most = (title?.value.length ?? 0) * 2 + MOST_OTHERS;
		const all = weights.textBetween(0, nodes.length);
		if (all > most + MOST_FURNITURE) return;
		const furniture = article.regions.furniture.reduce((sum, { first }) => sum + weights.text(first), 0);
		if (all - furniture > most || hasOtherContent(article)) return;
		const titles = [title?.value ?? '', title?.value.replace(/[-|–—_｜][^-|–—_｜]*$/, '') ?? ''].map(folded);
		const words = [...lastWords(article, most)].map(({ value }) => value);
		if (words.some(value => !titles.includes(folded(value)) && !isFact(value))) return;
		report({ span: titlePlace(article), message: `The article has no text${all > 0 ? ' but its title' : ''}` });
	},
};

/** Whether an article is what it embeds, or a picture. */
function hasOtherContent({ body, images }: Article): boolean {
	if (indicesOf(body, EMBED).length > 0) return true;
	// Medium says so of what is as short as a title, such as an answer to another article.
	return images.some(
		image => !isPixel(image) || /\/_\/stat\?.*referrerSource=full_rss/.test(image.source?.value ?? ''),
	);
}

function isPixel({ width = 9, height = 9 }: Image): boolean {
	return width <= 2 && height <= 2;
}

/** Whether words are a date, a byline or a source, or no words at all. */
function isFact(value: string): boolean {
	return (
		!/[\p{L}\p{N}]/u.test(value) ||
		parseMoment(value) !== undefined ||
		/^(?:by\s|posted|published|updated|source\s*:|作者|记者|記者|编辑|編輯|文\s*[/／|：:]|发布|發布|发表|發表|时间|時間|日期|来源|來源)/i.test(
			value,
		)
	);
}
