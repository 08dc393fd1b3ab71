import type { Article } from '../../article/article.ts';
import { type Span, span } from '../../article/span.ts';

/** Where something is shown that has no place of its own in an article: on its title. */
export function titlePlace({ title, header }: Article): Span {
	return title?.span ?? header.titleLine ?? span(header.span.start, header.span.start);
}
