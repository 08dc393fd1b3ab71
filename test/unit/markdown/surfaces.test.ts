import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CompletionItemKind, MarkupKind } from 'vscode-languageserver';
import { type Article, parseDocument } from '../../../server/src/article/article.ts';
import { resolveCompletion } from '../../../server/src/languageFeatures/completion.ts';
import { linkReport } from '../../../server/src/languageFeatures/linkReport.ts';
import type { Verdict } from '../../../server/src/links/network/verdict.ts';
import { runs } from '../../support/runs.ts';
import { hoverAt } from '../languageFeatures/harness.ts';
import { ARTICLE, annotationSession, type Session } from '../services/annotationSession.ts';
import { escaped, hardText, type Rendered, render, visible } from './rendered.ts';

/** The pages that the test's articles link to on purpose. */
const OURS = /^https:\/\/(?:news|h|img|developer)\.(?:example|mozilla\.org)\//;

/** Asserts that the text of an article produced no unintended images, links or elements. */
function assertHarmless(shown: Rendered, message: string, allowed = OURS): void {
	assert.deepEqual(shown.pictures, [], message);
	assert.deepEqual(
		shown.links.filter(url => !allowed.test(url)),
		[],
		message,
	);
	for (const name of ['table', 'h2', 'html-element', 'input', 'ul', 'ol', 'pre'])
		assert.ok(!shown.elements.has(name), message);
}

/** Returns the hovers at the first occurrence of each of these places. */
async function hovers(text: string, places: readonly string[], uri?: string): Promise<Rendered[]> {
	const found: Rendered[] = [];
	for (const place of places) {
		const at = text.indexOf(place);
		assert.notEqual(at, -1, `${place} in ${text}`);
		const hover = await hoverAt(`${text.slice(0, at + 1)}‸${text.slice(at + 1)}`, uri === undefined ? {} : { uri });
		if (hover) found.push(render(hover.says));
	}
	return found;
}

function articleOf(text: string): Article {
	const parsed = parseDocument(text);
	assert.ok(parsed.kind === 'article');
	return parsed;
}

/** Returns all notes of a session with their rendered Markdown, as in hovers and threads. */
async function shownNotes(session: Session): Promise<readonly { readonly text: string; readonly shown: Rendered }[]> {
	const { notes } = await session.notes();
	return notes
		.flatMap(note => [note, ...note.replies])
		.map(({ text, markdown }) => ({ text, shown: render(markdown) }));
}

