import type { Article } from '../../article/article.ts';
import { type Span, span } from '../../article/span.ts';

/** Returns the span of the title, where problems without a place of their own are shown. */
export function titlePlace({ title, header }: Article): Span {
	return title?.span ?? header.titleLine ?? span(header.span.start, header.span.start);
}
