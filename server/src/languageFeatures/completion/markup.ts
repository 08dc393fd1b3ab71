import { getDefaultHTMLDataProvider, type IHTMLDataProvider } from 'vscode-html-languageservice';
import { CompletionItemKind } from 'vscode-languageserver';
import { type CompletionPlace, openElement } from './place.ts';
import { type CompletionContext, literal, type Suggestion } from './suggestion.ts';

/** Elements that do not belong in an article. */
const UNWANTED: ReadonlySet<string> = new Set(
	'html head body title base link meta style script slot template dialog form input button select option optgroup textarea datalist output'.split(
		' ',
	),
);

/** The most common elements in articles; suggested first. */
const COMMON: ReadonlySet<string> = new Set(
	'p a strong em b i h2 h3 h4 figure figcaption img cite blockquote ul ol li br time section footer address mark ins del table tr td th'.split(
		' ',
	),
);

let provider: IHTMLDataProvider | undefined;

/** Returns the HTML data provider, created on first use. */
function html(): IHTMLDataProvider {
	provider ??= getDefaultHTMLDataProvider();
	return provider;
}

/** Suggests HTML elements, and the end tag of the innermost open element. */
export function tagSuggestions(
	{ article, offset }: CompletionContext,
	place: CompletionPlace & { kind: 'tagName' },
): Suggestion[] {
	const { name, closing, open } = place;
	const element = openElement(article.nodes, open);
	const bracket = article.text[name.end] === '>' ? '' : '>';
	const suggestions: Suggestion[] = [];
	if (element) {
		suggestions.push({
			label: `/${element.nodeName}`,
			kind: CompletionItemKind.Property,
			insert: literal(`${closing ? '' : '/'}${element.nodeName}${bracket}`),
			span: name,
			...(closing ? { filter: element.nodeName } : {}),
			rank: closing ? 0 : 2,
			reference: { tag: element.nodeName },
		});
	}
	if (closing || offset < name.start) return suggestions;
	for (const { name: tag } of html().provideTags()) {
		if (UNWANTED.has(tag)) continue;
		suggestions.push({
			label: tag,
			kind: CompletionItemKind.Property,
			insert: literal(tag),
			span: name,
			rank: COMMON.has(tag) ? 0 : 1,
			reference: { tag },
		});
	}
	return suggestions;
}

/** URL attributes, whose values are completed. */
const ADDRESSES: ReadonlySet<string> = new Set(['href', 'src', 'cite', 'poster']);

/** Suggests attributes, specific before global; no event handlers, which rules remove. */
export function attributeSuggestions(place: CompletionPlace & { kind: 'attributeName' }): Suggestion[] {
	const { tag, name, taken, hasValue } = place;
	const everywhere = new Set(
		html()
			.provideAttributes('')
			.map(attribute => attribute.name),
	);
	const suggestions: Suggestion[] = [];
	for (const { name: attribute, valueSet } of html().provideAttributes(tag)) {
		if (taken.has(attribute) || attribute.startsWith('on')) continue;
		const takesValue = valueSet !== 'v' && !hasValue;
		suggestions.push({
			label: attribute,
			kind: CompletionItemKind.Value,
			insert: takesValue ? `${literal(attribute)}="$1"` : literal(attribute),
			span: name,
			rank: ADDRESSES.has(attribute) ? 0 : everywhere.has(attribute) ? 2 : 1,
			retrigger: takesValue && (valueSet !== undefined || ADDRESSES.has(attribute)),
			reference: { tag, attribute },
		});
	}
	return suggestions;
}

/** Suggests the values that HTML defines for an attribute. */
export function valueSuggestions(place: CompletionPlace & { kind: 'attributeValue' }): Suggestion[] {
	const { tag, attribute, value, quote } = place;
	return html()
		.provideValues(tag, attribute)
		.map(({ name }) => ({
			label: name,
			kind: CompletionItemKind.Unit,
			insert: literal(quote === '' ? `"${name}"` : name),
			span: value,
			reference: { tag, attribute, value: name },
		}));
}