describe('the text of an article, where it is shown as Markdown', function () {
	this.timeout(300_000);

	it('stays plain text in hovers of the header', async () => {
		await fc.assert(
			fc.asyncProperty(hardText(), async given => {
				const text = `<!--1639640221000-->\n[${visible(given)}](https://news.example/2021/tide/)\n------\n\n<p>x</p>`;
				const { title } = articleOf(text).header;
				for (const shown of await hovers(text, ['[', 'news.example'])) {
					assertHarmless(shown, text);
					if (title?.value.trim())
						assert.ok(
							shown.textsOf('p').includes(visible(title.value)) ||
								!shown.elements.has('strong') ||
								shown.textsOf('strong').includes('news.example'),
							text,
						);
				}
				const [first] = await hovers(text, ['[']);
				if (title?.value.trim()) assert.equal(first?.textsOf('p')[0], visible(title.value), text);
			}),
			{ numRuns: runs(40) },
		);
	});

	it('stays plain text in hovers of links, figures, ids and tags', async () => {
		await fc.assert(
			fc.asyncProperty(hardText(), hardText(), hardText(), async (one, two, three) => {
				const [a, b, c] = [one, two, three].map(escaped);
				const text = [
					'<!--1639640221000-->\n[Tide](https://news.example/2021/tide/)\n------\n',
					`<p><a href="https://h.example/${a}">WORD</a> <a href="${b}">RELATIVE</a> <a href="#${c}">PLACE</a> <a href="#x">HERE</a></p>`,
					`<p id="x" class="${a}">${b}</p>`,
					`<figure><img src="http://img.example/${a}" alt="${b}" width="20" height="10"><figcaption>${c}<cite>${a}</cite></figcaption></figure>`,
					`<img data-src="http://img.example/${b}" alt="${c}">`,
					`<img src="${b}" alt="${c}"><time datetime="${a}">LATER</time>`,
				].join('\n');
				const article = articleOf(text);
				const places = [
					'<a',
					'https://h',
					'>WORD',
					'>RELATIVE',
					'>PLACE',
					'>HERE',
					'<p id',
					'class',
					'<img',
					'<figcaption',
					'<cite',
					'<img data',
					'>LATER',
				];
				const shown = await hovers(text, places);
				// Relative URLs and images of the article point only to where they resolve.
				const links = [
					...article.links.flatMap(({ href }) => (href ? [href.value] : [])),
					...article.images.flatMap(({ source, src }) => [source?.value, src?.value]),
				];
				const allowed = new Set(
					links.flatMap(value =>
						value !== undefined && URL.canParse(value, 'https://news.example/2021/tide/')
							? [decoded(new URL(value, 'https://news.example/2021/tide/').href)]
							: [],
					),
				);
				for (const hover of shown) {
					assert.deepEqual(
						hover.pictures.filter(address => !allowed.has(decoded(address))),
						[],
						text,
					);
					assert.deepEqual(
						hover.links.filter(address => !OURS.test(address) && !allowed.has(decoded(address))),
						[],
						text,
					);
					for (const name of ['table', 'h2', 'html-element', 'input', 'pre'])
						assert.ok(!hover.elements.has(name), text);
				}
				const [figure] = article.figures;
				const label = visible(
					[figure?.caption?.label, figure?.credit?.label].flatMap(said => (said ? [visible(said)] : [])).join(' '),
				);
				if (label !== '')
					assert.ok(
						(await hovers(text, ['<figcaption'])).some(hover => hover.textsOf('p').includes(label)),
						text,
					);
			}),
			{ numRuns: runs(40) },
		);
	});

	it('stays plain text in hovers of lists', async () => {
		await fc.assert(
			fc.asyncProperty(hardText(), hardText(), async (title, name) => {
				const entry = visible(title);
				const text = `News\n------\n\n9-1 [${entry}](/articles/${encodeURIComponent(visible(name))}.md)\n\n9-2 [${entry}](https://h.example/${visible(name).replace(/[\s()]/g, '')})\n\n9-3 [x](/articles/3.md)\n`;
				if (parseDocument(text).kind !== 'list') return;
				for (const place of ['9-1', '9-2', 'News'])
					for (const shown of await hovers(text, [place], 'file:///archive/lists/news.md')) assertHarmless(shown, text);
			}),
			{ numRuns: runs(40) },
		);
	});

	it('stays plain text in threads: quotes, tags, names, and reports of changed words', async () => {
		await fc.assert(
			fc.asyncProperty(hardText(), hardText(), hardText(), async (quote, tag, changed) => {
				const quoted = `QUOTE ${escaped(quote)}`;
				const before = `<!--1639640221000-->\n[Tide](https://news.example/2021/tide/)\n------\n\n<p>Before ${quoted} after that.</p>`;
				const session = annotationSession(before);
				await session.done('add', { select: quoted, text: 'said', tags: [tag.replace(/[\s#]+/g, '') || 'x'] });
				for (const text of [
					before,
					before.replace(quoted, `${quoted} ${escaped(changed)}`),
					before.replace(quoted, 'nothing'),
				]) {
					session.open(ARTICLE, text);
					const note = await session.note();
					const shown = render(note.markdown);
					assertHarmless(shown, note.markdown, /^$/);
					if (note.anchor.state === 'orphan' && note.quote && note.quote.exact.length < 300)
						assert.equal(shown.textsOf('p')[0], visible(note.quote.exact), note.markdown);
					if (note.anchor.state === 'changed')
						assert.equal(
							shown.textsOf('blockquote')[0],
							visible((note.anchor.difference ?? []).map(({ text }) => text).join('')),
							note.markdown,
						);
					const outcome = await session.run('export', { format: 'markdown', uris: [ARTICLE] });
					assert.ok(outcome.kind === 'done' && outcome.exported);
					const exported = render(outcome.exported.text);
					assertHarmless({ ...exported, elements: new Set() }, outcome.exported.text);
					if (note.quote)
						assert.equal(exported.textsOf('blockquote')[0], visible(note.quote.exact), outcome.exported.text);
				}
			}),
			{ numRuns: runs(40) },
		);
	});

	it('stays plain text in the link report and its export', () => {
		fc.assert(
			fc.property(hardText(), hardText(), hardText(), (title, name, path) => {
				const url = URL.canParse(`https://h.example/${path}`)
					? new URL(`https://h.example/${path}`).href
					: 'https://h.example/';
				const verdict: Verdict = { kind: 'broken', reason: 'gone', chain: [{ url, answer: 404 }], time: 0 };
				const request = { url, use: 'link', value: url, span: { start: 0, end: 0 } } as const;
				const uri = `file:///archive/${encodeURIComponent(name)}.md`;
				const article = { uri, title, published: 0, requests: [request] };
				const { markdown } = linkReport('file:///archive', [article], () => verdict);
				const shown = render(markdown);
				assert.deepEqual(shown.pictures, [], markdown);
				assert.deepEqual(
					shown.links.filter(
						address => !/^(?:https:\/\/h\.example\/|file:\/\/\/archive\/|https:\/\/web\.archive\.org\/)/.test(address),
					),
					[],
					markdown,
				);
				assert.equal(shown.textsOf('h3')[0], visible(title.trim()), markdown);
			}),
			{ numRuns: runs(40) },
		);
	});
});

describe('the text of a note, where it is shown as Markdown', function () {
	this.timeout(300_000);

	it('requests nothing and links only to web pages', async () => {
		await fc.assert(
			fc.asyncProperty(hardText(true), hardText(), async (said, name) => {
				const inline = said.replaceAll('--', '').replaceAll('>', ')');
				const text = `<!--1639640221000-->\n[Tide](https://news.example/2021/tide/)\n------\n\n<p>One <mark>MARKED</mark><!-- note: ${inline} #tag @me 2021-12-17 --> SIDE word</p>`;
				const session = annotationSession(text);
				session.settings = { author: name, carrier: 'sidecar' };
				const id = await session.done('add', { select: 'SIDE', text: said });
				await session.done('reply', { id, text: said });
				const at = text.indexOf('MARKED');
				const shown = [
					...(await shownNotes(session)).map(({ shown }) => shown),
					...(await hovers(text, ['MARKED', '<!-- note'])),
				];
				assert.ok(at > 0 && shown.length >= 3);
				for (const one of shown) {
					assert.deepEqual(one.pictures, [], said);
					assert.deepEqual(
						one.links.filter(address => !/^(?:https?:|mailto:)/.test(address)),
						[],
						said,
					);
					assert.ok(!one.elements.has('html-element'), said);
				}
				const outcome = await session.run('export', { format: 'markdown', uris: [ARTICLE] });
				assert.ok(outcome.kind === 'done' && outcome.exported);
				assert.deepEqual(render(outcome.exported.text).pictures, [], outcome.exported.text);
			}),
			{ numRuns: runs(40) },
		);
	});
});

describe('HTML reference texts', () => {
	it('link to pages about HTML, and contain no images', () => {
		for (const tag of ['p', 'a', 'figure', 'time', 'mark', 'img']) {
			const item = resolveCompletion(
				{ label: tag, kind: CompletionItemKind.Property, data: { tag } },
				{ documentation: MarkupKind.Markdown, snippets: true, describes: true, retriggers: true },
			);
			assert.ok(typeof item.documentation === 'object');
			const shown = render(item.documentation.value);
			assert.ok(
				shown.text.length > 30 && shown.links.some(address => address.startsWith('https://developer.mozilla.org/')),
				tag,
			);
			assert.deepEqual(shown.pictures, []);
		}
	});
});

/** Returns a URL that may be written differently. */
function decoded(url: string): string {
	return url.replace(/%[0-7][0-9A-F]/gi, code => String.fromCharCode(Number.parseInt(code.slice(1), 16)));
}
